"""Formulas as data: what is accepted, what it computes, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.quantities.dates import parse_days
from assessor.quantities.formula import FormulaError, compile_formula, parameters_of
from assessor.quantities.interval import ANYTHING, ZERO, Interval, exactly


class Ledger:
    """Numbers for formulas."""

    def __init__(self, rows: list[Mapping[str, Any]] | None = None, complete: bool = True, **numbers: Interval) -> None:
        self.rows, self.complete, self.numbers = rows or [], complete, numbers

    def named(self, name: str) -> Interval:
        return self.numbers[name.replace(".", "_")]

    def parameter(self, name: str) -> Interval:
        return {"share": exactly(20), "ceiling": Interval(10_000_000, 20_000_000)}[name]

    def records(self, question: str) -> tuple[list[Mapping[str, Any]], bool]:
        assert question in ("payments", "other.payments")
        return self.rows, self.complete

    def earliest(self, questions: tuple[str, ...]) -> dt.date | None:
        return {"day": dt.date(2024, 10, 1), "other.day": dt.date(2024, 1, 31), "unanswered": None}[questions[0]]


def value(text: str, **numbers: Interval | int) -> Interval:
    made = {name: exactly(n) if isinstance(n, int) else n for name, n in numbers.items()}
    return compile_formula(text).compute(Ledger(**made))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("0", 0),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("3 - 5", 0),
        ("100 / 3", Fraction(100, 3)),
        ("7 / 2 * 2", 7),
        ("min(3, 5)", 3),
        ("max(3, min(9, 5))", 5),
        ("a * b.c / 12", Fraction(50, 12)),
        ('min(a * amount("share") / 100, 7)', 2),
        ("100 / (100 + 25)", Fraction(4, 5)),
        ("  1\n + 2".strip(), 3),
        ("1_000", 1000),
    ],
)
def test_what_formulas_compute(text: str, expected: int | Fraction) -> None:
    found = value(text.replace("\n", ""), a=10, b_c=5)
    assert found == exactly(expected)
    assert not isinstance(found.low, float), "no rounding by floating point"


def test_intervals_run_through() -> None:
    assert value("a * b", a=Interval(2, 3), b=Interval(10, None)) == Interval(20, None)
    assert value("a * b", a=ZERO, b=ANYTHING) == ZERO
    assert value('min(a, amount("ceiling"))', a=Interval(15_000_000, None)) == Interval(10_000_000, 20_000_000)


def test_what_a_formula_reads_is_known() -> None:
    formula = compile_formula('a + b.c + total(payments.amount_sek, per="year") + count(other.payments) + amount("share")')
    assert formula.names == ("a", "b.c")
    assert formula.parameters == ("share",)
    assert formula.records == (("payments", "amount_sek"), ("other.payments", None))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "a b",
        "1.5",
        "1e3",
        "True",
        "None",
        "'text'",
        "-1",
        "+1",
        "not a",
        "a ** 2",
        "a // 2",
        "a % 2",
        "a @ b",
        "a << 1",
        "a | b",
        "a < b",
        "a if b else c",
        "a and b",
        "[1]",
        "(1, 2)",
        "{1: 2}",
        "a[0]",
        "lambda: 1",
        "(x := 1)",
        "f'{a}'",
        "[a for a in b]",
        "*a",
        "min(1)",
        "min(1, 2, 3)",
        "min(1, 2, key=3)",
        "abs(1)",
        "sum(a)",
        "round(a)",
        "eval('1')",
        "__import__('os')",
        "a.__class__()",
        "a.b(1)",
        "amount(share)",
        "amount('a', 'b')",
        "amount(1)",
        "amount(name='share')",
        "total('payments')",
        "total(payments.amount, per=year)",
        "total(payments.amount, per=1)",
        "total(payments.amount, 2)",
        "total()",
        "count('a')",
        "count(a, b)",
        "count(payments, per='year')",
        "(lambda: 1).x",
        "a; b",
        "import os",
        "a = 1",
        "await a",
        "...",
        "1j",
        "b''",
        "\0",
        "total(payments.amount_sek, **other)",
        "min(*a)",
        "min(*a, b)",
    ],
)
def test_what_is_not_plain_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        compile_formula(text)


def test_a_total_needs_a_field() -> None:
    """``total(payments)`` names no field; without this check it would sum a question called *(nothing)*."""
    with pytest.raises(FormulaError):
        compile_formula("total(payments)")


@pytest.mark.parametrize("text", ["(" * 100 + "1" + ")" * 100, " + ".join(["1"] * 300)])
def test_a_monstrous_formula_is_refused_or_computed(text: str) -> None:
    try:
        found = compile_formula(text).compute(Ledger())
    except FormulaError:
        return
    assert found == exactly(eval(text))


# -- sums over records --


def total(rows: list[Mapping[str, Any]], complete: bool = True) -> Interval:
    return compile_formula('total(payments.amount_sek, per="year")').compute(Ledger(rows, complete))


YEAR = {"per": "year", "amount_sek": exactly(100)}
ONCE = {"per": "once", "amount_sek": exactly(40)}


@pytest.mark.parametrize(
    ("rows", "complete", "expected"),
    [
        ([], True, ZERO),
        ([], False, ANYTHING),
        ([YEAR], True, exactly(100)),
        ([YEAR, YEAR, ONCE], True, exactly(200)),
        ([ONCE], True, ZERO),
        ([YEAR], False, Interval(100, None)),
        ([ONCE], False, ANYTHING),
        ([{"per": "year"}], True, ANYTHING),
        ([YEAR, {"per": "once"}], True, exactly(100)),
        ([YEAR, {"amount_sek": exactly(7)}], True, Interval(100, 107)),
        ([YEAR, {"amount_sek": Interval(5, None)}], True, Interval(100, None)),
        ([{"per": "year", "amount_sek": Interval(3, 9)}], True, Interval(3, 9)),
    ],
)
def test_totals(rows: list[Mapping[str, Any]], complete: bool, expected: Interval) -> None:
    assert total(rows, complete) == expected


def test_counts() -> None:
    count = compile_formula("count(payments)")
    assert count.compute(Ledger([YEAR, ONCE])) == exactly(2)
    assert count.compute(Ledger([YEAR], complete=False)) == Interval(1, None)
    assert count.compute(Ledger([])) == ZERO


@pytest.mark.parametrize("text", ["amount('limit') * 2", 'min(1, amount("limit"))', "amount( 'limit' )"])
def test_the_law_is_divided_at_whatever_amounts_a_formula_reads(text: str) -> None:
    assert parameters_of(text) == ("limit",)


def test_a_formula_that_cannot_be_read_divides_nothing() -> None:
    assert parameters_of("amount(") == ()


amounts = st.integers(0, 10**9)
row = st.fixed_dictionaries({}, optional={"per": st.sampled_from(("year", "once")), "amount_sek": amounts})


@given(
    st.lists(row, max_size=6),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(("year", "once")), amounts), max_size=3),
    st.data(),
)
def test_a_total_is_sound_whatever_was_left_out(
    given_rows: list[dict[str, Any]], complete: bool, more: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Fill in whatever the records leave out, and add rows if they are not all: the true sum is in the interval."""
    true_sum = 0
    for each in given_rows:
        per = each.get("per") or data.draw(st.sampled_from(("year", "once")))
        amount = each.get("amount_sek", data.draw(amounts))
        true_sum += amount if per == "year" else 0
    if not complete:
        true_sum += sum(amount for per, amount in more if per == "year")
    rows = [{name: exactly(v) if name == "amount_sek" else v for name, v in each.items()} for each in given_rows]
    found = total(rows, complete)
    assert found.low <= true_sum and (found.high is None or true_sum <= found.high)


