"""The shapes of advice: what the parties can change, what they cannot, and what only looks like a change."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from assessor.knowledge.models import Model, Text


class Lever(Model):
    """Something the parties can really change.

    Attributes:
        by: a clause in the agreement, or what is done.
        who: who must act.
        cost: 1 small, 2 some, 3 large.
        sets: the answers once it is done, by question: a value, or ``{add: […], remove: […]}`` of a list.
        available: the answers under which it can be done; it is not offered where one is known to be otherwise.
        requires: answers that must be known for it to be offered.
        route: a route that must be open for it to be offered.
        reality: what must become true, besides the words.
        clause: a draft clause, for one that is made by clause.
        side_effects: what it does elsewhere.
        keep: what to keep as evidence.
    """

    id: str
    name: Text
    by: Literal["clause", "conduct"]
    who: Literal["authority", "organisation", "both"]
    cost: Annotated[int, Field(ge=1, le=3)]
    norm: str
    sets: Annotated[dict[str, Any], Field(min_length=1)]
    available: Annotated[dict[str, Any], Field(default_factory=dict)]
    requires: Annotated[dict[str, Any], Field(default_factory=dict)]
    route: str | None = None
    reality: Text
    clause: Text | None = None
    side_effects: Text
    keep: Text
    doubts: tuple[str, ...] = ()


class Sham(Model):
    """A change that does not help, and why.

    Attributes:
        sets: the answers it changes.
        because: why they do not decide.
    """

    id: str
    name: Text
    norm: str
    sets: Annotated[dict[str, Any], Field(min_length=1)]
    because: Text
    doubts: tuple[str, ...] = ()


class Fixed(Model):
    """What the parties cannot change.

    Attributes:
        facts: the answers that say it is so here; all of them.
        because: why it stays.
    """

    id: str
    name: Text
    norm: str
    facts: Annotated[dict[str, Any], Field(min_length=1)]
    because: Text
