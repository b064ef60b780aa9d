"""Reads a case file and checks it against the questions; every fault with file and line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from assessor.case.applicability import settle
from assessor.case.embedded import embedded_case, is_memo
from assessor.case.models import SCHEMA, Case, CaseWarning, Evidence, Fact, Reference, Support
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question, RecordField, Text
from assessor.problems import Problem, nearest
from assessor.quantities.dates import Days, parse_days
from assessor.quantities.interval import Interval, exactly
from assessor.reading import line_at, parse_yaml, read_text

QUOTE_WORDS = 25
#: Amounts over this are slips of the keyboard.
NUMBER_LIMIT = 10**13

_TOP = ("schema", "id", "title", "about", "kind", "parties", "reference", "marking", "review", "as_of", "evidence", "facts")
_FACT = ("value", "more", "support", "evidence", "note", "answers")
_REFERENCE = ("document", "at", "quote", "by")
_DOCUMENT = ("title", "date", "url", "read")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+\Z")
_WORDS = {"yes": True, "no": False, "ja": True, "nej": False}
_EXPECTED = {
    "yes_no": {"sv": "true, false eller unknown", "en": "true, false or unknown"},
    "choice": {"sv": "ett av svaren", "en": "one of the answers"},
    "several": {"sv": "en lista av svar", "en": "a list of answers"},
    "money": {"sv": "ett helt belopp i kronor eller {low, high}", "en": "a whole amount in SEK or {low, high}"},
    "percent": {"sv": "ett heltal från 0 till 100 eller {low, high}", "en": "a whole number from 0 to 100 or {low, high}"},
    "number": {"sv": "ett heltal eller {low, high}", "en": "a whole number or {low, high}"},
    "date": {"sv": "ett datum", "en": "a date"},
    "text": {"sv": "text", "en": "text"},
    "records": {"sv": "en lista av poster", "en": "a list of records"},
    "mapping": {"sv": "nycklar och värden", "en": "keys and values"},
    "list": {"sv": "en lista", "en": "a list"},
}


def read_case(path: Path, knowledge: KnowledgeBase) -> Case:
    """The case in a file, or inside a memo.

    Args:
        path: the case file, or a memo in PDF with the case embedded.
        knowledge: whose questions it answers.

    Raises:
        Problem: anything in the file that is not as it must be, with file and line.
    """
    return parse_case(case_text(path), path, knowledge)


def case_text(path: Path) -> str:
    """The text of a case file, or of the one inside a memo.

    Raises:
        Problem: it cannot be read.
    """
    return embedded_case(path) if is_memo(path) else read_text(path)


def parse_case(text: str, path: Path, knowledge: KnowledgeBase) -> Case:
    """As ``read_case``, of a text already read."""
    if not text.strip():
        raise Problem("empty", file=path)
    return _Reader(parse_yaml(text, path), path, knowledge).case()


def read_answer(
    question: str, value: Any, knowledge: KnowledgeBase, support: Support = "stated", file: Path | None = None
) -> Fact:
    """One answer, as a case file would give it.

    Args:
        question: the question's id.
        value: as in a file, already parsed.
        knowledge: whose questions there are.
        support: how firm the answer is to count.

    Raises:
        Problem: there is no such question, or the value is no answer to it.
    """
    if question not in knowledge.questions:
        raise Problem("unknown-question", key=question[:80], hint=nearest(question, knowledge.questions))
    reader = _Reader({}, None, knowledge)
    return replace(reader.answer(knowledge.questions[question], value, ("facts", question), complete=True), support=support)


def read_entry(question: str, entry: Any, knowledge: KnowledgeBase, evidence: Iterable[str]) -> Fact:
    """One entry of the facts of a case, with support and evidence; whether it applies is not asked.

    Args:
        question: the question's id.
        entry: as in a file, already parsed.
        knowledge: whose questions there are.
        evidence: the ids of the documents it may name; what they are called and where they lie is not told.

    Raises:
        Problem: as for a file.
    """
    reader = _Reader({}, None, knowledge)
    reader.evidence = {name: Evidence(name, name) for name in evidence}
    return reader.fact(question, entry)


class _Reader:
    def __init__(self, data: Any, path: Path | None, knowledge: KnowledgeBase) -> None:
        self.data = data
        self.path = path
        self.knowledge = knowledge
        self.warnings: list[CaseWarning] = []
        self.evidence: dict[str, Evidence] = {}

    def fail(self, problem: str, at: tuple[Any, ...], /, **details: object) -> NoReturn:
        line = (line_at(self.data, at) or 1) if self.path is not None else None
        raise Problem(problem, file=self.path, line=line, **details)

    def case(self) -> Case:
        assert self.path is not None
        if not isinstance(self.data, Mapping):
            self.fail("not-a-mapping", ())
        self.keys(self.data, _TOP, ())
        if self.data.get("schema") != SCHEMA:
            self.fail("invalid", ("schema",), where="schema", why={"sv": f"skriv {SCHEMA}", "en": f"write {SCHEMA}"})
        kind = self.data.get("kind", "real")
        if kind not in ("real", "constructed"):
            self.fail("unknown-choice", ("kind",), value=kind, question="kind", allowed="real, constructed", hint="")
        self.evidence = {key: self.document(key, value) for key, value in self.section("evidence").items()}
        given = {key: self.fact(key, value) for key, value in self.section("facts").items()}
        facts, odd = settle(given, self.knowledge)
        for question, because in odd:
            self.fail("not-applicable", ("facts", question), question=question, because=because)
        check_order(facts, self.knowledge, self.path, self.data)
        return Case(
            id=self.line("id") or self.path.stem,
            title=self.text(self.data.get("title", self.path.stem), ("title",)),
            about=self.text(self.data["about"], ("about",)) if self.data.get("about") is not None else None,
            kind=kind,
            parties={key: self.line("parties", key) or "" for key in self.section("parties")},
            reference=self.line("reference"),
            as_of=self.day(self.data.get("as_of")),
            evidence=self.evidence,
            facts=facts,
            warnings=tuple(self.warnings),
            marking=self.line("marking"),
            review={key: self.line("review", key) or "" for key in self.reviewers()},
            file=str(self.path),
        )

    def keys(self, data: Mapping[str, Any], known: tuple[str, ...], at: tuple[Any, ...]) -> None:
        for key in data:
            if key not in known:
                self.fail("unknown-key", (*at, key), key=key[:80], hint=nearest(key, known))

    def section(self, name: str) -> Mapping[str, Any]:
        data = self.data.get(name)
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self.fail("not-a-mapping", (name,))
        return data

    def reviewers(self) -> Mapping[str, Any]:
        named = self.section("review")
        self.keys(named, ("prepared", "reviewed"), ("review",))
        return named

    def line(self, *at: str) -> str | None:
        """A plain line of text of the frame, if it is there."""
        value: Any = self.data
        for key in at:
            value = value.get(key)
        return self.plain(".".join(at), value, at)

    def plain(self, name: str, value: Any, at: tuple[Any, ...]) -> str | None:
        """A plain line of text, or nothing."""
        if isinstance(value, list | Mapping | bool):
            self.wrong(name, "text", value, at)
        return None if value is None else str(value)

    def text(self, value: Any, at: tuple[Any, ...]) -> Text:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            value = {"sv": str(value), "en": str(value)}
        try:
            return Text.model_validate(value)
        except ValidationError:
            self.fail(
                "invalid",
                at,
                where=".".join(map(str, at)),
                why={"sv": "skriv text, eller sv och en", "en": "write a text, or sv and en"},
            )

    def day(self, value: Any) -> dt.date | None:
        if value is None:
            return None
        days = self.days(value, "as_of", ("as_of",))
        if days.first is None or not days.known:
            self.fail("impossible-date", ("as_of",), question="as_of", value=str(value)[:80])
        return days.first

    def days(self, value: Any, question: str, at: tuple[Any, ...]) -> Days:
        try:
            return parse_days(str(value))
        except ValueError:
            self.fail("impossible-date", at, question=question, value=str(value)[:80])

    def document(self, key: str, data: Any) -> Evidence:
        at = ("evidence", key)
        if isinstance(data, str):
            return Evidence(key, data)
        if not isinstance(data, Mapping):
            self.fail("not-a-mapping", at)
        self.keys(data, _DOCUMENT, at)
        if data.get("date") is not None:
            self.days(data["date"], "date", (*at, "date"))
        return Evidence(
            id=key,
            title=self.plain("title", data.get("title"), (*at, "title")) or key,
            date=str(data["date"]) if data.get("date") is not None else None,
            url=self.plain("url", data.get("url"), (*at, "url")),
            read=self.text(data["read"], (*at, "read")) if data.get("read") is not None else None,
        )

    def fact(self, key: str, data: Any) -> Fact:
        at = ("facts", key)
        question = self.knowledge.questions.get(key)
        if question is None:
            self.fail("unknown-question", at, key=key[:80], hint=nearest(key, self.knowledge.questions))
        if isinstance(data, Mapping) and not (question.type in ("money", "number", "percent") and set(data) <= {"low", "high"}):
            self.keys(data, _FACT, at)
            if "answers" in data:
                for beside in (name for name in data if name != "answers"):
                    self.fail("beside-answers", (*at, beside), question=question.id, key=beside)
                return self.joined(question, data["answers"], (*at, "answers"))
            return self.entry(question, data, at)
        return self.answer(question, data, at, complete=True)

    def joined(self, question: Question, data: Any, at: tuple[Any, ...]) -> Fact:
        """Several entries of one answer: they must agree, or nothing is known."""
        if not isinstance(data, list) or not data:
            self.fail("wrong-type", at, question=question.id, expected=_EXPECTED["list"], value=_shown(data))
        entries = []
        for number, entry in enumerate(data):
            if not isinstance(entry, Mapping):
                self.fail("not-a-mapping", (*at, number))
            self.keys(entry, tuple(key for key in _FACT if key != "answers"), (*at, number))
            entries.append(self.entry(question, entry, (*at, number)))
        known = [entry for entry in entries if entry.state == "answered"]
        evidence = tuple(reference for entry in entries for reference in entry.evidence)
        if not known:
            return Fact(question.id, "unknown", evidence=evidence)
        if all(entry.value == known[0].value and entry.complete == known[0].complete for entry in known):
            firmest = min(known, key=lambda entry: ("documented", "stated", "assumed").index(entry.support))
            return Fact(question.id, "answered", firmest.value, firmest.complete, firmest.support, evidence, firmest.note)
        self.warnings.append(
            CaseWarning(
                question.id,
                Text(
                    sv="Uppgifterna går isär. Svaret räknas som okänt tills det är utrett.",
                    en="The entries disagree. The answer counts as unknown until that is settled.",
                ),
            )
        )
        return Fact(question.id, "unknown", evidence=evidence)

    def entry(self, question: Question, data: Mapping[str, Any], at: tuple[Any, ...]) -> Fact:
        evidence = self.references(data.get("evidence"), (*at, "evidence"), question)
        support: Support = data.get("support", "documented" if evidence else "stated")
        if support not in ("documented", "stated", "assumed"):
            allowed = ("documented", "stated", "assumed")
            self.fail(
                "unknown-choice",
                (*at, "support"),
                value=str(support)[:80],
                question="support",
                allowed=", ".join(allowed),
                hint=nearest(support, allowed),
            )
        more = data.get("more", "none")
        if more not in ("unknown", "none"):
            self.fail("unknown-choice", (*at, "more"), value=str(more)[:80], question="more", allowed="none", hint="")
        fact = self.answer(
            question, data.get("value", "unknown"), (*at, "value") if "value" in data else at, complete=more == "none"
        )
        if fact.state == "answered" and support == "documented" and not evidence:
            self.fail("documented-without-evidence", at, question=question.id)
        note = self.text(data["note"], (*at, "note")) if data.get("note") is not None else None
        return Fact(question.id, fact.state, fact.value, fact.complete, support, evidence, note)

    def references(self, data: Any, at: tuple[Any, ...], question: Question) -> tuple[Reference, ...]:
        if data is None:
            return ()
        if isinstance(data, str | Mapping):
            data = [data]
        if not isinstance(data, list):
            self.fail("wrong-type", at, question="evidence", expected=_EXPECTED["list"], value=_shown(data))
        found = []
        for number, entry in enumerate(data):
            where = (*at, number)
            if isinstance(entry, str):
                entry = {"document": entry}
            if not isinstance(entry, Mapping):
                self.fail("not-a-mapping", where)
            self.keys(entry, _REFERENCE, where)
            document = entry.get("document")
            if not isinstance(document, str) or document not in self.evidence:
                self.fail("unknown-evidence", where, key=_shown(document), hint=nearest(document, self.evidence))
            told = {name: self.plain(f"evidence.{name}", entry.get(name), (*where, name)) for name in ("at", "quote", "by")}
            quote = told["quote"]
            if quote and len(quote.split()) > QUOTE_WORDS:
                self.fail("long-quote", where, question=question.id, words=len(quote.split()))
            shown = self.evidence[document]
            found.append(Reference(document, shown.title, told["at"], quote, told["by"], shown.url))
        return tuple(found)

    def answer(self, question: Question, value: Any, at: tuple[Any, ...], complete: bool) -> Fact:
        if value == "unknown" or value is None:
            return Fact(question.id, "unknown")
        if value == "not_applicable":
            return Fact(question.id, "not_applicable")
        return Fact(question.id, "answered", self.value(question, value, at), complete)

    def value(self, question: Question, value: Any, at: tuple[Any, ...]) -> Any:
        if question.type == "several":
            if isinstance(value, str):
                value = [value]
            if not isinstance(value, list):
                self.wrong(question.id, "several", value, at)
            chosen = frozenset(self.choice(question, item, (*at, number)) for number, item in enumerate(value))
            alone = [each for each in question.exclusive if each in chosen]
            if alone and len(chosen) > 1:
                self.fail("exclusive-choice", at, question=question.id, choice=alone[0])
            return chosen
        if question.type == "records":
            if not isinstance(value, list):
                self.wrong(question.id, "records", value, at)
            return tuple(self.record(question, row, (*at, number)) for number, row in enumerate(value))
        return self.scalar(question.id, question.type, question.choices, value, at)

    def scalar(self, name: str, kind: str, choices: Mapping[str, Text], value: Any, at: tuple[Any, ...]) -> Any:
        if kind == "yes_no":
            if isinstance(value, str):
                value = _WORDS.get(value.lower(), value)
            if not isinstance(value, bool):
                self.wrong(name, kind, value, at)
            return value
        if kind == "choice":
            return self.one_of(name, choices, value, at)
        if kind == "date":
            if not isinstance(value, str | int) or isinstance(value, bool):
                self.wrong(name, kind, value, at)
            return self.days(value, name, at)
        if kind == "text":
            if isinstance(value, list | Mapping | bool):
                self.wrong(name, kind, value, at)
            return str(value)
        return self.number(name, kind, value, at)

    def number(self, name: str, kind: str, value: Any, at: tuple[Any, ...]) -> Interval:
        if isinstance(value, Mapping):
            self.keys(value, ("low", "high"), at)
            if not value:
                self.wrong(name, kind, value, at)
            low = self.number(name, kind, value.get("low", 0), (*at, "low")).low
            high = self.number(name, kind, value["high"], (*at, "high")).high if value.get("high") is not None else None
            if high is not None and low > high:
                self.fail("bad-interval", at, question=name, low=low, high=high)
            return Interval(low, high)
        if isinstance(value, str) and len(value) > 40 and _SPACED.match(value):
            self.fail("too-big-number", at, question=name, value=value)
        if isinstance(value, str) and _SPACED.match(value):
            value = int(re.sub(r"[^0-9]", "", value))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(name, kind, value, at)
        if value < 0:
            self.fail("negative", at, question=name, value=value)
        if value > NUMBER_LIMIT or (kind == "percent" and value > 100):
            self.fail("too-big-number", at, question=name, value=value)
        return exactly(value)

    def record(self, question: Question, row: Any, at: tuple[Any, ...]) -> dict[str, Any]:
        if not isinstance(row, Mapping):
            self.wrong(question.id, "mapping", row, at)
        self.keys(row, tuple(question.fields), at)
        made: dict[str, Any] = {}
        for name, field in question.fields.items():
            value = row.get(name)
            if value is None or value == "unknown":
                if field.required:
                    self.fail("invalid", at, where=question.id, why={"sv": f"{name} saknas", "en": f"{name} is missing"})
                continue
            made[name] = self.field(f"{question.id}.{name}", field, value, (*at, name))
        return made

    def field(self, name: str, field: RecordField, value: Any, at: tuple[Any, ...]) -> Any:
        return self.scalar(name, field.type, field.choices, value, at)

    def choice(self, question: Question, value: Any, at: tuple[Any, ...]) -> str:
        return self.one_of(question.id, question.choices, value, at)

    def one_of(self, name: str, choices: Mapping[str, Text], value: Any, at: tuple[Any, ...]) -> str:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if not isinstance(value, str):
            self.wrong(name, "choice", value, at)
        if value not in choices:
            self.fail(
                "unknown-choice", at, value=value[:80], question=name, allowed=", ".join(choices), hint=nearest(value, choices)
            )
        return str(value)

    def wrong(self, name: str, kind: str, value: Any, at: tuple[Any, ...]) -> NoReturn:
        self.fail("wrong-type", at, question=name, expected=_EXPECTED[kind], value=_shown(value))


def check_order(facts: Mapping[str, Fact], knowledge: KnowledgeBase, file: Path | str | None = None, data: Any = None) -> None:
    """Refuses days that come in an order that cannot be.

    Args:
        facts: the answers.
        knowledge: which day may not come before which.
        file: the file they come from, or the files.
        data: the file as read, for the line.

    Raises:
        Problem: a day lies before one that must come first.
    """
    for earlier, later in knowledge.governing["not_later"]:
        first, second = facts[earlier], facts[later]
        if first.state == second.state == "answered" and second.value.last < first.value.first:
            raise Problem(
                "dates-out-of-order",
                file=file,
                line=line_at(data, ("facts", later)) or 1 if data is not None else None,
                earlier=earlier,
                later=later,
                earlier_value=first.value.text(),
                later_value=second.value.text(),
            )


def _shown(value: Any) -> str:
    text = str(value) if not isinstance(value, str) else value
    return text if len(text) <= 60 else text[:57] + "..."
