"""Two views of one case: where the parties' answers differ, and what each answer would mean for the class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assessor.assessment.assess import Assessor
from assessor.assessment.trial import Opened, Trials
from assessor.case.applicability import settle
from assessor.case.models import Case, Evidence, Fact
from assessor.case.read import check_order
from assessor.inference.durable import EngineFault

_FIRM = ("documented", "stated", "assumed")


@dataclass(frozen=True, slots=True)
class View:
    """One side's answer, and the class and band if it is right.

    Attributes:
        fact: the answer.
        klass: the class, by its place in the order.
        best, worst: the band.
    """

    fact: Fact
    klass: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question the two answer otherwise."""

    question: str
    first: View
    second: View

    @property
    def matters(self) -> bool:
        """Whether the class or the band depends on who is right."""
        one, other = self.first, self.second
        return (one.klass, one.best, one.worst) != (other.klass, other.best, other.worst)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both views together.

    Attributes:
        case: the case with what they agree on and what only one of them knows; where they disagree nothing is known. It has
            the warnings of both files.
        as_of: the day on which windows are open.
        conflicts: where they disagree, those that matter for the class first.
        only_first, only_second: questions that only one of them has answered.
        firmer: questions they agree on, but only one documents.
        klass, best, worst: of the case together.
    """

    case: Case
    as_of: dt.date
    conflicts: tuple[Conflict, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    firmer: tuple[str, ...]
    klass: int
    best: int
    worst: int


def reconcile(assessor: Assessor, first: Case, second: Case, as_of: dt.date | None = None) -> Reconciled:
    """Two views of one case.

    Searched by compiled Python; what is told of a class or band is assessed again by durable-rules and must agree.

    Args:
        assessor: the law.
        first, second: the answers of each party.
        as_of: the day on which windows are open; default the first's, else the second's, else today.

    Raises:
        Problem: the days of the two together come in an order that cannot be.
        EngineFault: durable-rules gives another class or band.
    """
    knowledge = assessor.knowledge
    evidence = {
        **{f"1:{name}": each for name, each in first.evidence.items()},
        **{f"2:{name}": each for name, each in second.evidence.items()},
    }
    one = {name: _marked(fact, "1") for name, fact in first.facts.items()}
    other = {name: _marked(fact, "2") for name, fact in second.facts.items()}
    given: dict[str, Fact] = {}
    apart: list[str] = []
    only: dict[Literal[1, 2], list[str]] = {1: [], 2: []}
    firmer: list[str] = []
    for name in knowledge.questions:
        mine, theirs = one[name], other[name]
        known = mine.state == "answered", theirs.state == "answered"
        if known == (True, True):
            if _same(mine, theirs):
                given[name] = min(mine, theirs, key=lambda fact: _FIRM.index(fact.support))
                firmer += [name] if mine.documented != theirs.documented else []
            else:
                apart.append(name)
                given[name] = Fact(name, "unknown")
        elif any(known):
            given[name] = mine if known[0] else theirs
            only[1 if known[0] else 2].append(name)
        elif "unknown" in (mine.state, theirs.state):
            given[name] = Fact(name, "unknown")
    facts, _ = settle(given, knowledge)
    check_order(facts, knowledge, f"{first.file or first.id}, {second.file or second.id}")
    case = replace(first, facts=facts, evidence=_relabelled(evidence), warnings=(*first.warnings, *second.warnings))
    day = as_of or first.as_of or second.as_of or dt.date.today()
    trials = Trials(assessor, case, None, day)
    conflicts = [
        Conflict(name, _view(trials, one[name]), _view(trials, other[name]))
        for name in apart
        if facts[name].state != "not_applicable"
    ]
    together = _outcome(trials, trials.opened)
    return Reconciled(
        case=case,
        as_of=day,
        conflicts=tuple(sorted(conflicts, key=lambda each: not each.matters)),
        only_first=tuple(only[1]),
        only_second=tuple(only[2]),
        firmer=tuple(firmer),
        klass=together[0],
        best=together[1],
        worst=together[2],
    )


def _view(trials: Trials, fact: Fact) -> View:
    return View(fact, *_outcome(trials, trials.look({fact.question: fact})))


def _outcome(trials: Trials, node: Opened) -> tuple[int, int, int]:
    """The class and the band at a node: class, best, worst, by their places in the order.

    Raises:
        EngineFault: the assessment of its answers by durable-rules says otherwise.
    """
    found = max(trials.classes(node).values()), node.outlook.best, node.outlook.worst
    report = trials.assessor.report(trials.case.with_facts(dict(node.facts)), trials.on, trials.as_of)
    told = tuple(map(trials.order.index, (report.klass, report.band.best, report.band.worst)))
    if told != found:
        raise EngineFault(f"the search says class, best and worst {found}, the assessment {told}")
    return found


def _same(one: Fact, other: Fact) -> bool:
    return one.value == other.value and one.complete == other.complete


def _marked(fact: Fact, side: str) -> Fact:
    """A fact whose documents are told apart from the other side's."""
    return replace(fact, evidence=tuple(replace(each, document=f"{side}:{each.document}") for each in fact.evidence))


def _relabelled(evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    return {name: replace(each, id=name) for name, each in evidence.items()}
