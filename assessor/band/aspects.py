"""What of an assessment has a band: the class, the highest fine, the end of each deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Protocol

from assessor.assessment.reading import Reading
from assessor.assessment.trial import Opened, Trials
from assessor.assessment.unknowns import Trace, traces, waiting
from assessor.inference.rulebook import condition_atom
from assessor.truth import FALSE, TRUE

Traced = Mapping[str, tuple[Trace, ...]]


class Aspect(Protocol):
    """Something that a completion of a case has one value of."""

    def bounds(self, node: Opened) -> tuple[float, float]:
        """The lowest and the highest value over all completions of a node; sound, perhaps too wide."""

    def waits(self, node: Opened, traced: Traced) -> int:
        """The questions, as bits in the order of asking, whose answers can still bring the bounds together."""


@dataclass(frozen=True)
class ClassOf:
    """The class, by its place in the order."""

    trials: Trials

    def bounds(self, node: Opened) -> tuple[float, float]:
        return node.outlook.best, node.outlook.worst

    def waits(self, node: Opened, traced: Traced) -> int:
        found = 0
        for regime, spreads in node.outlook.spreads.items():
            day = self.trials.assessor.knowledge.regimes[regime].date if len({s.classes for s in spreads}) > 1 else None
            for judge, trace, spread in zip(node.judges[regime], traced[regime], spreads, strict=True):
                if self.trials.order.index(spread.classes[-1]) > node.outlook.best:
                    found |= waiting(trace, judge, True, day).decides
        return found


@dataclass(frozen=True)
class HighestFine:
    """The highest fine there can be, SEK; nothing where no outcome left is one that is fined."""

    trials: Trials

    def bounds(self, node: Opened) -> tuple[float, float]:
        knowledge = self.trials.assessor.knowledge
        spec, regime = knowledge.exposure, knowledge.first_regime
        lows: list[float] = []
        highs: list[float] = []
        for reading, spread in zip(node.readings[regime], node.outlook.spreads[regime], strict=True):
            fined = set(spread.outcomes) & set(spec.applies_to)
            amount = reading.amounts.get(spec.case_max)
            if not fined or amount is None:
                lows.append(0)
                highs.append(0)
                continue
            lows.append(float(amount.low) if fined == set(spread.outcomes) else 0)
            highs.append(inf if amount.high is None else float(amount.high))
        return min(lows), max(highs)

    def waits(self, node: Opened, traced: Traced) -> int:
        knowledge = self.trials.assessor.knowledge
        regime = knowledge.first_regime
        found = 0
        for judge, trace in zip(node.judges[regime], traced[regime], strict=True):
            found |= trace.quantity(knowledge.exposure.case_max)
            for condition in judge.outcome.conditions:
                for row in condition:
                    for number, _ in row:
                        found |= trace.numbered(number)
            for family in judge.tables.scenario:
                found |= trace.atoms(judge.rulebook.program.families[family])
        return found | _day(self.trials, node, regime, traced)


@dataclass(frozen=True)
class DeadlineEnd:
    """The last day of a deadline that applies, as an ordinal; the day after the last there is where it does not apply."""

    trials: Trials
    deadline: str

    def bounds(self, node: Opened) -> tuple[float, float]:
        lows: list[float] = []
        highs: list[float] = []
        for reading in node.readings[self.trials.assessor.knowledge.deadlines[self.deadline].regime]:
            low, high = _ends(reading, self.deadline)
            lows.append(low)
            highs.append(high)
        return min(lows), max(highs)

    def waits(self, node: Opened, traced: Traced) -> int:
        deadline = self.trials.assessor.knowledge.deadlines[self.deadline]
        found = 0
        for trace in traced[deadline.regime]:
            found |= trace.atom(condition_atom("deadline", self.deadline))
            for question in deadline.days_asked:
                found |= trace.bits[question]
        return found | _day(self.trials, node, deadline.regime, traced)


NEVER = dt.date.max.toordinal()


def _ends(reading: Reading, deadline: str) -> tuple[float, float]:
    period = reading.periods.get(deadline)
    if period is None or period.applies == FALSE:
        return NEVER, NEVER
    first = period.end.first.toordinal() if period.end is not None and period.end.first is not None else 0
    last = period.end.last.toordinal() if period.end is not None and period.end.last is not None else NEVER
    return first, last if period.applies == TRUE else NEVER


def _day(trials: Trials, node: Opened, regime: str, traced: Traced) -> int:
    """The question that gives the governing day, where it may be several."""
    day = trials.assessor.knowledge.regimes[regime].date
    return traced[regime][0].bits[day] if day is not None and len(node.readings[regime]) > 1 else 0


def trace(trials: Trials, node: Opened) -> Traced:
    """What is open at a node, and what it waits for."""
    return traces(node.readings, trials.case.with_facts(dict(node.facts)))
