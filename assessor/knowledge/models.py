"""The shapes of what stands in ``rules/``. Path = id: the file gives the id, the entry the rest."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Certainty = Literal["VERIFIED", "VERIFIED-2", "INFERRED", "RECALL"]
Rank = Literal["ratio", "result", "fact", "lower_court", "party", "obiter", "guidance", "statute", "inference"]
#: What a body that issues guidance says of a criterion.
Stance = Literal["requires", "prefers", "factor", "not_required", "opposes"]
#: From the firmest to the weakest.
CERTAINTIES: tuple[Certainty, ...] = ("VERIFIED", "VERIFIED-2", "INFERRED", "RECALL")


def weakest(*marks: Certainty) -> Certainty:
    """The weakest of some certainty marks; VERIFIED of none."""
    return max(marks, key=CERTAINTIES.index, default="VERIFIED")


class Model(BaseModel):
    """A frozen entry that knows no other keys than its own; an entry equals only itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def _pinpoint(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Pinpoint = Annotated[str, BeforeValidator(_pinpoint)]


class Text(Model):
    """The same said in Swedish and in English."""

    sv: Annotated[str, Field(min_length=1), BeforeValidator(_pinpoint)]
    en: Annotated[str, Field(min_length=1), BeforeValidator(_pinpoint)]

    def get(self, language: str) -> str:
        """The text in ``sv`` or ``en``."""
        return self.sv if language == "sv" else self.en

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.sv, self.en) == (other.sv, other.en)

    def __hash__(self) -> int:
        return hash((self.sv, self.en))


class OpenDoubt(Model):
    """Something about the law or its sources that is not settled, and the period of law it concerns."""

    sv: str
    en: str
    valid_from: Annotated[dt.date | None, Field(alias="from")] = None
    valid_to: Annotated[dt.date | None, Field(alias="to")] = None

    @cached_property
    def text(self) -> Text:
        """What is not settled."""
        return Text(sv=self.sv, en=self.en)

    def concerns(self, first: dt.date, last: dt.date) -> bool:
        """Whether it concerns the law of any day of a period."""
        return (self.valid_from is None or self.valid_from <= last) and (self.valid_to is None or first <= self.valid_to)


class Source(Model):
    """A statute, judgment, decision or guidance."""

    id: str
    kind: Literal["statute", "eu_act", "judgment", "decision", "guidance", "preparatory", "report", "press"]
    cite: Text
    title: Text
    issuer: Text
    date: dt.date | None = None
    valid_from: Annotated[dt.date | None, Field(alias="from")] = None
    valid_to: Annotated[dt.date | None, Field(alias="to")] = None
    cutoff: dt.date | None = None
    url: str | None = None
    read: Text
    certainty: Certainty
    doubts: tuple[str, ...] = ()


class Provision(Model):
    """Where a norm stands, from one day to another (both included; no end = still in force)."""

    source: str
    at: Pinpoint
    valid_from: Annotated[dt.date, Field(alias="from")]
    valid_to: Annotated[dt.date | None, Field(alias="to")] = None
    certainty: Certainty
    note: Text | None = None
    doubts: tuple[str, ...] = ()


class Authority(Model):
    """A source, the place in it and how much it bears; of guidance, its ``stance`` on a criterion."""

    source: str
    at: Pinpoint
    rank: Rank
    certainty: Certainty = "VERIFIED"
    stance: Stance | None = None
    note: Text | None = None


class NotEntered(Model):
    """Days on which there was such a rule, or may have been, that is not entered: nothing is concluded from it."""

    valid_from: Annotated[dt.date | None, Field(alias="from")] = None
    valid_to: Annotated[dt.date, Field(alias="to")]
    doubts: Annotated[tuple[str, ...], Field(min_length=1)]


class Norm(Model):
    """One legal rule through time.

    Attributes:
        not_entered: days without provision here on which the rule is not known not to have been in force.
    """

    id: str
    name: Text
    says: Text
    provisions: tuple[Provision, ...] = ()
    not_entered: tuple[NotEntered, ...] = ()
    interpreted_by: tuple[Authority, ...] = ()
    doubts: tuple[str, ...] = ()


