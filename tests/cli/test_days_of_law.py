"""What the commands on the law say of days that are not covered, of days in the wrong order, and of law that is not entered."""

from __future__ import annotations

import pytest

from .calling import run

BEFORE = {
    "sv": "DATE1: inget regelverk är inlagt för 2010-07-14. Programmet täcker 2010-07-15 och framåt.",
    "en": "DATE1: no law is entered for 2010-07-14. The program covers 2010-07-15 and onwards.",
}
REVERSED = {
    "sv": "DATE2, 2024-07-01, ligger före DATE1, 2025-07-01. Skriv den tidigare dagen först.",
    "en": "DATE2, 2024-07-01, is before DATE1, 2025-07-01. Write the earlier day first.",
}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_day_before_the_first_covered_is_refused(lang: str) -> None:
    found = run("rules", "diff", "2010-07-14", "2025-07-01", "--lang", lang)
    assert (found.returncode, found.stdout) == (2, "")
    assert BEFORE[lang] in found.stderr
    other = run("rules", "diff", "2010-07-15", "2009-01-01", "--lang", lang)
    assert other.returncode == 2 and "DATE2: " in other.stderr
    assert run("rules", "diff", "2010-07-15", "2010-07-15", "--lang", lang).returncode == 0


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_days_in_the_wrong_order_are_refused(lang: str) -> None:
    found = run("rules", "diff", "2025-07-01", "2024-07-01", "--lang", lang)
    assert (found.returncode, found.stdout) == (2, "")
    assert REVERSED[lang] in found.stderr


@pytest.mark.parametrize(
    ("lang", "unread", "absent"),
    [
        ("sv", "inte inlagt: vad som gällde är okänt", "gäller inte"),
        ("en", "not entered: what applied is unknown", "not in force"),
    ],
)
def test_law_not_entered_is_told_from_law_not_in_force(lang: str, unread: str, absent: str) -> None:
    told = run("rules", "diff", "2025-06-30", "2025-07-01", "--lang", lang).stdout
    lines = [line.strip() for line in told.splitlines()]
    misconduct = next(place for place, line in enumerate(lines) if line.startswith("reporting-misconduct:"))
    assert f"- {unread}" in lines[misconduct + 1 : misconduct + 3]
    offered = next(place for place, line in enumerate(lines) if line.startswith("social-service-without-assessment:"))
    assert f"- {absent}" in lines[offered + 1 : offered + 3]
    assert "reporting.social-services-misconduct" not in told  # a rule that waited for its law is not new


@pytest.mark.parametrize(("lang", "word"), [("sv", "inte inlagt"), ("en", "not entered")])
def test_gaps_lists_law_that_is_not_entered(lang: str, word: str) -> None:
    told = run("rules", "gaps", "--lang", lang).stdout
    row = next(line for line in told.splitlines() if line.strip().startswith("reporting-misconduct"))
    assert "2010-07-15 – 2025-06-30" in row and word in row and "D69" in row
