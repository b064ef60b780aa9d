"""Answers in words, both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.case.models import Fact
from assessor.knowledge.models import Question, RecordField, Text
from assessor.quantities.dates import Days
from assessor.quantities.interval import Interval, Number

YES = Text(sv="ja", en="yes")
NO = Text(sv="nej", en="no")
_NOT_KNOWN = Text(sv="okänt", en="unknown")
_NONE_OF_THESE = Text(sv="inget av detta", en="none of these")
_NOTHING = Text(sv="inget", en="nothing")
_MORE_UNKNOWN = Text(sv="mer är inte känt", en="more is not known")


def answer_text(question: Question, fact: Fact) -> Text:
    """An answer in words, both languages."""
    if fact.state != "answered":
        return _NOT_KNOWN
    value = fact.value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, frozenset):
        chosen = [question.choices[key] for key in question.choices if key in value]
        return _join(chosen, _NONE_OF_THESE, fact.complete)
    if isinstance(value, Interval):
        return _number(value, question.unit)
    if isinstance(value, Days):
        return Text(sv=value.text(), en=value.text())
    if isinstance(value, tuple):
        return _join([_record(question, row) for row in value], _NOTHING, fact.complete)
    return question.choices.get(value) or Text(sv=str(value), en=str(value))


def _record(question: Question, row: Mapping[str, Any]) -> Text:
    """One entry of a list, its fields in order."""
    told = [_field(question.fields[name], row[name]) for name in question.fields if name in row]
    return Text(sv=", ".join(text.sv for text in told), en=", ".join(text.en for text in told))


def _field(field: RecordField, value: Any) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Interval):
        return _number(value, "SEK" if field.type == "money" else "percent" if field.type == "percent" else field.unit)
    if isinstance(value, Days):
        return Text(sv=value.text(), en=value.text())
    if field.type == "choice":
        name = field.choices[value]
        return Text(sv=name.sv[:1].lower() + name.sv[1:], en=name.en[:1].lower() + name.en[1:])
    return Text(sv=str(value), en=str(value))


def _join(told: list[Text], none: Text, complete: bool) -> Text:
    parts = [*(told or [none]), *([] if complete else [_MORE_UNKNOWN])]
    if len(parts) == 1:
        return parts[0]
    return Text(sv="; ".join(text.sv for text in parts), en="; ".join(text.en for text in parts))


def _number(value: Interval, unit: str | None) -> Text:
    def shown(number: Number) -> str:
        return f"{int(number):,}".replace(",", "\u00a0")

    low = shown(value.low)
    words: Mapping[str | None, tuple[str, str]] = {
        "SEK": (" kr", " SEK"),
        "months": (" månader", " months"),
        "percent": (" %", " %"),
        "years": (" år", " years"),
    }
    sv, en = words.get(unit, ("", ""))
    if value.exact:
        return Text(sv=low + sv, en=low + en)
    if value.high is None:
        return Text(sv=f"minst {low}{sv}", en=f"at least {low}{en}")
    return Text(sv=f"{low}\u2013{shown(value.high)}{sv}", en=f"{low}\u2013{shown(value.high)}{en}")
