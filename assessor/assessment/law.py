"""Which law applies: from the day that governs a regime to the rule sets to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assessor.case.applicability import holds
from assessor.case.models import Case, Support
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Text
from assessor.problems import Problem
from assessor.quantities.dates import Days, add_months
from assessor.truth import TRUE


@dataclass(frozen=True, slots=True)
class GoverningDay:
    """The day whose law a regime is assessed under, as far as the case says.

    Attributes:
        days: the days it may be.
        shown: the day as the case gives it.
        basis: the question it rests on, ``--on``, ``as_of``, or ``unknown``.
        warning: what to say where the day only stands in for the right one.
        support: how the answer it rests on is supported, if it rests on one.
        doubt: the doubt that is open where the days have different law.
    """

    days: Days
    shown: str
    basis: str
    warning: Text | None = None
    support: Support | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A period of unchanged law that the governing day may lie in.

    Attributes:
        first, last: the governing days in it.
        valid_from, valid_to: the whole period.
    """

    first: dt.date
    last: dt.date
    valid_from: dt.date
    valid_to: dt.date | None


def governing_day(case: Case, knowledge: KnowledgeBase, regime: str, on: dt.date | None, as_of: dt.date) -> GoverningDay:
    """The day whose law a regime is assessed under.

    A date that only stands in for the right one may lie months from it; the law of those months is tried as well.

    Args:
        case: the case.
        knowledge: says which questions govern, and how far a stand-in may lie away.
        regime: whose law.
        on: the day to use instead, if given.
        as_of: used where the law of the day is asked for, and for a draft that has no date yet.
    """
    if on is not None:
        return GoverningDay(Days(on, on), on.isoformat(), "--on")
    rules = knowledge.regimes[regime]
    if rules.date is not None:
        direct = case.facts[rules.date]
        if direct.state == "answered":
            days = _with_the_day_before(direct.value, knowledge)
            return GoverningDay(days, direct.value.text(), direct.question, support=direct.support)
    for question, reach in rules.stand_ins.items():
        fact = case.facts[question]
        if fact.state == "answered":
            first, last = add_months(fact.value.first, -reach.before), add_months(fact.value.last, reach.after)
            if reach.since is not None and case.facts[reach.since].state == "answered":
                first = min(fact.value.first, case.facts[reach.since].value.first)
            days = Days(first, max(first, min(last, as_of)))
            return GoverningDay(days, fact.value.text(), question, rules.warning, fact.support, rules.doubt)
    now = GoverningDay(Days(as_of, as_of), as_of.isoformat(), "as_of")
    if rules.otherwise == "as_of":
        return now
    if all(holds(case.facts[q], wanted) == TRUE for q, wanted in knowledge.governing["draft_status"].items()):
        return now
    return GoverningDay(Days(first_day(knowledge), as_of), f"{first_day(knowledge)}/{as_of}", "unknown")


def _with_the_day_before(days: Days, knowledge: KnowledgeBase) -> Days:
    """The days, and the day before them where it is not settled which law the first of them has."""
    if days.first is not None and days.first.isoformat() in knowledge.governing["uncertain_days"]:
        return Days(days.first - dt.timedelta(days=1), days.last)
    return days


def uncertain(knowledge: KnowledgeBase, days: Days) -> tuple[str, ...]:
    """The doubts about which law applies that some days touch."""
    return tuple(
        doubt
        for day, doubt in knowledge.governing["uncertain_days"].items()
        if days.first is not None and days.last is not None and days.first <= dt.date.fromisoformat(day) <= days.last
    )


def ahead(knowledge: KnowledgeBase, begun: GoverningDay) -> bool:
    """Whether a day that was given lies after the day up to which the law was read."""
    return begun.basis not in ("as_of", "unknown") and begun.days.last is not None and begun.days.last > knowledge.state


def first_day(knowledge: KnowledgeBase) -> dt.date:
    """The first day the knowledge base covers."""
    return dt.date.fromisoformat(knowledge.governing["first_day"])


def windows(knowledge: KnowledgeBase, regime: str, begun: GoverningDay, file: str | None = None) -> tuple[Window, ...]:
    """The periods in which a regime's law does not change that a governing day meets, in order.

    Args:
        knowledge: the law.
        regime: whose law.
        begun: the governing day.
        file: the case file, for the message.

    Raises:
        Problem: the day lies before the first the knowledge base covers.
    """
    first, last = begun.days
    assert first is not None and last is not None
    start = first_day(knowledge)
    if last < start:
        in_file = file if not begun.basis.startswith("--") else None
        raise Problem("date-outside-law", file=in_file, basis=begun.basis, value=last, first=start)
    first = max(first, start)
    found: list[Window] = []
    while first <= last:
        valid_from, valid_to = knowledge.window(regime, first)
        end = last if valid_to is None else min(last, valid_to)
        found.append(Window(first, end, valid_from, valid_to))
        first = end + dt.timedelta(days=1)
    return tuple(found)
