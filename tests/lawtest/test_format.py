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
    assert [line.split()[0].rstrip(":") for line in told] == ["class", "contract", "fires"]
    assert "found very_high" in told[0]


def test_what_is_told_has_names_and_is_in_the_language_asked_for(court: Court, tmp_path: Path) -> None:
    file = tmp_path / "test.yaml"
    file.write_text(
        "- {name: x, expect: {elements: {benefit: unknown}, silent: performance.named-service, limit_sek: [1, 2], "
        "not_class: very_high, fee_ceiling_sek: null}}",
        "utf-8",
    )
    (scenario,) = scenarios(file)
    found = court.run(scenario)
    assert list(differences(found, court, scenario, "sv")) == [
        "elements benefit (Nytta för myndigheten): väntat unknown (Okänt), blev established (Uppfyllt)",
        "silent performance.named-service (Prestation): väntat slår inte till, blev slår till",
        "limit_sek: väntat 1–2, blev 8109450",
        "not_class: väntat annat än very_high (Mycket hög), blev very_high (Mycket hög)",
        "fee_ceiling_sek: väntat inget, blev 900000",
    ]
    assert next(differences(found, court, scenario)).endswith("expected unknown (Unknown), found established (Established)")


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
        ("- {name: x, on: 2024-13-01, expect: {class: low}}", "on expects a day (YYYY-MM-DD), not 2024-13-01"),
        ("- {name: x, expect: {klass: low}}", "cannot expect klass. Did you mean class?"),
        ("- {name: x, base: purchases, expect: {class: low}}", "There is no base purchases"),
        ("- {name: x, change: {payment.bassis: [per_unit]}, expect: {class: low}}", "There is no question payment.bassis"),
        ("- {name: x, change: {payment.frmo: remove}, expect: {class: low}}", "There is no question payment.frmo. Did you mean"),
        ("- {name: x, facts: {payment.basis: [per_unitt]}, expect: {class: low}}", "per_unitt is no answer to payment.basis"),
        ("- {name: x, documented: no, expect: {class: low}}", "documented is true or false, not no"),
        ("- {name: x, date: 2024-01-01, on: 2024-01-01, expect: {class: low}}", "give date or on, not both"),
        ("- {name: x, date: 2024, expect: {class: low}}", "date expects a day (YYYY-MM-DD), not 2024"),
        ("- {name: x, date: 2009-01-01, expect: {class: low}}", "date: no law is entered for 2009-01-01"),
        ("- {name: x, facts: [payment.form], expect: {class: low}}", "facts expects keys and values"),
        ("- {name: x, regime: [procurement], expect: {class: low}}", "regime expects a name"),
    ],
)
def test_a_mistake_is_told_in_a_line(text: str, says: str, court: Court, tmp_path: Path) -> None:
    with pytest.raises(Problem) as wrong:
        run(court, tmp_path, text)
    assert says in wrong.value.text("en")
    assert "\n" not in wrong.value.text("en")
    assert wrong.value.text("sv").startswith(f"{tmp_path / 'test.yaml'}:1: Rättstestet ")


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ("not_class: lowww", "not_class expects a class of risk, not lowww. Did you mean low?"),
        ("not_outcome: unlawfull_direct_award", "Did you mean unlawful_direct_award?"),
        ("no_deadlines: [zzz]", "no_deadlines expects a deadline, not zzz."),
        ("no_notices: [zzz]", "not zzz"),
        ("no_duties: [zzz]", "not zzz"),
        ("no_statutes: [LOUU]", "not LOUU. Did you mean LOU?"),
        ("no_overrides: [zzz]", "not zzz. There is "),
        ("unchanged: [clas, elemnts]", "not clas. Did you mean class?"),
        ("unchanged: class", "compares the base with itself"),
        ("not_lower_than: purchases", "There is no base purchases"),
        ("fires: []", "fires expects the id of a rule, not nothing"),
        ("fires: performance.named", "Did you mean performance.named-service?"),
        ("silent: performance.named", "Did you mean performance.named-service?"),
        ("elements: {}", "elements expects {an element: the status of an element}, not nothing"),
        ("elements: established", "not established"),
        ("elements: {benefitt: unknown}", "elements expects an element, not benefitt. Did you mean benefit?"),
        ("elements: {benefit: unknwon}", "elements benefit expects the status of an element, not unknwon. Did you mean unknown?"),
        ("elements: {benefit: []}", "not nothing"),
        ("class_at_least: hihg", "Did you mean high?"),
        ("class: [low]", "class expects a class of risk, not ['low']"),
        ("deadline_open: [a]", "deadline_open expects {a deadline: a truth value}"),
        ("duties: {documentation: maybe}", "not maybe. There is yes, no, unknown, absent."),
        ("within: true", "within expects a truth value, not True"),
        ("rule_sets_at_least: two", "rule_sets_at_least expects a whole number, not two"),
        ("likelihood: 5", "likelihood expects a level of likelihood, not 5. There is 1, 2, 3, 4."),
        ("limit_sek: [1, 2, 3]", "limit_sek expects whole SEK or [low, high]"),
        ("window_ends: tomorrow", "window_ends expects a day, YYYY-MM-DD"),
        ("contract: contestd", "Did you mean contested?"),
        ("blocks: 'yes'", "blocks expects true or false, not yes"),
    ],
)
def test_an_expectation_that_could_never_be_is_refused_where_it_stands(
    expected: str, says: str, court: Court, tmp_path: Path
) -> None:
    """Else a test would pass, or fail, whatever the law says."""
    with pytest.raises(Problem) as wrong:
        run(court, tmp_path, f"- name: misspelt\n  expect:\n    {expected}\n")
    told = wrong.value.text("en")
    assert says in told
    assert told.startswith(f"{tmp_path / 'test.yaml'}:{1 if 'purchases' in expected else 3}: The law test “misspelt”")


def test_what_can_be_written_can_be_missed(court: Court, tmp_path: Path) -> None:
    """What is written is only refused where nothing like it exists; the rest is held against what came out."""
    missed = {
        "carried_by": "value_string",
        "deadline_ends": "{legality-review: 2030-01-01}",
        "decides_from": "2011-01-01",
        "duties": "{documentation: 'yes'}",
        "methods": "{value_total: 'no'}",
        "not_fires": "performance.named-service",
        "outcome_in": "[lawful_below_limit]",
        "possible_outcomes": "lawful_below_limit",
        "rule_sets_at_least": "4",
        "statutes": "SoL 2001",
        "waits": "performance.named-service",
        "warns": "payments",
    }
    for key, value in missed.items():
        told = run(court, tmp_path, f"- {{name: x, expect: {{{key}: {value}}}}}")
        assert len(told) == 1, key


@pytest.mark.parametrize(
    ("text", "line"), [("- a\n", 1), ("schema: iop-case/1\nfacts: [a]\n", 2), ("facts: {}\nevidence: a\n", 2)]
)
def test_a_base_that_is_no_case_is_told_where_it_stands(text: str, line: int, tmp_path: Path) -> None:
    base = tmp_path / "odd.yaml"
    base.write_text(text, "utf-8")
    with pytest.raises(Problem) as wrong:
        run(Court((tmp_path,)), tmp_path, "- {name: x, base: odd, expect: {class: low}}")
    assert wrong.value.text("en").startswith(f"{base}:{line}: ")
