"""A case's answers as truth values of the atoms that rules read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessor.case.models import Fact
from assessor.inference.rulebook import Rulebook
from assessor.quantities import interval as iv
from assessor.quantities.interval import Interval
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN

#: The states of a question to which there is no answer.
OPEN = ("unknown", "unanswered")


class Answers:
    """The answers of a case; what an atom is worth is worked out once, for every regime, period of law and reading.

    Args:
        facts: one for each question.
    """

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts
        self._truths: dict[str, int] = {}
        self._under: dict[frozenset[str], Mapping[str, Fact]] = {frozenset(): facts}

    def under(self, unasked: frozenset[str]) -> Mapping[str, Fact]:
        """The facts where the law does not raise some questions: those do not apply."""
        if unasked not in self._under:
            self._under[unasked] = {**self._facts, **{name: Fact(name, "not_applicable") for name in unasked}}
        return self._under[unasked]

    def fill(self, rulebook: Rulebook, memory: list[int]) -> None:
        """Gives the input atoms of a rulebook their truth values."""
        truths = self._truths
        for question, atoms in rulebook.asked_of.items():
            fact = self._facts[question]
            if fact.state in OPEN:
                for atom in atoms:
                    memory[atom.number] = UNKNOWN
                continue
            for number, name, _, answer, documented in atoms:
                value = truths.get(name)
                if value is None:
                    value = truths[name] = fact_truth(fact, answer, documented)
                memory[number] = value
        for number, name, _, answer, documented in rulebook.never_asked:
            memory[number] = fact_truth(Fact(name, "not_applicable"), answer, documented)

    def refill(self, rulebook: Rulebook, memory: list[int], changed: Iterable[str]) -> None:
        """Gives the input atoms of some questions their truth values, in a memory filled from other answers."""
        for name in changed:
            for number, _, question, answer, documented in rulebook.asked_of.get(name, ()):
                memory[number] = fact_truth(self._facts[question], answer, documented)


def fact_truth(fact: Fact, answer: str, documented: str) -> int:
    """The truth value of an input atom.

    Args:
        fact: the answer.
        answer: a choice, ``yes``, or a comparison ``>=n``.
        documented: ``!yes`` counts a match, ``!no`` a mismatch, only where a document shows it.
    """
    if fact.state in OPEN:
        return UNKNOWN
    given = fact.value
    if fact.state == "not_applicable":
        value = FALSE
    elif isinstance(given, frozenset):
        value = TRUE if answer in given else FALSE if fact.complete or answer in fact.excluded else UNKNOWN
    elif isinstance(given, bool):
        value = TRUE if given is (answer == "yes") else FALSE
    elif isinstance(given, str):
        value = TRUE if given == answer else FALSE
    elif isinstance(given, Interval):
        value = iv.at_least(given, int(answer.removeprefix(">=")))
    else:  # records, which are given or not
        value = TRUE if fact.complete else UNKNOWN
    if not documented:
        return value
    if documented == "!no":
        value = NOT[value]
    if value == TRUE and not fact.documented and fact.state != "not_applicable":
        return FALSE if fact.settled else UNKNOWN
    return value
