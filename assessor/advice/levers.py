"""The smallest sets of real changes that bring the class down to a target.

Every set of up to three levers is tried, the smaller first, unless a smaller one in it already does; a set whose open
reading cannot reach the target is passed over without more. What is told of a set is assessed anew by durable-rules and
must agree. Shams are tried too, to show that they do not help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from assessor.advice.changes import available, changes, together
from assessor.assessment.report import Report
from assessor.assessment.trial import Trials
from assessor.case.applicability import holds
from assessor.case.models import Fact
from assessor.inference.durable import EngineFault
from assessor.knowledge.levers import Fixed, Sham
from assessor.truth import TRUE

#: Levers in a set; where a case has no day, and many rule sets must be run, one less.
LARGEST, MANY_RULE_SETS = 3, 20


@dataclass(frozen=True, slots=True)
class Tried:
    """A set of changes, and what it makes of the case.

    Attributes:
        levers: the levers, in the order of the knowledge base.
        answers: what they set.
        classes: the class of each regime, by its place in the order.
        cost: the sum of the levers' costs.
    """

    levers: tuple[str, ...]
    answers: Mapping[str, Fact]
    classes: Mapping[str, int]
    cost: int

    @property
    def klass(self) -> int:
        """The class that the set gives."""
        return max(self.classes.values())


@dataclass(frozen=True, slots=True)
class Advice:
    """What can be done about a case.

    Attributes:
        before: the class of each regime as the case stands.
        target: the class to reach, by its place in the order.
        sets: the minimal sets that reach it, the cheapest first.
        nearest: where none does: the sets that reach the lowest class there is.
        alone: what each lever does by itself.
        shams: what does not help: with it no regime's class is lower.
        fixed: what cannot be changed here.
        largest: levers in the largest sets tried.
        tried: sets tried.
        complete: whether all sets were tried.
    """

    before: Mapping[str, int]
    target: int
    sets: tuple[Tried, ...]
    nearest: tuple[Tried, ...]
    alone: tuple[Tried, ...]
    shams: tuple[Sham, ...]
    fixed: tuple[Fixed, ...]
    largest: int
    tried: int
    complete: bool


def advise(trials: Trials, target: int, stop: Callable[[], bool] | None = None) -> Advice:
    """The minimal sets of levers that reach a target.

    Args:
        trials: the case.
        target: the class to reach, by its place in the order.
        stop: asked now and then whether to give up; what was found by then is told.
    """
    knowledge = trials.assessor.knowledge
    parts = _parts(trials)
    before = trials.classes(trials.opened)
    there = max(before.values()) <= target
    alone = tuple(_tried(trials, (lever,), answers) for lever, answers in parts.items())
    found: list[Tried] = []
    nearest: list[Tried] = []
    tried = len(alone)
    complete = True
    largest = LARGEST - 1 if sum(map(len, trials.opened.readings.values())) > MANY_RULE_SETS else LARGEST
    for chosen in () if there else _sets(parts, largest):
        if stop is not None and stop():
            complete = False
            break
        if any(set(each.levers) <= set(chosen) for each in found):
            continue
        answers = together(parts[lever] for lever in chosen)
        if answers is None:
            continue
        tried += 1
        limit = max(target, min((each.klass for each in nearest), default=max(before.values()) - 1))
        classes = trials.within(answers, limit)
        if classes is None:
            continue
        made = Tried(chosen, answers, classes, _cost(trials, chosen))
        if made.klass <= target:
            found.append(made)
        elif not any(set(each.levers) <= set(chosen) and each.klass <= made.klass for each in nearest):
            nearest = [*(each for each in nearest if each.klass <= made.klass), made]
    shams = tuple(sham for sham in knowledge.shams.values() if not _helps(trials, before, changes(sham, trials)))
    fixed = tuple(
        each
        for each in knowledge.fixed.values()
        if all(holds(trials.opened.facts[question], answers) == TRUE for question, answers in each.facts.items())
    )
    return Advice(
        before=before,
        target=target,
        sets=tuple(sorted(found, key=_cheapest)),
        nearest=() if found else tuple(sorted(nearest, key=_cheapest)),
        alone=alone,
        shams=shams,
        fixed=fixed,
        largest=largest,
        tried=tried,
        complete=complete,
    )


def confirmed(trials: Trials, tried: Tried) -> Report:
    """The report of a case with a set of changes, by durable-rules.

    Raises:
        EngineFault: it gives a regime another class than the search.
    """
    facts = trials.look(tried.answers).facts
    report = trials.assessor.report(trials.case.with_facts(dict(facts)), trials.on, trials.as_of)
    for regime, (klass, _) in report.classes.items():
        if trials.order.index(klass) != tried.classes[regime]:
            raise EngineFault(f"{regime}: the search says {trials.order[tried.classes[regime]]}, the assessment {klass}")
    return report


def _parts(trials: Trials) -> dict[str, dict[str, Fact]]:
    """What each lever changes; one that is not available, or changes nothing, is left out."""
    parts: dict[str, dict[str, Fact]] = {}
    for lever in trials.assessor.knowledge.levers.values():
        if available(lever, trials):
            answers = changes(lever, trials)
            if answers and trials.look(answers) is not trials.opened:
                parts[lever.id] = answers
    return parts


def _sets(parts: Mapping[str, object], largest: int) -> Iterator[tuple[str, ...]]:
    for size in range(1, largest + 1):
        yield from combinations(parts, size)


def _tried(trials: Trials, levers: tuple[str, ...], answers: Mapping[str, Fact]) -> Tried:
    return Tried(levers, answers, trials.classes(trials.look(answers)), _cost(trials, levers))


def _cost(trials: Trials, levers: tuple[str, ...]) -> int:
    return sum(trials.assessor.knowledge.levers[lever].cost for lever in levers)


def _helps(trials: Trials, before: Mapping[str, int], answers: Mapping[str, Fact]) -> bool:
    """Whether some answers lower the class of any regime."""
    after = trials.classes(trials.look(answers))
    return any(after[regime] < before[regime] for regime in before)


def _cheapest(tried: Tried) -> tuple[int, int, int]:
    return tried.klass, len(tried.levers), tried.cost
