"""The condition of a rule in words: what it asks, and what is the case here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessor.assessment.models import Assessment
from assessor.case import Case
from assessor.case.words import NO, YES, answer_text
from assessor.cli.layout import hanging
from assessor.knowledge import KnowledgeBase
from assessor.knowledge.models import Question, Text
from assessor.knowledge.naming import name_of, value_of
from assessor.memo.formats import Formats, lowered

_WORDS = {
    "sv": {
        "any": "något av detta",
        "all": "allt detta",
        "each": "eller",
        "documented": "visat i handling",
        "all_of": "allt av: {names}",
        "none_of": "inget av: {names}",
        "at_least": "minst {n}",
        "given": "en fullständig lista",
        "takes": "krävs: {wanted}; här: {here}",
        "not_applicable": "gäller inte",
    },
    "en": {
        "any": "any of this",
        "all": "all of this",
        "each": "or",
        "documented": "shown by a document",
        "all_of": "all of: {names}",
        "none_of": "none of: {names}",
        "at_least": "at least {n}",
        "given": "a complete list",
        "takes": "needed: {wanted}; here: {here}",
        "not_applicable": "does not apply",
    },
}


class Conditions:
    """Conditions as they stand in a case.

    Args:
        assessment: what was concluded.
        case: the answers.
        knowledge: the names.
        language: ``sv`` or ``en``.
    """

    def __init__(self, assessment: Assessment, case: Case, knowledge: KnowledgeBase, language: str) -> None:
        self.assessment = assessment
        self.case = case
        self.knowledge = knowledge
        self.language = language
        self.words = _WORDS[language]
        self.formats = Formats(language)

    def told(self, condition: Any, indent: int) -> Iterator[str]:
        """A condition, line by line: each thing it asks with what is known of it."""
        for key, wanted in (condition or {}).items():
            if key in ("any", "all"):
                yield from hanging(f"– {self.words[key]}:", indent)
                for number, part in enumerate(wanted):
                    if key == "any" and number:
                        yield from hanging(self.words["each"], indent + 2)
                    yield from self.told(part, indent + 2)
            elif key == "documented":
                yield from hanging(f"– {self.words[key]}:", indent)
                yield from self.told(wanted, indent + 2)
            else:
                takes = self.words["takes"].format(wanted=self._wanted(key, wanted), here=self.here(key))
                name = self.name(key)
                yield from hanging(f"– {name}{'' if name.endswith('?') else ':'} {takes} [{key}]", indent)

    def name(self, about: str) -> str:
        """What a question, factor, element, conclusion, test, quantity or decision is called."""
        knowledge = self.knowledge
        question = knowledge.questions.get(about)
        if question:
            return question.text.get(self.language)
        return name_of(knowledge, about).get(self.language)

    def here(self, about: str) -> str:
        """What the case has for it: an answer, a status, or whether it holds."""
        if about in self.knowledge.questions:
            return self.answer(about)
        for regime in self.assessment.regimes:
            if about in regime.decisions:
                return " / ".join(self._value(about, value) for value in regime.decisions[about])
            for each in (*regime.elements, *((regime.test,) if regime.test else ())):
                if each.id == about:
                    return lowered(each.status_name.get(self.language))
        holds = {finding.holds for finding in self.assessment.findings if finding.conclusion == about}
        truth = "yes" if "yes" in holds else "unknown"
        if about in self.knowledge.factors or about in self.knowledge.conclusions:
            truth = truth if holds else "no"
        return str(self.formats.words["truth"][truth])

    def answer(self, question: str) -> str:
        """The answer to a question, with how firm it is."""
        fact = self.case.facts[question]
        if fact.state == "not_applicable":
            return self.words["not_applicable"]
        if fact.state != "answered":
            return lowered(str(self.formats.words["asked"][fact.state]))
        told = answer_text(self.knowledge.questions[question], fact).get(self.language)
        return f"{self.formats.answer(told)} ({self.formats.words['support'][fact.support]})"

    def _wanted(self, key: str, wanted: Any) -> str:
        if isinstance(wanted, bool):
            return (YES if wanted else NO).get(self.language)
        if isinstance(wanted, dict):
            ((kind, value),) = wanted.items()
            if kind == "at_least":
                return self.words["at_least"].format(n=value)
            names = "; ".join(self._value(key, each) for each in value)
            return self.words[f"{kind}_of" if kind == "all" else kind].format(names=names)
        values = wanted if isinstance(wanted, list) else [wanted]
        return self.formats.listed([self._value(key, each) for each in values], "or")

    def _value(self, about: str, value: Any) -> str:
        """An answer, a status or the value of a decision."""
        text = self._value_text(about, value)
        return text.get(self.language) if text else self.words["given"] if value == "given" else str(value)

    def _value_text(self, about: str, value: Any) -> Text | None:
        knowledge = self.knowledge
        if about in knowledge.questions:
            return _choice(knowledge.questions[about], value)
        return value_of(knowledge, about, value)


def _choice(question: Question, value: Any) -> Text | None:
    if question.type == "yes_no":
        return YES if value in (True, "yes") else NO
    return question.choices.get(value)
