"""Builds the rulebook of a regime for a day: the rules in force turned into clauses.

Nothing here knows what the rules are about. Elements, factors, decisions and amounts are all data; this
module turns them into clauses and notes where each atom came from, so that a result can be explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from assessor.inference.conditions import GIVEN, Alternatives, ConditionError, Vocabulary, alternatives, fact_atom
from assessor.inference.engine import Engine
from assessor.inference.form import Clause, FormError, Literal, Program, arrange
from assessor.inference.rulebook import (
    ALWAYS,
    UNREAD,
    CompiledQuantity,
    FactAtom,
    Import,
    Rulebook,
    Step,
    condition_atom,
    numbered,
)
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Duty, Quantity, Rule, Test
from assessor.problems import Problem, nearest
from assessor.quantities.formula import FormulaError, compile_formula

RAILS = ("for", "leans_for", "against", "leans_against", "denied")


def build(knowledge: KnowledgeBase, on: date, regime: str | None = None) -> Rulebook:
    """The rulebook of a regime for a day.

    Args:
        knowledge: the knowledge base.
        on: the day of law.
        regime: whose rules; default the first regime's.

    Raises:
        Problem: a rule or formula does not make sense, with file and line.
    """
    return _Builder(knowledge, on, regime or knowledge.first_regime).build()


def counts_documented(knowledge: KnowledgeBase, rule: Rule) -> bool:
    """Whether a rule's facts count only where they are documented: a denial, and what is marked so."""
    concluded = knowledge.conclusions.get(str(rule.concludes))
    return rule.documented or rule.denies is not None or (concluded is not None and concluded.documented)


def as_read(knowledge: KnowledgeBase, rows: Alternatives, norm: str, on: date) -> Alternatives:
    """A condition under a norm on a day; where the law of the day is not entered, it holds at most maybe."""
    return rows if knowledge.unread(norm, on) is None else tuple((*row, Literal(UNREAD)) for row in rows)


