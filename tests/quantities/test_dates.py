"""Days known to the day, month or year, and periods counted from them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.quantities.dates import Days, add_months, end_of_period, next_weekday, parse_days

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-02", date(2015, 2, 1), date(2015, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29)),
        ("1990", date(1990, 1, 1), date(1990, 12, 31)),
        ("2100-12-31", date(2100, 12, 31), date(2100, 12, 31)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    found = parse_days(text)
    assert found == Days(first, last)
    assert found.known == (first == last)
    assert found.text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "16",
        "20166",
        "2016-",
        "2016-1",
        "2016-00",
        "2016-13",
        "2016-02-30",
        "2015-02-29",
        "2100-02-29",
        "2016-04-31",
        "2016-01-00",
        "2016-01-32",
        "2016-1-01",
        "2016-01-1",
        "2016/01/01",
        "01-02-2016",
        "2016-01-01T00:00",
        "2016-01-01 ",
        " 2016",
        "2016\n",
        "1989",
        "1989-12-31",
        "2101-01-01",
        "9999",
        "0000",
        "-2016",
        "2016--01",
        "20160101",
        "mars 2016",
        "unknown",
        "2016-01-01\0",
        "2016–01–01",
        "2016-W01",
    ],
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(ValueError):
        parse_days(text)


def test_digits_are_western_digits() -> None:
    """``\\d`` would also take the digits of other scripts, which no reader of the memo could check."""
    for text in ("٢٠١٦", "２０１６", "२०१६-०१-०१"):
        with pytest.raises(ValueError):
            parse_days(text)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = parse_days(text)
    except ValueError:
        return
    assert found.first is not None and found.last is not None and found.first <= found.last


@given(days)
def test_text_and_back(day: date) -> None:
    assert parse_days(day.isoformat()) == Days(day, day)
    for text in (f"{day:%Y-%m}", f"{day:%Y}"):
        found = parse_days(text)
        assert found.text() == text
        assert found.first is not None and found.last is not None and found.first <= day <= found.last


def test_text_of_odd_intervals() -> None:
    assert Days(date(2016, 3, 1), date(2016, 9, 30)).text() == "2016-03-01/2016-09-30"
    assert Days(None, date(2016, 9, 30)).text() == "/2016-09-30"
    assert Days(date(2016, 3, 1), None).text() == "2016-03-01/"
    assert Days(None, None).text() == "/"
    assert not Days(None, None).known


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 1, 31), 1, date(2015, 2, 28)),
        (date(2016, 8, 31), 6, date(2017, 2, 28)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2016, 12, 15), 1, date(2017, 1, 15)),
        (date(2016, 1, 15), -1, date(2015, 12, 15)),
        (date(2016, 3, 31), -1, date(2016, 2, 29)),
        (date(2016, 5, 31), -6, date(2015, 11, 30)),
        (date(2016, 5, 31), 0, date(2016, 5, 31)),
    ],
)
def test_months_keep_the_day_or_take_the_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(days, st.integers(-240, 240))
def test_adding_months(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(day.day, last)


@given(days, days, st.integers(-60, 60))
def test_adding_months_keeps_the_order(a: date, b: date, months: int) -> None:
    """So the ends of an interval stay the ends."""
    a, b = sorted((a, b))
    assert add_months(a, months) <= add_months(b, months)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (date(2016, 6, 30), {"months": 6}, date(2016, 12, 30)),
        (date(2016, 6, 30), {"years": 1}, date(2017, 6, 30)),
        (date(2024, 2, 29), {"years": 2}, date(2026, 2, 28)),
        (date(2016, 6, 30), {"days": 30}, date(2016, 7, 30)),
        (date(2016, 12, 31), {"days": 1}, date(2017, 1, 1)),
        (date(2016, 1, 1), {"days": 30, "quarterly": True}, date(2016, 4, 30)),
        (date(2016, 3, 31), {"days": 30, "quarterly": True}, date(2016, 4, 30)),
        (date(2016, 4, 1), {"days": 30, "quarterly": True}, date(2016, 7, 30)),
        (date(2016, 11, 5), {"days": 30, "quarterly": True}, date(2017, 1, 30)),
        (date(2016, 8, 31), {"days": 30, "quarterly": True}, date(2016, 10, 30)),
    ],
)
def test_ends_of_periods(start: date, length: dict[str, int], expected: date) -> None:
    assert end_of_period(start, **length) == expected


@given(days, days, st.integers(0, 3), st.integers(0, 24), st.integers(0, 60), st.booleans())
def test_a_later_start_never_ends_earlier(a: date, b: date, years: int, months: int, count: int, quarterly: bool) -> None:
    a, b = sorted((a, b))
    assert end_of_period(a, years, months, count, quarterly) <= end_of_period(b, years, months, count, quarterly)


# lag (1930:173) 2 §: Sundays, holidays, Saturdays, Midsummer Eve, Christmas Eve, New Year's Eve
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 18), date(2026, 11, 18)),  # an ordinary Wednesday
        (date(2026, 11, 21), date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 22), date(2026, 11, 23)),  # Sunday
        (date(2026, 4, 2), date(2026, 4, 2)),  # Maundy Thursday is a weekday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday to the Tuesday after Easter
        (date(2026, 4, 4), date(2026, 4, 7)),
        (date(2026, 4, 5), date(2026, 4, 7)),
        (date(2026, 4, 6), date(2026, 4, 7)),
        (date(2026, 5, 1), date(2026, 5, 4)),  # First of May, a Friday
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension Day; the Friday after is a weekday
        (date(2026, 6, 6), date(2026, 6, 8)),  # National Day, a Saturday
        (date(2025, 6, 6), date(2025, 6, 9)),  # National Day, a Friday; the Monday after Whitsun is a weekday since 2005
        (date(2026, 6, 18), date(2026, 6, 18)),
        (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve, a Friday
        (date(2026, 6, 20), date(2026, 6, 22)),  # Midsummer Day
        (date(2026, 10, 31), date(2026, 11, 2)),  # All Saints' Day
        (date(2026, 12, 23), date(2026, 12, 23)),
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas Eve, a Thursday; 25, 26 (Saturday), 27 (Sunday)
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2025, 12, 24), date(2025, 12, 29)),  # Wednesday; 25, 26, Saturday, Sunday
        (date(2024, 12, 24), date(2024, 12, 27)),  # Tuesday; 25, 26
        (date(2024, 12, 26), date(2024, 12, 27)),
        (date(2026, 12, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 1, 4)),  # New Year's Eve, a Thursday; the 1st, Saturday, Sunday
        (date(2024, 12, 31), date(2025, 1, 2)),
        (date(2027, 1, 6), date(2027, 1, 7)),  # Epiphany
        (date(2027, 1, 5), date(2027, 1, 5)),  # Twelfth Night is a weekday
    ],
)
def test_a_last_day_moves_to_the_next_weekday(day: date, expected: date) -> None:
    assert next_weekday(day) == expected


@given(st.dates(date(2005, 1, 1), date(2060, 12, 1)))
def test_moving_lands_on_a_weekday_and_never_backwards(day: date) -> None:
    moved = next_weekday(day)
    assert timedelta(0) <= moved - day <= timedelta(days=6)
    assert moved.weekday() < 5
    assert (moved.month, moved.day) not in ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 6), (5, 1), (6, 6))
    assert next_weekday(moved) == moved


@given(st.dates(date(2005, 1, 1), date(2060, 12, 1)), st.dates(date(2005, 1, 1), date(2060, 12, 1)))
def test_moving_keeps_the_order(a: date, b: date) -> None:
    a, b = sorted((a, b))
    assert next_weekday(a) <= next_weekday(b)


def easter(year: int) -> date:
    """Easter Sunday (Meeus/Jones/Butcher), computed independently of the library used."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2010, 2051))
def test_moving_feasts(year: int) -> None:
    sunday = easter(year)
    for offset in (-2, 0, 1, 39, 49):  # Good Friday, Easter, Easter Monday, Ascension Day, Whit Sunday
        day = sunday + timedelta(days=offset)
        assert next_weekday(day) > day, day
    midsummer_eve = next(date(year, 6, n) for n in range(19, 26) if date(year, 6, n).weekday() == 4)
    assert next_weekday(midsummer_eve) == midsummer_eve + timedelta(days=3)
    all_saints = next(day for n in range(7) if (day := date(year, 10, 31) + timedelta(days=n)).weekday() == 5)
    assert next_weekday(all_saints) == all_saints + timedelta(days=2)
