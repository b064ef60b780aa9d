"""The ways in which what is not known of an answer can turn out: a few facts that together cover all of them.

A split goes one step: a choice among several is settled one at a time, a number or a date is cut in two. What is
answered but not documented can turn out documented, or never to be.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.assessment.trial import Trials
from assessor.case.models import Fact
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question
from assessor.quantities.dates import Days
from assessor.quantities.interval import ANYTHING, Interval, Number

#: An amount that nothing bounds upwards is cut at so many times its lower bound, where no number of the law lies in it.
_GROWTH = 10


@dataclass(frozen=True)
class Splits:
    """How facts are split.

    Attributes:
        questions: all questions, by id.
        numbers: for each question, the numbers at which something that reads it changes.
        amounts: the amounts of the law, SEK, in whose neighbourhood money is cut.
        days: the days on which law changes.
        first, last: the days between which an unknown date is sought.
    """

    questions: dict[str, Question]
    numbers: dict[str, tuple[int, ...]]
    amounts: tuple[int, ...]
    days: tuple[dt.date, ...]
    first: dt.date
    last: dt.date

    @classmethod
    def over(cls, trials: Trials) -> Splits:
        """The splits of a case: numbers and days are cut where something in the law changes."""
        knowledge = trials.assessor.knowledge
        first = dt.date.fromisoformat(knowledge.governing["first_day"])
        numbers: dict[str, set[int]] = {}
        days: set[dt.date] = {trials.as_of}
        for regime, judges in trials.opened.judges.items():
            days |= set(knowledge.changes(regime))
            for judge in judges:
                for atom in judge.rulebook.facts:
                    if atom.answer.startswith(">="):
                        numbers.setdefault(atom.question, set()).add(int(atom.answer[2:]))
        return cls(
            questions=dict(knowledge.questions),
            numbers={question: tuple(sorted(found)) for question, found in numbers.items()},
            amounts=_amounts_of_law(knowledge),
            days=tuple(sorted(day for day in days if day > first)),
            first=first,
            last=trials.as_of,
        )

    def of(self, fact: Fact) -> tuple[Fact, ...]:
        """What a fact can turn out to be; empty where nothing of it is open, or what is open cannot be listed."""
        question = self.questions[fact.question]
        if fact.state == "not_applicable" or (fact.settled and question.type == "records"):
            return ()
        if fact.state != "answered":
            return self._unanswered(question)
        if isinstance(fact.value, frozenset) and not fact.complete:
            return self._several(question, fact)
        if isinstance(fact.value, Interval) and not fact.value.exact:
            return tuple(replace(fact, value=part) for part in self._amounts(question, fact.value))
        if isinstance(fact.value, Days) and not fact.value.known:
            return tuple(replace(fact, value=part) for part in self._dates(fact.value))
        if isinstance(fact.value, tuple) and not fact.complete:
            return replace(fact, complete=True), replace(fact, settled=True)
        if fact.documented or fact.settled:
            return ()
        return replace(fact, support="documented"), replace(fact, settled=True)

    def _unanswered(self, question: Question) -> tuple[Fact, ...]:
        def answer(value: object, complete: bool = True) -> Fact:
            return Fact(question.id, "answered", value, complete)

        if question.type == "yes_no":
            return answer(True), answer(False)
        if question.type == "choice":
            return tuple(answer(choice) for choice in question.choices)
        if question.type == "several":
            return self._several(question, answer(frozenset(), complete=False))
        if question.type in ("money", "number", "percent"):
            whole = Interval(0, 100) if question.type == "percent" else ANYTHING
            return tuple(answer(part) for part in self._amounts(question, whole))
        if question.type == "date":
            return tuple(answer(part) for part in self._dates(Days(self.first, self.last)))
        if question.type == "records":  # nothing to list, or something of which no more is said here
            return answer(()), Fact(question.id, "unknown", settled=True)
        return ()  # nothing rests on a text

    def _several(self, question: Question, fact: Fact) -> tuple[Fact, ...]:
        """One more of the choices holds, or does not; one that stands alone rules the others out."""
        left = [choice for choice in question.choices if choice not in fact.value and choice not in fact.excluded]
        if not left:
            return (replace(fact, complete=True, excluded=frozenset()),)
        choice = left[0]
        if choice in question.exclusive:
            with_it = replace(fact, value=frozenset({choice}), complete=True, excluded=frozenset())
        else:
            with_it = _listed(question, fact, fact.value | {choice}, fact.excluded | set(question.exclusive))
        return with_it, _listed(question, fact, fact.value, fact.excluded | {choice})

    def _amounts(self, question: Question, amount: Interval) -> tuple[Interval, Interval]:
        breaks = self.amounts if question.type == "money" else self.numbers.get(question.id, ())
        cut = _cut(breaks, amount)
        if cut is None and amount.high is None:
            cut = max(1, int(amount.low)) * _GROWTH
        if cut is None:
            assert amount.high is not None
            cut = int(amount.low + (amount.high - amount.low) // 2) + 1
        return Interval(amount.low, cut - 1), Interval(cut, amount.high)

    def _dates(self, days: Days) -> tuple[Days, Days]:
        first, last = days.first or self.first, days.last or max(self.last, days.first or self.last)
        inside = [day for day in self.days if first < day <= last]
        cut = inside[len(inside) // 2] if inside else first + (last - first) // 2 + dt.timedelta(days=1)
        return Days(first, cut - dt.timedelta(days=1)), Days(cut, last)


def _amounts_of_law(knowledge: KnowledgeBase) -> tuple[int, ...]:
    """The whole amounts that stand in the parameters, whatever the day."""
    rows = [row for parameter in knowledge.parameters.values() for row in parameter.values]
    found = {int(end) for row in rows for end in (row.value, row.low, row.high) if end is not None}
    return tuple(sorted(found))


def _listed(question: Question, fact: Fact, value: frozenset[str], excluded: frozenset[str]) -> Fact:
    complete = all(choice in value or choice in excluded for choice in question.choices)
    return replace(fact, value=value, complete=complete, excluded=frozenset() if complete else excluded)


def _cut(breaks: Sequence[int], amount: Interval) -> int | None:
    """The middle one of the breaks inside an interval: a number that begins its upper part."""
    first = bisect_left(breaks, _above(amount.low))
    inside = [number for number in breaks[first:] if amount.high is None or number <= amount.high]
    return inside[len(inside) // 2] if inside else None


def _above(number: Number) -> int:
    return int(number) + 1
