"""Levers: what they set, that sets are minimal and complete, that shams do not help, and that durable-rules agrees."""

from __future__ import annotations

from itertools import combinations

import pytest

from assessor.advice import advice
from assessor.advice import levers as module
from assessor.advice.changes import changes, together
from assessor.advice.levers import LARGEST, advise, confirmed
from assessor.assessment.trial import Opened, Trials
from assessor.inference.durable import EngineFault
from tests.band.cases import AS_OF, ROOT, assessor, case

CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml"))
SOME = (
    "kvinnojour-reserverade-platser",
    "fem-ettariga-avtal",
    "secondhand-arbetstraning",
    "eskilstuna-moa",
    "god-man-utbildning",
)


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
    before = max(trials.classes(trials.opened).values())
    for sham in assessor().knowledge.shams.values():
        after = max(trials.classes(trials.look(changes(sham, trials))).values())
        assert after >= before, sham.id


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
    parts, _ = module._parts(trials)
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
    trials = trials_of("fem-ettariga-avtal")
    tried = advise(trials, 1).sets[0]
    lie = module.Tried(tried.levers, tried.answers, {regime: 3 for regime in tried.classes}, tried.cost)
    with pytest.raises(EngineFault, match="the search says very_high"):
        confirmed(trials, lie)


def test_nothing_is_offered_for_what_is_done() -> None:
    """Alingsås is performed: no change makes that award lawful."""
    it = case("alingsas")
    found = advice(assessor(), it, assessor().assess(it, as_of=AS_OF))
    assert not found.sets and not found.nearest
    assert any("tecknat" in each.name.sv for each in found.fixed)
    assert len(found.shams) == len(assessor().knowledge.shams)


def test_a_case_already_there_needs_nothing() -> None:
    it = case("idrottshall")
    found = advice(assessor(), it, assessor().assess(it, as_of=AS_OF))
    assert found.there and not found.sets


def test_a_draft_with_reserved_places_can_be_advertised() -> None:
    """The shelter's places, still a draft: advertising is among what brings procurement down."""
    from dataclasses import replace

    from assessor.case.applicability import reanswer

    it = case("kvinnojour-reserverade-platser")
    facts, _ = reanswer(it.facts, {"status": replace(it.facts["status"], value="draft")}, assessor().knowledge)
    trials = Trials(assessor(), it.with_facts(facts), None, AS_OF)
    alone = {tried.levers[0]: tried.classes["procurement"] for tried in advise(trials, 1).alone}
    assert alone["advertise"] <= 1 < trials.classes(trials.opened)["procurement"]


def test_an_amount_below_the_limit_is_below_it() -> None:
    trials = trials_of("nynashamn-kvinnojouren-pax")
    lever = assessor().knowledge.levers["below-limit"]
    answers = changes(lever, trials)
    limit = min(reading.amounts["limit"].low for reading in trials.opened.readings["procurement"])
    assert 0 < answers["value.ceiling"].value.high < limit
    assert answers["payments"].value[0]["amount_sek"].high < limit


def test_a_search_that_is_stopped_says_so() -> None:
    found = advise(trials_of("alingsas"), 1, stop=lambda: True)
    assert not found.complete


def test_every_lever_moves_some_rule_somewhere() -> None:
    left = set(assessor().knowledge.levers)

    def truths(node: Opened) -> list[tuple[int, ...]]:
        pairs = [pair for name in node.readings for pair in zip(node.judges[name], node.readings[name], strict=True)]
        return [judge.rulebook.truths(reading.memory) for judge, reading in pairs]

    for name in CASES:
        trials = trials_of(name)
        before = truths(trials.opened)
        for lever, answers in module._parts(trials)[0].items():
            if truths(trials.look(answers)) != before:
                left.discard(lever)
        if not left:
            break
    assert not left
