"""A case beside a precedent, factor by factor.

After HYPO and CATO (Ashley, *Modeling Legal Argument*, 1990; Aleven, *Teaching Case-Based Argumentation
Through a Model and Examples*, 1997): factors shared, factors that distinguish, and differences that courts
have given no weight, which are shown as such. Nothing is counted or weighed against anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assessor.assessment.models import Citation, Comparison, FactorRow, Relation, Truth
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import CodedFactor, Factor, Precedent
from assessor.truth import FALSE, TRUE, UNKNOWN

WORDS: dict[int, Truth] = {TRUE: "yes", FALSE: "no", UNKNOWN: "unknown"}
_CODED: dict[bool | None, Truth] = {True: "yes", False: "no", None: "unknown"}


def compare(knowledge: KnowledgeBase, precedent: Precedent, here: Mapping[str, int], full: bool = True) -> Comparison:
    """A case beside a precedent.

    Args:
        knowledge: the factors.
        precedent: a coded case.
        here: the truth values of the factors in the case, where what is unknown was left so.
        full: say also what each factor means.

    Returns:
        One row for every factor, and the ids of those shared, distinguishing, not counting and unknown.
    """
    rows = tuple([row[here[identity]] for identity, row in _rows(knowledge, precedent.id, full).items()])
    source = knowledge.sources[precedent.source]
    counting = [row for row in rows if row.counts]
    return Comparison(
        precedent=precedent.id,
        name=precedent.name,
        about=precedent.about,
        decided=precedent.decided,
        outcome=precedent.outcome,
        weight=precedent.weight,
        citations=(Citation(source.id, source.cite, "", source.certainty, "result"),),
        rows=rows,
        shared=tuple([row.factor for row in counting if row.relation == "shared"]),
        distinguishing=tuple([row.factor for row in counting if row.distinguishes]),
        do_not_count=tuple(
            [row.factor for row in rows if not row.counts and row.relation in ("shared", "only_here", "only_there")]
        ),
        unknown=tuple([row.factor for row in counting if row.relation == "unknown"]),
        cautions=precedent.cautions,
    )


@lru_cache(maxsize=256)
def _rows(knowledge: KnowledgeBase, precedent: str, full: bool) -> dict[str, dict[int, FactorRow]]:
    """For each factor its row beside a precedent, by the truth value it may have in a case; nothing of any case is kept."""
    coded = knowledge.precedents[precedent].factors
    return {
        identity: {truth: _row(factor, word, coded.get(identity), full) for truth, word in WORDS.items()}
        for identity, factor in knowledge.factors.items()
    }


def _row(factor: Factor, here: Truth, coded: CodedFactor | None, full: bool) -> FactorRow:
    there = _CODED[coded.present if coded else None]
    relations: dict[tuple[Truth, Truth], Relation] = {
        ("yes", "yes"): "shared",
        ("no", "no"): "absent",
        ("yes", "no"): "only_here",
        ("no", "yes"): "only_there",
    }
    relation = relations.get((here, there), "unknown")
    counts = factor.weight != "none"
    return FactorRow(
        factor=factor.id,
        name=factor.name,
        element=factor.element,
        side=factor.side,
        weight=factor.weight,
        here=here,
        there=there,
        relation=relation,
        counts=counts,
        distinguishes=counts and relation in ("only_here", "only_there"),
        rank=coded.rank if coded else factor.rank,
        at=coded.at if coded else None,
        certainty=coded.certainty if coded else "INFERRED",
        note=coded.note if coded else None,
        means=factor.means if full else None,
    )
