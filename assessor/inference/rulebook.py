"""The rules of a regime in force on one day, ready to run: what to fill in, what to run, what to compute between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from assessor.inference.compiled import Numbered, Truths, compile_conditions
from assessor.inference.conditions import Alternatives, Vocabulary, alternatives
from assessor.inference.engine import Engine
from assessor.inference.form import Clause, Program, values_at
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Deadline, Duty, Quantity, Rule, Test
from assessor.quantities import interval as iv
from assessor.quantities.formula import Formula
from assessor.quantities.interval import Interval

#: Always true; the condition of what has none.
ALWAYS = "always"
#: Always unknown; what a norm says in a period whose law is not entered.
UNREAD = "unread"


class FactAtom(NamedTuple):
    """An input atom: a question having an answer.

    Attributes:
        number, name: of the atom.
        question, answer: what it says; an answer ``>=30`` compares.
        documented: empty, ``!yes`` or ``!no``, see ``conditions.fact_atom``.
    """

    number: int
    name: str
    question: str
    answer: str
    documented: str


class Import(NamedTuple):
    """An input atom that a regime before this one concludes.

    Attributes:
        number, name: of the atom.
        regime: which concludes it.
    """

    number: int
    name: str
    regime: str


@dataclass(frozen=True)
class CompiledQuantity:
    """A quantity with its formulas compiled and the atoms of its conditions."""

    spec: Quantity
    condition: str
    formula: Formula | None
    lines: tuple[tuple[str, Formula], ...]


class Inputs(NamedTuple):
    """What a quantity, a test or a whole step is computed from.

    Attributes:
        questions: names that may be questions, and the questions of records.
        amounts: names that may be quantities.
        values: takes the truth values of its conditions from a memory.
        cautious: whether the cautious reading takes an end of an amount.
    """

    questions: frozenset[str]
    amounts: frozenset[str]
    values: Callable[[list[int]], tuple[int, ...]]
    cautious: bool


@dataclass(frozen=True)
class Step:
    """What is computed after a layer of rules has been closed."""

    quantities: tuple[CompiledQuantity, ...]
    tests: tuple[Test, ...]
    periods: tuple[str, ...]


@dataclass(eq=False)
class Rulebook:
    """The rules of a regime in force on one day, ready to run.

    Attributes:
        regime: whose rules they are.
        on: a day of the period.
        rules: the rules in force, by id.
        bodies: each rule's alternatives.
        numbered: the same by atom number.
        vocabulary: what conditions may speak of.
        program: the clauses in layers.
        engine: both evaluators.
        facts: the input atoms to fill from a case.
        imports: the input atoms that regimes before this one conclude.
        imported_amounts: the quantities of regimes before this one that formulas or tests name, with the regime.
        steps: what is computed after each layer, by level.
        quantities: the quantities of this rule set, by id.
        presumed: by level, atoms and the value the cautious reading gives them when they are unknown.
        elements: the elements in force, in order.
        families_at: the elements closed at each level.
        unasked: questions that the law of the day does not raise.
        clauses_of: the clauses by head.
        heads_of: the heads each rule concludes.
        concluding: the bodies that conclude an atom, all by number.
    """

    regime: str
    on: date
    knowledge: KnowledgeBase
    rules: dict[str, Rule]
    bodies: dict[str, Alternatives]
    numbered: dict[str, Numbered]
    vocabulary: Vocabulary
    program: Program
    engine: Engine
    facts: tuple[FactAtom, ...]
    imports: tuple[Import, ...]
    imported_amounts: dict[str, str]
    steps: tuple[Step, ...]
    quantities: dict[str, CompiledQuantity]
    presumed: tuple[tuple[tuple[int, int], ...], ...]
    elements: tuple[str, ...]
    families_at: tuple[tuple[str, ...], ...]
    unasked: frozenset[str]
    clauses_of: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    heads_of: dict[str, frozenset[str]] = field(default_factory=dict)
    concluding: dict[int, Numbered] = field(default_factory=dict)
    _parameters: dict[str, tuple[Interval, str | None]] = field(init=False, default_factory=dict)

    @cached_property
    def truths(self) -> Truths:
        """The truth values of all rules in a memory, in their order; compiled when first needed."""
        return compile_conditions([self.numbered[rule] for rule in self.rules])

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each rule among ``truths``."""
        return {rule: place for place, rule in enumerate(self.rules)}

    @cached_property
    def members(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """The values of each family in their order, each with the number of its atom."""
        number = self.program.number
        return {
            family: tuple((atom.partition("=")[2], number[atom]) for atom in atoms)
            for family, atoms in self.program.families.items()
        }

    @cached_property
    def element_values(self) -> tuple[Callable[[list[int]], tuple[int, ...]], ...]:
        """For each element in force, what takes the truth values of its statuses from a memory."""
        return tuple(values_at(number for _, number in self.members[element]) for element in self.elements)

    @cached_property
    def asked(self) -> tuple[FactAtom, ...]:
        """The input atoms of questions that the law of the day raises."""
        return tuple(atom for atom in self.facts if atom.question not in self.unasked)

    @cached_property
    def asked_of(self) -> dict[str, tuple[FactAtom, ...]]:
        """The same by question."""
        found: dict[str, list[FactAtom]] = {}
        for atom in self.asked:
            found.setdefault(atom.question, []).append(atom)
        return {question: tuple(atoms) for question, atoms in found.items()}

    @cached_property
    def inputs(self) -> dict[str, Inputs]:
        """What each quantity and each test is computed from, by its id."""
        found = {name: self._inputs((quantity,)) for name, quantity in self.quantities.items()}
        return found | {test.id: self._inputs((), (test,)) for step in self.steps for test in step.tests}

    @cached_property
    def step_inputs(self) -> tuple[Inputs, ...]:
        """What each step is computed from, by level."""
        return tuple(self._inputs(step.quantities, step.tests, step.periods) for step in self.steps)

    @cached_property
    def deadlines(self) -> dict[str, tuple[tuple[str, Deadline], ...]]:
        """The deadlines in force, with the atoms of their conditions, by what they close."""
        found: dict[str, list[tuple[str, Deadline]]] = {}
        for deadline in self.knowledge.deadlines.values():
            if deadline.regime == self.regime and self.knowledge.in_force(deadline.norm, self.on):
                atom = ALWAYS if deadline.when is None else condition_atom("deadline", deadline.id)
                found.setdefault(deadline.closes, []).append((atom, deadline))
        return {closes: tuple(rows) for closes, rows in found.items()}

    def parameter(self, name: str) -> tuple[Interval, str | None]:
        """An amount of the law on the day, anything where nothing may rest on it; and how it is to be kept as a limit."""
        if name not in self._parameters:
            row = self.knowledge.amount_on(name, self.on)
            if row is None or row.certainty == "RECALL":
                amount = iv.ANYTHING  # not established
            else:
                amount = iv.exactly(row.value) if row.value is not None else Interval(row.low or 0, row.high)
            self._parameters[name] = amount, "unknown" if row is None else row.relation
        return self._parameters[name]

    @cached_property
    def duties(self) -> tuple[tuple[int, int, Duty], ...]:
        """The duties in force or of law not entered, each with the numbers of the atoms that say whether it arises and is met."""
        number, never = self.program.number, len(self.program.atoms)
        known = self.knowledge
        return tuple(
            (number[arises], number.get(condition_atom("met", duty.id), never), duty)
            for duty in known.duties.values()
            if (arises := condition_atom("duty", duty.id)) in number
            and (known.in_force(duty.norm, self.on) or known.unread(duty.norm, self.on) is not None)
        )

    def _inputs(
        self, quantities: tuple[CompiledQuantity, ...], tests: tuple[Test, ...] = (), windows: tuple[str, ...] = ()
    ) -> Inputs:
        questions: set[str] = set()
        amounts: set[str] = set()
        atoms: set[str] = set()
        for quantity in quantities:
            formulas = [*([quantity.formula] if quantity.formula else []), *(formula for _, formula in quantity.lines)]
            amounts |= {name for formula in formulas for name in formula.names} | set(quantity.spec.highest)
            questions |= {name for formula in formulas for name, _ in formula.records}
            questions |= {name for formula in formulas for name in formula.days}
            candidates = [self.quantities[name].condition for name in quantity.spec.highest if name in self.quantities]
            atoms |= {quantity.condition, *(atom for atom, _ in quantity.lines), *candidates}
        for test in tests:
            amounts |= {name for name in (test.quantity, test.within) if name is not None}
            questions |= {test.prevails.records} if test.prevails else set()
        for window in windows:
            for atom, deadline in self.deadlines.get(window.removesuffix("-open"), ()):
                atoms.add(atom)
                questions |= set(deadline.days_asked)
        return Inputs(
            questions=frozenset(questions | amounts),
            amounts=frozenset(amounts),
            values=values_at(sorted(self.program.number[atom] for atom in atoms)),
            cautious=any(quantity.spec.cautious is not None for quantity in quantities),
        )

    @cached_property
    def never_asked(self) -> tuple[FactAtom, ...]:
        """The other input atoms."""
        return tuple(atom for atom in self.facts if atom.question in self.unasked)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The questions that its rules, amounts, tests and deadlines read."""
        questions = {atom.question for atom in self.facts}
        for quantity in self.quantities.values():
            for formula in (quantity.formula, *(formula for _, formula in quantity.lines)):
                if formula is not None:
                    questions |= {*formula.names, *formula.days, *(question for question, _ in formula.records)}
        questions |= {test.prevails.records for step in self.steps for test in step.tests if test.prevails}
        for deadline in self.knowledge.deadlines.values():
            if deadline.regime == self.regime:
                questions |= set(deadline.days_asked)
        return frozenset(questions & set(self.knowledge.questions))

    def parse(self, condition: Any) -> Numbered:
        """A condition of a result table, over this rule set's atoms."""
        return numbered(alternatives(condition, self.vocabulary), self.program)


def condition_atom(kind: str, name: str) -> str:
    """The atom that stands for a named condition (of a quantity, duty, deadline, route)."""
    return f"if:{kind}:{name}"


def numbered(rows: Alternatives, program: Program) -> Numbered:
    """Alternatives by atom number; an atom that is not in force is the last place of a memory, which never holds."""
    absent = len(program.atoms)
    return tuple(tuple((program.number.get(lit.atom, absent), lit.holds) for lit in row) for row in rows)
