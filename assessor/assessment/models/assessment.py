"""The whole assessment, and its frame: the case, the law applied, what is unknown or doubted, sources, versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from assessor.assessment.models.common import Band, Class
from assessor.assessment.models.consequences import (
    DeadlineResult,
    DutyResult,
    ExposureResult,
    Limit,
    NoticeShown,
    RouteResult,
    Value,
)
from assessor.assessment.models.precedents import Argument, Comparison, CounterPoint
from assessor.assessment.models.reasons import Finding, RegimeResult
from assessor.assessment.models.searched import AdviceResult, Firmness
from assessor.knowledge.models import Certainty, Text

SCHEMA = "iop-assessment/2"


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """Which case was assessed.

    Attributes:
        marking: a confidentiality marking.
        review: who ``prepared`` and who ``reviewed`` it, by function.
        thin: too little is known of it for the class to say much.
    """

    id: str
    title: Text
    about: Text | None
    kind: Literal["real", "constructed"]
    parties: dict[str, str]
    reference: str | None
    marking: str | None
    review: dict[str, str]
    status: str | None
    thin: bool


@dataclass(frozen=True, slots=True)
class Law:
    """A rule set that was applied: the period of law that the governing day of a regime falls in.

    Attributes:
        regime: whose law.
        governed_from, governed_to: the governing days it covers.
        valid_from, valid_to: the period in which none of the law applied changed.
        statutes: the short names of the statutes in force.
        decides: whether the reported result is of this rule set (the worst of several).
    """

    regime: str
    governed_from: dt.date
    governed_to: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    statutes: tuple[Text, ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """An unanswered question that can still matter.

    Attributes:
        decides: whether it can change the class as things stand.
        regimes: the regimes in which it can.
        asked: ``unknown`` (asked, cannot say), ``unanswered``, or ``undocumented`` (answered, but only a document would decide).
    """

    question: str
    text: Text
    why: Text
    asked: Literal["unknown", "unanswered", "undocumented"]
    decides: bool
    regimes: tuple[str, ...]
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An open doubt about the law or its sources that this assessment touches."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """Something in the case file the reader should know."""

    question: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """Which regimes were assessed and which were not."""

    assessed: tuple[str, ...]
    not_assessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source the assessment rests on."""

    id: str
    cite: Text
    title: Text
    issuer: Text
    date: dt.date | None
    url: str | None
    read: Text
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the assessment."""

    program: str
    knowledge: str
    digest: str
    law_state: dt.date
    engine: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """All of it, for one case.

    Attributes:
        on: the day the first regime is assessed under, to the precision known; ``on_basis`` is the question it rests on.
        klass: that of the worst regime; ``worst_regimes`` are those that have it.
        blocking: what forbids signing, whatever the rest says.
        matrix: the class by likelihood (row) and consequence (column), each from 1 to 4.
        deciding: the findings that decide, one to three; with ``deciding_robust`` no three findings do, and the
            weightiest are named; with ``deciding_alone`` each of them does alone. None where something lacking decides.
        findings: every rule that fired or may fire; elements refer to them by id.
        arguments: the precedents argued, those most on point first (by set inclusion of what is shared; no score).
        counter_for: which way the other side argues: ``for`` a contract where the result speaks against one, else ``against``.
        counter: the strongest honest case for the other side.
        firmness: how firm the class is; null where it was not searched for.
        advice: what can be changed; null where it was not searched for.
    """

    schema: str
    case: CaseInfo
    on: str
    on_basis: str
    as_of: dt.date
    scope: ScopeResult
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    worst_regimes: tuple[str, ...]
    blocking: tuple[Text, ...]
    laws: tuple[Law, ...]
    regimes: tuple[RegimeResult, ...]
    matrix: tuple[tuple[Class, ...], ...]
    deciding: tuple[str, ...]
    deciding_robust: bool
    deciding_alone: bool
    value: Value
    limit: Limit
    exposure: ExposureResult
    deadlines: tuple[DeadlineResult, ...]
    duties: tuple[DutyResult, ...]
    routes: tuple[RouteResult, ...]
    notices: tuple[NoticeShown, ...]
    findings: tuple[Finding, ...]
    precedents: tuple[Comparison, ...]
    arguments: tuple[Argument, ...]
    counter_for: Literal["for", "against"]
    counter: tuple[CounterPoint, ...]
    unknown: tuple[UnknownFact, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[SourceShown, ...]
    warnings: tuple[Warning, ...]
    versions: Versions
    firmness: Firmness | None = None
    advice: AdviceResult | None = None

    def facts_of(self, findings: tuple[str, ...]) -> tuple[Finding, ...]:
        """The findings with these ids, in order."""
        by_id = {finding.id: finding for finding in self.findings}
        return tuple(by_id[identity] for identity in findings)
