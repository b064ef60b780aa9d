"""Rules that are not entered for some days are not said not to have been in force, and their amounts are listed as gaps."""

from __future__ import annotations

import datetime as dt

from assessor.cli.law import difference_text, gaps_text


def gaps(language: str) -> dict[tuple[str, str], str]:
    rows = [line.split() for line in gaps_text(language).splitlines()[1:]]
    return {(row[0], row[1]): " ".join(row[2:]) for row in rows}


def test_the_ceilings_before_2014_are_gaps() -> None:
    found = gaps("en")
    assert found["de-minimis-ceiling", "2010-07-15"] == "– 2013-12-31 no amount entered D40"
    assert found["sgei-de-minimis-ceiling", "2012-04-01"] == "– 2013-12-31 no amount entered D40"


def test_the_difference_says_what_is_not_entered() -> None:
    told = " ".join(difference_text(dt.date(2013, 12, 31), dt.date(2014, 1, 1), "sv").split())
    for norm in ("de-minimis: ", "de-minimis-declaration: ", "sgei-de-minimis: "):
        assert told.partition(f" {norm}")[2].partition("- ")[2].startswith("inte inlagt")
    before = " ".join(difference_text(dt.date(2012, 3, 31), dt.date(2014, 1, 1), "en").split())
    assert before.partition(" sgei-de-minimis: ")[2].partition("- ")[2].startswith("not in force")
