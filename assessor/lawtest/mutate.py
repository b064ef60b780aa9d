"""Mutation of the rules: each is deleted, turned to the other side, and loses each of its conditions; a law test must fail.

Run on compiled Python. The tests are run once on the sound rules and what each concluded is kept. A mutant can only
matter to a test in which the changed rule comes to another truth value, so only those tests are run again, the likeliest
to notice first, and only from the regime of the rule on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assessor.assessment.report import Report
from assessor.assessment.run import RegimeRun
from assessor.assessment.unknowns import together
from assessor.inference.build import as_read, counts_documented
from assessor.inference.compiled import Numbered, Truths
from assessor.inference.conditions import alternatives
from assessor.inference.engine import Engine
from assessor.inference.rulebook import Rulebook, numbered
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Rule
from assessor.lawtest.court import Court
from assessor.lawtest.expect import BESIDE_THE_BASE, differences, noticed
from assessor.lawtest.scenario import Scenario
from assessor.problems import Problem
from assessor.reading import line_at, read_yaml
from assessor.truth import FALSE, NOT, TRUE

Change = Literal["deleted", "swapped", "dropped"]
Path_ = tuple[str | int, ...]


#: How many red tests are named.
_NAMED = 5


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
        data = read_yaml(file) or {}
        if not isinstance(data, Mapping):
            raise Problem("not-a-mapping", file=file, line=1)
        for identity, reason in data.items():
            if identity in found or not isinstance(reason, str) or len(reason) < 10:
                why = {"sv": "förklara ändringen en gång, med skäl.", "en": "declare it once, with its reason."}
                why = {language: f"{identity}: {text}" for language, text in why.items()}
                raise Problem("law-test", file=file, line=line_at(data, (identity,)), why=why)
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

    Raises:
        Problem: a law test comes out otherwise already on the sound rules, or cannot be tried.
    """
    bench = _Bench(court, tests)
    wanted = [mutant for mutant in mutants(court.knowledge) if only is None or mutant.rule.id.startswith(only)]
    killed, kept, survivors, stale = 0, 0, [], []
    for number, mutant in enumerate(wanted):
        if progress is not None:
            progress(number, len(wanted))
        if bench.notices(mutant):
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


@dataclass(frozen=True, eq=False)
class _Trial:
    scenario: Scenario
    sound: Report


class _Columns:
    """The memories of many trials under one rulebook, a column an atom: bit masks over the trials."""

    def __init__(self, memories: Sequence[tuple[int, list[int]]]) -> None:
        self.all = together(1 << place for place, _ in memories)
        length = len(memories[0][1])
        self.must = [0] * length
        self.may = [0] * length
        for place, memory in memories:
            bit = 1 << place
            for atom, value in enumerate(memory):
                if value:
                    self.may[atom] |= bit
                    if value == TRUE:
                        self.must[atom] |= bit

    def truth(self, rows: Numbered) -> tuple[int, int]:
        """The trials in which a condition holds, and those in which it may."""
        holds = can = 0
        for row in rows:
            must = may = self.all
            for atom, wanted in row:
                must &= self.must[atom] if wanted else ~self.may[atom]
                may &= self.may[atom] if wanted else ~self.must[atom]
            holds |= must
            can |= may
        return holds, can


