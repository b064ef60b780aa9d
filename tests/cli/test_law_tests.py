"""The commands on law tests and mutants: a slip hides nothing else, and a run in Swedish speaks Swedish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .calling import ROOT, run

TESTS = """
- name: felstavat
  expect: {not_class: lowww}
- name: hållbart
  expect: {class: very_high}
- name: fel frågor
  facts:
    payment.form: [money]
    payment.bassis: [per_unit]
  expect: {class: low}
- name: blev annat
  expect: {class: low}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bases").symlink_to(ROOT / "tests" / "law" / "bases")
    (tmp_path / "t.yaml").write_text(TESTS, "utf-8")
    return tmp_path


def test_a_slip_is_told_where_it_stands_and_the_other_tests_are_run(folder: Path) -> None:
    found = run("rules", "test", str(folder / "t.yaml"))
    assert found.returncode == 2 and found.stderr == ""
    assert found.stdout.splitlines() == [
        f"{folder}/t.yaml:3: Rättstestet ”felstavat” går inte att pröva: not_class väntar en riskklass, inte lowww. "
        "Menade du low? Se tests/law/README.md.",
        f"{folder}/t.yaml:9: Rättstestet ”fel frågor” går inte att pröva: Det finns ingen fråga payment.bassis. "
        "Menade du payment.basis? Se tests/law/README.md.",
        "t.yaml:11 blev annat",
        "    class: väntat low (Låg), blev very_high (Mycket hög)",
        "4 rättstester, 1 gav annat än väntat, 2 gick inte att pröva.",
    ]


def test_mutants_wait_for_sound_tests(folder: Path) -> None:
    (folder / "t.yaml").write_text("- {name: blev annat, expect: {class: low}}", "utf-8")
    found = run("rules", "mutate", str(folder), "--only", "written.")
    assert found.returncode == 2 and "t.yaml:1 blev annat. Laga dem först" in found.stderr


def test_a_mutant_is_told_by_the_id_it_is_declared_by_and_in_words(folder: Path) -> None:
    (folder / "t.yaml").write_text("- {name: hållbart, expect: {class: very_high}}", "utf-8")
    found = run("rules", "mutate", str(folder), "--only", "written.oral-only")
    assert "written.oral-only deleted: regeln borttagen\n" in found.stdout
    assert "written.oral-only swapped: regeln vänd till andra sidan\n" in found.stdout


ENGLISH = re.compile(r"\b(governing day|quantity|duty|deadline|table|at_most|below|unknown|state_aid)\b")


@pytest.mark.parametrize(
    "arguments",
    [("list", "--question", "dates.signed"), ("list", "--question", "payments"), ("diff", "2022-01-31", "2022-02-01")],
)
def test_a_list_in_swedish_speaks_swedish(arguments: tuple[str, ...]) -> None:
    told = run("rules", *arguments).stdout
    told = "\n".join(line for line in told.splitlines() if not line.startswith("  ") or "(" in line)
    cells = re.sub(r"\S*[a-z0-9]-\S+|^\S+ +\S+", "", told, flags=re.M)  # not the ids
    assert not ENGLISH.search(cells), ENGLISH.findall(cells)
