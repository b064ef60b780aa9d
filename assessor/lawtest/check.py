"""Checks that a knowledge base holds together: references, dates, tables, and nothing unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise, permutations, product
from typing import Any

from assessor.inference.build import RAILS, build
from assessor.inference.conditions import Alternatives, ConditionError, Vocabulary, alternatives
from assessor.inference.form import Literal
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Authority, DatedAmount, Gap, Provision, Rule
from assessor.knowledge.named import formulas, misnamed, wrong_answers
from assessor.knowledge.tables import Row
from assessor.problems import Problem

LEVELS = (1, 2, 3, 4)


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
        yield from self.amounts()
        yield from self.holes()
        yield from self.recall()
        yield from self.questions()
        yield from self.levers()
        yield from self.tables()
        compiled = list(self.compiled())
        yield from compiled
        if not compiled:
            yield from self.unused()
            yield from self.at_odds()
            yield from self.never()

    def fault(self, kind: str, identity: str, why: str, *at: str | int) -> Problem:
        """What is wrong with an entry; ``at`` says in which part of it, by keys and places."""
        mark = self.knowledge.marks.get((kind, identity))
        file, line = (mark.file, mark.at(*at)) if mark else (None, None)
        return Problem("knowledge", file=file, line=line, why=f"{identity}: {why}")

    # -- references --

    def references(self) -> Iterator[Problem]:
        base = self.knowledge
        for kind, identity, entry in self.entries():
            norms = [getattr(entry, "norm", None)] if isinstance(getattr(entry, "norm", None), str) else []
            for norm in norms:
                if norm not in base.norms:
                    yield self.fault(kind, identity, f"there is no norm {norm}", "norm")
            for authority, *at in self.authorities(entry):
                if authority not in base.sources:
                    yield self.fault(kind, identity, f"there is no source {authority}", *at)
            for doubt, *at in self.doubts_of(entry):
                if doubt not in base.doubts:
                    yield self.fault(kind, identity, f"there is no doubt {doubt}", *at)
        for norm in base.norms.values():
            if not norm.provisions and not norm.interpreted_by:
                yield self.fault("norm", norm.id, "it rests on no source")
        for precedent in base.precedents.values():
            for factor in precedent.factors:
                if factor not in base.factors:
                    yield self.fault("precedent", precedent.id, f"there is no factor {factor}", "factors", factor)
        for weighed in base.factors.values():
            for other in weighed.overridden_by:
                if other not in base.factors:
                    yield self.fault("factor", weighed.id, f"there is no factor {other}", "overridden_by")
            if weighed.element is not None and weighed.element not in base.elements:
                yield self.fault("factor", weighed.id, f"there is no element {weighed.element}", "element")
        for deadline in base.deadlines.values():
            for question in deadline.days_asked:
                if question not in base.questions or base.questions[question].type != "date":
                    yield self.fault("deadline", deadline.id, f"{question} is no question of a date", "start")
        yield from (self.fault(each.kind, each.identity, each.why, *each.at) for each in misnamed(base))
        for fine in base.fines:
            if fine.use == "decided" and None in (fine.value_sek, fine.fee_sek, fine.ceiling_sek):
                yield self.fault("fine", fine.id, "a decided fine needs value, fee and ceiling")
        yield from self.benchmark()

    def benchmark(self) -> Iterator[Problem]:
        """The fines can be put on a scale, and the benchmark precedent is one of them."""
        base = self.knowledge
        decided = [fine for fine in base.fines if fine.use == "decided"]
        if len(decided) < 2:
            yield self.fault("exposure", "fines", "two decided fines or more are needed to compare with")
        precedent = base.precedents.get(base.exposure.benchmark_precedent)
        if precedent and (precedent.value_sek, precedent.fee_sek) not in {(fine.value_sek, fine.fee_sek) for fine in decided}:
            yield self.fault("precedent", precedent.id, "it is compared with, but no decided fine has its value and fee")

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
    def authorities(entry: Any) -> Iterator[tuple[Any, ...]]:
        """The sources an entry names, each with the keys and places by which it does."""
        if isinstance(getattr(entry, "source", None), str):
            yield entry.source, "source"
        for name in ("authorities", "provisions", "interpreted_by", "values"):
            for place, row in enumerate(getattr(entry, name, ())):
                if isinstance(row, Authority) or hasattr(row, "source"):
                    yield row.source, name, place, "source"

    @staticmethod
    def doubts_of(entry: Any) -> Iterator[tuple[Any, ...]]:
        """The doubts an entry names, each with the keys and places by which it does."""
        yield from ((doubt, "doubts") for doubt in getattr(entry, "doubts", ()))
        for name in ("provisions", "gaps", "values"):
            for place, row in enumerate(getattr(entry, name, ())):
                yield from ((doubt, name, place, "doubts") for doubt in getattr(row, "doubts", ()))

    # -- dates, amounts and certainty --

    def dates(self) -> Iterator[Problem]:
        for source in self.knowledge.sources.values():
            if source.kind == "statute" and source.valid_from is None:
                yield self.fault("source", source.id, "a statute needs its date in force")
        for norm in self.knowledge.norms.values():
            yield from self.periods("norm", norm.id, "provisions", norm.provisions)
            for place, gap in enumerate(norm.gaps):
                others: list[Provision | Gap] = [*norm.provisions, *norm.gaps[:place]]
                if any(_meet(gap, row) for row in others):
                    yield self.fault("norm", norm.id, f"two periods overlap ({gap.valid_from})", "gaps", place)
                if gap.kind == "not_entered" and not any(row.valid_from > gap.valid_from for row in norm.provisions):
                    yield self.fault("norm", norm.id, "law not entered needs a later provision to be named by", "gaps", place)
        for parameter in self.knowledge.parameters.values():
            yield from self.periods("parameter", parameter.id, "values", parameter.values)

    def holes(self) -> Iterator[Problem]:
        """No element, and no conclusion that the result tables read, may lack law on a day covered; but a gap may say why."""
        base = self.knowledge
        first = date.fromisoformat(base.governing["first_day"])
        concluding: dict[str, list[str]] = {}
        for rule in base.rules.values():
            if rule.concludes is not None:
                concluding.setdefault(rule.concludes, []).append(rule.norm)
        resting = [("element", element.id, [element.norm]) for element in base.elements.values()]
        resting += [("rule", name, norms) for name, norms in concluding.items() if name in self.deciding()]
        for kind, identity, norms in resting:
            ends = {row.valid_to for norm in norms for row in base.norms[norm].provisions}
            ends |= {gap.valid_to for norm in norms for gap in base.norms[norm].gaps}
            days = {first} | {date.fromordinal(end.toordinal() + 1) for end in ends if end is not None}
            for day in sorted(day for day in days if first <= day <= base.state):
                if not any(base.in_force(norm, day) or base.gap_on(norm, day) for norm in norms):
                    named = ", ".join(sorted(set(norms)))
                    said = f"on {day} no law is entered for {identity}; a gap in the norm must say why ({named})"
                    yield self.fault("norm", norms[0], said)
                    break
            for norm in norms if kind == "element" else ():
                if any(gap.kind == "not_entered" for gap in base.norms[norm].gaps):
                    yield self.fault("norm", norm, f"{identity} is an element: law not entered would make it vanish")

    def deciding(self) -> set[str]:
        """What the result tables of the regimes read, and what the decisions among it read; without what must be documented,
        which only helps: the class is not lower for want of it."""
        found: set[str] = set()
        for tables in self.knowledge.tables.values():
            conditions = [row.when for row in (*tables.outcome, *tables.likelihood, *tables.consequence)]
            conditions += [override.when for override in tables.overrides]
            found |= {name for condition in conditions for name in named_in(condition)}
        decisions = [each for issue in self.knowledge.issues.values() for each in issue.decisions if each.id in found]
        found |= {name for decision in decisions for case in decision.cases for name in named_in(case.when)}
        return {name for name, each in self.knowledge.conclusions.items() if name in found and not each.documented}

    def periods(self, kind: str, identity: str, key: str, rows: tuple[Provision | DatedAmount, ...]) -> Iterator[Problem]:
        """Rows that overlap, or lie outside the time in force of the act they stand in."""
        for place, row in enumerate(rows):
            source = self.knowledge.sources[row.source]
            if source.kind not in ("statute", "eu_act"):
                continue
            if source.valid_from is not None and row.valid_from < source.valid_from:
                yield self.fault(kind, identity, f"{row.at} begins before {source.id} was in force", key, place)
            if source.valid_to is not None and (row.valid_to is None or row.valid_to > source.valid_to):
                yield self.fault(kind, identity, f"{row.at} ends after {source.id}", key, place)
        for (_, earlier), (place, later) in pairwise(sorted(enumerate(rows), key=lambda item: item[1].valid_from)):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield self.fault(kind, identity, f"two periods overlap ({later.valid_from})", key, place)

    def amounts(self) -> Iterator[Problem]:
        """Amounts that cannot be, and limits that do not say whether the amount itself is within."""
        limits = set(self.knowledge.shown.limit_parameter.values()) | self.limits()
        for parameter in self.knowledge.parameters.values():
            for place, row in enumerate(parameter.values):
                highest = row.value if row.high is None else row.high
                if parameter.unit == "percent" and highest is not None and highest > 100:
                    yield self.fault("parameter", parameter.id, f"{highest} is no percentage", "values", place)
                elif parameter.unit != "percent" and highest == 0:
                    yield self.fault("parameter", parameter.id, "only a percentage can be zero", "values", place)
                if parameter.id in limits and row.relation is None:
                    yield self.fault("parameter", parameter.id, "a limit needs its relation: below or at_most", "values", place)

    def limits(self) -> set[str]:
        """The parameters that a test holds an amount against."""
        issues = self.knowledge.issues.values()
        within = {test.within for issue in issues for test in issue.tests}
        read = (formula for issue in issues for each in issue.quantities if each.id in within for formula in formulas(each))
        return {parameter for formula in read for parameter in formula.parameters}

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
        where = ("result", "result")
        order = list(result.classes)
        if set(result.matrix) != set(LEVELS):
            yield self.fault(*where, "the matrix needs the likelihoods 1 to 4", "matrix")
            return
        for level, line in result.matrix.items():
            for klass in line:
                if klass not in order:
                    yield self.fault(*where, f"the matrix names {klass}, which is no class", "matrix", str(level))
                    return
        for likelihood, consequence in product(LEVELS, LEVELS):
            here = order.index(result.matrix[likelihood][consequence - 1])
            for other in ((likelihood - 1, consequence), (likelihood, consequence - 1)):
                if min(other) >= 1 and order.index(result.matrix[other[0]][other[1] - 1]) > here:
                    why = f"the matrix falls at likelihood {likelihood}, consequence {consequence}"
                    yield self.fault(*where, why, "matrix", str(likelihood))
        vocabulary = Vocabulary({}, frozenset(), frozenset(RAILS), {})
        named: list[tuple[str, str, str, tuple[Row, ...]]] = [(*where, "status", result.status)]
        for position, row in enumerate(result.status):
            yield from self.unreadable(*where, position, row, vocabulary)
            if row.gives not in result.statuses:
                yield self.fault(*where, f"{row.gives} is no status", "status", position)
        for regime, tables in self.knowledge.tables.items():
            place = ("tables", regime)
            named += [(*place, name, getattr(tables, name)) for name in ("outcome", "likelihood", "consequence")]
            if tables.status:
                named.append((*place, "status", tables.status))
            for position, row in enumerate(tables.status or ()):
                yield from self.unreadable(*place, position, row, vocabulary)
                if row.gives not in (tables.statuses or {}):
                    yield self.fault(*place, f"{row.gives} is no status", "status", position)
            for position, override in enumerate(tables.overrides):
                if override.at_least not in order:
                    yield self.fault(*place, f"{override.id}: {override.at_least} is no class", "overrides", position)
            known = {*tables.outcomes, *tables.scenario}
            for position, row in enumerate(tables.outcome):
                for outcome in row.gives:
                    if outcome not in known:
                        yield self.fault(*place, f"{outcome} is no outcome", "outcome", position)
            for name in ("likelihood", "consequence"):
                for position, row in enumerate(getattr(tables, name)):
                    if row.gives not in LEVELS:
                        yield self.fault(*place, f"{row.gives} is no level", name, position)
            if tables.consequence_unresolved.gives not in LEVELS:
                yield self.fault(*place, f"{tables.consequence_unresolved.gives} is no level", "consequence_unresolved")
            if set(tables.consequence_levels) != set(LEVELS):
                yield self.fault(*place, "consequence_levels needs 1 to 4", "consequence_levels")
            if tables.test and set(tables.test.values) != {"established", "contested", "not_established"}:
                yield self.fault(*place, "the test has the values established, contested, not_established", "test")
        for kind, identity, key, rows in named:
            if not rows or rows[-1].when is not None:
                yield self.fault(kind, identity, "the last line of a table must have no condition", key, len(rows) - 1)
            for position, row in enumerate(rows[:-1]):
                if row.when is None:
                    yield self.fault(kind, identity, "a line of a table without condition hides those below it", key, position)
        for issue in self.knowledge.issues.values():
            for decision in issue.decisions:
                if decision.cases[-1].when is not None:
                    why = "the last case must have no condition"
                    yield self.fault("decisions", decision.id, why, "cases", len(decision.cases) - 1)
                for position, case in enumerate(decision.cases):
                    if case.value not in decision.values:
                        yield self.fault("decisions", decision.id, f"{case.value} is no value of it", "cases", position)

    def unreadable(self, kind: str, identity: str, position: int, row: Row, vocabulary: Vocabulary) -> Iterator[Problem]:
        """What is wrong with the condition of a line of the table of statuses."""
        try:
            alternatives(row.when, vocabulary)
        except ConditionError as error:
            yield self.fault(kind, identity, str(error), "status", position)

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
        sources = {source for _, _, entry in self.entries() for source, *_ in self.authorities(entry)}
        norms = {entry.norm for _, _, entry in self.entries() if isinstance(getattr(entry, "norm", None), str)}
        norms |= {norm for group in base.exposure.norms.values() for norm in group}
        norms |= {row.gives["norm"] for row in base.exposure.who_decides}
        norms |= {str(codes["norm"]) for codes in base.code_lists.values()} | set(base.governing.get("norms", ()))
        doubts = {doubt for _, _, entry in self.entries() for doubt, *_ in self.doubts_of(entry)}
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
        compared: set[tuple[str, str]] = set()
        same: set[tuple[str, str]] = set()
        for book in self.books:
            heads: dict[str, list[Rule]] = {}
            sides: dict[str, list[tuple[Rule, bool]]] = {}
            for rule in book.rules.values():
                heads.setdefault(rule.head, []).append(rule)
                for element, speaks_for in self.side(rule):
                    sides.setdefault(element, []).append((rule, speaks_for))
            pairs = [(one, other) for rules in heads.values() for one, other in permutations(rules, 2)]
            for bearing in sides.values():
                opposed = ((one, other) for (one, yes), (other, no) in permutations(bearing, 2) if yes != no)
                # courts weigh factors against each other
                pairs += [(one, other) for one, other in opposed if one.factor is None or other.factor is None]
            for one, other in pairs:
                pair = (one.id, other.id)
                if pair in compared:
                    continue  # a rule reads the same in every period
                compared.add(pair)
                if not _implies(book.bodies[one.id], book.bodies[other.id]):
                    continue
                if one.head != other.head:
                    yield self.fault("rule", one.id, f"wherever it holds, {other.id} holds and points the other way")
                elif (other.id, one.id) not in same:
                    same.add(pair)
                    yield self.fault("rule", one.id, f"wherever it holds, {other.id} holds and concludes the same")

    def side(self, rule: Rule) -> Iterator[tuple[str, bool]]:
        """The element a rule bears on with full weight, itself or by a factor that nothing overrides, and whether for it."""
        if rule.element is not None:
            yield rule.element, rule.supports is not None
        factor = self.knowledge.factors.get(rule.factor or "")
        if factor is None or factor.element is None or factor.side == "neutral" or factor.overridden_by:
            return
        if factor.weight in ("decisive", "strong"):
            yield factor.element, factor.side == "for"

    def never(self) -> Iterator[Problem]:
        """Rules whose condition asks for what cannot be so at once."""
        bodies = {rule: body for book in self.books for rule, body in book.bodies.items()}
        for rule, body in bodies.items():
            if not any(self.possible(row) for row in body):
                yield self.fault("rule", rule, "it can never hold")

    def possible(self, row: tuple[Literal, ...]) -> bool:
        """Whether an alternative can hold: nothing both holds and does not, and what has one answer has one."""
        said = _closed(row)
        answers: dict[str, set[str]] = {}
        for name, _, answer in (literal.atom.partition("=") for literal in said if literal.holds and "!" not in literal.atom):
            answers.setdefault(name, set()).add(answer)
        return not any(Literal(literal.atom, not literal.holds) in said for literal in said) and not any(
            len(several) > 1 and self.excludes(name, several) for name, several in answers.items()
        )

    def excludes(self, name: str, answers: set[str]) -> bool:
        """Whether two of some answers, or values of an element or decision, cannot be given together."""
        question = self.knowledge.questions.get(name)
        if question is None or question.type == "choice":
            return True
        return question.type == "several" and not answers.isdisjoint(question.exclusive)

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


def named_in(condition: Any) -> Iterator[str]:
    """The names that a condition, as it is written, speaks of."""
    if isinstance(condition, dict):
        for name, wanted in condition.items():
            yield str(name)
            yield from named_in(wanted)
    elif isinstance(condition, list):
        for each in condition:
            yield from named_in(each)


def _meet(one: Provision | Gap, other: Provision | Gap) -> bool:
    """Whether two periods have a day in common."""
    first, second = sorted((one, other), key=lambda each: each.valid_from)
    return first.valid_to is None or first.valid_to >= second.valid_from


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
