"""From a reading to outcome, likelihood, consequence and class, by the tables of the knowledge base.

The tables are ordered: the first line that holds decides. In the cautious reading only what is certain
holds. For the band every *scenario* (a combination of the values that the tables name) that is not excluded
is judged, and a line that may hold contributes and lets the next one in; the result is sound, not exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from assessor.assessment.reading import Reading
from assessor.inference.compiled import Numbered, Truths, compile_conditions
from assessor.inference.form import values_at
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.models import Text
from assessor.knowledge.tables import Override, RegimeTables, Result, Row
from assessor.truth import FALSE, TRUE


@dataclass(frozen=True, slots=True)
class Step:
    """One override that applied."""

    override: Override
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A regime's result in the cautious reading."""

    outcomes: tuple[str, ...]
    likelihood: int
    likelihood_because: Text | None
    consequence: int
    consequence_because: Text | None
    klass: str
    overrides: tuple[Step, ...]
    blocks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """What a regime's result can be, over everything unknown."""

    classes: tuple[str, ...]
    likelihoods: tuple[int, ...]
    consequences: tuple[int, ...]
    outcomes: tuple[str, ...]


#: What judges made of which values: a search asks for the same again and again. Kept for one search, so that nothing of a
#: case outlives it.
Spreads = dict[tuple["Judge", tuple[int, ...]], Spread]


class Table(NamedTuple):
    """A result table for one rulebook.

    Attributes:
        rows: its lines.
        conditions: those of the lines, by atom number.
        truths: their truth values in a memory.
    """

    rows: tuple[Row, ...]
    conditions: tuple[Numbered, ...]
    truths: Truths

    def possible(self, memory: list[int]) -> Iterator[Row]:
        """The lines that may decide: those not excluded, down to the first that holds."""
        for row, truth in zip(self.rows, self.truths(memory), strict=True):
            if truth != FALSE:
                yield row
            if truth == TRUE:
                return


class Judge:
    """The tables of one regime, parsed for one rulebook.

    Args:
        rulebook: the rules in force.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.result: Result = rulebook.knowledge.result
        self.tables: RegimeTables = rulebook.knowledge.tables[rulebook.regime]
        self.order = tuple(self.result.classes)
        self.rulebook = rulebook
        self.outcome = self._parse(self.tables.outcome)
        self.likelihood = self._parse(self.tables.likelihood)
        self.consequence = self._parse(self.tables.consequence)
        overrides = tuple(rulebook.parse(override.when) for override in self.tables.overrides)
        self.overrides = tuple(zip(self.tables.overrides, overrides, strict=True))
        self._overriding = compile_conditions(overrides)
        self._families = tuple(rulebook.members[family] for family in self.tables.scenario)
        families = {number for family in self._families for _, number in family}
        self._inputs = values_at(sorted(self._numbers() | families))

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The atoms that the tables read, besides the outcome's own."""
        atoms = self.rulebook.program.atoms
        return tuple(sorted(atoms[number] for number in self._numbers() if number < len(atoms)))

    def _numbers(self) -> set[int]:
        conditions = [*self.outcome.conditions, *self.likelihood.conditions, *self.consequence.conditions]
        conditions += [rows for _, rows in self.overrides]
        return {number for rows in conditions for row in rows for number, _ in row}

    def _parse(self, rows: tuple[Row, ...]) -> Table:
        parsed = tuple(self.rulebook.parse(row.when) for row in rows)
        return Table(rows, parsed, compile_conditions(parsed))

    def verdict(self, reading: Reading) -> Verdict:
        """The result of the cautious reading."""
        likely = self._first(self.likelihood, reading)
        heavy = self._consequence(reading)
        klass = self.result.matrix[likely.gives][heavy.gives - 1]
        steps: list[Step] = []
        blocks: list[Text] = []
        for (override, _), truth in zip(self.overrides, self._overriding(reading.memory), strict=True):
            if truth == TRUE:
                if override.blocks is not None:
                    blocks.append(override.blocks)
                raised = self._raise(klass, override.at_least)
                if raised != klass:
                    steps.append(Step(override, klass, raised))
                klass = raised
        gives = self._first(self.outcome, reading).gives
        outcomes = tuple(dict.fromkeys(value for item in gives for value in self._values(item, reading)))
        return Verdict(outcomes, likely.gives, likely.because, heavy.gives, heavy.because, klass, tuple(steps), tuple(blocks))

    def spread(self, reading: Reading, known: Spreads) -> Spread:
        """What the open reading allows, remembered among those known."""
        seen = self, self._inputs(reading.memory)
        if seen not in known:
            known[seen] = self.spread_of(reading)
        return known[seen]

    def spread_of(self, reading: Reading) -> Spread:
        """What the open reading allows."""
        classes: set[str] = set()
        likelihoods: set[int] = set()
        consequences: set[int] = set()
        outcomes: set[str] = set()
        for values, memory in self._scenarios(reading):
            likely = {row.gives for row in self.likelihood.possible(memory)}
            heavy = {row.gives for row in self.consequence.possible(memory)}
            found = {self.result.matrix[one][other - 1] for one in likely for other in heavy}
            for (override, _), truth in zip(self.overrides, self._overriding(memory), strict=True):
                if truth != FALSE:
                    raised = {self._raise(klass, override.at_least) for klass in found}
                    found = raised if truth == TRUE else found | raised
            for row in self.outcome.possible(memory):
                outcomes |= {values.get(item, item) for item in row.gives}
            classes |= found
            likelihoods |= likely
            consequences |= heavy
        return Spread(
            tuple(klass for klass in self.order if klass in classes),
            tuple(sorted(likelihoods)),
            tuple(sorted(consequences)),
            tuple(outcome for outcome in self.tables.outcomes if outcome in outcomes),
        )

    def _raise(self, klass: str, least: str) -> str:
        return max(klass, least, key=self.order.index)

    def _first(self, table: Table, reading: Reading) -> Row:
        for row, truth in zip(table.rows, table.truths(reading.memory), strict=True):
            if truth == TRUE:
                return row
        raise AssertionError("a table without a last line")  # the check of the knowledge base refuses it

    def _consequence(self, reading: Reading) -> Row:
        """The first line that holds; where an amount has no upper bound, the least it can be, but not below the default."""
        possible = list(self.consequence.possible(reading.memory))
        if len(possible) == 1 or len({row.gives for row in possible}) == 1:
            return possible[0]
        least = min(possible, key=lambda row: int(row.gives))
        default = self.tables.consequence_unresolved
        return least if least.gives > default.gives else default

    def _values(self, item: str, reading: Reading) -> tuple[str, ...]:
        return reading.possible(item) if item in self.tables.scenario else (item,)

    def _scenarios(self, reading: Reading) -> Iterator[tuple[dict[str, str], list[int]]]:
        families = self.tables.scenario
        memory = list(reading.memory)  # one for all: every family is set anew each time
        for values in product(*(reading.possible(family) for family in families)):
            for members, value in zip(self._families, values, strict=True):
                for each, number in members:
                    memory[number] = TRUE if each == value else FALSE
            yield dict(zip(families, values, strict=True)), memory


def as_pair(outcomes: tuple[str, ...]) -> str | tuple[str, ...]:
    """One outcome as itself, several as they are."""
    return outcomes[0] if len(outcomes) == 1 else outcomes
