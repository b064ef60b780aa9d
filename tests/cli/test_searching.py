"""The commands that search: next, and the band of assess; they tell what they know when interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .test_cli import ALINGSAS, ROOT, run

MOA = "cases/eskilstuna-moa.yaml"


def test_next_names_questions_what_answers_do_and_what_no_longer_matters() -> None:
    found = run("next", MOA, "--lang", "en", "--top", "3")
    assert found.returncode == 0 and found.stderr == ""
    assert "1. " in found.stdout and "3. " in found.stdout and "4. " not in found.stdout
    assert "more that can change the class" in found.stdout
    assert "do not apply in this case" in found.stdout


def test_next_where_nothing_can_change_the_class() -> None:
    found = run("next", ALINGSAS)
    assert found.returncode == 0
    assert "Ingen obesvarad fråga kan ändra klassen." in found.stdout


def test_next_needs_at_least_one_question() -> None:
    found = run("next", MOA, "--top", "0")
    assert found.returncode == 2 and len(found.stderr.splitlines()) == 1


def test_assess_says_how_firm_the_class_is_unless_told_not_to_search() -> None:
    full = json.loads(run("assess", MOA, "--format", "json").stdout)
    assert full["firmness"]["best_exact"] is True and full["firmness"]["next"]
    quick = json.loads(run("assess", MOA, "--format", "json", "--no-search").stdout)
    assert quick["firmness"] is None and quick["advice"] is None and full["advice"]["sets"]
    assert {**full, "firmness": None, "advice": None} == quick


@pytest.mark.slow
def test_the_text_says_how_firm_unless_told_not_to_search() -> None:
    assert "Står fast" in run("assess", MOA).stdout
    assert "Står fast" not in run("assess", MOA, "--no-search").stdout


def test_an_interrupted_search_still_gives_the_result() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assessor", "assess", "cases/linkoping.yaml", "--format", "json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    if process.returncode == 130:  # caught before the search began
        return
    assert process.returncode == 0, err
    assert json.loads(out)["class"]
