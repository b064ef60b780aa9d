"""The format of law tests: what a lawyer may write, and what a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.lawtest import Court, differences, scenarios
from assessor.problems import Problem

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "law" / "bases", ROOT / "cases")


@pytest.fixture(scope="module")
def court() -> Court:
    return Court(FOLDERS)


def run(court: Court, folder: Path, text: str) -> list[str]:
    file = folder / "test.yaml"
    file.write_text(text, "utf-8")
    return [line for scenario in scenarios(file) for line in differences(court.run(scenario), court, scenario)]


def test_facts_and_a_date_are_enough(court: Court, tmp_path: Path) -> None:
    text = """
- name: a named service for money, nothing else known
  date: 2024-05-02
  facts: {service.promised: [named_service], payment.basis: [per_unit], obligations: both_bound}
  expect: {elements: {performance: established}, contract: contested, not_class: low, overall_worst: very_high}
"""
    assert run(court, tmp_path, text) == []


def test_what_comes_out_otherwise_is_told(court: Court, tmp_path: Path) -> None:
    text = "- {name: x, base: purchase, expect: {class: low, contract: not_established, fires: performance.nothing-owed}}"
    told = run(court, tmp_path, text)
    assert [line.partition(":")[0] for line in told] == ["class", "contract", "fires"]
    assert "found very_high" in told[0]


def test_a_rule_that_is_not_there_yet_fails_its_test_and_no_other(court: Court, tmp_path: Path) -> None:
    (told,) = run(court, tmp_path, "- {name: x, expect: {fires: performance.named, class: very_high}}")
    assert "no rule performance.named. Did you mean performance.named-service?" in told


def test_a_regime_can_be_asked_for(court: Court, tmp_path: Path) -> None:
    assert run(court, tmp_path, "- {name: x, regime: procurement, expect: {class: very_high, overall_at_least: high}}") == []
    with pytest.raises(Problem) as wrong:
        run(court, tmp_path, "- {name: x, regime: procurment, expect: {class: low}}")
    assert "no regime procurment. Did you mean procurement?" in wrong.value.text("en")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: x", "a list of tests was expected"),
        ("- x", "a test is keys and values"),
        ("- {name: x}", "has a name and expects something"),
        ("- {expect: {class: low}}", "has a name and expects something"),
        ("- {name: x, expects: {class: low}}", "unknown key expects. Did you mean expect?"),
        ("- {name: x, facts: {status: draft}, change: {status: draft}, expect: {class: low}}", "not both"),
        ("- {name: x, on: 2024-13-01, expect: {class: low}}", "month must be in 1..12"),
        ("- {name: x, expect: {klass: low}}", "cannot expect klass. Did you mean class?"),
        ("- {name: x, base: purchases, expect: {class: low}}", "There is no base purchases"),
        ("- {name: x, change: {payment.bassis: [per_unit]}, expect: {class: low}}", "There is no question payment.bassis"),
    ],
)
def test_a_mistake_is_told_in_a_line(text: str, says: str, court: Court, tmp_path: Path) -> None:
    with pytest.raises(Problem) as wrong:
        run(court, tmp_path, text)
    assert says in wrong.value.text("en")
    assert "\n" not in wrong.value.text("en")
