"""Which questions apply, given the answers to others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.case.models import Fact
from assessor.inference.truth import FALSE, TRUE, UNKNOWN
from assessor.knowledge.base import KnowledgeBase

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
        return FALSE if fact.complete else UNKNOWN
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
        applies = min((holds(facts.get(key), wanted) for key, wanted in question.applies_when.items()), default=TRUE)
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
