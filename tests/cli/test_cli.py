"""The commands as a user meets them: help, exit codes, one-line errors, nothing half written."""

import os
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, process, run

ALINGSAS = "cases/alingsas.yaml"


def test_the_program_is_what_the_tests_call() -> None:
    """The calls of these tests stay in one process; here the program itself, with the same answer."""
    for call in (["rules", "check"], ["assess", "missing.yaml"], ["--version"]):
        one, other = run(*call), process(*call)
        assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)


def test_help_names_the_commands() -> None:
    found = run("--help")
    assert found.returncode == 0
    for command in ("assess", "explain", "cases", "rules", "sources"):
        assert command in found.stdout


@pytest.mark.parametrize("group", [(), ("rules",), ("sources",), ("schema",)], ids=str)
def test_a_group_without_a_command_is_its_help(group: tuple[str, ...]) -> None:
    found = run(*group)
    assert found.returncode == 2 and found.stderr == ""
    assert found.stdout.startswith("Usage: ") and "Commands:" in found.stdout


def test_text_is_plain_in_a_pipe_and_says_the_class() -> None:
    found = run("assess", ALINGSAS)
    assert found.returncode == 0 and found.stderr == ""
    assert "\x1b[" not in found.stdout
    assert "Mycket hög" in found.stdout and "Statsstöd" in found.stdout


def test_english() -> None:
    found = run("assess", ALINGSAS, "--lang", "en")
    assert found.returncode == 0 and "Very high" in found.stdout


def test_on_uses_the_law_of_another_day() -> None:
    old = run("assess", "cases/samtalsstod-direktupphandling.yaml", "--on", "2019-06-03", "--lang", "en")
    assert old.returncode == 0
    assert old.stdout != run("assess", "cases/samtalsstod-direktupphandling.yaml", "--lang", "en").stdout


def test_as_of_moves_only_the_windows() -> None:
    early = run("assess", ALINGSAS, "--as-of", "2016-07-15", "--lang", "en")
    late = run("assess", ALINGSAS, "--as-of", "2020-01-01", "--lang", "en")
    assert "Very high" in early.stdout and "Very high" in late.stdout
    assert early.stdout != late.stdout


def test_explain_goes_down_to_source_and_evidence() -> None:
    found = run("explain", ALINGSAS, "consideration", "--lang", "en")
    assert found.returncode == 0
    for part in ("because", "[payment.basis, documented]", "HFD 2020 ref. 15", "VERIFIED"):
        assert part in found.stdout
    whole = run("explain", ALINGSAS)
    assert whole.returncode == 0 and len(whole.stdout) > len(found.stdout)


def test_rules_and_sources() -> None:
    assert run("rules", "check").returncode == 0
    assert "consideration.price-per-unit" in run("rules", "list", "--question", "payment.basis").stdout
    shown = run("rules", "show", "consideration.price-per-unit").stdout
    assert "F7" in shown and "1 kap. 15 §" in shown
    assert "VERIFIED" in run("sources", "show", "hfd-2020-15").stdout


def test_cases_table() -> None:
    found = run("cases", "--lang", "en")
    assert found.returncode == 0
    assert "alingsas" in found.stdout and "Very high" in found.stdout and "Procurement" in found.stdout
    page = run("cases", "--lang", "en", "--format", "md").stdout
    assert "| Procurement | Unlawful direct award | Very high | very high |" in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["assess", "cases/alingsås.yaml"], "finns inte"),
        (["assess", "cases"], "mapp"),
        (["assess", ALINGSAS, "--on", "2020-13-01"], "ÅÅÅÅ-MM-DD"),
        (["assess", ALINGSAS, "--on", "1999-01-01"], "regelverk"),
        (["assess", ALINGSAS, "--as-of", "i morgon"], "--as-of"),
        (["assess", ALINGSAS, "--format", "odt"], "--format"),
        (["assess", ALINGSAS, "--edition", "press"], "--edition"),
        (["assess", ALINGSAS, "--edition", "organisation"], "--format"),
        (["assess", ALINGSAS, "--format", "pdf", "--pdf", "x", "-o", "x.pdf"], "--pdf"),
        (["assess", ALINGSAS, "--lang", "fi"], "sv eller en"),
        (["assess", ALINGSAS, "--formt", "pdf"], "--format"),
        (["explain", ALINGSAS, "considration"], "consideration"),
        (["rules", "show", "F77"], "F77"),
        (["sources", "show", "hfd-2020-51"], "hfd-2020-15"),
        (["cases", "docs"], "ärenden"),
        (["bedöm"], "bedöm"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(arguments: list[str], says: str) -> None:
    found = run(*arguments)
    assert found.returncode == 2, found.stderr
    assert says in found.stderr and "Traceback" not in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1
    assert found.stdout == ""


def test_a_wrong_case_names_file_and_line_and_writes_nothing(tmp_path: Path) -> None:
    case = tmp_path / "fel.yaml"
    case.write_text("schema: iop-case/1\nfacts:\n  payment.bassis: per_unit\n", encoding="utf-8")
    output = tmp_path / "ut.json"
    found = run("assess", str(case), "--format", "json", "-o", str(output), "--lang", "en")
    assert found.returncode == 2
    assert f"{case}:3:" in found.stderr and "payment.basis" in found.stderr
    assert list(tmp_path.iterdir()) == [case]


def test_a_fault_of_the_program_is_exit_1(tmp_path: Path) -> None:
    """A broken engine must never look like a result or like the user's mistake."""
    (tmp_path / "sitecustomize.py").write_text("import assessor.inference.durable as d\nd.PINNED = '0'\n", encoding="utf-8")
    found = run("assess", ALINGSAS, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert found.returncode == 1 and found.stdout == ""
    assert "Traceback" not in found.stderr
    shown = run("assess", ALINGSAS, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}", ASSESSOR_DEBUG="1")
    assert shown.returncode == 1 and "Traceback" in shown.stderr and shown.stderr.endswith(found.stderr)


def test_an_output_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    found = run("assess", ALINGSAS, "-o", str(tmp_path / "fil" / "ut.txt"))
    assert found.returncode == 2 and "-o" in found.stderr


def test_the_answer_that_stands_alone_is_named(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "schema: iop-case/1\nfacts:\n  payment.form: [money]\n  payment.stops_when: [not_performed, nothing]\n", encoding="utf-8"
    )
    said = run("assess", str(case), "--lang", "en").stderr
    assert f"{case}:4: payment.stops_when: nothing cannot be combined with other answers." in said


def test_a_case_outside_the_law_is_named_with_its_question(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes((ROOT / ALINGSAS).read_bytes())
    (tmp_path / "b.yaml").write_text("schema: iop-case/1\nfacts:\n  dates.commenced: 2001-05-02\n", encoding="utf-8")
    found = run("cases", str(tmp_path), "--lang", "en")
    assert found.returncode == 2
    assert found.stderr.startswith(f"Error: {tmp_path / 'b.yaml'}: dates.commenced: no law is entered for 2001-05-02.")
    other = run("assess", ALINGSAS, "--no-search", "--on", "1999-01-01", "--lang", "en")
    assert other.stderr.startswith("Error: --on: no law is entered for 1999-01-01.")


def test_the_page_of_the_cases_in_the_repository_is_current() -> None:
    """``assessor cases --format md --lang en -o docs/cases.md`` writes it anew."""
    assert run("cases", "--format", "md", "--lang", "en").stdout == (ROOT / "docs" / "cases.md").read_text("utf-8")
