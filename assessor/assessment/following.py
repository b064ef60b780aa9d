"""What follows from the result: deadlines, duties, lawful routes, and what of the law is about to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from assessor.assessment import models as m
from assessor.assessment.citing import cite_norm, norm_citations
from assessor.assessment.exposure import WORDS
from assessor.assessment.reading import Reading
from assessor.inference.rulebook import condition_atom
from assessor.knowledge.base import KnowledgeBase
from assessor.truth import FALSE, TRUE


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
                regime=deadline.regime,
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
    book, memory = reading.rulebook, reading.memory
    found = []
    for arises, met, duty in book.duties:
        if memory[arises] == FALSE:
            continue
        found.append(
            m.DutyResult(
                id=duty.id,
                regime=duty.regime,
                name=duty.name,
                arises=WORDS[memory[arises]],
                met=WORDS[memory[met]],
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


def notices(knowledge: KnowledgeBase, readings: Mapping[str, Reading], as_of: dt.date) -> tuple[m.NoticeShown, ...]:
    """The notices that stand on the as-of day and concern the case, or may.

    Args:
        knowledge: where they stand.
        readings: the open reading of each regime assessed.
        as_of: the day.
    """
    found = []
    for notice in knowledge.notices.values():
        if not notice.published <= as_of <= (notice.until or as_of):
            continue
        reading = readings.get(notice.regimes[0])
        asked = notice.when is not None and reading is not None
        concerns = reading.truth(condition_atom("notice", notice.id)) if asked and reading else TRUE
        if concerns == FALSE:
            continue
        source = knowledge.sources[notice.source]
        found.append(
            m.NoticeShown(
                id=notice.id,
                title=notice.title,
                text=notice.text,
                status=notice.status,
                published=notice.published,
                expected=notice.expected,
                regimes=notice.regimes,
                concerns=WORDS[concerns],
                citations=(m.Citation(source.id, source.cite, notice.at, notice.certainty, "guidance"),),
                doubts=notice.doubts,
            )
        )
    return tuple(found)
