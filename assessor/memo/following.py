"""What follows: deadlines, duties, lawful ways ahead, law to come."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment, DutyResult
from assessor.memo.charts import timeline
from assessor.memo.formats import Formats, lowered, sentence


def deadlines_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The deadlines that apply or may apply, with their timeline; the others by name."""
    words = formats.words["deadlines"]
    shown = [deadline for deadline in assessment.deadlines if deadline.applies == "yes" or deadline.ends]
    may = [d.name.get(formats.language) for d in assessment.deadlines if d.applies == "unknown" and not d.ends]
    rest = [deadline.name.get(formats.language) for deadline in assessment.deadlines if deadline.applies == "no"]
    return {
        "lead": words["lead"].format(as_of=formats.date(assessment.as_of)),
        "timeline": timeline(shown, assessment.as_of, formats),
        "rows": [
            {
                "name": deadline.name.get(formats.language),
                "may": words["may_apply"] if deadline.applies == "unknown" else None,
                "whose": deadline.whose.get(formats.language),
                "starts": words["from"].format(starts=formats.day(deadline.starts)) if deadline.starts else None,
                "ends": formats.day(deadline.ends),
                "open": deadline.open,
                "open_name": formats.words["window"][deadline.open],
                "effect": sentence(deadline.effect.get(formats.language)),
                "reservation": words["reservation"].format(text=lowered(sentence(deadline.reservation.get(formats.language)))),
                "authorities": formats.citations(deadline.citations),
            }
            for deadline in shown
        ],
        "may": words["may_run"].format(names="; ".join(map(lowered, may))) if may else None,
        "rest": words["not_applicable"].format(names="; ".join(rest)) if rest else None,
    }


def duties_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The duties by regime; those that only may arise by name."""
    groups = []
    for regime in assessment.regimes:
        rows = [_duty(formats, duty) for duty in assessment.duties if duty.arises == "yes" and duty.regime == regime.id]
        if rows:
            groups.append({"name": regime.name.get(formats.language), "rows": rows})
    may = [duty.name.get(formats.language) for duty in assessment.duties if duty.arises == "unknown"]
    told = formats.words["duties"]["may_arise"].format(names="; ".join(map(lowered, may))) if may else None
    return {"groups": groups, "may_arise": told}


def _duty(formats: Formats, duty: DutyResult) -> dict[str, str]:
    return {
        "name": duty.name.get(formats.language),
        "arises": formats.words["truth"][duty.arises],
        "met": formats.words["truth"][duty.met],
        "because": duty.because.get(formats.language),
        "authorities": formats.citations(duty.citations),
    }


def routes_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The lawful ways ahead that are open, or may be; the closed ones by name."""
    words = formats.words["routes"]
    shown = [route for state in ("yes", "unknown") for route in assessment.routes if route.open == state]
    closed = [route.name.get(formats.language) for route in assessment.routes if route.open == "no"]
    return {
        "rows": [
            {
                "name": route.name.get(formats.language),
                "open": route.open,
                "open_name": words["open"][route.open],
                "how": route.how.get(formats.language),
                "conditions": route.conditions.get(formats.language),
                "cautions": route.cautions.get(formats.language) if route.cautions else None,
                "authorities": formats.citations(route.citations),
                "doubts": ", ".join(route.doubts),
            }
            for route in shown
        ],
        "closed": words["closed"].format(names="; ".join(closed)) if closed else None,
    }


def notices_told(assessment: Assessment, formats: Formats) -> list[dict[str, Any]]:
    """Law to come, which decides nothing."""
    words = formats.words["notices"]
    return [
        {
            "title": notice.title.get(formats.language),
            "text": notice.text.get(formats.language),
            "status": words["status"][notice.status].format(
                published=formats.date(notice.published),
                expected=formats.date(notice.expected) if notice.expected else words["no_day"],
            ),
            "authorities": formats.citations(notice.citations),
            "doubts": ", ".join(notice.doubts),
        }
        for notice in assessment.notices
    ]
