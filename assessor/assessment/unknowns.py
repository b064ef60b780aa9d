"""Which unanswered questions can still matter for the class, traced back through what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.assessment.models import UnknownFact
from assessor.assessment.reading import Reading
from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.form import Literal
from assessor.inference.rulebook import Rulebook
from assessor.inference.truth import FALSE, NOT, UNKNOWN


@dataclass
class _Trace:
    reading: Reading
    case: Case
    visited: set[str]
    feeds: dict[str, dict[str, None]]

    @property
    def book(self) -> Rulebook:
        return self.reading.rulebook

    def atom(self, name: str, goal: str) -> None:
        """Follows an atom whose value is not known, back to the questions it waits for."""
        if (name, goal) in self.seen or self.reading.truth(name) != UNKNOWN:
            return
        self.seen.add((name, goal))
        question = name.partition("=")[0]
        if name in self.book.clauses_of:
            for clause in self.book.clauses_of[name]:
                values = [self._value(literal) for literal in clause.body]
                if FALSE not in values:
                    for literal, value in zip(clause.body, values, strict=True):
                        if value == UNKNOWN:
                            self.atom(literal.atom, goal)
        elif question in self.case.facts:
            self.question(question, goal)
        elif name in self.tests:
            self.test(name, goal)
        elif name.endswith("-open"):
            self.window(name.removesuffix("-open"), goal)

    def __post_init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.tests = {test.id: test for step in self.book.steps for test in step.tests}

    def _value(self, literal: Literal) -> int:
        truth = self.reading.truth(literal.atom)
        return truth if literal.holds else NOT[truth]

    def test(self, name: str, goal: str) -> None:
        test = self.tests[name]
        if test.prevails is not None:
            self.question(test.prevails.records, goal)
        for quantity in (test.quantity, test.within):
            if quantity is not None:
                self.quantity(quantity, goal)

    def quantity(self, name: str, goal: str) -> None:
        """Follows an amount that is not exact to the conditions and questions that keep it so."""
        compiled = self.book.quantities.get(name)
        amount = self.reading.amounts.get(name)
        if compiled is None or (f"quantity:{name}", goal) in self.seen or (amount is not None and amount.exact):
            return
        self.seen.add((f"quantity:{name}", goal))
        self.atom(compiled.condition, goal)
        formulas = [compiled.formula] if compiled.formula else []
        for condition, formula in compiled.lines:
            self.atom(condition, goal)
            if self.reading.truth(condition) != FALSE:
                formulas.append(formula)
        for formula in formulas:
            for each in (*formula.names, *(question for question, _ in formula.records)):
                if each in self.book.quantities:
                    self.quantity(each, goal)
                elif each in self.case.facts and each not in self.book.unasked:
                    fact = self.case.facts[each]
                    exact = fact.state == "not_applicable" or (
                        fact.state == "answered" and fact.complete and getattr(fact.value, "exact", True)
                    )
                    if not exact:
                        self.question(each, goal)
        for each in compiled.spec.highest:
            candidate = self.book.quantities.get(each)
            if candidate is not None and self.reading.truth(candidate.condition) != FALSE:
                self.quantity(each, goal)

    def window(self, closes: str, goal: str) -> None:
        for deadline in self.book.knowledge.deadlines.values():
            if deadline.closes == closes:
                for question in deadline.start:
                    if self.case.facts[question].state in ("unknown", "unanswered"):
                        self.question(question, goal)

    def question(self, question: str, goal: str) -> None:
        self.feeds.setdefault(question, {}).setdefault(goal, None)


def unknowns(reading: Reading, judge: Judge, case: Case, matters: bool) -> tuple[UnknownFact, ...]:
    """The unanswered questions, those that can change the class first.

    Args:
        reading: the open reading.
        judge: the tables, which say what the class reads.
        case: the case.
        matters: whether the class can still change at all.

    Returns:
        Every question unknown, unanswered or answered without the document that would decide; within those that
        decide, the ones that feed the most open points first, then in the order of asking.
    """
    trace = _Trace(reading, case, set(), {})
    goals = [atom for family in judge.tables.scenario for atom in reading.rulebook.program.families[family]]
    tables = (judge.outcome, judge.likelihood, judge.consequence, judge.overrides)
    goals += [literal.atom for table in tables for _, rows in table for row in rows for literal in row]
    elements = [atom for element in reading.rulebook.elements for atom in reading.rulebook.program.families[element]]
    if matters:
        for goal in dict.fromkeys(goals):
            trace.atom(goal, goal.partition("=")[0])
    decisive = dict(trace.feeds)
    reach = _Trace(reading, case, set(), {})
    for atom in elements:
        reach.atom(atom, atom.partition("=")[0])
    for name in ("value", "limit"):
        reach.quantity(name, name)
    order = {question: number for number, question in enumerate(case.facts)}
    found = []
    for question, fact in case.facts.items():
        decides = question in decisive
        if question in reading.rulebook.unasked or fact.state == "not_applicable":
            continue
        if fact.state == "answered" and not (decides and (not fact.documented or not fact.complete)):
            continue
        asked = "undocumented" if fact.state == "answered" else fact.state
        asks = reading.rulebook.knowledge.questions[question]
        feeds = tuple(dict.fromkeys((*reach.feeds.get(question, {}), *decisive.get(question, {}))))
        found.append(UnknownFact(question, asks.text, asks.why, asked, decides, feeds))  # type: ignore[arg-type]
    rank = {"unanswered": 0, "unknown": 0, "undocumented": 1}
    return tuple(
        sorted(found, key=lambda u: (not u.decides, rank[u.asked], -len(u.feeds), order[u.question]))
    )
