"""The form matched by durable-rules: the authoritative evaluator.

durable-rules is exact only in a narrow subset; this module keeps to it and is the only one that touches
the engine. Each layer is cut into shards of few rules; a shard gets one flat fact that holds just the atoms
it reads; each clause stands there twice, as what *must* fire and what *may* fire, or once where nothing is
unknown, since both are the same there; there are no joins, no negation, no timers, one session id. The engine's
own host (with background threads that crash it) is not used: its C functions are called in the order its host
would call them. A sentinel rule must fire exactly once in every run. Anything unexpected discards the compiled
shards and raises ``EngineFault``.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib.metadata import version
from operator import getitem
from typing import NamedTuple

import durable_rules_engine as native

from assessor.inference.form import Clause, FormError, Literal, Program, values_at
from assessor.truth import FALSE, LETTERS, TRUE, UNKNOWN

#: The only version whose behaviour was measured.
PINNED = "2.0.28"
#: The one session id.
SESSION = "1"
#: What the one fact is known by.
_FACT = f'"id":"1","sid":"{SESSION}"'
#: Rules of a shard, without the sentinel; 65 matches pending for one fact lose the fact.
SHARD_RULES = 60
#: Properties a fact may have (252 are possible, with id, sid and sentinel).
SHARD_ATOMS = 240
#: Conditions in one conjunction (100 were shown to work).
BODY_LITERALS = 60
#: What a rule that fires gives of the two bits of a truth value.
MAY, MUST = UNKNOWN, TRUE ^ UNKNOWN

#: The condition of a rule, as durable-rules writes it.
Condition = dict[str, object]
#: What shards concluded from which values; kept for one assessment, so that nothing of a case outlives it.
Memo = dict[tuple["Shard", tuple[int, ...]], tuple[int, ...]]

_numbers = itertools.count()


class EngineFault(RuntimeError):
    """durable-rules did something it must not do; no result of the run may be used."""


class Shard:
    """Some clauses held in C, for every program that contains them; compiled when first needed and again after ``free``.

    It may be used from several threads; runs are taken one at a time, since a session id must not be used by two
    at once.

    Args:
        clauses: within the limits above.
        may: match also what *may* fire. What *must* fire is enough where nothing is unknown: both are the same there.

    Attributes:
        reads: the atoms read, in the order in which ``match`` wants their values.
        heads: the atoms concluded, in the order in which ``match`` gives theirs.
        held: the handle in C, and whether an action has run in it.

    Raises:
        FormError: the clauses go beyond the safe subset.
    """

    def __init__(self, clauses: tuple[Clause, ...], may: bool) -> None:
        self.reads = tuple(sorted({literal.atom for clause in clauses for literal in clause.body}))
        self.heads = tuple(sorted({clause.head for clause in clauses}))
        if len(self.reads) > SHARD_ATOMS:
            raise FormError(f"{len(self.reads)} atoms in a shard, at most {SHARD_ATOMS} are safe")
        self.held: dict[int, bool] = {}
        self._clauses = clauses
        self._tests = (("c", _must, MUST), ("d", _may, MAY)) if may else (("c", _must, MUST | MAY),)
        self._lock = threading.Lock()
        weakref.finalize(self, _free, self.held)

    def match(self, values: tuple[int, ...]) -> tuple[int, ...]:
        """The truth values of ``heads`` for those of ``reads``.

        Raises:
            EngineFault: the engine answered in a way it must not.
        """
        properties = "".join(map(getitem, _PROPERTIES, values))
        with self._lock:
            try:
                if not self.held:
                    self.held[self._compile()] = False
                (handle,) = self.held
                concluded = self._concluded(_run(handle, properties))
                self.held[handle] = True
                return concluded
            except BaseException:
                _free(self.held)
                raise

    def free(self) -> None:
        """Drops what is held in C."""
        with self._lock:
            _free(self.held)

    @cached_property
    def _gives(self) -> dict[str, tuple[int, int]]:
        """The place of each rule's head, and the bits it gives of the truth value."""
        places = {head: place for place, head in enumerate(self.heads)}
        return {
            f"{prefix}{number}": (places[clause.head], bits)
            for prefix, _, bits in self._tests
            for number, clause in enumerate(self._clauses)
        }

    def _compile(self) -> int:
        names = dict(zip(self.reads, _NAMES, strict=False))
        conditions: dict[str, object] = {"z": {"z": "z"}}  # the sentinel
        for prefix, test, _ in self._tests:
            for number, clause in enumerate(self._clauses):
                tests = [test(names[literal.atom], literal.holds) for literal in clause.body]
                conditions[f"{prefix}{number}"] = tests[0] if len(tests) == 1 else {"$and": tests}
        rules = json.dumps({name: {"all": [{"m": condition}]} for name, condition in conditions.items()})
        return int(native.create_ruleset(f"shard{next(_numbers)}", rules))

    def _concluded(self, fired: set[str]) -> tuple[int, ...]:
        concluded = [FALSE] * len(self.heads)
        for name in fired:
            place, bits = self._gives[name]
            concluded[place] |= bits
        if MUST in concluded:
            raise EngineFault("a rule must fire but may not")
        return tuple(concluded)


