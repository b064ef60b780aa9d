"""What one rule set made of a case: both readings, the verdict and the spread."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.assessment.law import Window
from assessor.assessment.reading import Reading
from assessor.assessment.verdict import Judge, Spread, Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """One rule set's run of a case.

    Attributes:
        window: the period of law.
        open: the reading that leaves the unknown unknown.
        cautious: the reading that settles it.
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
