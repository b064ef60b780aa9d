"""Two views of one case."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assessor.assessment.trial import Opened, Trials
from assessor.case import read_case
from assessor.case.applicability import reanswer
from assessor.case.models import Case, Fact
from assessor.cli.reconciling import reconcile_text
from assessor.inference.durable import EngineFault
from assessor.reconcile import reconcile
from tests.band.cases import AS_OF, assessor, case
from tests.cli.calling import ROOT, run


def with_answers(it: Case, **answers: Fact) -> Case:
    changes = {name.replace("__", "."): fact for name, fact in answers.items()}
    changes = {name: replace(fact, question=name) for name, fact in changes.items()}
    return it.with_facts(reanswer(it.facts, changes, assessor().knowledge)[0])


def answered(value: object, support: str = "stated") -> Fact:
    return Fact("", "answered", value, support=support)  # type: ignore[arg-type]


def test_the_same_case_twice_is_itself() -> None:
    it = case("idrottshall")
    found = reconcile(assessor(), it, it, AS_OF)
    assert not found.conflicts and not found.only_first and not found.only_second and not found.firmer
    assert {n: (f.state, f.value) for n, f in found.case.facts.items()} == {n: (f.state, f.value) for n, f in it.facts.items()}
    assert assessor().assess(found.case, as_of=AS_OF).klass == "low"


def test_a_conflict_counts_as_unknown_and_shows_what_each_means() -> None:
    it = case("idrottshall")
    other = with_answers(it, users__admitted_by=answered("authority"))
    found = reconcile(assessor(), it, other, AS_OF)
    (conflict,) = [each for each in found.conflicts if each.question == "users.admitted_by"]
    assert conflict.matters
    assert found.case.facts["users.admitted_by"].state == "unknown"
    assert conflict.first.klass < conflict.second.klass
    assert found.klass > 0, "two views that differ are never low together"


def test_order_does_not_matter_but_for_the_names() -> None:
    it = case("idrottshall")
    other = with_answers(it, users__admitted_by=answered("authority"), initiative=answered("authority"))
    one, two = reconcile(assessor(), it, other, AS_OF), reconcile(assessor(), other, it, AS_OF)
    assert (one.klass, one.best, one.worst) == (two.klass, two.best, two.worst)
    assert {each.question for each in one.conflicts} == {each.question for each in two.conflicts}


def test_what_only_one_knows_is_taken_and_told() -> None:
    it = case("idrottshall")
    thin = with_answers(it, initiative=Fact("", "unanswered"))
    found = reconcile(assessor(), thin, it, AS_OF)
    assert found.only_second == ("initiative",) and not found.only_first
    assert found.case.facts["initiative"].state == "answered"


def test_the_firmer_of_two_like_answers_counts() -> None:
    it = case("idrottshall")
    fact = it.facts["users.admitted_by"]
    loose = with_answers(it, users__admitted_by=replace(fact, support="stated", evidence=()))
    found = reconcile(assessor(), loose, it, AS_OF)
    assert found.firmer == ("users.admitted_by",)
    assert found.case.facts["users.admitted_by"].documented


def test_the_command(tmp_path: Path) -> None:
    mine = ROOT / "cases" / "idrottshall.yaml"
    theirs = tmp_path / "idrottshall.yaml"
    text = mine.read_text("utf-8")
    changed = re.sub(r"(if_stopped:\s+value: )nothing", r"\1must_arrange", text)
    assert changed != text
    theirs.write_text(changed, "utf-8")
    found = run("reconcile", str(mine), str(theirs), "--lang", "en")
    assert found.returncode == 0 and found.stderr == ""
    assert "Answers that differ and change the class" in found.stdout
    assert "Settle them together" in found.stdout


def test_what_is_told_is_confirmed_by_the_rule_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled search gives a class too high for one answer: nothing is told."""
    it = case("idrottshall")
    other = with_answers(it, users__admitted_by=answered("authority"))
    classes = Trials.classes

    def wrong(trials: Trials, node: Opened) -> dict[str, int]:
        found = classes(trials, node)
        lifted = node.facts["users.admitted_by"].value == "authority"
        return {name: min(klass + 1, 3) if lifted else klass for name, klass in found.items()}

    assert reconcile(assessor(), it, other, AS_OF).conflicts
    monkeypatch.setattr(Trials, "classes", wrong)
    with pytest.raises(EngineFault, match="the search says"):
        reconcile(assessor(), it, other, AS_OF)


