"""Precedents argued, and the other side's case, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessor.assessment.models import Argument, Assessment, CounterPoint, Distinction, FactorRow
from assessor.memo.formats import Formats


def argued(argument: Argument, formats: Formats) -> dict[str, Any]:
    """A precedent in three steps.

    Returns:
        ``title``, ``standing``, and ``steps``: sentences to cite, distinguish and rebut; ``brief``, where it stands only.
    """
    words, name = formats.words["argument"], argument.name.get(formats.language)
    unknown = _named(argument.unknown, formats)
    untested = _named(argument.untested, formats)
    counts = {"shared": len(argument.shared), "all": len(argument.shared) + len(argument.unknown)}
    standing = words["standing"][argument.standing].format(name=name, unknown=unknown, untested=untested, **counts)
    if argument.points == "neither":
        standing = words["neither"].format(name=name)
    return {
        "id": argument.precedent,
        "name": name,
        "title": words["title"].format(name=name),
        "standing": standing,
        "brief": " ".join([standing, *_cited(argument, formats)]),
        "steps": [
            *_cited(argument, formats),
            *_distinguished(argument, formats),
            *_rebutted(argument, formats),
            *([words["untested"].format(names=untested, name=name)] if untested and argument.standing != "untested" else []),
            *([words["unknown"].format(names=unknown)] if argument.unknown and argument.standing != "forced_if" else []),
        ],
        "authorities": formats.citations(argument.citations),
    }


def countered(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The other side's case: a lead and one entry for each point. Below the limit a contract would have needed no notice."""
    words, side, points = formats.words["counter"], assessment.counter_for, assessment.counter
    lead = "for_below" if side == "for" and assessment.limit.within == "yes" else side
    doubts = [point.title.get(formats.language) for point in points if point.kind == "doubt"]
    return {
        "title": words["title"],
        "lead": words[lead],
        "none": None if points else words["none"],
        "points": [
            *(_point(point, formats) for point in points if point.kind != "doubt"),
            *([{"text": words["doubts"].format(ids=", ".join(doubts)), "authorities": ""}] if doubts else []),
        ],
    }


def _point(point: CounterPoint, formats: Formats) -> dict[str, str]:
    text = point.text.get(formats.language)
    told = formats.words["counter"]["kinds"][point.kind].format(
        title=point.title.get(formats.language), text=text.rstrip(".") if point.kind == "unproved" else text
    )
    return {
        "text": told,
        "authorities": formats.citations(point.citations) if point.citations else "",
    }


def _cited(argument: Argument, formats: Formats) -> list[str]:
    if not argument.shared:
        return []
    words = formats.words["argument"]
    shared = [
        words["cite_at"].format(factor=_quoted(row, formats), at=formats.pinpoint(row.at)) if row.at else _quoted(row, formats)
        for row in argument.shared
    ]
    return [
        words["cite"].format(
            shared=formats.listed(shared),
            name=argument.name.get(formats.language),
            decided=argument.decided.get(formats.language),
        )
    ]


def _distinguished(argument: Argument, formats: Formats) -> list[str]:
    words, language = formats.words["argument"], formats.language
    told = [words[each.kind].format(factor=_quoted(each, formats)) for each in argument.distinctions]
    name = argument.name.get(language)
    if argument.standing == "open" and not told:
        return []
    lines = [words["distinguish"].format(told=f"{'; '.join(told)}.") if told else words["distinguish_none"].format(name=name)]
    idle = [formats.quoted(each.get(language)) for each in argument.idle]
    return [*lines, *([words["idle"].format(names=formats.listed(idle))] if idle else [])]


def _rebutted(argument: Argument, formats: Formats) -> list[str]:
    """What the difference was no bar to, in other precedents."""
    words, language = formats.words["argument"], formats.language
    told = [
        words["no_bar_missing" if each.kind == "missing_here" else "no_bar_only"].format(
            factor=_quoted(each, formats), names=formats.listed(name.get(language) for name in each.no_bar)
        )
        for each in argument.distinctions
        if each.no_bar
    ]
    if not argument.distinctions:
        return []
    return [words["rebut"].format(told=f"{'; '.join(told)}.") if told else words["rebut_none"]]


def _named(rows: Iterable[FactorRow], formats: Formats) -> str:
    return formats.listed(_quoted(row, formats) for row in rows)


def _quoted(entry: FactorRow | Distinction, formats: Formats) -> str:
    return formats.quoted(entry.name.get(formats.language))
