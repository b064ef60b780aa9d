"""One of something is told as one."""

from __future__ import annotations

from pathlib import Path

from .test_cli import run

HEAD = "schema: iop-case/1\nfacts:\n"
TEST = "- {name: one, facts: {status: draft}, on: 2024-06-01, expect: {class_at_least: low}}\n"


def test_one_question_only_one_party_has_answered(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "a.yaml", tmp_path / "b.yaml"
    ours.write_text(f"{HEAD}  status: draft\n  payment.form: [money]\n", encoding="utf-8")
    theirs.write_text(f"{HEAD}  status: draft\n", encoding="utf-8")
    assert "har svarat på 1 fråga: payment.form." in " ".join(run("reconcile", str(ours), str(theirs)).stdout.split())
    english = " ".join(run("reconcile", str(ours), str(theirs), "--lang", "en").stdout.split())
    assert "has answered 1 question: payment.form." in english


def test_one_law_test(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(TEST, encoding="utf-8")
    assert run("rules", "test", str(tmp_path / "one.yaml")).stdout.startswith("1 rättstest, 0 ")
    assert run("rules", "test", str(tmp_path / "one.yaml"), "--lang", "en").stdout.startswith("1 law test, 0 ")
