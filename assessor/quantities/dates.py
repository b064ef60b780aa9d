"""Days known to the day, the month or the year, and periods counted from them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


class Days(NamedTuple):
    """A closed interval of days in which one day lies; an end that is None is not known."""

    first: date | None
    last: date | None

    @property
    def known(self) -> bool:
        """Whether the day is known to the day."""
        return self.first is not None and self.first == self.last

    def text(self) -> str:
        """As ISO 8601 to the precision known: day, month, year, or first/last."""
        first, last = self.first, self.last
        if first is None or last is None:
            return f"{first or ''}/{last or ''}"
        if first == last:
            return first.isoformat()
        if first == date(last.year, last.month, 1) and last.day == _month_length(last.year, last.month):
            return f"{last.year:04}-{last.month:02}"
        if first == date(last.year, 1, 1) and last == date(last.year, 12, 31):
            return f"{last.year:04}"
        return f"{first}/{last}"


def parse_days(text: str) -> Days:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as an interval of days.

    Raises:
        ValueError: no such day, month or year between 1990 and 2100.
    """
    match = _FORM.match(text)
    if not match:
        raise ValueError(text)
    year = int(match[1])
    if not 1990 <= year <= 2100:
        raise ValueError(text)
    if match[2] is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    month = int(match[2])
    if match[3] is None:
        return Days(date(year, month, 1), date(year, month, _month_length(year, month)))
    day = date(year, month, int(match[3]))
    return Days(day, day)


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later (earlier if negative), or the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _month_length(year, month + 1)))


def end_of_period(start: date, years: int = 0, months: int = 0, days: int = 0, quarterly: bool = False) -> date:
    """The last day of a period that is counted from ``start``, the day itself not counted.

    Args:
        start: the day of the event.
        years, months, days: the length.
        quarterly: count from the end of the calendar quarter of ``start`` instead.
    """
    if quarterly:
        month = 3 * ((start.month - 1) // 3) + 3
        start = date(start.year, month, _month_length(start.year, month))
    return add_months(start, 12 * years + months) + timedelta(days=days)


def next_weekday(day: date) -> date:
    """The day itself, or the next day that is no Saturday, Sunday or holiday.

    Source: lag (1930:173) om beräkning av lagstadgad tid, 2 §, which also counts Midsummer Eve,
    Christmas Eve and New Year's Eve as holidays.
    """
    while day.weekday() >= 5 or day in _closed_days(day.year):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _closed_days(year: int) -> frozenset[date]:
    import holidays  # slow to import, and only needed where a period moves

    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
