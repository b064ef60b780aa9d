"""Tables and single entries of the knowledge base as plain text."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from assessor.cli.layout import columns, hanging
from assessor.knowledge import KnowledgeBase, load
from assessor.knowledge.models import Authority, Quantity, Rule, Text
from assessor.problems import Problem, nearest


def rule_table(question: str | None, language: str) -> str:
    """The rules by regime, in the order of the test; or all that reads a question.

    Raises:
        Problem: there is no such question.
    """
    knowledge = load()
    if question is not None and question not in knowledge.questions:
        raise Problem("unknown-question", key=question, hint=nearest(question, knowledge.questions))
    if question is not None:
        found = readers(knowledge, question)
        return columns([(regime, *row) for regime, rows in found.items() for row in rows] or [("–",)])
    return columns(
        [
            (knowledge.issue_of[rule.id].regime, rule.id, _head(rule), knowledge.norms[rule.norm].name.get(language))
            for rule in knowledge.rules.values()
        ]
    )


def entry(identity: str, language: str) -> str:
    """One entry of the knowledge base in full.

    Raises:
        Problem: there is none with this id.
    """
    knowledge = load()
    places: tuple[dict[str, Any], ...] = (
        knowledge.rules,
        knowledge.questions,
        knowledge.factors,
        knowledge.norms,
        knowledge.parameters,
        knowledge.precedents,
        knowledge.elements,
        knowledge.duties,
        knowledge.deadlines,
        knowledge.routes,
        knowledge.notices,
        knowledge.conclusions,
    )
    for place in places:
        if identity in place:
            lines = [identity, *_fields(place[identity], language, 2)]
            if isinstance(place[identity], Rule):
                norm = knowledge.norms[place[identity].norm]
                lines += ["", norm.id, *_fields(norm, language, 2)]
            return "\n".join(lines)
    if identity in knowledge.sources:
        return source(identity, language)
    raise Problem("unknown-id", key=identity, hint=nearest(identity, [key for place in places for key in place]))


def source(identity: str, language: str) -> str:
    """One source in full, and the norms, rules and amounts that rest on it.

    Raises:
        Problem: there is none with this id.
    """
    knowledge = load()
    if identity not in knowledge.sources:
        raise Problem("unknown-id", key=identity, hint=nearest(identity, knowledge.sources))
    lines = [identity, *_fields(knowledge.sources[identity], language, 2), "", {"sv": "Används av", "en": "Used by"}[language]]
    for norm in knowledge.norms.values():
        for provision in norm.provisions:
            if provision.source == identity:
                lines += hanging(f"{norm.id}: {provision.at} ({provision.certainty})", 2)
    authorities = [(norm.id, norm.interpreted_by) for norm in knowledge.norms.values()]
    authorities += [(rule.id, rule.authorities) for rule in knowledge.rules.values()]
    authorities += [(factor.id, factor.authorities) for factor in knowledge.factors.values()]
    for owner, places in authorities:
        for authority in places:
            if authority.source == identity:
                lines += hanging(f"{owner}: {authority.at} ({authority.rank}, {authority.certainty})", 2)
    for parameter in knowledge.parameters.values():
        for amount in parameter.values:
            if amount.source == identity:
                lines += hanging(f"{parameter.id}: {amount.valid_from} – {amount.valid_to or ''} ({amount.certainty})", 2)
    return "\n".join(lines)


def readers(knowledge: KnowledgeBase, question: str) -> dict[str, list[tuple[str, str, str]]]:
    """What reads a question, by regime: rules, amounts, tests, duties, deadlines; id, what it is, norm."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for issue in knowledge.issues.values():
        rows = found.setdefault(issue.regime, [])
        rows += [(rule.id, _head(rule), rule.norm) for rule in issue.rules if _names(rule.when, question)]
        rows += [(each.id, "quantity", each.norm or "") for each in issue.quantities if _in_formula(each, question)]
        rows += [(each.id, "test", "") for each in issue.tests if each.prevails and each.prevails.records == question]
        rows += [(each.id, "decision", "") for each in issue.decisions if any(_names(c.when, question) for c in each.cases)]
    for regime, tables in knowledge.tables.items():
        conditions = [row.when for row in (*tables.outcome, *tables.likelihood, *tables.consequence)]
        conditions += [override.when for override in tables.overrides]
        if any(_names(condition, question) for condition in conditions):
            found[regime].append((f"{regime}/result", "table", ""))
        if question in (knowledge.regimes[regime].date, *knowledge.regimes[regime].stand_ins):
            found[regime].append((regime, "governing day", ""))
    for duty in knowledge.duties.values():
        if _names(duty.when, question) or _names(duty.met, question):
            found[duty.regime].append((duty.id, "duty", duty.norm))
    for deadline in knowledge.deadlines.values():
        if _names(deadline.when, question) or question in deadline.start:
            found[deadline.regime].append((deadline.id, "deadline", deadline.norm))
    for route in knowledge.routes.values():
        if _names(route.when, question):
            found[knowledge.first_regime].append((route.id, "route", route.norm))
    return found


def _names(condition: Any, question: str) -> bool:
    """Whether a condition names a question."""
    if isinstance(condition, dict):
        return any(key == question or _names(value, question) for key, value in condition.items())
    return isinstance(condition, list) and any(_names(value, question) for value in condition)


def _in_formula(quantity: Quantity, question: str) -> bool:
    texts = " ".join(filter(None, (quantity.formula, *(line.take for line in quantity.choose))))
    conditions = (quantity.when, *(line.when for line in quantity.choose))
    named = re.findall(r"[a-z_]+(?:\.[a-z_0-9]+)*", texts)
    return any(_names(c, question) for c in conditions) or any(n == question or n.startswith(f"{question}.") for n in named)


def _head(rule: Rule) -> str:
    if rule.factor:
        return rule.factor
    if rule.element is None:
        return str(rule.concludes)
    return f"{rule.element} ({'+' if rule.supports else '-' if rule.opposes else '–'})"


def _fields(model: BaseModel, language: str, indent: int) -> list[str]:
    """A model's fields as ``name: value`` lines; empty ones are left out."""
    lines: list[str] = []
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value in (None, (), {}, "") or name == "id":
            continue
        lines += _field(info.alias or name, value, language, indent)
    return lines


def _field(name: str, value: Any, language: str, indent: int) -> list[str]:
    if isinstance(value, Text):
        return hanging(f"{name}: {value.get(language)}", indent)
    if isinstance(value, Authority):
        return hanging(f"{value.source} {value.at} ({value.rank}, {value.certainty})", indent)
    if isinstance(value, BaseModel):
        return [f"{' ' * indent}{name}:", *_fields(value, language, indent + 2)]
    if isinstance(value, dict):
        return [f"{' ' * indent}{name}:"] + [
            line for key, item in value.items() for line in _field(str(key), item, language, indent + 2)
        ]
    if isinstance(value, tuple | list) and any(isinstance(item, BaseModel | dict) for item in value):
        return [f"{' ' * indent}{name}:"] + [line for item in value for line in _field("-", item, language, indent + 2)]
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    return hanging(f"{name}: {value}", indent)
