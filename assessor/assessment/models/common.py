"""What every part of an assessment speaks in: truth, classes, bands, money, citations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from assessor.knowledge.models import Certainty, Rank, Stance, Text

Truth = Literal["yes", "no", "unknown"]
Class = Literal["low", "elevated", "high", "very_high"]
Money = int | tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class Band:
    """Best and worst class over everything unknown."""

    best: Class
    worst: Class


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision or a place in a judgment, with how sure it is.

    Attributes:
        stance: what a body that issues guidance says of a criterion.
        valid_from, valid_to: when a provision or amount is in force; a judgment has no such bounds.
    """

    source: str
    cite: Text
    at: str
    certainty: Certainty
    rank: Rank
    note: Text | None = None
    stance: Stance | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
