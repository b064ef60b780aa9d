"""One pass of a case through a rulebook: facts to atoms, layer by layer, amounts in between.

There are two readings. The *open* one leaves what is unknown unknown all the way, and gives the band. The
*cautious* one settles it as the point result does: what would help and is not shown counts as absent, an
unsettled element is ``unknown``, a bounded amount is taken at its cautious end. Facts, factors and rails are
the same in both, and so is everything where nothing is unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, cast

from assessor.assessment.answers import Answers
from assessor.assessment.periods import Period, periods
from assessor.case.models import Fact
from assessor.inference.compiled import Numbered
from assessor.inference.rulebook import ALWAYS, UNREAD, CompiledQuantity, Inputs, Rulebook
from assessor.knowledge.models import Test
from assessor.quantities import interval as iv
from assessor.quantities.dates import Days
from assessor.quantities.formula import Formula
from assessor.quantities.interval import Interval
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN

PERCENT = Interval(0, 100)


class Given(NamedTuple):
    """What earlier regimes give to a reading.

    Attributes:
        truth: the truth value of an atom of a regime.
        amount: a quantity of a regime.
    """

    truth: Callable[[str, str], int]
    amount: Callable[[str, str], Interval]


@dataclass
class Reading:
    """What one pass concluded.

    Attributes:
        cautious: whether what is unknown was settled; an open reading with nothing unknown serves as the cautious one too.
        memory: the truth value of every atom, by its number.
        amounts: every quantity, by id.
        relations: how a quantity that is a limit is to be kept: below, at_most, unknown.
        periods: every deadline, by id.
    """

    rulebook: Rulebook
    cautious: bool
    memory: list[int]
    amounts: dict[str, Interval]
    relations: dict[str, str | None]
    periods: dict[str, Period]

    @cached_property
    def closed(self) -> bool:
        """Whether nothing in it is unknown, so that the cautious reading has nothing to settle; asked for once it is whole."""
        memory = self.memory
        return (
            UNKNOWN not in memory
            and all([amount.low == amount.high for amount in self.amounts.values()])
            and all([TRUE in values(memory) for values in self.rulebook.element_values])
        )

    def truth(self, atom: str) -> int:
        """The truth value of an atom; what is not in force does not hold."""
        number = self.rulebook.program.number.get(atom)
        return FALSE if number is None else self.memory[number]

    def holds(self, rows: Numbered, memory: list[int] | None = None) -> int:
        """The truth value of a condition, in this reading's memory or another."""
        values = self.memory if memory is None else memory
        found = FALSE
        for row in rows:
            value = TRUE
            for number, wanted in row:
                value &= values[number] if wanted else NOT[values[number]]
                if not value:
                    break
            found |= value
            if found == TRUE:
                break
        return found

    def possible(self, family: str) -> tuple[str, ...]:
        """The values of a family that are not excluded, in their order."""
        memory, members = self.memory, self.rulebook.members[family]
        sure = [value for value, number in members if memory[number] == TRUE]
        return tuple(sure or [value for value, number in members if memory[number] != FALSE])


def read(
    rulebook: Rulebook,
    answers: Answers,
    as_of: dt.date,
    cautious: bool,
    conclude: Callable[[int, list[int]], None],
    known: Reading | None = None,
    given: Given | None = None,
    changed: frozenset[str] = frozenset(),
) -> Reading:
    """Runs a case through a rulebook.

    Args:
        rulebook: the rules in force.
        answers: the case's.
        as_of: the day on which windows are open or closed.
        cautious: whether to settle what is unknown.
        conclude: runs one layer over the memory: ``Engine.conclude`` or ``Engine.search``.
        known: another reading, under the same rulebook and day; whatever reads the same values gives the same and is
            taken from it.
        given: what earlier regimes concluded; needed where the rulebook imports anything.
        changed: the questions answered otherwise than in ``known``.
    """
    if known is None:
        memory = rulebook.engine.memory()
        memory[rulebook.program.number[ALWAYS]] = TRUE
        if UNREAD in rulebook.program.number:
            memory[rulebook.program.number[UNREAD]] = UNKNOWN
        answers.fill(rulebook, memory)
        reading = Reading(rulebook, cautious, memory, {}, {}, {})
    else:
        memory = list(known.memory)
        answers.refill(rulebook, memory, changed)
        reading = Reading(rulebook, cautious, memory, dict(known.amounts), dict(known.relations), dict(known.periods))
    if given is not None:
        _take_over(reading, given)
    numbers = _Numbers(reading, answers.under(rulebook.unasked), answers.on, known, changed)
    for level, step in enumerate(rulebook.steps):
        if 0 < level < len(rulebook.program.layers) and not (
            known is not None and rulebook.engine.same_inputs(level, memory, known.memory)
        ):
            conclude(level, memory)
        if cautious:
            settle(reading, level)
        if known is not None and numbers.same(rulebook.step_inputs[level], known):
            continue
        for quantity in step.quantities:
            numbers.compute(quantity)
        for test in step.tests:
            if known is None or not numbers.same(rulebook.inputs[test.id], known):
                memory[rulebook.program.number[test.id]] = numbers.test(test)
        for name in step.periods:
            found, is_open = periods(rulebook, reading.truth, name.removesuffix("-open"), numbers.facts, as_of)
            reading.periods.update(found)
            memory[rulebook.program.number[name]] = is_open
    return reading


