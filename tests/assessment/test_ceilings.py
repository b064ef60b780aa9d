"""Sums of aid held against their ceilings: in the assessment, in the memo, on the terminal, and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessor.assessment.amounts import _margin
from assessor.assessment.models import Assessment, Ceiling
from assessor.cli.proof import proof
from assessor.lawtest import Court
from assessor.memo import render_html, render_text
from assessor.memo.amounts import ceiling_told
from assessor.memo.formats import Formats
from assessor.quantities.interval import ANYTHING, Interval

BASES = Path(__file__).parents[1] / "law" / "bases"


@pytest.fixture(scope="module")
def court() -> Court:
    return Court((BASES,))


def assessed(court: Court, base: str = "state_aid-service", **change: Any) -> Assessment:
    return court.assess(base, {name.replace("__", "."): answer for name, answer in change.items()}).assessment(explain=False)


def ceilings(found: Assessment) -> tuple[Ceiling, ...]:
    return next(regime.ceilings for regime in found.regimes if regime.id == "state_aid")


def test_every_part_of_the_sum_is_there(court: Court) -> None:
    (found,) = ceilings(assessed(court))
    assert (found.test, found.ceiling_eur, found.relation, found.rate) == ("within-de-minimis", 300_000, "at_most", 1140)
    assert (found.ceiling_sek, found.this_sek, found.other_sek) == (3_420_000, 1_800_000, 500_000)
    assert (found.total_sek, found.margin_sek, found.within) == (2_300_000, 1_120_000, "yes")
    assert found.findings == ("aid-cover.de-minimis",) and found.certainty == "VERIFIED" and found.doubts == ("D48",)
    assert {citation.source for citation in found.citations} >= {"eu-2023-2831"}


def test_what_is_not_known_is_shown_as_not_known(court: Court) -> None:
    (found,) = ceilings(assessed(court, aid__rate="unknown"))
    assert (found.rate, found.ceiling_sek, found.margin_sek, found.within) == (None, None, None, "unknown")
    (found,) = ceilings(assessed(court, aid__other="unknown"))
    assert (found.other_sek, found.total_sek, found.margin_sek) == (None, (1_800_000, None), (None, 1_620_000))


def test_no_ceiling_is_invented_for_a_day_that_has_none(court: Court) -> None:
    days = {f"dates__{name}": "2013-05-02" for name in ("commenced", "decided", "signed")}
    (found,) = ceilings(assessed(court, **days, damages__known_from="2013-05-02", ex_post__date="remove", ex_post__kind="none"))
    assert (found.ceiling_eur, found.ceiling_sek, found.margin_sek, found.within) == (None, None, None, "unknown")
    assert found.certainty is None and found.findings == ()


def test_both_ceilings_where_both_are_relied_on(court: Court) -> None:
    found = ceilings(assessed(court, aid__relied_on=["de_minimis", "sgei_de_minimis"]))
    assert [each.ceiling_eur for each in found] == [300_000, 750_000]


def test_a_finding_that_rests_on_it_shows_it_too(court: Court) -> None:
    assert ceilings(assessed(court, aid__relied_on=["none"])) == ()
    regional = {"giver": "Regionen", "amount_sek": 1_620_001, "basis": "de_minimis"}
    (found,) = ceilings(assessed(court, aid__relied_on=["none"], aid__other=[regional]))
    assert found.within == "no" and found.margin_sek == -1 and "trade-effect.large-among-companies" in found.findings


@pytest.mark.parametrize(
    ("ceiling", "total", "expected"),
    [
        (Interval(10, 10), Interval(4, 4), 6),
        (Interval(10, 10), Interval(14, 14), -4),
        (Interval(10, 12), Interval(4, 5), (5, 8)),
        (Interval(10, 10), Interval(4, None), (None, 6)),
        (Interval(10, None), Interval(4, 4), (6, None)),
        (ANYTHING, ANYTHING, None),
        (None, Interval(4, 4), None),
        (Interval(10, 10), None, None),
    ],
)
def test_the_margin(ceiling: Interval | None, total: Interval | None, expected: Any) -> None:
    assert _margin(ceiling, total) == expected


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("sv", ["300 000 euro", "1 140 kr för 100 euro", "Kvar till taket", "1 120 000 kr"]),
        ("en", ["EUR 300,000", "SEK 1,140 for EUR 100", "Left up to the ceiling", "SEK 1,120,000"]),
    ],
)
def test_the_memo_shows_the_sum(court: Court, language: str, lines: list[str]) -> None:
    found = assessed(court)
    page = render_html(found, language).replace("\u00a0", " ")
    for line in lines:
        assert line in page
    screen = " ".join(render_text(found, language).replace("\u00a0", " ").split())
    assert {"sv": "samlat stöd 2,3 mnkr, tak 3,42 mnkr.", "en": "aid in total SEK 2.3 million"}[language] in screen


@pytest.mark.parametrize(
    ("margin", "name", "amount"),
    [
        (5, "Kvar till taket", "5 kr"),
        (0, "Kvar till taket", "0 kr"),
        (-5, "Över taket", "5 kr"),
        ((-7, -5), "Över taket", "mellan 5 kr och 7 kr"),
        ((None, -5), "Över taket", "minst 5 kr"),
        ((None, 5), "Kvar till taket", "högst 5 kr"),
        ((5, None), "Kvar till taket", "minst 5 kr"),
        ((-5, 5), "Kvar till taket", "mellan -5 kr och 5 kr"),
        (None, "Kvar till taket", "okänt"),
    ],
)
def test_the_margin_in_words(court: Court, margin: Any, name: str, amount: str) -> None:
    (found,) = ceilings(assessed(court))
    shown = Ceiling(**{field: getattr(found, field) for field in Ceiling.__slots__} | {"margin_sek": margin})
    row = ceiling_told(shown, Formats("sv"))["rows"][-1]
    assert (row["name"], row["amount"].replace("\u00a0", " ").replace("\u2212", "-")) == (name, amount)


def test_a_test_and_an_amount_are_explained(court: Court) -> None:
    case = court.case("state_aid-service")
    report = court.assessor.report(case)

    def told(about: str, language: str = "sv") -> str:
        found = proof(report.assessment(explain=False), about, language, case, court.knowledge, report.readings)
        return " ".join(found.replace("\u00a0", " ").split())

    assert told("within-de-minimis").startswith("Det samlade stödet ryms under de minimis-taket [within-de-minimis]: ja")
    assert "Kvar till taket: 1 120 000 kr" in told("within-de-minimis") and "aid-cover.de-minimis" in told("within-de-minimis")
    assert "aid_amount + other_aid" in told("three_year_aid") and "2 300 000 kr" in told("three_year_aid")
    assert "121" in told("entrustment-too-long") and "36" in told("entrustment-too-long")
    assert "the first of these whose condition holds" in told("aid_money", "en")
    issues = court.knowledge.issues.values()
    names = {each.id for issue in issues for each in issue.tests} | {each.id for issue in issues for each in issue.quantities}
    assert all(f"[{name}]" in told(name) for name in names)
