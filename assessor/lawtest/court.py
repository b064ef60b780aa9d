"""Builds the cases of law tests and has them assessed."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor.assessment import Assessor
from assessor.assessment.report import Report
from assessor.case.models import SCHEMA, Case
from assessor.case.read import parse_case
from assessor.knowledge import load
from assessor.lawtest.scenario import NOTHING, Scenario
from assessor.problems import Problem, nearest
from assessor.reading import line_at, read_yaml
from assessor.truth import TRUE

DOCUMENT = {"title": "Fiktiv handling", "read": {"sv": "Hela.", "en": "All of it."}}
SUPPORTS = ("documented", "stated", "assumed")


class Court:
    """Builds the cases of law tests and has them assessed; one for a whole run.

    Args:
        folders: where bases are looked for, in order: files ``<base>.yaml``.
        assessor: what assesses; default one of the project's own knowledge base.
        search: run compiled Python only, as mutation testing does.
    """

    def __init__(self, folders: Sequence[Path], assessor: Assessor | None = None, search: bool = False) -> None:
        self.assessor = assessor or Assessor(load())
        self.knowledge = self.assessor.knowledge
        self.folders = tuple(folders)
        self.search = search
        self.fired: set[str] = set()
        self._bases: dict[str, Any] = {NOTHING: {"schema": SCHEMA, "facts": {}}}

    def base(self, name: str) -> dict[str, Any]:
        """A copy of a base.

        Raises:
            Problem: no folder has it, or it is no case.
        """
        if name not in self._bases:
            files = (folder / f"{name}.yaml" for folder in self.folders)
            file = next((file for file in files if file.exists()), None)
            if file is None:
                raise Problem("no-base", base=name, folders=", ".join(map(str, self.folders)))
            data = read_yaml(file)
            for at in ((), ("facts",), ("evidence",)):
                part = data.get(*at) if at else data
                if not isinstance(part, Mapping) and (not at or part is not None):
                    raise Problem("not-a-mapping", file=file, line=line_at(data, at) or 1)
            self._bases[name] = data
        return dict(json.loads(json.dumps(self._bases[name])))

    def case(self, base: str, change: Mapping[str, Any] | None = None, documented: bool = True) -> Case:
        """A case: the base, with answers replaced, added or taken away.

        Args:
            base: name of the base.
            change: the new answer by question; ``remove`` takes the answer away. ``{stated: x}``, ``{documented: x}``
                and ``{assumed: x}`` say how firm it is.
            documented: whether an answer that does not say how firm it is counts as on file.

        Raises:
            Problem: there is no such base or question, or an answer is none to its question.
        """
        data = self.base(base)
        change = dict(change or {})
        for question in change:
            if question not in self.knowledge.questions:
                raise Problem("unknown-question", key=question, hint=nearest(question, self.knowledge.questions))
        facts = data["facts"] = data.get("facts") or {}
        for question, answer in change.items():
            facts.pop(question, None)
            if answer != "remove":
                facts[question] = answer
        self._drop_what_no_longer_applies(facts, change)
        data.setdefault("evidence", {})
        data["evidence"] = {**(data["evidence"] or {}), "fiktiv": copy.deepcopy(DOCUMENT)}
        data["facts"] = {question: self._full(question, answer, documented) for question, answer in facts.items()}
        return parse_case(json.dumps(data, ensure_ascii=False), _made(base), self.knowledge)

    def assess(
        self,
        base: str,
        change: Mapping[str, Any] | None = None,
        documented: bool = True,
        on: str | dt.date | None = None,
        as_of: str | dt.date | None = None,
    ) -> Report:
        """The report on such a case."""
        case = self.case(base, change, documented)
        found = self.assessor.report(case, _day(on), _day(as_of), self.search)
        if not self.search:
            self.fired |= {rule for rule, truth in found.holding.items() if truth == TRUE}
        return found

    def run(self, scenario: Scenario) -> Report:
        """The report on a scenario.

        Raises:
            Problem: its base, its answers or its day cannot be, with the line of the test.
        """
        return self._run(scenario, scenario.base, scenario.change)

    def before(self, scenario: Scenario, base: str) -> Report:
        """The report on a base without the changes of a scenario; raises as ``run``."""
        return self._run(scenario, base, {})

    def _run(self, scenario: Scenario, base: str, change: Mapping[str, Any]) -> Report:
        try:
            return self.assess(base, change, scenario.documented, scenario.on, scenario.as_of)
        except Problem as problem:
            if problem.file not in (None, str(_made(base))):  # the file of the base cannot be read
                raise
            raise _slip(scenario, base, problem) from None

    def _full(self, question: str, answer: Any, documented: bool) -> Any:
        """An answer in the long form."""
        if answer == "unknown":
            return answer
        if isinstance(answer, Mapping):
            if set(answer) & {"value", "answers", "evidence", "note"}:
                return answer
            named = next((support for support in SUPPORTS if support in answer), None)
            if named:
                more = {"more": answer["more"]} if "more" in answer else {}
                full = {"value": answer[named], "support": named, **more}
                return {**full, "evidence": [{"document": "fiktiv", "at": "s. 1"}]} if named == "documented" else full
        if not documented:
            return {"value": answer, "support": "stated"}
        return {"value": answer, "support": "documented", "evidence": [{"document": "fiktiv", "at": "s. 1"}]}

    def _drop_what_no_longer_applies(self, facts: dict[str, Any], change: Mapping[str, Any]) -> None:
        """Answers of the base to questions that the change makes pointless; in the change itself they are an error."""
        for question in self.knowledge.questions.values():
            for parent, wanted in question.applies_when.items():
                value = _plain(facts.get(parent))
                if value is None or question.id in change or question.id not in facts:
                    continue
                given = value if isinstance(value, list) else [value]
                if not set(map(str, given)) & set(map(str, wanted if isinstance(wanted, list) else [wanted])):
                    del facts[question.id]


def _made(base: str) -> Path:
    """Stands for the file of a case that is put together here; there is none."""
    return Path(f"{base}.yaml")


def _slip(scenario: Scenario, base: str, problem: Problem) -> Problem:
    """What is wrong with the case of a test, told where the test says it."""
    details, entry = problem.details, scenario.entry
    if details.get("basis") == "--on":  # the option it would be, were it a call
        key = "date" if "date" in entry else "on"
        return scenario.wrong({language: why.replace("--on", key, 1) for language, why in _both(problem).items()}, key)
    told = [str(detail) for detail in details.values()]
    about = next((name for name in scenario.change if any(text == name or text.startswith(f"{name}.") for text in told)), None)
    if about is not None:
        return scenario.wrong(_both(problem), "facts" if "facts" in entry else "change", about)
    if problem.file is None:
        return scenario.wrong(_both(problem), "base")
    return scenario.wrong({language: f"{base}: {why}" for language, why in _both(problem).items()}, "base")


def _both(problem: Problem) -> dict[str, str]:
    return {language: problem.said(language) for language in ("sv", "en")}


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _plain(answer: Any) -> Any:
    if isinstance(answer, Mapping):
        for key in ("value", *SUPPORTS):
            if key in answer:
                return None if answer.get("more") == "unknown" else answer[key]
        return None
    return None if answer == "unknown" else answer