def test_the_class_and_band_together_are_confirmed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    it = case("idrottshall")
    monkeypatch.setattr(Trials, "classes", lambda trials, node: {"procurement": 3})
    with pytest.raises(EngineFault, match="the search says"):
        reconcile(assessor(), it, it, AS_OF)


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(f"schema: iop-case/1\n{text}", "utf-8")
    return str(path)


def test_days_that_cannot_stand_together_are_refused(tmp_path: Path) -> None:
    one = written(tmp_path, "kommun.yaml", "facts: {dates.commenced: 2024-05-01}\n")
    other = written(tmp_path, "forening.yaml", "facts: {dates.signed: 2023-02-01}\n")
    found = run("reconcile", one, other, "--lang", "en")
    assert found.returncode == 2 and len(found.stderr.splitlines()) == 1
    assert "kommun.yaml" in found.stderr and "forening.yaml" in found.stderr
    assert "dates.signed" in found.stderr and "dates.commenced" in found.stderr


SAME = "title: Öppet hus\nfacts: {status: draft}\n"
NOTES = [
    (SAME, SAME, [], ["olika", "different"]),
    ("facts: {status: draft}\n", SAME, [], ["olika", "different"]),  # a title left out is the name of the file
    (SAME, SAME.replace("Öppet hus", "Stängt hus"), ["olika rubrik eller id (Öppet hus; Stängt hus)", "same case"], []),
    (f"id: a\n{SAME}", f"id: b\n{SAME}", ["olika rubrik eller id (a; b)", "same case"], []),
    (f"as_of: 2026-03-01\n{SAME}", f"as_of: 2026-04-01\n{SAME}", ["1 mars 2026 används", "1 March 2026 is used", "--as-of"], []),
    (SAME, f"as_of: 2026-04-01\n{SAME}", ["(ingen; 1 april 2026). 1 april 2026 används", "1 April 2026 is used"], []),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "said", "unsaid"), NOTES)
def test_what_to_check_first_is_said(first: str, second: str, said: list[str], unsaid: list[str], tmp_path: Path) -> None:
    one, other = Path(written(tmp_path, "kommun.yaml", first)), Path(written(tmp_path, "forening.yaml", second))
    texts = [reconcile_text(one, other, None, language) for language in ("sv", "en")]
    told = " ".join(" ".join(texts).replace("\u00a0", " ").split())
    assert all(each in told for each in said), told
    assert not any(each in told for each in unsaid), told


def test_a_day_chosen_by_the_reader_needs_no_remark(tmp_path: Path) -> None:
    one = written(tmp_path, "kommun.yaml", f"as_of: 2026-03-01\n{SAME}")
    other = written(tmp_path, "forening.yaml", f"as_of: 2026-04-01\n{SAME}")
    assert "--as-of" not in reconcile_text(Path(one), Path(other), AS_OF, "sv")


def test_the_warnings_of_both_files_are_kept(tmp_path: Path) -> None:
    apart = "title: Öppet hus\nfacts: {%s: {answers: [{value: %s}, {value: %s}]}}\n"
    one = Path(written(tmp_path, "kommun.yaml", apart % ("status", "draft", "signed")))
    other = Path(written(tmp_path, "forening.yaml", apart % ("initiative", "authority", "organisation")))
    knowledge = assessor().knowledge
    found = reconcile(assessor(), read_case(one, knowledge), read_case(other, knowledge), AS_OF)
    assert [warning.question for warning in found.case.warnings] == ["status", "initiative"]
    told = " ".join(reconcile_text(one, other, AS_OF, "sv").split())
    assert f"Att uppmärksamma i {one}, status:" in told and f"Att uppmärksamma i {other}, initiative:" in told
