"""Value, limit and exposure, as the memo shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.assessment.models import Assessment, Ceiling, Fee, Limit, Remedy, Value
from assessor.memo.charts import fee_scale
from assessor.memo.formats import Formats, sentence
from assessor.memo.wording import layout


def valued(value: Value, formats: Formats, questions: Mapping[str, str]) -> dict[str, Any]:
    """The value, method by method.

    Args:
        value: the value of the procurement.
        formats: the language.
        questions: the texts of the unanswered questions.
    """
    language, words = formats.language, formats.words["value"]
    shown = layout()["missing_questions"]
    names = {method.id: method.name.get(language) for method in value.methods}
    carried = names.get(value.carried_by or "")
    total = formats.money(value.total_sek)
    if value.total_sek is None or value.total_sek == (0, None):
        told = words["total_unknown"]
    elif carried:
        told = words["total_carried"].format(amount=total, method=carried)
    else:
        told = words["total"].format(amount=total)
    return {
        "total": told,
        "amount": total,
        "methods": [
            {
                "name": method.name.get(language),
                "applies": formats.words["applies"][method.applies],
                "carries": method.id == value.carried_by,
                "amount": formats.money(method.sek, exact=True),
                "because": method.because.get(language) if method.because else None,
                "authorities": formats.citations(method.citations) or formats.mark(method.certainty).strip(),
            }
            for method in value.methods
            if method.applies != "no"
        ],
        "without_in_kind": (
            words["without_in_kind"].format(amount=formats.money(value.without_in_kind_sek))
            if value.without_in_kind_sek != value.total_sek
            else None
        ),
        "stated": [
            words["stated_on" if stated.on else "stated"].format(
                who=stated.who, amount=formats.money(stated.sek), on=formats.answer(stated.on or "")
            )
            for stated in value.stated_by_others
        ],
        "missing": [questions.get(question, question) for question in value.missing[:shown]],
        "missing_more": max(len(value.missing) - shown, 0),
    }


def limited(limit: Limit, formats: Formats) -> dict[str, Any]:
    """The limit, how it is to be kept, and whether the value keeps to it."""
    language, words = formats.language, formats.words["value"]
    known = limit.sek is not None and limit.sek != (0, None)
    classes = [formats.words["service_classes"].get(name, name) for name in limit.service_class]
    line = (
        words["limit_line"].format(amount=formats.money(limit.sek, exact=True), relation=words["relation"][limit.relation])
        if known
        else words["limit_unknown"]
    )
    return {
        "line": line,
        "amount": formats.money(limit.sek),
        "within": words["within"][limit.within],
        "service_class": words["service_class"].format(names=formats.listed(classes, "or")) if classes else None,
        "reason": limit.reason.get(language) if limit.reason else None,
        "authorities": formats.citations(limit.citations),
        "doubts": ", ".join(limit.doubts),
    }


def ceiling_told(ceiling: Ceiling, formats: Formats) -> dict[str, Any]:
    """A sum of aid and the ceiling it is held against, part by part; what is not known is said to be unknown."""
    words = formats.words["ceilings"]
    margin = ceiling.margin_sek
    low, high = margin if isinstance(margin, tuple) else (margin, margin)
    over = high is not None and high < 0
    span = (None if high is None else -high, None if low is None else -low) if over else (low, high)
    parts = (
        ("ceiling_eur", formats.number_of(ceiling.ceiling_eur, words["eur"])),
        ("rate", formats.number_of(ceiling.rate, words["per_hundred"])),
        ("ceiling_sek", formats.money(ceiling.ceiling_sek, exact=True)),
        ("this_sek", formats.money(ceiling.this_sek, exact=True)),
        ("other_sek", formats.money(ceiling.other_sek, exact=True)),
        ("total_sek", formats.money(ceiling.total_sek, exact=True)),
        ("over_sek" if over else "margin_sek", formats.between(*span, exact=True)),
    )
    return {
        "title": ceiling.name.get(formats.language),
        "rows": [{"name": words[name], "amount": amount} for name, amount in parts],
        "within": words["within"][ceiling.within],
        "brief": words["brief"].format(
            name=ceiling.name.get(formats.language),
            total=formats.money(ceiling.total_sek),
            ceiling=formats.money(ceiling.ceiling_sek),
            within=words["within"][ceiling.within],
        ),
        "authorities": formats.citations(ceiling.citations),
        "doubts": ", ".join(ceiling.doubts),
    }


def exposed(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The fine with its bounds and scale, ineffectiveness and damages."""
    exposure = assessment.exposure
    return {
        "fee": _fee(exposure.fee, formats),
        "ineffectiveness": _remedy("ineffectiveness", exposure.ineffectiveness, formats),
        "damages": _remedy("damages", exposure.damages, formats),
    }


