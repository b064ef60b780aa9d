"""The interview: nothing is lost, nothing half written, answers come back, and the file is a case."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from assessor.case import read_case
from assessor.cli.interview import interview
from assessor.interview.session import Session
from assessor.interview.typed import typed_answer
from assessor.problems import Problem
from tests.band.cases import ROOT, assessor

KNOWLEDGE = assessor().knowledge


def talk(path: Path, *lines: str, language: str = "en") -> str:
    """What is told when these lines are typed, and then nothing more."""
    told: list[str] = []
    left = iter(lines)

    def ask(prompt: str) -> str:
        told.append(prompt)
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    interview(path, language, ask, told.append)
    return "\n".join(told)


def test_it_begins_with_stage_and_days_and_shows_class_and_band(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    told = talk(path, "1", "draft agreement 2026", "§ 1", "")
    assert "[status]" in told and "[dates.commenced]" in told
    assert "can become low to very high" in told
    case = read_case(path, KNOWLEDGE)
    assert case.facts["status"].value == "draft" and case.facts["status"].documented
    assert case.evidence["d1"].title == "draft agreement 2026"
    assert case.facts["status"].evidence[0].at == "§ 1"


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    talk(path, "1", "", "o")
    told = talk(path)
    assert "Going on with" in told and "[status]" not in told and "[dates.commenced]" not in told


@pytest.mark.parametrize("reference", ["0089", "08", "019", "1_000", "true", "~", "1.50"])
def test_an_answer_leaves_the_rest_of_the_file_as_it_was(tmp_path: Path, reference: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"schema: iop-case/1\nreference: '{reference}'\nparties: {{'08': '{reference}'}}\n", "utf-8")
    talk(path, "1", "", "")
    case = read_case(path, KNOWLEDGE)
    assert case.facts["status"].value == "draft"
    assert (case.reference, case.parties) == (reference, {"08": reference})


def test_help_why_not_applicable_and_skip(tmp_path: Path) -> None:
    told = talk(tmp_path / "case.yaml", "?", "v", "g", "h")
    assert "Choose the last step" in told and "Why: " in told and "always applies" in told
    assert told.count("[status]") == 1 or "[dates.commenced]" in told


def test_back_takes_the_last_answer_away(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    told = talk(path, "1", "", "b")
    assert "taken away" in told and told.count("[status]") == 2
    assert read_case(path, KNOWLEDGE).facts["status"].state == "unanswered"
    assert "no answer to go back to" in talk(tmp_path / "other.yaml", "b")


@pytest.mark.parametrize("line", ["9", "xx", "signd", "1,2", "-1", "{", "&a b", "'", "x" * 500])
def test_what_is_no_answer_changes_nothing(tmp_path: Path, line: str) -> None:
    path = tmp_path / "case.yaml"
    told = talk(path, line, "1", "")
    assert "Error" in told
    assert read_case(path, KNOWLEDGE).facts["status"].value == "draft"


def test_answers_that_cease_to_apply_come_back(tmp_path: Path) -> None:
    session = Session(KNOWLEDGE, tmp_path / "case.yaml")
    session.answer("payment.form", {"value": ["money"], "support": "stated"})
    session.answer("payment.basis", {"value": ["per_unit"], "support": "stated"})
    session.answer("payment.form", {"value": ["none"], "support": "stated"})
    assert session.case().facts["payment.basis"].state == "not_applicable"
    session.answer("payment.form", {"value": ["money"], "support": "stated"})
    assert session.case().facts["payment.basis"].value == frozenset({"per_unit"})


def test_a_file_that_is_no_case_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("schema: iop-case/1\nfacts: {gone: 1}\n")
    with pytest.raises(Problem):
        Session(KNOWLEDGE, path)
    assert path.read_text() == "schema: iop-case/1\nfacts: {gone: 1}\n"


def test_a_file_with_comments_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = (ROOT / "cases" / "eskilstuna-moa.yaml").read_text("utf-8") + "# a remark\n"
    path.write_text(text, encoding="utf-8")
    session = Session(KNOWLEDGE, path)
    before = session.case().facts
    question = session.next()
    assert question is not None
    session.answer(question.id, "unknown")
    assert (tmp_path / "case.yaml.before").read_text("utf-8") == text
    after = read_case(path, KNOWLEDGE).facts
    assert {name for name in after if after[name] != before[name]} == {question.id}


def test_it_ends_where_nothing_can_change_the_class(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / "cases" / "alingsas.yaml").read_bytes())
    assert "No unanswered question can change the class" in talk(path)


@pytest.mark.parametrize("name", ["idrottshall", "stockholm-bris", "alingsas", "lov-hemtjanst"])
def test_what_is_written_is_what_was_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / "cases" / f"{name}.yaml").read_bytes())
    before = read_case(path, KNOWLEDGE)
    session = Session(KNOWLEDGE, path)
    session.save()
    after = read_case(path, KNOWLEDGE)
    assert after.facts == before.facts and after.evidence == before.evidence and after.title == before.title


def test_many_random_answers_always_leave_a_case(tmp_path: Path) -> None:
    rng = random.Random(8)
    path = tmp_path / "case.yaml"
    session = Session(KNOWLEDGE, path)
    for _ in range(60):
        question = rng.choice(list(KNOWLEDGE.questions.values()))
        if session.case().facts[question.id].state == "not_applicable":
            continue
        line = rng.choice(["1", "2", "1,2", "j", "n", "500 000", "100-200", "2020-05", "0", "amount_sek: 5, per: year", "?", ""])
        with contextlib.suppress(Problem):
            session.answer(question.id, {"value": typed_answer(question, line), "support": "stated"})
        if path.exists():
            read_case(path, KNOWLEDGE)
        if rng.random() < 0.15:
            session.back()


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        ("in_kind.sek_year", "500 000 kr", 500000),
        ("in_kind.sek_year", "500000-700 000", {"low": 500000, "high": 700000}),
        ("own.share", "30 %", 30),
        ("service.promised", "1, 3", ["named_service", "opening_hours"]),
        ("vat", "2", "included"),
        ("vat", "excluded", "excluded"),
        ("payment.earmarked", "J", True),
        ("payments", "amount_sek: 100, per: year", [{"amount_sek": 100, "per": "year"}]),
        ("payments", "[{amount_sek: 1, per: once}, {amount_sek: 2, per: month}]", None),
        ("payments", "0", []),
        ("dates.signed", "2020-05", "2020-05"),
    ],
)
def test_what_is_typed(question: str, line: str, value: object) -> None:
    found = typed_answer(KNOWLEDGE.questions[question], line)
    assert found == value if value is not None else len(found) == 2


@pytest.mark.slow
def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path) -> None:
    """Killed without warning while answers stream in: what is there is a case."""
    path = tmp_path / "case.yaml"
    for wait in (1.2, 1.6, 2.1, 2.8):
        process = subprocess.Popen(
            [sys.executable, "-m", "assessor", "interview", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdin is not None
        process.stdin.write(b"1\n\n" * 200)
        process.stdin.flush()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if path.exists():
            read_case(path, KNOWLEDGE)
            assert yaml.safe_load(path.read_text("utf-8"))["facts"]


def test_new_documents_never_take_an_id_in_use(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "schema: iop-case/1\ntitle: T\nevidence:\n  contract: {title: Avtalet}\n  d3: {title: Protokollet}\n"
        "facts:\n  status: {value: signed, evidence: {document: d3, at: p. 1}}\n",
        encoding="utf-8",
    )
    session = Session(KNOWLEDGE, path)
    assert session.document("Protokollet") == "d3"
    name = session.document("Ny handling")
    session.answer("vat", {"value": "excluded", "evidence": {"document": name}})
    case = read_case(path, KNOWLEDGE)
    assert case.evidence["d3"].title == "Protokollet" and case.facts["status"].evidence[0].document == "d3"


def test_a_refused_answer_leaves_no_document(tmp_path: Path) -> None:
    session = Session(KNOWLEDGE, tmp_path / "case.yaml")
    name = session.document("A")
    with pytest.raises(Problem):
        session.answer("vat", {"value": "excluded", "evidence": {"document": name, "quote": "ord " * 30}})
    assert not session.evidence


def test_two_interviews_on_one_file_do_not_write_over_each_other(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    one, two = Session(KNOWLEDGE, path), Session(KNOWLEDGE, path)
    one.answer("vat", {"value": "excluded", "support": "stated"})
    with pytest.raises(Problem, match="changed by somebody else"):
        two.answer("status", {"value": "draft", "support": "stated"})
    assert read_case(path, KNOWLEDGE).facts["vat"].state == "answered"


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    path.write_text("schema: iop-case/1\ntitle: T\nfacts: {}\n")
    path.chmod(0o600)
    link.symlink_to(path)
    Session(KNOWLEDGE, link).answer("vat", {"value": "excluded", "support": "stated"})
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o600
    assert read_case(path, KNOWLEDGE).facts["vat"].state == "answered"


@pytest.mark.parametrize("text", ["", "[]", "- a", "schema: iop-case/1\nabot: ''\nfacts: {}\n"])
def test_what_assess_refuses_the_interview_refuses(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text)
    with pytest.raises(Problem):
        Session(KNOWLEDGE, path)
    assert path.read_text() == text


def test_nothing_is_said_to_be_saved_that_is_not(tmp_path: Path) -> None:
    assert "Saved" not in talk(tmp_path / "none.yaml")
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem):
        talk(tmp_path / "file" / "deeper.yaml", "1", "")
    with pytest.raises(Problem):
        Session(KNOWLEDGE, tmp_path / ("x" * 300))


@pytest.mark.parametrize("line", ["²", "٣", "1" * 5000, "1" + " " * 50_000 + "x", ","])
def test_odd_numbers_are_no_answers(line: str) -> None:
    for name in ("vat", "service.promised", "in_kind.sek_year"):
        typed_answer(KNOWLEDGE.questions[name], line)


def test_records_may_hold_intervals(tmp_path: Path) -> None:
    value = typed_answer(KNOWLEDGE.questions["payments"], "amount_sek: {low: 100, high: 200}, per: year")
    session = Session(KNOWLEDGE, tmp_path / "case.yaml")
    session.answer("payments", {"value": value, "support": "stated"})
    assert session.case().facts["payments"].value[0]["amount_sek"].high == 200
