"""The band: never narrower than the truth, and exact against plain enumeration."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assessor.assessment.trial import Trials
from assessor.band.aspects import ClassOf, DeadlineEnd, HighestFine
from assessor.band.completions import ends
from assessor.band.splits import Splits
from assessor.case.models import Case

from .cases import AS_OF, assessor, case, completions, documented, opened, random_completion

COMPLETE = (
    "idrottshall",
    "samtalsstod-direktupphandling",
    "kvinnojour-oppen-radgivning",
    "kvinnojour-reserverade-platser",
    "secondhand-arbetstraning",
    "lov-hemtjanst",
    "reserverad-upphandling",
    "god-man-utbildning",
    "fem-ettariga-avtal",
)
PARTIAL = ("eskilstuna-moa", "stockholm-bris", "nykoping-stadsmissionen", "uppsala-roda-korset", "nynashamn-kvinnojouren-pax")


def trials_of(it: Case) -> Trials:
    return Trials(assessor(), it, None, AS_OF)


def class_of(it: Case) -> str:
    return assessor().report(it, None, AS_OF, search=True).klass


def check_against_enumeration(name: str, rng: random.Random, unknown: int, limit: int) -> bool:
    """Whether a random case was small enough to be enumerated; the band is asserted to be the enumerated one."""
    base = documented(case(name))
    questions, after = assessor().knowledge.questions, assessor().knowledge.depending
    few = {
        question.id
        for question in questions.values()
        if question.type in ("yes_no", "choice") or (question.type == "several" and len(question.choices) <= 4)
    }
    short = [q for q in questions if base.facts[q].state == "answered" and few.issuperset((q, *after.get(q, ())))]
    it = opened(base, rng.sample(short, unknown))
    trials = trials_of(it)
    # what the complete case itself leaves open, and an amount that no answer brings up, cannot be listed
    every = completions(it, trials, limit, frozenset(q for q, fact in base.facts.items() if fact.state == "unanswered"))
    if every is None:
        return False
    classes = {trials.order.index(class_of(it.with_facts(facts))) for facts in every}
    found = ends(trials, Splits.over(trials), ClassOf(trials))
    assert (trials.opened.outlook.best, trials.opened.outlook.worst) <= (min(classes), 3), "the outer bound holds all"
    assert trials.opened.outlook.worst >= max(classes)
    assert found.exact, (name, [fact.question for fact in it.facts.values() if fact.state == "unanswered"])
    assert (found.lowest.value, found.highest.value) == (min(classes), max(classes))
    return True


@pytest.mark.parametrize("name", COMPLETE)
def test_the_band_is_that_of_plain_enumeration(name: str) -> None:
    rng = random.Random(f"band {name}")
    done = sum(check_against_enumeration(name, rng, 1 + n % 3, 120) for n in range(9))
    assert done >= 3


@pytest.mark.slow
@pytest.mark.parametrize("block", range(24))
@pytest.mark.parametrize("name", COMPLETE)
def test_the_band_is_that_of_plain_enumeration_on_many(name: str, block: int) -> None:
    """With up to eight questions open."""
    rng = random.Random(f"many {name} {block}")
    done = sum(check_against_enumeration(name, rng, 1 + n % 8, 400) for n in range(24))
    assert done >= 6


@pytest.mark.parametrize("name", PARTIAL)
def test_no_completion_lies_outside_the_band(name: str) -> None:
    it = case(name)
    trials = trials_of(it)
    splits = Splits.over(trials)
    band = ends(trials, splits, ClassOf(trials), 400)
    fine = ends(trials, splits, HighestFine(trials), 60)
    deadline = next(iter(assessor().knowledge.deadlines))
    days = ends(trials, splits, DeadlineEnd(trials, deadline), 60)
    rng = random.Random(f"inside {name}")
    seen = set()
    for _ in range(12):
        complete = trials_of(random_completion(it, rng))
        klass = trials.order.index(class_of(complete.case))
        seen.add(klass)
        assert band.lowest.value <= klass <= band.highest.value
        low, high = HighestFine(complete).bounds(complete.opened)
        assert fine.lowest.value <= low <= high <= fine.highest.value
        first, last = DeadlineEnd(complete, deadline).bounds(complete.opened)
        assert first == 0 or days.lowest.value <= first <= last <= days.highest.value
    assert seen


@pytest.mark.parametrize("name", [*COMPLETE, *PARTIAL])
def test_what_is_said_to_be_reached_is_reached(name: str) -> None:
    """Under the answers given, the class stands whatever else is answered."""
    it = case(name)
    trials = trials_of(it)
    found = ends(trials, Splits.over(trials), ClassOf(trials))
    rng = random.Random(f"reached {name}")
    for end in (found.lowest, found.highest):
        assert end.exact
        facts = trials.look({fact.question: fact for fact in end.answers}).facts
        settled = it.with_facts(dict(facts))
        assert trials.order.index(class_of(settled)) == end.value
        for _ in range(3):
            assert trials.order.index(class_of(random_completion(settled, rng))) == end.value


def test_alingsas_stays_very_high_whatever_the_unknown_is() -> None:
    trials = trials_of(case("alingsas"))
    found = ends(trials, Splits.over(trials), ClassOf(trials))
    assert found.exact and found.lowest.value == found.highest.value == 3
    assert found.lowest.tried == 0


def test_a_budget_that_ends_leaves_an_outer_bound() -> None:
    trials = trials_of(case("eskilstuna-moa"))
    splits = Splits.over(trials)
    full, short = (ends(trials, splits, ClassOf(trials), budget) for budget in (1500, 20))
    assert not short.lowest.exact and not short.lowest.answers
    assert short.lowest.value <= full.lowest.value and full.highest.value <= short.highest.value


def test_a_search_that_is_stopped_tells_what_it_knows() -> None:
    trials = trials_of(case("eskilstuna-moa"))
    calls: list[Any] = []

    def stop() -> bool:
        calls.append(None)
        return len(calls) > 10

    found = ends(trials, Splits.over(trials), ClassOf(trials), stop=stop)
    assert not found.exact
    assert (found.lowest.value, found.highest.value) == (0, 3)


def test_the_trials_are_what_a_full_run_gives() -> None:
    """Reuse of readings is only for speed."""
    rng = random.Random(5)
    for name in PARTIAL:
        trials = trials_of(case(name))
        node = trials.opened
        splits = Splits.over(trials)
        for _ in range(25):
            left = [q for q in splits.questions if splits.of(node.facts[q])]
            question = rng.choice(left)
            node = trials.look({question: rng.choice(splits.of(node.facts[question]))}, node)
        anew = Trials(assessor(), trials.case.with_facts(dict(node.facts)), None, AS_OF).opened
        assert anew.outlook == node.outlook
        for regime, readings in node.readings.items():
            assert [r.memory for r in readings] == [r.memory for r in anew.readings[regime]]
            assert [r.amounts for r in readings] == [r.amounts for r in anew.readings[regime]]
            assert [r.periods for r in readings] == [r.periods for r in anew.readings[regime]]