@pytest.mark.parametrize(
    ("granted", "day", "counts"),
    [
        ("2021-10-01", "day", True),
        ("2021-09-30", "day", False),
        ("2021-10", "day", True),
        ("2021", "day", True),
        ("2020", "day", False),
        ("2021-09", "day", False),
        ("2030-01-01", "day", True),
        (None, "day", True),
        ("1999-01-01", "unanswered", True),
        ("2021-01-31", "other.day, day", True),
        ("2021-01-30", "other.day, day", False),
    ],
)
def test_a_total_leaves_out_what_is_certainly_too_old(granted: str | None, day: str, counts: bool) -> None:
    row: dict[str, Any] = {"amount_sek": exactly(7), "per": "year"}
    if granted is not None:
        row["granted"] = parse_days(granted)
    formula = compile_formula(f'total(payments.amount_sek, per="year", granted=within(36, {day}))')
    assert formula.compute(Ledger([row])) == exactly(7 if counts else 0)
    assert formula.dated == (("payments", "granted"),) and formula.days == tuple(day.split(", "))
    assert formula.wanted == (("payments", "per", "year"),)


@pytest.mark.parametrize(
    "span", ["within()", "within(36)", "within(day)", "within(1.5, day)", "since(36, day)", "within(36, day, x=1)"]
)
def test_a_span_of_time_is_months_and_questions(span: str) -> None:
    with pytest.raises(FormulaError):
        compile_formula(f"total(payments.amount_sek, granted={span})")
