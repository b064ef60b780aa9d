"""Mutation of the rules: each is deleted, turned to the other side, and loses each of its conditions; a law test must fail.

Run on compiled Python. The tests are run once on the sound rules and their memories are kept. A mutant can only matter
to a test in which the changed rule comes to another truth value there, so only those tests are run again.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from assessor.assessment.assess import Assessor
from assessor.assessment.report import Report
from assessor.case.models import Case
from assessor.inference.compiled import Numbered, Truths, compile_conditions
from assessor.inference.conditions import alternatives
from assessor.inference.engine import Engine
from assessor.inference.rulebook import Rulebook, counts_documented, numbered
from assessor.inference.truth import FALSE, NOT, TRUE
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Rule
from assessor.lawtest.court import Court
from assessor.lawtest.expect import differences
from assessor.lawtest.scenario import Scenario
from assessor.problems import Problem
from assessor.reading import read_yaml

Change = Literal["deleted", "swapped", "dropped"]
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutant:
    """A rule changed in one way.

    Attributes:
        rule: the rule.
        change: deleted, swapped (it speaks for the other side of its element), or dropped (a condition is left out).
        condition: where in ``when`` the dropped condition stands.
    """

    rule: Rule
    change: Change
    condition: Path_ = ()

    @property
    def id(self) -> str:
        """How it is declared: the rule, the change, the condition."""
        return " ".join(filter(None, (self.rule.id, self.change, ".".join(map(str, self.condition)))))

    def when(self) -> Any:
        """The condition of the mutant."""
        when = copy.deepcopy(self.rule.when)
        if self.change != "dropped":
            return when
        inner = when
        for part in self.condition[:-1]:
            inner = inner[part]
        del inner[self.condition[-1]]
        return when or None


@dataclass(frozen=True)
class Outcome:
    """What became of the mutants.

    Attributes:
        killed: how many a law test noticed.
        equivalent: how many are declared to change nothing, and did not.
        survivors: those that no law test noticed and nobody declared.
        stale: declared mutants that a law test does notice, or that do not exist.
    """

    killed: int
    equivalent: int
    survivors: tuple[Mutant, ...]
    stale: tuple[str, ...]


def mutants(knowledge: KnowledgeBase) -> Iterator[Mutant]:
    """Every mutant of every rule, in the order of the legal test."""
    for rule in knowledge.rules.values():
        yield Mutant(rule, "deleted")
        if _opposite(knowledge, rule) is not None:
            yield Mutant(rule, "swapped")
        for path in _conditions(rule.when, ()):
            yield Mutant(rule, "dropped", path)


def _conditions(when: Any, at: Path_) -> Iterator[Path_]:
    """The places of the single conditions: what must hold together; of alternatives, the choice as a whole."""
    for key, test in (when or {}).items():
        here = (*at, key)
        if key == "all":
            for number, part in enumerate(test):
                yield from _conditions(part, (*here, number))
        elif key == "documented":
            yield from _conditions(test, here)
        elif key == "any":
            yield here
            for number, part in enumerate(test):
                if len(part) > 1:
                    yield from _conditions(part, (*here, number))
        elif isinstance(test, dict) and (word := next((word for word in ("none_of", "all") if word in test), None)):
            if len(test[word]) > 1:
                yield from ((*here, word, number) for number in range(len(test[word])))
            else:
                yield here
        else:
            yield here


def _opposite(knowledge: KnowledgeBase, rule: Rule) -> str | None:
    """The rail of the other side, where the rule has a side."""
    element, side = rule.element, "for" if rule.supports else "against"
    if rule.factor is not None:
        factor = knowledge.factors[rule.factor]
        if factor.element is None or factor.weight == "none" or factor.side == "neutral":
            return None
        element, side = factor.element, factor.side
    if element is None:
        return None
    return f"{element}.{'denied' if side == 'for' else 'for'}"


def declared(folder: Path) -> dict[str, str]:
    """The mutants declared equivalent, with the reason: YAML files of a folder, ``mutant id: reason``.

    Raises:
        Problem: a reason is missing or a mutant is declared twice.
    """
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        for identity, reason in (read_yaml(file) or {}).items():
            if identity in found or not isinstance(reason, str) or len(reason) < 10:
                raise Problem("law-test", file=file, line=None, why=f"{identity}: declare it once, with its reason.")
            found[identity] = reason
    return found


def mutate(
    court: Court,
    tests: Sequence[Scenario],
    equivalent: dict[str, str],
    only: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Tries every mutant against the law tests.

    Args:
        court: runs them; it must search only.
        tests: the law tests.
        equivalent: mutants declared to change nothing, with reasons.
        only: only the rules whose id begins so.
        progress: told how many of how many are done.
    """
    trials = [_trial(court, scenario) for scenario in tests]
    wanted = [mutant for mutant in mutants(court.knowledge) if only is None or mutant.rule.id.startswith(only)]
    killed, kept, survivors, stale = 0, 0, [], []
    for number, mutant in enumerate(wanted):
        if progress is not None:
            progress(number, len(wanted))
        if _noticed(court, mutant, trials):
            killed += 1
            if mutant.id in equivalent:
                stale.append(mutant.id)
        elif mutant.id in equivalent:
            kept += 1
        else:
            survivors.append(mutant)
    if only is None:
        stale += sorted(set(equivalent) - {mutant.id for mutant in wanted})
    return Outcome(killed, kept, tuple(survivors), tuple(stale))


