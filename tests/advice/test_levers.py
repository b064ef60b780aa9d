"""Levers: what they set, that sets are minimal and complete, that shams do not help, and that durable-rules agrees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from assessor.advice import advice
from assessor.advice import levers as module
from assessor.advice.changes import changes, together
from assessor.advice.levers import LARGEST, advise, confirmed
from assessor.advice.result import _anew
from assessor.assessment.trial import Opened, Trials
from assessor.case.applicability import reanswer
from assessor.case.models import Case
from assessor.case.read import read_answer
from assessor.inference.durable import EngineFault
from tests.band.cases import AS_OF, ROOT, assessor, case

CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml"))
SOME = ("stockholm-bris", "nynashamn-kvinnojouren-pax", "eskilstuna-moa", "god-man-utbildning")


def trials_of(name: str) -> Trials:
    return Trials(assessor(), case(name), None, AS_OF)


@pytest.mark.parametrize("name", CASES)
def test_the_trial_gives_every_regime_the_class_of_the_assessment(name: str) -> None:
    trials = trials_of(name)
    report = assessor().report(case(name), None, AS_OF)
    assert {regime: trials.order[place] for regime, place in trials.classes(trials.opened).items()} == {
        regime: klass for regime, (klass, _) in report.classes.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_no_sham_lowers_the_class(name: str) -> None:
    trials = trials_of(name)
    before = trials.classes(trials.opened)
    for sham in assessor().knowledge.shams.values():
        after = trials.classes(trials.look(changes(sham, trials)))
        assert max(after.values()) >= max(before.values()), sham.id
        assert all(after[regime] >= before[regime] for regime in before), sham.id


def test_what_is_a_grant_may_be_called_one() -> None:
    """Where no contract is shown the name is no sham: the lists are not for grants. It is then not told as what does not help."""
    it = case("idrottshall")
    answers = {"agreement.label": read_answer("agreement.label", "iop", assessor().knowledge, "documented")}
    it = it.with_facts(reanswer(it.facts, answers, assessor().knowledge)[0])
    trials = Trials(assessor(), it, None, AS_OF)
    rename = assessor().knowledge.shams["rename-agreement"]
    before, after = trials.classes(trials.opened), trials.classes(trials.look(changes(rename, trials)))
    assert [regime for regime in before if after[regime] != before[regime]] == ["partnership"]
    told = advice(assessor(), it, assessor().assess(it, as_of=AS_OF))
    assert rename.name not in [each.name for each in told.shams]
    assert len(told.shams) == len(assessor().knowledge.shams) - 1


@pytest.mark.parametrize("name", SOME)
def test_no_sham_helps_a_lever(name: str) -> None:
    """Words added to a real change add nothing: with every sham besides, no set reaches further."""
    trials = trials_of(name)
    found = advise(trials, 1)
    for tried in (*found.sets, *found.nearest)[:4]:
        for sham in assessor().knowledge.shams.values():
            both = together((changes(sham, trials), tried.answers))
            if both is not None:
                assert max(trials.classes(trials.look(both)).values()) >= tried.klass


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("target", [0, 1])
def test_the_sets_are_all_the_minimal_ones(name: str, target: int) -> None:
    """Against plain enumeration of every set of up to two levers."""
    trials = trials_of(name)
    found = advise(trials, target)
    assert found.complete
    told = {frozenset(tried.levers) for tried in found.sets}
    assert not any(one < other for one in told for other in told)
    if max(found.before.values()) <= target:
        assert not told
        return
    parts = module._parts(trials)
    reaching: set[frozenset[str]] = set()
    for size in (1, 2):
        for chosen in combinations(parts, size):
            answers = together(parts[lever] for lever in chosen)
            if answers is None or any(each < set(chosen) for each in reaching):
                continue
            report = assessor().report(trials.case.with_facts(dict(trials.look(answers).facts)), None, AS_OF, search=True)
            if trials.order.index(report.klass) <= target:
                reaching.add(frozenset(chosen))
    assert {each for each in told if len(each) <= 2} == reaching
    assert all(len(each) <= LARGEST for each in told)


@pytest.mark.parametrize("name", SOME)
def test_what_is_told_is_confirmed_by_durable_rules(name: str) -> None:
    trials = trials_of(name)
    found = advise(trials, 1)
    for tried in (*found.sets, *found.nearest):
        report = confirmed(trials, tried)
        assert trials.order.index(report.klass) == tried.klass
        assert {regime: trials.order.index(klass) for regime, (klass, _) in report.classes.items()} == dict(tried.classes)


def test_a_set_that_durable_rules_does_not_confirm_is_a_fault() -> None:
    trials = trials_of("stockholm-bris")
    tried = advise(trials, 1).sets[0]
    lie = module.Tried(tried.levers, tried.answers, {regime: 3 for regime in tried.classes}, tried.cost)
    with pytest.raises(EngineFault, match="the search says very_high"):
        confirmed(trials, lie)
    one = module.Tried(tried.levers, tried.answers, {**tried.classes, "partnership": 3 - tried.classes["partnership"]}, 0)
    with pytest.raises(EngineFault, match="partnership: the search says"):
        confirmed(trials, one)


def test_what_is_done_is_not_cured_and_a_new_agreement_is_tried() -> None:
    """Alingsås is performed: on it no lever changes procurement; on a new agreement only a lawful way does."""
    it = case("alingsas")
    trials = trials_of("alingsas")
    before = trials.classes(trials.opened)
    for tried in advise(trials, 1).alone:
        assert tried.classes["procurement"] >= before["procurement"]
    found = advice(assessor(), it, assessor().assess(it, as_of=AS_OF))
    assert found.anew and not found.sets
    assert [each.levers for each in found.nearest] == [("advertise",)]
    assert any("tecknat" in each.name.sv for each in found.fixed) is False, "the new agreement is not signed"
    assert len(found.shams) == len(assessor().knowledge.shams)


@pytest.mark.parametrize("name", [n if n in SOME else pytest.param(n, marks=pytest.mark.slow) for n in CASES])
def test_no_set_makes_a_case_low_that_has_a_statutory_duty(name: str) -> None:
    """A lever changes how a duty is met, never that it is there; and no set cures an award that has been made."""
    it = case(name)
    assessment = assessor().assess(it, as_of=AS_OF, explain=False)
    if assessment.klass == "low":
        return
    assert not advice(assessor(), it, assessment, "low").sets


def test_a_case_already_there_needs_nothing() -> None:
    it = case("idrottshall")
    found = advice(assessor(), it, assessor().assess(it, as_of=AS_OF))
    assert found.there and not found.sets


def test_a_draft_with_reserved_places_can_be_advertised() -> None:
    trials = Trials(assessor(), _anew(assessor(), case("kvinnojour-reserverade-platser")), None, AS_OF)
    alone = {tried.levers[0]: tried.classes["procurement"] for tried in advise(trials, 1).alone}
    assert alone["advertise"] <= 1 < trials.classes(trials.opened)["procurement"]


def test_an_amount_below_the_limit_is_below_it() -> None:
    trials = Trials(assessor(), _anew(assessor(), case("god-man-utbildning")), None, AS_OF)
    lever = assessor().knowledge.levers["below-limit"]
    answers = changes(lever, trials)
    limit = min(reading.amounts["limit"].low for reading in trials.opened.readings["procurement"])
    assert 0 < answers["value.ceiling"].value.high < limit
    assert answers["payments"].value[0]["amount_sek"].high < limit


def test_a_search_that_is_stopped_says_so() -> None:
    found = advise(trials_of("alingsas"), 1, stop=lambda: True)
    assert not found.complete


def test_every_lever_moves_some_rule_somewhere() -> None:
    """In a case of the repository, or in one opened up for it."""
    left = set(assessor().knowledge.levers)

    def truths(node: Opened) -> list[tuple[int, ...]]:
        pairs = [pair for name in node.readings for pair in zip(node.judges[name], node.readings[name], strict=True)]
        return [judge.rulebook.truths(reading.memory) for judge, reading in pairs]

    def drafts(name: str) -> Iterator[Case]:
        it = _anew(assessor(), case(name))
        yield it
        for answers in (
            {"market.others": ["none_found"]},
            {"parts.grant_separate": False},
            {"payment.basis": ["per_unit"]},
            {"commitment.exit": "bound_beyond_term"},
            {"conflict_of_interest": ["represents"]},
            {"service.class": "welfare", "duty.area": ["elderly_care"], "parts": []},
        ):
            facts = {key: read_answer(key, value, assessor().knowledge, "documented") for key, value in answers.items()}
            yield it.with_facts(reanswer(it.facts, facts, assessor().knowledge)[0])

    for name in CASES:
        for it in drafts(name):
            trials = Trials(assessor(), it, None, AS_OF)
            before = truths(trials.opened)
            for lever, answers in module._parts(trials).items():
                if lever in left and truths(trials.look(answers)) != before:
                    left.discard(lever)
        if not left:
            break
    assert left <= {"choice-system"}, "its route opens only where every condition of the choice system is known"
