"""Deadlines of a case: when they start and end, and whether they are open on the as-of day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessor.case.models import Fact
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Deadline
from assessor.quantities.dates import Days, end_of_period, next_weekday
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Period:
    """A deadline in a case.

    Attributes:
        applies: whether its conditions hold (truth value).
        start, end: the days its first and last day lie in; None where nothing is known.
        open: whether the as-of day lies before or on the last day (truth value).
    """

    applies: int
    start: Days | None
    end: Days | None
    open: int


def periods(
    rulebook: Rulebook, truth: Callable[[str], int], closes: str, facts: Mapping[str, Fact], as_of: dt.date
) -> tuple[dict[str, Period], int]:
    """The deadlines of one kind.

    Args:
        rulebook: the rules in force.
        truth: the truth value of an atom; the conditions of deadlines are closed.
        closes: what the deadlines close: a window stays open only while each that applies is open.
        facts: the answers.
        as_of: the day.

    Returns:
        Each deadline in force, and whether the window is open (truth value).
    """
    deadlines = rulebook.deadlines.get(closes, ())
    found = {deadline.id: _period(deadline, truth(atom), facts, as_of) for atom, deadline in deadlines}
    return found, _window(found, rulebook.knowledge)


def _window(found: Mapping[str, Period], knowledge: KnowledgeBase) -> int:
    """Whether a window is open, from the deadlines that close it (truth value)."""
    # a deadline without any start in the case (one that a ruling to come will start) counts once it surely applies
    relevant = {
        name: period
        for name, period in found.items()
        if period.applies == TRUE or (period.applies == UNKNOWN and knowledge.deadlines[name].start)
    }
    if all(period.open == FALSE for period in relevant.values()):
        return FALSE
    if any(knowledge.deadlines[name].outer and period.open == FALSE for name, period in relevant.items() if period.start):
        return FALSE
    if any(not knowledge.deadlines[name].start for name in relevant):
        return UNKNOWN
    still_open = TRUE
    for period in relevant.values():
        still_open &= NOT[period.applies] | period.open
    return still_open & max(period.applies for period in relevant.values())


def _period(deadline: Deadline, applies: int, facts: Mapping[str, Fact], as_of: dt.date) -> Period:
    start = next((facts[q].value for q in deadline.start if facts[q].state == "answered"), None)
    if start is None:
        return Period(applies, None, None, UNKNOWN if applies else FALSE)
    end = _last_day(deadline, start)
    if deadline.gives_way is not None and not (end.last is not None and end.last < deadline.gives_way.on):
        later = next((facts[q].value for q in deadline.gives_way.start if facts[q].state == "answered"), Days(None, None))
        until = _last_day(deadline, later).last
        end = Days(end.first, None if until is None or end.last is None else max(until, end.last))
    if end.first is not None and as_of <= end.first:
        is_open = TRUE
    elif end.last is not None and as_of > end.last:
        is_open = FALSE
    else:
        is_open = UNKNOWN
    return Period(applies, start, end, is_open)


def _last_day(deadline: Deadline, start: Days) -> Days:
    return Days(*(None if day is None else _end(deadline, day) for day in start))


def _end(deadline: Deadline, day: dt.date) -> dt.date:
    end = end_of_period(day, deadline.years, deadline.months, deadline.days, deadline.quarterly)
    return next_weekday(end) if deadline.moves else end
