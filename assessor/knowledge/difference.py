"""What changed in the law between two days: provisions, amounts, rules, questions, routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Certainty, DatedAmount, Provision, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A norm or amount as it stood on a day.

    Attributes:
        says: the amount, for a parameter; nothing for a norm.
    """

    source: Text
    at: str
    certainty: Certainty
    note: Text | None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A norm or parameter that is not the same on both days; None where it was not in force, or not established.

    Attributes:
        not_entered: whether the norm is not entered on the day on which it has no place, rather than not in force.
    """

    id: str
    name: Text
    regimes: tuple[str, ...]
    before: Place | None
    after: Place | None
    not_entered: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What is other on the later of two days.

    Attributes:
        norms, parameters: those whose provision or row is another.
        rules_gone, rules_new: by id, with the regime.
        questions_gone, questions_new: that the law of one of the days does not raise.
    """

    norms: tuple[Changed, ...]
    parameters: tuple[Changed, ...]
    rules_gone: tuple[tuple[str, str], ...]
    rules_new: tuple[tuple[str, str], ...]
    questions_gone: tuple[str, ...]
    questions_new: tuple[str, ...]


def difference(knowledge: KnowledgeBase, earlier: date, later: date) -> Difference:
    """What changed in the law between two days.

    Args:
        knowledge: the law.
        earlier, later: the days; the law of each is that of the day itself.
    """
    used = {regime: knowledge.norms_of(regime) for regime in knowledge.tables}

    def regimes(name: str) -> tuple[str, ...]:
        return tuple(regime for regime, names in used.items() if name in names)

    norms, parameters = [], []
    for norm in knowledge.norms.values():
        before, after = knowledge.provision_on(norm.id, earlier), knowledge.provision_on(norm.id, later)
        if before is not after:
            places = _provision(knowledge, before), _provision(knowledge, after)
            days = [day for day, place in zip((earlier, later), places, strict=True) if place is None]
            missing = any(not _outside(day, each.valid_from, each.valid_to) for day in days for each in norm.not_entered)
            norms.append(Changed(norm.id, norm.name, regimes(norm.id), *places, missing))
    for parameter in knowledge.parameters.values():
        old, new = knowledge.amount_on(parameter.id, earlier), knowledge.amount_on(parameter.id, later)
        if old is not new:
            unit = parameter.unit
            pair = _amount(knowledge, old, unit), _amount(knowledge, new, unit)
            parameters.append(Changed(parameter.id, parameter.name, regimes(f"amount:{parameter.id}"), *pair))
    rules = {
        day: {rule.id for rule in knowledge.rules.values() if knowledge.in_force(rule.norm, day)} for day in (earlier, later)
    }
    asked = {
        day: {q.id for q in knowledge.questions.values() if not _outside(day, q.valid_from, q.valid_to)}
        for day in (earlier, later)
    }

    def by_regime(day: date, other: date) -> tuple[tuple[str, str], ...]:
        return tuple(
            (rule, knowledge.issue_of[rule].regime) for rule in knowledge.rules if rule in rules[day] and rule not in rules[other]
        )

    def questions(day: date, other: date) -> tuple[str, ...]:
        return tuple(question for question in knowledge.questions if question in asked[day] and question not in asked[other])

    return Difference(
        tuple(norms),
        tuple(parameters),
        by_regime(earlier, later),
        by_regime(later, earlier),
        questions(earlier, later),
        questions(later, earlier),
    )


def _outside(day: date, first: date | None, last: date | None) -> bool:
    return (first is not None and day < first) or (last is not None and day > last)


def _provision(knowledge: KnowledgeBase, provision: Provision | None) -> Place | None:
    if provision is None:
        return None
    return Place(knowledge.sources[provision.source].cite, provision.at, provision.certainty, provision.note)


def _amount(knowledge: KnowledgeBase, row: DatedAmount | None, unit: str) -> Place | None:
    if row is None:
        return None
    value = f"{row.value:,}" if row.value is not None else f"{row.low:,}–{row.high:,}"
    relation = f" ({row.relation})" if row.relation else ""
    says = f"{value} {unit}{relation}".replace(",", "\u00a0")
    return Place(knowledge.sources[row.source].cite, row.at, row.certainty, row.note or row.reason, says)
