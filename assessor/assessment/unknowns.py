"""Which unanswered questions can still matter for the class, traced back through what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assessor.assessment.models import UnknownFact
from assessor.assessment.reading import Reading
from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.rulebook import UNREAD, Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.truth import FALSE, TRUE, UNKNOWN


class Trace:
    """What each open atom and amount of a reading waits for. Sets of questions are bit masks, for speed.

    Args:
        reading: the open reading.
        case: whose answers were read.
        earlier: what the open atoms and amounts of the regimes before it wait for, by regime.
    """

    def __init__(self, reading: Reading, case: Case, earlier: Mapping[str, Iterable[Trace]]) -> None:
        self.reading = reading
        self.case = case
        self.earlier = earlier
        self.owner = reading.rulebook.knowledge.regime_of
        self.book = reading.rulebook
        self.bits = _bits(reading.rulebook.knowledge)
        self.tests = {test.id: test for step in self.book.steps for test in step.tests}
        self.known: dict[int, int] = {}
        self.amounts: dict[str, int] = {}

    def atom(self, name: str) -> int:
        """The questions an atom waits for; none if its value is known."""
        number = self.book.program.number.get(name)
        return 0 if number is None else self._waits(number)

    def atoms(self, names: Iterable[str]) -> int:
        """The questions some atoms wait for."""
        found = 0
        for name in names:
            found |= self.atom(name)
        return found

    def quantity(self, name: str) -> int:
        """The questions that keep an amount from being exact: its conditions, and what it is computed from."""
        if name not in self.amounts:
            self.amounts[name] = self._quantity(name)
        return self.amounts[name]

    def numbered(self, number: int) -> int:
        """The questions an atom waits for, by its number."""
        return self._waits(number) if number < len(self.book.program.atoms) else 0

    def _waits(self, number: int) -> int:
        found = self.known.get(number)
        if found is None:
            found = self._open(number) if self.reading.memory[number] == UNKNOWN else 0
            self.known[number] = found
        return found

    def _open(self, number: int) -> int:
        memory = self.reading.memory
        bodies = self.book.concluding.get(number)
        if bodies is not None:
            found, waits, known = 0, self._waits, self.known
            for body in bodies:
                waiting = []
                for atom, holds in body:
                    value = memory[atom]
                    if value == UNKNOWN:
                        waiting.append(atom)
                    elif (value == TRUE) != holds:
                        break
                else:
                    for atom in waiting:
                        found |= known[atom] if atom in known else waits(atom)
            return found
        name = self.book.program.atoms[number]
        question = name.partition("=")[0]
        if name == UNREAD:
            return 0  # no answer settles what law says that is not entered
        if question in self.case.facts:
            return self.bits[question]
        owner = self.owner[question]
        if owner != self.book.regime:
            return together(trace.atom(name) for trace in self.earlier[owner])
        if name in self.tests:
            test = self.tests[name]
            if test.prevails is not None:
                return self.bits[test.prevails.records]
            return together(self.quantity(each) for each in (test.quantity, test.within) if each is not None)
        return self._window(name.removesuffix("-open"))

    def _window(self, closes: str) -> int:
        starts = {
            question
            for deadline in self.book.knowledge.deadlines.values()
            if deadline.closes == closes
            for question in deadline.days_asked
        }
        return together(self.bits[q] for q in starts if self.case.facts[q].state in ("unknown", "unanswered"))

    def _quantity(self, name: str) -> int:
        compiled = self.book.quantities.get(name)
        amount = self.reading.amounts.get(name)
        if amount is not None and amount.exact:
            return 0
        if compiled is None:
            owner = self.owner.get(name, self.book.regime)
            earlier = self.earlier[owner] if owner != self.book.regime else ()
            return together(trace.quantity(name) for trace in earlier)
        found = self.atom(compiled.condition)
        formulas = [compiled.formula] if compiled.formula else []
        for condition, formula in compiled.lines:
            found |= self.atom(condition)
            if self.reading.truth(condition) != FALSE:
                formulas.append(formula)
        for formula in formulas:
            for each in (*formula.names, *(question for question, _ in formula.records)):
                if each in self.book.quantities or each in self.book.imported_amounts:
                    found |= self.quantity(each)
                elif each in self.case.facts and not self._exact(each):
                    found |= self.bits[each]
        for each in compiled.spec.highest:
            candidate = self.book.quantities.get(each)
            if candidate is not None and self.reading.truth(candidate.condition) != FALSE:
                found |= self.quantity(each)
        return found

    def _exact(self, question: str) -> bool:
        fact = self.case.facts[question]
        if fact.state == "not_applicable" or question in self.book.unasked:
            return True
        return fact.state == "answered" and fact.complete and bool(getattr(fact.value, "exact", True))


def together(masks: Iterable[int]) -> int:
    """All the questions of some masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


