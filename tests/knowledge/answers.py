"""Random answers to the questions of any knowledge base."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessor.case.applicability import settle
from assessor.case.models import Case, Fact
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question, RecordField
from assessor.quantities.dates import Days, parse_days
from assessor.quantities.interval import Interval, exactly

AMOUNTS = (
    0,
    1,
    12,
    50_000,
    99_999,
    100_000,
    499_999,
    500_000,
    699_999,
    700_000,
    1_200_000,
    7_802_550,
    9_000_000,
    75_000_000,
    10**9,
)
CODES = ("85000000", "85311000-2", "79600000", "92610000-0", "80000000", "45000000", "not a code", "90910000")


def random_day(rng: random.Random) -> Days:
    text = f"{rng.randint(2011, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return parse_days(rng.choice((text, text, text[:7], text[:4])))


def random_number(rng: random.Random, kind: str) -> Interval:
    if kind == "percent":
        return exactly(rng.choice((0, 10, 29, 30, 31, 50, 100)))
    if kind == "number":
        return exactly(rng.choice((0, 1, 2, 5, 11, 12, 24, 36, 48, 49, 60, 120)))
    if rng.random() < 0.2:
        low, high = sorted(rng.sample(AMOUNTS, 2))
        return Interval(low, None if rng.random() < 0.3 else high)
    return exactly(rng.choice(AMOUNTS))


def random_scalar(rng: random.Random, kind: str, choices: Mapping[str, Any], name: str = "") -> Any:
    if kind == "yes_no":
        return rng.random() < 0.5
    if kind == "choice":
        return rng.choice(list(choices))
    if kind == "date":
        return random_day(rng)
    if kind == "text":
        return rng.choice(CODES) if name == "cpv" else "x"
    return random_number(rng, kind)


def random_record(rng: random.Random, fields: Mapping[str, RecordField]) -> dict[str, Any]:
    return {
        name: random_scalar(rng, field.type, field.choices, name)
        for name, field in fields.items()
        if field.required or rng.random() < 0.7
    }


def random_value(rng: random.Random, question: Question) -> tuple[Any, bool]:
    """A value as a case file would give it, and whether it is complete."""
    complete = rng.random() < 0.7
    if question.type == "several":
        if rng.random() < 0.25 and question.exclusive[0] in question.choices:
            return frozenset({question.exclusive[0]}), True
        open_ones = [choice for choice in question.choices if choice not in question.exclusive]
        return frozenset(rng.sample(open_ones, rng.randint(0 if not complete else 1, min(3, len(open_ones))))), complete
    if question.type == "records":
        return tuple(random_record(rng, question.fields) for _ in range(rng.randint(0 if not complete else 1, 3))), complete
    return random_scalar(rng, question.type, question.choices), True


def given(case: Case) -> dict[str, Fact]:
    """What the case answers, without what follows from it."""
    return {name: fact for name, fact in case.facts.items() if fact.state in ("answered", "unknown")}


def settled(case: Case, answers: Mapping[str, Fact], knowledge: KnowledgeBase) -> Case | None:
    """The case with these answers, as reading a file with them would make it; None if it would be refused."""
    facts, odd = settle(answers, knowledge)
    if odd:
        return None
    for earlier, later in knowledge.governing["not_later"]:
        first, second = facts[earlier], facts[later]
        if first.state == second.state == "answered" and second.value.last < first.value.first:
            return None
    return replace(case, facts=facts)


def pruned(answers: dict[str, Fact], knowledge: KnowledgeBase) -> dict[str, Fact]:
    """Without the answers to questions that the other answers make inapplicable."""
    while True:
        _, odd = settle(answers, knowledge)
        if not odd:
            return answers
        answers = {name: fact for name, fact in answers.items() if name not in {question for question, _ in odd}}


def random_case(rng: random.Random, model: Case, knowledge: KnowledgeBase) -> Case:
    """A case made of a real one: some answers forgotten, some others, some more, supports as they fall."""
    answers = given(model)
    forget, other = rng.choice(((0.1, 0.05), (0.3, 0.1), (0.6, 0.2), (0.9, 0.0)))
    evidence = next((fact.evidence for fact in answers.values() if fact.evidence), ())
    for name, question in knowledge.questions.items():
        if rng.random() < forget:
            answers.pop(name, None)
        if rng.random() < other:
            value, complete = random_value(rng, question)
            support = rng.choice(("documented", "stated", "assumed")) if evidence else "stated"
            answers[name] = Fact(name, "answered", value, complete, support, evidence if support == "documented" else ())
    while (case := settled(model, pruned(answers, knowledge), knowledge)) is None:
        for pair in knowledge.governing["not_later"]:
            answers.pop(rng.choice(pair), None)
    return case


def answered(rng: random.Random, case: Case, knowledge: KnowledgeBase, tries: int = 10) -> tuple[str, Case] | None:
    """The case with one more answer, to a question nobody has answered yet; the support of the others is kept."""
    waiting = [name for name, fact in case.facts.items() if fact.state in ("unanswered", "unknown")]
    evidence = next((fact.evidence for fact in case.facts.values() if fact.evidence), ())
    for _ in range(tries):
        if not waiting:
            return None
        name = rng.choice(waiting)
        value, complete = random_value(rng, knowledge.questions[name])
        support = rng.choice(("documented", "stated", "assumed")) if evidence else "stated"
        fact = Fact(name, "answered", value, complete, support, evidence if support == "documented" else ())
        made = settled(case, {**given(case), name: fact}, knowledge)
        if made is not None:
            return name, made
    return None
