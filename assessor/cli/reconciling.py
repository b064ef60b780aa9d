"""The command that lays two views of a case side by side."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path
from typing import Any

from assessor.assessment.assess import Assessor
from assessor.case import read_case
from assessor.case.words import answer_text
from assessor.knowledge import load
from assessor.memo.formats import Formats
from assessor.reconcile import View, reconcile

_WORDS: dict[str, dict[str, Any]] = {
    "sv": {
        "together": "Tillsammans: {klass}{band}. Där svaren går isär räknas inget av dem.",
        "none": "Inga svar går isär.",
        "matters": "Svar som går isär och ändrar klassen eller spannet",
        "rest": "Svar som går isär utan att ändra klassen eller spannet",
        "view": "{file}: {answer} ({support}): {klass}{band}",
        "band": ", kan bli {best} till {worst}",
        "only": "Bara {file} har svarat på {n} frågor: {names}.",
        "firmer": "Lika svar, men bara den ena visar det i handling: {names}.",
        "settle": "Utred dem tillsammans och lägg in handlingen. Att parterna ser olika på saken är i sig ett tecken på risk.",
    },
    "en": {
        "together": "Together: {klass}{band}. Where the answers differ neither counts.",
        "none": "No answers differ.",
        "matters": "Answers that differ and change the class or the band",
        "rest": "Answers that differ without changing the class or the band",
        "view": "{file}: {answer} ({support}): {klass}{band}",
        "band": ", can become {best} to {worst}",
        "only": "Only {file} has answered {n} questions: {names}.",
        "firmer": "Same answer, but only one shows it by a document: {names}.",
        "settle": "Settle them together and enter the document. That the parties see it differently is in itself a sign of risk.",
    },
}


def reconcile_text(first: Path, second: Path, as_of: dt.date | None, language: str) -> str:
    """Where two files of one case differ, in words."""
    knowledge = load()
    found = reconcile(Assessor(knowledge), read_case(first, knowledge), read_case(second, knowledge), as_of)
    words, formats = _WORDS[language], Formats(language)
    classes = [formats.words["classes"][name].lower() for name in knowledge.result.classes]

    def band(best: int, worst: int) -> str:
        return str(words["band"]).format(best=classes[best], worst=classes[worst]) if best != worst else ""

    lines = _rows(words["together"].format(klass=classes[found.klass], band=band(found.best, found.worst)))
    if not found.conflicts:
        lines += ["", words["none"]]

    def told(path: Path, view: View) -> list[str]:
        answer = answer_text(knowledge.questions[view.fact.question], view.fact).get(language)
        support = formats.words["support"][view.fact.support].lower()
        place = {"klass": classes[view.klass], "band": band(view.best, view.worst)}
        return _rows(words["view"].format(file=path, answer=answer, support=support, **place), "     ")

    for title, matters in ((words["matters"], True), (words["rest"], False)):
        group = [each for each in found.conflicts if each.matters == matters]
        lines += ["", title] if group else []
        for each in group:
            lines += ["", *_rows(f"{knowledge.questions[each.question].text.get(language)}  [{each.question}]", "  ")]
            lines += [*told(first, each.first), *told(second, each.second)]
    if found.conflicts:
        lines += ["", *_rows(words["settle"])]
    for path, names in ((first, found.only_first), (second, found.only_second)):
        if names:
            lines += ["", *_rows(words["only"].format(file=path, n=len(names), names=", ".join(names)))]
    if found.firmer:
        lines += ["", *_rows(words["firmer"].format(names=", ".join(found.firmer)))]
    return "\n".join(lines)


def _rows(text: str, indent: str = "") -> list[str]:
    plain = text.replace("\u00a0", " ")
    after = f"{indent}  " if indent else ""
    return textwrap.wrap(
        plain, 98, initial_indent=indent, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )
