"""The case beside precedents, and what is argued from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessor.assessment.models.common import Citation, Truth
from assessor.knowledge.models import Certainty, Rank, Text

Relation = Literal["shared", "only_here", "only_there", "absent", "unknown"]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor, here and in the precedent.

    Attributes:
        here, there: yes, no or unknown.
        relation: shared; only_here; only_there; absent in both; unknown on a side.
        counts: False where courts have given the factor no weight, so that the difference does not distinguish.
    """

    factor: str
    name: Text
    element: str | None
    side: str
    weight: str
    here: Truth
    there: Truth
    relation: Relation
    counts: bool
    distinguishes: bool
    rank: Rank
    at: str | None
    certainty: Certainty
    note: Text | None
    means: Text | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The case beside one precedent, factor by factor."""

    precedent: str
    name: Text
    about: Text
    decided: Text
    outcome: str
    weight: str
    citations: tuple[Citation, ...]
    rows: tuple[FactorRow, ...]
    shared: tuple[str, ...]
    distinguishing: tuple[str, ...]
    do_not_count: tuple[str, ...]
    unknown: tuple[str, ...]
    cautions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Distinction:
    """A factor on which a case can be told from a precedent.

    Attributes:
        kind: ``missing_here`` pointed to the precedent's outcome and is not here; ``only_here`` points away from it and is here.
        no_bar: other precedents of the same outcome in which it was as it is here: it was no bar there.
    """

    factor: str
    name: Text
    kind: Literal["missing_here", "only_here"]
    at: str | None
    no_bar: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A precedent argued for and against a case, in three steps: cite, distinguish, rebut.

    After HYPO (Ashley, *Modeling Legal Argument*, 1990) and the a fortiori constraint of precedent (Horty, "Rules and
    reasons in the theory of precedent", *Legal Theory* 17, 2011): a case at least as strong on every factor that
    pointed to the outcome, with nothing new against it, is forced to the same outcome.

    Attributes:
        points: whether the precedent's outcome points for or against.
        standing: ``forced``; ``forced_if`` some factors not known here turn out so; ``untested`` where it is forced but for
            what is here and was not known there; ``open`` where too little is known; ``distinguishable``; ``apart`` where
            nothing that counts is shared.
        shared: what is cited: factors that pointed to the outcome and are here.
        distinctions: what tells the case apart.
        untested: what points away and is here, and is not known of the precedent.
        unknown: factors that would have to be known.
        idle: factors on which they differ, or agree, that courts have given no weight.
        behind: precedents that share all this one does, and more.
    """

    precedent: str
    name: Text
    points: Literal["for", "against", "neither"]
    decided: Text
    standing: Literal["forced", "forced_if", "untested", "open", "distinguishable", "apart"]
    shared: tuple[FactorRow, ...]
    distinctions: tuple[Distinction, ...]
    untested: tuple[FactorRow, ...]
    unknown: tuple[FactorRow, ...]
    idle: tuple[Text, ...]
    behind: tuple[Text, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CounterPoint:
    """One thing the other side would say, with what it rests on.

    Attributes:
        kind: ``finding`` that holds their way; ``may`` hold; ``unproved``: rests on what nobody has shown; ``precedent``;
            ``distinction``; ``doubt``.
    """

    kind: Literal["finding", "may", "unproved", "precedent", "distinction", "doubt"]
    title: Text
    text: Text
    citations: tuple[Citation, ...]
    certainty: Certainty
