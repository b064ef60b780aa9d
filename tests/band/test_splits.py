"""Splits cover: whatever the answer turns out to be, exactly one way down the splits leads to it."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from assessor.assessment.trial import Trials
from assessor.band.splits import Splits
from assessor.case.models import Fact
from assessor.quantities.dates import Days
from assessor.quantities.interval import Interval, exactly

from .cases import AS_OF, assessor, case


@pytest.fixture(scope="module")
def splits() -> Splits:
    return Splits.over(Trials(assessor(), case("alingsas"), None, AS_OF))


def holds(fact: Fact, value: Any, documented: bool) -> bool:
    """Whether a split leaves room for an answer."""
    if fact.state != "answered":
        return True
    if isinstance(fact.value, frozenset):
        inside = fact.value <= value and not fact.excluded & value
        if not inside or (fact.complete and fact.value != value):
            return False
    elif isinstance(fact.value, Interval):
        if not (fact.value.low <= value.low and (fact.value.high is None or value.high <= fact.value.high)):
            return False
    elif isinstance(fact.value, Days):
        if not fact.value.first <= value.first <= fact.value.last:
            return False
    elif fact.value != value:
        return False
    return not (fact.settled and documented) and not (fact.documented and not documented)


def some_answer(question: Any, rng: random.Random) -> Any:
    if question.type == "yes_no":
        return rng.random() < 0.5
    if question.type == "choice":
        return rng.choice(list(question.choices))
    if question.type == "several":
        if rng.random() < 0.3 and set(question.choices) & set(question.exclusive):
            return frozenset({rng.choice([choice for choice in question.choices if choice in question.exclusive])})
        return frozenset(c for c in question.choices if c not in question.exclusive and rng.random() < 0.5)
    if question.type == "date":
        day = dt.date.fromordinal(rng.randint(dt.date(2010, 7, 15).toordinal(), AS_OF.toordinal()))
        return Days(day, day)
    return exactly(rng.randint(0, 100) if question.type == "percent" else rng.choice((0, 1, 7, 535_000, 10**9)))


@pytest.mark.parametrize("kind", ["yes_no", "choice", "several", "date", "money", "number", "percent"])
def test_every_answer_lies_in_exactly_one_part_all_the_way(splits: Splits, kind: str) -> None:
    rng = random.Random(kind)
    questions = [question for question in splits.questions.values() if question.type == kind]
    assert questions
    for question in questions:
        value, documented = some_answer(question, rng), rng.random() < 0.5
        fact = Fact(question.id, "unanswered")
        for _ in range(120):
            parts = splits.of(fact)
            if not parts:
                break
            fitting = [part for part in parts if holds(part, value, documented)]
            assert len(fitting) == 1, (question.id, value, parts)
            (fact,) = fitting
        assert not splits.of(fact)
        assert fact.value == value
        assert fact.documented == documented


def test_nothing_is_asked_of_what_does_not_apply(splits: Splits) -> None:
    assert splits.of(Fact("vat", "not_applicable")) == ()


def test_a_list_of_records_is_empty_or_stays_unknown(splits: Splits) -> None:
    empty, some = splits.of(Fact("payments", "unanswered"))
    assert (empty.value, some.state) == ((), "unknown")
    assert splits.of(some) == ()
