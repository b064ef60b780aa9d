"""The commands that try changes: advise and whatif."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from assessor.advice import advice, what_if
from assessor.assessment.assess import Assessor
from assessor.assessment.models import Assessment, Class
from assessor.assessment.trial import Trials
from assessor.case import read_case
from assessor.case.models import Fact
from assessor.cli import layout
from assessor.cli.patience import patience
from assessor.knowledge import KnowledgeBase, load
from assessor.memo.advising import advised
from assessor.memo.context import memo_context
from assessor.memo.formats import Formats
from assessor.memo.typography import tidy
from assessor.problems import Problem, nearest
from assessor.reading import parse_yaml

_WORDS: dict[str, dict[str, Any]] = {
    "sv": {
        "before": "före",
        "after": "efter",
        "class": "Riskklass",
        "band": "{best} till {worst}",
        "span": "Spann",
        "outcome": "Utfall",
        "fee": "Högsta avgift",
        "changed": "Ändrade frågor",
        "ceases": " (gäller inte längre)",
        "begins": " (börjar gälla)",
        "clauses": "Åtgärderna",
    },
    "en": {
        "before": "before",
        "after": "after",
        "class": "Class",
        "band": "{best} to {worst}",
        "span": "Band",
        "outcome": "Outcome",
        "fee": "Highest fine",
        "changed": "Questions changed",
        "ceases": " (no longer applies)",
        "begins": " (begins to apply)",
        "clauses": "The changes",
    },
}


def advise_text(path: Path, on: dt.date | None, as_of: dt.date | None, language: str, target: str | None) -> str:
    """What can be done about a case, in words.

    Raises:
        Problem: the target is no class.
    """
    knowledge = load()
    if target is not None and target not in knowledge.result.classes:
        allowed = ", ".join(knowledge.result.classes)
        expected = {"sv": f"Välj {allowed}.", "en": f"Choose {allowed}."}
        raise Problem("bad-option", option="--target", value=target, expected=expected)
    assessor, case = Assessor(knowledge), read_case(path, knowledge)
    assessment = assessor.assess(case, on, as_of, explain=False)
    with patience("levers", language) as stop:
        found = advice(assessor, case, assessment, cast(Class | None, target), on, stop)
    told, formats = advised(found, Formats(language)), Formats(language)
    klass = formats.words["classes"][assessment.klass]
    lines = [f"{case.title.get(language)}. {_WORDS[language]['class']}: {klass.lower()}.", ""]
    lines += _rows(told["lead"], "", language)
    if told["told"]:
        lines += ["", *_rows(told["told"], "", language)]
    for number, each in enumerate(told["sets"], start=1):
        lines += ["", *_rows(f"{number}. {' + '.join(each['levers'])}", "", language)]
        lines += [row for text in each["told"] for row in _rows(text, "   ", language)]
    lines += [row for note in told["notes"] for row in ("", *_rows(note, "", language))]
    if told["levers"]:
        lines += ["", _WORDS[language]["clauses"].upper()]
    for lever in told["levers"]:
        lines += ["", *_rows(lever["name"], "", language), *_rows(lever["head"], "   ", language)]
        lines += [row for part in lever["rows"] for row in _rows(f"{part['label']}: {part['text']}", "   ", language)]
        lines += _rows(lever["authorities"], "   ", language)
    for name in ("shams", "fixed"):
        if told[name]:
            lines += ["", formats.words["advice"][name].upper()]
            lines += [row for each in told[name] for row in _rows(f"{each['name']}. {each['because']}", "– ", language)]
    return "\n".join(lines)


def whatif_text(path: Path, given: list[str], on: dt.date | None, as_of: dt.date | None, language: str) -> str:
    """A case with some answers changed, side by side with itself.

    Args:
        given: ``question=answer``, the answer as in a case file.

    Raises:
        Problem: one of them is not of that form, or is no answer.
    """
    knowledge = load()
    case = read_case(path, knowledge)
    answers: dict[str, Any] = {}
    for entry in given:
        question, value = _answer(entry, knowledge)
        if question in answers or value == "not_applicable":
            raise _not_so(entry)
        answers[question] = value
    trials = Trials(Assessor(knowledge), case, on, as_of or case.as_of or dt.date.today())
    found = what_if(trials, answers)
    words = _WORDS[language]
    sides = [dict(_side(each, language)) for each in (found.before, found.after)]
    rows: list[tuple[str, ...]] = [("", words["before"], words["after"])]
    rows += [(label, before, sides[1][label]) for label, before in sides[0].items()]
    changed: list[str] = []
    for name in found.changed:
        mark = _mark(case.facts[name], found.facts[name], words)
        changed += layout.hanging(f"{name}: {knowledge.questions[name].text.get(language)}{mark}", 2)
    return "\n".join([layout.columns(rows, layout.width()), "", words["changed"], *changed])


def _mark(before: Fact, after: Fact, words: dict[str, Any]) -> str:
    """What to say of a question that is changed only because another is answered otherwise."""
    if after.state == "not_applicable":
        return str(words["ceases"])
    return str(words["begins"]) if before.state == "not_applicable" and after.state != "answered" else ""


def _side(assessment: Assessment, language: str) -> Iterator[tuple[str, str]]:
    words, formats = _WORDS[language], Formats(language)
    context = memo_context(assessment, language)
    classes = formats.words["classes"]
    yield words["class"], classes[assessment.klass].lower()
    best, worst = (classes[end].lower() for end in (assessment.band.best, assessment.band.worst))
    closed = formats.words["summary"]["regime_band_closed"]
    yield words["span"], closed if best == worst else words["band"].format(best=best, worst=worst)
    for row in context["summary"]["regimes"]:
        yield row["name"], row["class_name"].lower()
    yield words["outcome"], context["first"]["outcome"]
    fee = context["exposure"]["fee"]
    yield words["fee"], fee["ceiling_short"] if fee["applies"] != "no" else "–"


def _answer(entry: str, knowledge: KnowledgeBase) -> tuple[str, Any]:
    question, equals, text = (part.strip() for part in entry.partition("="))
    if not equals or not text or not question:
        raise _not_so(entry)
    if question not in knowledge.questions:
        raise Problem("unknown-question", key=question[:80], hint=nearest(question, knowledge.questions))
    try:
        parsed = parse_yaml(f"value: {text}", "?")
    except Problem:
        raise _not_so(entry) from None
    if set(parsed) != {"value"} or parsed["value"] is None:
        raise _not_so(entry)
    return question, parsed["value"]


def _not_so(entry: str) -> Problem:
    expected = {
        "sv": "Skriv fråga=svar, varje fråga en gång, svaret som i en ärendefil.",
        "en": "Write question=answer, each question once, the answer as in a case file.",
    }
    return Problem("bad-option", option="QUESTION=ANSWER", value=entry, expected=expected)


def _rows(text: str, indent: str, language: str) -> list[str]:
    return layout.lines(tidy(text, language), indent)
