"""Conditions as rules are written, and the clauses they become.

A condition is a mapping whose entries must all hold. A key names a question, factor, element, conclusion,
test or decision; the value says what must be true of it:

    payment.basis: per_unit              # is, or is among, this
    payment.basis: [per_unit, hourly]    # any of these
    payment.basis: {all: [a, b]}         # each of these
    payment.basis: {none_of: [a, b]}     # none of these
    own.share: {at_least: 30}            # a number
    payments: given                      # records: the list is given, and is all of them
    F1: true                             # a factor, conclusion or test; false = it must not hold
    performance: established             # an element's status, a decision's value

Besides, ``any: [condition, …]`` and ``all: [condition, …]``, and ``documented: condition``, which counts
a fact only where it is documented.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from assessor.inference.form import Literal

#: More alternatives than this in one rule is a mistake in the rule.
ALTERNATIVE_LIMIT = 200

#: The only answer to a question of records that a condition can name: a list that is complete.
GIVEN = "given"

Alternatives = tuple[tuple[Literal, ...], ...]


class ConditionError(ValueError):
    """A condition that says nothing sensible.

    Attributes:
        names: known names to suggest from, if the error is an unknown name.
    """

    def __init__(self, message: str, unknown: str | None = None, names: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.unknown = unknown
        self.names = tuple(names)


@dataclass(frozen=True)
class Vocabulary:
    """What conditions may speak of.

    Attributes:
        choices: the answers of each choice, several and yes_no question.
        numbers: questions answered by a number.
        plain: factors, conclusions and tests: true or false.
        valued: elements and decisions, with their values.
    """

    choices: dict[str, frozenset[str]]
    numbers: frozenset[str]
    plain: frozenset[str]
    valued: dict[str, frozenset[str]]

    def names(self) -> tuple[str, ...]:
        """Every name."""
        return (*self.choices, *self.numbers, *self.plain, *self.valued)


def fact_atom(question: str, answer: str, documented: str = "") -> str:
    """The atom *question has this answer*.

    Args:
        question: the question's id.
        answer: a choice, ``yes``, or a comparison such as ``>=30``.
        documented: empty; ``!yes`` for *shown by a document*, ``!no`` for *a document shows that it is not so*.
    """
    return f"{question}={answer}{documented}"


def alternatives(condition: Any, vocabulary: Vocabulary, documented: bool = False) -> Alternatives:
    """The condition as a disjunction of conjunctions.

    Args:
        condition: as written, or None for no condition.
        vocabulary: what it may speak of.
        documented: count facts only where they are documented.

    Returns:
        The alternatives; one empty conjunction if there is no condition.

    Raises:
        ConditionError: an unknown name or answer, a value of the wrong kind, or too many alternatives.
    """
    if condition is None:
        return ((),)
    if not isinstance(condition, dict):
        raise ConditionError("a condition is a mapping of names and what must hold of them")
    parts: list[Alternatives] = []
    for key, test in condition.items():
        if key == "any":
            parts.append(tuple(row for part in _listed(test) for row in alternatives(part, vocabulary, documented)))
        elif key == "all":
            parts.extend(alternatives(part, vocabulary, documented) for part in _listed(test))
        elif key == "documented":
            parts.append(alternatives(test, vocabulary, True))
        else:
            parts.append(_entry(key, test, vocabulary, documented))
    joined = []
    for rows in product(*parts):
        joined.append(tuple(dict.fromkeys(literal for row in rows for literal in row)))
        if len(joined) > ALTERNATIVE_LIMIT:
            raise ConditionError(f"more than {ALTERNATIVE_LIMIT} alternatives; split the rule")
    return tuple(row for row in joined if not _contradicts_itself(row))


def _contradicts_itself(row: tuple[Literal, ...]) -> bool:
    return any(Literal(literal.atom, not literal.holds) in row for literal in row)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ConditionError("any and all take a list of conditions")
    return value


def _entry(key: str, test: Any, vocabulary: Vocabulary, documented: bool) -> Alternatives:
    if key in vocabulary.choices:
        return _answers(key, test, vocabulary.choices[key], documented)
    if key in vocabulary.numbers:
        if not (isinstance(test, dict) and set(test) == {"at_least"} and isinstance(test["at_least"], int)):
            raise ConditionError(f"{key} is a number: write {{at_least: n}}")
        return ((Literal(fact_atom(key, f">={test['at_least']}", "!yes" if documented else "")),),)
    if key in vocabulary.plain:
        if not isinstance(test, bool):
            raise ConditionError(f"{key} is true or false")
        return ((Literal(key, test),),)
    if key in vocabulary.valued:
        return _answers(key, test, vocabulary.valued[key], False)
    raise ConditionError(f"{key} is not known", key, vocabulary.names())


def _answers(key: str, test: Any, allowed: frozenset[str], documented: bool) -> Alternatives:
    if allowed == {"yes"}:
        if test in ("yes", "no"):
            test = test == "yes"
        if not isinstance(test, bool):
            raise ConditionError(f"{key} is yes or no")
        return ((_fact(key, "yes", test, documented),),)
    if isinstance(test, dict):
        if set(test) == {"none_of"}:
            return (tuple(_fact(key, _known(key, v, allowed), False, documented) for v in _listed(test["none_of"])),)
        if set(test) == {"all"}:
            return (tuple(_fact(key, _known(key, v, allowed), True, documented) for v in _listed(test["all"])),)
        raise ConditionError(f"{key}: use a value, a list, {{all: [...]}} or {{none_of: [...]}}")
    values = test if isinstance(test, list) else [test]
    return tuple((_fact(key, _known(key, value, allowed), True, documented),) for value in values)


def _known(key: str, value: Any, allowed: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ConditionError(f"{value} is no answer to {key}", str(value), sorted(allowed))
    return value


def _fact(key: str, answer: str, holds: bool, documented: bool) -> Literal:
    if not documented:
        return Literal(fact_atom(key, answer), holds)
    return Literal(fact_atom(key, answer, "!yes" if holds else "!no"))
