"""Two views of one case."""

from __future__ import annotations

from dataclasses import replace

from assessor.case.applicability import reanswer
from assessor.case.models import Case, Fact
from assessor.reconcile import reconcile
from tests.band.cases import AS_OF, assessor, case
from tests.cli.test_cli import run


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


def test_the_command() -> None:
    found = run(
        "reconcile", "cases/kvinnojour-oppen-radgivning.yaml", "cases/kvinnojour-reserverade-platser.yaml", "--lang", "en"
    )
    assert found.returncode == 0 and found.stderr == ""
    assert "Answers that differ and change the class" in found.stdout
    assert "Settle them together" in found.stdout
