"""Precedents argued: forced or distinguishable, and cite, distinguish, rebut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from assessor.assessment.models import Argument, Comparison, Distinction, FactorRow
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Precedent, Text

Side = Literal["for", "against"]
Standing = Literal["forced", "forced_if", "untested", "open", "distinguishable", "apart"]


def argue(knowledge: KnowledgeBase, comparisons: Sequence[Comparison]) -> tuple[Argument, ...]:
    """Every precedent argued, those most on point first.

    Args:
        knowledge: the precedents and factors.
        comparisons: the case beside each precedent.

    Returns:
        A precedent that shares a strict subset of what another shares comes after it; no score is made.
    """
    made = [_argument(knowledge, comparison) for comparison in comparisons]
    shared = {argument.precedent: frozenset(row.factor for row in argument.shared) for argument in made}
    found = []
    for argument in made:
        mine = shared[argument.precedent]
        behind = tuple(other.name for other in made if mine < shared[other.precedent])
        found.append((len(behind), argument, behind))
    first = knowledge.exposure.benchmark_precedent
    ordered = sorted(found, key=lambda each: (each[1].precedent != first, each[1].standing == "apart", each[0]))
    return tuple(_with(argument, behind) for _, argument, behind in ordered)


def _argument(knowledge: KnowledgeBase, comparison: Comparison) -> Argument:
    precedent = knowledge.precedents[comparison.precedent]
    present = {row.factor for row in comparison.rows if row.here == "yes"}
    rows = [row for row in comparison.rows if row.counts and present.isdisjoint(knowledge.factors[row.factor].overridden_by)]
    pointing = [row for row in rows if _pointed(precedent, row)]
    missing = [row for row in pointing if _here(row, precedent) == "no"]
    extra = [row for row in rows if _speaks_away(precedent, row)]
    untested = tuple(row for row in extra if row.there == "unknown")
    unknown = [row for row in pointing if row.here == "unknown"]
    unknown += [row for row in rows if row.here == "unknown" and row not in unknown and _may_speak_away(precedent, row)]
    shared = tuple(row for row in pointing if _here(row, precedent) == "yes")
    distinctions = (
        *(_distinction(knowledge, precedent, row, "missing_here") for row in missing),
        *(_distinction(knowledge, precedent, row, "only_here") for row in extra if row not in untested),
    )
    standing = _standing(precedent, shared, distinctions, unknown, untested)
    return Argument(
        precedent=precedent.id,
        name=precedent.name,
        points=precedent.points,
        decided=precedent.decided,
        standing=standing,
        shared=shared,
        distinctions=distinctions,
        untested=untested,
        unknown=tuple(unknown),
        idle=tuple(row.name for row in comparison.rows if row.factor in comparison.do_not_count and row.side != "neutral"),
        behind=(),
        citations=comparison.citations,
    )


def _standing(
    precedent: Precedent,
    shared: Sequence[FactorRow],
    distinctions: Sequence[Distinction],
    unknown: Sequence[FactorRow],
    untested: Sequence[FactorRow],
) -> Standing:
    """How a case stands to a precedent; where more is unknown than shared, too little is known to say."""
    if not shared and not unknown:
        return "apart"
    if distinctions or precedent.points == "neither":
        return "distinguishable" if shared else "apart"
    if len(unknown) >= len(shared):
        return "open" if unknown else "apart"
    if unknown:
        return "forced_if"
    return "untested" if untested else "forced"


def _pointed(precedent: Precedent, row: FactorRow) -> bool:
    """Whether a factor pointed to the precedent's outcome: present on its side, or known to be absent on the other."""
    side = precedent.points if precedent.points != "neither" else "for"
    return (row.there == "yes" and row.side == side) or (side == "against" and row.there == "no" and row.side == "for")


def _here(row: FactorRow, precedent: Precedent) -> str:
    """Whether the case is, on a factor that pointed to the outcome, as the precedent was."""
    if row.here == "unknown":
        return "unknown"
    return "yes" if row.here == row.there else "no"


def _speaks_away(precedent: Precedent, row: FactorRow) -> bool:
    """Whether a factor here points away from the outcome and was not there in the precedent."""
    return row.here == "yes" and row.there != "yes" and _away(precedent, row)


def _may_speak_away(precedent: Precedent, row: FactorRow) -> bool:
    return row.there != "yes" and _away(precedent, row)


def _away(precedent: Precedent, row: FactorRow) -> bool:
    if precedent.points == "neither":
        return False
    away: Side = "against" if precedent.points == "for" else "for"
    # a factor known to have been absent is already among those that pointed to the outcome
    return row.side == away and not (away == "for" and row.there == "no")


def _distinction(
    knowledge: KnowledgeBase, precedent: Precedent, row: FactorRow, kind: Literal["missing_here", "only_here"]
) -> Distinction:
    """A factor that tells the case apart, with the precedents of the same outcome in which it was as it is here."""
    no_bar = tuple(
        other.name
        for other in knowledge.precedents.values()
        if other.id != precedent.id
        and other.points == precedent.points
        and row.factor in other.factors
        and other.factors[row.factor].present is (row.here == "yes")
    )
    return Distinction(row.factor, row.name, kind, row.at, no_bar)


def _with(argument: Argument, behind: Iterable[Text]) -> Argument:
    return replace(argument, behind=tuple(behind))
