"""The results that the founding documents expect of the real cases."""

import datetime as dt
from pathlib import Path

import pytest

from assessor.assessment import Assessment, Assessor
from assessor.case import read_case
from assessor.case.read import parse_case
from assessor.knowledge import load
from assessor.truth import FALSE, TRUE, UNKNOWN

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return Assessor(load())


def assess(assessor: Assessor, name: str) -> Assessment:
    return assessor.assess(read_case(CASES / f"{name}.yaml", assessor.knowledge))


def test_alingsas(assessor: Assessor) -> None:
    found = assess(assessor, "alingsas")
    regime = found.regimes[0]
    assert regime.outcome == "unlawful_direct_award"
    assert found.klass == "very_high" and found.band.best == "very_high"
    assert {element.id: element.status for element in regime.elements} == {
        name: "established" for name in ("written", "performance", "benefit", "consideration", "binding", "supplier")
    }
    assert [law.statutes[0].sv for law in found.laws if law.regime == "procurement"] == ["LOU 2007"]
    assert found.limit.sek == 534890 and found.limit.relation == "at_most"
    fee = found.exposure.fee
    assert fee.decided_by == "court" and fee.floor_sek == 10_000
    assert fee.benchmark.value_sek == 75_000_000 and fee.benchmark.share == pytest.approx(0.667)
    assert fee.window_ends == "2017-06-30" and fee.window_open == "no"


def test_alingsas_beside_itself_shares_every_coded_factor(assessor: Assessor) -> None:
    comparison = assess(assessor, "alingsas").precedents[0]
    coded = {row.factor for row in comparison.rows if row.there == "yes" and row.counts}
    assert coded <= set(comparison.shared)
    assert comparison.distinguishing == ()
    assert set(comparison.do_not_count) >= {"F13", "F14", "F15", "F16"}


@pytest.mark.parametrize("name", ["eskilstuna-moa", "eskilstuna-god-man"])
def test_eskilstuna(assessor: Assessor, name: str) -> None:
    found = assess(assessor, name)
    assert found.klass in ("elevated", "high") and found.band.worst == "very_high"
    assert found.value.total_sek is None
    asked = [unknown.question for unknown in found.unknown if unknown.decides]
    assert {"payments", "payment.basis", "term.kind"} <= set(asked)
    assert "unlawful_direct_award" in found.regimes[0].outcome


def test_a_club_with_its_own_hall_is_low(assessor: Assessor) -> None:
    found = assess(assessor, "idrottshall")
    assert (found.klass, found.band.worst, found.regimes[0].outcome) == ("low", "low", "no_contract")


def test_a_small_documented_purchase_is_low(assessor: Assessor) -> None:
    found = assess(assessor, "samtalsstod-direktupphandling")
    assert (found.klass, found.regimes[0].outcome) == ("low", "lawful_below_limit")
    assert found.regimes[0].test.status == "established"
    assert all(duty.met == "yes" for duty in found.duties if duty.arises == "yes")


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("85311000", TRUE),
        ("85311000-2", TRUE),
        ("30000000-9", FALSE),
        ("1234567²", UNKNOWN),
        ("8531100০", UNKNOWN),
        ("8531100", UNKNOWN),
    ],
)
def test_only_eight_digits_are_a_code(assessor: Assessor, code: str, listed: int) -> None:
    text = f"schema: iop-case/1\nfacts:\n  parts: [{{what: stöd, cpv: '{code}', amount_sek: 500000}}]\n"
    case = parse_case(text, Path("case.yaml"), assessor.knowledge)
    (run,) = assessor.report(case, dt.date(2026, 3, 2)).found["procurement"].runs
    assert run.open.truth("annex-2-prevails") == listed
