"""The command that lays two views of a case side by side."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from assessor.assessment.assess import Assessor
from assessor.case import Case, read_case
from assessor.case.words import answer_text
from assessor.cli import layout
from assessor.knowledge import load
from assessor.knowledge.models import Text
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
        "only": ("Bara {file} har svarat på {n} fråga: {names}.", "Bara {file} har svarat på {n} frågor: {names}."),
        "firmer": "Lika svar, men bara den ena visar det i handling: {names}.",
        "other_case": "Filerna har olika rubrik eller id ({first}; {second}). Kontrollera att de gäller samma ärende.",
        "other_day": "Filerna anger olika dag för öppna frister ({first}; {second}). {day} används; --as-of väljer en annan.",
        "no_day": "ingen",
        "warning": "Att uppmärksamma i {file}, {question}: {text}",
        "settle": "Utred dem tillsammans och lägg in handlingen. Att parterna ser olika på saken är i sig ett tecken på risk.",
    },
    "en": {
        "together": "Together: {klass}{band}. Where the answers differ neither counts.",
        "none": "No answers differ.",
        "matters": "Answers that differ and change the class or the band",
        "rest": "Answers that differ without changing the class or the band",
        "view": "{file}: {answer} ({support}): {klass}{band}",
        "band": ", can become {best} to {worst}",
        "only": ("Only {file} has answered {n} question: {names}.", "Only {file} has answered {n} questions: {names}."),
        "firmer": "Same answer, but only one shows it by a document: {names}.",
        "other_case": "The files have different titles or ids ({first}; {second}). Check that they are about the same case.",
        "other_day": "The files give different days for open windows ({first}; {second}). {day} is used; --as-of sets another.",
        "no_day": "none",
        "warning": "To note in {file}, {question}: {text}",
        "settle": "Settle them together and enter the document. That the parties see it differently is in itself a sign of risk.",
    },
}


def reconcile_text(first: Path, second: Path, as_of: dt.date | None, language: str) -> str:
    """Where two files of one case differ, in words."""
    knowledge = load()
    one, other = read_case(first, knowledge), read_case(second, knowledge)
    found = reconcile(Assessor(knowledge), one, other, as_of)
    words, formats = _WORDS[language], Formats(language)
    classes = [formats.words["classes"][name].lower() for name in knowledge.result.classes]

    def band(best: int, worst: int) -> str:
        return str(words["band"]).format(best=classes[best], worst=classes[worst]) if best != worst else ""

    lines = [row for text in _notes(one, other, found.as_of, as_of is not None, language) for row in (*_rows(text), "")]
    lines += _rows(words["together"].format(klass=classes[found.klass], band=band(found.best, found.worst)))
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
            lines += ["", *_rows(words["only"][len(names) != 1].format(file=path, n=len(names), names=", ".join(names)))]
    if found.firmer:
        lines += ["", *_rows(words["firmer"].format(names=", ".join(found.firmer)))]
    for path, view in ((first, one), (second, other)):
        for warning in view.warnings:
            noted = {"file": path, "question": warning.question, "text": warning.text.get(language)}
            lines += ["", *_rows(words["warning"].format(**noted))]
    return "\n".join(lines)


def _notes(first: Case, second: Case, day: dt.date, chosen: bool, language: str) -> list[str]:
    """What to check before the two are read together: whether it is the same case, and on which day.

    Args:
        first, second: the two files.
        day: the day used.
        chosen: whether the reader chose it.
        language: sv or en.
    """
    words, formats = _WORDS[language], Formats(language)
    notes = []
    apart = _apart(first, second)
    if apart:
        notes.append(words["other_case"].format(first=apart[0].get(language), second=apart[1].get(language)))
    if first.as_of != second.as_of and not chosen:
        days = [formats.date(each.as_of) if each.as_of else words["no_day"] for each in (first, second)]
        notes.append(words["other_day"].format(first=days[0], second=days[1], day=formats.date(day)))
    return notes


def _apart(first: Case, second: Case) -> tuple[Text, Text] | None:
    """The titles, else the ids, where both files have their own and they differ; one left out is the file's name."""
    names = [Path(case.file or "").stem for case in (first, second)]
    for one, other in ((first.title, second.title), (_text(first.id), _text(second.id))):
        if one != other and one.sv != names[0] and other.sv != names[1]:
            return one, other
    return None


def _text(word: str) -> Text:
    return Text(sv=word, en=word)


def _rows(text: str, indent: str = "") -> list[str]:
    return layout.lines(text, indent, f"{indent}  " if indent else "")
