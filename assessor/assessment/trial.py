"""A case tried with other answers: what it would be, by compiled Python, from what is already known of it.

For searches only. Whatever is told of a trial is assessed anew by ``Assessor.assess``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.assessment.answers import Answers
from assessor.assessment.assess import Assessor
from assessor.assessment.law import governing_day, windows
from assessor.assessment.reading import Given, Reading, read
from assessor.assessment.run import RegimeRun, handed_on
from assessor.assessment.verdict import Judge, Spread
from assessor.case.applicability import reanswer
from assessor.case.models import Case, Fact


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a case can be, over everything that is not known of it. Classes are numbers, 0 for the lowest.

    Attributes:
        best, worst: the bounds of the class: each the highest that a regime must, or may, have.
        spreads: what each regime's rule sets allow.
    """

    best: int
    worst: int
    spreads: Mapping[str, tuple[Spread, ...]]

    @property
    def decided(self) -> bool:
        """Whether the class is the same whatever is not known."""
        return self.best == self.worst

    @property
    def width(self) -> int:
        """The steps between the best and the worst class, summed over the regimes."""
        return sum(len({klass for spread in spreads for klass in spread.classes}) - 1 for spreads in self.spreads.values())

    @property
    def openness(self) -> int:
        """How much is left open: the values that class, likelihood, consequence and outcome of each regime may take."""
        return sum(
            len({klass for spread in spreads for klass in spread.classes})
            + len({level for spread in spreads for level in spread.likelihoods})
            + len({level for spread in spreads for level in spread.consequences})
            + len({outcome for spread in spreads for outcome in spread.outcomes})
            for spreads in self.spreads.values()
        )


@dataclass(slots=True)
class Opened:
    """The open readings of a trial.

    Attributes:
        facts: its answers.
        readings: of each regime, one for each rule set.
        judges: whose they are.
        outlook: what they allow.
    """

    facts: Mapping[str, Fact]
    readings: dict[str, tuple[Reading, ...]]
    judges: dict[str, tuple[Judge, ...]]
    outlook: Outlook


@dataclass
class Trials:
    """Tries a case with other answers.

    Args:
        assessor: the law.
        case: the case as it stands.
        on: replaces the governing day of every regime.
        as_of: the day on which windows are open.

    Attributes:
        opened: the case as it stands.
    """

    assessor: Assessor
    case: Case
    on: dt.date | None
    as_of: dt.date
    opened: Opened = field(init=False)

    def __post_init__(self) -> None:
        knowledge = self.assessor.knowledge
        self._governing = {
            name: frozenset(
                question for question in (rules.date, *rules.stand_ins, *knowledge.governing["draft_status"]) if question
            )
            for name, rules in knowledge.regimes.items()
        }
        self.order = tuple(knowledge.result.classes)
        self.opened = self._open(self.case.facts, frozenset(), None)

    def look(self, changes: Mapping[str, Fact], since: Opened | None = None) -> Opened:
        """The open readings with some answers changed.

        Args:
            changes: the new answers, by question.
            since: another trial to start from; default the case as it stands.
        """
        since = since or self.opened
        facts, changed = reanswer(since.facts, changes, self.assessor.knowledge)
        return self._open(facts, changed, since) if changed else since

    def results(self, facts: Mapping[str, Fact]) -> dict[str, RegimeRun]:
        """Every regime's runs, both readings, by compiled Python."""
        return self.assessor.results(self.case.with_facts(dict(facts)), self.on, self.as_of, search=True)

    def _open(self, facts: Mapping[str, Fact], changed: frozenset[str], since: Opened | None) -> Opened:
        knowledge = self.assessor.knowledge
        case = self.case.with_facts(dict(facts))
        answers = Answers(facts)
        readings: dict[str, tuple[Reading, ...]] = {}
        judges: dict[str, tuple[Judge, ...]] = {}
        spreads: dict[str, tuple[Spread, ...]] = {}
        for regime in knowledge.tables:
            given = handed_on(readings)
            if since is not None and self._untouched(regime, changed, since, given):
                readings[regime], judges[regime] = since.readings[regime], since.judges[regime]
                spreads[regime] = since.outlook.spreads[regime]
                continue
            begun = governing_day(case, knowledge, regime, self.on, self.as_of)
            judges[regime] = tuple(self.assessor.judge(regime, window) for window in windows(knowledge, regime, begun.days))
            known = dict(zip(since.judges[regime], since.readings[regime], strict=True)) if since is not None else {}
            readings[regime] = tuple(
                read(
                    judge.rulebook,
                    answers,
                    self.as_of,
                    False,
                    judge.rulebook.engine.search,
                    known=known.get(judge),
                    given=given,
                    changed=changed,
                )
                for judge in judges[regime]
            )
            spreads[regime] = tuple(
                judge.spread(reading) for judge, reading in zip(judges[regime], readings[regime], strict=True)
            )
        return Opened(facts, readings, judges, self._outlook(spreads))

    def _untouched(self, regime: str, changed: frozenset[str], since: Opened, given: Given) -> bool:
        if not changed.isdisjoint(self._governing[regime]):
            return False
        return all(
            changed.isdisjoint(judge.rulebook.reads) and _takes_the_same(reading, given)
            for judge, reading in zip(since.judges[regime], since.readings[regime], strict=True)
        )

    def _outlook(self, spreads: Mapping[str, tuple[Spread, ...]]) -> Outlook:
        place = self.order.index
        bests = [min(place(spread.classes[0]) for spread in found) for found in spreads.values()]
        worsts = [max(place(spread.classes[-1]) for spread in found) for found in spreads.values()]
        return Outlook(max(bests), max(worsts), spreads)


def _takes_the_same(reading: Reading, given: Given) -> bool:
    """Whether what a reading took over from earlier regimes is what they give now."""
    book = reading.rulebook
    owner = book.knowledge.regime_of
    return all(
        reading.memory[number] == given.truth(owner[atom.partition("=")[0]], atom) for number, atom in book.imports
    ) and all(reading.amounts[name] == given.amount(owner[name], name) for name in book.imported_amounts)
