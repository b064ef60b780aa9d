"""A slip in the law that makes no sense is a fault with file and line: amounts, periods, circles, doubles, stray files."""

# ruff: noqa: E501 - a line for each slip

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.knowledge import load
from assessor.problems import Problem
from tests.lawtest.test_check import TOY, faults
from tests.lawtest.test_misspelt import law, parsed_once

__all__ = ["law", "parsed_once"]  # fixtures

ANNEX2, FINES, DEADLINES = "parameters/direct-award-limit-annex2.yaml", "exposure/fines.yaml", "exposure/deadlines.yaml"
VALUE, BENEFIT = "procurement/value.yaml", "procurement/benefit.yaml"
WAY = "points the other way"

#: The file, the text, what is written instead, and what is said of it: the line, where it is the point, and the fault.
SLIPS = [
    # -- the same thing twice --
    (BENEFIT, "- id: guardian-training", "- id: statutory-task", ":20: benefit.statutory-task is defined twice: first in rules/procurement/benefit.yaml:11"),
    ("procurement/advertising.yaml", "- id: documentation-not-needed", "- id: notice-not-needed", "notice-not-needed is defined twice"),
    (VALUE, "- id: volume_yearly", "- id: fixed_yearly", "fixed_yearly is defined twice"),
    (VALUE, "- id: lump", "- id: statutory-task\n    name: {sv: x, en: x}\n    unit: SEK\n    formula: yearly\n  - id: class-welfare", "class-welfare is defined twice"),
    (DEADLINES, "- id: fee-kkv-two-years", "- id: fee-court-one-year", "fee-court-one-year is defined twice"),
    ("procurement/result.yaml", "issues: [", "issues: [benefit, ", "benefit is defined twice"),
    # -- circles, and division by what can be zero --
    (VALUE, "    formula: yearly + lump", "    formula: stated_payment + lump", "stated_payment is neither a question nor a quantity above"),
    (VALUE, "    formula: yearly + lump", "    formula: term_months + lump", "term_months is neither a question nor a quantity above"),
    (VALUE, "    formula: yearly + lump", "    formula: below-limit + lump", "is neither"),
    (VALUE, "counted_months / 12", "counted_months / 0", "divides by what can be zero"),
    (VALUE, "counted_months / 12", "counted_months / term_months", "divides by what can be zero"),
    (VALUE, "counted_months / 12", "counted_months / (12 * yearly)", "divides by what can be zero"),
    (BENEFIT, "when: {if_stopped: must_arrange}", "when: {if_stopped: must_arrange, benefit: established}", "it depends on itself"),
    # -- periods --
    ("norms/de-minimis.yaml", "from: 2024-01-01", "from: 2023-12-31", ":13: The knowledge base is wrong: de-minimis: art. 3 begins before eu-2023-2831 was in force"),
    ("norms/de-minimis.yaml", "to: 2030-12-31", "to: null", "art. 3 ends after eu-2023-2831"),
    ("parameters/de-minimis-ceiling.yaml", "from: 2024-01-01, to: 2030-12-31", "from: 2024-01-01, to: 2031-12-31", ":6: "),
    ("norms/de-minimis.yaml", "to: 2030-12-31", "to: 2020-12-31", "the period ends before it begins"),
    ("questions/20-contract.yaml", "from: 2025-07-01", "from: 2025-07-01\n  to: 2024-07-01", "the period ends before it begins"),
    ("notices/de-minimis-register.yaml", "until: 2026-12-31", "until: 2025-12-31", "until lies before"),
    # -- amounts --
    (ANNEX2, "value: 8109450", "value: -8109450", ":81: "),
    (ANNEX2, "value: 8109450", "value: 0", "only a percentage can be zero"),
    (ANNEX2, "value: 8109450", "value: true", "should be a valid integer"),
    (ANNEX2, "value: 8109450", "value: 8109450\n    low: 10", "give value, or low and high"),
    (ANNEX2, "low: 8109450", "low: 81094500", "low is more than high"),
    (ANNEX2, "low: 8109450", "low: -1", "greater than or equal to 0"),
    (ANNEX2, "    relation: below\n    source: sfs-2024-30", "    source: sfs-2024-30", ":79: The knowledge base is wrong: direct-award-limit-annex2: a limit needs its relation"),
    (ANNEX2, "    relation: below\n    source: sfs-2024-30", "    relation: unknown\n    source: sfs-2024-30", "needs its doubt"),
    ("parameters/fee-share.yaml", "value: 10\n", "value: 1000\n", ":5: The knowledge base is wrong: fee-share: 1000 is no percentage"),
    # -- deadlines --
    (DEADLINES, "    days: 30", "    days: -30", "greater than or equal to 0"),
    (DEADLINES, "    years: 1", "    years: 0", "needs its years, months or days"),
    (DEADLINES, "    closes: ineffectiveness", "    closes: inefectiveness", "no window inefectiveness. Did you mean ineffectiveness?"),
    # -- about.yaml --
    ("about.yaml", "[85000000, 85323000]", "[85323000, 85000000]", "the range ends before it begins"),
    ("about.yaml", "- 75231200", "- 7523120", "greater than or equal to 10000000"),
    ("about.yaml", "dates.signed: {before: 6}", "dates.signed: {before: -6}", "greater than or equal to 0"),
    ("about.yaml", 'version: "2026.11"', 'version: ""', "the text is missing"),
    ("about.yaml", "thin_below: 11", "thin_below: -11", "greater than or equal to 0"),
    # -- fines --
    (FINES, "fee_sek: 160000", "fee_sek: 160000000", "the fee is above its ceiling"),
    (FINES, "fee_sek: 160000", "fee_sek: -160000", "greater than or equal to 0"),
    (FINES, "value_sek: 2300000", "value_sek: 0", "greater than 0"),
    (FINES, "ceiling_sek: 20000000", "ceiling_sek: 0", "greater than 0"),
    ("precedents/hfd-2020-15.yaml", "fee_sek: ", "fee_sek: 1", "no decided fine has its value and fee"),
    # -- texts --
    (VALUE, "title: {sv: Värdet,", "title: {sv: '  ',", ":2: The knowledge base is wrong: title.sv: the text is missing"),
    (VALUE, "en: The value}", "en: ''}", "title.en: the text is missing"),
    ("doubts/procurement.yaml", "D01:\n", "D00: {sv: x, en: ''}\nD01:\n", "the text is missing"),
    # -- rules at odds, and rules that never hold --
    (BENEFIT, "rules:\n", "rules:\n  - {id: x, opposes: benefit, norm: benefit, when: {if_stopped: must_arrange}, because: {sv: x, en: x}}\n", WAY),
    (BENEFIT, "when: {if_stopped: must_arrange}", "when: {all: [{if_stopped: must_arrange}, {if_stopped: nothing}]}", ":27: The knowledge base is wrong: benefit.must-arrange-otherwise: it can never hold"),
    (BENEFIT, "when: {if_stopped: must_arrange}", "when: {all: [{if_stopped: must_arrange}, {if_stopped: {none_of: [must_arrange]}}]}", "it can never hold"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("file", "text", "slip", "says"), SLIPS, ids=[f"{file}: {new.strip()}" for file, _, new, _ in SLIPS])
def test_a_slip_is_a_fault(file: str, text: str, slip: str, says: str, law: Path) -> None:
    sound = (law / file).read_text("utf-8")
    assert text in sound
    (law / file).write_text(sound.replace(text, slip, 1), "utf-8")
    try:
        found = faults(law)
    finally:
        (law / file).write_text(sound, "utf-8")
    assert any(fault.startswith(f"rules/{file}:") and says in fault for fault in found), found


#: The file of another field, the text, what is written instead, and the line that the fault names.
LINES = [
    ("parameters/toll-ceiling.yaml", "to: 2009-12-31", "to: 2011-12-31", 6),
    ("parameters/toll-ceiling.yaml", "relation: below, source: act", "relation: below, source: acts", 6),
    ("norms/ground-bears.yaml", "source: old-bridge", "source: new-bridge", 6),
    ("factors/F4.yaml", "overridden_by: [F3]", "overridden_by: [F8]", 7),
    ("result.yaml", "1: [calm, calm, shaky, shaky]", "1: [calm, falling, shaky, shaky]", 14),
    ("result.yaml", "gives: not_established,", "gives: notestablished,", 7),
    ("result.yaml", "unresolved_status: unknown", "unresolved_status: unknwon", 11),
    ("upkeep/result.yaml", "gives: 2, when: {load-heavy", "gives: 5, when: {load-heavy", 18),
    ("safety/verdict.yaml", "when: {gate: shut}", "when: {gate: shut, closed-bridge: true}", 6),
    ("upkeep/result.yaml", "when: {bare-bridge: true}", "when: {bare-bride: true}", 23),
    ("safety/verdict.yaml", "- {value: shut}", "- {value: shuts}", 13),
    ("safety/traffic.yaml", "quantity: load,", "quantity: capacities,", 21),
]  # fmt: skip


def copied(toy: Path) -> Path:
    shutil.copytree(TOY, toy)
    return toy


@pytest.mark.parametrize(("file", "text", "slip", "line"), LINES, ids=[f"{file}: {new}" for file, _, new, _ in LINES])
def test_a_fault_names_the_line_it_stands_in(file: str, text: str, slip: str, line: int, tmp_path: Path) -> None:
    toy = copied(tmp_path / "rules")
    sound = (toy / file).read_text("utf-8")
    assert text in sound
    (toy / file).write_text(sound.replace(text, slip, 1), "utf-8")
    assert any(fault.startswith(f"rules/{file}:{line}:") for fault in faults(toy)), faults(toy)


def doubled(toy: Path) -> None:
    (toy / "parameters" / "old").mkdir()
    shutil.copy(toy / "parameters" / "toll-floor.yaml", toy / "parameters" / "old")


def copied_issue(toy: Path) -> None:
    (toy / "safety" / "old").mkdir()
    shutil.copy(toy / "safety" / "span.yaml", toy / "safety" / "old")


def in_unknown_folder(toy: Path) -> None:
    (toy / "normer").mkdir()
    shutil.copy(toy / "norms" / "closing.yaml", toy / "normer" / "zzz.yaml")


def with_other_ending(toy: Path) -> None:
    (toy / "norms" / "broken.yml").write_text("{", "utf-8")


@pytest.mark.parametrize(
    ("slip", "file", "says"),
    [
        (doubled, "parameters/toll-floor.yaml:1", "toll-floor is defined twice: first in rules/parameters/old/toll-floor.yaml:1"),
        (copied_issue, "safety/old/span.yaml", "Nothing reads this file"),
        (in_unknown_folder, "normer/zzz.yaml", "Nothing reads this file"),
        (with_other_ending, "norms/broken.yml", "does not end in .yaml"),
    ],
)
def test_a_stray_file_is_refused(slip: Callable[[Path], None], file: str, says: str, tmp_path: Path) -> None:
    toy = copied(tmp_path / "rules")
    slip(toy)
    (found,) = faults(toy)
    assert found.startswith(f"rules/{file}: ") and says in found


def test_fines_to_compare_with_are_needed(tmp_path: Path) -> None:
    toy = copied(tmp_path / "rules")
    (toy / "exposure" / "fines.yaml").write_text("fines: []\n", "utf-8")
    assert any("two decided fines or more" in fault for fault in faults(toy))


@pytest.mark.parametrize(
    ("file", "text", "slip", "says"),
    [
        ("parameters/toll-floor.yaml", "unit: SEK", "units: SEK", "unit: nyckeln saknas"),
        ("parameters/toll-floor.yaml", "unit: SEK", "unit: SEK\nunits: SEK", "units: ingen känd nyckel här"),
        ("parameters/toll-floor.yaml", "unit: SEK", "unit: kronor", "unit: ska vara 'SEK', 'EUR', 'percent', 'days', 'months' eller 'years'"),
        ("parameters/toll-floor.yaml", "value: 1,", "value: en,", "values.0.value: ska vara ett heltal"),
        ("parameters/toll-floor.yaml", "value: 1,", "value: -1,", "values.0.value: ska vara minst 0"),
        ("parameters/toll-floor.yaml", "value: 1,", "low: 2, high: 1,", "values.0: low är större än high"),
        ("parameters/toll-floor.yaml", "from: 2000-01-01", "from: 2000-01-41", "ska vara ett datum"),
        ("parameters/toll-floor.yaml", "value: 1, relation: at_most", "value: 1, relation: unknown", "behöver sin osäkerhet"),
        ("safety/span.yaml", "- {id: steel", "- {id: stone", "span.stone finns redan: rules/safety/span.yaml:7"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_swedish(file: str, text: str, slip: str, says: str, tmp_path: Path) -> None:
    toy = copied(tmp_path / "rules")
    sound = (toy / file).read_text("utf-8")
    assert text in sound
    (toy / file).write_text(sound.replace(text, slip, 1), "utf-8")
    with pytest.raises(Problem) as refused:
        load(toy)
    assert says in refused.value.text("sv")