class Bound(NamedTuple):
    """A shard in a program.

    Attributes:
        shard: the shard.
        values: takes the values it reads from a memory.
        heads: the numbers of the atoms it concludes.
    """

    shard: Shard
    values: Callable[[list[int]], tuple[int, ...]]
    heads: tuple[int, ...]


class Piece(NamedTuple):
    """Some clauses of a layer.

    Attributes:
        known: what is matched where nothing that they read is unknown.
        open: what is matched where something is.
    """

    known: Bound
    open: tuple[Bound, ...]


class DurableEvaluator:
    """Runs a program's layers through durable-rules.

    Programs share the shards they have in common: rules differ little from one period of law to the next.

    Args:
        program: what to run.

    Raises:
        EngineFault: another version of durable-rules is installed.
        FormError: the program goes beyond the safe subset.
    """

    def __init__(self, program: Program) -> None:
        if version("durable-rules") != PINNED:
            raise EngineFault(f"durable-rules {PINNED} is required, found {version('durable-rules')}")
        self._program = program
        self._layers = tuple(
            tuple(
                Piece(_bind(program, piece, False), tuple(_bind(program, part, True) for part in _cut(piece, SHARD_RULES // 2)))
                for piece in _cut(layer, SHARD_RULES)
            )
            for layer in program.layers
        )

    @property
    def shards(self) -> tuple[Shard, ...]:
        """The shards, piece by piece: that for where nothing is unknown, and those for where something is."""
        return tuple(bound.shard for layer in self._layers for known, open_ in layer for bound in (known, *open_))

    def run(self, layer: int, memory: list[int], memo: Memo | None = None) -> None:
        """Concludes one layer, as ``CompiledEvaluator.run`` does.

        Args:
            layer: which, from 1.
            memory: truth values by atom number; the heads of the layer are written.
            memo: what shards have concluded in this assessment; the same values are not matched twice.

        Raises:
            EngineFault: the engine answered in a way it must not.
        """
        memo = {} if memo is None else memo
        found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        try:
            for known, open_ in self._layers[layer]:
                seen = known.values(memory)
                if UNKNOWN not in seen:
                    found.append((known.heads, _match(known.shard, seen, memo)))
                else:
                    found += [(heads, _match(shard, values(memory), memo)) for shard, values, heads in open_]
        except BaseException:
            self.close()
            raise
        for heads, _ in found:
            for head in heads:
                memory[head] = FALSE
        for heads, concluded in found:
            for head, value in zip(heads, concluded, strict=True):
                memory[head] |= value  # the clauses of one head may stand in several shards

    def close(self) -> None:
        """Frees the compiled shards, in whatever program they stand; the next run compiles them again."""
        for shard in self.shards:
            shard.free()


#: The shards in use, by their clauses without the names of the rules.
_shared: weakref.WeakValueDictionary[tuple[bool, tuple[tuple[str, tuple[Literal, ...]], ...]], Shard]
_shared = weakref.WeakValueDictionary()
_sharing = threading.Lock()


def _bind(program: Program, clauses: tuple[Clause, ...], may: bool) -> Bound:
    key = may, tuple((clause.head, clause.body) for clause in clauses)
    with _sharing:
        shard = _shared.get(key)
        if shard is None:
            shard = _shared[key] = Shard(clauses, may)
    values = values_at(program.number[atom] for atom in shard.reads)
    return Bound(shard, values, tuple(program.number[atom] for atom in shard.heads))


def _free(held: dict[int, bool]) -> None:
    """Drops a ruleset. The engine keeps a session's memory unless the session is deleted first, and frees it twice
    where no action has run in it."""
    while held:
        handle, used = held.popitem()
        with contextlib.suppress(Exception):  # what made us drop it must not be hidden
            if used:
                native.delete_state(handle, SESSION)
            native.delete_ruleset(handle)


def property_name(number: int) -> str:
    """The engine's name of an atom: short, ASCII, without the dots and ``$`` that mean something to it."""
    return f"a{number}"


def check_names(names: Iterable[str]) -> None:
    """Refuses property names that the engine would mistake for each other.

    The engine compares names by a 32-bit FNV-1a hash only.

    Raises:
        FormError: two names share a hash, or a name is reserved.
    """
    seen: dict[int, str] = {}
    for name in names:
        if name in ("id", "sid", "z") or name.startswith("$") or "." in name:
            raise FormError(f"{name!r} is reserved by durable-rules")
        value = 2166136261
        for byte in name.encode():
            value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
        if value in seen and seen[value] != name:
            raise FormError(f"durable-rules cannot tell {name!r} from {seen[value]!r}")
        seen[value] = name


def _match(shard: Shard, values: tuple[int, ...], memo: Memo) -> tuple[int, ...]:
    concluded = memo.get((shard, values))
    if concluded is None:
        concluded = memo[shard, values] = shard.match(values)
    return concluded


def _cut(clauses: tuple[Clause, ...], most: int) -> Iterator[tuple[Clause, ...]]:
    """Some clauses in pieces of at most so many that keep to the limits; those of one head may be spread over pieces."""
    piece: list[Clause] = []
    atoms: set[str] = set()
    for clause in clauses:
        needs = {literal.atom for literal in clause.body}
        if len(clause.body) > BODY_LITERALS:
            raise FormError(f"{clause.rule}: {len(clause.body)} conditions, at most {BODY_LITERALS} are safe")
        if piece and (len(piece) == most or len(atoms | needs) > SHARD_ATOMS):
            yield tuple(piece)
            piece, atoms = [], set()
        piece.append(clause)
        atoms |= needs
    if piece:
        yield tuple(piece)


def _must(name: str, holds: bool) -> Condition:
    return {name: "t" if holds else "f"}


def _may(name: str, holds: bool) -> Condition:
    return {"$neq": {name: "f" if holds else "t"}}


def _run(handle: int, properties: str) -> set[str]:
    """Asserts a fact, takes every match, retracts; the rules that fired, without the sentinel."""
    state = _done(native.assert_fact(handle, f'{{{_FACT},"z":"z"{properties}}}'))
    fired: set[str] = set()
    started = native.start_action_for_state(handle, state)
    message = started[1] if started else None
    while message:
        begins = message.index('"') + 1
        name = message[begins : message.index('"', begins)]
        if name in fired:
            raise EngineFault(f"rule {name} fired twice")
        fired.add(name)
        message = native.complete_and_start_action(handle, state)
    if "z" not in fired:
        raise EngineFault("the sentinel rule did not fire")
    fired.remove("z")
    _done(native.retract_fact(handle, f"{{{_FACT}}}"))
    return fired


def _done(answer: object) -> int:
    """The session a call answers with, if it did as it was told."""
    if not (isinstance(answer, tuple) and len(answer) == 2 and answer[0] == 0):
        raise EngineFault(f"unexpected answer {answer!r}")
    return int(answer[1])


#: The property of each place of ``Shard.reads``, and how it is written for each value.
_NAMES = tuple(property_name(place) for place in range(SHARD_ATOMS))
check_names(_NAMES)
_PROPERTIES = tuple({value: f',"{name}":"{letter}"' for value, letter in LETTERS.items()} for name in _NAMES)