def cautiously(
    reading: Reading, answers: Answers, as_of: dt.date, conclude: Callable[[int, list[int]], None], given: Given
) -> Reading:
    """The cautious reading of what an open one has read; the same, where nothing is left to settle.

    Args:
        reading: the open reading, of the same answers.
        answers, as_of, conclude: as for ``read``.
        given: what the cautious readings of earlier regimes concluded.
    """
    if reading.closed and _given_the_same(reading, given):
        return reading
    return read(reading.rulebook, answers, as_of, True, conclude, known=reading, given=given)


def _given_the_same(reading: Reading, given: Given) -> bool:
    """Whether earlier regimes give what they gave to a reading."""
    return all(given.truth(regime, atom) == reading.memory[number] for number, atom, regime in reading.rulebook.imports) and all(
        given.amount(regime, name) == reading.amounts[name] for name, regime in reading.rulebook.imported_amounts.items()
    )


def _take_over(reading: Reading, given: Given) -> None:
    """Puts what earlier regimes concluded into a reading."""
    for number, atom, regime in reading.rulebook.imports:
        reading.memory[number] = given.truth(regime, atom)
    for name, regime in reading.rulebook.imported_amounts.items():
        reading.amounts[name] = given.amount(regime, name)


def settle(reading: Reading, level: int) -> None:
    """The cautious reading's answers to what a layer left open."""
    memory, rulebook = reading.memory, reading.rulebook
    for number, value in rulebook.presumed[level]:
        if memory[number] == UNKNOWN:
            memory[number] = value
    for element in rulebook.families_at[level]:
        members = rulebook.members[element]
        if any(memory[number] == TRUE for _, number in members):
            for _, number in members:
                memory[number] = TRUE if memory[number] == TRUE else FALSE
        else:
            settled = rulebook.knowledge.unresolved_status(rulebook.regime)
            for status, number in members:
                memory[number] = TRUE if status == settled else FALSE


