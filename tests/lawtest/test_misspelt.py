"""One word of the law misspelt is a fault, with the file it stands in, and never a crash."""

# ruff: noqa: E501 - a line for each word

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assessor.knowledge import load
from tests.cli.test_cli import run
from tests.lawtest.test_check import faults

ROOT = Path(__file__).parents[2]

#: The file, the word, what is written instead, and what is said of it.
MISSPELT = [
    # -- about.yaml: the frame --
    ("about.yaml", "\nstate: 2026", "\nstatex: 2026", "state: Field required"),
    ("about.yaml", "\nstate: 2026-11-21", "\nstate: 2026-11", "state: "),
    ("about.yaml", "\nversion:", "\nversjon:", "version: Field required"),
    ("about.yaml", "\nregimes:", "\nregimesx:", "regimes: Field required"),
    ("about.yaml", "\ngoverning:", "\ngovernings:", "governing: Field required"),
    ("about.yaml", "\nshown:", "\nshows:", "shown: Field required"),
    ("about.yaml", "\ncode_lists:", "\ncode_list:", "code_lists: Field required"),
    ("about.yaml", "  state_aid:\n", "  state_aids:\n", "about.yaml names no regime state_aid. Did you mean state_aids?"),
    ("about.yaml", "date: dates.commenced", "date: dates.comenced", "no question of a date dates.comenced. Did you mean"),
    ("about.yaml", "date: dates.commenced", "date: status", "no question of a date status"),
    ("about.yaml", "{dates.decided: {before", "{dates.decidd: {before", "procurement: there is no question of a date dates.decidd"),
    ("about.yaml", "{dates.commenced: {after: 6}", "{dates.comenced: {after: 6}", "municipal_law: there is no question of a date"),
    # -- about.yaml: what governs --
    ("about.yaml", "first_day: 2010-07-15", "first_day: 2010-07-35", "governing.first_day"),
    ("about.yaml", "first_day:", "firstday:", "governing.first_day: Field required"),
    ("about.yaml", "norms: [commencement", "norms: [comencement", "there is no norm comencement"),
    ("about.yaml", '"2024-01-01": D24', '"2024-01-01": D24x', "there is no doubt D24x"),
    ("about.yaml", '"2024-01-01": D24', '"2024-01-41": D24', "uncertain_days"),
    ("about.yaml", "draft_status: {status:", "draft_status: {statuss:", "there is no question statuss. Did you mean status?"),
    ("about.yaml", "{status: [draft]}", "{status: [drafft]}", "drafft is no answer to status"),
    ("about.yaml", "made: {status:", "made: {statuss:", "there is no question statuss"),
    ("about.yaml", "made: {status: [signed", "made: {status: [singed", "singed is no answer to status"),
    ("about.yaml", "agreement.origin: new", "agreement.orign: new", "there is no question agreement.orign"),
    ("about.yaml", "agreement.origin: new", "agreement.origin: anew", "anew is no answer to agreement.origin"),
    ("about.yaml", "binding: dates.signed", "binding: dates.sign", "no question of a date dates.sign"),
    ("about.yaml", "\n  status: status", "\n  status: statusx", "there is no question of a choice statusx"),
    ("about.yaml", "\n  status: status", "\n  stats: status", "governing.status: Field required"),
    ("about.yaml", "thin_below: 11", "thin_below: eleven", "governing.thin_below"),
    ("about.yaml", "thin_below:", "thin_belov:", "governing.thin_below: Field required"),
    ("about.yaml", "[[dates.commenced, dates.decided]", "[[dates.commenced, dates.decidedx]", "no question of a date dates.decidedx"),
    # -- about.yaml: what is shown, and the code lists --
    ("about.yaml", "  value: value\n", "  value: values\n", "there is no quantity values. Did you mean value?"),
    ("about.yaml", "in_kind: value_without_in_kind", "in_kind: value_without_inkind", "there is no quantity value_without_inkind"),
    ("about.yaml", "  limit: limit\n", "  limit: limits\n", "there is no quantity limits"),
    ("about.yaml", "within: below-limit", "within: below-limits", "there is no test below-limits"),
    ("about.yaml", "class-welfare: direct", "class-wellfare: direct", "there is no conclusion class-wellfare"),
    ("about.yaml", "otherwise: direct-award", "othervise: direct-award", "there is no conclusion othervise"),
    ("about.yaml", ": direct-award-limit-other", ": direct-award-limit-others", "there is no parameter direct-award-limit-others"),
    ("about.yaml", "[value_total, value_no_total", "[value_total, value_nototal", "there is no quantity value_nototal"),
    ("about.yaml", "others: value.stated_by_others", "others: value.stated_by_other", "no question of records value.stated_by_other"),
    ("about.yaml", "    norm: annex-2\n", "    norm: annex-3\n", "annex-2: there is no norm annex-3"),
    ("about.yaml", "  choice-system:\n", "  choice-systemx:\n", "there is no code list choice-system. Did you mean choice-systemx"),
    ("about.yaml", "  welfare:\n", "  wellfare:\n", "there is no code list welfare"),
    ("about.yaml", "- 75200000\n", "- 7520000O\n", "code_lists.annex-2.codes.0"),
    # -- exposure --
    ("exposure/fee.yaml", "[unlawful_direct_award,", "[unlawful_direct_awardx,", "there is no outcome unlawful_direct_awardx"),
    ("exposure/fee.yaml", "also: [advertised_flawed]", "also: [advertised_flaw]", "there is no outcome advertised_flaw"),
    ("exposure/fee.yaml", "precedent: hfd-2020-15", "precedent: hfd-2020-51", "there is no precedent hfd-2020-51"),
    ("exposure/fee.yaml", "case_max: case_max", "case_max: case_maxx", "there is no quantity case_maxx"),
    ("exposure/fee.yaml", "floor: fee-floor", "floor: fee-flor", "there is no parameter fee-flor"),
    ("exposure/fee.yaml", "share: fee-share", "share: fee-shares", "there is no parameter fee-shares"),
    ("exposure/fee.yaml", "ceiling: fee-ceiling", "ceiling: fee-cieling", "there is no parameter fee-cieling"),
    ("exposure/fee.yaml", "damages: [damages]", "damages: [damage]", "there is no norm damage"),
    ("exposure/fee.yaml", "damages: [damages]", "damage: [damages]", "there is no consequence damage"),
    ("exposure/fee.yaml", "{norm: fee-kkv-two-years", "{norm: fee-kkv-two-year", "there is no norm fee-kkv-two-year"),
    ("exposure/fee.yaml", "{norm: fee-kkv-two-years", "{norms: fee-kkv-two-years", "there is no norm None"),
    ("exposure/fee.yaml", "decided_by: kkv", "decided_by: kvk", "there is no authority kvk"),
    ("exposure/duties.yaml", "parameter: documentation-limit", "parameter: documentation-limits", "no parameter documentation-limits"),
    ("exposure/fines.yaml", "law: lou-2016", "law: lou-2061", "there is no source lou-2061"),
    # -- formulas, amounts and tests --
    ("procurement/value.yaml", 'per="year"', 'per="yearx"', "there is no answer to per of payments, yearx. Did you mean year?"),
    ("procurement/value.yaml", 'per="year"', 'peer="year"', "no field of type choice in payments: peer"),
    ("procurement/value.yaml", "total(payments.amount_sek", "total(payments.amount_sk", "in payments: amount_sk. Did you mean amount_sek?"),
    ("procurement/value.yaml", "total(payments.amount_sek", "total(payment.amount_sek", "no question of records payment. Did you mean"),
    ("procurement/value.yaml", "highest: [value_total,", "highest: [value_totalx,", "there is no quantity value_totalx"),
    ("state_aid/trade-effect.yaml", 'basis="none_stated"', 'basis="none_state"', "no answer to basis of aid.other, none_state"),
    ("procurement/object.yaml", "{records: parts, code: cpv", "{records: part, code: cpv", "no question of records part"),
    ("procurement/object.yaml", "code: cpv, amount", "code: cvp, amount", "no field of type text in parts: cvp"),
    ("procurement/object.yaml", "amount: amount_sek, list", "amount: amount_sk, list", "in parts: amount_sk"),
    ("procurement/object.yaml", "list: annex-2", "list: annex-3", "there is no code list annex-3"),
    ("procurement/advertising.yaml", "list: choice-system", "list: choice-systemx", "there is no code list choice-systemx"),
    # -- tables --
    ("result.yaml", "unresolved_status: unknown", "unresolved_status: unknwon", "there is no status unknwon. Did you mean unknown?"),
    ("partnership/result.yaml", "unresolved_status: unknown", "unresolved_status: unknwon", "there is no status unknwon. Did you mean unknown?"),
    ("result.yaml", "at_least: elevated", "at_least: elevate", "there is no class elevate"),
    ("result.yaml", "when: {for: true, denied: true}", "when: {for: true, deny: true}", "deny is not known"),
    ("partnership/result.yaml", "against: true", "againts: true", "againts is not known"),
    ("procurement/result.yaml", "scenario: [scope, contract, route]", "scenario: [scope, contract, route, rout]", "no decision or test rout"),
    ("procurement/result.yaml", "\n  exempt: {", "\n  exemptx: {", "there is no outcome exempt. Did you mean exemptx?"),
    ("partnership/result.yaml", "\n  criteria_not_met:", "\n  criterion_not_met:", "there is no outcome criteria_not_met"),
    # -- others --
    ("levers/levers.yaml", "value.ceiling: {below: limit}", "value.ceiling: {below: limits}", "there is no quantity limits. Did you mean limit?"),
    ("levers/levers.yaml", "value.ceiling: {below: limit}", "value.ceiling: {belov: limit}", "no change of value.ceiling called belov"),
    ("questions/50-value.yaml", "applies_when: {siblings.any: true}", "applies_when: {siblings.any: treu}", "treu is no answer to siblings.any"),
    ("levers/levers.yaml", "sets: {accounts.separate: true}", "sets: {accounts.separate: treu}", "treu is no answer to accounts.separate"),
    ("notices/de-minimis-register.yaml", "regimes: [state_aid]", "regimes: [stateaid]", "there is no regime stateaid"),
    ("precedents/hfd-2020-15.yaml", "outcome: unlawful_direct_award", "outcome: unlawful_award", "there is no outcome unlawful_award"),
    ("procurement/performance.yaml", "denies: performance", "denies: preformance", "there is no element preformance"),
]  # fmt: skip


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the law, to be misspelt one file at a time."""
    folder = tmp_path_factory.mktemp("law") / "rules"
    shutil.copytree(ROOT / "rules", folder)
    return folder


@pytest.fixture(scope="module", autouse=True)
def parsed_once() -> Iterator[None]:
    """Only the file that is misspelt is parsed anew."""
    module = importlib.import_module("assessor.knowledge.load")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "parse_yaml", cache(module.parse_yaml))
        yield


@pytest.mark.parametrize(
    ("file", "word", "misspelt", "says"), MISSPELT, ids=[f"{file}: {new.strip()}" for file, _, new, _ in MISSPELT]
)
def test_a_misspelt_word_is_a_fault(file: str, word: str, misspelt: str, says: str, law: Path) -> None:
    text = (law / file).read_text("utf-8")
    assert word in text
    (law / file).write_text(text.replace(word, misspelt, 1), "utf-8")
    try:
        found = faults(law)
    finally:
        (law / file).write_text(text, "utf-8")
    assert any(says in fault for fault in found), found
    assert any("rules/" in fault for fault in found), found


def test_the_command_says_so_and_is_exit_2(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    about = tmp_path / "rules" / "about.yaml"
    about.write_text(about.read_text("utf-8").replace("  choice-system:\n", "  choice-systemx:\n"), "utf-8")
    found = run("rules", "check", str(tmp_path / "rules"), "--lang", "en")
    assert found.returncode == 2, found.stderr
    assert "rules/procurement/advertising.yaml" in found.stderr and "no code list choice-system" in found.stderr


def test_the_copy_is_the_law_again_afterwards(law: Path) -> None:
    """And ``test_check`` says that the law is sound."""
    assert load(law).digest == load().digest
