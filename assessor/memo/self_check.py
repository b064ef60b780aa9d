"""The organisation's edition: how its proposal looks, what to clear up, what to bring, and one page to hand over."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment, Finding
from assessor.memo.context import memo_context
from assessor.memo.formats import Formats, lowered
from assessor.memo.wording import layout

#: Entries told under each heading, and on the page to hand over.
TOLD, HANDED_OVER, NO_HELP = 6, 4, 5


def self_check_context(assessment: Assessment, language: str) -> dict[str, Any]:
    """What the self-check prints: the memo's context, and what it says in plainer words.

    Args:
        assessment: the assessment.
        language: ``sv`` or ``en``.
    """
    context = memo_context(assessment, language)
    formats = Formats(language)
    words = formats.words["check"]
    quality = assessment.regimes[-1]
    criteria = [{"name": each.name.get(language), "status": each.status, "told": words[each.status]} for each in quality.elements]
    questions = context["firm"]["next"] if context["firm"] else []
    asked = questions or [
        {"question": each.text.get(language), "why": each.why.get(language)} for each in assessment.unknown if each.decides
    ]
    klass = formats.class_name(assessment.klass)
    levers = assessment.advice.levers if assessment.advice else ()
    own = {lever.name.get(language) for lever in levers if lever.who in ("organisation", "both")}
    advice = context["advice"]
    return {
        **context,
        "title": f"{words['kind']}: {context['case']}",
        "check": {
            "class": words["class"].format(klass=lowered(klass)),
            "means": words["class_means"][assessment.klass],
            "buys": _told(assessment, "for", language),
            "supports": _told(assessment, "against", language),
            "ask": asked[:TOLD],
            "criteria": criteria,
            "levers": [lever for lever in advice["levers"] if lever["name"] in own] if advice else [],
            "theirs": _theirs(assessment, formats),
            "shams": advice["shams"][:NO_HELP] if advice else [],
            "duties": [
                {"name": duty.name.get(language), "because": duty.because.get(language)}
                for duty in assessment.duties
                if duty.arises == "yes" and duty.met != "yes" and duty.regime not in (assessment.regimes[0].id,)
            ],
            "bring": [each["name"] for each in criteria if each["status"] == "met"][:TOLD],
            "sheet_ask": [each["question"] for each in asked[:HANDED_OVER]],
            "routes": _routes(assessment, language),
            "parties": [name for role, name in assessment.case.parties.items() if role in layout()["own_roles"]],
        },
    }


def _theirs(assessment: Assessment, formats: Formats) -> str | None:
    """What the authority must do besides, in the set of changes told first."""
    advice = assessment.advice
    sets = (advice.sets or advice.nearest) if advice else ()
    if not advice or not sets:
        return None
    names = [
        formats.quoted(lever.name.get(formats.language))
        for lever in advice.levers
        if lever.id in sets[0].levers and lever.who == "authority"
    ]
    klass = lowered(formats.class_name(sets[0].klass))
    return str(formats.words["check"]["change_theirs"]).format(klass=klass, names=formats.listed(names)) if names else None


def _routes(assessment: Assessment, language: str) -> list[str]:
    """The ways that can be tried together: not those in which the organisation has no part."""
    shown = [route for state in ("yes", "unknown") for route in assessment.routes if route.open == state]
    return [route.name.get(language) for route in shown if route.id not in layout()["not_together"]][:HANDED_OVER]


def _told(assessment: Assessment, side: str, language: str) -> list[dict[str, str]]:
    """The findings of the first regime that hold and point one way, those of an element only."""
    first = assessment.regimes[0].id
    sides = (side, "denied") if side == "against" else (side,)
    found: list[Finding] = [
        each
        for each in assessment.findings
        if each.regime == first and each.holds == "yes" and each.element and each.side in sides and each.weight != "none"
    ]
    return [{"name": each.conclusion_name.get(language), "because": each.because.get(language)} for each in found[:TOLD]]
