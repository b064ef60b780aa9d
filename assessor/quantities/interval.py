"""Closed intervals of exact numbers, open upwards where nothing bounds them.

All amounts are zero or greater, which keeps the arithmetic to the end points. Numbers are ``int`` or
``Fraction``; nothing is rounded until ``whole`` widens to whole numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from assessor.truth import FALSE, TRUE, UNKNOWN

Number = int | Fraction


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included; ``high`` None = no upper bound."""

    low: Number
    high: Number | None

    @property
    def exact(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    def whole(self) -> Interval:
        """The smallest interval of whole numbers around it."""
        high = self.high
        return Interval(self.low.__floor__(), None if high is None else high.__ceil__())


ZERO = Interval(0, 0)
ANYTHING = Interval(0, None)


def exactly(number: Number) -> Interval:
    """The interval of one number."""
    return Interval(number, number)


def add(a: Interval, b: Interval) -> Interval:
    """The sum."""
    return Interval(a.low + b.low, None if a.high is None or b.high is None else a.high + b.high)


def subtract(a: Interval, b: Interval) -> Interval:
    """The difference, not below zero."""
    low = 0 if b.high is None else max(0, a.low - b.high)
    return Interval(low, None if a.high is None else max(0, a.high - b.low))


def multiply(a: Interval, b: Interval) -> Interval:
    """The product; nothing times anything is nothing."""
    if a.high == 0 or b.high == 0:
        return ZERO
    return Interval(a.low * b.low, None if a.high is None or b.high is None else a.high * b.high)


def divide(a: Interval, b: Interval) -> Interval:
    """The quotient.

    Raises:
        ZeroDivisionError: ``b`` can be zero.
    """
    if b.low == 0:
        raise ZeroDivisionError("division by an amount that can be zero")
    low = 0 if b.high is None else Fraction(a.low) / b.high
    return Interval(low, None if a.high is None else Fraction(a.high) / b.low)


def least(a: Interval, b: Interval) -> Interval:
    """The smaller of two amounts."""
    highs = [high for high in (a.high, b.high) if high is not None]
    return Interval(min(a.low, b.low), min(highs) if highs else None)


def greatest(a: Interval, b: Interval) -> Interval:
    """The greater of two amounts."""
    return Interval(max(a.low, b.low), None if a.high is None or b.high is None else max(a.high, b.high))


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    return Interval(min(a.low, b.low), None if a.high is None or b.high is None else max(a.high, b.high))


def at_least(a: Interval, number: Number) -> int:
    """The truth value of ``a >= number``."""
    if a.low >= number:
        return TRUE
    return FALSE if a.high is not None and a.high < number else UNKNOWN


def within(a: Interval, limit: Interval, relation: str | None) -> int:
    """The truth value of ``a`` keeping to a limit.

    Args:
        a: the amount.
        limit: the limit.
        relation: ``below`` (equality is over), ``at_most`` (equality is within), else equality is unknown.
    """
    if a.high is not None and (a.high < limit.low or (relation == "at_most" and a.high == limit.low)):
        return TRUE
    if limit.high is not None and (a.low > limit.high or (relation == "below" and a.low == limit.high)):
        return FALSE
    return UNKNOWN
