"""The organisation's edition: what it can do itself, what it cannot do alone, and the page it hands over."""

import pytest

from assessor.memo.self_check import self_check_context

from .conftest import assessed, searched


def told(assessment, language="sv"):
    return self_check_context(assessment, language)["check"]


def test_what_the_authority_must_do_besides_is_said():
    """Alone the permit leaves MOA at high; the class aimed at also needs the municipality to advertise."""
    check = told(searched("eskilstuna-moa"))
    assert [lever["name"] for lever in check["levers"]] == ["Ha tillståndet innan verksamheten börjar"]
    assert check["theirs"] == (
        "Det räcker inte. Klassen förhöjd nås bara om kommunen också gör detta: ”Annonsera upphandlingen öppet”."
    )


def test_nothing_is_asked_of_the_authority_where_no_change_is_told():
    assert told(searched("idrottshall"))["theirs"] is None


@pytest.mark.parametrize("name", ["eskilstuna-moa", "idrottshall"])
def test_the_page_to_hand_over_is_the_organisations_own(name):
    check, assessment = told(assessed(name)), assessed(name)
    assert check["parties"] == [assessment.case.parties["organisation"]]
    assert check["routes"] and "Egen drift" not in check["routes"]