@lru_cache(maxsize=16)
def _bits(knowledge: KnowledgeBase) -> dict[str, int]:
    """A bit for each question."""
    return {question: 1 << number for number, question in enumerate(knowledge.questions)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a regime waits for which questions.

    Attributes:
        book: the regime's rules.
        decides: the questions that can change the class.
        points: the questions that each open point waits for, by its id.
    """

    book: Rulebook
    decides: int
    points: Mapping[str, int]


def traces(readings: Mapping[str, Iterable[Reading]], case: Case) -> dict[str, tuple[Trace, ...]]:
    """What is open in some readings of every regime, which may read each other, in order."""
    found: dict[str, tuple[Trace, ...]] = {}
    for regime, each in readings.items():
        found[regime] = tuple(Trace(reading, case, found) for reading in each)
    return found


def waiting(trace: Trace, judge: Judge, matters: bool, day: str | None = None) -> Waiting:
    """What of a regime waits for which questions.

    Args:
        trace: of the open reading.
        judge: the tables, which say what the class reads.
        matters: whether the regime can still change the class at all.
        day: the question that gives the governing day, where different days give different classes.
    """
    book = trace.book
    asks_for_day = trace.bits[day] if matters and day is not None else 0
    if trace.reading.closed:
        return Waiting(book, asks_for_day, {})
    families = book.program.families
    goals: dict[str, int] = {}
    if matters:
        for name in judge.tables.scenario:
            goals[name] = trace.atoms(families[name])
        for atom in judge.reads:
            name = atom.partition("=")[0]
            if name not in judge.tables.scenario:
                goals[name] = goals.get(name, 0) | trace.atom(atom)
    points = {element: trace.atoms(families[element]) for element in book.elements}
    shown = book.knowledge.shown
    points |= {name: trace.quantity(name) for name in (shown.value, shown.limit) if name in book.quantities}
    return Waiting(book, together(goals.values()) | asks_for_day, points | goals)


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
    asked, bits = _asked(tuple(wait.book for wait in regimes.values())), _bits(knowledge)
    feeds = _feeds(regimes)
    decides = together(wait.decides for wait in regimes.values())
    found = []
    order = {question: number for number, question in enumerate(case.facts)}
    for question, fact in case.facts.items():
        bit = bits[question]
        if fact.state == "not_applicable" or question not in asked:
            continue
        deciding = bool(decides & bit)
        if fact.state == "answered" and not (deciding and (not fact.documented or not fact.complete)):
            continue
        asks = knowledge.questions[question]
        found.append(
            UnknownFact(
                question=question,
                text=asks.text,
                why=asks.why,
                asked="undocumented" if fact.state == "answered" else fact.state,
                decides=deciding,
                regimes=tuple(regime for regime, wait in regimes.items() if wait.decides & bit) if deciding else (),
                feeds=tuple(feeds.get(bit, ())),
            )
        )
    return tuple(sorted(found, key=lambda u: (not u.decides, u.asked == "undocumented", -len(u.feeds), order[u.question])))


def _feeds(regimes: Mapping[str, Waiting]) -> dict[int, dict[str, None]]:
    """The open points that each question feeds, by its bit."""
    found: dict[int, dict[str, None]] = {}
    for wait in regimes.values():
        for name, waits in wait.points.items():
            while waits:
                bit = waits & -waits
                found.setdefault(bit, {})[name] = None
                waits ^= bit
    return found


@lru_cache(maxsize=256)
def _asked(books: tuple[Rulebook, ...]) -> frozenset[str]:
    """The questions that some regime reads under its law, and those that no rule reads."""
    read_by_any = frozenset[str]().union(*(book.reads for book in books))
    asked = frozenset[str]().union(*(book.reads - book.unasked for book in books))
    return asked | (frozenset(books[0].knowledge.questions) - read_by_any - books[0].unasked)
