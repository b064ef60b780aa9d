"""Interval arithmetic is sound: whatever the true amounts are, the true result lies in the interval."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assessor.quantities import interval as iv
from assessor.quantities.interval import ANYTHING, ZERO, Interval, exactly
from assessor.truth import FALSE, TRUE, UNKNOWN

whole = st.integers(0, 10**13)
number = st.one_of(whole, st.integers(0, 5), st.fractions(0, 10**6, max_denominator=1000))


@st.composite
def interval_and_point(draw: st.DrawFn) -> tuple[Interval, int | Fraction]:
    """An interval and one amount in it."""
    a, b, c = sorted(draw(st.tuples(number, number, number)))
    shape = draw(st.sampled_from(("both", "both", "exact", "open")))
    if shape == "exact":
        return exactly(b), b
    return Interval(a, None if shape == "open" else c), b


def holds(interval: Interval, point: int | Fraction) -> bool:
    return interval.low <= point and (interval.high is None or point <= interval.high)


def valid(interval: Interval) -> bool:
    return interval.low >= 0 and (interval.high is None or interval.low <= interval.high)


def monus(a: int | Fraction, b: int | Fraction) -> int | Fraction:
    return max(0, a - b)


OPERATIONS: list[tuple[Callable[[Interval, Interval], Interval], Callable[..., int | Fraction]]] = [
    (iv.add, operator.add),
    (iv.subtract, monus),
    (iv.multiply, operator.mul),
    (iv.least, min),
    (iv.greatest, max),
]


@pytest.mark.parametrize(("lifted", "plain"), OPERATIONS, ids=lambda f: f.__name__)
@given(interval_and_point(), interval_and_point())
@example((ZERO, 0), (ANYTHING, 7))
@example((ANYTHING, 7), (ZERO, 0))
@example((ANYTHING, 0), (ANYTHING, 7))
def test_operations_are_sound(
    lifted: Callable[[Interval, Interval], Interval],
    plain: Callable[..., int | Fraction],
    first: tuple[Interval, int | Fraction],
    second: tuple[Interval, int | Fraction],
) -> None:
    (a, x), (b, y) = first, second
    found = lifted(a, b)
    assert valid(found)
    assert holds(found, plain(x, y))


@pytest.mark.parametrize(("lifted", "plain"), OPERATIONS, ids=lambda f: f.__name__)
@given(number, number)
def test_operations_on_exact_amounts_are_exact(
    lifted: Callable[[Interval, Interval], Interval], plain: Callable[..., int | Fraction], x: int, y: int
) -> None:
    found = lifted(exactly(x), exactly(y))
    assert found.exact
    assert found.low == plain(x, y)


@given(interval_and_point(), interval_and_point())
def test_division_is_sound_and_refuses_a_divisor_that_can_be_zero(
    first: tuple[Interval, int], second: tuple[Interval, int]
) -> None:
    (a, x), (b, y) = first, second
    if b.low == 0:
        with pytest.raises(ZeroDivisionError):
            iv.divide(a, b)
        return
    found = iv.divide(a, b)
    assert valid(found)
    assert holds(found, Fraction(x) / Fraction(y))
    assert not isinstance(found.low, float) and not isinstance(found.high, float)


@given(interval_and_point(), interval_and_point())
def test_hull_holds_both_and_no_more(first: tuple[Interval, int], second: tuple[Interval, int]) -> None:
    (a, x), (b, y) = first, second
    hull = iv.hull(a, b)
    assert holds(hull, x) and holds(hull, y)
    assert hull.low in (a.low, b.low) and hull.high in (a.high, b.high)
    assert iv.hull(b, a) == hull
    assert iv.hull(a, a) == a


@given(interval_and_point())
def test_whole_is_the_smallest_interval_of_whole_numbers_around(pair: tuple[Interval, int]) -> None:
    interval, point = pair
    wide = interval.whole()
    assert holds(wide, point)
    assert wide.low == math.floor(interval.low) and isinstance(wide.low, int)
    assert wide.high is None or (wide.high == math.ceil(interval.high or 0) and isinstance(wide.high, int))
    assert wide.whole() == wide


@pytest.mark.parametrize("lifted", [lifted for lifted, _ in OPERATIONS], ids=lambda f: f.__name__)
@given(interval_and_point(), interval_and_point())
def test_knowing_more_never_widens(
    lifted: Callable[[Interval, Interval], Interval], first: tuple[Interval, int], second: tuple[Interval, int]
) -> None:
    """The heart of *answering never widens*: a narrower amount gives a narrower result."""
    (a, x), (b, y) = first, second
    wide = lifted(a, b)
    for narrow in (lifted(exactly(x), b), lifted(a, exactly(y))):
        assert wide.low <= narrow.low
        assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)


# -- comparisons --


@given(interval_and_point(), number)
def test_at_least_is_sound(pair: tuple[Interval, int], limit: int) -> None:
    interval, point = pair
    truth = iv.at_least(interval, limit)
    assert truth in (TRUE, FALSE, UNKNOWN)
    if truth != UNKNOWN:
        assert (truth == TRUE) == (point >= limit)


@given(number, number)
def test_at_least_decides_an_exact_amount(x: int, limit: int) -> None:
    assert iv.at_least(exactly(x), limit) == (TRUE if x >= limit else FALSE)


RELATIONS = ("below", "at_most", "unknown", None)


@given(interval_and_point(), interval_and_point(), st.sampled_from(RELATIONS))
def test_within_is_sound(amount: tuple[Interval, int], limit: tuple[Interval, int], relation: str | None) -> None:
    (a, x), (b, y) = amount, limit
    truth = iv.within(a, b, relation)
    assert truth in (TRUE, FALSE, UNKNOWN)
    if truth == UNKNOWN:
        return
    if relation == "below":
        assert (truth == TRUE) == (x < y)
    elif relation == "at_most":
        assert (truth == TRUE) == (x <= y)
    else:  # at equality nobody knows, so nothing may be concluded from it
        assume(x != y)
        assert (truth == TRUE) == (x < y)


@given(whole, whole, st.sampled_from(RELATIONS))
def test_within_decides_exact_amounts_except_at_an_equality_of_unknown_relation(x: int, y: int, relation: str | None) -> None:
    truth = iv.within(exactly(x), exactly(y), relation)
    if x == y:
        assert truth == {"below": FALSE, "at_most": TRUE}.get(relation or "", UNKNOWN)
    else:
        assert truth == (TRUE if x < y else FALSE)


@pytest.mark.parametrize(
    ("amount", "relation", "expected"),
    [
        (699_999, "below", TRUE),
        (700_000, "below", FALSE),
        (700_001, "below", FALSE),
        (699_999, "at_most", TRUE),
        (700_000, "at_most", TRUE),
        (700_001, "at_most", FALSE),
        (699_999, None, TRUE),
        (700_000, None, UNKNOWN),
        (700_001, None, FALSE),
        (700_000, "unknown", UNKNOWN),
        (Fraction(1_399_999, 2), "below", TRUE),
        (Fraction(1_400_001, 2), "at_most", FALSE),
    ],
)
def test_limit_minus_one_limit_and_limit_plus_one(amount: int, relation: str | None, expected: int) -> None:
    assert iv.within(exactly(amount), exactly(700_000), relation) == expected


@pytest.mark.parametrize(
    ("amount", "limit", "relation", "expected"),
    [
        (Interval(0, 9), Interval(10, 20), None, TRUE),
        (Interval(0, 10), Interval(10, 20), "at_most", TRUE),
        (Interval(0, 10), Interval(10, 20), "below", UNKNOWN),
        (Interval(0, 11), Interval(10, 20), "at_most", UNKNOWN),
        (Interval(20, 30), Interval(10, 20), "below", FALSE),
        (Interval(20, 30), Interval(10, 20), "at_most", UNKNOWN),
        (Interval(21, 30), Interval(10, 20), "at_most", FALSE),
        (Interval(21, None), Interval(10, 20), "at_most", FALSE),
        (Interval(0, None), Interval(10, 20), "below", UNKNOWN),
        (Interval(0, 5), Interval(10, None), "below", TRUE),
        (Interval(10**12, None), Interval(0, None), "below", UNKNOWN),
        (ANYTHING, ANYTHING, "below", UNKNOWN),
    ],
)
def test_intervals_at_a_limit_that_is_an_interval(amount: Interval, limit: Interval, relation: str | None, expected: int) -> None:
    assert iv.within(amount, limit, relation) == expected


@given(interval_and_point(), interval_and_point(), st.sampled_from(RELATIONS))
def test_knowing_more_never_changes_a_comparison_that_is_known(
    amount: tuple[Interval, int], limit: tuple[Interval, int], relation: str | None
) -> None:
    (a, x), (b, y) = amount, limit
    before = iv.within(a, b, relation)
    if before != UNKNOWN:
        assert iv.within(exactly(x), b, relation) == before
        assert iv.within(a, exactly(y), relation) == before
    before = iv.at_least(a, y)
    if before != UNKNOWN:
        assert iv.at_least(exactly(x), y) == before
