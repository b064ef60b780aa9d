"""The public benchmark: its page is current, its inputs hold no outcome, and nothing weighty is wrong."""

from __future__ import annotations

import pytest

from benchmarks import law
from benchmarks.work import ROOT, case


@pytest.fixture(scope="module")
def rows() -> list[law.Row]:
    return law.rows()


def test_the_page_is_current(rows: list[law.Row]) -> None:
    """Written anew with ``make benchmark-law``."""
    assert law.PAGE.read_text(encoding="utf-8") == law.page(rows)


def test_nothing_is_wrong(rows: list[law.Row]) -> None:
    assert [row.entry["case"] for row in rows if row.verdict == "wrong"] == []


def test_every_coded_precedent_is_in_it(rows: list[law.Row]) -> None:
    from assessor.knowledge import load

    coded = {row.entry.get("precedent") for row in rows}
    # CoNISMa decided who may tender, not whether there was a contract
    assert set(load().precedents) - coded == {"cjeu-c-305-08"}


def test_no_case_is_compared_with_itself(rows: list[law.Row]) -> None:
    for row in rows:
        assert not (row.entry.get("precedent") and row.nearest.startswith(f"{row.entry['precedent']} "))


def test_every_input_is_used() -> None:
    used = {law.path_of(entry).stem for entry in law.read_yaml(law.TABLE)}
    assert {path.stem for path in (ROOT / "cases" / "judgements").glob("*.yaml")} <= used


def test_no_input_gives_a_fee_or_says_how_it_ended() -> None:
    for entry in law.read_yaml(law.TABLE):
        facts = case(law.path_of(entry)).facts
        assert facts["value.stated_by_others"].state != "answered" or entry["case"] == "alingsas"
        assert facts["review.pending"].state != "answered" or entry["case"] == "alingsas"