class DatedAmount(Model):
    """A row of a parameter: an amount or an interval, from one day to another."""

    valid_from: Annotated[dt.date, Field(alias="from")]
    valid_to: Annotated[dt.date | None, Field(alias="to")] = None
    value: int | None = None
    low: int | None = None
    high: int | None = None
    relation: Literal["below", "at_most", "unknown"] | None = None
    source: str
    at: Pinpoint
    certainty: Certainty
    reason: Text | None = None
    note: Text | None = None
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> DatedAmount:
        if (self.value is None) == (self.low is None or self.high is None):
            raise ValueError("give value, or low and high")
        if self.low is not None and self.reason is None:
            raise ValueError("an interval needs its reason")
        return self


class Parameter(Model):
    """A dated amount: threshold, limit, ceiling."""

    id: str
    name: Text
    unit: Literal["SEK", "EUR", "percent", "days", "months", "years"]
    norm: str
    values: tuple[DatedAmount, ...]
    doubts: tuple[str, ...] = ()


QuestionType = Literal["yes_no", "choice", "several", "money", "percent", "number", "date", "text", "records"]


class RecordField(Model):
    """One field of the records a question asks for."""

    type: Literal["text", "money", "number", "percent", "choice", "yes_no", "date"]
    text: Text
    choices: dict[str, Text] = {}
    required: bool = False
    unit: str | None = None


class Question(Model):
    """How a fact is asked.

    Attributes:
        exclusive: answers of a ``several`` question that stand alone.
        applies_when: the answers to other questions without which it does not apply.
        valid_from, valid_to: the law under which it is asked.
    """

    id: str
    step: Pinpoint
    type: QuestionType
    text: Text
    why: Text
    help: Text
    choices: dict[str, Text] = {}
    exclusive: tuple[str, ...] = ("none",)
    unit: str | None = None
    fields: dict[str, RecordField] = {}
    applies_when: dict[str, Any] = {}
    valid_from: Annotated[dt.date | None, Field(alias="from")] = None
    valid_to: Annotated[dt.date | None, Field(alias="to")] = None


class Factor(Model):
    """A circumstance courts have weighed."""

    id: str
    name: Text
    element: str | None
    side: Literal["for", "against", "neutral"]
    weight: Literal["decisive", "strong", "moderate", "none"]
    rank: Rank
    means: Text
    overridden_by: tuple[str, ...] = ()
    authorities: tuple[Authority, ...] = ()
    doubts: tuple[str, ...] = ()


class CodedFactor(Model):
    """A factor as it was in a decided case; ``present`` is null where that is not known."""

    present: bool | None
    rank: Rank = "fact"
    at: Pinpoint | None = None
    certainty: Certainty = "VERIFIED"
    note: Text | None = None


class Precedent(Model):
    """A decided case coded on the factors.

    Attributes:
        points: whether its outcome points for or against what the first regime tests, or was decided by something else.
    """

    id: str
    source: str
    name: Text
    about: Text
    outcome: str
    points: Literal["for", "against", "neither"]
    binding_for: str
    weight: Literal["strong", "moderate", "weak"]
    decided: Text
    value_sek: int | None = None
    value_note: Text | None = None
    fee_sek: int | None = None
    factors: dict[str, CodedFactor]
    cautions: tuple[Text, ...] = ()
    doubts: tuple[str, ...] = ()


class Element(Model):
    """A condition of the legal test of a regime, or a criterion of it.

    Attributes:
        absence: what its proven absence does to the test of the regime: decide it, or leave it contested.
    """

    id: str
    name: Text
    asks: Text
    norm: str
    absence: Literal["decides", "contested"] = "contested"


class Conclusion(Model):
    """An intermediate conclusion that rules reach: a gate, an exemption, a ground, a method.

    Attributes:
        presumed: how the cautious reading takes it when it is unknown; nothing = it stays unknown.
        documented: its rules count a fact only where it is documented.
        summary: it only sums up other findings, and is never named as what decides.
    """

    id: str
    name: Text
    presumed: Literal["absent", "present"] | None = None
    documented: bool = False
    summary: bool = False


class Rule(Model):
    """When something may be concluded, why and on which authority.

    Attributes:
        factor: the circumstance it shows; the factor table says what that means for an element.
        supports, opposes, denies: the element it speaks for, speaks against, or disproves by documents.
        concludes: the conclusion it reaches.
        documented: its facts count only where a document shows them.
    """

    id: str
    factor: str | None = None
    denies: str | None = None
    supports: str | None = None
    opposes: str | None = None
    concludes: str | None = None
    norm: str
    when: Any
    because: Text
    authorities: tuple[Authority, ...] = ()
    documented: bool = False
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_head(self) -> Rule:
        if sum(head is not None for head in (self.factor, self.denies, self.supports, self.opposes, self.concludes)) != 1:
            raise ValueError("a rule has exactly one of factor, denies, supports, opposes, concludes")
        return self

    @property
    def element(self) -> str | None:
        """The element it bears on directly; not by way of a factor."""
        return self.denies or self.supports or self.opposes

    @property
    def head(self) -> str:
        """The atom it concludes."""
        if self.factor or self.concludes:
            return str(self.factor or self.concludes)
        rail = "denied" if self.denies else "for" if self.supports else "against"
        return f"{self.element}.{rail}"


