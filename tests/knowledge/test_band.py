"""Unknown is a value: answering never widens the band, and the class reported lies within it."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache
from pathlib import Path

import pytest

from assessor.assessment.assess import Assessor
from assessor.assessment.law import governing_day
from assessor.case import read_case
from assessor.case.models import Case, Fact
from assessor.case.read import parse_case
from assessor.knowledge import load
from assessor.problems import Problem
from assessor.quantities.dates import parse_days

from .answers import answered, given, random_case, settled

CASES = Path(__file__).parents[2] / "cases"
AS_OF = dt.date(2026, 11, 21)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load())


@lru_cache(maxsize=1)
def models() -> tuple[Case, ...]:
    return tuple(read_case(path, assessor().knowledge) for path in sorted(CASES.glob("*.yaml")))


Spread = dict[str, tuple[int, int, int]]


def spread(case: Case, search: bool = True) -> Spread | None:
    """Best, point and worst class of each regime as ranks; None where no law is entered for the day.

    Searches are compiled Python only; ``test_evaluators`` shows that they conclude the same.
    """
    try:
        results = assessor().results(case, None, AS_OF, search=search)
    except Problem as problem:
        assert problem.key == "date-outside-law"
        return None
    order = list(assessor().knowledge.result.classes)
    found = {}
    for name, regime in results.items():
        ranks = sorted(order.index(klass) for klass in regime.classes())
        found[name] = ranks[0], max(order.index(run.verdict.klass) for run in regime.runs), ranks[-1]
    return found


def within(after: Spread, before: Spread) -> bool:
    """Whether no regime's band is wider than before."""
    return all(before[name][0] <= best and worst <= before[name][2] for name, (best, _, worst) in after.items())


def narrows(before: Case, after: Case) -> bool:
    """Whether the days that may govern a regime became no more in any.

    A date that contradicts the stand-ins is no narrowing; see ``test_a_commencement_date_never_widens``.
    """
    for regime in assessor().knowledge.tables:
        was, now = (governing_day(case, assessor().knowledge, regime, None, AS_OF).days for case in (before, after))
        assert was.first and was.last and now.first and now.last
        if now.first < was.first or was.last < now.last:
            return False
    return True


def check_answering(seed: int, answers: int = 4) -> int:
    """Answers questions of one random case one after another; how many answers were tried."""
    rng = random.Random(seed)
    knowledge = assessor().knowledge
    case = random_case(rng, rng.choice(models()), knowledge)
    before = spread(case)
    tried = 0
    for _ in range(answers):
        more = answered(rng, case, knowledge)
        if more is None:
            break
        name, case_after = more
        after = spread(case_after)
        if before is not None and after is not None and narrows(case, case_after):
            tried += 1
            says = f"seed {seed}: {name} := {case_after.facts[name].value} ({case_after.facts[name].support})"
            assert within(after, before), f"{says} widens {before} to {after}"
        case, before = case_after, after
    return tried


def check_point(seed: int) -> None:
    rng = random.Random(seed)
    case = random_case(rng, rng.choice(models()), assessor().knowledge)
    found = spread(case)
    if found is not None:
        assert all(best <= point <= worst for best, point, worst in found.values()), f"seed {seed}: {found}"


@pytest.mark.parametrize("block", range(15))
def test_answering_never_widens_the_band(block: int) -> None:
    assert sum(check_answering(seed) for seed in range(10 * block, 10 * block + 10)) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("block", range(30))
def test_answering_never_widens_the_band_of_many(block: int) -> None:
    for seed in range(10_000 + 100 * block, 10_000 + 100 * block + 100):
        check_answering(seed)


