"""How firm the class is, in words."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Band, Firmness, NextQuestion, OnlyIf
from assessor.knowledge.models import Text
from assessor.memo.formats import Formats, lowered


def firmed(firmness: Firmness, formats: Formats) -> dict[str, Any]:
    """What the search for the band found, ready to print.

    Returns:
        ``band`` and ``fine``, sentences; ``falls`` and ``rises``, lists of conditions; ``next``, rows of a question, why,
        effort and its answers; ``brief``, the sentences of a first page.
    """
    words = formats.words["firm"]
    falls = [_condition(each, formats) for each in firmness.falls_only_if]
    rises = [_condition(each, formats) for each in firmness.rises_only_if]
    brief = [words["turns_short"].format(first=falls[0])] if falls else []
    return {
        "band": " ".join(_band(firmness, formats)),
        "brief": " ".join([*_band(firmness, formats), *brief]),
        "falls": falls,
        "rises": rises,
        "fine": " ".join(_fine(firmness, formats)),
        "next": [asked(each, firmness.outer, formats) for each in firmness.next],
    }


def _band(firmness: Firmness, formats: Formats) -> list[str]:
    words, band = formats.words["firm"], firmness.band
    if band.best == band.worst:
        return [str(words["stands"])]
    told = [str(words["band"]).format(best=_class(band.best, formats), worst=_class(band.worst, formats))]
    if firmness.best_exact and firmness.worst_exact:
        return [*told, str(words["exact"])]
    told += [str(words["outer_best"])] if not firmness.best_exact else []
    return [*told, *([str(words["outer_worst"])] if not firmness.worst_exact else [])]


def _fine(firmness: Firmness, formats: Formats) -> list[str]:
    words, fine = formats.words["firm"], firmness.fine
    if fine.highest_sek == 0:
        return [str(words["fine_none"])]
    if fine.lowest_sek == fine.highest_sek:
        return []
    high = formats.money(fine.highest_sek) if fine.highest_sek is not None else formats.words["money"]["unknown"]
    told = [str(words["fine" if fine.lowest_sek else "fine_or_none"]).format(low=formats.money(fine.lowest_sek), high=high)]
    return told if fine.lowest_exact and fine.highest_exact else [*told, str(words["fine_outer"])]


def _condition(condition: OnlyIf, formats: Formats) -> str:
    answers = [_quoted(answer, formats) for answer in condition.answers]
    return str(formats.words["firm"]["condition"]).format(
        question=condition.text.get(formats.language), answers=formats.listed(answers, "or")
    )


def asked(question: NextQuestion, now: Band, formats: Formats) -> dict[str, Any]:
    """A question to answer next, ready to print: why, effort, and what the answers that change the band leave of it.

    Args:
        question: the question.
        now: the classes possible before it is answered.
        formats: the language.
    """
    words = formats.words["firm"]
    turning: dict[str, list[str]] = {}
    for tried in question.answers:
        if tried.band != now:
            turning.setdefault(_leaves(tried.band, formats), []).append(_quoted(tried.answer, formats))
    idle = any(tried.band == now for tried in question.answers)
    return {
        "id": question.question,
        "question": question.text.get(formats.language),
        "why": question.why.get(formats.language),
        "effort": words["effort"][str(question.effort)],
        "alone": words["alone"] if question.decides_alone else None,
        "answers": [f"{formats.listed(answers, 'or')}: {leaves}" for leaves, answers in turning.items()],
        "others": words["others" if turning else "others_all"] if idle else None,
    }


def _quoted(answer: Text, formats: Formats) -> str:
    return formats.quoted(lowered(answer.get(formats.language)))


def _leaves(band: Band, formats: Formats) -> str:
    words = formats.words["firm"]
    if band.best == band.worst:
        return str(words["leaves_one"]).format(klass=_class(band.best, formats))
    return str(words["leaves_several"]).format(best=_class(band.best, formats), worst=_class(band.worst, formats))


def _class(klass: str, formats: Formats) -> str:
    return formats.class_name(klass).lower()
