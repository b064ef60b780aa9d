"""The form matched by durable-rules: the authoritative evaluator.

durable-rules is exact only in a narrow subset; this module keeps to it and is the only one that touches
the engine. Each layer is cut into shards of few rules; a shard gets one flat fact that holds just the atoms
it reads; each clause stands there twice, as what *must* fire and what *may* fire; there are no joins, no
negation, no timers, one session id. The engine's own host (with background threads that crash it) is not
used: its C functions are called in the order its host would call them. A sentinel rule must fire exactly
once in every run. Anything unexpected discards the compiled shards and raises ``EngineFault``.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import weakref
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import NamedTuple

import durable_rules_engine as native

from assessor.inference.form import Clause, FormError, Literal, Program, values_at
from assessor.truth import FALSE, LETTERS, TRUE, UNKNOWN

#: The only version whose behaviour was measured.
PINNED = "2.0.28"
#: The one session id.
SESSION = "1"
#: Clauses a shard, each compiled twice; 65 matches pending for one fact lose the fact, so 2 x 30 + sentinel.
SHARD_CLAUSES = 30
#: Properties a fact may have (252 are possible, with id, sid and sentinel).
SHARD_ATOMS = 240
#: Conditions in one conjunction (100 were shown to work).
BODY_LITERALS = 60

_names = itertools.count()


class EngineFault(RuntimeError):
    """durable-rules did something it must not do; no result of the run may be used."""


#: What shards concluded from which values; kept for one assessment, so that nothing of a case outlives it.
Memo = dict[tuple["Shard", tuple[int, ...]], tuple[int, ...]]


class Shard:
    """Some clauses compiled once, for every program that contains them.

    It may be used from several threads; runs are taken one at a time, since a session id must not be used by two
    at once.

    Args:
        clauses: within the limits above.

    Attributes:
        reads: the atoms read, in the order in which ``match`` wants their values.
        heads: the atoms concluded, in the order in which ``match`` gives theirs.

    Raises:
        FormError: the clauses go beyond the safe subset.
    """

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self.reads = tuple(sorted({literal.atom for clause in clauses for literal in clause.body}))
        self.heads = tuple(sorted({clause.head for clause in clauses}))
        names = {atom: property_name(place) for place, atom in enumerate(self.reads)}
        check_names(list(names.values()))
        definition: dict[str, object] = {"z": {"all": [{"m": {"z": "z"}}]}}
        self._head: dict[str, int] = {}  # the place of each rule's head, for *must* (``c…``) and *may* (``d…``)
        for position, clause in enumerate(clauses):
            for prefix, condition in (("c", _must), ("d", _may)):
                tests = [condition(names[literal.atom], literal.holds) for literal in clause.body]
                definition[f"{prefix}{position}"] = {"all": [{"m": tests[0] if len(tests) == 1 else {"$and": tests}}]}
                self._head[f"{prefix}{position}"] = self.heads.index(clause.head)
        self._rules = json.dumps(definition)
        self._fact = f'{{"id":"1","sid":"{SESSION}","z":"z"' + "".join(f',"{name}":"%s"' for name in names.values()) + "}"
        self._lock = threading.Lock()
        self._held: dict[int, bool] = {}  # the handle of the ruleset held in C, and whether an action has run in it
        weakref.finalize(self, _free, self._held)
        self._handle()

    def match(self, values: tuple[int, ...]) -> tuple[int, ...]:
        """The truth values of ``heads`` for those of ``reads``.

        Raises:
            EngineFault: the engine answered in a way it must not.
        """
        with self._lock:
            try:
                fact = self._fact % tuple([LETTERS[value] for value in values])
                handle = self._handle()
                concluded = self._concluded(_fired(handle, fact))
                self._held[handle] = True
                return concluded
            except BaseException:
                _free(self._held)
                raise

    def free(self) -> None:
        """Drops what is held in C; the next run compiles it again."""
        with self._lock:
            _free(self._held)

    def _handle(self) -> int:
        for handle in self._held:
            return handle
        handle = int(native.create_ruleset(f"shard{next(_names)}", self._rules))
        self._held[handle] = False
        return handle

    def _concluded(self, fired: set[str]) -> tuple[int, ...]:
        head = self._head
        may = {head[name] for name in fired if name[0] == "d"}
        must = {head[name] for name in fired if name[0] == "c"}
        if not must <= may:
            raise EngineFault("a rule must fire but may not")
        return tuple([FALSE if place not in may else TRUE if place in must else UNKNOWN for place in range(len(self.heads))])


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
        self._layers = tuple(tuple(_bind(program, piece) for piece in _pieces(layer)) for layer in program.layers)

    @property
    def shards(self) -> tuple[Shard, ...]:
        """The shards, in the order in which they run."""
        return tuple(bound.shard for layer in self._layers for bound in layer)

    def run(self, layer: int, memory: list[int], memo: Memo | None = None) -> None:
        """Concludes one layer, as ``CompiledEvaluator.run`` does.

        Args:
            layer: which, from 1.
            memory: truth values by atom number; the heads of the layer are written.
            memo: what shards have concluded in this assessment; the same values are not matched twice.

        Raises:
            EngineFault: the engine answered in a way it must not.
        """
        pieces = self._layers[layer]
        found: list[tuple[int, ...]] = []
        try:
            for shard, values, _ in pieces:
                seen = values(memory)
                known = memo.get((shard, seen)) if memo is not None else None
                if known is None:
                    known = shard.match(seen)
                    if memo is not None:
                        memo[shard, seen] = known
                found.append(known)
        except BaseException:
            self.close()
            raise
        for _, _, heads in pieces:
            for head in heads:
                memory[head] = FALSE
        for (_, _, heads), concluded in zip(pieces, found, strict=True):
            for head, value in zip(heads, concluded, strict=True):
                memory[head] |= value  # the clauses of one head may stand in several shards

    def close(self) -> None:
        """Frees the compiled shards, in whatever program they stand; the next run compiles them again."""
        for shard in self.shards:
            shard.free()


#: The shards in use, by their clauses without the names of the rules.
_shared: weakref.WeakValueDictionary[tuple[tuple[str, tuple[Literal, ...]], ...], Shard] = weakref.WeakValueDictionary()
_sharing = threading.Lock()


def _bind(program: Program, clauses: tuple[Clause, ...]) -> Bound:
    key = tuple((clause.head, clause.body) for clause in clauses)
    with _sharing:
        shard = _shared.get(key)
        if shard is None:
            shard = _shared[key] = Shard(clauses)
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


def check_names(names: Iterator[str] | list[str]) -> None:
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


def _pieces(layer: tuple[Clause, ...]) -> Iterator[tuple[Clause, ...]]:
    """A layer in pieces that keep to the limits; clauses of one head may be spread over pieces."""
    piece: list[Clause] = []
    atoms: set[str] = set()
    for clause in layer:
        needs = {literal.atom for literal in clause.body}
        if len(clause.body) > BODY_LITERALS:
            raise FormError(f"{clause.rule}: {len(clause.body)} conditions, at most {BODY_LITERALS} are safe")
        if piece and (len(piece) == SHARD_CLAUSES or len(atoms | needs) > SHARD_ATOMS):
            yield tuple(piece)
            piece, atoms = [], set()
        piece.append(clause)
        atoms |= needs
    if piece:
        yield tuple(piece)


def _must(name: str, holds: bool) -> dict[str, object]:
    return {name: "t" if holds else "f"}


def _may(name: str, holds: bool) -> dict[str, object]:
    return {"$neq": {name: "f" if holds else "t"}}


def _fired(handle: int, fact: str) -> set[str]:
    """One run: assert the fact, take every match, retract; the rules that fired, without the sentinel."""
    state = _done(native.assert_fact(handle, fact))
    fired: set[str] = set()
    started = native.start_action_for_state(handle, state)
    message = started[1] if started else None
    while message:
        name = message.split('"', 2)[1]
        if name in fired:
            raise EngineFault(f"rule {name} fired twice")
        fired.add(name)
        message = native.complete_and_start_action(handle, state)
    if "z" not in fired:
        raise EngineFault("the sentinel rule did not fire")
    fired.remove("z")
    _done(native.retract_fact(handle, fact))
    return fired


def _done(answer: object) -> int:
    """The session a call answers with, if it did as it was told."""
    if not (isinstance(answer, tuple) and len(answer) == 2 and answer[0] == 0):
        raise EngineFault(f"unexpected answer {answer!r}")
    return int(answer[1])
