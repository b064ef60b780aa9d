"""Tables and single entries of the knowledge base as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from assessor.cli.layout import columns, hanging
from assessor.knowledge import KnowledgeBase, load
from assessor.knowledge.models import Authority, DatedAmount, OpenDoubt, Precedent, Quantity, Question, Rule, Text
from assessor.knowledge.named import formulas
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
        found = readers(knowledge, question, language)
        return columns([(regime, *row) for regime, rows in found.items() for row in rows] or [("–",)])
    return columns(
        [
            (knowledge.issue_of[rule.id].regime, rule.id, _head(rule), knowledge.norms[rule.norm].name.get(language))
            for rule in knowledge.rules.values()
        ]
    )


#: What there is to show, by kind; the words are those of the two languages.
_KINDS = {
    "sv": {
        "rule": "regel",
        "question": "fråga",
        "factor": "omständighet",
        "norm": "norm",
        "parameter": "belopp",
        "precedent": "avgörande",
        "element": "rekvisit",
        "test": "prövning",
        "decision": "avgörande av en rättsfråga",
        "quantity": "storhet",
        "conclusion": "slutsats",
        "duty": "skyldighet",
        "deadline": "frist",
        "route": "väg",
        "notice": "ändring på väg",
        "lever": "åtgärd",
        "sham": "skenåtgärd",
        "fixed": "det som inte kan ändras",
        "doubt": "osäkerhet",
        "fine": "avgift i annat mål",
        "table": "tabell",
        "governing": "dag som avgör vilken lag som gäller",
    },
    "en": {
        "rule": "rule",
        "question": "question",
        "factor": "factor",
        "norm": "norm",
        "parameter": "amount",
        "precedent": "precedent",
        "element": "element",
        "test": "test",
        "decision": "question of law",
        "quantity": "quantity",
        "conclusion": "conclusion",
        "duty": "duty",
        "deadline": "deadline",
        "route": "route",
        "notice": "law to come",
        "lever": "lever",
        "sham": "what only looks like a change",
        "fixed": "what cannot be changed",
        "doubt": "doubt",
        "fine": "fine in another case",
        "table": "table",
        "governing": "governing day",
    },
}
_USED_BY = {"sv": "Används av", "en": "Used by"}


def _places(knowledge: KnowledgeBase) -> dict[str, dict[str, Any]]:
    """Everything that has an id, by kind and id; not the sources."""
    issues = knowledge.issues.values()
    whole = {tables.test.id: tables.test for tables in knowledge.tables.values() if tables.test}
    return {
        "rule": knowledge.rules,
        "question": knowledge.questions,
        "factor": knowledge.factors,
        "norm": knowledge.norms,
        "parameter": knowledge.parameters,
        "precedent": knowledge.precedents,
        "element": knowledge.elements,
        "test": {**whole, **{test.id: test for issue in issues for test in issue.tests}},
        "decision": {decision.id: decision for issue in issues for decision in issue.decisions},
        "quantity": {quantity.id: quantity for issue in issues for quantity in issue.quantities},
        "conclusion": knowledge.conclusions,
        "duty": knowledge.duties,
        "deadline": knowledge.deadlines,
        "route": knowledge.routes,
        "notice": knowledge.notices,
        "lever": knowledge.levers,
        "sham": knowledge.shams,
        "fixed": knowledge.fixed,
        "doubt": knowledge.doubts,
        "fine": {fine.id: fine for fine in knowledge.fines},
    }


def entry(identity: str, language: str, knowledge: KnowledgeBase | None = None) -> str:
    """Everything in the knowledge base that has an id, in full; a rule with its norm, a doubt with what it concerns.

    Raises:
        Problem: there is nothing with this id.
    """
    knowledge = knowledge or load()
    places, kinds = _places(knowledge), _KINDS[language]
    told: list[str] = []
    for kind, place in places.items():
        if identity in place:
            told += ["", f"{identity} ({kinds[kind]})", *_shown(place[identity], language)]
    if identity in knowledge.rules:
        norm = knowledge.norms[knowledge.rules[identity].norm]
        told += ["", f"{norm.id} ({kinds['norm']})", *_shown(norm, language)]
    if identity in knowledge.doubts:
        told += ["", *_touched(identity, knowledge, language)]
    if told:
        return "\n".join(told[1:])
    if identity in knowledge.sources:
        return source(identity, language, knowledge)
    known = [*(key for place in places.values() for key in place), *knowledge.sources]
    raise Problem("unknown-id", key=identity, hint=nearest(identity, known))


def _shown(model: BaseModel, language: str) -> list[str]:
    if isinstance(model, OpenDoubt):
        period = [f"{model.valid_from or ''} – {model.valid_to or ''}"] if model.valid_from or model.valid_to else []
        return [line for text in (model.text.get(language), *period) for line in hanging(text, 2)]
    return _fields(model, language, 2)


def _touched(doubt: str, knowledge: KnowledgeBase, language: str) -> list[str]:
    """What a doubt concerns, by kind."""
    lines = [_USED_BY[language]]
    for kind, place in (*_places(knowledge).items(), ("source", knowledge.sources)):
        names = [name for name, each in place.items() if any(doubt in doubts for doubts in _doubts(each))]
        if names:
            lines += hanging(f"{_KINDS[language].get(kind, _SOURCE[language])}: {', '.join(names)}", 2)
    return lines


_SOURCE = {"sv": "rättskälla", "en": "source"}


def _doubts(model: Any) -> Iterator[tuple[str, ...]]:
    """The doubts of an entry, and those of its rows."""
    yield getattr(model, "doubts", ())
    for rows in (getattr(model, name, ()) for name in ("provisions", "gaps", "values")):
        yield from (getattr(row, "doubts", ()) for row in rows)


def source(identity: str, language: str, knowledge: KnowledgeBase | None = None) -> str:
    """One source in full, and everything that rests on it.

    Raises:
        Problem: there is none with this id.
    """
    knowledge = knowledge or load()
    if identity not in knowledge.sources:
        raise Problem("unknown-id", key=identity, hint=nearest(identity, knowledge.sources))
    lines = [identity, *_fields(knowledge.sources[identity], language, 2), "", _USED_BY[language]]
    for kind, place in _places(knowledge).items():
        for name, each in place.items():
            for at in _resting(each, identity, language):
                lines += hanging(f"{name} ({_KINDS[language][kind]}): {at}", 2)
    return "\n".join(lines)


def _resting(model: BaseModel, source: str, language: str) -> Iterator[str]:
    """How an entry rests on a source: itself, by its provisions, its amounts or its authorities."""
    rows: list[Any] = [model]
    for name in type(model).model_fields:
        value = getattr(model, name)
        rows += value if isinstance(value, tuple) else ()
    for row in rows:
        if getattr(row, "source", None) == source:
            yield _how(row, language)


def _how(row: Any, language: str) -> str:
    if isinstance(row, Precedent):
        return row.name.get(language)
    if isinstance(row, DatedAmount):
        return f"{row.valid_from} – {row.valid_to or ''} ({row.certainty})"
    rank = f"{row.rank}, " if isinstance(row, Authority) else ""
    return f"{row.at} ({rank}{row.certainty})"


def readers(knowledge: KnowledgeBase, question: str, language: str) -> dict[str, list[tuple[str, str, str]]]:
    """What reads a question, by regime: rules, amounts, tests, duties, deadlines; id, what it is, norm."""
    kinds = _KINDS[language]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for issue in knowledge.issues.values():
        rows = found.setdefault(issue.regime, [])
        rows += [(rule.id, _head(rule), rule.norm) for rule in issue.rules if _names(rule.when, question)]
        rows += [(each.id, kinds["quantity"], each.norm or "") for each in issue.quantities if _in_formula(each, question)]
        rows += [(each.id, kinds["test"], "") for each in issue.tests if each.prevails and each.prevails.records == question]
        rows += [
            (each.id, kinds["decision"], "") for each in issue.decisions if any(_names(c.when, question) for c in each.cases)
        ]
    for regime, tables in knowledge.tables.items():
        conditions = [row.when for row in (*tables.outcome, *tables.likelihood, *tables.consequence)]
        conditions += [override.when for override in tables.overrides]
        if any(_names(condition, question) for condition in conditions):
            found[regime].append((f"{regime}/result", kinds["table"], ""))
        if question in (knowledge.regimes[regime].date, *knowledge.regimes[regime].stand_ins):
            found[regime].append((regime, kinds["governing"], ""))
    for duty in knowledge.duties.values():
        if _names(duty.when, question) or _names(duty.met, question):
            found[duty.regime].append((duty.id, kinds["duty"], duty.norm))
    for deadline in knowledge.deadlines.values():
        if _names(deadline.when, question) or question in deadline.days_asked:
            found[deadline.regime].append((deadline.id, kinds["deadline"], deadline.norm))
    for route in knowledge.routes.values():
        if _names(route.when, question):
            found[knowledge.first_regime].append((route.id, kinds["route"], route.norm))
    return found


def _names(condition: Any, question: str) -> bool:
    """Whether a condition names a question."""
    if isinstance(condition, dict):
        return any(key == question or _names(value, question) for key, value in condition.items())
    return isinstance(condition, list) and any(_names(value, question) for value in condition)


def _in_formula(quantity: Quantity, question: str) -> bool:
    conditions = (quantity.when, *(line.when for line in quantity.choose))
    named = {name for each in formulas(quantity) for name in (*each.names, *each.days, *(records for records, _ in each.records))}
    return question in named or any(_names(condition, question) for condition in conditions)


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
        if isinstance(model, Question) and name == "exclusive":
            value = tuple(each for each in value if each in model.choices)  # the default names a choice few have
        if value in (None, (), {}, "") or name == "id" or (value in (False, 0) and value == info.default):
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
