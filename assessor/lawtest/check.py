"""Checks that a knowledge base holds together: references, dates, tables, and nothing unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise, permutations, product
from typing import Any, Protocol

from assessor.inference.build import RAILS, build
from assessor.inference.conditions import Alternatives, ConditionError, Vocabulary, alternatives
from assessor.inference.form import Literal
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Authority, Rule
from assessor.knowledge.named import misnamed, wrong_answers
from assessor.knowledge.tables import Row
from assessor.problems import Problem

LEVELS = (1, 2, 3, 4)


class _Dated(Protocol):
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def check(knowledge: KnowledgeBase) -> tuple[Problem, ...]:
    """Every fault of a knowledge base, with file and line where they are known; none if it is sound."""
    return tuple(_Checker(knowledge).faults())


class _Checker:
    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.books: list[Rulebook] = []

    def faults(self) -> Iterator[Problem]:
        missing = list(self.references())
        yield from missing
        if missing:
            return  # what refers to nothing cannot be looked into further
        yield from self.dates()
        yield from self.recall()
        yield from self.questions()
        yield from self.levers()
        yield from self.tables()
        compiled = list(self.compiled())
        yield from compiled
        if not compiled:
            yield from self.unused()
            yield from self.at_odds()
            yield from self.out_of_order()

    def fault(self, kind: str, identity: str, why: str) -> Problem:
        mark = self.knowledge.marks.get((kind, identity))
        return Problem("knowledge", file=mark.file if mark else None, line=mark.line if mark else None, why=f"{identity}: {why}")

    # -- references --

    def references(self) -> Iterator[Problem]:
        base = self.knowledge
        for kind, identity, entry in self.entries():
            norms = [getattr(entry, "norm", None)] if isinstance(getattr(entry, "norm", None), str) else []
            for norm in norms:
                if norm not in base.norms:
                    yield self.fault(kind, identity, f"there is no norm {norm}")
            for authority in self.authorities(entry):
                if authority not in base.sources:
                    yield self.fault(kind, identity, f"there is no source {authority}")
            for doubt in self.doubts_of(entry):
                if doubt not in base.doubts:
                    yield self.fault(kind, identity, f"there is no doubt {doubt}")
        for norm in base.norms.values():
            if not norm.provisions and not norm.interpreted_by:
                yield self.fault("norm", norm.id, "it rests on no source")
        for precedent in base.precedents.values():
            for factor in precedent.factors:
                if factor not in base.factors:
                    yield self.fault("precedent", precedent.id, f"there is no factor {factor}")
        for weighed in base.factors.values():
            for other in weighed.overridden_by:
                if other not in base.factors:
                    yield self.fault("factor", weighed.id, f"there is no factor {other}")
            if weighed.element is not None and weighed.element not in base.elements:
                yield self.fault("factor", weighed.id, f"there is no element {weighed.element}")
        for deadline in base.deadlines.values():
            for question in deadline.start:
                if question not in base.questions or base.questions[question].type != "date":
                    yield self.fault("deadline", deadline.id, f"{question} is no question of a date")
        yield from (self.fault(*each) for each in misnamed(base))
        for fine in base.fines:
            if fine.use == "decided" and None in (fine.value_sek, fine.fee_sek, fine.ceiling_sek):
                yield self.fault("fine", fine.id, "a decided fine needs value, fee and ceiling")

    def entries(self) -> Iterator[tuple[str, str, Any]]:
        base = self.knowledge
        issues = base.issues.values()
        kinds: tuple[tuple[str, Iterable[Any]], ...] = (
            ("source", base.sources.values()),
            ("norm", base.norms.values()),
            ("parameter", base.parameters.values()),
            ("factor", base.factors.values()),
            ("precedent", base.precedents.values()),
            ("rule", base.rules.values()),
            ("quantities", [quantity for issue in issues for quantity in issue.quantities]),
            ("element", base.elements.values()),
            ("duty", base.duties.values()),
            ("deadline", base.deadlines.values()),
            ("route", base.routes.values()),
            ("notice", base.notices.values()),
            ("lever", base.levers.values()),
            ("sham", base.shams.values()),
            ("fixed", base.fixed.values()),
        )
        for kind, entries in kinds:
            for entry in entries:
                yield kind, entry.id, entry

    @staticmethod
    def authorities(entry: Any) -> Iterator[str]:
        if isinstance(getattr(entry, "source", None), str):
            yield entry.source
        for name in ("authorities", "provisions", "interpreted_by", "values"):
            for row in getattr(entry, name, ()):
                if isinstance(row, Authority) or hasattr(row, "source"):
                    yield row.source

    @staticmethod
    def doubts_of(entry: Any) -> Iterator[str]:
        yield from getattr(entry, "doubts", ())
        for name in ("provisions", "values", "not_entered"):
            for row in getattr(entry, name, ()):
                yield from getattr(row, "doubts", ())

    # -- dates and certainty --

    def dates(self) -> Iterator[Problem]:
        for norm in self.knowledge.norms.values():
            yield from self.overlaps("norm", norm.id, norm.provisions)
            for gap in norm.not_entered:
                if any(
                    row.valid_from <= gap.valid_to and (row.valid_to or gap.valid_to) >= (gap.valid_from or row.valid_from)
                    for row in norm.provisions
                ):
                    yield self.fault(
                        "norm", norm.id, f"it has a provision within the days to {gap.valid_to} that are not entered"
                    )
            for provision in norm.provisions:
                source = self.knowledge.sources.get(provision.source)
                if source is None or source.kind != "statute":
                    continue
                if source.valid_from is None:
                    yield self.fault("source", source.id, "a statute needs its date in force")
                elif provision.valid_from < source.valid_from:
                    yield self.fault("norm", norm.id, f"{provision.at} begins before {source.id} was in force")
                elif source.valid_to is not None and (provision.valid_to is None or provision.valid_to > source.valid_to):
                    yield self.fault("norm", norm.id, f"{provision.at} ends after {source.id}")
        for parameter in self.knowledge.parameters.values():
            yield from self.overlaps("parameter", parameter.id, parameter.values)

    def overlaps(self, kind: str, identity: str, rows: Iterable[_Dated]) -> Iterator[Problem]:
        ordered = sorted(rows, key=lambda row: row.valid_from)
        for row in ordered:
            if row.valid_to is not None and row.valid_to < row.valid_from:
                yield self.fault(kind, identity, f"a period ends before it begins ({row.valid_from})")
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield self.fault(kind, identity, f"two periods overlap ({later.valid_from})")

    def recall(self) -> Iterator[Problem]:
        """A conclusion may not rest on recall alone."""
        for rule in self.knowledge.rules.values():
            norm = self.knowledge.norms.get(rule.norm)
            if norm is None:
                continue
            marks = {row.certainty for row in norm.provisions}
            marks |= {row.certainty for row in (*norm.interpreted_by, *rule.authorities)}
            if marks == {"RECALL"}:
                yield self.fault("rule", rule.id, "it rests on recall alone")

    # -- questions and tables --

    def questions(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for question in self.knowledge.questions.values():
            if question.type in ("choice", "several") and not question.choices:
                yield self.fault("question", question.id, "it has no answers to choose from")
            if question.type == "records" and not question.fields:
                yield self.fault("question", question.id, "its records have no fields")
            for other, wanted in question.applies_when.items():
                if other not in seen:
                    yield self.fault("question", question.id, f"applies_when names {other}, which is not asked before it")
                    continue
                wrong = wrong_answers(self.knowledge, {other: wanted})
                yield from (self.fault("question", question.id, why) for why in wrong)
            seen.add(question.id)

    def levers(self) -> Iterator[Problem]:
        """What levers, shams and fixed facts say of answers are answers; a lever by clause has its clause."""
        base = self.knowledge
        answers: list[tuple[str, str, dict[str, Any]]] = []
        for lever in base.levers.values():
            answers += [("lever", lever.id, each) for each in (lever.sets, lever.available, lever.requires)]
            if lever.route is not None and lever.route not in base.routes:
                yield self.fault("lever", lever.id, f"there is no route {lever.route}")
            if (lever.by == "clause") != (lever.clause is not None):
                yield self.fault("lever", lever.id, "a lever by clause has a clause, and no other has")
        answers += [("sham", sham.id, sham.sets) for sham in base.shams.values()]
        answers += [("fixed", fixed.id, fixed.facts) for fixed in base.fixed.values()]
        for kind, identity, given in answers:
            yield from (self.fault(kind, identity, why) for why in wrong_answers(base, given))

    def tables(self) -> Iterator[Problem]:
        result = self.knowledge.result
        where = ("result", "rules/result.yaml")
        order = list(result.classes)
        if set(result.matrix) != set(LEVELS):
            yield self.fault(*where, "the matrix needs the likelihoods 1 to 4")
            return
        for line in result.matrix.values():
            for klass in line:
                if klass not in order:
                    yield self.fault(*where, f"the matrix names {klass}, which is no class")
                    return
        for likelihood, consequence in product(LEVELS, LEVELS):
            here = order.index(result.matrix[likelihood][consequence - 1])
            for other in ((likelihood - 1, consequence), (likelihood, consequence - 1)):
                if min(other) >= 1 and order.index(result.matrix[other[0]][other[1] - 1]) > here:
                    yield self.fault(*where, f"the matrix falls at likelihood {likelihood}, consequence {consequence}")
        vocabulary = Vocabulary({}, frozenset(), frozenset(RAILS), {})
        named: list[tuple[str, str, tuple[Row, ...]]] = [(*where, result.status)]
        for row in result.status:
            yield from self.unreadable(*where, row, vocabulary)
            if row.gives not in result.statuses:
                yield self.fault(*where, f"{row.gives} is no status")
        for regime, tables in self.knowledge.tables.items():
            place = ("tables", regime)
            named += [(*place, getattr(tables, name)) for name in ("outcome", "likelihood", "consequence")]
            if tables.status:
                named.append((*place, tables.status))
            for row in tables.status or ():
                yield from self.unreadable(*place, row, vocabulary)
                if row.gives not in (tables.statuses or {}):
                    yield self.fault(*place, f"{row.gives} is no status")
            for override in tables.overrides:
                if override.at_least not in order:
                    yield self.fault(*place, f"{override.id}: {override.at_least} is no class")
            known = {*tables.outcomes, *tables.scenario}
            for outcome in (item for row in tables.outcome for item in row.gives):
                if outcome not in known:
                    yield self.fault(*place, f"{outcome} is no outcome")
            for row in (*tables.likelihood, *tables.consequence, tables.consequence_unresolved):
                if row.gives not in LEVELS:
                    yield self.fault(*place, f"{row.gives} is no level")
            if set(tables.consequence_levels) != set(LEVELS):
                yield self.fault(*place, "consequence_levels needs 1 to 4")
            if tables.test and set(tables.test.values) != {"established", "contested", "not_established"}:
                yield self.fault(*place, "the test has the values established, contested, not_established")
        for kind, identity, rows in named:
            if not rows or rows[-1].when is not None:
                yield self.fault(kind, identity, "the last line of a table must have no condition")
            if any(row.when is None for row in rows[:-1]):
                yield self.fault(kind, identity, "a line of a table without condition hides those below it")
        for issue in self.knowledge.issues.values():
            for decision in issue.decisions:
                if decision.cases[-1].when is not None:
                    yield self.fault("decisions", decision.id, "the last case must have no condition")
                for case in decision.cases:
                    if case.value not in decision.values:
                        yield self.fault("decisions", decision.id, f"{case.value} is no value of it")

    def unreadable(self, kind: str, identity: str, row: Row, vocabulary: Vocabulary) -> Iterator[Problem]:
        """What is wrong with the condition of a line of a table."""
        try:
            alternatives(row.when, vocabulary)
        except ConditionError as error:
            yield self.fault(kind, identity, str(error))

    # -- compiled, and used --

    def compiled(self) -> Iterator[Problem]:
        """The rules of every period of law compile."""
        first = date.fromisoformat(self.knowledge.governing["first_day"])
        for regime in self.knowledge.tables:
            days = (day for day in self.knowledge.changes(regime) if first < day <= self.knowledge.state)
            for day in (first, *days):
                try:
                    self.books.append(build(self.knowledge, day, regime))
                except Problem as problem:
                    yield problem
                    break

    def unused(self) -> Iterator[Problem]:
        base = self.knowledge
        sources = {source for _, _, entry in self.entries() for source in self.authorities(entry)}
        norms = {entry.norm for _, _, entry in self.entries() if isinstance(getattr(entry, "norm", None), str)}
        norms |= {norm for group in base.exposure.norms.values() for norm in group}
        norms |= {row.gives["norm"] for row in base.exposure.who_decides}
        norms |= {str(codes["norm"]) for codes in base.code_lists.values()} | set(base.governing.get("norms", ()))
        doubts = {doubt for _, _, entry in self.entries() for doubt in self.doubts_of(entry)}
        doubts |= {rules.doubt for rules in base.regimes.values() if rules.doubt is not None}
        factors = {rule.factor for rule in base.rules.values() if rule.factor}
        questions, parameters = self.read_by_something()
        for kind, known, used in (
            ("source", base.sources, sources),
            ("norm", base.norms, norms),
            ("doubt", base.doubts, doubts),
            ("factor", base.factors, factors),
            ("question", base.questions, questions),
            ("parameter", base.parameters, parameters),
        ):
            for identity in known:
                if identity not in used:
                    yield self.fault(kind, identity, f"nothing uses this {kind}")

    def at_odds(self) -> Iterator[Problem]:
        """Rules that add nothing to another, or point both ways on the same facts with no priority between them."""
        told: set[tuple[str, str]] = set()
        for book in self.books:
            heads: dict[str, list[Rule]] = {}
            for rule in book.rules.values():
                heads.setdefault(rule.head.rpartition(".")[0] if rule.element else rule.head, []).append(rule)
            for rules in heads.values():
                for one, other in permutations(rules, 2):
                    if (one.id, other.id) in told or not _implies(book.bodies[one.id], book.bodies[other.id]):
                        continue
                    told.add((one.id, other.id))
                    if one.head == other.head and (other.id, one.id) not in told:
                        yield self.fault("rule", one.id, f"wherever it holds, {other.id} holds and concludes the same")
                    elif one.head.endswith(".for") != other.head.endswith(".for"):
                        yield self.fault("rule", one.id, f"wherever it holds, {other.id} holds and points the other way")

    def out_of_order(self) -> Iterator[Problem]:
        """Amounts read before they are computed, which would be read as nothing."""
        told: set[str] = set()
        for book in self.books:
            seen: set[str] = set()
            for quantity in (quantity for step in book.steps for quantity in step.quantities):
                formulas = [quantity.formula, *(formula for _, formula in quantity.lines)]
                read = {name for formula in formulas if formula is not None for name in formula.names} | set(
                    quantity.spec.highest
                )
                if quantity.spec.id not in told and (early := sorted((read & set(book.quantities)) - seen)):
                    told.add(quantity.spec.id)
                    yield self.fault("quantity", quantity.spec.id, f"it reads {', '.join(early)} before that is computed")
                seen.add(quantity.spec.id)

    def read_by_something(self) -> tuple[set[str], set[str]]:
        """The questions and parameters that a rule, formula, deadline or the case's own frame reads."""
        base = self.knowledge
        governing = base.governing
        questions = {*governing["draft_status"], governing["status"], base.shown.stated_by_others}
        for regime in base.regimes.values():
            questions |= {*regime.stand_ins, *([regime.date] if regime.date else [])}
        questions |= {name for question in base.questions.values() for name in question.applies_when}
        questions = questions.union(*(book.reads for book in self.books))
        parameters = {base.exposure.floor, base.exposure.ceiling, base.exposure.share, *base.shown.limit_parameter.values()}
        for book in self.books:
            for quantity in book.quantities.values():
                for formula in (quantity.formula, *(formula for _, formula in quantity.lines)):
                    parameters |= set(formula.parameters) if formula else set()
        parameters |= {duty.parameter for duty in base.duties.values() if duty.parameter}
        return questions, parameters


def _implies(one: Alternatives, other: Alternatives) -> bool:
    """Whether a condition holds wherever another does: each of its alternatives contains one of the other's."""
    return all(any(set(weaker) <= _closed(stronger) for weaker in other) for stronger in one)


def _closed(row: tuple[Literal, ...]) -> set[Literal]:
    """The literals of an alternative and what they say besides: what a document shows is also so."""
    found = set(row)
    for literal in row:
        plain, mark, kind = literal.atom.partition("!")
        if mark and literal.holds:
            found.add(Literal(plain, kind == "yes"))
    return found
