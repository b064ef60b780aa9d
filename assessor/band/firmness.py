"""How firm a class is: the exact bands, what a change hangs on, and the questions to answer next, for the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import inf
from typing import cast

from assessor.assessment import models as m
from assessor.assessment.assess import Assessor
from assessor.assessment.trial import Trials
from assessor.band.aspects import NEVER, ClassOf, DeadlineEnd, HighestFine
from assessor.band.completions import End, ends
from assessor.band.ranking import Ranked, Ranking, Turn, rank
from assessor.band.splits import Splits
from assessor.case.models import Case, Fact
from assessor.case.words import answer_text
from assessor.inference.durable import EngineFault
from assessor.knowledge.models import Text

#: Trials for each end of the class's band, and of the fine's and each deadline's.
CLASS_BUDGET, OTHER_BUDGET = 2500, 60
#: Rule sets that those budgets are meant for; where a case has no day it runs many, and fewer trials are made.
RULE_SETS = 6
#: Questions told.
TOLD = 10

Stop = Callable[[], bool]


def firmness(
    assessor: Assessor,
    case: Case,
    assessment: m.Assessment,
    on: dt.date | None = None,
    stop: Stop | None = None,
) -> m.Firmness:
    """How firm the class of an assessment is.

    Searched by compiled Python; what it says is reached is assessed again by durable-rules and must agree.

    Args:
        assessor: the law.
        case: what was assessed.
        assessment: its assessment.
        on: as in the assessment.
        stop: asked now and then whether to give up; what is known then is told, as outer bounds.

    Raises:
        EngineFault: durable-rules gives an end of the band another class.
    """
    trials = Trials(assessor, case, on, assessment.as_of)
    splits = Splits.over(trials)
    share = max(1, sum(map(len, trials.opened.readings.values())) // RULE_SETS)
    found = ends(trials, splits, ClassOf(trials), CLASS_BUDGET // share, stop)
    for end in (found.lowest, found.highest):
        _confirm(trials, end)
    ranking = rank(trials, splits, stop=stop)
    here = trials.order.index(assessment.klass)
    fine = ends(trials, splits, HighestFine(trials), OTHER_BUDGET // share, stop)
    return m.Firmness(
        band=_band(trials, int(found.lowest.value), int(found.highest.value)),
        outer=now(trials),
        best_exact=found.lowest.exact,
        worst_exact=found.highest.exact,
        falls_only_if=_only_if(trials, ranking, lambda turn: turn.best < here) if found.lowest.value < here else (),
        rises_only_if=_only_if(trials, ranking, lambda turn: turn.worst > here) if found.highest.value > here else (),
        fine=m.FineBand(
            lowest_sek=int(fine.lowest.value),
            lowest_exact=fine.lowest.exact,
            highest_sek=None if fine.highest.value == inf else int(fine.highest.value),
            highest_exact=fine.highest.exact,
        ),
        deadlines=tuple(_deadline(entry.id, trials, splits, OTHER_BUDGET // share, stop) for entry in assessment.deadlines),
        next=tuple(next_question(trials, each) for each in ranking.next[:TOLD]),
    )


def now(trials: Trials) -> m.Band:
    """The classes possible as the case stands, without any search."""
    return _band(trials, trials.opened.outlook.best, trials.opened.outlook.worst)


def next_question(trials: Trials, ranked: Ranked) -> m.NextQuestion:
    """A ranked question in words."""
    question = trials.assessor.knowledge.questions[ranked.question]
    return m.NextQuestion(
        question=question.id,
        text=question.text,
        why=question.why,
        narrows=round(ranked.narrows, 1),
        decides_alone=ranked.decides_alone,
        effort=ranked.effort,
        answers=tuple(m.AnswerTried(_text(trials, turn.fact), _band(trials, turn.best, turn.worst)) for turn in ranked.turns),
    )


def _only_if(trials: Trials, ranking: Ranking, allows: Callable[[Turn], bool]) -> tuple[m.OnlyIf, ...]:
    """The questions some of whose answers rule a change out; the bounds are sound, so without the others there is none."""
    found = []
    for ranked in ranking.next:
        possible = [turn for turn in ranked.turns if allows(turn)]
        if ranked.covers and possible and len(possible) < len(ranked.turns):
            question = trials.assessor.knowledge.questions[ranked.question]
            found.append(m.OnlyIf(question.id, question.text, tuple(_text(trials, turn.fact) for turn in possible)))
    return tuple(found)


def _deadline(identity: str, trials: Trials, splits: Splits, budget: int, stop: Stop | None) -> m.DeadlineBand:
    found = ends(trials, splits, DeadlineEnd(trials, identity), budget, stop)
    return m.DeadlineBand(identity, _day(found.lowest), found.lowest.exact, _day(found.highest), found.highest.exact)


def _day(end: End) -> dt.date | None:
    return dt.date.fromordinal(int(end.value)) if 0 < end.value < NEVER else None


def _confirm(trials: Trials, end: End) -> None:
    if not end.exact:
        return
    facts = trials.look({fact.question: fact for fact in end.answers}).facts
    report = trials.assessor.report(trials.case.with_facts(dict(facts)), trials.on, trials.as_of)
    if trials.order.index(report.klass) != end.value:
        raise EngineFault(f"the band says {trials.order[int(end.value)]}, the assessment of its answers {report.klass}")


def _band(trials: Trials, best: int, worst: int) -> m.Band:
    return m.Band(cast(m.Class, trials.order[best]), cast(m.Class, trials.order[worst]))


def _text(trials: Trials, fact: Fact) -> Text:
    return answer_text(trials.assessor.knowledge.questions[fact.question], fact)
