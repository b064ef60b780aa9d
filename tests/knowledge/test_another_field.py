"""The machine knows no law: a knowledge base about opening bridges to traffic runs through it unchanged."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache
from pathlib import Path

import pytest

from assessor.assessment.assess import Assessor
from assessor.case import read_case
from assessor.knowledge import load

from .answers import answered, random_case

TOY = Path(__file__).parent / "toy"
AS_OF = dt.date(2026, 1, 1)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load(TOY / "rules"))


def assess(name: str, **options: dt.date):  # type: ignore[no-untyped-def]
    return assessor().assess(read_case(TOY / "cases" / f"{name}.yaml", assessor().knowledge), as_of=AS_OF, **options)


def test_a_sound_bridge() -> None:
    found = assess("sound")
    assert (found.klass, found.band.best, found.band.worst) == ("calm", "calm", "calm")
    assert found.regimes[0].outcome == "open"
    assert [element.status for element in found.regimes[0].elements] == ["established", "established"]
    assert found.value.total_sek == 70  # the carts outweigh the lorries, counted double, and the queue is added
    assert (found.limit.sek, found.limit.relation, found.limit.within) == (100, "below", "yes")
    assert {finding.id for finding in found.findings if finding.holds == "yes"} >= {"ground.rock", "span.stone"}


def test_an_unsound_bridge() -> None:
    found = assess("unsound")
    assert (found.klass, found.band.best, found.band.worst) == ("falling", "shaky", "falling")
    assert found.regimes[0].outcome == "shut"
    assert found.value.total_sek == (40, None)
    assert found.limit.sek == 30
    assert {unknown.question for unknown in found.unknown if unknown.decides} >= {"queue", "piles.depth", "ground.kind"}
    assert found.deadlines[0].ends == "2012-07-02"  # the first of July was a Sunday
    assert [route.id for route in found.routes] == ["ferry"]
    assert found.exposure.fee.calibration.n == 2


def test_a_bridge_on_paper_takes_the_law_of_the_day_it_is_looked_at() -> None:
    found = assess("drawn")
    assert found.on_basis == "as_of"
    assert found.klass == "falling"


def test_law_by_date() -> None:
    """Under the older code a timber bridge was like any other, and exactly at the limit was within it."""
    old = assess("unsound", on=dt.date(2009, 12, 31))
    assert (old.limit.sek, old.limit.relation) == (100, "at_most")
    assert not {finding.id for finding in old.findings} & {"span.timber"}
    assert assess("unsound", on=dt.date(2010, 1, 1)).limit.sek == 30


def test_regimes_not_assessed_are_said_to_be() -> None:
    found = assess("sound")
    assert found.scope.assessed == ("safety", "upkeep")
    assert found.scope.not_assessed == ("beauty",)


@pytest.mark.parametrize("seed", range(40))
def test_the_band_behaves_here_too(seed: int) -> None:
    """Every kind of question, quantity, test and decision occurs in the toy; answering never widens its band."""
    rng = random.Random(seed)
    knowledge = assessor().knowledge
    order = list(knowledge.result.classes)
    models = [read_case(path, knowledge) for path in sorted((TOY / "cases").glob("*.yaml"))]
    case = random_case(rng, rng.choice(models), knowledge)

    def spread(case):  # type: ignore[no-untyped-def]
        (result,) = assessor().results(case, dt.date(2015, 1, 1), AS_OF)["safety"].runs
        ranks = [order.index(klass) for klass in result.spread.classes]
        point = order.index(result.verdict.klass)
        assert min(ranks) <= point <= max(ranks)
        return min(ranks), max(ranks)

    before = spread(case)
    for _ in range(6):
        more = answered(rng, case, knowledge)
        if more is None:
            break
        name, case = more
        after = spread(case)
        assert before[0] <= after[0] and after[1] <= before[1], f"{name} widens {before} to {after}"
        before = after
