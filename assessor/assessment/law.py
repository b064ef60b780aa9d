"""Which law applies: from the day the procurement commenced to the rule sets to run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assessor.case.applicability import holds
from assessor.case.models import Case
from assessor.inference.truth import TRUE
from assessor.knowledge.base import KnowledgeBase
from assessor.problems import Problem
from assessor.quantities.dates import Days, add_months


@dataclass(frozen=True, slots=True)
class Commencement:
    """When the procurement commenced, as far as the case says.

    Attributes:
        days: the days it may have commenced on.
        shown: the day as the case gives it.
        basis: the question it rests on, ``--on``, ``as_of`` for a draft without dates, or ``unknown``.
    """

    days: Days
    shown: str
    basis: str


@dataclass(frozen=True, slots=True)
class Window:
    """A period of unchanged law that the commencement may lie in.

    Attributes:
        first, last: the days of commencement in it.
        valid_from, valid_to: the whole period.
    """

    first: dt.date
    last: dt.date
    valid_from: dt.date
    valid_to: dt.date | None


def commencement(case: Case, knowledge: KnowledgeBase, on: dt.date | None, as_of: dt.date) -> Commencement:
    """When the procurement commenced.

    A date that only stands in for the commencement (a decision, the contract) lies after it; the law of the
    months before is then tried as well.

    Args:
        case: the case.
        knowledge: says which questions govern, and how far back a stand-in reaches.
        on: the day to use instead, if given.
        as_of: used for a draft that has no date yet.
    """
    rules = knowledge.governing
    if on is not None:
        return Commencement(Days(on, on), on.isoformat(), "--on")
    direct = case.facts[rules["commencement"]]
    if direct.state == "answered":
        return Commencement(_with_the_day_before(direct.value, knowledge), direct.value.text(), direct.question)
    for question in rules["stand_ins"]:
        fact = case.facts[question]
        if fact.state == "answered":
            days = Days(add_months(fact.value.first, -rules["stand_in_months"]), fact.value.last)
            return Commencement(days, fact.value.text(), question)
    if all(holds(case.facts[q], wanted) == TRUE for q, wanted in rules["draft_status"].items()):
        return Commencement(Days(as_of, as_of), as_of.isoformat(), "as_of")
    return Commencement(Days(first_day(knowledge), as_of), f"{first_day(knowledge)}/{as_of}", "unknown")


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


def first_day(knowledge: KnowledgeBase) -> dt.date:
    """The first day the knowledge base covers."""
    return dt.date.fromisoformat(knowledge.governing["first_day"])


def windows(knowledge: KnowledgeBase, days: Days) -> tuple[Window, ...]:
    """The periods of unchanged law that some days meet, in order.

    Raises:
        Problem: the days lie before the first the knowledge base covers.
    """
    first, last = days
    assert first is not None and last is not None
    start = first_day(knowledge)
    if last < start:
        raise Problem("date-outside-law", value=last, first=start)
    first = max(first, start)
    found: list[Window] = []
    while first <= last:
        valid_from, valid_to = knowledge.window(first)
        end = last if valid_to is None else min(last, valid_to)
        found.append(Window(first, end, valid_from, valid_to))
        first = end + dt.timedelta(days=1)
    return tuple(found)