@dataclass(frozen=True)
class _Trial:
    scenario: Scenario
    case: Case
    sound: Report


def _trial(court: Court, scenario: Scenario) -> _Trial:
    case = court.case(scenario.base, scenario.change, scenario.documented)
    return _Trial(scenario, case, court.assessor.report(case, scenario.on, scenario.as_of, search=True))


def _noticed(court: Court, mutant: Mutant, trials: Iterable[_Trial]) -> bool:
    regime = court.knowledge.issue_of[mutant.rule.id].regime
    with _mutated(court.assessor, mutant) as bodies:
        touched = [trial for trial in trials if _differs(mutant, bodies, trial.sound, regime)]
        for trial in sorted(touched, key=lambda trial: _relevance(mutant, trial.scenario)):
            found = court.assessor.report(trial.case, trial.scenario.on, trial.scenario.as_of, search=True)
            if any(differences(found, court, trial.scenario)):
                return True
    return False


def _relevance(mutant: Mutant, scenario: Scenario) -> bool:
    """Tests that name the rule first."""
    return mutant.rule.id not in str(scenario.expect)


def _differs(mutant: Mutant, bodies: dict[Rulebook, tuple[Numbered, Numbered]], sound: Report, regime: str) -> bool:
    for run in sound.found[regime].runs:
        pair = bodies.get(run.open.rulebook)
        if pair is None:
            continue
        before, after = pair
        for reading in (run.open, run.cautious):
            was = reading.holds(before)
            if was != (FALSE if mutant.change == "deleted" else NOT[was] if mutant.change == "swapped" else reading.holds(after)):
                return True
            if mutant.change == "swapped" and was != FALSE:
                return True
    return False


@contextmanager
def _mutated(assessor: Assessor, mutant: Mutant) -> Iterator[dict[Rulebook, tuple[Numbered, Numbered]]]:
    """The rulebooks compiled so far with a mutant in the place of its rule; each with the body before and after."""
    knowledge, rule = assessor.knowledge, mutant.rule
    bodies: dict[Rulebook, tuple[Numbered, Numbered]] = {}
    kept: list[tuple[Rulebook, Engine, dict[str, Numbered], Truths]] = []
    try:
        for book in assessor.rulebooks():
            if rule.id not in book.rules:
                continue
            rows = alternatives(mutant.when(), book.vocabulary, counts_documented(knowledge, rule))
            after = () if mutant.change == "deleted" else numbered(rows, book.program)
            bodies[book] = book.numbered[rule.id], after
            kept.append((book, book.engine, book.numbered, book.truths))
            book.engine = _MutatedEngine(book, mutant, after, _opposite(knowledge, rule))
            book.numbered = {**book.numbered, rule.id: after}
            book.truths = _with(book.truths, list(book.rules).index(rule.id), compile_conditions([after]))
        yield bodies
    finally:
        for book, engine, whole, truths in kept:
            book.engine, book.numbered, book.truths = engine, whole, truths


def _with(truths: Truths, place: int, other: Truths) -> Truths:
    """The truth values of rules with that of one replaced."""

    def changed(memory: list[int]) -> tuple[int, ...]:
        found = truths(memory)
        return (*found[:place], *other(memory), *found[place + 1 :])

    return changed


class _MutatedEngine(Engine):
    """An engine in which one rule is another; for searches only."""

    def __init__(self, book: Rulebook, mutant: Mutant, after: Numbered, opposite: str | None) -> None:
        self.__dict__.update(book.engine.__dict__)
        program, head = book.program, mutant.rule.head
        others = tuple(replace(clause) for clause in book.clauses_of[head] if clause.rule != mutant.rule.id)
        bodies = numbered(tuple(clause.body for clause in others), program)
        self._changes: dict[int, list[tuple[int, Numbered, bool]]] = {}
        stays = mutant.change == "dropped"
        self._change(program.level[head], program.number[head], (*bodies, *(after if stays else ())), False)
        if mutant.change == "swapped" and opposite in program.number:
            level = max(program.level[head], program.level[str(opposite)])
            self._change(level, program.number[str(opposite)], after, True)

    def _change(self, level: int, number: int, rows: Numbered, adds: bool) -> None:
        self._changes.setdefault(level, []).append((number, rows, adds))

    def same_inputs(self, layer: int, memory: list[int], other: list[int]) -> bool:
        return layer not in self._changes and super().same_inputs(layer, memory, other)

    def search(self, layer: int, memory: list[int]) -> None:
        super().search(layer, memory)
        for number, rows, adds in self._changes.get(layer, ()):
            value = memory[number] if adds else FALSE
            for row in rows:
                truth = TRUE
                for atom, holds in row:
                    truth &= memory[atom] if holds else NOT[memory[atom]]
                value |= truth
            memory[number] = value
