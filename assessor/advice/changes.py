"""What a lever makes of the answers of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assessor.assessment.trial import Trials
from assessor.case.applicability import holds
from assessor.case.models import Fact
from assessor.case.read import read_answer
from assessor.inference.rulebook import condition_atom
from assessor.knowledge.levers import Lever, Sham
from assessor.knowledge.models import Question
from assessor.truth import FALSE, TRUE

#: The key of an amount that is to lie below a quantity.
_BELOW = "below"


def available(lever: Lever, trials: Trials) -> bool:
    """Whether a lever can be pulled: nothing known stands in the way, and what it needs is known to be there."""
    facts = trials.opened.facts
    if any(holds(facts[question], answers) == FALSE for question, answers in lever.available.items()):
        return False
    if any(holds(facts[question], answers) != TRUE for question, answers in lever.requires.items()):
        return False
    first = trials.opened.readings[trials.assessor.knowledge.first_regime]
    route = condition_atom("route", lever.route) if lever.route is not None else None
    return route is None or all(reading.truth(route) == TRUE for reading in first)


def changes(entry: Lever | Sham, trials: Trials) -> dict[str, Fact]:
    """The answers that a lever or a sham changes in a case, documented; none where it changes nothing.

    Args:
        entry: the change.
        trials: the case.

    Raises:
        Problem: the entry gives a question something that is no answer to it.
    """
    knowledge, facts = trials.assessor.knowledge, trials.opened.facts
    found: dict[str, Fact] = {}
    for name, value in entry.sets.items():
        question, now = knowledge.questions[name], facts[name]
        if isinstance(value, dict) and {"add", "remove"} & set(value):
            value = _listed(question, now, value)
            if value is None:
                continue
        made = read_answer(name, _amounts(value, trials), knowledge, "documented")
        if (made.state, made.value) != (now.state, now.value) or not now.documented:
            found[name] = made
    return found


def _listed(question: Question, now: Fact, change: Mapping[str, Any]) -> list[str] | None:
    """The list with something added and removed; None where the list is not known, or stays as it is."""
    if now.state != "answered" or not isinstance(now.value, frozenset):
        return None
    chosen = [choice for choice in question.choices if choice in now.value or choice in change.get("add", ())]
    left = [choice for choice in chosen if choice not in change.get("remove", ())]
    if set(left) == set(now.value):
        return None
    nothing = [choice for choice in question.exclusive if choice in question.choices]
    return left or nothing[:1]


def _amounts(value: Any, trials: Trials) -> Any:
    """A value with each ``{below: quantity}`` as the highest whole amount that surely lies below the quantity."""
    if isinstance(value, dict):
        if set(value) == {_BELOW}:
            return _below(value[_BELOW], trials)
        return {key: _amounts(each, trials) for key, each in value.items()}
    if isinstance(value, list):
        return [_amounts(each, trials) for each in value]
    return value


def _below(quantity: str, trials: Trials) -> int:
    amounts: Iterable[Any] = (
        reading.amounts[quantity]
        for readings in trials.opened.readings.values()
        for reading in readings
        if quantity in reading.amounts
    )
    return max(0, min((int(amount.low) for amount in amounts), default=0) - 1)


def together(parts: Iterable[Mapping[str, Fact]]) -> dict[str, Fact] | None:
    """Several changes at once; None where they contradict each other."""
    found: dict[str, Fact] = {}
    for part in parts:
        for name, fact in part.items():
            if name in found and found[name] != fact:
                return None
            found[name] = fact
    return found