class _Numbers:
    """Where formulas find their numbers (see ``quantities.formula.Amounts``)."""

    def __init__(
        self,
        reading: Reading,
        facts: Mapping[str, Fact],
        on: dt.date | None,
        known: Reading | None,
        changed: frozenset[str],
    ) -> None:
        self.reading = reading
        self.facts = facts
        self.on = on
        self.known = known
        self.changed = changed
        self.knowledge = reading.rulebook.knowledge
        #: the amounts that are not what they were in ``known``
        self.moved = {name for name, amount in reading.amounts.items() if known is not None and known.amounts[name] != amount}

    def named(self, name: str) -> Interval:
        if name in self.reading.amounts:
            return self.reading.amounts[name]
        fact = self.facts.get(name)
        if fact is None or fact.state == "not_applicable":
            return iv.ZERO  # a quantity or question that the law of the day does not have
        if fact.state == "answered":
            return cast(Interval, fact.value)
        return PERCENT if self.knowledge.questions[name].type == "percent" else iv.ANYTHING

    def parameter(self, name: str) -> Interval:
        return self.reading.rulebook.parameter(name)[0]

    def records(self, question: str) -> tuple[list[Mapping[str, Any]], bool]:
        fact = self.facts[question]
        if fact.state == "not_applicable":
            return [], True
        return (list(fact.value), fact.complete) if fact.state == "answered" else ([], False)

    def earliest(self, questions: tuple[str, ...]) -> dt.date | None:
        if self.on is not None:
            return self.on
        answered = (self.facts[name] for name in questions if self.facts[name].state == "answered")
        return next((cast(Days, fact.value).first for fact in answered), None)

    def compute(self, quantity: CompiledQuantity) -> None:
        """Puts a quantity's amount, and its relation if it is a limit, into the reading."""
        spec = quantity.spec
        if self.known is not None and self.same(self.reading.rulebook.inputs[spec.id], self.known):
            return
        if quantity.formula is not None:
            amount = quantity.formula.compute(self)
            relations = {self._relation(quantity.formula)}
        elif quantity.lines:
            amount, relations = self._chosen(quantity)
        else:
            amount, relations = self._highest(spec.highest), set()
        if spec.unit in ("SEK", "months"):
            amount = amount.whole()
        if self.reading.cautious and spec.cautious == "high" and amount.high is not None:
            amount = iv.exactly(amount.high)
        relation = relations.pop() if len(relations) == 1 else "unknown"
        self.reading.amounts[spec.id], self.reading.relations[spec.id] = amount, relation
        if self.known is not None and (amount, relation) != (self.known.amounts[spec.id], self.known.relations[spec.id]):
            self.moved.add(spec.id)

    def same(self, inputs: Inputs, known: Reading) -> bool:
        """Whether something is computed from the same in another reading."""
        return (
            not (inputs.cautious and known.cautious != self.reading.cautious)
            and self.changed.isdisjoint(inputs.questions)
            and self.moved.isdisjoint(inputs.amounts)
            and inputs.values(self.reading.memory) == inputs.values(known.memory)
        )

    def _chosen(self, quantity: CompiledQuantity) -> tuple[Interval, set[str | None]]:
        found: Interval | None = None
        relations: set[str | None] = set()
        for atom, formula in quantity.lines:
            truth = self.reading.truth(atom)
            if truth == FALSE:
                continue
            amount = formula.compute(self)
            relations.add(self._relation(formula))
            found = amount if found is None else iv.hull(found, amount)
            if truth == TRUE:
                break
        return found if found is not None else iv.ZERO, relations

    def _highest(self, names: tuple[str, ...]) -> Interval:
        """The highest of the candidates that apply; one that may apply can only raise the upper end."""
        sure: Interval | None = None
        maybe: Interval | None = None
        for name in names:
            quantity = self.reading.rulebook.quantities.get(name)
            truth = self.reading.truth(quantity.condition) if quantity else FALSE
            if truth == TRUE:
                sure = self.reading.amounts[name] if sure is None else iv.greatest(sure, self.reading.amounts[name])
            elif truth == UNKNOWN:
                amount = self.reading.amounts[name]
                maybe = amount if maybe is None else Interval(min(maybe.low, amount.low), iv.greatest(maybe, amount).high)
        if sure is None:
            return maybe if maybe is not None else iv.ANYTHING
        return sure if maybe is None else Interval(sure.low, iv.greatest(sure, maybe).high)

    def _relation(self, formula: Formula) -> str | None:
        """How an amount that a formula begins with is to be kept."""
        return self.reading.rulebook.parameter(formula.parameters[0])[1] if formula.text.startswith("amount(") else None

    def test(self, test: Test) -> int:
        """The truth value of a test."""
        if test.prevails is not None:
            return self._prevails(test)
        amount = self.reading.amounts.get(str(test.quantity), iv.ANYTHING)
        if test.at_least is not None:
            return iv.at_least(amount, test.at_least)
        limit = self.reading.amounts.get(str(test.within))
        if limit is None and test.absent is not None:
            return TRUE if test.absent == "yes" else FALSE
        return UNKNOWN if limit is None else iv.within(amount, limit, self.reading.relations[str(test.within)])

    def _prevails(self, test: Test) -> int:
        """Whether the listed codes weigh more than the others; equal weights do not."""
        rule = test.prevails
        assert rule is not None
        rows, complete = self.records(rule.records)
        codes = _ranges(self.knowledge.code_lists[rule.list]["codes"])
        listed, unlisted, unclear = iv.ZERO, iv.ZERO, not complete
        counts = [0, 0]
        for row in rows:
            amount = row.get(rule.amount, iv.ANYTHING)
            number = _code(row.get(rule.code))
            if number is None:
                unclear = True
            elif any(low <= number <= high for low, high in codes):
                listed, counts[0] = iv.add(listed, amount), counts[0] + 1
            else:
                unlisted, counts[1] = iv.add(unlisted, amount), counts[1] + 1
        if unclear or not rows:
            return UNKNOWN
        if not counts[0] or not counts[1]:
            return TRUE if counts[0] else FALSE
        if unlisted.high is not None and listed.low > unlisted.high:
            return TRUE
        return FALSE if listed.high is not None and listed.high <= unlisted.low else UNKNOWN


def _ranges(codes: list[Any]) -> list[tuple[int, int]]:
    return [(code[0], code[1]) if isinstance(code, list) else (code, code) for code in codes]


def _code(text: Any) -> int | None:
    """A code without its check digit: eight digits, with or without ``-n``; None if it is not one."""
    digits = str(text or "").partition("-")[0].strip()
    return int(digits) if re.fullmatch("[0-9]{8}", digits) else None
