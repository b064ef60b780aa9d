"""Which unanswered questions can still matter for the class, traced back through what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assessor.assessment.models import UnknownFact
from assessor.assessment.reading import Reading
from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.rulebook import Rulebook
from assessor.inference.truth import FALSE, NOT, UNKNOWN

Questions = frozenset[str]
_NONE: Questions = frozenset()


class Trace:
    """What each open atom and amount of a reading waits for.

    Args:
        reading: the open reading.
        case: whose answers were read.
    """

    def __init__(self, reading: Reading, case: Case) -> None:
        self.reading = reading
        self.case = case
        self.book = reading.rulebook
        self.tests = {test.id: test for step in self.book.steps for test in step.tests}
        self.known: dict[int, Questions] = {}
        self.amounts: dict[str, Questions] = {}

    def atom(self, name: str) -> Questions:
        """The questions an atom waits for; none if its value is known."""
        number = self.book.program.number.get(name)
        return _NONE if number is None else self._waits(number)

    def atoms(self, names: Iterable[str]) -> Questions:
        """The questions some atoms wait for."""
        return _NONE.union(*map(self.atom, names))

    def quantity(self, name: str) -> Questions:
        """The questions that keep an amount from being exact: its conditions, and what it is computed from."""
        if name not in self.amounts:
            self.amounts[name] = self._quantity(name)
        return self.amounts[name]

    def _waits(self, number: int) -> Questions:
        if number not in self.known:
            unknown = self.reading.memory[number] == UNKNOWN
            self.known[number] = self._open(number) if unknown else _NONE
        return self.known[number]

    def _open(self, number: int) -> Questions:
        memory = self.reading.memory
        if number in self.book.concluding:
            waiting: set[int] = set()
            for body in self.book.concluding[number]:
                if all(memory[atom] if holds else NOT[memory[atom]] for atom, holds in body):
                    waiting.update(atom for atom, _ in body if memory[atom] == UNKNOWN)
            return _NONE.union(*map(self._waits, waiting))
        name = self.book.program.atoms[number]
        question = name.partition("=")[0]
        if question in self.case.facts:
            return frozenset({question})
        if name in self.tests:
            test = self.tests[name]
            if test.prevails is not None:
                return frozenset({test.prevails.records})
            return _NONE.union(*(self.quantity(each) for each in (test.quantity, test.within) if each is not None))
        return self._window(name.removesuffix("-open"))

    def _window(self, closes: str) -> Questions:
        starts = {
            question
            for deadline in self.book.knowledge.deadlines.values()
            if deadline.closes == closes
            for question in deadline.start
        }
        return frozenset(q for q in starts if self.case.facts[q].state in ("unknown", "unanswered"))

    def _quantity(self, name: str) -> Questions:
        compiled = self.book.quantities.get(name)
        amount = self.reading.amounts.get(name)
        if compiled is None or (amount is not None and amount.exact):
            return _NONE
        found = set(self.atom(compiled.condition))
        formulas = [compiled.formula] if compiled.formula else []
        for condition, formula in compiled.lines:
            found |= self.atom(condition)
            if self.reading.truth(condition) != FALSE:
                formulas.append(formula)
        for formula in formulas:
            for each in (*formula.names, *(question for question, _ in formula.records)):
                if each in self.book.quantities:
                    found |= self.quantity(each)
                elif each in self.case.facts and not self._exact(each):
                    found.add(each)
        for each in compiled.spec.highest:
            candidate = self.book.quantities.get(each)
            if candidate is not None and self.reading.truth(candidate.condition) != FALSE:
                found |= self.quantity(each)
        return frozenset(found)

    def _exact(self, question: str) -> bool:
        fact = self.case.facts[question]
        if fact.state == "not_applicable" or question in self.book.unasked:
            return True
        return fact.state == "answered" and fact.complete and bool(getattr(fact.value, "exact", True))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a regime waits for which questions.

    Attributes:
        book: the regime's rules.
        decides: the questions that can change the class.
        points: the questions that each open point waits for, by its id.
    """

    book: Rulebook
    decides: Questions
    points: Mapping[str, Questions]


def waiting(reading: Reading, judge: Judge, case: Case, matters: bool) -> Waiting:
    """What of a regime waits for which questions.

    Args:
        reading: the open reading.
        judge: the tables, which say what the class reads.
        case: the case.
        matters: whether the regime can still change the class at all.
    """
    book = reading.rulebook
    trace = Trace(reading, case)
    families = book.program.families
    goals: dict[str, Questions] = {}
    if matters:
        for name in judge.tables.scenario:
            goals[name] = trace.atoms(families[name])
        for atom in judge.reads:
            name = atom.partition("=")[0]
            if name not in judge.tables.scenario:
                goals[name] = goals.get(name, _NONE) | trace.atom(atom)
    points = {element: trace.atoms(families[element]) for element in book.elements}
    shown = book.knowledge.shown
    points |= {name: trace.quantity(name) for name in (shown.value, shown.limit) if name in book.quantities}
    return Waiting(book, _NONE.union(*goals.values()), points | goals)


def unknowns(case: Case, regimes: Mapping[str, Waiting]) -> tuple[UnknownFact, ...]:
    """The unanswered questions, those that can change the class first.

    Args:
        case: the case.
        regimes: what waits for what, by regime.

    Returns:
        Every question unknown, unanswered, or answered without the document that would decide. Within those that
        decide, the ones that feed the most open points come first, then the order of asking.
    """
    knowledge = next(iter(regimes.values())).book.knowledge
    asked = _asked(tuple(wait.book for wait in regimes.values()))
    found = []
    order = {question: number for number, question in enumerate(case.facts)}
    for question, fact in case.facts.items():
        if question not in asked or fact.state == "not_applicable":
            continue
        deciding = tuple(regime for regime, wait in regimes.items() if question in wait.decides)
        if fact.state == "answered" and not (deciding and (not fact.documented or not fact.complete)):
            continue
        asks = knowledge.questions[question]
        feeds = (name for wait in regimes.values() for name, waits in wait.points.items() if question in waits)
        found.append(
            UnknownFact(
                question=question,
                text=asks.text,
                why=asks.why,
                asked="undocumented" if fact.state == "answered" else fact.state,
                decides=bool(deciding),
                regimes=deciding,
                feeds=tuple(dict.fromkeys(feeds)),
            )
        )
    return tuple(sorted(found, key=lambda u: (not u.decides, u.asked == "undocumented", -len(u.feeds), order[u.question])))


@lru_cache(maxsize=256)
def _asked(books: tuple[Rulebook, ...]) -> Questions:
    """The questions that some regime reads under its law, and those that no rule reads."""
    read_by_any = _NONE.union(*(book.reads for book in books))
    asked = _NONE.union(*(book.reads - book.unasked for book in books))
    return asked | (frozenset(books[0].knowledge.questions) - read_by_any - books[0].unasked)
