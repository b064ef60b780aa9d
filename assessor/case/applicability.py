"""Which questions apply, given the answers to others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.case.models import Fact
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question
from assessor.truth import FALSE, TRUE, UNKNOWN

_APPLIES = {"sv": "frågan gäller enligt de andra svaren", "en": "the question applies by the other answers"}
_MAY_APPLY = {
    "sv": "det inte är känt om frågan gäller; skriv unknown",
    "en": "it is not known whether it applies; write unknown",
}
_WORDS = {True: {"sv": "ja", "en": "yes"}, False: {"sv": "nej", "en": "no"}}


def holds(fact: Fact | None, wanted: Any) -> int:
    """The truth value of an answer being one of those wanted."""
    if fact is None or fact.state in ("unknown", "unanswered"):
        return UNKNOWN
    if fact.state == "not_applicable":
        return FALSE
    options = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(fact.value, frozenset):
        if fact.value & set(options):
            return TRUE
        return FALSE if fact.complete or fact.excluded.issuperset(options) else UNKNOWN
    return TRUE if fact.value in options else FALSE


def settle(given: Mapping[str, Fact], knowledge: KnowledgeBase) -> tuple[dict[str, Fact], list[tuple[str, dict[str, str]]]]:
    """A fact for every question, and the answers that should not be there.

    Args:
        given: the facts of the file, by question.
        knowledge: whose questions are asked, in order; a question applies by answers to earlier ones.

    Returns:
        The facts, and for each answer to a question that does not apply, or *not applicable* where it does,
        the question and the reason in both languages.
    """
    facts: dict[str, Fact] = {}
    odd: list[tuple[str, dict[str, str]]] = []
    for question in knowledge.questions.values():
        fact = given.get(question.id)
        applies = _applies(question, facts)
        if applies == FALSE:
            if fact is not None and fact.state in ("answered", "unknown"):
                odd.append((question.id, _reason(question.applies_when, facts)))
            facts[question.id] = Fact(question.id, "not_applicable")
        elif fact is not None and fact.state == "not_applicable":
            odd.append((question.id, _APPLIES if applies == TRUE else _MAY_APPLY))
            facts[question.id] = fact
        else:
            facts[question.id] = fact or Fact(question.id, "unanswered")
    return facts, odd


def reanswer(
    facts: Mapping[str, Fact], changes: Mapping[str, Fact], knowledge: KnowledgeBase
) -> tuple[dict[str, Fact], frozenset[str]]:
    """The facts with some answers changed; what applies is worked out again where it may be otherwise.

    Args:
        facts: one for every question.
        changes: the new answers, by question.
        knowledge: whose questions are asked.

    Returns:
        The facts, and the questions whose fact is another. A question that begins to apply is unanswered; an answer
        to one that ceases to apply is dropped, also if it is among the changes.
    """
    found = {**facts, **changes}
    touched = {*changes, *(each for name in changes for each in knowledge.depending.get(name, ()))}
    for name in sorted(touched, key=knowledge.places.__getitem__):
        if _applies(knowledge.questions[name], found) == FALSE:
            found[name] = Fact(name, "not_applicable")
        elif found[name].state == "not_applicable" and name not in changes:
            found[name] = Fact(name, "unanswered")
    return found, frozenset(name for name in touched if found[name] != facts[name])


def _applies(question: Question, facts: Mapping[str, Fact]) -> int:
    return min((holds(facts.get(key), wanted) for key, wanted in question.applies_when.items()), default=TRUE)


def why_not(question: Question, facts: Mapping[str, Fact]) -> dict[str, str]:
    """Why a question does not apply, in both languages."""
    return _reason(question.applies_when, facts)


def _reason(conditions: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, str]:
    for key, wanted in conditions.items():
        if holds(facts.get(key), wanted) == FALSE:
            fact = facts[key]
            if fact.state == "not_applicable":
                return {"sv": f"{key} inte heller gäller", "en": f"{key} does not apply either"}
            if isinstance(fact.value, bool):
                return {"sv": f"{key} är {_WORDS[fact.value]['sv']}", "en": f"{key} is {_WORDS[fact.value]['en']}"}
            shown = ", ".join(sorted(fact.value)) if isinstance(fact.value, frozenset) else fact.value
            return {"sv": f"{key} är {shown}", "en": f"{key} is {shown}"}
    return {"sv": "?", "en": "?"}
