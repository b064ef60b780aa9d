"""What the rule sets made of a case: both readings, the verdict and the spread, for each regime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assessor.assessment.law import GoverningDay, Window
from assessor.assessment.reading import Given, Reading
from assessor.assessment.verdict import Judge, Spread, Verdict
from assessor.quantities import interval as iv
from assessor.truth import UNKNOWN


@dataclass(frozen=True, slots=True)
class Run:
    """One rule set's run of a case.

    Attributes:
        window: the period of law.
        open: the reading that leaves the unknown unknown.
        cautious: the reading that settles it; where nothing is unknown, the open one itself.
        judge: the result tables.
        verdict: the result of the cautious reading.
        spread: what the open reading allows.
    """

    window: Window
    open: Reading
    cautious: Reading
    judge: Judge
    verdict: Verdict
    spread: Spread


@dataclass(frozen=True, slots=True)
class RegimeRun:
    """One regime's runs, one for each rule set that its governing day meets.

    Attributes:
        regime: which.
        begun: the governing day.
        runs: in order of time.
        chosen: the one that is reported: the worst.
    """

    regime: str
    begun: GoverningDay
    runs: tuple[Run, ...]
    chosen: Run

    @property
    def open(self) -> tuple[Reading, ...]:
        """The open readings of all runs, which the next regimes read."""
        return tuple(run.open for run in self.runs)

    @property
    def cautious(self) -> tuple[Reading, ...]:
        """The cautious reading of the run reported, which the next regimes' cautious readings read."""
        return (self.chosen.cautious,)

    def classes(self) -> tuple[str, ...]:
        """The classes that any of the rule sets allows, in order."""
        found = {klass for run in self.runs for klass in run.spread.classes}
        return tuple(klass for klass in self.chosen.judge.order if klass in found)

    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that any of the rule sets allows."""
        return tuple(dict.fromkeys(outcome for run in self.runs for outcome in run.spread.outcomes))


def chosen(runs: tuple[Run, ...]) -> Run:
    """The run to report: of the highest class, then of the highest that may be."""
    order = runs[0].judge.order
    return max(runs, key=lambda run: (order.index(run.verdict.klass), order.index(run.spread.classes[-1])))


def handed_on(found: Mapping[str, Sequence[Reading]]) -> Given:
    """What regimes already run give to the next: of several readings of a regime, only what they agree on.

    Args:
        found: the readings of each; others may be added, those in it stay.
    """

    @cache
    def truth(owner: str, atom: str) -> int:
        values = {reading.truth(atom) for reading in found[owner]}
        return values.pop() if len(values) == 1 else UNKNOWN

    @cache
    def amount(owner: str, name: str) -> iv.Interval:
        amounts = [reading.amounts.get(name, iv.ZERO) for reading in found[owner]]
        total = amounts[0]
        for each in amounts[1:]:
            total = iv.hull(total, each)
        return total

    return Given(truth, amount)