class _Builder:
    def __init__(self, knowledge: KnowledgeBase, on: date, regime: str) -> None:
        self.knowledge = knowledge
        self.on = on
        self.regime = regime
        self.tables = knowledge.tables[regime]
        self.issues = tuple(issue for issue in knowledge.issues.values() if issue.regime == regime)
        self.elements = {
            issue.element.id: issue.element
            for issue in self.issues
            if issue.element and knowledge.in_force(issue.element.norm, on)
        }
        order = list(knowledge.regimes)
        self.earlier = set(order[: order.index(regime)])
        self.vocabulary = self._vocabulary()
        self.clauses: list[Clause] = []
        self.computed: dict[str, list[str]] = {}
        self.families: dict[str, tuple[str, ...]] = {}
        self.bodies: dict[str, Alternatives] = {}
        self.quantities: dict[str, CompiledQuantity] = {}
        self.tests: dict[str, Test] = {}
        self.amounts: dict[str, str] = {}
        self.owners = {each.id: issue.regime for issue in knowledge.issues.values() for each in issue.quantities}
        self.above: set[str] = set()

    def build(self) -> Rulebook:
        rules = {rule.id: rule for issue in self.issues for rule in issue.rules if self._applies(rule)}
        for rule in rules.values():
            self._rule(rule)
        for element in self.elements:
            self._element(element)
        self._factors()
        self._whole()
        for issue in self.issues:
            for quantity in issue.quantities:
                if quantity.norm is None or self.knowledge.in_force(quantity.norm, self.on):
                    self._quantity(quantity)
                self.above.add(quantity.id)
            for test in issue.tests:
                self._test(test)
            for decision in issue.decisions:
                cases = [(case.value, case.when) for case in decision.cases]
                self._decide(decision.id, cases, tuple(decision.values), ("decisions", decision.id))
        self._periods()
        for duty in self.knowledge.duties.values():
            if duty.regime == self.regime:
                self._duty(duty)
                self._named(condition_atom("met", duty.id), duty.met, ("duty", duty.id))
        if self.regime == self.knowledge.first_regime:
            for route in self.knowledge.routes.values():
                self._named(condition_atom("route", route.id), route.when, ("route", route.id))
        for notice in self.knowledge.notices.values():
            if notice.regimes[0] == self.regime:
                self._named(condition_atom("notice", notice.id), notice.when, ("notice", notice.id))
        return self._finish(rules)

    # -- what conditions may speak of --

    def _vocabulary(self) -> Vocabulary:
        choices: dict[str, frozenset[str]] = {}
        numbers: set[str] = set()
        for question in self.knowledge.questions.values():
            if question.type in ("choice", "several"):
                choices[question.id] = frozenset(question.choices)
            elif question.type == "yes_no":
                choices[question.id] = frozenset({"yes"})
            elif question.type == "records":
                choices[question.id] = frozenset({GIVEN})
            elif question.type in ("money", "number", "percent"):
                numbers.add(question.id)
        plain = set(self.knowledge.factors)
        valued: dict[str, frozenset[str]] = {
            tables.test.id: frozenset(tables.test.values) for tables in self.knowledge.tables.values() if tables.test
        }
        for issue in self.knowledge.issues.values():
            plain |= {conclusion.id for conclusion in issue.conclusions} | {test.id for test in issue.tests}
            valued |= {decision.id: frozenset(decision.values) for decision in issue.decisions}
            if issue.element:
                valued[issue.element.id] = frozenset(self.knowledge.statuses_of(issue.regime))
        plain |= {f"{deadline.closes}-open" for deadline in self.knowledge.deadlines.values()}
        return Vocabulary(choices, frozenset(numbers), frozenset(plain), valued)

    def _parse(
        self, condition: Any, entry: tuple[str, str], documented: bool = False, at: tuple[str | int, ...] = ()
    ) -> Alternatives:
        try:
            rows = alternatives(condition, self.vocabulary, documented)
        except ConditionError as error:
            hint = nearest(error.unknown, error.names)["en"] if error.unknown else ""
            raise self._wrong(entry, f"{error}.{hint}", *at) from None
        for row in rows:
            for literal in row:
                owner = self._owner(literal.atom)
                if owner is not None and owner != self.regime and owner not in self.earlier:
                    raise self._wrong(entry, f"{literal.atom} belongs to {owner}, a later regime", *at)
        return rows

    def _wrong(self, entry: tuple[str, str], why: str, *at: str | int) -> Problem:
        mark = self.knowledge.marks.get(entry)
        file, line = (mark.file, mark.at(*at)) if mark else (None, None)
        return Problem("knowledge", file=file, line=line, why=f"{entry[1]}: {why}")

    # -- rules, factors, elements --

    def _applies(self, rule: Rule) -> bool:
        known = self.knowledge.in_force(rule.norm, self.on) or self.knowledge.unread(rule.norm, self.on) is not None
        return known and (rule.element is None or rule.element in self.elements)

    def _rule(self, rule: Rule) -> None:
        if rule.concludes is not None:
            self._concluded(rule)
        rows = self._parse(rule.when, ("rule", rule.id), counts_documented(self.knowledge, rule))
        rows = as_read(self.knowledge, rows, rule.norm, self.on)
        self.bodies[rule.id] = rows
        if rule.factor is not None and rule.factor not in self.knowledge.factors:
            raise self._wrong(("rule", rule.id), f"there is no factor {rule.factor}")
        self._clauses(rule.id, rule.head, rows)

    def _concluded(self, rule: Rule) -> None:
        found = self.knowledge.conclusions.get(str(rule.concludes))
        if found is None or self.knowledge.regime_of[found.id] != self.regime:
            raise self._wrong(("rule", rule.id), f"there is no conclusion {rule.concludes} in this regime")

    def _clauses(self, rule: str, head: str, rows: Alternatives) -> None:
        for row in rows:
            self.clauses.append(Clause(rule, head, row or (Literal(ALWAYS),)))

    def _factors(self) -> None:
        for factor in self.knowledge.factors.values():
            if factor.element not in self.elements or factor.weight == "none" or factor.side == "neutral":
                continue
            rail = factor.side if factor.weight in ("decisive", "strong") else f"leans_{factor.side}"
            head = f"{factor.element}.{rail}"
            overriding = factor.overridden_by or (None,)
            for other in overriding:
                body = (Literal(factor.id),) if other is None else (Literal(factor.id), Literal(other, False))
                self.clauses.append(Clause(f"factor {factor.id}", head, body))

    def _element(self, element: str) -> None:
        vocabulary = Vocabulary({}, frozenset(), frozenset(RAILS), {})
        cases = []
        for row in self.knowledge.status_rows(self.regime):
            try:
                rows = alternatives(row.when, vocabulary)
            except ConditionError as error:
                raise self._wrong(("tables", self.regime), str(error)) from None
            cases.append((row.gives, tuple(tuple(Literal(f"{element}.{lit.atom}", lit.holds) for lit in r) for r in rows)))
        self._family(element, cases, tuple(self.knowledge.statuses_of(self.regime)))

    def _whole(self) -> None:
        """The conjunction of the elements, where the regime has a test."""
        whole = self.tables.test
        if whole is None:
            return
        missing = [identity for identity, element in self.elements.items() if element.absence == "decides"]
        cases: list[tuple[str, Alternatives]] = [
            ("not_established", tuple((Literal(fact_atom(identity, "not_established")),) for identity in missing)),
            ("established", (tuple(Literal(fact_atom(identity, "established")) for identity in self.elements),)),
            ("contested", ((),)),
        ]
        self._family(whole.id, cases, tuple(whole.values))

    def _decide(self, name: str, cases: list[tuple[str, Any]], values: tuple[str, ...], entry: tuple[str, str]) -> None:
        self._family(name, [(value, self._parse(when, entry)) for value, when in cases], values)

    def _family(self, name: str, cases: Iterable[tuple[str, Alternatives]], values: tuple[str, ...]) -> None:
        """An ordered table as clauses: each line holds where no line above does.

        A line above that is a single literal is negated in place; a longer one gets an atom of its own.
        """
        above: list[Literal] = []
        for position, (value, rows) in enumerate(cases):
            for row in rows:
                body = tuple(dict.fromkeys((*row, *above))) or (Literal(ALWAYS),)
                if not any(Literal(literal.atom, not literal.holds) in body for literal in body):
                    self.clauses.append(Clause(f"{name} line {position + 1}", fact_atom(name, value), body))
            if len(rows) == 1 and len(rows[0]) == 1:
                above.append(Literal(rows[0][0].atom, not rows[0][0].holds))
            elif rows != ((),):
                line = f"line:{name}:{position + 1}"
                self._clauses(f"{name} line {position + 1}", line, rows)
                above.append(Literal(line, False))
        self.families[name] = tuple(fact_atom(name, value) for value in values)

    # -- amounts, tests, periods --

    def _named(self, atom: str, condition: Any, entry: tuple[str, str], documented: bool = False) -> str:
        if condition is None:
            return ALWAYS
        self._clauses(f"condition of {entry[1]}", atom, self._parse(condition, entry, documented))
        return atom

    def _duty(self, duty: Duty) -> None:
        rows = self._parse(duty.when, ("duty", duty.id))
        self._clauses(
            f"condition of {duty.id}", condition_atom("duty", duty.id), as_read(self.knowledge, rows, duty.norm, self.on)
        )

    def _quantity(self, spec: Quantity) -> None:
        entry = ("quantities", spec.id)
        try:
            formula = compile_formula(spec.formula) if spec.formula else None
            lines = tuple(
                (
                    self._named(condition_atom("line", f"{spec.id}#{position}"), line.when, entry),
                    compile_formula(line.take),
                )
                for position, line in enumerate(spec.choose)
            )
        except FormulaError as error:
            raise self._wrong(entry, str(error)) from None
        condition = self._named(condition_atom("quantity", spec.id), spec.when, entry)
        for name in spec.highest:
            if name not in self.above:
                raise self._wrong(entry, f"{name} is no quantity above this one")
        formulas = [formula] if formula else [each for _, each in lines]
        for each in formulas:
            for name in each.names:
                if name not in self.quantities and name not in self.knowledge.questions:
                    if self._known_amount(name, entry):
                        continue  # of an earlier regime, or not in force on this day and so nothing
                    raise self._wrong(entry, f"{name} is neither a question nor a quantity above this one")
            for parameter in each.parameters:
                if parameter not in self.knowledge.parameters:
                    raise self._wrong(entry, f"there is no parameter {parameter}")
        needs = [condition, *(atom for atom, _ in lines)]
        needs += [f"quantity:{name}" for each in formulas for name in each.names if name in self.quantities]
        needs += [f"quantity:{name}" for name in spec.highest if name in self.quantities]
        self.computed[f"quantity:{spec.id}"] = needs
        self.quantities[spec.id] = CompiledQuantity(spec, condition, formula, lines)

    def _known_amount(self, name: str, entry: tuple[str, str]) -> bool:
        """Notes a quantity of an earlier regime as imported.

        Returns:
            Whether there is such a quantity in an earlier regime, or above the entry in this one.
        """
        owner = self.owners.get(name)
        if owner in self.earlier:
            self.amounts[name] = str(owner)
        elif owner is not None and owner != self.regime:
            raise self._wrong(entry, f"{name} belongs to {owner}, a later regime")
        return owner in self.earlier or name in self.above

    def _test(self, test: Test) -> None:
        needs = [name for name in (test.quantity, test.within) if name is not None]
        for name in needs:
            if name not in self.quantities and not self._known_amount(name, ("tests", test.id)):
                raise self._wrong(("tests", test.id), f"there is no quantity {name} above this one")
        self.computed[test.id] = [f"quantity:{name}" for name in needs if name in self.quantities]
        self.tests[test.id] = test

    def _periods(self) -> None:
        closing: dict[str, list[str]] = {}
        for deadline in self.knowledge.deadlines.values():
            if deadline.regime != self.regime:
                continue
            atom = self._named(condition_atom("deadline", deadline.id), deadline.when, ("deadline", deadline.id))
            closing.setdefault(deadline.closes, []).append(atom)
        for closes, atoms in closing.items():
            self.computed[f"{closes}-open"] = atoms

    # -- putting it together --

    def _finish(self, rules: dict[str, Rule]) -> Rulebook:
        used = {literal.atom for clause in self.clauses for literal in clause.body} | {ALWAYS}
        used |= {need for needs in self.computed.values() for need in needs}
        used |= self._table_atoms()
        heads = {clause.head for clause in self.clauses}
        members = {atom for family in self.families.values() for atom in family}
        facts = sorted(atom for atom in used if self._is_fact(atom))
        rest = used - heads - members - set(facts) - set(self.computed) - {UNREAD}
        imports = sorted(atom for atom in rest if self._owner(atom) in self.earlier)
        idle = {atom for atom in rest - set(imports) if self._may_lack_rules(atom)}
        inputs = [ALWAYS, *(used & {UNREAD}), *facts, *imports, *idle]
        try:
            program = arrange(self.clauses, inputs, self.computed, self.families)
        except FormError as error:
            raise self._wrong(self._in_circle(error.circle), str(error)) from None
        depth = max((program.level[name] for name in program.level), default=0)
        depth = max(depth, len(program.layers) - 1)
        by_number = {rule: numbered(rows, program) for rule, rows in self.bodies.items()}
        return Rulebook(
            regime=self.regime,
            on=self.on,
            knowledge=self.knowledge,
            rules=rules,
            bodies=self.bodies,
            numbered=by_number,
            vocabulary=self.vocabulary,
            program=program,
            engine=Engine(program),
            facts=tuple(self._fact(atom, program) for atom in facts),
            imports=tuple(Import(program.number[atom], atom, str(self._owner(atom))) for atom in imports),
            imported_amounts=self.amounts,
            steps=tuple(self._step(level, program) for level in range(depth + 1)),
            quantities=self.quantities,
            presumed=tuple(tuple(self._presumed(level, program)) for level in range(depth + 1)),
            elements=tuple(self.elements),
            families_at=tuple(
                tuple(name for name in self.elements if program.level[self.families[name][0]] == level)
                for level in range(depth + 1)
            ),
            unasked=frozenset(
                question.id
                for question in self.knowledge.questions.values()
                if (question.valid_from is not None and self.on < question.valid_from)
                or (question.valid_to is not None and self.on > question.valid_to)
            ),
            clauses_of=_by_head(self.clauses),
            heads_of=_heads(self.clauses),
            concluding={
                program.number[head]: numbered(tuple(clause.body for clause in clauses), program)
                for head, clauses in _by_head(self.clauses).items()
            },
        )

    def _in_circle(self, circle: tuple[str, ...]) -> tuple[str, str]:
        """An entry through which atoms depend on each other: a rule, or else an amount, a decision or a test."""
        for clause in self.clauses:
            entry = ("rule", clause.rule)
            if entry in self.knowledge.marks and clause.head in circle and any(each.atom in circle for each in clause.body):
                return entry
        names = [atom.removeprefix("quantity:").partition("=")[0] for atom in circle]
        entries = [(kind, name) for name in names for kind in ("quantities", "decisions", "tests")]
        return next((entry for entry in entries if entry in self.knowledge.marks), ("tables", self.regime))

    def _table_atoms(self) -> set[str]:
        found: set[str] = set()
        tables = self.tables
        for name in ("outcome", "likelihood", "consequence", "overrides"):
            for position, row in enumerate(getattr(tables, name)):
                for each in self._parse(row.when, ("tables", self.regime), at=(name, position)):
                    found |= {literal.atom for literal in each}
        return found

    def _owner(self, atom: str) -> str | None:
        """The regime that concludes an atom."""
        return self.knowledge.regime_of.get(atom.partition("=")[0])

    def _is_fact(self, atom: str) -> bool:
        question = atom.partition("=")[0]
        return question in self.vocabulary.choices or atom.partition(">")[0].rstrip("=") in self.vocabulary.numbers

    def _may_lack_rules(self, atom: str) -> bool:
        """Factors, conclusions and rails that no rule in force on this day concludes: they do not hold."""
        if self._owner(atom) not in (self.regime, None):
            return False
        name, _, rail = atom.rpartition(".")
        element, _, status = atom.partition("=")
        return (
            atom in self.vocabulary.plain
            or (name in self.knowledge.elements and rail in RAILS)
            or (element in self.knowledge.elements and status in self.knowledge.statuses_of(self.regime))
        )

    def _fact(self, atom: str, program: Program) -> FactAtom:
        plain, mark, documented = atom.partition("!")
        question, _, answer = plain.partition("=")
        if plain.partition(">")[0].rstrip("=") in self.vocabulary.numbers:
            question, _, number = plain.partition("=>=")
            answer = f">={number}"
        return FactAtom(program.number[atom], atom, question, answer, mark + documented)

    def _step(self, level: int, program: Program) -> Step:
        return Step(
            quantities=tuple(q for name, q in self.quantities.items() if program.level[f"quantity:{name}"] == level),
            tests=tuple(test for name, test in self.tests.items() if program.level[name] == level),
            periods=tuple(name for name in self.computed if name.endswith("-open") and program.level[name] == level),
        )

    def _presumed(self, level: int, program: Program) -> Iterator[tuple[int, int]]:
        values = {"absent": 0, "present": 3}
        for issue in self.issues:
            for conclusion in issue.conclusions:
                if conclusion.presumed and program.level.get(conclusion.id) == level:
                    yield program.number[conclusion.id], values[conclusion.presumed]
        for element in self.elements:
            for rail in ("against", "leans_against", "denied"):
                atom = f"{element}.{rail}"
                if program.level.get(atom) == level:
                    yield program.number[atom], 0


def _by_head(clauses: Iterable[Clause]) -> dict[str, tuple[Clause, ...]]:
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.head, []).append(clause)
    return {head: tuple(rows) for head, rows in found.items()}


def _heads(clauses: Iterable[Clause]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for clause in clauses:
        found.setdefault(clause.rule, set()).add(clause.head)
    return {rule: frozenset(heads) for rule, heads in found.items()}