class _Bench:
    """The law tests, run once on the sound rules, and each mutant's run of those it can matter to."""

    def __init__(self, court: Court, tests: Sequence[Scenario]) -> None:
        self.court = court
        self.knowledge = court.knowledge
        self.trials = [_Trial(scenario, court.run(scenario)) for scenario in tests]
        red = [trial.scenario for trial in self.trials if any(differences(trial.sound, court, trial.scenario))]
        if red:
            told = [f"{scenario.where} {scenario.name}" for scenario in red[:_NAMED]] + ["…"] * (len(red) > _NAMED)
            raise Problem("red-law-tests", tests="; ".join(told))
        memories: dict[Rulebook, list[tuple[int, list[int]]]] = {}
        for place, trial in enumerate(self.trials):
            for regime in trial.sound.found.values():
                for run in regime.runs:
                    kept = memories.setdefault(run.open.rulebook, [])
                    kept += [(2 * place, run.open.memory), (2 * place + 1, run.cautious.memory)]
        self.columns = {book: _Columns(rows) for book, rows in memories.items()}
        self.killers: dict[str, list[int]] = {}

    def notices(self, mutant: Mutant) -> bool:
        """Whether a law test fails with a mutant in the place of its rule."""
        rule = mutant.rule
        regime = self.knowledge.issue_of[rule.id].regime
        books = {book: columns for book, columns in self.columns.items() if rule.id in book.rules}
        if not books:
            return False
        vocabulary = next(iter(books)).vocabulary  # of all days: it does not depend on the day
        rows = (
            () if mutant.change == "deleted" else alternatives(mutant.when(), vocabulary, counts_documented(self.knowledge, rule))
        )
        after = {book: numbered(as_read(self.knowledge, rows, rule.norm, book.on), book.program) for book in books}
        touched = 0
        for book, columns in books.items():
            was = columns.truth(book.numbered[rule.id])
            now = columns.truth(after[book])
            touched |= was[0] | was[1] if mutant.change == "swapped" else (was[0] ^ now[0]) | (was[1] ^ now[1])
        places = sorted({bit // 2 for bit in _bits(touched)}, key=lambda place: self._order(mutant, regime, place))
        for place in places:
            if self._fails(mutant, regime, after, self.trials[place]):
                self.killers.setdefault(rule.id, []).append(place)
                return True
        return False

    def _order(self, mutant: Mutant, regime: str, place: int) -> tuple[bool, bool, bool, int]:
        """Those that noticed another mutant of the rule first, then those that name it, then those of its regime."""
        scenario = self.trials[place].scenario
        named = mutant.rule.id in str(scenario.expect)
        about = (scenario.regime or self.knowledge.first_regime) == regime
        return place not in self.killers.get(mutant.rule.id, ()), not named, not about, place

    def _fails(self, mutant: Mutant, regime: str, after: dict[Rulebook, Numbered], trial: _Trial) -> bool:
        scenario, sound = trial.scenario, trial.sound
        if not BESIDE_THE_BASE & set(scenario.expect):  # the other assessment is reached by the mutant too
            own = {run.open.rulebook for run in sound.found[regime].runs}
            after = {book: rows for book, rows in after.items() if book in own}
        with _mutated(mutant, after, _opposite(self.knowledge, mutant.rule)):
            results = self.court.assessor.results
            found = results(sound.subject, scenario.on, sound.as_of, search=True, known=_before(sound, regime))
            report = Report(self.knowledge, sound.subject, found, sound.as_of)
            return noticed(report, self.court, scenario)


def _before(sound: Report, regime: str) -> dict[str, RegimeRun]:
    """The runs of the regimes before one, which a change in it does not reach."""
    found: dict[str, RegimeRun] = {}
    for name, run in sound.found.items():
        if name == regime:
            break
        found[name] = run
    return found


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@contextmanager
def _mutated(mutant: Mutant, after: dict[Rulebook, Numbered], opposite: str | None) -> Iterator[None]:
    """The rulebooks with a mutant in the place of its rule."""
    kept = [(book, book.engine, book.numbered, book.truths) for book in after]
    try:
        for book, rows in after.items():
            book.engine = _MutatedEngine(book, mutant, rows, opposite)
            book.truths = _with(book.truths, book.places[mutant.rule.id], rows)
            book.numbered = {**book.numbered, mutant.rule.id: rows}
        yield
    finally:
        for book, engine, whole, truths in kept:
            book.engine, book.numbered, book.truths = engine, whole, truths


def _with(truths: Truths, place: int, rows: Numbered) -> Truths:
    """The truth values of rules with that of one replaced."""

    def changed(memory: list[int]) -> tuple[int, ...]:
        found = truths(memory)
        return (*found[:place], _holds(rows, memory), *found[place + 1 :])

    return changed


def _holds(rows: Numbered, memory: list[int]) -> int:
    value = FALSE
    for row in rows:
        truth = TRUE
        for atom, wanted in row:
            truth &= memory[atom] if wanted else NOT[memory[atom]]
        value |= truth
    return value


class _MutatedEngine(Engine):
    """An engine in which one rule is another; for searches only."""

    def __init__(self, book: Rulebook, mutant: Mutant, after: Numbered, opposite: str | None) -> None:
        self.__dict__.update(book.engine.__dict__)
        program, head = book.program, mutant.rule.head
        others = tuple(clause.body for clause in book.clauses_of[head] if clause.rule != mutant.rule.id)
        bodies = numbered(others, program)
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
            memory[number] = (memory[number] if adds else FALSE) | _holds(rows, memory)
