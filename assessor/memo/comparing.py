"""The case beside decided cases, as the memo shows it."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment, Comparison, FactorRow
from assessor.memo.formats import Formats, lowered
from assessor.memo.wording import layout


def compared(assessment: Assessment, formats: Formats) -> dict[str, Any] | None:
    """The comparison with the benchmark precedent in full, and the others briefly; None where there is none."""
    if not assessment.precedents:
        return None
    benchmark = assessment.exposure.fee.benchmark.precedent
    ordered = sorted(assessment.precedents, key=lambda comparison: comparison.precedent != benchmark)
    return {**_main(ordered[0], formats), "others": [_brief(comparison, formats) for comparison in ordered[1:]]}


def _main(comparison: Comparison, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words["comparison"]
    name, court = comparison.name.get(language), _court(comparison, formats)
    places = {_place(row, formats) for row in comparison.rows if _attached(row)}
    place = places.pop() if len(places) == 1 else None
    groups = []
    for group in layout()["comparison"]:
        rows = [row for row in comparison.rows if row.factor in getattr(comparison, group)]
        groups.append(
            {
                "id": group,
                "title": words[group].format(precedent=name),
                "lead": words.get(f"{group}_lead"),
                "none": words.get(f"{group}_none"),
                "rows": [_row(row, court, place, formats) for row in rows],
            }
        )
    shared = [row.name.get(language) for row in comparison.rows if row.factor in comparison.shared and _attached(row)]
    named = formats.listed(formats.quoted(name) for name in shared)
    absent = [lowered(row.name.get(language)) for row in comparison.rows if row.relation == "absent"]
    return {
        "name": name,
        "brief": {
            "label": formats.words["summary"]["compared"].format(precedent=name),
            "told": _in_short(comparison, court, len(shared), formats),
        },
        "about": comparison.about.get(language),
        "decided": comparison.decided.get(language),
        "authorities": formats.citations(comparison.citations),
        "groups": [group for group in groups if group["rows"] or group["none"]],
        "ratio": words["ratio_line" if shared else "ratio_none"].format(court=court, names=named),
        "ratio_place": words["ratio_place"].format(court=court, place=place) if place else None,
        "absent": words["absent"].format(names=formats.listed(absent)) if absent else None,
        "cautions": [caution.get(language) for caution in comparison.cautions],
    }


def _court(comparison: Comparison, formats: Formats) -> str:
    """What the court is called: the first word of how its decision is cited."""
    cites = [citation.cite.get(formats.language) for citation in comparison.citations]
    return cites[0].split()[0] if cites else comparison.name.get(formats.language)


def _in_short(comparison: Comparison, court: str, shared: int, formats: Formats) -> str:
    language, words = formats.language, formats.words["summary"]
    attached = [row for row in comparison.rows if _attached(row)]
    unknown = sum(row.here == "unknown" for row in attached)
    told = [
        words["compared_count"].format(court=court, shared=shared, all=len(attached)),
        words["compared_unknown"].format(n=unknown) if unknown else "",
    ]
    for form, relation in (("compared_missing", "only_there"), ("compared_only", "only_here")):
        rows = [row for row in comparison.rows if row.factor in comparison.distinguishing and row.relation == relation]
        if rows:
            told.append(words[form].format(names=_first_of([lowered(row.name.get(language)) for row in rows], formats)))
    if not comparison.distinguishing:
        told.append(words["compared_same"])
    return " ".join(filter(None, told))


def _first_of(names: list[str], formats: Formats) -> str:
    """The first few names, and how many more there are."""
    first = layout()["first_names"]
    more = [formats.words["summary"]["more_names"].format(n=len(names) - first)] if len(names) > first else []
    return formats.listed([*names[:first], *more])


def _attached(row: FactorRow) -> bool:
    """Whether the court attached importance to it: only operative reasons, and only for what counts."""
    return row.rank == "ratio" and row.counts and row.there == "yes"


def _place(row: FactorRow, formats: Formats) -> str:
    """Where it is said, and how that was read."""
    read = formats.words["certainty"][row.certainty] if row.rank != "inference" and formats.mark(row.certainty) else None
    return ", ".join(filter(None, (formats.pinpoint(row.at) if row.at else None, read)))


def _row(row: FactorRow, court: str, told: str | None, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words
    if _attached(row):
        role = words["comparison"]["attached"].format(court=court)
    elif row.rank == "ratio" and not row.counts:
        role = words["comparison"]["reason_other"].format(court=court)
    else:
        role = words["ranks"][row.rank]
    place = _place(row, formats)
    return {
        "id": row.factor,
        "name": row.name.get(language),
        "here": words["truth"][row.here],
        "there": words["truth"][row.there],
        "role": role,
        "place": None if place == told and _attached(row) else place,
        "note": row.note.get(language) if row.note else None,
    }


def _brief(comparison: Comparison, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words["comparison"]
    names = {row.factor: lowered(row.name.get(language)) for row in comparison.rows}
    return {
        "id": comparison.precedent,
        "name": comparison.name.get(language),
        "authorities": formats.citations(comparison.citations[:1]),
        "decided": comparison.decided.get(language),
        "weight": words["weights"][comparison.weight],
        "shared": [names[factor] for factor in comparison.shared],
        "differs": [names[factor] for factor in comparison.distinguishing],
    }
