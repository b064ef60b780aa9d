"""What follows from the result: deadlines, duties of a direct award, lawful routes."""

from __future__ import annotations

import datetime as dt

from assessor.assessment import models as m
from assessor.assessment.citing import cite_norm, norm_citations
from assessor.assessment.exposure import WORDS
from assessor.assessment.reading import Reading
from assessor.inference.rulebook import condition_atom
from assessor.inference.truth import FALSE, TRUE


def deadlines(reading: Reading) -> tuple[m.DeadlineResult, ...]:
    """The deadlines that apply or may apply, as they stand on the as-of day."""
    found = []
    for deadline in reading.rulebook.knowledge.deadlines.values():
        period = reading.periods.get(deadline.id)
        if period is None or period.applies == FALSE:
            continue
        found.append(
            m.DeadlineResult(
                id=deadline.id,
                name=deadline.name,
                closes=deadline.closes,
                applies=WORDS[period.applies],
                starts=period.start.text() if period.start else None,
                ends=period.end.text() if period.end else None,
                open=WORDS[period.open],
                whose=deadline.whose,
                effect=deadline.effect,
                reservation=deadline.reservation,
                citations=norm_citations(reading.rulebook, deadline.norm),
            )
        )
    return tuple(found)


def duties(reading: Reading) -> tuple[m.DutyResult, ...]:
    """The duties that arise or may arise under the law applied."""
    book = reading.rulebook
    found = []
    for duty in book.knowledge.duties.values():
        arises = reading.truth(condition_atom("duty", duty.id))
        if arises == FALSE or not book.knowledge.in_force(duty.norm, book.on):
            continue
        found.append(
            m.DutyResult(
                id=duty.id,
                name=duty.name,
                arises=WORDS[arises],
                met=WORDS[reading.truth(condition_atom("met", duty.id))],
                because=duty.because,
                citations=norm_citations(book, duty.norm),
            )
        )
    return tuple(found)


def routes(reading: Reading, as_of: dt.date) -> tuple[m.RouteResult, ...]:
    """The routes that the law of the as-of day has: a way ahead is taken under today's law."""
    knowledge = reading.rulebook.knowledge
    found = []
    for route in knowledge.routes.values():
        if not knowledge.in_force(route.norm, as_of):
            continue
        truth = TRUE if route.when is None else reading.truth(condition_atom("route", route.id))
        found.append(
            m.RouteResult(
                id=route.id,
                name=route.name,
                open=WORDS[truth],
                how=route.how,
                conditions=route.conditions,
                cautions=route.cautions,
                citations=cite_norm(knowledge, route.norm, as_of),
                doubts=route.doubts,
            )
        )
    return tuple(found)
