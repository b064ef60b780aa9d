"""Several regimes on one fact base: each its own day, what one concludes is handed on, the worst is the whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from assessor.assessment.assess import Assessor
from assessor.assessment.models import Assessment
from assessor.case import read_case
from assessor.case.models import Fact
from assessor.knowledge import load
from assessor.quantities.dates import parse_days

TOY = Path(__file__).parent / "toy"
AS_OF = dt.date(2026, 1, 1)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load(TOY / "rules"))


def assess(name: str, on: dt.date | None = None, **answers: object) -> Assessment:
    case = read_case(TOY / "cases" / f"{name}.yaml", assessor().knowledge)
    facts = dict(case.facts)
    for name, value in answers.items():
        question = name.replace("__", ".")
        facts[question] = Fact(question, "unanswered") if value is None else Fact(question, "answered", value)
    return assessor().assess(replace(case, facts=facts), on, AS_OF)


def test_each_regime_has_its_own_day() -> None:
    safety, upkeep = assess("sound").regimes
    assert (safety.on, safety.on_basis) == ("2012-05", "built.on")
    assert (upkeep.on, upkeep.on_basis) == ("2026-01-01", "as_of")
    assert {regime.on for regime in assess("sound", on=dt.date(2015, 1, 1)).regimes} == {"2015-01-01"}


def test_a_stand_in_reaches_months_back_and_the_worst_of_several_laws_is_told() -> None:
    found = assess("unsound")
    laws = [law for law in found.laws if law.regime == "safety"]
    assert [str(law.governed_from) for law in laws] == ["2012-03-01"]
    early = assess("unsound", inspected__on=parse_days("2010-02-01"))
    assert [str(law.valid_from) for law in early.laws if law.regime == "safety"] == ["2000-01-01", "2010-01-01"]
    assert sum(law.decides for law in early.laws if law.regime == "safety") == 1


def test_what_one_regime_concludes_the_next_reads() -> None:
    unpainted = assess("sound", painted=False)
    assert not unpainted.blocking  # the bridge holds
    assert next(regime for regime in unpainted.regimes if regime.id == "upkeep").consequence.level == 2  # its load weighs 70
    bad = assess("unsound", painted=False, span__material="steel", ground__kind=frozenset({"none"}))
    assert "paint.bare" in {finding.id for finding in bad.findings if finding.holds == "yes"}
    (told,) = (finding for finding in bad.findings if finding.id == "paint.bare")
    assert {premise.about for premise in told.premises} == {"painted", "holding", "F3"}
    (answer,) = (premise.answer.en for premise in told.premises if premise.about == "holding")
    assert answer == "not shown"  # the value is what the test is called: “other than” would say it twice
    assert bad.blocking == (bad.regimes[1].blocks[0],) and bad.blocking[0].en == "Paint it first."


def test_what_is_open_in_one_regime_is_open_in_the_next() -> None:
    found = assess("unsound", painted=False, span__material="steel", ground__kind=None)
    (told,) = (finding for finding in found.findings if finding.id == "paint.bare")
    assert told.holds == "unknown" and told.waits_for == ("holding",)


def test_the_whole_is_the_worst_regime_and_own_words_are_kept() -> None:
    found = assess("sound", painted=True)
    assert found.klass == "calm" and [element.status for element in found.regimes[1].elements] == ["done"]
    found = assess("sound", painted=False)
    assert [regime.klass for regime in found.regimes] == ["calm", "falling"]
    assert found.klass == "falling" and found.worst_regimes == ("upkeep",)
    assert found.band == found.regimes[1].band
    assert [element.status for element in found.regimes[1].elements] == ["undone"]


def test_a_regime_that_cannot_change_the_class_asks_nothing() -> None:
    """The unsound bridge may fall whatever the paint; the sound one hangs on it."""
    sound = assess("sound", painted=None)
    assert {point.question for point in sound.unknown if point.decides} == {"painted"}
    assert {regime for point in sound.unknown for regime in point.regimes} == {"upkeep"}


def test_duties_and_deadlines_of_a_regime() -> None:
    found = assess("sound", painted=False)
    assert [(duty.id, duty.regime, duty.arises, duty.met) for duty in found.duties] == [("brush", "upkeep", "yes", "no")]
    (deadline,) = (each for each in found.deadlines if each.regime == "upkeep")
    assert (deadline.closes, deadline.ends, deadline.open) == ("painting", "2042-05", "yes")
