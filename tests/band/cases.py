"""Cases to search, and every completion of them by plain enumeration."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from assessor.assessment.assess import Assessor
from assessor.assessment.trial import Trials
from assessor.case import read_case
from assessor.case.applicability import reanswer
from assessor.case.models import Case, Fact
from assessor.knowledge import load
from assessor.knowledge.models import Question
from assessor.quantities.dates import Days
from assessor.quantities.interval import exactly

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 21)


#: A partnership that is not said to have ended goes on: that is no gap in what is known, but what the file says.
AS_OF_UNLESS_SAID = ("dates.ended",)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load())


@lru_cache(maxsize=32)
def case(name: str) -> Case:
    return read_case(ROOT / "cases" / f"{name}.yaml", assessor().knowledge)


def documented(it: Case) -> Case:
    """The case with every answer documented and every list complete."""
    return it.with_facts(
        {
            name: replace(fact, support="documented", complete=True) if fact.state == "answered" else fact
            for name, fact in it.facts.items()
        }
    )


def opened(it: Case, questions: list[str]) -> Case:
    """The case with some answers taken away."""
    changes = {name: Fact(name, "unanswered") for name in questions}
    return it.with_facts(reanswer(it.facts, changes, assessor().knowledge)[0])


def answers(question: Question) -> list[Fact]:
    """Every answer to a question that has few."""
    if question.type == "yes_no":
        return [Fact(question.id, "answered", value) for value in (True, False)]
    if question.type == "choice":
        return [Fact(question.id, "answered", choice) for choice in question.choices]
    if question.type == "several":
        free = [choice for choice in question.choices if choice not in question.exclusive]
        subsets = [frozenset(chosen) for n in range(len(free) + 1) for chosen in combinations(free, n)]
        subsets += [frozenset({choice}) for choice in question.choices if choice in question.exclusive]
        return [Fact(question.id, "answered", subset) for subset in subsets]
    return []


def completions(it: Case, trials: Trials, limit: int, ignored: frozenset[str] = frozenset()) -> list[dict[str, Fact]] | None:
    """Every way to answer what is open, each answer documented or never to be; None if there are more than the limit."""
    read = {
        atom.question for judges in trials.opened.judges.values() for j in judges for atom in j.rulebook.facts if atom.documented
    }
    knowledge = assessor().knowledge
    found: list[dict[str, Fact]] = []

    def complete(facts: dict[str, Fact]) -> Iterator[None]:
        question = next(
            (
                name
                for name, fact in facts.items()
                if fact.state in ("unknown", "unanswered") and name not in AS_OF_UNLESS_SAID and name not in ignored
            ),
            None,
        )
        if question is None:
            found.append(facts)
            yield None
            return
        for fact in answers(knowledge.questions[question]):
            kinds = [replace(fact, support="documented")]
            if question in read:
                kinds.append(replace(fact, settled=True))
            for each in kinds:
                yield from complete(reanswer(facts, {question: each}, knowledge)[0])

    for _ in complete(it.facts):
        if len(found) > limit:
            return None
    return found


def random_completion(it: Case, rng: random.Random) -> Case:
    """Everything open answered somehow."""
    knowledge = assessor().knowledge
    facts = it.facts
    days = {name for rules in knowledge.regimes.values() for name in (rules.date, *rules.stand_ins) if name}
    # a day that stands in for another is taken to lie within reach of it, and a draft to have no day yet: docs/method.md
    within_reach = it.facts["status"].value == "draft" or any(it.facts[name].state == "answered" for name in days)
    for question in knowledge.questions.values():
        fact = facts[question.id]
        if fact.state == "not_applicable" or question.id in AS_OF_UNLESS_SAID:
            continue
        if question.id in days and within_reach and fact.state != "answered":
            continue
        if fact.state == "answered":
            if not fact.documented and rng.random() < 0.5 and fact.complete:
                facts = reanswer(facts, {question.id: replace(fact, support="documented")}, knowledge)[0]
            continue
        facts = reanswer(facts, {question.id: _random_answer(question, rng)}, knowledge)[0]
    return it.with_facts(dict(facts))


def _random_answer(question: Question, rng: random.Random) -> Fact:
    support = rng.choice(("documented", "stated"))
    value: object
    if question.type == "yes_no":
        value = rng.random() < 0.5
    elif question.type == "choice":
        value = rng.choice(list(question.choices))
    elif question.type == "several":
        free = [choice for choice in question.choices if choice not in question.exclusive]
        chosen = frozenset(choice for choice in free if rng.random() < 0.4)
        value = chosen or frozenset(set(question.choices) & set(question.exclusive))
    elif question.type == "date":
        day = dt.date.fromordinal(rng.randint(dt.date(2012, 1, 1).toordinal(), AS_OF.toordinal()))
        value = Days(day, day)
    elif question.type == "records":
        value = ()
    elif question.type == "text":
        value = "-"
    else:
        value = exactly(
            rng.choice((0, 1, 12, 40, 100)) if question.type != "money" else rng.choice((0, 90_000, 800_000, 30_000_000))
        )
    return Fact(question.id, "answered", value, support=support)
