"""What is searched for: how firm the class is, what to find out next, what can be changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from assessor.assessment.models.common import Band, Citation, Class
from assessor.knowledge.models import Text


@dataclass(frozen=True, slots=True)
class AnswerTried:
    """One way a question can turn out.

    Attributes:
        answer: in words.
        band: the classes then possible (outer bounds).
    """

    answer: Text
    band: Band


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """An unanswered question that can still change the class.

    Attributes:
        narrows: how much less its answer leaves open, on average; only good for comparing.
        decides_alone: whether some answer alone settles the class.
        effort: 1 (read off a document) to 4 (list everything).
        answers: the ways it can turn out; none where they cannot be listed.
    """

    question: str
    text: Text
    why: Text
    narrows: float
    decides_alone: bool
    effort: int
    answers: tuple[AnswerTried, ...]


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """A question on which a change of class hangs: only with one of these answers can it come about."""

    question: str
    text: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class FineBand:
    """The lowest and the highest that the highest possible fine can turn out to be, SEK; null where nothing bounds it.

    Attributes:
        lowest_exact, highest_exact: whether some answers give it; else it is an outer bound.
    """

    lowest_sek: int
    lowest_exact: bool
    highest_sek: int | None
    highest_exact: bool


@dataclass(frozen=True, slots=True)
class DeadlineBand:
    """The earliest and the latest day a deadline can turn out to end; null where nothing bounds it, or it does not apply."""

    id: str
    first: dt.date | None
    first_exact: bool
    last: dt.date | None
    last_exact: bool


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm the class is, searched over what the unanswered questions can turn out to be.

    Attributes:
        band: the best and the worst class.
        outer: the bounds without any search, from which ``next`` counts.
        best_exact, worst_exact: whether some answers give it; else it is an outer bound: not narrower than the truth.
        falls_only_if, rises_only_if: conditions without which no answers can lower, or raise, the class; all are needed.
        fine: of the highest possible fine.
        deadlines: of each deadline that applies or may apply.
        next: the questions to answer next, the most useful first.
    """

    band: Band
    outer: Band
    best_exact: bool
    worst_exact: bool
    falls_only_if: tuple[OnlyIf, ...]
    rises_only_if: tuple[OnlyIf, ...]
    fine: FineBand
    deadlines: tuple[DeadlineBand, ...]
    next: tuple[NextQuestion, ...]


@dataclass(frozen=True, slots=True)
class LeverShown:
    """Something the parties can really change.

    Attributes:
        by: ``clause`` or ``conduct``; ``cost`` 1 small, 2 some, 3 large.
        reality: what must become true, besides the words.
        alone: the class it gives by itself.
    """

    id: str
    name: Text
    by: Literal["clause", "conduct"]
    who: Literal["authority", "organisation", "both"]
    cost: int
    reality: Text
    clause: Text | None
    side_effects: Text
    keep: Text
    alone: Class
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegimeChange:
    """A regime's class with a set of changes, where it is another."""

    regime: str
    name: Text
    before: Class
    after: Class


@dataclass(frozen=True, slots=True)
class LeverSet:
    """Changes that together bring the class down, none of which can be left out.

    Attributes:
        band: the classes possible then, over what is not known.
        changes: the regimes whose class is another, better or worse.
        asks: questions that begin to apply and must be answered.
    """

    levers: tuple[str, ...]
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    cost: int
    changes: tuple[RegimeChange, ...]
    asks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class NoHelp:
    """Something that does not help, or cannot be changed, and why."""

    name: Text
    because: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """What can be done about the class.

    Attributes:
        target: the class aimed at; ``there`` where the case has it, or a lower one, already.
        anew: the agreement has been made, and all is said of a new one with the same content under the law of the as-of day.
        base: the class that the changes start from.
        sets: the minimal sets of changes that reach it, up to ``largest`` changes, the cheapest first; ``more`` counts
            those left out.
        nearest: where none reaches it, the sets that come nearest.
        levers: those that the sets name.
        shams: what does not help; ``fixed``: what cannot be changed here.
        tried: sets tried; ``complete`` where those were all.
    """

    target: Class
    there: bool
    anew: bool
    base: Class
    sets: tuple[LeverSet, ...]
    nearest: tuple[LeverSet, ...]
    more: int
    levers: tuple[LeverShown, ...]
    shams: tuple[NoHelp, ...]
    fixed: tuple[NoHelp, ...]
    largest: int
    tried: int
    complete: bool
