"""What the shell is told: failures are not successes, an interrupt is one, and nothing is written over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assessor.case.embedded import embedded_case

from .test_cli import ALINGSAS, ROOT, run


def test_a_law_test_that_fails_is_exit_2(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(
        "- {name: wrong, facts: {status: draft}, on: 2024-06-01, expect: {class: very_high}}\n", encoding="utf-8"
    )
    found = run("rules", "test", str(tmp_path / "one.yaml"))
    assert found.returncode == 2, found.stdout + found.stderr


def test_faults_in_a_knowledge_base_are_exit_2(tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "rules"
    shutil.copytree(ROOT / "tests" / "knowledge" / "toy" / "rules", copy)
    assert run("rules", "check", str(copy)).returncode == 2


def test_an_interrupt_is_130_and_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "memo.pdf"
    process = subprocess.Popen(
        [sys.executable, "-m", "assessor", "assess", ALINGSAS, "--no-search", "--format", "pdf", "-o", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT) and not out.exists()  # the second while Python still starts


def test_the_case_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / ALINGSAS).read_bytes())
    found = run("assess", str(path), "--no-search", "--format", "html", "-o", str(path))
    assert found.returncode == 2 and path.read_bytes() == (ROOT / ALINGSAS).read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "9999-12-31"),
        ("--on", "9999-12-31"),
        ("--as-of", "2024-W01-1"),
        ("-o", ""),
        ("-o", "/"),
    ],
)
def test_what_is_no_day_or_place_is_one_line(arguments: tuple[str, ...]) -> None:
    found = run("assess", ALINGSAS, "--no-search", *arguments)
    assert found.returncode == 2 and len(found.stderr.strip().splitlines()) == 1, found.stderr


def test_a_case_from_a_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assessor", "assess", "/dev/stdin", "--no-search"],
        input=(ROOT / ALINGSAS).read_bytes(),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0 and "Mycket hög" in done.stdout.decode()


def test_a_case_from_a_pipe_lies_whole_in_its_memo(tmp_path: Path) -> None:
    memo = tmp_path / "memo.pdf"
    text = f"# {ALINGSAS}\nschema: iop-case/1\ntitle: Rörpost\nfacts: {{status: draft}}\n"
    done = subprocess.run(
        [sys.executable, "-m", "assessor", "assess", "/dev/stdin", "--no-search", "--format", "pdf", "-o", str(memo)],
        input=text.encode(),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert embedded_case(memo) == text


@pytest.mark.parametrize("form", ["text", "pdf", "docx"])
def test_control_characters_are_refused(form: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text('schema: iop-case/1\ntitle: "a\\x1b[31mb"\nfacts: {}\n', encoding="utf-8")
    found = run("assess", str(path), "--no-search", "--format", form, "-o", str(tmp_path / "out"))
    assert found.returncode == 2 and "U+001B" in found.stderr


def test_a_long_title_in_word(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"schema: iop-case/1\ntitle: {'Avtal om samverkan ' * 30}\nfacts: {{}}\n", encoding="utf-8")
    found = run("assess", str(path), "--no-search", "--format", "docx", "-o", str(tmp_path / "out.docx"))
    assert found.returncode == 0, found.stderr
