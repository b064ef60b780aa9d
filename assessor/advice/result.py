"""The advice as the assessment carries it: confirmed by durable-rules, and told with what each lever takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from assessor.advice.levers import Advice, Tried, advise, confirmed
from assessor.assessment import models as m
from assessor.assessment.assess import Assessor
from assessor.assessment.citing import cite_norm
from assessor.assessment.trial import Trials
from assessor.case.applicability import holds, reanswer
from assessor.case.models import Case
from assessor.case.read import read_answer
from assessor.knowledge.levers import Fixed, Lever, Sham
from assessor.truth import TRUE

#: Sets told in full, and citations of what does not help: a criterion is stated by twenty bodies.
TOLD, CITED = 5, 3


def advice(
    assessor: Assessor,
    case: Case,
    assessment: m.Assessment,
    target: m.Class | None = None,
    on: dt.date | None = None,
    stop: Callable[[], bool] | None = None,
) -> m.AdviceResult:
    """What can be done about the class of an assessment; for an agreement that has been made, about a new one like it.

    Args:
        assessor: the law.
        case: what was assessed.
        assessment: its assessment.
        target: the class to reach; default the second lowest, or the lowest for a case that has the second.
        on: as in the assessment.
        stop: asked now and then whether to give up.

    Raises:
        EngineFault: durable-rules gives the case, a set of changes or a lever alone another class than the search did.
    """
    made = _made(assessor, case)
    trials = Trials(assessor, _anew(assessor, case) if made else case, None if made else on, assessment.as_of)
    here = max(trials.classes(trials.opened).values())
    aim = trials.order.index(target) if target is not None else min(1, max(0, here - 1))
    found = advise(trials, aim, stop)
    told = found.sets[:TOLD], found.nearest[:TOLD]
    named = {lever for tried in (*told[0], *told[1]) for lever in tried.levers}
    levers = assessor.knowledge.levers
    alone = {tried.levers[0]: tried for tried in found.alone if tried.levers[0] in named}
    for tried in (Tried((), {}, found.before, 0), *alone.values()):
        confirmed(trials, tried)
    return m.AdviceResult(
        target=_class(trials, aim),
        there=here <= aim,
        anew=made,
        base=_class(trials, here),
        sets=tuple(_set(trials, found, tried) for tried in told[0]),
        nearest=tuple(_set(trials, found, tried) for tried in told[1]),
        more=len(found.sets) + len(found.nearest) - len(told[0]) - len(told[1]),
        levers=tuple(_lever(trials, lever, alone[lever.id].klass) for lever in levers.values() if lever.id in named),
        shams=_no_help(trials, found.shams),
        fixed=_no_help(trials, found.fixed),
        largest=found.largest,
        tried=found.tried,
        complete=found.complete,
    )


def _made(assessor: Assessor, case: Case) -> bool:
    """Whether the agreement has been made, so that nothing changes what it was."""
    wanted = assessor.knowledge.governing.get("made", {})
    return bool(wanted) and all(holds(case.facts[question], answers) == TRUE for question, answers in wanted.items())


def _anew(assessor: Assessor, case: Case) -> Case:
    """A new agreement with the same content, not yet made."""
    knowledge = assessor.knowledge
    answers = {name: read_answer(name, value, knowledge, "documented") for name, value in knowledge.governing["anew"].items()}
    return case.with_facts(reanswer(case.facts, answers, knowledge)[0])


def _set(trials: Trials, found: Advice, tried: Tried) -> m.LeverSet:
    report = confirmed(trials, tried)
    tables, questions = trials.assessor.knowledge.tables, trials.assessor.knowledge.questions
    return m.LeverSet(
        levers=tried.levers,
        klass=report.klass,
        band=report.band,
        cost=tried.cost,
        changes=tuple(
            m.RegimeChange(
                regime, tables[regime].name, _class(trials, found.before[regime]), _class(trials, tried.classes[regime])
            )
            for regime in tried.classes
            if tried.classes[regime] != found.before[regime]
        ),
        asks=tuple(
            questions[name].text
            for name, fact in report.subject.facts.items()
            if fact.state == "unanswered" and trials.case.facts[name].state == "not_applicable"
        ),
    )


def _lever(trials: Trials, lever: Lever, alone: int) -> m.LeverShown:
    return m.LeverShown(
        id=lever.id,
        name=lever.name,
        by=lever.by,
        who=lever.who,
        cost=lever.cost,
        reality=lever.reality,
        clause=lever.clause,
        side_effects=lever.side_effects,
        keep=lever.keep,
        alone=_class(trials, alone),
        citations=cite_norm(trials.assessor.knowledge, lever.norm, trials.as_of, interpretation=True),
        doubts=lever.doubts,
    )


def _no_help(trials: Trials, entries: Iterable[Sham | Fixed]) -> tuple[m.NoHelp, ...]:
    knowledge = trials.assessor.knowledge
    return tuple(
        m.NoHelp(each.name, each.because, cite_norm(knowledge, each.norm, trials.as_of, interpretation=True)[:CITED])
        for each in entries
    )


def _class(trials: Trials, place: int) -> m.Class:
    return cast(m.Class, trials.order[place])
