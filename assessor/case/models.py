"""What a case file holds, once read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assessor.knowledge.models import Text

SCHEMA = "iop-case/1"

Support = Literal["documented", "stated", "assumed"]
State = Literal["answered", "unknown", "unanswered", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that facts point to."""

    id: str
    title: str
    date: str | None = None
    url: str | None = None
    read: Text | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a fact comes from.

    Attributes:
        document: the id of the document in the case; two documents may have the same title.
        title: of the document.
        at: the place in it.
        quote: a few of its words.
        by: by which function it was noted.
        url: of the document.
    """

    document: str
    title: str
    at: str | None
    quote: str | None
    by: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer.

    Attributes:
        question: the question's id.
        state: answered, unknown (asked, cannot say), unanswered, or not applicable.
        value: by the question's type: ``bool`` for yes_no, ``str`` for choice and text, ``frozenset[str]`` for
            several, ``Interval`` for money, percent and number, ``Days`` for date, a tuple of mappings for records.
        complete: for several and records, whether what is not listed is known not to hold.
        support: how firm the answer is.
        evidence: where it comes from.
        note: a remark shown with it.
        excluded: for several that is not complete, what is known not to hold.
        settled: whether the last document has been seen: what is not documented never will be.
    """

    question: str
    state: State
    value: Any = None
    complete: bool = True
    support: Support = "stated"
    evidence: tuple[Reference, ...] = ()
    note: Text | None = None
    excluded: frozenset[str] = frozenset()
    settled: bool = False

    @property
    def documented(self) -> bool:
        """Whether it is answered and shown by a document."""
        return self.state == "answered" and self.support == "documented"


@dataclass(frozen=True, slots=True)
class CaseWarning:
    """Something odd in the file that is not an error."""

    question: str
    text: Text


@dataclass(frozen=True)
class Case:
    """The facts about one partnership.

    Attributes:
        marking: a confidentiality marking for the memo.
        review: who prepared and who reviewed it, by function.
        facts: one for every question, also where it is unanswered or does not apply.
        as_of: the day on which open windows are shown, if the file says so.
    """

    id: str
    title: Text
    about: Text | None
    kind: Literal["real", "constructed"]
    parties: dict[str, str]
    reference: str | None
    as_of: dt.date | None
    evidence: dict[str, Evidence]
    facts: dict[str, Fact]
    warnings: tuple[CaseWarning, ...] = ()
    marking: str | None = None
    review: dict[str, str] = field(default_factory=dict)
    file: str | None = field(default=None, compare=False)

    def with_facts(self, facts: dict[str, Fact]) -> Case:
        """The same case with other facts; what applies is not worked out again."""
        return replace(self, facts=facts)
