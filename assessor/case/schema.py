"""The JSON Schema of a case file, made from the questions, so that an editor completes and checks it."""

from __future__ import annotations

from typing import Any

from assessor.case.models import SCHEMA
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question, RecordField, Text

_UNKNOWN = {"const": "unknown", "description": "asked, cannot say"}
_DATE = {"type": ["string", "integer"], "description": "YYYY-MM-DD, YYYY-MM or YYYY"}
_AMOUNT = {"type": "integer", "minimum": 0}
_TEXT = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"sv": {"type": "string"}, "en": {"type": "string"}},
            "required": ["sv", "en"],
            "additionalProperties": False,
        },
    ]
}


def case_schema(knowledge: KnowledgeBase) -> dict[str, Any]:
    """The schema, with every question and answer explained in Swedish."""
    facts = {question.id: _fact(question) for question in knowledge.questions.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "Ärende för bedömning av ett idéburet offentligt partnerskap",
        "type": "object",
        "required": ["schema", "facts"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "id": {"type": "string"},
            "title": _TEXT,
            "about": _TEXT,
            "kind": {"enum": ["real", "constructed"]},
            "parties": {"type": "object", "additionalProperties": {"type": "string"}},
            "reference": {"type": ["string", "integer"]},
            "marking": {"type": "string", "description": "sekretessmarkering på PM:et"},
            "review": {
                "description": "vem som upprättat och granskat, som funktion",
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    name: {"type": "string", "description": "funktion, inte namn"} for name in ("prepared", "reviewed")
                },
            },
            "as_of": _DATE,
            "evidence": {"type": "object", "additionalProperties": _document()},
            "facts": {"type": "object", "additionalProperties": False, "properties": facts},
        },
    }


def _document() -> dict[str, Any]:
    return {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"title": {"type": "string"}, "date": _DATE, "url": {"type": "string"}, "read": _TEXT},
            },
        ]
    }


def _fact(question: Question) -> dict[str, Any]:
    answer = _answer(question)
    entry = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "value": {"anyOf": [answer, _UNKNOWN]},
            "more": {"enum": ["unknown", "none"]},
            "support": {"enum": ["documented", "stated", "assumed"]},
            "evidence": {"anyOf": [_reference(), {"type": "array", "items": _reference()}]},
            "note": _TEXT,
        },
    }
    several = {
        "type": "object",
        "additionalProperties": False,
        "required": ["answers"],
        "properties": {"answers": {"type": "array", "items": entry}},
    }
    options = [answer, _UNKNOWN, {"const": "not_applicable"}, entry, several]
    return {"description": f"{question.text.sv} {question.help.sv}", "anyOf": options}


def _reference() -> dict[str, Any]:
    return {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["document"],
                "properties": {
                    "document": {"type": "string"},
                    "at": {"type": ["string", "integer"]},
                    "quote": {"type": "string", "description": "at most 25 words"},
                    "by": {"type": "string", "description": "function, not name"},
                },
            },
        ]
    }


def _answer(question: Question) -> dict[str, Any]:
    if question.type == "several":
        one = _choices(question.choices)
        return {"anyOf": [one, {"type": "array", "items": one, "uniqueItems": True}]}
    if question.type == "records":
        fields = {name: {"anyOf": [_scalar(field), _UNKNOWN]} for name, field in question.fields.items()}
        required = [name for name, field in question.fields.items() if field.required]
        row = {"type": "object", "additionalProperties": False, "properties": fields, "required": required}
        return {"type": "array", "items": row}
    return _scalar(question)


def _scalar(spec: Question | RecordField) -> dict[str, Any]:
    kind = spec.type
    if kind == "yes_no":
        return {"enum": [True, False, "yes", "no", "ja", "nej"]}
    if kind == "choice":
        return _choices(spec.choices)
    if kind == "date":
        return _DATE
    if kind == "text":
        return {"type": ["string", "integer", "number"]}
    amount = {**_AMOUNT, "maximum": 100} if kind == "percent" else _AMOUNT
    spaced = {"type": "string", "pattern": r"^\d{1,3}([ \u00a0\u202f]\d{3})+$"}
    interval = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"low": amount, "high": {"anyOf": [amount, {"type": "null"}]}},
    }
    return {"anyOf": [amount, spaced, interval]}


def _choices(choices: dict[str, Text]) -> dict[str, Any]:
    return {"oneOf": [{"const": key, "description": text.sv} for key, text in choices.items()]}
