"""What follows: value and limit, exposure, deadlines, duties, routes, law to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from assessor.assessment.models.common import Citation, Money, Truth
from assessor.knowledge.models import Certainty, Text


@dataclass(frozen=True, slots=True)
class ValueMethod:
    """One way to value the procurement, or an amount added."""

    id: str
    name: Text
    applies: Truth
    sek: Money
    citations: tuple[Citation, ...]
    certainty: Certainty
    because: Text | None


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value somebody else has stated; evidence, not a computation."""

    who: str
    sek: Money
    on: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """The value of the procurement.

    Attributes:
        total_sek: the value, all that counts included.
        without_in_kind_sek: the same without what is given in kind.
        carried_by: the method whose amount is the highest, if one is.
        missing: the questions that keep the value from being exact.
    """

    total_sek: Money
    without_in_kind_sek: Money
    carried_by: str | None
    methods: tuple[ValueMethod, ...]
    stated_by_others: tuple[StatedValue, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit for an award without advertisement on the day of commencement."""

    sek: Money
    relation: Literal["below", "at_most", "unknown"]
    service_class: tuple[str, ...]
    within: Truth
    citations: tuple[Citation, ...]
    certainty: Certainty
    reason: Text | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A sum of aid held against its ceiling, under the law that decides.

    Attributes:
        test: the test of the sum against the ceiling, whose answer ``within`` is.
        ceiling_eur, relation: the ceiling on the day and how it is to be kept; null where none is established.
        rate: the rate as the case gives it, SEK for 100 EUR.
        this_sek, other_sek: this aid, and other aid that counts with it; ``total_sek`` is both.
        margin_sek: what the ceiling leaves, below zero what is over it; an end that is null is not known.
        findings: the findings that rest on the test.
    """

    test: str
    name: Text
    ceiling_eur: Money
    relation: Literal["below", "at_most", "unknown"]
    rate: Money
    ceiling_sek: Money
    this_sek: Money
    other_sek: Money
    total_sek: Money
    margin_sek: int | tuple[int | None, int | None] | None
    within: Truth
    findings: tuple[str, ...]
    citations: tuple[Citation, ...]
    certainty: Certainty | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What decided fines were, as shares of the maximum in each case."""

    n: int
    median: float
    lower_quartile: float
    upper_quartile: float
    smallest: float
    greatest: float
    cases: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The precedent on the same scale."""

    precedent: str
    name: Text
    value_sek: int
    fee_sek: int
    ceiling_sek: int
    share: float


@dataclass(frozen=True, slots=True)
class Fee:
    """The procurement fine: what bounds it, and where decided fines have lain; never an expected cost."""

    applies: Truth
    condition: Text
    floor_sek: Money
    ceiling_sek: Money
    likely_low_sek: int | None
    likely_high_sek: int | None
    outer_low_sek: int | None
    outer_high_sek: int | None
    decided_by: Literal["kkv", "court"] | None
    window_ends: str | None
    window_open: Truth
    calibration: Calibration
    benchmark: Benchmark
    explanation: Text
    modifiers: tuple[Text, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Ineffectiveness or damages."""

    applies: Truth
    open: Truth
    ends: str | None
    explanation: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ExposureResult:
    """What an unlawful award may cost."""

    fee: Fee
    ineffectiveness: Remedy
    damages: Remedy


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """A period, as it stands on the as-of day."""

    id: str
    regime: str
    name: Text
    closes: str
    applies: Truth
    starts: str | None
    ends: str | None
    open: Truth
    whose: Text
    effect: Text
    reservation: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DutyResult:
    """A duty that the parties have if things are as the case says."""

    id: str
    regime: str
    name: Text
    arises: Truth
    met: Truth
    because: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RouteResult:
    """A lawful way to the same aim, and whether it is open here."""

    id: str
    name: Text
    open: Truth
    how: Text
    conditions: Text
    cautions: Text | None
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A change of law to come or just come; it decides nothing."""

    id: str
    title: Text
    text: Text
    status: Literal["proposal", "bill", "referral", "memorandum", "in_force"]
    published: dt.date
    expected: dt.date | None
    regimes: tuple[str, ...]
    concerns: Truth
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]
