"""The knowledge base as one frozen thing, and small questions to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from assessor.knowledge.consequences import Exposure, Fine, Notice, Route, Shown
from assessor.knowledge.levers import Fixed, Lever, Sham
from assessor.knowledge.models import (
    Conclusion,
    DatedAmount,
    Deadline,
    Duty,
    Element,
    Factor,
    Gap,
    Issue,
    Norm,
    OpenDoubt,
    Parameter,
    Precedent,
    Provision,
    Question,
    Rule,
    Source,
    Text,
)
from assessor.knowledge.tables import Governing, RegimeTables, Result, Row
from assessor.quantities.formula import parameters_of
from assessor.reading import line_at


@dataclass(frozen=True)
class Mark:
    """Where an entry stands.

    Attributes:
        data: the entry as it was read.
    """

    file: str
    line: int | None
    data: Any = field(default=None, repr=False, compare=False)

    def at(self, *path: str | int) -> int | None:
        """The line of a part of the entry, by keys and places; of the entry itself where it has no such part."""
        return line_at(self.data, path) or self.line if path else self.line


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """What ``rules/`` says, by id.

    Attributes:
        regimes: which day governs each regime, in the order in which a regime may read another.
        tables: the result tables of the regimes that are assessed; one without tables is not.
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
    regimes: dict[str, Governing]
    tables: dict[str, RegimeTables]
    issues: dict[str, Issue]
    result: Result
    fines: tuple[Fine, ...]
    duties: dict[str, Duty]
    deadlines: dict[str, Deadline]
    routes: dict[str, Route]
    notices: dict[str, Notice]
    levers: dict[str, Lever]
    shams: dict[str, Sham]
    fixed: dict[str, Fixed]
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
    def first_regime(self) -> str:
        """The regime whose value, limit, exposure, routes and precedents are shown."""
        return next(iter(self.tables))

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """All rules by id, in the order of the legal test."""
        return {rule.id: rule for issue in self.issues.values() for rule in issue.rules}

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The elements of all regimes by id, in order."""
        return {issue.element.id: issue.element for issue in self.issues.values() if issue.element}

    @cached_property
    def conclusions(self) -> dict[str, Conclusion]:
        """The conclusions that rules may reach, by id."""
        return {conclusion.id: conclusion for issue in self.issues.values() for conclusion in issue.conclusions}

    @cached_property
    def issue_of(self) -> dict[str, Issue]:
        """The issue each rule, element, quantity, test, decision and conclusion belongs to, by its id."""
        found: dict[str, Issue] = {}
        for issue in self.issues.values():
            entries = (*issue.rules, *issue.quantities, *issue.tests, *issue.decisions, *issue.conclusions)
            found |= {str(getattr(entry, "id")): issue for entry in entries}  # noqa: B009 - each kind has an id
            if issue.element:
                found[issue.element.id] = issue
        return found

    @cached_property
    def regime_of(self) -> dict[str, str]:
        """The regime of whatever a condition may name: what ``issue_of`` has, factors, tests of regimes and windows."""
        found = {name: issue.regime for name, issue in self.issue_of.items()}
        for rule in self.rules.values():
            if rule.factor is not None:
                found.setdefault(rule.factor, self.issue_of[rule.id].regime)
        found |= {tables.test.id: regime for regime, tables in self.tables.items() if tables.test}
        found |= {f"{deadline.closes}-open": deadline.regime for deadline in self.deadlines.values()}
        return found

    @cached_property
    def depending(self) -> dict[str, tuple[str, ...]]:
        """The questions whose asking depends on each, directly or through others, in the order of asking."""
        found: dict[str, dict[str, None]] = {}
        for question in reversed(self.questions.values()):
            for other in question.applies_when:
                found.setdefault(other, {}).update({question.id: None, **found.get(question.id, {})})
        return {question: tuple(sorted(after, key=self.places.__getitem__)) for question, after in found.items()}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each question in the order of asking."""
        return {question: place for place, question in enumerate(self.questions)}

    def statuses_of(self, regime: str) -> dict[str, Text]:
        """The words for the status of an element of a regime."""
        return self.tables[regime].statuses or self.result.statuses

    def status_rows(self, regime: str) -> tuple[Row, ...]:
        """The table of an element's status in a regime."""
        return self.tables[regime].status or self.result.status

    def unresolved_status(self, regime: str) -> str:
        """The status that the cautious reading gives an element left open."""
        return self.tables[regime].unresolved_status or self.result.unresolved_status

    def provision_on(self, norm: str, on: date) -> Provision | None:
        """The provision of a norm in force on a day, if any."""
        for provision in self.norms[norm].provisions:
            if provision.valid_from <= on and (provision.valid_to is None or on <= provision.valid_to):
                return provision
        return None

    def in_force(self, norm: str, on: date) -> bool:
        """Whether a norm has a provision in force; one that has no provisions at all rests on judgments and has no dates."""
        return not self.norms[norm].provisions or self.provision_on(norm, on) is not None

    def gap_on(self, norm: str, on: date) -> Gap | None:
        """The gap of a norm that a day lies in, if any."""
        for gap in self.norms[norm].gaps:
            if gap.valid_from <= on and (gap.valid_to is None or on <= gap.valid_to):
                return gap
        return None

    def unread(self, norm: str, on: date) -> Gap | None:
        """The gap of a norm on a day whose law is not entered, so that it is not known what it says; else nothing."""
        gap = self.gap_on(norm, on)
        return gap if gap is not None and gap.kind == "not_entered" else None

    def doubts_on(self, norm: str, on: date) -> tuple[str, ...]:
        """The doubts about a norm on a day: its own, and those of its provision or gap then."""
        rows = (self.provision_on(norm, on), self.gap_on(norm, on))
        found = dict.fromkeys((*self.norms[norm].doubts, *(doubt for row in rows if row is not None for doubt in row.doubts)))
        return tuple(doubt for doubt in found if self.doubts[doubt].concerns(on, on))

    def amount_on(self, parameter: str, on: date) -> DatedAmount | None:
        """The row of a parameter for a day; None where it is not established."""
        for row in self.parameters[parameter].values:
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return row
        return None

    def norms_of(self, regime: str) -> set[str]:
        """The norms whose dates can change what a regime says."""
        norms: set[str] = set()
        parameters: set[str] = set()
        for issue in self.issues.values():
            if issue.regime != regime:
                continue
            norms |= {rule.norm for rule in issue.rules} | ({issue.element.norm} if issue.element else set())
            norms |= {str(self.code_lists[test.prevails.list]["norm"]) for test in issue.tests if test.prevails}
            for quantity in issue.quantities:
                norms |= {quantity.norm} if quantity.norm else set()
                formulas = [text for text in (quantity.formula, *(line.take for line in quantity.choose)) if text]
                parameters |= {name for text in formulas for name in parameters_of(text) if name in self.parameters}
        followed: list[Duty | Deadline] = [*self.duties.values(), *self.deadlines.values()]
        norms |= {entry.norm for entry in followed if entry.regime == regime}
        parameters |= {duty.parameter for duty in self.duties.values() if duty.regime == regime and duty.parameter}
        if regime == self.first_regime:
            norms |= {norm for group in self.exposure.norms.values() for norm in group}
            norms |= {row.gives["norm"] for row in self.exposure.who_decides}
            norms |= set(self.governing.get("norms", ()))
            parameters |= {self.exposure.floor, self.exposure.ceiling, self.exposure.share, *self.shown.limit_parameter.values()}
        return norms | {self.parameters[name].norm for name in parameters} | {f"amount:{name}" for name in parameters}

    @cached_property
    def _changes(self) -> dict[str, tuple[date, ...]]:
        return {}

    def changes(self, regime: str) -> tuple[date, ...]:
        """The days on which a norm or amount of a regime, or what is asked, begins or has just ended, in order."""
        if regime not in self._changes:
            self._changes[regime] = self._days_of_change(self.norms_of(regime))
        return self._changes[regime]

    def _days_of_change(self, norms: set[str]) -> tuple[date, ...]:
        days: set[date] = set()
        periods: list[tuple[date | None, date | None]] = []
        for name in norms:
            _, _, parameter = name.partition(":")
            norm = self.norms.get(name)
            rows: tuple[Any, ...] = self.parameters[parameter].values if norm is None else (*norm.provisions, *norm.gaps)
            periods += [(row.valid_from, row.valid_to) for row in rows]
        periods += [(question.valid_from, question.valid_to) for question in self.questions.values()]
        for first, last in periods:
            if first is not None:
                days.add(first)
            if last is not None:
                days.add(date.fromordinal(last.toordinal() + 1))
        return tuple(sorted(days))

    def window(self, regime: str, on: date) -> tuple[date, date | None]:
        """The longest period around a day in which no norm and no amount of a regime changes."""
        start = max((day for day in self.changes(regime) if day <= on), default=date.min)
        after = min((day for day in self.changes(regime) if day > on), default=None)
        return start, date.fromordinal(after.toordinal() - 1) if after else None
