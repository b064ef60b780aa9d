"""What if: the case before and after, and answers that are none."""

from __future__ import annotations

import pytest

from assessor.advice import what_if
from assessor.assessment.trial import Trials
from assessor.problems import Problem
from tests.band.cases import AS_OF, assessor, case


def trials_of(name: str) -> Trials:
    return Trials(assessor(), case(name), None, AS_OF)


def test_before_is_the_case_as_it_stands_and_after_the_other() -> None:
    trials = trials_of("idrottshall")
    found = what_if(trials, {"users.admitted_by": "authority", "activity.for": ["assigned_users"]})
    assert found.before == assessor().assess(case("idrottshall"), as_of=AS_OF)
    assert trials.order.index(found.after.klass) > trials.order.index(found.before.klass)
    assert {"users.admitted_by", "activity.for"} <= set(found.changed)


def test_what_ceases_to_apply_is_told() -> None:
    found = what_if(trials_of("kvinnojour-oppen-radgivning"), {"payment.form": ["none"]})
    assert "payment.basis" in found.changed
    assert found.facts["payment.basis"].state == "not_applicable"


def test_an_answer_may_be_unknown() -> None:
    found = what_if(trials_of("idrottshall"), {"activity.for": "unknown"})
    assert found.facts["activity.for"].state == "unknown"
    assert found.after.band != found.before.band


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"payment.bassis": "per_unit"}, "Did you mean payment.basis"),
        ({"payment.basis": "per_units"}, "Did you mean per_unit"),
        ({"own.share": 200}, "200"),
        ({"payment.earmarked": "kanske"}, "true, false"),
    ],
)
def test_what_is_no_answer_is_refused(answers: dict[str, object], says: str) -> None:
    with pytest.raises(Problem) as problem:
        what_if(trials_of("idrottshall"), answers)
    assert says in problem.value.text("en")
