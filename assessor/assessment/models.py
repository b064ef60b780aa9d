"""The assessment of one case, frozen: the documented contract of the JSON output.

Money is whole SEK. An amount that is exact is a number; one that is not is ``[low, high]``, where ``high``
null means that nothing known bounds it; null alone means that nothing is established. Texts stand in both
languages. Truth is ``yes``, ``no`` or ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from assessor.knowledge.models import Certainty, Rank, Stance, Text

SCHEMA = "iop-assessment/2"

Truth = Literal["yes", "no", "unknown"]
Class = Literal["low", "elevated", "high", "very_high"]
Relation = Literal["shared", "only_here", "only_there", "absent", "unknown"]
Money = int | tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class Band:
    """Best and worst class over everything unknown."""

    best: Class
    worst: Class


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """Which case was assessed.

    Attributes:
        marking: a confidentiality marking.
        review: who ``prepared`` and who ``reviewed`` it, by function.
        thin: too little is known of it for the class to say much.
    """

    id: str
    title: Text
    about: Text | None
    kind: Literal["real", "constructed"]
    parties: dict[str, str]
    reference: str | None
    marking: str | None
    review: dict[str, str]
    status: str | None
    thin: bool


@dataclass(frozen=True, slots=True)
class Law:
    """A rule set that was applied: the period of law that the governing day of a regime falls in.

    Attributes:
        regime: whose law.
        governed_from, governed_to: the governing days it covers.
        valid_from, valid_to: the period in which none of the law applied changed.
        statutes: the short names of the statutes in force.
        decides: whether the reported result is of this rule set (the worst of several).
    """

    regime: str
    governed_from: dt.date
    governed_to: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    statutes: tuple[Text, ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision or a place in a judgment, with how sure it is.

    Attributes:
        stance: what a body that issues guidance says of a criterion.
        valid_from, valid_to: when a provision or amount is in force; a judgment has no such bounds.
    """

    source: str
    cite: Text
    at: str
    certainty: Certainty
    rank: Rank
    note: Text | None = None
    stance: Stance | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """Where a fact comes from."""

    title: str
    at: str | None
    quote: str | None
    by: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Premise:
    """What a finding rests on: an answer to a question, or another conclusion."""

    about: str
    text: Text
    answer: Text
    support: Literal["documented", "stated", "assumed", "derived"]
    evidence: tuple[EvidenceShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fired (``holds`` yes) or may fire once something unknown is known (``holds`` unknown)."""

    id: str
    holds: Literal["yes", "unknown"]
    regime: str
    issue: str
    issue_title: Text
    step: str
    kind: Literal["factor", "support", "objection", "denial", "conclusion"]
    conclusion: str
    conclusion_name: Text
    element: str | None
    side: Literal["for", "against", "denied", "neutral"] | None
    weight: str | None
    rank: Rank | None
    because: Text
    premises: tuple[Premise, ...]
    norm: str
    norm_name: Text
    citations: tuple[Citation, ...]
    certainty: Certainty
    waits_for: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementResult:
    """A condition of the test of a regime, or a criterion of it."""

    id: str
    name: Text
    asks: Text
    status: str
    status_name: Text
    possible: tuple[str, ...]
    possible_names: tuple[Text, ...]
    findings: tuple[str, ...]
    citations: tuple[Citation, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class TestResult:
    """The conjunction of a regime's elements."""

    id: str
    name: Text
    status: str
    status_name: Text
    possible: tuple[str, ...]
    possible_names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A likelihood or consequence, 1 to 4, and why."""

    level: int
    possible: tuple[int, ...]
    means: Text
    because: Text | None


@dataclass(frozen=True, slots=True)
class Overridden:
    """A named exception from the class table that applied."""

    id: str
    because: Text
    from_class: Class
    to_class: Class


@dataclass(frozen=True, slots=True)
class RegimeResult:
    """One regime: outcome, likelihood and consequence, class and band.

    Attributes:
        on, on_basis: the day whose law was applied, to the precision known, and the question it rests on.
        test: the conjunction of its elements, where it has one.
        decisions: the questions of law that the outcome splits on, each with the answers left in the cautious reading.
        blocks: what forbids signing, whatever the other regimes say.
    """

    __pydantic_config__ = ConfigDict(populate_by_name=True)

    id: str
    name: Text
    on: str
    on_basis: str
    outcome: str | tuple[str, ...]
    outcome_name: tuple[Text, ...]
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    likelihood: Level
    consequence: Level
    overrides: tuple[Overridden, ...]
    blocks: tuple[Text, ...]
    test: TestResult | None
    decisions: dict[str, tuple[str, ...]]
    possible_outcomes: tuple[str, ...]
    elements: tuple[ElementResult, ...]


@dataclass(frozen=True, slots=True)
class ValueMethod:
    """One way to value the procurement, or an amount added."""

    id: str
    name: Text
    applies: Truth
    sek: Money
    citations: tuple[Citation, ...]
    certainty: Certainty
    because: Text | None


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value somebody else has stated; evidence, not a computation."""

    who: str
    sek: Money
    on: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """The value of the procurement.

    Attributes:
        total_sek: the value, all that counts included.
        without_in_kind_sek: the same without what is given in kind.
        carried_by: the method whose amount is the highest, if one is.
        missing: the questions that keep the value from being exact.
    """

    total_sek: Money
    without_in_kind_sek: Money
    carried_by: str | None
    methods: tuple[ValueMethod, ...]
    stated_by_others: tuple[StatedValue, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit for an award without advertisement on the day of commencement."""

    sek: Money
    relation: Literal["below", "at_most", "unknown"]
    service_class: tuple[str, ...]
    within: Truth
    citations: tuple[Citation, ...]
    certainty: Certainty
    reason: Text | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What decided fines were, as shares of the maximum in each case."""

    n: int
    median: float
    lower_quartile: float
    upper_quartile: float
    smallest: float
    greatest: float
    cases: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The precedent on the same scale."""

    precedent: str
    name: Text
    value_sek: int
    fee_sek: int
    ceiling_sek: int
    share: float


@dataclass(frozen=True, slots=True)
class Fee:
    """The procurement fine: what bounds it, and where decided fines have lain; never an expected cost."""

    applies: Truth
    condition: Text
    floor_sek: Money
    ceiling_sek: Money
    likely_low_sek: int | None
    likely_high_sek: int | None
    outer_low_sek: int | None
    outer_high_sek: int | None
    decided_by: Literal["kkv", "court"] | None
    window_ends: str | None
    window_open: Truth
    calibration: Calibration
    benchmark: Benchmark
    explanation: Text
    modifiers: tuple[Text, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Ineffectiveness or damages."""

    applies: Truth
    open: Truth
    ends: str | None
    explanation: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ExposureResult:
    """What an unlawful award may cost."""

    fee: Fee
    ineffectiveness: Remedy
    damages: Remedy


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """A period, as it stands on the as-of day."""

    id: str
    regime: str
    name: Text
    closes: str
    applies: Truth
    starts: str | None
    ends: str | None
    open: Truth
    whose: Text
    effect: Text
    reservation: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DutyResult:
    """A duty that the parties have if things are as the case says."""

    id: str
    regime: str
    name: Text
    arises: Truth
    met: Truth
    because: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RouteResult:
    """A lawful way to the same aim, and whether it is open here."""

    id: str
    name: Text
    open: Truth
    how: Text
    conditions: Text
    cautions: Text | None
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A change of law to come or just come; it decides nothing."""

    id: str
    title: Text
    text: Text
    status: Literal["proposal", "bill", "referral", "memorandum", "in_force"]
    published: dt.date
    expected: dt.date | None
    regimes: tuple[str, ...]
    concerns: Truth
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor, here and in the precedent.

    Attributes:
        here, there: yes, no or unknown.
        relation: shared; only_here; only_there; absent in both; unknown on a side.
        counts: False where courts have given the factor no weight, so that the difference does not distinguish.
    """

    factor: str
    name: Text
    element: str | None
    side: str
    weight: str
    here: Truth
    there: Truth
    relation: Relation
    counts: bool
    distinguishes: bool
    rank: Rank
    at: str | None
    certainty: Certainty
    note: Text | None
    means: Text | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The case beside one precedent, factor by factor."""

    precedent: str
    name: Text
    about: Text
    decided: Text
    outcome: str
    weight: str
    citations: tuple[Citation, ...]
    rows: tuple[FactorRow, ...]
    shared: tuple[str, ...]
    distinguishing: tuple[str, ...]
    do_not_count: tuple[str, ...]
    unknown: tuple[str, ...]
    cautions: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Distinction:
    """A factor on which a case can be told from a precedent.

    Attributes:
        kind: ``missing_here`` pointed to the precedent's outcome and is not here; ``only_here`` points away from it and is here.
        no_bar: other precedents of the same outcome in which it was as it is here: it was no bar there.
    """

    factor: str
    name: Text
    kind: Literal["missing_here", "only_here"]
    at: str | None
    no_bar: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A precedent argued for and against a case, in three steps: cite, distinguish, rebut.

    After HYPO (Ashley, *Modeling Legal Argument*, 1990) and the a fortiori constraint of precedent (Horty, "Rules and
    reasons in the theory of precedent", *Legal Theory* 17, 2011): a case at least as strong on every factor that
    pointed to the outcome, with nothing new against it, is forced to the same outcome.

    Attributes:
        points: whether the precedent's outcome points for or against.
        standing: ``forced``; ``forced_if`` some factors not known here turn out so; ``untested`` where it is forced but for
            what is here and was not known there; ``open`` where too little is known; ``distinguishable``; ``apart`` where
            nothing that counts is shared.
        shared: what is cited: factors that pointed to the outcome and are here.
        distinctions: what tells the case apart.
        untested: what points away and is here, and is not known of the precedent.
        unknown: factors that would have to be known.
        idle: factors on which they differ, or agree, that courts have given no weight.
        behind: precedents that share all this one does, and more.
    """

    precedent: str
    name: Text
    points: Literal["for", "against", "neither"]
    decided: Text
    standing: Literal["forced", "forced_if", "untested", "open", "distinguishable", "apart"]
    shared: tuple[FactorRow, ...]
    distinctions: tuple[Distinction, ...]
    untested: tuple[FactorRow, ...]
    unknown: tuple[FactorRow, ...]
    idle: tuple[Text, ...]
    behind: tuple[Text, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CounterPoint:
    """One thing the other side would say, with what it rests on.

    Attributes:
        kind: ``finding`` that holds their way; ``may`` hold; ``unproved``: rests on what nobody has shown; ``precedent``;
            ``distinction``; ``doubt``.
    """

    kind: Literal["finding", "may", "unproved", "precedent", "distinction", "doubt"]
    title: Text
    text: Text
    citations: tuple[Citation, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """An unanswered question that can still matter.

    Attributes:
        decides: whether it can change the class as things stand.
        regimes: the regimes in which it can.
        asked: ``unknown`` (asked, cannot say), ``unanswered``, or ``undocumented`` (answered, but only a document would decide).
    """

    question: str
    text: Text
    why: Text
    asked: Literal["unknown", "unanswered", "undocumented"]
    decides: bool
    regimes: tuple[str, ...]
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An open doubt about the law or its sources that this assessment touches."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """Something in the case file the reader should know."""

    question: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """Which regimes were assessed and which were not."""

    assessed: tuple[str, ...]
    not_assessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source the assessment rests on."""

    id: str
    cite: Text
    title: Text
    issuer: Text
    date: dt.date | None
    url: str | None
    read: Text
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class AnswerTried:
    """One way a question can turn out.

    Attributes:
        answer: in words.
        band: the classes then possible (outer bounds).
    """

    answer: Text
    band: Band


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """An unanswered question that can still change the class.

    Attributes:
        narrows: how much less its answer leaves open, on average; only good for comparing.
        decides_alone: whether some answer alone settles the class.
        effort: 1 (read off a document) to 4 (list everything).
        answers: the ways it can turn out; none where they cannot be listed.
    """

    question: str
    text: Text
    why: Text
    narrows: float
    decides_alone: bool
    effort: int
    answers: tuple[AnswerTried, ...]


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """A question on which a change of class hangs: only with one of these answers can it come about."""

    question: str
    text: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class FineBand:
    """The lowest and the highest that the highest possible fine can turn out to be, SEK; null where nothing bounds it.

    Attributes:
        lowest_exact, highest_exact: whether some answers give it; else it is an outer bound.
    """

    lowest_sek: int
    lowest_exact: bool
    highest_sek: int | None
    highest_exact: bool


@dataclass(frozen=True, slots=True)
class DeadlineBand:
    """The earliest and the latest day a deadline can turn out to end; null where nothing bounds it, or it does not apply."""

    id: str
    first: dt.date | None
    first_exact: bool
    last: dt.date | None
    last_exact: bool


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm the class is, searched over what the unanswered questions can turn out to be.

    Attributes:
        band: the best and the worst class.
        outer: the bounds without any search, from which ``next`` counts.
        best_exact, worst_exact: whether some answers give it; else it is an outer bound: not narrower than the truth.
        falls_only_if, rises_only_if: conditions without which no answers can lower, or raise, the class; all are needed.
        fine: of the highest possible fine.
        deadlines: of each deadline that applies or may apply.
        next: the questions to answer next, the most useful first.
    """

    band: Band
    outer: Band
    best_exact: bool
    worst_exact: bool
    falls_only_if: tuple[OnlyIf, ...]
    rises_only_if: tuple[OnlyIf, ...]
    fine: FineBand
    deadlines: tuple[DeadlineBand, ...]
    next: tuple[NextQuestion, ...]


@dataclass(frozen=True, slots=True)
class LeverShown:
    """Something the parties can really change.

    Attributes:
        by: ``clause`` or ``conduct``; ``cost`` 1 small, 2 some, 3 large.
        reality: what must become true, besides the words.
        alone: the class it gives by itself.
    """

    id: str
    name: Text
    by: Literal["clause", "conduct"]
    who: Literal["authority", "organisation", "both"]
    cost: int
    reality: Text
    clause: Text | None
    side_effects: Text
    keep: Text
    alone: Class
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegimeChange:
    """A regime's class with a set of changes, where it is another."""

    regime: str
    name: Text
    before: Class
    after: Class


@dataclass(frozen=True, slots=True)
class LeverSet:
    """Changes that together bring the class down, none of which can be left out.

    Attributes:
        band: the classes possible then, over what is not known.
        changes: the regimes whose class is another, better or worse.
        asks: questions that begin to apply and must be answered.
    """

    levers: tuple[str, ...]
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    cost: int
    changes: tuple[RegimeChange, ...]
    asks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class NoHelp:
    """Something that does not help, or cannot be changed, and why."""

    name: Text
    because: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """What can be done about the class.

    Attributes:
        target: the class aimed at; ``there`` where the case has it, or a lower one, already.
        anew: the agreement has been made, and all is said of a new one with the same content under the law of the as-of day.
        base: the class that the changes start from.
        sets: the minimal sets of changes that reach it, up to ``largest`` changes, the cheapest first; ``more`` counts
            those left out.
        nearest: where none reaches it, the sets that come nearest.
        levers: those that the sets name.
        shams: what does not help; ``fixed``: what cannot be changed here.
        tried: sets tried; ``complete`` where those were all.
    """

    target: Class
    there: bool
    anew: bool
    base: Class
    sets: tuple[LeverSet, ...]
    nearest: tuple[LeverSet, ...]
    more: int
    levers: tuple[LeverShown, ...]
    shams: tuple[NoHelp, ...]
    fixed: tuple[NoHelp, ...]
    largest: int
    tried: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the assessment."""

    program: str
    knowledge: str
    digest: str
    law_state: dt.date
    engine: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """All of it, for one case.

    Attributes:
        on: the day the first regime is assessed under, to the precision known; ``on_basis`` is the question it rests on.
        klass: that of the worst regime; ``worst_regimes`` are those that have it.
        blocking: what forbids signing, whatever the rest says.
        matrix: the class by likelihood (row) and consequence (column), each from 1 to 4.
        deciding: the findings that decide, one to three; with ``deciding_robust`` no three findings do, and the
            weightiest are named; with ``deciding_alone`` each of them does alone. None where something lacking decides.
        findings: every rule that fired or may fire; elements refer to them by id.
        arguments: the precedents argued, those most on point first (by set inclusion of what is shared; no score).
        counter_for: which way the other side argues: ``for`` a contract where the result speaks against one, else ``against``.
        counter: the strongest honest case for the other side.
        firmness: how firm the class is; null where it was not searched for.
        advice: what can be changed; null where it was not searched for.
    """

    schema: str
    case: CaseInfo
    on: str
    on_basis: str
    as_of: dt.date
    scope: ScopeResult
    klass: Annotated[Class, Field(serialization_alias="class")]
    band: Band
    worst_regimes: tuple[str, ...]
    blocking: tuple[Text, ...]
    laws: tuple[Law, ...]
    regimes: tuple[RegimeResult, ...]
    matrix: tuple[tuple[Class, ...], ...]
    deciding: tuple[str, ...]
    deciding_robust: bool
    deciding_alone: bool
    value: Value
    limit: Limit
    exposure: ExposureResult
    deadlines: tuple[DeadlineResult, ...]
    duties: tuple[DutyResult, ...]
    routes: tuple[RouteResult, ...]
    notices: tuple[NoticeShown, ...]
    findings: tuple[Finding, ...]
    precedents: tuple[Comparison, ...]
    arguments: tuple[Argument, ...]
    counter_for: Literal["for", "against"]
    counter: tuple[CounterPoint, ...]
    unknown: tuple[UnknownFact, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[SourceShown, ...]
    warnings: tuple[Warning, ...]
    versions: Versions
    firmness: Firmness | None = None
    advice: AdviceResult | None = None

    def facts_of(self, findings: tuple[str, ...]) -> tuple[Finding, ...]:
        """The findings with these ids, in order."""
        by_id = {finding.id: finding for finding in self.findings}
        return tuple(by_id[identity] for identity in findings)


def unbounded(money: Any) -> bool:
    """Whether an amount has no known upper bound."""
    return money is None or (isinstance(money, tuple) and money[1] is None)
