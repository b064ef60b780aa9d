"""The timeline: whole names, and open, closed and unknown told apart by shape and in the alternative."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest

from assessor.assessment import Assessment
from assessor.memo.charts import timeline
from assessor.memo.formats import Formats

from .conftest import AS_OF

STATES = ("yes", "no", "unknown")


@pytest.fixture
def drawn(alingsas: Assessment, language: str) -> tuple[str, list[str], Formats]:
    """A timeline of one open, one closed and one unknown period, with its names."""
    formats = Formats(language)
    ends = (AS_OF + dt.timedelta(days=90)).isoformat()
    periods = [
        replace(deadline, applies="yes", starts="2026-01-01", ends=ends, open=state)
        for deadline, state in zip(alingsas.deadlines, STATES, strict=False)
    ]
    made = timeline(periods, AS_OF, formats)
    assert made is not None
    return str(made), [period.name.get(language) for period in periods], formats


def test_no_name_is_cut(drawn: tuple[str, list[str], Formats]) -> None:
    made, names, _ = drawn
    shown = " ".join(unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", made))
    assert "…" not in shown and all(name in shown for name in names)


def test_only_what_is_open_is_filled_and_what_is_unknown_is_dashed(drawn: tuple[str, list[str], Formats]) -> None:
    bars = re.findall(r"<rect [^>]*>", drawn[0])[: len(STATES)]
    assert ['fill="#ffffff"' in bar for bar in bars] == [False, True, True]
    assert ["stroke-dasharray" in bar for bar in bars] == [False, False, True]


def test_the_alternative_says_of_each_whether_it_is_open(drawn: tuple[str, list[str], Formats]) -> None:
    made, names, formats = drawn
    told = unescape(re.search(r"<desc>(.*?)</desc>", made)[1])  # type: ignore[index]
    for name, state in zip(names, STATES, strict=True):
        assert re.search(rf"{re.escape(name)}: [^:]*, {formats.words['window'][state].lower()}\.", told)
