"""Precedents argued: forced, distinguishable, and what does not count."""

from __future__ import annotations

from typing import Literal

import pytest

from assessor.assessment.comparison.argument import argue
from assessor.assessment.comparison.factors import compare
from assessor.assessment.models import Argument
from assessor.truth import FALSE, TRUE, UNKNOWN
from tests.band.cases import AS_OF, assessor, case

BENCHMARK = "hfd-2020-15"


def argued(precedent: str, **changed: int) -> Argument:
    """A case that is on every factor as the precedent was (what is not known of it absent), but for some."""
    knowledge = assessor().knowledge
    coded = knowledge.precedents[precedent].factors
    here = {name: changed.get(name, TRUE if name in coded and coded[name].present else FALSE) for name in knowledge.factors}
    comparisons = [compare(knowledge, each, here) for each in knowledge.precedents.values()]
    return next(each for each in argue(knowledge, comparisons) if each.precedent == precedent)


@pytest.mark.parametrize(
    "precedent", ["hfd-2020-15", "kamr-295-18", "kamr-goteborg-co", "cjeu-c-606-17", "kamr-295-18-sports-hall"]
)
def test_a_case_like_the_precedent_is_forced(precedent: str) -> None:
    found = argued(precedent)
    assert found.standing == "forced" and not found.distinctions and found.shared


@pytest.mark.parametrize("factor", ["F1", "F2", "F3", "F4", "F5", "F6", "F7"])
def test_without_what_pointed_to_the_outcome_it_can_be_told_apart(factor: str) -> None:
    found = argued(BENCHMARK, **{factor: FALSE})
    assert found.standing == "distinguishable"
    assert [(each.factor, each.kind) for each in found.distinctions] == [(factor, "missing_here")]


@pytest.mark.parametrize("factor", ["F13", "F14", "F15", "F16", "F17", "F18", "F19", "F21", "F3b", "F20", "F8"])
@pytest.mark.parametrize("truth", [TRUE, FALSE, UNKNOWN])
def test_what_courts_give_no_weight_does_not_distinguish(factor: str, truth: int) -> None:
    """Initiative, form, name, volunteers: neither their presence nor their absence."""
    assert argued(BENCHMARK, **{factor: truth}).standing == "forced"


def test_own_money_that_was_not_known_there_is_untested_and_does_not_tell_apart() -> None:
    found = argued(BENCHMARK, F12=TRUE)
    assert found.standing == "untested" and not found.distinctions
    assert [row.factor for row in found.untested] == ["F12"]


def test_where_nothing_is_known_nothing_is_said() -> None:
    found = argued(BENCHMARK, **{f"F{n}": UNKNOWN for n in range(1, 25)})
    assert found.standing == "open" and not found.shared


def test_an_own_activity_set_aside_by_a_promised_service_does_not() -> None:
    """F11 is overridden by F1 and F2: an activity performed for the authority is not the organisation's own."""
    assert argued(BENCHMARK, F11=TRUE).standing == "forced"


def test_more_for_the_outcome_only_makes_it_stronger() -> None:
    assert argued("kamr-295-18", F6=TRUE, F9=TRUE, F10=TRUE, F2=TRUE, F4=TRUE).standing == "forced"


@pytest.mark.parametrize("factor", ["F1", "F5"])
def test_what_is_not_known_leaves_a_condition(factor: str) -> None:
    found = argued(BENCHMARK, **{factor: UNKNOWN})
    assert found.standing == "forced_if" and [row.factor for row in found.unknown] == [factor]


def test_a_difference_that_was_no_bar_elsewhere_is_rebutted() -> None:
    """A lump sum: the price did not follow volume in case 295-18 nor in Göteborg & Co, and they were contracts."""
    (difference,) = argued(BENCHMARK, F7=FALSE).distinctions
    assert {name.sv for name in difference.no_bar} == {"Det delägda utvecklingsbolaget", "Göteborg & Co"}


def test_the_clubs_hall_and_a_promised_service() -> None:
    found = argued("kamr-295-18-sports-hall", F1=TRUE)
    assert found.standing in ("distinguishable", "apart")
    assert ("F1", "missing_here") in [(each.factor, each.kind) for each in found.distinctions]


def test_precedents_come_by_inclusion_and_never_by_a_score() -> None:
    arguments = assessor().assess(case("alingsas"), as_of=AS_OF, explain=False).arguments
    assert arguments[0].precedent == BENCHMARK
    place = {each.precedent: number for number, each in enumerate(arguments)}
    shared = {each.precedent: {row.factor for row in each.shared} for each in arguments}
    for one in arguments[1:]:
        for other in arguments[1:]:
            if shared[one.precedent] < shared[other.precedent]:
                assert place[other.precedent] < place[one.precedent]


@pytest.mark.parametrize(
    ("name", "side"), [("alingsas", "against"), ("idrottshall", "for"), ("kvinnojour-reserverade-platser", "against")]
)
def test_the_other_side_argues_against_the_result(name: str, side: Literal["for", "against"]) -> None:
    assessment = assessor().assess(case(name), as_of=AS_OF, explain=False)
    assert assessment.counter_for == side
    known = {finding.because.sv for finding in assessment.findings}
    known |= {doubt.text.sv for doubt in assessment.doubts} | {each.decided.sv for each in assessment.arguments}
    for point in assessment.counter:
        if point.kind in ("finding", "may", "doubt", "precedent"):
            assert point.text.sv in known, "nothing is made up for it"