def _fee(fee: Fee, formats: Formats) -> dict[str, Any]:
    language, words = formats.language, formats.words["exposure"]
    calibration, benchmark = fee.calibration, fee.benchmark
    known = fee.ceiling_sek is not None and fee.ceiling_sek != (0, None)
    shares = {
        "n": calibration.n,
        "lower": formats.share(calibration.lower_quartile),
        "upper": formats.share(calibration.upper_quartile),
        "smallest": formats.share(calibration.smallest),
        "greatest": formats.share(calibration.greatest),
        "median": formats.share(calibration.median),
    }
    told = words["sentence" if known else "sentence_unknown"]
    return {
        "applies": fee.applies,
        "applies_told": words["applies"][fee.applies],
        "condition": fee.condition.get(language),
        "explanation": fee.explanation.get(language),
        "told": told.format(ceiling=_at_most(fee, formats), **shares),
        "floor": formats.money(fee.floor_sek, exact=True),
        "ceiling": formats.money(fee.ceiling_sek, exact=True),
        "ceiling_short": formats.money(fee.ceiling_sek),
        "likely": formats.span(fee.likely_low_sek, fee.likely_high_sek, exact=True),
        "likely_short": formats.span(fee.likely_low_sek, fee.likely_high_sek),
        "outer": formats.span(fee.outer_low_sek, fee.outer_high_sek, exact=True),
        "decided_by": words["decided_by"][fee.decided_by or "unknown"],
        "window": formats.day(fee.window_ends),
        "window_open": formats.words["window"][fee.window_open],
        "scale": fee_scale(fee, formats),
        "benchmark": words["benchmark"].format(
            name=benchmark.name.get(language),
            fee=formats.money(benchmark.fee_sek),
            ceiling=formats.money(benchmark.ceiling_sek),
            share=formats.share(benchmark.share),
            value=formats.money(benchmark.value_sek),
        ),
        "modifiers": [modifier.get(language) for modifier in fee.modifiers],
        "authorities": formats.citations(fee.citations),
    }


def _at_most(fee: Fee, formats: Formats) -> str:
    """The case maximum as something that can be reached: ``at most X``, unless the words already say so."""
    if isinstance(fee.ceiling_sek, tuple):
        return formats.money(fee.ceiling_sek)
    return formats.money((0, fee.ceiling_sek) if fee.ceiling_sek is not None else None)


def _remedy(name: str, remedy: Remedy, formats: Formats) -> dict[str, Any]:
    words = formats.words["exposure"]
    state = "no" if remedy.applies == "no" else f"{remedy.applies}_{remedy.open}"
    ends = words["ends"][remedy.open].format(ends=formats.day(remedy.ends)) if remedy.ends and remedy.applies != "no" else None
    return {
        "state": words["remedy"][state].format(unless=words["unless"][name]),
        "ends": ends,
        "explanation": sentence(remedy.explanation.get(formats.language)) if remedy.applies != "no" else None,
        "authorities": formats.citations(remedy.citations),
    }
