"""The knowledge base as one frozen thing, and small questions to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from assessor.knowledge.models import (
    DatedAmount,
    Deadline,
    Duty,
    Element,
    Exposure,
    Factor,
    Fine,
    Issue,
    Norm,
    OpenDoubt,
    Parameter,
    Precedent,
    Provision,
    Question,
    Result,
    Route,
    Rule,
    Shown,
    Source,
)


@dataclass(frozen=True)
class Mark:
    """Where an entry stands."""

    file: str
    line: int | None


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """What ``rules/`` says, by id.

    Attributes:
        issues: the files of rules, in the order of the legal test.
        digest: the first twelve hex digits of the SHA-256 of all files of rules/.
        state: the day up to which the law was read.
        marks: file and line of each entry, by (kind, id).
    """

    sources: dict[str, Source]
    norms: dict[str, Norm]
    parameters: dict[str, Parameter]
    questions: dict[str, Question]
    factors: dict[str, Factor]
    precedents: dict[str, Precedent]
    issues: dict[str, Issue]
    result: Result
    fines: tuple[Fine, ...]
    duties: dict[str, Duty]
    deadlines: dict[str, Deadline]
    routes: dict[str, Route]
    exposure: Exposure
    shown: Shown
    doubts: dict[str, OpenDoubt]
    governing: dict[str, Any]
    code_lists: dict[str, Any]
    version: str
    state: date
    digest: str
    marks: dict[tuple[str, str], Mark] = field(default_factory=dict, compare=False)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """All rules by id, in the order of the legal test."""
        return {rule.id: rule for issue in self.issues.values() for rule in issue.rules}

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The elements of a contract by id, in order."""
        return {issue.element.id: issue.element for issue in self.issues.values() if issue.element}

    @cached_property
    def issue_of(self) -> dict[str, Issue]:
        """The issue each rule, quantity, test, decision and conclusion belongs to, by its id."""
        found: dict[str, Issue] = {}
        for issue in self.issues.values():
            names = [rule.id for rule in issue.rules] + [quantity.id for quantity in issue.quantities]
            names += [test.id for test in issue.tests] + [decision.id for decision in issue.decisions]
            found |= dict.fromkeys([*names, *(conclusion.id for conclusion in issue.conclusions)], issue)
        return found

    def provision_on(self, norm: str, on: date) -> Provision | None:
        """The provision of a norm in force on a day, if any."""
        for provision in self.norms[norm].provisions:
            if provision.valid_from <= on and (provision.valid_to is None or on <= provision.valid_to):
                return provision
        return None

    def in_force(self, norm: str, on: date) -> bool:
        """Whether a norm has a provision in force; one that has no provisions at all rests on judgments and has no dates."""
        return not self.norms[norm].provisions or self.provision_on(norm, on) is not None

    def amount_on(self, parameter: str, on: date) -> DatedAmount | None:
        """The row of a parameter for a day; None where it is not established."""
        for row in self.parameters[parameter].values:
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return row
        return None

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which any norm or parameter begins or has just ended, in order."""
        days: set[date] = set()
        periods: list[tuple[date | None, date | None]] = [
            (row.valid_from, row.valid_to) for norm in self.norms.values() for row in norm.provisions
        ]
        periods += [(row.valid_from, row.valid_to) for each in self.parameters.values() for row in each.values]
        periods += [(question.valid_from, question.valid_to) for question in self.questions.values()]
        for first, last in periods:
            if first is not None:
                days.add(first)
            if last is not None:
                days.add(date.fromordinal(last.toordinal() + 1))
        return tuple(sorted(days))

    def window(self, on: date) -> tuple[date, date | None]:
        """The longest period around a day in which no norm and no parameter changes."""
        start = max((day for day in self.changes if day <= on), default=date.min)
        after = min((day for day in self.changes if day > on), default=None)
        return start, date.fromordinal(after.toordinal() - 1) if after else None
