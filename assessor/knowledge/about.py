"""The shape of ``about.yaml``: which days and questions govern, what is shown, and lists of codes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from assessor.knowledge.consequences import Shown
from assessor.knowledge.models import Model, Natural, Pinpoint, Text
from assessor.knowledge.tables import Governing


def _whole_day(value: Any) -> dt.date:
    if not isinstance(value, str):
        raise ValueError("write YYYY-MM-DD")
    return dt.date.fromisoformat(value)


def _as_range(code: Any) -> Any:
    return code if isinstance(code, list) else [code, code]


def _in_order(codes: tuple[int, int]) -> tuple[int, int]:
    if codes[0] > codes[1]:
        raise ValueError("the range ends before it begins")
    return codes


WholeDay = Annotated[dt.date, BeforeValidator(_whole_day)]
#: Eight digits.
Code = Annotated[int, Field(strict=True, ge=10**7, lt=10**8)]


class Frame(Model):
    """What governs every regime.

    Attributes:
        first_day: the first day whose law is entered.
        after_state: said where the governing day lies after the day up to which the law was read.
        norms: norms that the program applies itself, besides those that rules name.
        uncertain_days: days on which it is not settled which law applies, with the doubt.
        draft_status: the answers by which a case without dates is assessed under the law of the as-of day.
        made: the answers by which an agreement has been made.
        anew: the answers that make the same agreement a new one.
        binding: the question for the day on which it binds.
        status: the question for how far it has come.
        thin_below: with fewer answers a case is thin.
        not_later: pairs of questions for days, the first of which may not lie after the second.
    """

    first_day: WholeDay
    after_state: Text | None = None
    norms: tuple[str, ...] = ()
    uncertain_days: dict[WholeDay, str]
    draft_status: dict[str, Any]
    made: dict[str, Any] = Field(default_factory=dict)
    anew: dict[str, Any] = Field(default_factory=dict)
    binding: str | None = None
    status: str
    thin_below: Natural
    not_later: tuple[tuple[str, str], ...]


class CodeList(Model):
    """Codes of eight digits, without check digit; a pair is a range, both ends included."""

    norm: str
    codes: tuple[Annotated[tuple[Code, Code], BeforeValidator(_as_range), AfterValidator(_in_order)], ...]


class About(Model):
    """The whole of ``about.yaml``."""

    version: Pinpoint
    state: WholeDay
    regimes: dict[str, Governing]
    governing: Frame
    shown: Shown
    code_lists: dict[str, CodeList]
