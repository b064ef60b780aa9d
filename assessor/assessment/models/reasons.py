"""Why: findings with their premises, the elements of a regime's test, and what the regime says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from assessor.assessment.models.common import Band, Citation, Class
from assessor.assessment.models.consequences import Ceiling
from assessor.case.models import Reference
from assessor.knowledge.models import Certainty, Rank, Text


@dataclass(frozen=True, slots=True)
class Premise:
    """What a finding rests on: an answer to a question, or another conclusion."""

    about: str
    text: Text
    answer: Text
    support: Literal["documented", "stated", "assumed", "derived"]
    evidence: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One rule that fired (``holds`` yes) or may fire once something unknown is known (``holds`` unknown)."""

    id: str
    holds: Literal["yes", "unknown"]
    regime: str
    issue: str
    issue_title: Text
    step: str
    kind: Literal["factor", "support", "objection", "denial", "conclusion"]
    conclusion: str
    conclusion_name: Text
    element: str | None
    side: Literal["for", "against", "denied", "neutral"] | None
    weight: str | None
    rank: Rank | None
    because: Text
    premises: tuple[Premise, ...]
    norm: str
    norm_name: Text
    citations: tuple[Citation, ...]
    certainty: Certainty
    waits_for: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementResult:
    """A condition of the test of a regime, or a criterion of it.

    Attributes:
        unmoved: documented answers that its rules ask for and that no finding on it rests on: known, and without effect on it.
    """

    id: str
    name: Text
    asks: Text
    status: str
    status_name: Text
    possible: tuple[str, ...]
    possible_names: tuple[Text, ...]
    findings: tuple[str, ...]
    citations: tuple[Citation, ...]
    certainty: Certainty
    unmoved: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """The conjunction of a regime's elements."""

    id: str
    name: Text
    status: str
    status_name: Text
    possible: tuple[str, ...]
    possible_names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A likelihood or consequence, 1 to 4, and why."""

    level: int
    possible: tuple[int, ...]
    means: Text
    because: Text | None


@dataclass(frozen=True, slots=True)
class Overridden:
    """A named exception from the class table that applied."""

    id: str
    because: Text
    from_class: Class
    to_class: Class


@dataclass(frozen=True, slots=True)
class RegimeResult:
    """One regime: outcome, likelihood and consequence, class and band.

    Attributes:
        on, on_basis: the day whose law was applied, to the precision known, and the question it rests on.
        on_support: how that answer is supported; null where the day rests on no answer.
        test: the conjunction of its elements, where it has one.
        decisions: the questions of law that the outcome splits on, each with the answers left in the cautious reading.
        blocks: what forbids signing, whatever the other regimes say.
        ceilings: the sums of aid held against a ceiling, where a ground or a finding rests on one.
    """

    __pydantic_config__ = ConfigDict(populate_by_name=True)

    id: str
    name: Text
    on: str
    on_basis: str
    on_support: Literal["documented", "stated", "assumed"] | None
    outcome: str | tuple[str, ...]
    outcome_name: tuple[Text, ...]
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    likelihood: Level
    consequence: Level
    overrides: tuple[Overridden, ...]
    blocks: tuple[Text, ...]
    test: TestResult | None
    decisions: dict[str, tuple[str, ...]]
    possible_outcomes: tuple[str, ...]
    elements: tuple[ElementResult, ...]
    ceilings: tuple[Ceiling, ...] = ()
