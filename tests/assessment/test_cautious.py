"""The cautious reading is the open one where nothing is unknown, and only there."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from assessor.assessment.answers import Answers
from assessor.assessment.reading import Given, Reading, cautiously, read
from assessor.assessment.run import RegimeRun, handed_on
from assessor.assessment.unknowns import traces, waiting
from assessor.case.applicability import reanswer
from assessor.case.models import Case
from assessor.quantities.interval import Interval
from assessor.truth import FALSE, NOT, UNKNOWN
from tests.band.cases import AS_OF, answers, assessor, case, documented, opened

WHOLE = ("idrottshall", "kvinnojour-reserverade-platser", "samtalsstod-direktupphandling", "lov-hemtjanst", "god-man-utbildning")
DAYS = (None, dt.date(2012, 5, 2), dt.date(2016, 12, 31), dt.date(2019, 3, 1), dt.date(2022, 1, 31), dt.date(2024, 1, 1))


def varied(rng: random.Random, it: Case) -> Case:
    """The case with some answers changed, and now and then one taken away."""
    questions = assessor().knowledge.questions
    told = [name for name, fact in it.facts.items() if fact.state == "answered" and questions[name].type in ("yes_no", "choice")]
    for name in rng.sample(told, rng.randint(0, 5)):
        changed = replace(rng.choice(answers(questions[name])), support="documented")
        it = it.with_facts(reanswer(it.facts, {name: changed}, assessor().knowledge)[0])
    return opened(it, rng.sample(told, rng.choice((0, 0, 0, 1, 3))))


def forced(it: Case, run: RegimeRun, given: Given) -> list[Reading]:
    """The cautious readings of a regime, each read anew."""
    books = [each.open.rulebook for each in run.runs]
    return [read(book, Answers(it.facts), AS_OF, True, book.engine.search, given=given) for book in books]


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_reading_cautiously_would_give(seed: int) -> None:
    rng = random.Random(seed)
    it = varied(rng, documented(case(rng.choice(WHOLE))))
    found = assessor().results(it, rng.choice(DAYS), AS_OF, search=True)
    earlier: dict[str, tuple[Reading, ...]] = {}
    for name, run in found.items():
        for each, cautious in zip(run.runs, forced(it, run, handed_on(dict(earlier))), strict=True):
            assert each.cautious.memory == cautious.memory
            assert (each.cautious.amounts, each.cautious.relations) == (cautious.amounts, cautious.relations)
            assert each.cautious.periods == cautious.periods
        earlier[name] = run.cautious


def test_most_whole_cases_are_read_once() -> None:
    """Guards the test above: the readings it compares are taken over, not read again."""
    runs = [run for name in WHOLE for run in assessor().results(case(name), None, AS_OF, search=True).values()]
    assert sum(run.chosen.cautious is run.chosen.open for run in runs) > len(runs) // 2


@pytest.fixture
def whole() -> Reading:
    found = assessor().results(case("idrottshall"), None, AS_OF, search=True)
    reading = found[assessor().knowledge.first_regime].chosen.open
    assert reading.closed
    return replace(reading)


def test_a_reading_in_which_something_is_unknown_is_not_closed(whole: Reading) -> None:
    whole.memory = [UNKNOWN, *whole.memory[1:]]
    assert not whole.closed


def test_a_reading_with_an_amount_that_is_not_exact_is_not_closed(whole: Reading) -> None:
    whole.amounts = {**whole.amounts, "value": Interval(1, 2)}
    assert not whole.closed


def test_a_reading_with_an_element_that_has_no_status_is_not_closed(whole: Reading) -> None:
    """The cautious reading would settle it."""
    element = whole.rulebook.elements[0]
    whole.memory = list(whole.memory)
    for _, number in whole.rulebook.members[element]:
        whole.memory[number] = FALSE
    assert not whole.closed


def test_what_earlier_regimes_settle_otherwise_is_read_again() -> None:
    it = case("idrottshall")
    found = assessor().results(it, None, AS_OF, search=True)
    name = next(name for name, run in found.items() if run.chosen.open.rulebook.imports)
    reading = found[name].chosen.open
    given = handed_on({each: run.open for each, run in found.items()})
    conclude, told = reading.rulebook.engine.search, Answers(it.facts)
    assert cautiously(reading, told, AS_OF, conclude, given) is reading
    other = Given(lambda owner, atom: NOT[given.truth(owner, atom)], given.amount)
    again = cautiously(reading, told, AS_OF, conclude, other)
    assert again is not reading
    imported = [number for number, _, _ in reading.rulebook.imports]
    assert [again.memory[number] for number in imported] == [NOT[reading.memory[number]] for number in imported]


def test_a_closed_reading_still_waits_for_the_day_where_days_differ() -> None:
    it = case("idrottshall")
    run = assessor().results(it, None, AS_OF, search=True)[assessor().knowledge.first_regime]
    (trace,) = traces({run.regime: run.open}, it)[run.regime]
    day = str(assessor().knowledge.regimes[run.regime].date)
    assert trace.reading.closed
    assert waiting(trace, run.chosen.judge, True).decides == 0
    assert waiting(trace, run.chosen.judge, True, day).decides == trace.bits[day]
    assert waiting(trace, run.chosen.judge, False, day).decides == 0
