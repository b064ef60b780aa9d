"""The shapes of what follows from a result: fines, exposure, routes, and notices of law to come."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assessor.knowledge.models import Certainty, Model, Natural, Pinpoint, Positive, Text
from assessor.knowledge.tables import Row


class Fine(Model):
    """A procurement fine, claimed or decided."""

    id: str
    authority: str
    bought: Text
    supplier_non_profit: Literal["yes", "no", "unknown"]
    law: str | None = None
    decided_by: Literal["kkv", "court"] | None = None
    value_sek: Positive | None = None
    claimed_sek: Natural | None = None
    fee_sek: Natural | None = None
    ceiling_sek: Positive | None = None
    use: Literal["decided", "claim_only", "not_used"]
    reason_not_used: Text | None = None
    note: Text | None = None
    url: str | None = None
    certainty: Certainty

    @model_validator(mode="after")
    def _within_its_ceiling(self) -> Fine:
        if self.fee_sek is not None and self.ceiling_sek is not None and self.fee_sek > self.ceiling_sek:
            raise ValueError("the fee is above its ceiling")
        return self


class Route(Model):
    """A lawful way to reach the same aim."""

    id: str
    name: Text
    how: Text
    conditions: Text
    cautions: Text | None = None
    norm: str
    when: Any = None
    doubts: tuple[str, ...] = ()


class Ceiling(Model):
    """A ceiling in foreign money that a sum is held against, as it is shown.

    Attributes:
        test: the test of the sum against the ceiling.
        parameter: the ceiling.
        rate: the question for the rate.
        this, other: the quantities that make up the sum.
        when: the answers by which it is shown; also shown where a finding rests on the test.
    """

    test: str
    parameter: str
    rate: str
    this: str
    other: str
    when: dict[str, Any]


class Shown(Model):
    """Which quantities and questions the assessment shows as value and limit.

    Attributes:
        value, without_in_kind, limit: quantities.
        within: the test of the value against the limit.
        methods: the quantities that are ways to value, or additions.
        stated_by_others: the question for values stated by somebody else.
        limit_parameter: the parameter of the limit by class of service, the most special first; the keys are
            conclusions, and ``otherwise`` for the rest.
        ceilings: the sums that are held against a ceiling.
    """

    value: str
    without_in_kind: str
    limit: str
    within: str
    limit_parameter: dict[str, str]
    methods: tuple[str, ...]
    stated_by_others: str
    ceilings: tuple[Ceiling, ...] = ()


class Exposure(Model):
    """What follows from an unlawful award; texts, and which quantities carry the amounts.

    Attributes:
        applies_to: the outcomes that may bring a fine, ineffectiveness and damages.
        remedies_also: those that bring no fine but may bring ineffectiveness or damages.
    """

    condition: Text
    who_decides: tuple[Row, ...]
    floor: str
    ceiling: str
    share: str
    case_max: str
    norms: dict[str, tuple[str, ...]]
    calibration: Text
    modifiers: tuple[Text, ...]
    ineffectiveness: Text
    damages: Text
    applies_to: tuple[str, ...]
    remedies_also: tuple[str, ...] = ()
    benchmark_precedent: str


class Notice(Model):
    """A change of law to come or just come; shown with its dates, deciding nothing.

    Attributes:
        expected: the day it is to take effect, if one is proposed.
        until: the last day it is shown.
        regimes: those it would concern; ``when`` is read in the first.
    """

    id: str
    title: Text
    text: Text
    status: Literal["proposal", "bill", "referral", "memorandum", "in_force"]
    published: dt.date
    expected: dt.date | None = None
    until: dt.date | None = None
    regimes: Annotated[tuple[str, ...], Field(min_length=1)]
    when: Any = None
    source: str
    at: Pinpoint
    certainty: Certainty
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_shown_some_day(self) -> Notice:
        if self.until is not None and self.until < max(self.published, self.expected or self.published):
            raise ValueError("until lies before the day it is published or expected to take effect")
        return self
