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
    name = comparison.name.get(language)
    groups = []
    for group in layout()["comparison"]:
        rows = [row for row in comparison.rows if row.factor in getattr(comparison, group)]
        groups.append(
            {
                "id": group,
                "title": words[group].format(precedent=name),
                "lead": words.get(f"{group}_lead"),
                "none": words.get(f"{group}_none"),
                "rows": [_row(row, formats) for row in rows],
            }
        )
    ratio = [row.name.get(language) for row in comparison.rows if row.factor in comparison.shared and _attached(row)]
    attached = [row for row in comparison.rows if _attached(row)]
    differ = [lowered(row.name.get(language)) for row in comparison.rows if row.factor in comparison.distinguishing]
    told = formats.words["summary"]
    named = formats.listed(formats.quoted(name) for name in ratio)
    absent = [row.name.get(language) for row in comparison.rows if row.relation == "absent"]
    return {
        "name": name,
        "brief": {
            "label": told["compared"].format(precedent=name),
            "told": told["compared_count"].format(
                shared=len(ratio),
                all=len(attached),
                differ=told["compared_differ"].format(names=formats.listed(differ)) if differ else told["compared_same"],
            ),
        },
        "about": comparison.about.get(language),
        "decided": comparison.decided.get(language),
        "authorities": formats.citations(comparison.citations),
        "groups": [group for group in groups if group["rows"] or group["none"]],
        "ratio": words["ratio_line"].format(names=named) if ratio else words["ratio_none"],
        "absent": words["absent"].format(names="; ".join(absent)) if absent else None,
        "cautions": [caution.get(language) for caution in comparison.cautions],
    }


def _attached(row: FactorRow) -> bool:
    """Whether the court attached importance to it: only operative reasons, and only for what counts."""
    return row.rank == "ratio" and row.counts and row.there == "yes"


def _row(row: FactorRow, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words
    if _attached(row):
        role = words["comparison"]["attached"]
    elif row.rank == "ratio" and not row.counts:
        role = words["comparison"]["reason_other"]
    else:
        role = words["ranks"][row.rank]
    place = f"{formats.pinpoint(row.at)}{formats.mark(row.certainty)}" if row.at else formats.mark(row.certainty).strip()
    return {
        "id": row.factor,
        "name": row.name.get(language),
        "here": words["truth"][row.here],
        "there": words["truth"][row.there],
        "role": role,
        "place": place,
        "note": row.note.get(language) if row.note else None,
    }


def _brief(comparison: Comparison, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words["comparison"]
    names = {row.factor: row.name.get(language) for row in comparison.rows}
    return {
        "name": comparison.name.get(language),
        "authorities": formats.citations(comparison.citations)[:1],
        "decided": comparison.decided.get(language),
        "weight": words["weights"][comparison.weight],
        "shared": [names[factor] for factor in comparison.shared],
        "differs": [names[factor] for factor in comparison.distinguishing],
    }
