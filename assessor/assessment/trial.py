"""A case tried with other answers: what it would be, by compiled Python, from what is already known of it.

For searches only. The class that a search ends in is confirmed by ``Assessor.report`` before it is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from assessor.assessment.answers import Answers
from assessor.assessment.assess import Assessor
from assessor.assessment.law import governing_day, windows
from assessor.assessment.reading import Given, Reading, cautiously, read
from assessor.assessment.run import handed_on
from assessor.assessment.verdict import Judge, Spread, Spreads
from assessor.case.applicability import reanswer
from assessor.case.models import Case, Fact


@dataclass(frozen=True)
class Reach:
    """What some rule sets of one regime read.

    Attributes:
        questions: of the case.
        truths: the atoms of earlier regimes, each with its regime.
        amounts: the quantities of earlier regimes, each with its regime.
    """

    questions: frozenset[str]
    truths: frozenset[tuple[str, str]]
    amounts: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, judges: tuple[Judge, ...]) -> Reach:
        """What the rule sets of some judges read."""
        books = [judge.rulebook for judge in judges]
        return cls(
            frozenset().union(*(book.reads for book in books)),
            frozenset((each.regime, each.name) for book in books for each in book.imports),
            frozenset((regime, name) for book in books for name, regime in book.imported_amounts.items()),
        )

    def same(self, one: Given, other: Given) -> bool:
        """Whether earlier regimes give it the same."""
        return all(one.truth(*each) == other.truth(*each) for each in self.truths) and all(
            one.amount(*each) == other.amount(*each) for each in self.amounts
        )


@dataclass
class Opened:
    """The open readings of a trial, and what the case can still be under them. Classes are numbers, 0 for the lowest.

    Attributes:
        facts: its answers.
        readings: of each regime, one for each rule set.
        judges: whose they are.
        spreads: what they allow.
    """

    facts: Mapping[str, Fact]
    readings: dict[str, tuple[Reading, ...]]
    judges: dict[str, tuple[Judge, ...]]
    spreads: dict[str, tuple[Spread, ...]]

    @cached_property
    def given(self) -> Given:
        """What each regime gives to the next."""
        return handed_on(self.readings)

    @cached_property
    def outlook(self) -> Outlook:
        """What the readings allow."""
        judge = next(iter(self.judges.values()))[0]
        return Outlook.of(self.spreads, judge.order)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a case can be, over everything that is not known of it.

    Attributes:
        best, worst: the bounds of the class: each the highest that a regime must, or may, have.
        spreads: what each regime's rule sets allow.
    """

    best: int
    worst: int
    spreads: Mapping[str, tuple[Spread, ...]]

    @classmethod
    def of(cls, spreads: Mapping[str, tuple[Spread, ...]], order: tuple[str, ...]) -> Outlook:
        """The outlook of some spreads, the classes in order."""
        bests = [min(order.index(spread.classes[0]) for spread in found) for found in spreads.values()]
        worsts = [max(order.index(spread.classes[-1]) for spread in found) for found in spreads.values()]
        return cls(max(bests), max(worsts), spreads)

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


