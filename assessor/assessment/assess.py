"""Assesses a case: runs the layers for each rule set that applies, and nothing else."""

from __future__ import annotations

import datetime as dt

from assessor.assessment import models as m
from assessor.assessment.decisive import Deciding, deciding
from assessor.assessment.law import Commencement, Window, commencement, windows
from assessor.assessment.reading import read
from assessor.assessment.report import Report
from assessor.assessment.run import Run
from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.rulebook import Rulebook, build
from assessor.knowledge.base import KnowledgeBase


class Assessor:
    """Assesses cases against one knowledge base; compiled rule sets are kept.

    Args:
        knowledge: the law.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._books: dict[dt.date, Rulebook] = {}
        self._judges: dict[tuple[dt.date, str], Judge] = {}

    def book(self, window: Window) -> Rulebook:
        """The rulebook of a period of unchanged law."""
        if window.valid_from not in self._books:
            self._books[window.valid_from] = build(self.knowledge, max(window.valid_from, window.first))
        return self._books[window.valid_from]

    def judge(self, window: Window, regime: str) -> Judge:
        """The result tables of a regime, parsed for a period of law."""
        key = (window.valid_from, regime)
        if key not in self._judges:
            self._judges[key] = Judge(self.book(window), regime)
        return self._judges[key]

    def results(self, case: Case, on: dt.date | None, as_of: dt.date, search: bool = False) -> tuple[Commencement, list[Run]]:
        """The runs of every rule set that the commencement meets.

        Args:
            case: the case.
            on: replaces the commencement.
            as_of: the day on which windows are open.
            search: run compiled Python only; such results must not be reported.
        """
        begun = commencement(case, self.knowledge, on, as_of)
        regime = self.regime
        found = []
        for window in windows(self.knowledge, begun.days):
            book, judge = self.book(window), self.judge(window, regime)
            conclude = book.engine.search if search else book.engine.conclude
            open_reading = read(book, case.facts, as_of, False, conclude)
            cautious = read(book, case.facts, as_of, True, conclude, known=open_reading)
            verdict, spread = judge.verdict(cautious), judge.spread(open_reading)
            found.append(Run(window, open_reading, cautious, judge, verdict, spread))
        return begun, found

    @property
    def regime(self) -> str:
        """The regime that is assessed; the others are listed as not assessed."""
        return next(name for name, regime in self.knowledge.result.regimes.items() if regime.assessed)

    def assess(self, case: Case, on: dt.date | None = None, as_of: dt.date | None = None, explain: bool = True) -> m.Assessment:
        """The assessment of a case.

        Args:
            case: the case.
            on: a day of law that replaces the commencement.
            as_of: the day on which open windows are shown; default the case's own, else today.
            explain: search for the findings that decide (tens of milliseconds); without it none are named.

        Raises:
            Problem: no law is entered for the day.
            EngineFault: durable-rules misbehaved or the evaluators differ; there is no result.
        """
        as_of = as_of or case.as_of or dt.date.today()
        begun, found = self.results(case, on, as_of)
        order = found[0].judge.order
        chosen = max(found, key=lambda r: (order.index(r.verdict.klass), order.index(r.spread.classes[-1])))
        hangs_on = deciding(chosen) if explain else Deciding((), False)
        return Report(self.knowledge, self.regime, case, begun, found, chosen, as_of, hangs_on).assessment()


def assess(case: Case, knowledge: KnowledgeBase, on: dt.date | None = None, as_of: dt.date | None = None) -> m.Assessment:
    """One case assessed against a knowledge base; for several, keep an ``Assessor``."""
    return Assessor(knowledge).assess(case, on, as_of)
