"""Assesses a case: runs the layers for each rule set that applies, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from assessor.assessment import models as m
from assessor.assessment.answers import Answers
from assessor.assessment.law import Window, governing_day, windows
from assessor.assessment.reading import Given, cautiously, read
from assessor.assessment.report import Report
from assessor.assessment.run import RegimeRun, Run, chosen, handed_on
from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.build import build
from assessor.inference.durable import Memo
from assessor.knowledge.base import KnowledgeBase


class Assessor:
    """Assesses cases against one knowledge base; compiled rule sets are kept.

    Args:
        knowledge: the law.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._judges: dict[tuple[str, dt.date], Judge] = {}

    def judge(self, regime: str, window: Window) -> Judge:
        """The rulebook and result tables of a regime for a period of unchanged law."""
        key = (regime, window.valid_from)
        if key not in self._judges:
            self._judges[key] = Judge(build(self.knowledge, max(window.valid_from, window.first), regime))
        return self._judges[key]

    def results(
        self,
        case: Case,
        on: dt.date | None,
        as_of: dt.date,
        search: bool = False,
        known: Mapping[str, RegimeRun] | None = None,
    ) -> dict[str, RegimeRun]:
        """Every regime's runs, one for each rule set that its governing day meets.

        Args:
            case: the case.
            on: replaces the governing day of every regime.
            as_of: the day on which windows are open.
            search: run compiled Python only; such results must not be reported.
            known: the first regimes' runs, where they are known.
        """
        found: dict[str, RegimeRun] = dict(known or {})
        answers, memo = Answers(case.facts, on), Memo()
        for regime in self.knowledge.tables:
            if regime in found:
                continue
            begun = governing_day(case, self.knowledge, regime, on, as_of)
            given = (
                handed_on({name: run.open for name, run in found.items()}),
                handed_on({name: run.cautious for name, run in found.items()}),
            )
            runs = tuple(
                self._run(self.judge(regime, window), window, answers, as_of, None if search else memo, given)
                for window in windows(self.knowledge, regime, begun, case.file)
            )
            found[regime] = RegimeRun(regime, begun, runs, chosen(runs))
        return found

    def _run(
        self, judge: Judge, window: Window, answers: Answers, as_of: dt.date, memo: Memo | None, given: tuple[Given, Given]
    ) -> Run:
        """One rule set's run; without a memo by compiled Python only."""
        book = judge.rulebook
        conclude = book.engine.search if memo is None else partial(book.engine.conclude, memo=memo)
        open_reading = read(book, answers, as_of, False, conclude, given=given[0])
        cautious = cautiously(open_reading, answers, as_of, conclude, given[1])
        return Run(window, open_reading, cautious, judge, judge.verdict(cautious), judge.spread_of(open_reading))

    def report(self, case: Case, on: dt.date | None = None, as_of: dt.date | None = None, search: bool = False) -> Report:
        """The parts of an assessment, made as they are asked for.

        Args:
            case: the case.
            on: a day of law that replaces the governing day of every regime.
            as_of: the day on which open windows are shown; default the case's own, else today.
            search: run compiled Python only; such a report must not be shown to anybody.

        Raises:
            Problem: no law is entered for the day.
            EngineFault: durable-rules misbehaved or the evaluators differ; there is no result.
        """
        as_of = as_of or case.as_of or dt.date.today()
        return Report(self.knowledge, case, self.results(case, on, as_of, search), as_of)

    def assess(self, case: Case, on: dt.date | None = None, as_of: dt.date | None = None, explain: bool = True) -> m.Assessment:
        """The assessment of a case: ``report`` in full.

        Args:
            case, on, as_of: as for ``report``.
            explain: search for the findings that decide (tens of milliseconds); without it none are named.
        """
        return self.report(case, on, as_of).assessment(explain)


def assess(case: Case, knowledge: KnowledgeBase, on: dt.date | None = None, as_of: dt.date | None = None) -> m.Assessment:
    """One case assessed against a knowledge base; for several, keep an ``Assessor``."""
    return Assessor(knowledge).assess(case, on, as_of)