class Settled(NamedTuple):
    """A regime's class in a trial, and the cautious reading it is of."""

    klass: int
    reading: Reading


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
    _settled: dict[str, Settled] | None = field(init=False, default=None)
    _reaches: dict[tuple[Judge, ...], Reach] = field(init=False, default_factory=dict)
    _spreads: Spreads = field(init=False, default_factory=dict)

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

    def classes(self, node: Opened) -> dict[str, int]:
        """The class that each regime is given at a node, as the assessment would: what is not known is settled cautiously."""
        settled: dict[str, Settled] = {}
        for regime in node.readings:
            settled[regime] = self._settle(regime, node, Answers(node.facts, self.on), settled)
        return {regime: each.klass for regime, each in settled.items()}

    def within(self, changes: Mapping[str, Fact], limit: int) -> dict[str, int] | None:
        """The class of each regime with some answers changed, if none is above a limit.

        The regimes are tried in order, and no further than the first above the limit.
        """
        if self._settled is None:
            self._settled = {}
            for regime in self.opened.readings:
                self._settled[regime] = self._settle(regime, self.opened, Answers(self.case.facts, self.on), self._settled)
        facts, changed = reanswer(self.opened.facts, changes, self.assessor.knowledge)
        node = Opened(facts, {}, {}, {})
        case, answers = self.case.with_facts(dict(facts)), Answers(facts, self.on)
        settled: dict[str, Settled] = {}
        for regime in self.opened.readings:
            self._open_regime(regime, node, case, answers, changed, self.opened)
            if min(self.order.index(spread.classes[0]) for spread in node.spreads[regime]) > limit:
                return None
            same = node.readings[regime] is self.opened.readings[regime] and self._reach(node.judges[regime]).same(
                _given(self._settled), _given(settled)
            )
            settled[regime] = self._settled[regime] if same else self._settle(regime, node, answers, settled)
            if settled[regime].klass > limit:
                return None
        return {regime: each.klass for regime, each in settled.items()}

    def _settle(self, regime: str, node: Opened, answers: Answers, earlier: Mapping[str, Settled]) -> Settled:
        """The class of a regime at a node, and the cautious reading that the next regimes read."""
        given = _given(earlier)
        readings = [
            cautiously(reading, answers, self.as_of, judge.rulebook.engine.search, given)
            for judge, reading in zip(node.judges[regime], node.readings[regime], strict=True)
        ]
        spreads = node.spreads[regime]
        reached = [
            (self.order.index(judge.verdict(reading).klass), self.order.index(spread.classes[-1]), -place)
            for place, (judge, reading, spread) in enumerate(zip(node.judges[regime], readings, spreads, strict=True))
        ]
        klass, _, place = max(reached)
        if klass == 0 and any(self.order.index(spread.classes[-1]) for spread in spreads):
            klass = self.order.index(self.assessor.knowledge.result.deciding_unknown.at_least)
        return Settled(klass, readings[-place])

    def _open(self, facts: Mapping[str, Fact], changed: frozenset[str], since: Opened | None) -> Opened:
        node = Opened(facts, {}, {}, {})
        case, answers = self.case.with_facts(dict(facts)), Answers(facts, self.on)
        for regime in self.assessor.knowledge.tables:
            self._open_regime(regime, node, case, answers, changed, since)
        return node

    def _open_regime(
        self, regime: str, node: Opened, case: Case, answers: Answers, changed: frozenset[str], since: Opened | None
    ) -> None:
        """Puts the open readings of a regime into a node that has those of the regimes before it."""
        if since is not None and changed.isdisjoint(self._governing[regime]):
            judges = since.judges[regime]
            reach = self._reach(judges)
            if changed.isdisjoint(reach.questions) and reach.same(since.given, node.given):
                node.readings[regime], node.judges[regime] = since.readings[regime], judges
                node.spreads[regime] = since.spreads[regime]
                return
        else:
            knowledge = self.assessor.knowledge
            begun = governing_day(case, knowledge, regime, self.on, self.as_of)
            judges = tuple(self.assessor.judge(regime, window) for window in windows(knowledge, regime, begun, case.file))
        known = dict(zip(since.judges[regime], since.readings[regime], strict=True)) if since is not None else {}
        node.judges[regime] = judges
        node.readings[regime] = tuple(
            read(
                judge.rulebook,
                answers,
                self.as_of,
                False,
                judge.rulebook.engine.search,
                known=known.get(judge),
                given=node.given,
                changed=changed,
            )
            for judge in judges
        )
        node.spreads[regime] = tuple(
            judge.spread(reading, self._spreads) for judge, reading in zip(judges, node.readings[regime], strict=True)
        )

    def _reach(self, judges: tuple[Judge, ...]) -> Reach:
        if judges not in self._reaches:
            self._reaches[judges] = Reach.of(judges)
        return self._reaches[judges]


def _given(settled: Mapping[str, Settled]) -> Given:
    return handed_on({regime: (each.reading,) for regime, each in settled.items()})
