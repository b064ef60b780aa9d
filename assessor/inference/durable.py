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
from collections.abc import Iterator
from importlib.metadata import version
from typing import NamedTuple

import durable_rules_engine as native

from assessor.inference.form import Clause, FormError, Program
from assessor.inference.truth import FALSE, LETTERS, TRUE, UNKNOWN

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


class Shard(NamedTuple):
    """A compiled piece of a layer.

    Attributes:
        handle: the engine's handle.
        template: the fact as text, with a place for each atom's letter.
        reads: the numbers of those atoms, in the template's order.
        heads: the atoms concluded here.
        rules: head by rule name, for *must* (``c…``) and *may* (``d…``).
    """

    handle: int
    template: str
    reads: tuple[int, ...]
    heads: tuple[int, ...]
    rules: dict[str, int]


class DurableEvaluator:
    """Runs a program's layers through durable-rules.

    One instance may be used from several threads; runs are taken one at a time, since a session id must not
    be used by two at once.

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
        self._lock = threading.Lock()
        self._layers: tuple[tuple[Shard, ...], ...] | None = None
        self._handles: dict[int, bool] = {}  # of every ruleset held in C, whether an action has run in it
        weakref.finalize(self, _free, self._handles)
        self._shards()

    def run(self, layer: int, memory: list[int]) -> None:
        """Concludes one layer, as ``CompiledEvaluator.run`` does.

        Raises:
            EngineFault: the engine answered in a way it must not.
        """
        with self._lock:
            try:
                shards = self._shards()[layer]
                for head in {head for shard in shards for head in shard.heads}:
                    memory[head] = FALSE
                for shard in shards:
                    _match(shard, memory)
                    self._handles[shard.handle] = True
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Frees the compiled shards; the next run compiles them again."""
        self._layers = None
        _free(self._handles)

    def _shards(self) -> tuple[tuple[Shard, ...], ...]:
        if self._layers is None:
            self._layers = tuple(tuple(self._shards_of(layer)) for layer in self._program.layers)
        return self._layers

    def _shards_of(self, layer: tuple[Clause, ...]) -> Iterator[Shard]:
        for piece in _pieces(layer):
            shard = _compile(self._program, piece)
            self._handles[shard.handle] = False
            yield shard


def _free(handles: dict[int, bool]) -> None:
    """Drops rulesets. The engine keeps a session's memory unless the session is deleted first, and frees it twice
    where no action has run in it."""
    while handles:
        handle, used = handles.popitem()
        with contextlib.suppress(Exception):  # what made us drop them must not be hidden
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


def _compile(program: Program, clauses: tuple[Clause, ...]) -> Shard:
    reads = sorted({program.number[literal.atom] for clause in clauses for literal in clause.body})
    check_names([property_name(number) for number in reads])
    definition: dict[str, object] = {"z": {"all": [{"m": {"z": "z"}}]}}
    rules: dict[str, int] = {}
    for position, clause in enumerate(clauses):
        head = program.number[clause.head]
        for prefix, condition in (("c", _must), ("d", _may)):
            tests = [condition(property_name(program.number[lit.atom]), lit.holds) for lit in clause.body]
            definition[f"{prefix}{position}"] = {"all": [{"m": tests[0] if len(tests) == 1 else {"$and": tests}}]}
            rules[f"{prefix}{position}"] = head
    handle = native.create_ruleset(f"shard{next(_names)}", json.dumps(definition))
    template = f'{{"id":"1","sid":"{SESSION}","z":"z"' + "".join(f',"{property_name(n)}":"%s"' for n in reads) + "}"
    heads = tuple(sorted({program.number[clause.head] for clause in clauses}))
    return Shard(handle, template, tuple(reads), heads, rules)


def _must(name: str, holds: bool) -> dict[str, object]:
    return {name: "t" if holds else "f"}


def _may(name: str, holds: bool) -> dict[str, object]:
    return {"$neq": {name: "f" if holds else "t"}}


def _match(shard: Shard, memory: list[int]) -> None:
    """One run: assert the projected fact, take every match, retract, and read must/may off the rules fired."""
    handle, rules = shard.handle, shard.rules
    fact = shard.template % tuple([LETTERS[memory[number]] for number in shard.reads])
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
    may = {rules[name] for name in fired if name[0] == "d"}
    must = {rules[name] for name in fired if name[0] == "c"}
    if not must <= may:
        raise EngineFault("a rule must fire but may not")
    _done(native.retract_fact(handle, fact))
    for head in may:
        memory[head] |= TRUE if head in must else UNKNOWN


def _done(answer: object) -> int:
    """The session a call answers with, if it did as it was told."""
    if not (isinstance(answer, tuple) and len(answer) == 2 and answer[0] == 0):
        raise EngineFault(f"unexpected answer {answer!r}")
    return int(answer[1])
