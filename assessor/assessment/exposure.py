"""What an unlawful award may cost, with its conditions and windows; a range from decided fines, never a forecast."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from statistics import median, quantiles

from assessor.assessment.citing import cite_norm
from assessor.assessment.models import Benchmark, Calibration, Citation, DeadlineResult, ExposureResult, Fee, Money, Remedy, Truth
from assessor.assessment.reading import Reading
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.consequences import Fine
from assessor.quantities.interval import Interval
from assessor.truth import FALSE, TRUE, UNKNOWN

WORDS: dict[int, Truth] = {TRUE: "yes", FALSE: "no", UNKNOWN: "unknown"}


def money(amount: Interval | None) -> Money:
    """An amount as the contract shows it: a number, ``(low, high)``, or None where nothing is known."""
    if amount is None or (amount.low == 0 and amount.high is None):
        return None
    whole = amount.whole()
    low, high = int(whole.low), None if whole.high is None else int(whole.high)
    return low if low == high else (low, high)


def case_max_of(fine: Fine, share_percent: int) -> int:
    """The highest fine there could have been in a decided case, SEK."""
    assert fine.value_sek is not None and fine.ceiling_sek is not None
    return min(fine.value_sek * share_percent // 100, fine.ceiling_sek)


def calibrate(fines: tuple[Fine, ...], share_percent: int) -> Calibration:
    """Decided fines as shares of the highest there could have been in each case.

    Args:
        fines: coded fines; those with ``use`` *decided* count.
        share_percent: the share of the value that bounds a fine, in percent.

    Returns:
        Number, median, quartiles (inclusive method: the data are taken as the whole range) and extremes.
    """
    cases = tuple(
        (fine.id, fine.authority, round(int(fine.fee_sek or 0) / case_max_of(fine, share_percent), 4))
        for fine in fines
        if fine.use == "decided"
    )
    shares = sorted(share for _, _, share in cases)
    lower, _, upper = quantiles(shares, n=4, method="inclusive")
    return Calibration(
        n=len(shares),
        median=round(median(shares), 3),
        lower_quartile=round(lower, 3),
        upper_quartile=round(upper, 3),
        smallest=shares[0],
        greatest=shares[-1],
        cases=tuple(sorted(cases, key=lambda case: case[2])),
    )


@lru_cache(maxsize=16)
def _calibration(fines: tuple[Fine, ...], share_percent: int) -> Calibration:
    return calibrate(fines, share_percent)


@lru_cache(maxsize=16)
def benchmark(knowledge: KnowledgeBase, share_percent: int) -> Benchmark:
    """The benchmark precedent on the scale of its own highest fine."""
    precedent = knowledge.precedents[knowledge.exposure.benchmark_precedent]
    fine = next(
        f for f in knowledge.fines if f.use == "decided" and f.fee_sek == precedent.fee_sek and f.value_sek == precedent.value_sek
    )
    highest = case_max_of(fine, share_percent)
    return Benchmark(
        precedent=precedent.id,
        name=precedent.name,
        value_sek=int(precedent.value_sek or 0),
        fee_sek=int(precedent.fee_sek or 0),
        ceiling_sek=highest,
        share=round(int(precedent.fee_sek or 0) / highest, 3),
    )


def exposure(reading: Reading, possible: tuple[str, ...], certain: bool, deadlines: tuple[DeadlineResult, ...]) -> ExposureResult:
    """The exposure of a case.

    Args:
        reading: the open reading.
        possible: the outcomes that are not excluded.
        certain: whether the breach is the only outcome left.
        deadlines: the deadlines as they stand.
    """
    book = reading.rulebook
    knowledge, on, spec = book.knowledge, book.on, book.knowledge.exposure
    applies: Truth = "yes" if certain else "unknown" if set(possible) & set(spec.applies_to) else "no"
    remedies: Truth = "unknown" if applies == "no" and set(possible) & set(spec.remedies_also) else applies
    share = share_of_value(knowledge)
    calibration = _calibration(knowledge.fines, share)
    highest = reading.amounts.get(spec.case_max)
    floor = knowledge.amount_on(spec.floor, on)
    least = int(floor.value or 0) if floor else 0

    def share_of(end: float, upper: bool) -> int | None:
        if highest is None or applies == "no" or money(reading.amounts.get(knowledge.shown.value)) is None:
            return None  # a share of an unknown value is no range
        bound = highest.high if upper else highest.low
        return None if bound is None else max(least, round(float(bound) * end))

    who = next((row for row in spec.who_decides if knowledge.in_force(row.gives["norm"], on)), None)
    windows = {kind: [d for d in deadlines if d.closes == kind] for kind in ("fee", "ineffectiveness", "damages")}
    return ExposureResult(
        fee=Fee(
            applies=applies if who is not None else "no",
            condition=spec.condition,
            floor_sek=least,
            ceiling_sek=None if applies == "no" else money(highest),
            likely_low_sek=share_of(calibration.lower_quartile, False),
            likely_high_sek=share_of(calibration.upper_quartile, True),
            outer_low_sek=share_of(calibration.smallest, False),
            outer_high_sek=share_of(calibration.greatest, True),
            decided_by=who.gives["decided_by"] if who else None,
            window_ends=_earliest(windows["fee"]),
            window_open=_open(reading, "fee"),
            calibration=calibration,
            benchmark=benchmark(knowledge, share),
            explanation=spec.calibration,
            modifiers=spec.modifiers,
            citations=_cited(knowledge, "fee", on),
        ),
        ineffectiveness=Remedy(
            applies=remedies,
            open=_open(reading, "ineffectiveness"),
            ends=_earliest(windows["ineffectiveness"]),
            explanation=spec.ineffectiveness,
            citations=_cited(knowledge, "ineffectiveness", on),
        ),
        damages=Remedy(
            applies=remedies,
            open=_open(reading, "damages"),
            ends=_earliest(windows["damages"]),
            explanation=spec.damages,
            citations=_cited(knowledge, "damages", on),
        ),
    )


def share_of_value(knowledge: KnowledgeBase) -> int:
    """The share of the value that bounds a fine, in percent; the latest, for decided fines were bound by the same."""
    return int(knowledge.parameters[knowledge.exposure.share].values[-1].value or 0)


def _cited(knowledge: KnowledgeBase, kind: str, on: dt.date) -> tuple[Citation, ...]:
    return tuple(citation for norm in knowledge.exposure.norms[kind] for citation in cite_norm(knowledge, norm, on))


def _open(reading: Reading, closes: str) -> Truth:
    return WORDS[reading.truth(f"{closes}-open")]


def _earliest(deadlines: list[DeadlineResult]) -> str | None:
    return min((d.ends for d in deadlines if d.applies != "no" and d.ends is not None), default=None)
