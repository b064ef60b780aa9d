"""The rules that fired, and why: premises, evidence, norm, sources, certainty."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assessor.assessment.citing import certainty_of, cite_all, cite_norm
from assessor.assessment.models import Citation, Finding, Premise
from assessor.assessment.reading import Reading
from assessor.case.models import Case
from assessor.case.words import NO, YES, answer_text
from assessor.inference.rulebook import UNREAD, Rulebook
from assessor.knowledge.models import (
    Certainty,
    Question,
    Text,
    weakest,
)
from assessor.knowledge.naming import name_of, value_of
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN


class Answered:
    """The answers of a case as premises; each is told once.

    Args:
        case: the case.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._told: dict[str, Premise] = {}

    def __call__(self, question: Question) -> Premise:
        """An answer as a premise, with its evidence."""
        told = self._told.get(question.id)
        if told is None:
            told = self._told[question.id] = self._tell(question)
        return told

    def _tell(self, question: Question) -> Premise:
        fact = self._case.facts[question.id]
        if fact.state == "not_applicable":
            return _not_here(question)
        return Premise(question.id, question.text, answer_text(question, fact), fact.support, fact.evidence)


def findings(reading: Reading, answered: Answered) -> tuple[Finding, ...]:
    """Every rule that fired in a reading, or still may.

    Args:
        reading: the open reading.
        answered: tells the answers that were read.
    """
    book, memory = reading.rulebook, reading.memory
    questions, unread = book.knowledge.questions, book.program.number.get(UNREAD)
    found = []
    for identity, truth in zip(book.rules, book.truths(memory), strict=True):
        if truth == FALSE:
            continue
        premises: dict[str, Premise] = {}
        waits: dict[str, None] = {}
        for row in book.numbered[identity]:
            for number, wanted in row:
                if (memory[number] if wanted else NOT[memory[number]]) < truth:
                    break  # another alternative carries the rule
            else:
                for number, wanted in row:
                    if number == unread:
                        continue
                    about, derived = _about(book, number, wanted)
                    if memory[number] == UNKNOWN:
                        waits[about] = None
                    elif about not in premises:
                        premises[about] = derived or answered(questions[about])
        if premises:
            found.append(_finding(book, identity, truth, tuple(waits), tuple(premises.values())))
        else:
            found.append(_unpremised(book, identity, truth, tuple(waits)))
    return tuple(found)


def _finding(book: Rulebook, rule_id: str, truth: int, waits: tuple[str, ...], premises: tuple[Premise, ...] = ()) -> Finding:
    finding = object.__new__(Finding)  # setting its fields one by one, as frozen dataclasses do, takes five times as long
    vars(finding).update(_static(book, rule_id), holds="yes" if truth == TRUE else "unknown", premises=premises, waits_for=waits)
    return finding


#: A finding that rests on no answer is the same in every case.
_unpremised = lru_cache(maxsize=8192)(_finding)


@lru_cache(maxsize=4096)
def _static(book: Rulebook, rule_id: str) -> dict[str, Any]:
    """What of a finding depends on the rule and the day only."""
    knowledge, rule = book.knowledge, book.rules[rule_id]
    issue = knowledge.issue_of[rule_id]
    citations: tuple[Citation, ...] = (
        *cite_norm(knowledge, rule.norm, book.on),
        *cite_all(knowledge, rule.authorities),
    )
    element: str | None = None
    side: str | None = None
    weight: str | None = None
    rank = rule.authorities[0].rank if rule.authorities else None
    doubts = (*rule.doubts, *knowledge.doubts_on(rule.norm, book.on))
    if rule.factor is not None:
        factor = knowledge.factors[rule.factor]
        kind, conclusion, name = "factor", rule.factor, factor.name
        element, side, weight, rank = factor.element, factor.side, factor.weight, factor.rank
        if weight == "none":
            side = "neutral"
        doubts = (*doubts, *factor.doubts)
    elif rule.element is not None:
        kind, conclusion, element, side, weight = (
            ("denial", rule.element, rule.element, "denied", None)
            if rule.denies
            else ("support", rule.element, rule.element, "for", "strong")
            if rule.supports
            else ("objection", rule.element, rule.element, "against", "strong")
        )
        name = knowledge.elements[rule.element].name
    else:
        kind, conclusion = "conclusion", str(rule.concludes)
        name = knowledge.conclusions[conclusion].name
    return {
        "id": rule_id,
        "regime": issue.regime,
        "issue": issue.id,
        "issue_title": issue.title,
        "step": issue.step,
        "kind": kind,
        "conclusion": conclusion,
        "conclusion_name": name,
        "element": element if element in book.elements else None,
        "side": side,
        "weight": weight,
        "rank": rank,
        "because": rule.because,
        "norm": rule.norm,
        "norm_name": knowledge.norms[rule.norm].name,
        "citations": citations,
        "certainty": _certainty(citations),
        "doubts": tuple(d for d in dict.fromkeys(doubts) if knowledge.doubts[d].concerns(book.on, book.on)),
    }


def _certainty(citations: tuple[Citation, ...]) -> Certainty:
    """The provision is needed; of the judgments the best one carries."""
    provisions = [citation.certainty for citation in citations if citation.rank == "statute"]
    others = [citation for citation in citations if citation.rank != "statute"]
    return weakest(*provisions, *([certainty_of(others)] if others else []))


@lru_cache(maxsize=8192)
def _about(book: Rulebook, number: int, holds: bool) -> tuple[str, Premise | None]:
    """What a literal is about (a question, factor, element, conclusion or decision), and the premise it makes where it rests
    on no answer; that is the same in every case."""
    about = book.program.atoms[number].partition("=")[0].partition(">")[0]
    question = book.knowledge.questions.get(about)
    if question is None:
        return about, Premise(
            about, _name_of(book.knowledge, about), _valued(book, number, holds, YES if holds else NO), "derived"
        )
    return about, _not_here(question) if about in book.unasked else None


_name_of = lru_cache(maxsize=4096)(name_of)


def _not_here(question: Question) -> Premise:
    return Premise(question.id, question.text, Text(sv="gäller inte här", en="does not apply here"), "derived")


def _valued(book: Rulebook, number: int, holds: bool, plain: Text) -> Text:
    """For a decision or an element, the value instead of yes."""
    name, _, value = book.program.atoms[number].partition("=")
    told = value_of(book.knowledge, name, value) if value else None
    if told is None:
        return plain
    if holds:
        return told
    if told == _name_of(book.knowledge, name):  # the value is what the thing is called: say no more than that it is not so
        return Text(sv="inte styrkt", en="not shown")
    return Text(sv=f"annat än ”{told.sv}”", en=f"other than “{told.en}”")