@pytest.mark.parametrize("block", range(5))
def test_the_class_lies_within_the_band(block: int) -> None:
    for seed in range(1000 + 40 * block, 1000 + 40 * block + 40):
        check_point(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_the_class_lies_within_the_band_of_many(block: int) -> None:
    for seed in range(20_000 + 300 * block, 20_000 + 300 * block + 300):
        check_point(seed)


def test_a_commencement_date_never_widens() -> None:
    """A case whose decision or signing is known has a band; learning when it commenced may not widen it.

    The days tried reach so many months back from the day that stands in, and the assessment warns that an earlier
    commencement must be given; only days in that reach are asked here.
    """
    knowledge = assessor().knowledge
    widened = []
    for model in models():
        question = str(knowledge.regimes[knowledge.first_regime].date)
        answers = {name: fact for name, fact in given(model).items() if name != question}
        without = settled(model, answers, knowledge)
        assert without is not None
        before = spread(without)
        reach = governing_day(without, knowledge, knowledge.first_regime, None, AS_OF).days
        for year in range(2011, 2027):
            for month in (1, 7):
                fact = Fact(question, "answered", parse_days(f"{year}-{month:02}-15"))
                if not reach.first <= fact.value.first <= reach.last:
                    continue
                case = settled(model, {**answers, question: fact}, knowledge)
                after = spread(case) if case is not None else None
                if before and after and not within(after, before) and narrows(without, case):
                    widened.append(f"{model.id}: {question} := {year}-{month:02}-15 widens {before} to {after}")
    assert not widened, "\n".join(widened)


@pytest.mark.parametrize("number", range(5))
def test_taking_answers_of_a_real_case_away_and_back(number: int) -> None:
    """Every answer of every case, one at a time: without it the band is at least as wide."""
    if number >= len(models()):
        pytest.skip("fewer cases")
    case, knowledge = models()[number], assessor().knowledge
    whole = spread(case)
    assert whole is not None
    for name in given(case):
        less = settled(case, {key: fact for key, fact in given(case).items() if key != name}, knowledge)
        if less is None:
            continue  # another answer depends on this one
        without = spread(less)
        assert without is not None
        if narrows(less, case):
            assert within(whole, without), f"{name} widens {without} to {whole}"


@pytest.mark.parametrize("seed", range(12))
def test_the_reported_class_lies_within_the_reported_band(seed: int) -> None:
    """The same of whole assessments, which durable-rules decides."""
    rng = random.Random(seed)
    case = random_case(rng, models()[seed % len(models())], assessor().knowledge)
    try:
        found = assessor().assess(case, as_of=AS_OF)
    except Problem as problem:
        assert problem.key == "date-outside-law"
        return
    order = list(assessor().knowledge.result.classes)
    assert order.index(found.band.best) <= order.index(found.klass) <= order.index(found.band.worst)
    assert found.klass == max((regime.klass for regime in found.regimes), key=order.index)
    assert found.band.worst == max((regime.band.worst for regime in found.regimes), key=order.index)
    for regime in found.regimes:
        assert order.index(regime.band.best) <= order.index(regime.klass) <= order.index(regime.band.worst)
        assert set(regime.outcome if isinstance(regime.outcome, tuple) else [regime.outcome]) <= set(regime.possible_outcomes)
        for element in regime.elements:
            assert element.status in (*element.possible, assessor().knowledge.unresolved_status(regime.id))
            assert set(element.possible) <= set(assessor().knowledge.statuses_of(regime.id))


def test_search_and_conclude_give_the_same() -> None:
    for seed in range(8):
        rng = random.Random(seed)
        case = random_case(rng, rng.choice(models()), assessor().knowledge)
        assert spread(case) == spread(case, search=False)


def shuffled_text(rng: random.Random, text: str) -> str:
    """A case file with the entries under ``facts:`` and ``evidence:`` in another order."""
    lines = text.splitlines(keepends=True)
    out: list[str] = []
    position = 0
    while position < len(lines):
        out.append(lines[position])
        position += 1
        if lines[position - 1].rstrip() in ("facts:", "evidence:"):
            entries: list[list[str]] = []
            while position < len(lines) and (not lines[position].strip() or lines[position].startswith(" ")):
                line = lines[position]
                if line.startswith("  ") and not line.startswith("   ") and not line.strip().startswith("#"):
                    entries.append([])
                (entries[-1] if entries else out).append(line)
                position += 1
            rng.shuffle(entries)
            out += [line for entry in entries for line in entry]
    return "".join(out)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda p: p.stem)
def test_the_order_of_facts_in_the_file_does_not_matter(path: Path) -> None:
    from pydantic import TypeAdapter

    from assessor.assessment.models import Assessment

    text = path.read_text("utf-8")
    knowledge = assessor().knowledge
    dump = TypeAdapter(Assessment).dump_json
    expected = dump(assessor().assess(parse_case(text, path, knowledge), as_of=AS_OF))
    for seed in range(3):
        other = shuffled_text(random.Random(seed), text)
        assert other != text
        case = parse_case(other, path, knowledge)
        assert dump(assessor().assess(case, as_of=AS_OF)) == expected
