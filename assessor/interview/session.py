"""What an interview remembers: the case file as it grows, what to ask next, and the way back."""

from __future__ import annotations

import contextlib
import os
import stat
from itertools import count
from pathlib import Path
from typing import Any

from assessor.assessment.assess import Assessor
from assessor.assessment.report import Report
from assessor.assessment.trial import Trials
from assessor.band.ranking import rank
from assessor.band.splits import Splits
from assessor.case.applicability import holds
from assessor.case.models import SCHEMA, Case, Fact
from assessor.case.read import parse_case, read_entry
from assessor.interview.typed import plain
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Question
from assessor.problems import Problem
from assessor.reading import parse_yaml, read_text, write_yaml
from assessor.truth import FALSE, TRUE

_HEAD = "# yaml-language-server: $schema=case.schema.json\n"
#: An answer as it stands in a case file.
Entry = dict[str, Any] | str


class Session:
    """An interview about one case. Every answer is saved at once, whole or not at all.

    Args:
        knowledge: whose questions are asked.
        path: the case file; made when the first answer is saved.

    Attributes:
        frame: the case file as plain data.
        history: the questions answered in this session, in order; the way back.

    Raises:
        Problem: the file exists and is no case.
    """

    def __init__(self, knowledge: KnowledgeBase, path: Path) -> None:
        self.knowledge = knowledge
        self.assessor = Assessor(knowledge)
        self.path = path.resolve()  # a link stays a link
        self._known: str | None
        self._ranked: tuple[str, list[str]] | None = None
        self.history: list[str] = []
        self._parked: dict[str, Entry] = {}
        self._passed: set[str] = set()
        self._new: set[str] = set()
        self._comments = False
        if _there(self.path):
            self._known = read_text(self.path)
            parse_case(self._known, path, knowledge)
            self.frame = plain(parse_yaml(self._known, path))
            self._comments = "#" in self._known.removeprefix(_HEAD)
        else:
            self._known = None
            self.frame = {"schema": SCHEMA, "title": path.stem}
        self.facts: dict[str, Entry] = self.frame.setdefault("facts", {}) or {}
        self.evidence: dict[str, Any] = self.frame.setdefault("evidence", {}) or {}
        self.frame["facts"], self.frame["evidence"] = self.facts, self.evidence

    def case(self) -> Case:
        """The case as it stands."""
        return parse_case(self.text(), self.path, self.knowledge)

    def text(self) -> str:
        """The case file."""
        frame = {key: value for key, value in self.frame.items() if value or key != "evidence"}
        return _HEAD + write_yaml(frame)

    def report(self) -> Report:
        """The assessment of the case as it stands."""
        return self.assessor.report(self.case())

    def next(self) -> Question | None:
        """The question to ask now; None where none is left that can change the class.

        The governing ones come first. While the case is thin no answer narrows much, and the order is that of the legal
        test; after that what narrows the band most comes first. What was passed over comes last.
        """
        case = self.case()
        open_ = [name for name, fact in case.facts.items() if fact.state == "unanswered"]
        first = [name for name in self._governing(case) if name in open_ and name not in self._passed]
        if first:
            return self.knowledge.questions[first[0]]
        ranked = [name for name in self._ranking(case) if name in open_]
        if sum(fact.state == "answered" for fact in case.facts.values()) < self.knowledge.governing["thin_below"]:
            ranked.sort(key=self.knowledge.places.__getitem__)
        for name in (*(n for n in ranked if n not in self._passed), *(n for n in ranked if n in self._passed)):
            return self.knowledge.questions[name]
        return None

    def _ranking(self, case: Case) -> list[str]:
        """The questions by use, worked out once for the same answers."""
        text = self.text()
        if self._ranked is None or self._ranked[0] != text:
            trials = Trials(self.assessor, case, None, self.report().as_of)
            self._ranked = text, [each.question for each in rank(trials, Splits.over(trials)).next]
        return list(self._ranked[1])

    def _governing(self, case: Case) -> tuple[str, ...]:
        """The questions that say how far it has come and which law governs, in the order of asking.

        A day that only gives one regime its law waits for its turn where a day that stands in for it is answered.
        """
        governing = self.knowledge.governing
        named = {governing["status"], *governing["draft_status"]}
        for rules in self.knowledge.regimes.values():
            named |= set(rules.stand_ins)
            if not any(case.facts[name].state == "answered" for name in rules.stand_ins):
                named.add(rules.date)
        ended = {rules.date for rules in self.knowledge.regimes.values() if rules.otherwise == "as_of"}
        return tuple(name for name in self.knowledge.questions if name in named - ended)

    def answer(self, question: str, entry: Entry) -> None:
        """Puts an answer in, and saves. Answers to questions that cease to apply are put aside, and come back.

        Raises:
            Problem: it is no answer; nothing is changed.
        """
        before, parked = dict(self.facts), dict(self._parked)
        documents = {name for name in self.evidence if name not in self._new}
        self.facts[question] = entry
        try:
            self._settle()
            self.save()
        except Problem:
            self.facts.clear()
            self.facts.update(before)
            self._parked = parked
            for name in set(self.evidence) - documents:
                del self.evidence[name]
            raise
        self._new.clear()
        self.history.append(question)
        self._passed.discard(question)

    def pass_over(self, question: str) -> None:
        """Leaves a question for later."""
        self._passed.add(question)

    def back(self) -> Question | None:
        """Takes the last answer of this session away again; None where there is none."""
        while self.history:
            question = self.history.pop()
            if question in self.facts:
                del self.facts[question]
                self._settle()
                self.save()
                return self.knowledge.questions[question]
        return None

    def reason(self, question: str) -> tuple[str, ...]:
        """The answered questions by which a question applies; none where it always does."""
        facts = self.case().facts
        wanted = self.knowledge.questions[question].applies_when
        return tuple(name for name, answers in wanted.items() if holds(facts[name], answers) == TRUE)

    def document(self, title: str) -> str:
        """The id of a document by its title; a new one where it is not there yet."""
        for name, entry in self.evidence.items():
            if title in (name, entry.get("title") if isinstance(entry, dict) else entry):
                return str(name)
        name = next(each for number in count(1) if (each := f"d{number}") not in self.evidence)
        self.evidence[name] = {"title": title}
        self._new.add(name)
        return name

    def save(self) -> None:
        """Writes the file: whole or not at all, also if the machine stops in the middle.

        A file that had comments of its own is kept once beside it, since they are not kept in it.

        Raises:
            Problem: it cannot be written.
        """
        text = self.text()
        parse_case(text, self.path, self.knowledge)
        scratch = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            there = _there(self.path)
            if (read_text(self.path) if there else None) != self._known:
                raise Problem("changed-meanwhile", file=self.path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._comments:
                _free(self.path).write_text(self._known or "", encoding="utf-8")
                self._comments = False
            with scratch.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if there:
                scratch.chmod(stat.S_IMODE(self.path.stat().st_mode))
            scratch.replace(self.path)
            self._known = text
        except OSError as error:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)
            raise Problem("unwritable", file=self.path, why=error.strerror or "?") from None

    def _settle(self) -> None:
        """Puts aside what does not apply, and takes back what applies again."""
        facts = {name: self._read(name, entry) for name, entry in self.facts.items()}
        for question in self.knowledge.questions.values():
            name = question.id
            applies = min((holds(facts.get(each), wanted) for each, wanted in question.applies_when.items()), default=TRUE)
            if applies == FALSE:
                facts[name] = Fact(name, "not_applicable")
                if name in self.facts:
                    self._parked[name] = self.facts.pop(name)
            elif name in self._parked and name not in self.facts:
                self.facts[name] = self._parked.pop(name)
                facts[name] = self._read(name, self.facts[name])

    def _read(self, question: str, entry: Entry) -> Fact:
        return read_entry(question, entry, self.knowledge, self.evidence)


def _there(path: Path) -> bool:
    """Whether there is a file.

    Raises:
        Problem: the name is none that a file can have.
    """
    try:
        return path.exists()
    except OSError as error:
        raise Problem("unwritable", file=path.name[:40], why=error.strerror or "?") from None


def _free(path: Path) -> Path:
    """A name beside a file that is not taken."""
    names = (path.with_name(f"{path.name}.before{number or ''}") for number in count())
    return next(name for name in names if not name.exists())
