"""What can be changed, in words."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import AdviceResult, LeverSet, LeverShown, NoHelp
from assessor.memo.formats import Formats, lowered
from assessor.memo.wording import layout


def advised(advice: AdviceResult, formats: Formats) -> dict[str, Any]:
    """The advice ready to print.

    Returns:
        ``lead`` and ``told``, sentences; ``sets``, with the names of their changes and what they give; ``levers``, each in
        full; ``shams`` and ``fixed``, names and why; ``notes``, what is left out.
    """
    words, language = formats.words["advice"], formats.language
    target = _class(advice.target, formats)
    names = {lever.id: lever.name.get(language) for lever in advice.levers}
    sets = advice.sets or advice.nearest
    if advice.there:
        lowest = advice.target == layout()["classes"][0]
        lead, told = words["there_lowest" if lowest else "there"].format(target=target), None
    elif not sets:
        lead, told = words["none"].format(n=advice.largest), None
    else:
        lead = words["lead"].format(target=target)
        told = words["sets" if advice.sets else "nearest"].format(target=target, n=advice.largest)
    if advice.anew:
        lead = f"{words['anew'].format(base=_class(advice.base, formats))} {lead}"
    notes = [words["more"].format(n=advice.more)] if advice.more else []
    return {
        "lead": lead,
        "told": told,
        "sets": [_set(each, names, formats) for each in sets],
        "levers": [_lever(lever, formats) for lever in advice.levers],
        "shams": [_no_help(each, formats) for each in advice.shams],
        "fixed": [_no_help(each, formats) for each in advice.fixed],
        "notes": notes if advice.complete else [*notes, words["interrupted"]],
    }


def _set(each: LeverSet, names: dict[str, str], formats: Formats) -> dict[str, Any]:
    words, language = formats.words["advice"], formats.language
    closed = each.band.best == each.band.worst
    gives = words["gives_closed" if closed else "gives"].format(
        klass=_class(each.klass, formats), best=_class(each.band.best, formats), worst=_class(each.band.worst, formats)
    )
    changes = [
        words["change"].format(
            regime=change.name.get(language), before=_class(change.before, formats), after=_class(change.after, formats)
        )
        for change in each.changes
    ]
    asks = [words["asks"].format(questions=" ".join(text.get(language) for text in each.asks))] if each.asks else []
    return {"levers": [names[lever] for lever in each.levers], "told": [gives, *changes, *asks]}


def _lever(lever: LeverShown, formats: Formats) -> dict[str, Any]:
    words, language = formats.words["advice"], formats.language
    head = words["head"].format(
        by=words["by"][lever.by], who=words["who"][lever.who], cost=_upper(words["cost"][str(lever.cost)])
    )
    rows = [
        (words["reality"], lever.reality.get(language)),
        (words["clause"], formats.quoted(lever.clause.get(language)) if lever.clause else None),
        (words["side_effects"], lever.side_effects.get(language)),
        (words["keep"], lever.keep.get(language)),
    ]
    return {
        "name": lever.name.get(language),
        "head": f"{head} {words['alone'].format(klass=_class(lever.alone, formats))}",
        "rows": [{"label": label, "text": text} for label, text in rows if text],
        "authorities": formats.citations(lever.citations),
        "doubts": ", ".join(lever.doubts),
    }


def _no_help(each: NoHelp, formats: Formats) -> dict[str, str]:
    language = formats.language
    return {
        "name": each.name.get(language),
        "because": each.because.get(language),
        "authorities": formats.citations(each.citations),
    }


def _class(klass: str, formats: Formats) -> str:
    return lowered(formats.class_name(klass))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
