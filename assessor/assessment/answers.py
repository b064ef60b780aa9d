"""A case's answers as truth values of the atoms that rules read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from assessor.case.models import Fact
from assessor.inference.conditions import GIVEN
from assessor.inference.rulebook import FactAtom, Rulebook
from assessor.quantities import interval as iv
from assessor.quantities.interval import Interval
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN

_NOBODY_ASKS = Fact("", "not_applicable")


class Answers:
    """The answers of a case.

    Args:
        facts: one for each question.
        on: a day of law that replaces every governing day, if one does.
    """

    def __init__(self, facts: Mapping[str, Fact], on: dt.date | None = None) -> None:
        self._facts = facts
        self.on = on
        self._under: dict[frozenset[str], Mapping[str, Fact]] = {frozenset(): facts}

    def under(self, unasked: frozenset[str]) -> Mapping[str, Fact]:
        """The facts where the law does not raise some questions: those do not apply."""
        if unasked not in self._under:
            self._under[unasked] = {**self._facts, **{name: Fact(name, "not_applicable") for name in unasked}}
        return self._under[unasked]

    def fill(self, rulebook: Rulebook, memory: list[int]) -> None:
        """Gives the input atoms of a rulebook their truth values."""
        for question, atoms in rulebook.asked_of.items():
            fill(self._facts[question], atoms, memory)
        fill(_NOBODY_ASKS, rulebook.never_asked, memory)

    def refill(self, rulebook: Rulebook, memory: list[int], changed: Iterable[str]) -> None:
        """Gives the input atoms of some questions their truth values, in a memory filled from other answers."""
        for question in changed:
            fill(self._facts[question], rulebook.asked_of.get(question, ()), memory)


def fill(fact: Fact, atoms: Iterable[FactAtom], memory: list[int]) -> None:
    """Gives the input atoms of a question their truth values.

    Args:
        fact: the answer.
        atoms: of one question; their answer is a choice, ``yes``, ``given`` for a list, or a comparison ``>=n``. Where
            they are marked ``!yes`` a match counts, where ``!no`` a mismatch, only if a document shows it.
        memory: truth values by atom number; those of the atoms are written.
    """
    if fact.state in ("unknown", "unanswered"):
        for atom in atoms:
            memory[atom.number] = UNKNOWN
        return
    holds, other = _answers(fact)
    for number, _, _, answer, documented in atoms:
        if answer in holds:
            value = TRUE
        elif answer[0] == ">" and isinstance(fact.value, Interval):
            value = iv.at_least(fact.value, int(answer[2:]))
        else:
            value = FALSE if answer in fact.excluded else other
        if documented:
            if documented == "!no":
                value = NOT[value]
            if value == TRUE and fact.support != "documented" and fact.state != "not_applicable":
                value = FALSE if fact.settled else UNKNOWN
        memory[number] = value


def _answers(fact: Fact) -> tuple[frozenset[str], int]:
    """The answers that hold, and the truth value of the others."""
    given = fact.value
    other = FALSE if fact.complete else UNKNOWN
    if isinstance(given, frozenset):
        return given, other
    if isinstance(given, bool):
        return _YES if given else _NONE, FALSE
    if isinstance(given, str):
        return frozenset((given,)), FALSE
    if isinstance(given, tuple):  # a list is given once it is whole
        return _GIVEN if fact.complete else _NONE, other
    return _NONE, FALSE


_NONE, _YES, _GIVEN = frozenset[str](), frozenset({"yes"}), frozenset({GIVEN})
