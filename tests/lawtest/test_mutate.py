"""Mutation of the rules finds what no law test would notice, and leaves the rules as they were."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assessor.lawtest import Court, Scenario, scenarios
from assessor.lawtest.mutate import Mutant, _mutated, declared, mutants, mutate
from assessor.problems import Problem

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "law" / "bases", ROOT / "cases")

TESTS = """
- name: oral only
  change: {agreement.form: oral_only}
  expect: {elements: {written: not_established}}
- name: oral only but letters
  change: {agreement.form: letters}
  expect: {elements: {written: established}}
- name: signed
  change: {agreement.form: signed_document}
  expect: {elements: {written: established}}
"""


@pytest.fixture(scope="module")
def court() -> Court:
    return Court(FOLDERS, search=True)


def written(folder: Path, text: str) -> list[Scenario]:
    file = folder / "test.yaml"
    file.write_text(text, "utf-8")
    return list(scenarios(file))


def test_every_rule_is_deleted_and_loses_every_condition(court: Court) -> None:
    found: dict[str, list[Mutant]] = {}
    for mutant in mutants(court.knowledge):
        found.setdefault(mutant.rule.id, []).append(mutant)
    assert set(found) == set(court.knowledge.rules)
    for rule, all_of_it in found.items():
        changes = [mutant.change for mutant in all_of_it]
        assert changes.count("deleted") == 1, rule
        assert changes.count("dropped") >= 1, rule
        if court.knowledge.rules[rule].element is not None:
            assert changes.count("swapped") == 1, rule
    assert len({mutant.id for group in found.values() for mutant in group}) == sum(map(len, found.values()))


def test_what_the_tests_notice_is_killed_and_what_they_do_not_survives(court: Court, tmp_path: Path) -> None:
    tests = written(tmp_path, TESTS)
    oral = mutate(court, tests, {}, "written.oral-only")
    assert oral.killed >= 2 and not {mutant.change for mutant in oral.survivors} & {"deleted"}
    blind = mutate(court, tests[2:], {}, "written.oral-only")
    assert {mutant.change for mutant in blind.survivors} >= {"deleted", "swapped"}


def test_the_rules_are_as_before(court: Court, tmp_path: Path) -> None:
    tests = written(tmp_path, TESTS)
    before = [court.run(scenario).assessment(explain=False) for scenario in tests]
    mutate(court, tests, {}, "written.")
    assert [court.run(scenario).assessment(explain=False) for scenario in tests] == before


def test_a_declared_mutant_counts_unless_a_test_notices_it(court: Court, tmp_path: Path) -> None:
    tests = written(tmp_path, TESTS)
    kept = mutate(court, tests[2:], {"written.oral-only deleted": "because this is a test of it"}, "written.oral-only")
    assert kept.equivalent == 1 and not kept.stale
    stale = mutate(court, tests, {"written.oral-only deleted": "because this is a test of it"}, "written.oral-only")
    assert stale.stale == ("written.oral-only deleted",)


def test_a_test_that_is_red_already_is_no_witness(court: Court, tmp_path: Path) -> None:
    tests = written(tmp_path, TESTS.replace("{written: not_established}", "{written: established}"))
    with pytest.raises(Problem, match=r"test.yaml:2 oral only\.") as red:
        mutate(court, tests, {}, "written.oral-only")
    assert "märka vad som helst: test.yaml:2 oral only. Laga dem först" in red.value.text("sv")


def test_what_is_told_under_a_mutant_is_not_kept_for_the_sound_rules(tmp_path: Path) -> None:
    """A rule with a literal that no other rule has is deleted while the findings are told for the first time."""
    (test,) = written(tmp_path, "- {name: a, date: 2026-01-05, facts: {payment.form: [money]}, expect: {doubts: D01}}")
    court = Court(FOLDERS, search=True)
    sound = court.run(test)
    reading = sound.reading
    book = reading.rulebook
    literals = {rule: {literal for row in rows for literal in row} for rule, rows in book.numbered.items()}
    often = Counter(literal for each in literals.values() for literal in each)
    truths = zip(book.rules, book.truths(reading.memory), strict=True)
    own = next(rule for rule, truth in truths if truth and any(often[literal] == 1 for literal in literals[rule]))
    with _mutated(Mutant(court.knowledge.rules[own], "deleted"), {book: ()}, None):
        assert own not in {finding.id for finding in court.run(test).findings}
    assert own in {finding.id for finding in sound.findings}


def test_a_test_of_doubts_is_tried_too(tmp_path: Path) -> None:
    tests = written(tmp_path, "- {name: a, date: 2026-01-05, facts: {payment.form: [money]}, expect: {doubts: D01}}")
    assert mutate(Court(FOLDERS, search=True), tests, {}, "performance.").survivors


def test_a_declaration_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text('"written.oral-only deleted": ""\n', "utf-8")
    with pytest.raises(Problem, match=r"x.yaml:1: .*with its reason"):
        declared(tmp_path)
