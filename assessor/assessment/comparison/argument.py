"""Precedents argued: forced or distinguishable, and cite, distinguish, rebut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

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
    present = {row.factor for row in comparisons[0].rows if row.here == "yes"} if comparisons else set()  # one case beside all
    overridden = {factor.id for factor in knowledge.factors.values() if not present.isdisjoint(factor.overridden_by)}
    sides = [(comparison, _sides(knowledge, comparison, overridden)) for comparison in comparisons]
    shared = [(comparison.name, frozenset(row.factor for row in each.shared)) for comparison, each in sides]
    made = []
    for (comparison, each), (_, mine) in zip(sides, shared, strict=True):
        made.append(_argument(knowledge, comparison, each, tuple(name for name, theirs in shared if mine < theirs)))
    first = knowledge.exposure.benchmark_precedent
    return tuple(sorted(made, key=lambda each: (each.precedent != first, each.standing == "apart", len(each.behind))))


class _Sides(NamedTuple):
    """The factors that count beside a precedent, by what they say.

    Attributes:
        shared: pointed to its outcome, and the case is as it was.
        missing: pointed to its outcome, and the case is not so.
        extra: point away from it, and were known not to be so there.
        untested: point away from it, and nothing is known of them there.
        unknown: would be among the others if they were known here, those that pointed to the outcome first.
    """

    shared: list[FactorRow]
    missing: list[FactorRow]
    extra: list[FactorRow]
    untested: list[FactorRow]
    unknown: list[FactorRow]


def _sides(knowledge: KnowledgeBase, comparison: Comparison, overridden: set[str]) -> _Sides:
    roles = _roles(knowledge, comparison.precedent)
    found = _Sides([], [], [], [], [])
    might: list[FactorRow] = []
    for row in comparison.rows:
        role = roles.get(row.factor)
        if role is None or row.factor in overridden:
            continue
        if role == "pointed":
            (found.unknown if row.here == "unknown" else found.shared if row.here == row.there else found.missing).append(row)
        elif row.here == "unknown":
            might.append(row)
        elif row.here == "yes":
            (found.untested if row.there == "unknown" else found.extra).append(row)
    found.unknown.extend(might)
    return found


@lru_cache(maxsize=256)
def _roles(knowledge: KnowledgeBase, identity: str) -> dict[str, Literal["pointed", "away"]]:
    """The factors that counted in a precedent: those that pointed to its outcome, and those that point away from it.

    A factor pointed to the outcome if it was present on its side, or known to be absent on the other; it points away
    if it is on the other side and was not there.
    """
    precedent = knowledge.precedents[identity]
    side: Side = "for" if precedent.points == "neither" else precedent.points
    away: Side | None = None if precedent.points == "neither" else "against" if precedent.points == "for" else "for"
    found: dict[str, Literal["pointed", "away"]] = {}
    for factor in knowledge.factors.values():
        coded = precedent.factors.get(factor.id)
        there = coded.present if coded else None
        if factor.weight == "none":
            continue
        if (there is True and factor.side == side) or (there is False and factor.side == "for" and side == "against"):
            found[factor.id] = "pointed"
        elif factor.side == away and there is not True:
            found[factor.id] = "away"
    return found


def _argument(knowledge: KnowledgeBase, comparison: Comparison, sides: _Sides, behind: tuple[Text, ...]) -> Argument:
    precedent = knowledge.precedents[comparison.precedent]
    distinctions = (
        *(_distinction(knowledge, precedent, row, "missing_here") for row in sides.missing),
        *(_distinction(knowledge, precedent, row, "only_here") for row in sides.extra),
    )
    return Argument(
        precedent=precedent.id,
        name=precedent.name,
        points=precedent.points,
        decided=precedent.decided,
        standing=_standing(precedent, sides),
        shared=tuple(sides.shared),
        distinctions=distinctions,
        untested=tuple(sides.untested),
        unknown=tuple(sides.unknown),
        idle=tuple([row.name for row in comparison.rows if row.side != "neutral" and row.factor in comparison.do_not_count]),
        behind=behind,
        citations=comparison.citations,
    )


def _standing(precedent: Precedent, sides: _Sides) -> Standing:
    """How a case stands to a precedent; where more is unknown than shared, too little is known to say."""
    if not sides.shared and not sides.unknown:
        return "apart"
    if sides.missing or sides.extra or precedent.points == "neither":
        return "distinguishable" if sides.shared else "apart"
    if len(sides.unknown) >= len(sides.shared):
        return "open" if sides.unknown else "apart"
    if sides.unknown:
        return "forced_if"
    return "untested" if sides.untested else "forced"


def _distinction(
    knowledge: KnowledgeBase, precedent: Precedent, row: FactorRow, kind: Literal["missing_here", "only_here"]
) -> Distinction:
    """A factor that tells the case apart."""
    return Distinction(row.factor, row.name, kind, row.at, _no_bar(knowledge, precedent.id, row.factor, row.here == "yes"))


@lru_cache(maxsize=4096)
def _no_bar(knowledge: KnowledgeBase, precedent: str, factor: str, present: bool) -> tuple[Text, ...]:
    """The other precedents of the same outcome in which a factor was as it is here."""
    points = knowledge.precedents[precedent].points
    return tuple(
        other.name
        for other in knowledge.precedents.values()
        if other.id != precedent
        and other.points == points
        and factor in other.factors
        and other.factors[factor].present is present
    )