class Choice(Model):
    """One line of a ``choose``: this formula, when that holds."""

    when: Any = None
    take: str


class Quantity(Model):
    """A named amount with a formula.

    Attributes:
        when: the condition under which the amount is a candidate (value methods).
        formula: arithmetic over questions, quantities and parameters.
        choose: the first line whose condition holds; where one is unknown, the hull of what may apply.
        highest: the highest of the quantities named whose conditions hold or may hold.
        cautious: in the cautious reading a bounded interval is taken at this end.
    """

    id: str
    name: Text
    unit: Literal["SEK", "months", "percent", "factor", "years"]
    norm: str | None = None
    when: Any = None
    formula: str | None = None
    choose: tuple[Choice, ...] = ()
    highest: tuple[str, ...] = ()
    cautious: Literal["high", "low"] | None = None
    certainty: Certainty = "VERIFIED"
    because: Text | None = None
    authorities: tuple[Authority, ...] = ()
    doubts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Quantity:
        if sum(map(bool, (self.formula, self.choose, self.highest))) != 1:
            raise ValueError("a quantity has exactly one of formula, choose, highest")
        return self


class Prevails(Model):
    """Whether the records whose code stands in a list outweigh the others, by amount.

    Attributes:
        records: the question that gives the records.
        code, amount: the fields that hold the code and the amount.
        list: the code list, a key of ``code_lists``.
    """

    records: str
    code: str
    amount: str
    list: str


class Test(Model):
    """A quantity held against a limit or a number, or codes against a list; three-valued.

    Attributes:
        absent: what it is where the limit's norm is not in force; nothing = unknown.
    """

    id: str
    name: Text
    quantity: str | None = None
    within: str | None = None
    at_least: int | None = None
    prevails: Prevails | None = None
    absent: Literal["yes", "no"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Test:
        if sum(way is not None for way in (self.within, self.at_least, self.prevails)) != 1:
            raise ValueError("a test has exactly one of within, at_least, prevails")
        if (self.quantity is None) != (self.prevails is not None):
            raise ValueError("within and at_least need a quantity, prevails has none")
        return self


class DecisionCase(Model):
    """One line of a decision: this value, when that holds and no line above does."""

    value: str
    when: Any = None


class Decision(Model):
    """A question of law with one answer out of a closed list, decided by the first line that holds."""

    id: str
    name: Text
    values: dict[str, Text]
    cases: tuple[DecisionCase, ...]


class Duty(Model):
    """A duty and how to see that it is met; the regime is that of the file it stands in."""

    id: str
    regime: str = ""
    name: Text
    norm: str
    when: Any
    met: Any
    because: Text
    parameter: str | None = None


class Deadline(Model):
    """A period with a legal effect, as data.

    Attributes:
        start: questions that may give the first day, in order of preference.
        months, days, years: its length.
        quarterly: the period starts with the first day after the calendar quarter of ``start``.
        moves: whether a last day on a Sunday or holiday moves to the next weekday.
        whose: who must act.
        closes: the window it closes, an atom ``<closes>-open`` for the conditions of its regime.
        outer: the others of its kind can only shorten it: once it is closed, the window is.
    """

    id: str
    regime: str = ""
    name: Text
    norm: str
    when: Any = None
    start: tuple[str, ...]
    years: int = 0
    months: int = 0
    days: int = 0
    quarterly: bool = False
    moves: bool = False
    whose: Text
    effect: Text
    reservation: Text
    closes: str
    outer: bool = False


class Issue(Model):
    """A file of one element or issue of a regime."""

    id: str
    regime: str
    step: Pinpoint
    title: Text
    element: Element | None = None
    conclusions: tuple[Conclusion, ...] = ()
    rules: tuple[Rule, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    tests: tuple[Test, ...] = ()
    decisions: tuple[Decision, ...] = ()
    duties: tuple[Duty, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
