"""The next question: what its answers leave open, and why others no longer matter."""

from __future__ import annotations

from typing import Any

import pytest

from assessor.assessment.trial import Trials
from assessor.band import firmness
from assessor.band.ranking import rank
from assessor.band.splits import Splits
from assessor.inference.durable import EngineFault

from .cases import AS_OF, AS_OF_UNLESS_SAID, assessor, case, documented, opened

PARTIAL = ("eskilstuna-moa", "stockholm-bris", "nykoping-stadsmissionen")


def ranked(name: str) -> tuple[Trials, Any]:
    trials = Trials(assessor(), case(name), None, AS_OF)
    return trials, rank(trials, Splits.over(trials))


@pytest.mark.parametrize("name", PARTIAL)
def test_each_answer_leaves_the_band_said(name: str) -> None:
    trials, ranking = ranked(name)
    assert ranking.next
    for each in ranking.next[:15]:
        for turn in each.turns:
            outlook = trials.look({each.question: turn.fact}).outlook
            assert (outlook.best, outlook.worst) == (turn.best, turn.worst)
            assert trials.opened.outlook.best <= turn.best <= turn.worst <= trials.opened.outlook.worst
    assert [each.narrows for each in ranking.next] == sorted((each.narrows for each in ranking.next), reverse=True)


@pytest.mark.parametrize("name", PARTIAL)
def test_a_question_told_not_to_matter_does_not(name: str) -> None:
    trials, ranking = ranked(name)
    splits = Splits.over(trials)
    idle = [question for question, why in ranking.idle.items() if why in ("settled", "not_read")]
    idle = [question for question in idle if question not in AS_OF_UNLESS_SAID]
    assert idle
    for question in idle:
        for fact in splits.of(trials.opened.facts[question]):
            outlook = trials.look({question: fact}).outlook
            assert (outlook.best, outlook.worst) == (trials.opened.outlook.best, trials.opened.outlook.worst), question


def test_every_unanswered_question_is_ranked_or_idle() -> None:
    trials, ranking = ranked("eskilstuna-moa")
    told = {each.question for each in ranking.next} | set(ranking.idle)
    assert told == {name for name, fact in trials.opened.facts.items() if fact.state != "answered"}


def test_where_the_class_is_decided_no_question_matters() -> None:
    _, ranking = ranked("alingsas")
    assert not ranking.next
    assert set(ranking.idle.values()) == {"decided", "not_applicable"}


def test_the_one_open_question_that_decides_is_first() -> None:
    """The sports club's hall without the answer to whom the activity is for."""
    it = opened(documented(case("idrottshall")), ["activity.for"])
    trials = Trials(assessor(), it, None, AS_OF)
    ranking = rank(trials, Splits.over(trials))
    assert ranking.next[0].question == "activity.for"
    assert ranking.next[0].decides_alone


def test_firmness_says_what_a_fall_hangs_on() -> None:
    it = case("eskilstuna-moa")
    assessment = assessor().assess(it, as_of=AS_OF)
    found = firmness(assessor(), it, assessment)
    assert (found.band.best, found.best_exact) == ("low", True)
    trials = Trials(assessor(), it, None, AS_OF)
    here = trials.order.index(assessment.klass)
    assert found.falls_only_if
    for condition in found.falls_only_if:
        question = assessor().knowledge.questions[condition.question]
        for fact in Splits.over(trials).of(trials.opened.facts[condition.question]):
            from assessor.assessment.findings import answer_text

            if answer_text(question, fact) not in condition.answers:
                assert trials.look({question.id: fact}).outlook.best >= here


def test_a_band_that_durable_rules_does_not_confirm_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    it = case("stockholm-bris")
    assessment = assessor().assess(it, as_of=AS_OF)

    class Other:
        klass = "elevated"

    monkeypatch.setattr(type(assessor()), "report", lambda *args, **rest: Other)
    with pytest.raises(EngineFault, match="the band says"):
        firmness(assessor(), it, assessment)
