"""advise and whatif as a user meets them."""

from __future__ import annotations

import re

import pytest

from .test_cli import ALINGSAS, run

FIVE = "cases/fem-ettariga-avtal.yaml"


def test_advise_names_sets_clauses_and_what_does_not_help() -> None:
    found = run("advise", FIVE, "--lang", "en")
    assert found.returncode == 0 and found.stderr == ""
    for part in ("has been made", "smallest sets", "Reality", "WHAT DOES NOT HELP", "Call the agreement something else"):
        assert part in found.stdout


def test_advise_to_low() -> None:
    assert "Målet är klassen låg" in " ".join(run("advise", FIVE, "--target", "low").stdout.split())


def test_advise_where_the_award_is_made() -> None:
    found = run("advise", ALINGSAS)
    assert "det som har hänt läks inte" in found.stdout and "Annonsera upphandlingen öppet" in found.stdout


def test_a_target_that_is_no_class() -> None:
    found = run("advise", FIVE, "--target", "green")
    assert found.returncode == 2 and "low, elevated, high, very_high" in found.stderr


def test_whatif_shows_both_sides() -> None:
    found = run(
        "whatif", "cases/idrottshall.yaml", "users.admitted_by=authority", "activity.for=[assigned_users]", "--lang", "en"
    )
    assert found.returncode == 0
    assert "before" in found.stdout and "after" in found.stdout and "users.admitted_by" in found.stdout


def test_whatif_keeps_to_the_width_and_says_what_only_ceases_or_begins_to_apply() -> None:
    found = run("whatif", "cases/eskilstuna-stadsmissionen.yaml", "status=draft", "payment.basis=[index]")
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert "  dates.signed: Vilken dag blev avtalet bindande? (gäller inte längre)" in lines
    assert "  status: Hur långt har avtalet kommit?" in lines
    begun = run("whatif", "cases/eskilstuna-stadsmissionen.yaml", "status=draft", "--lang", "en").stdout
    assert re.search(r"^  dates\.signed: .+\? \(no longer applies\)$", begun, re.M)
    other = run("whatif", "cases/idrottshall.yaml", "exemption.relied_on=[research]")
    assert re.search(r"^  research\.conditions: .+\? \(börjar gälla\)$", other.stdout, re.M), other.stdout + other.stderr


def test_whatif_says_of_a_closed_band_that_it_cannot_change() -> None:
    told = run("whatif", FIVE, "status=draft").stdout
    assert re.search(r"^Spann +kan inte ändras +kan inte ändras$", told, re.M) and "hög till hög" not in told
    assert re.search(r"^Band +cannot change +cannot change$", run("whatif", FIVE, "status=draft", "--lang", "en").stdout, re.M)


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        "gone=1",
        "payment.basis=",
        "payment.basis=[",
        "payment.basis=xx",
        "own.share=-1",
        "status=&a draft",
        "status=not_applicable",
        "=x",
        "vat=#c",
    ],
)
def test_whatif_refuses_what_is_no_answer(given: str) -> None:
    found = run("whatif", FIVE, given)
    assert found.returncode == 2 and len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "given",
    [("status=signed", "status=draft"), ("dates.ended=2015-01-01", "dates.signed=2016-01-01"), ("exclusive.conditions=none",)],
)
def test_whatif_refuses_what_a_file_could_not_say(given: tuple[str, ...]) -> None:
    found = run("whatif", ALINGSAS, *given)
    assert found.returncode == 2 and len(found.stderr.splitlines()) == 1
