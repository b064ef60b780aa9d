"""The shapes of the result tables: how a class follows from what the rules concluded."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from assessor.knowledge.models import Model, Natural, Text


class Row(Model):
    """A line of a result table: this, when that holds and no line above does."""

    when: Any = None
    gives: Any
    because: Text | None = None


class Override(Model):
    """A named exception from the class table."""

    id: str
    when: Any
    at_least: str
    because: Text
    blocks: Text | None = None


class WholeTest(Model):
    """The conjunction of a regime's elements: established, contested or not established."""

    id: str
    name: Text
    values: dict[str, Text]


class RegimeTables(Model):
    """How one regime's outcome, likelihood and consequence follow.

    Attributes:
        issues: the files of the regime, in the order of its test.
        test: the conjunction of its elements, where it has one.
        statuses, status, unresolved_status: the words and the table of an element's status, where they are not the
            common ones of ``Result``.
        scenario: the decisions, and the test, on which the tables split.
        outcomes: the closed list of outcomes.
        consequence_levels: what each level means in this regime.
    """

    issues: tuple[str, ...]
    name: Text
    test: WholeTest | None = None
    statuses: dict[str, Text] | None = None
    status: tuple[Row, ...] | None = None
    unresolved_status: str | None = None
    scenario: tuple[str, ...]
    outcomes: dict[str, Text]
    outcome: tuple[Row, ...]
    likelihood: tuple[Row, ...]
    consequence: tuple[Row, ...]
    consequence_levels: dict[int, Text]
    consequence_unresolved: Row
    overrides: tuple[Override, ...] = ()


class Result(Model):
    """The tables that all regimes share (``rules/result.yaml``)."""

    statuses: dict[str, Text]
    status: tuple[Row, ...]
    unresolved_status: str
    classes: dict[str, Text]
    likelihood_levels: dict[int, Text]
    matrix: dict[int, tuple[str, str, str, str]]
    deciding_unknown: Override


class StandIn(Model):
    """How far the governing day can lie from a day that stands in for it.

    Attributes:
        before, after: in months.
        since: a question for an earlier day; where it is answered the governing day lies no earlier, and that day takes
            the place of ``before``.
    """

    before: Natural = 0
    after: Natural = 0
    since: str | None = None


class Governing(Model):
    """Which day says what law a regime is assessed under.

    Attributes:
        date: the question that gives it; nothing = the as-of day.
        stand_ins: questions that stand in for it, in order of preference.
        warning: said where one of them does.
        doubt: the doubt that is open where one of them does and the days have different law.
        otherwise: what to take where the case gives none of them: the as-of day, or any day.
    """

    date: str | None = None
    stand_ins: dict[str, StandIn] = Field(default_factory=dict)
    warning: Text | None = None
    doubt: str | None = None
    otherwise: Literal["as_of", "any"] = "any"
