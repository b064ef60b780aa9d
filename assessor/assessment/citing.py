"""Provisions and places in judgments, as they are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from assessor.assessment.models import Citation
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import CERTAINTIES, Authority, Certainty, DatedAmount, Provision, Source, weakest


@lru_cache(maxsize=4096)
def cite_norm(knowledge: KnowledgeBase, norm: str, on: dt.date, *, interpretation: bool = False) -> tuple[Citation, ...]:
    """The provision of a norm in force on a day, and on request what interprets it; kept, since it never changes.

    Where the law of the day is not entered, the provision that came after it is named, with the words that say so.
    """
    found: list[Citation] = []
    provision = knowledge.provision_on(norm, on)
    gap = knowledge.unread(norm, on)
    if provision is not None:
        found.append(cite_statute(knowledge, provision))
    elif gap is not None:
        later = [row for row in knowledge.norms[norm].provisions if row.valid_from > on]
        rows = sorted(later, key=lambda row: row.valid_from)[:1]
        found += [replace(cite_statute(knowledge, row), certainty="RECALL", note=gap.because) for row in rows]
    if interpretation or provision is None:
        read = knowledge.norms[norm].interpreted_by
        found.extend(cite(knowledge, authority) for authority in read if _in_time(knowledge.sources[authority.source], on))
    return tuple(found)


def cite_statute(knowledge: KnowledgeBase, row: Provision | DatedAmount) -> Citation:
    """A provision, or the place of a dated amount."""
    return Citation(
        source=row.source,
        cite=knowledge.sources[row.source].cite,
        at=row.at,
        certainty=row.certainty,
        rank="statute",
        note=row.note,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _in_time(source: Source, on: dt.date) -> bool:
    """Whether a source may be cited for a day: a statute only while it is in force, others always."""
    if source.kind != "statute":
        return True
    return (source.valid_from is None or source.valid_from <= on) and (source.valid_to is None or on <= source.valid_to)


def cite(knowledge: KnowledgeBase, authority: Authority) -> Citation:
    """A place in a source."""
    source = knowledge.sources[authority.source]
    return Citation(source.id, source.cite, authority.at, authority.certainty, authority.rank, authority.note, authority.stance)


def cite_all(knowledge: KnowledgeBase, authorities: Iterable[Authority]) -> tuple[Citation, ...]:
    """Several places."""
    return tuple(cite(knowledge, authority) for authority in authorities)


def certainty_of(citations: Iterable[Citation]) -> Certainty:
    """The certainty of what rests on some citations: that of the best of the authorities, if any rests on more than recall."""
    marks = [citation.certainty for citation in citations]
    return min(marks, key=CERTAINTIES.index) if marks else weakest()


@lru_cache(maxsize=4096)
def norm_certainty(book: Rulebook, norm: str) -> Certainty:
    """The certainty of what rests on a norm alone, on the day of a rulebook."""
    return certainty_of(norm_citations(book, norm))


def norm_citations(book: Rulebook, norm: str) -> tuple[Citation, ...]:
    """The provision of a norm on the day of a rulebook, with what interprets it."""
    return cite_norm(book.knowledge, norm, book.on, interpretation=True)
