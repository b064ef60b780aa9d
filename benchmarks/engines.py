"""One shape for every engine: conclude a layer, given the truth values so far.

All rivals get the same clauses, each twice (what must fire and what may fire), and the same driver, which goes
through the layers; so what is compared is the matching. The adapters of the rivals are plain and untuned.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from assessor.inference.compiled import CompiledEvaluator
from assessor.inference.durable import SHARD_RULES, DurableEvaluator
from assessor.inference.engine import Engine as BothEvaluators
from assessor.inference.form import Clause, Program
from assessor.truth import FALSE, LETTERS, TRUE, UNKNOWN
from benchmarks.work import Work, naive


class Engine(Protocol):
    """Concludes a layer over a memory of truth values."""

    def run(self, layer: int, memory: list[int]) -> None:
        """Writes the heads of the layer."""


class NotInstalled(Exception):
    """A rival that is not there."""


def compiled(work: Work) -> Engine:
    """The limit: the same clauses as generated Python."""
    return CompiledEvaluator(work.program)


def durable(work: Work) -> Engine:
    """durable-rules as this program uses it."""
    return DurableEvaluator(work.program)


class Checked:
    """What a reported result goes through: durable-rules, and compiled Python must agree."""

    def __init__(self, work: Work) -> None:
        self.run = BothEvaluators(work.program).conclude


class Naive:
    """The recursive evaluator of the tests, with Fractions; it is given one layer at a time as the others are."""

    def __init__(self, work: Work) -> None:
        self.module = naive()
        self.program = work.program
        self.single = tuple(
            Program(work.program.atoms, work.program.number, work.program.level, ((), layer)) for layer in work.program.layers
        )
        self.heads = tuple({clause.head for clause in layer} for layer in work.program.layers)

    def run(self, layer: int, memory: list[int]) -> None:
        number, as_number = self.program.number, self.module.AS_NUMBER
        inputs = {atom: as_number[memory[number[atom]]] for atom in self.program.atoms}
        found = self.module.evaluate(self.single[layer], inputs)
        for head in self.heads[layer]:
            memory[number[head]] = self.module.AS_TRUTH[found[head]]


def _heads(program: Program, layer: tuple[Clause, ...]) -> tuple[int, ...]:
    return tuple({program.number[clause.head] for clause in layer})


def _reads(program: Program, layer: tuple[Clause, ...]) -> tuple[int, ...]:
    return tuple(sorted({program.number[literal.atom] for clause in layer for literal in clause.body}))


def _write(memory: list[int], heads: tuple[int, ...], must: set[int], may: set[int]) -> None:
    for head in heads:
        memory[head] = TRUE if head in must else UNKNOWN if head in may else FALSE


#: Kept until the end: clipspy complains on the terminal when an environment is freed.
_ENVIRONMENTS: list[Any] = []


class Clips:
    """clipspy: an environment a layer, an ordered fact for each atom read."""

    def __init__(self, work: Work) -> None:
        try:
            import clips
        except ImportError:
            raise NotInstalled("clipspy") from None
        program = work.program
        self.layers = []
        for layer in program.layers:
            environment = clips.Environment()
            _ENVIRONMENTS.append(environment)
            for position, clause in enumerate(layer):
                head = program.number[clause.head]
                must = " ".join(f"(a{program.number[b.atom]} {'t' if b.holds else 'f'})" for b in clause.body)
                may = " ".join(f"(a{program.number[b.atom]} {'~f' if b.holds else '~t'})" for b in clause.body)
                environment.build(f"(defrule c{position} {must} => (assert (must {head})))")
                environment.build(f"(defrule d{position} {may} => (assert (may {head})))")
            self.layers.append((environment, _reads(program, layer), _heads(program, layer)))

    def run(self, layer: int, memory: list[int]) -> None:
        environment, reads, heads = self.layers[layer]
        environment.reset()
        for number in reads:
            environment.assert_string(f"(a{number} {LETTERS[memory[number]]})")
        environment.run()
        must: set[int] = set()
        may: set[int] = set()
        for fact in environment.facts():
            name = fact.template.name
            if name in ("must", "may"):
                (must if name == "must" else may).add(int(fact[0]))
        _write(memory, heads, must, may)


class Zen:
    """zen-engine: a decision table a layer, collecting, with one expression a rule."""

    def __init__(self, work: Work) -> None:
        try:
            import zen
        except ImportError:
            raise NotInstalled("zen-engine") from None
        program = work.program
        engine = zen.ZenEngine()
        self.layers = []
        for layer in program.layers:
            rules = []
            for position, clause in enumerate(layer):
                head = program.number[clause.head]
                must = " and ".join(f'a{program.number[b.atom]} == "{"t" if b.holds else "f"}"' for b in clause.body)
                may = " and ".join(f'a{program.number[b.atom]} != "{"f" if b.holds else "t"}"' for b in clause.body)
                rules.append({"_id": f"c{position}", "when": must, "head": str(head), "must": "true"})
                rules.append({"_id": f"d{position}", "when": may, "head": str(head), "must": "false"})
            decision = engine.create_decision(json.dumps(_table(rules))) if rules else None
            self.layers.append((decision, _reads(program, layer), _heads(program, layer)))

    def run(self, layer: int, memory: list[int]) -> None:
        decision, reads, heads = self.layers[layer]
        found = decision.evaluate({f"a{number}": LETTERS[memory[number]] for number in reads})["result"]
        must = {row["head"] for row in found if row["must"]}
        _write(memory, heads, must, {row["head"] for row in found if not row["must"]})


def _table(rules: list[dict[str, str]]) -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when", "field": ""}],
        "outputs": [{"id": "head", "name": "head", "field": "head"}, {"id": "must", "name": "must", "field": "must"}],
        "rules": rules,
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


class Stock:
    """durable-rules through its own Host, timers and all, sharded as it must be not to lose facts.

    A rule that does nothing but match every fact is added: the Host raises where nothing matches.
    """

    def __init__(self, work: Work) -> None:
        from durable.engine import Host

        program = work.program
        self.fired: list[str] = []
        self.host = Host()
        self.layers = []
        self.count = 0
        for level, layer in enumerate(program.layers):
            shards = []
            for start in range(0, len(layer), SHARD_RULES // 2):  # each clause twice
                piece = layer[start : start + SHARD_RULES // 2]
                name = f"layer{level}from{start}"
                rules: dict[str, Any] = {"z": {"all": [{"m": {"z": "z"}}], "run": self._action("z")}}
                heads: dict[str, int] = {}
                for position, clause in enumerate(piece):
                    for rail, test in (("c", _must), ("d", _may)):
                        tests = [test(f"a{program.number[b.atom]}", b.holds) for b in clause.body]
                        condition = tests[0] if len(tests) == 1 else {"$and": tests}
                        rules[f"{rail}{position}"] = {"all": [{"m": condition}], "run": self._action(f"{rail}{position}")}
                        heads[f"{rail}{position}"] = program.number[clause.head]
                self.host.set_rulesets({name: rules})
                shards.append((name, _reads(program, piece), heads))
            self.layers.append((shards, _heads(program, layer)))

    def _action(self, name: str) -> Callable[[Any], None]:
        def act(context: Any) -> None:
            self.fired.append(name)

        return act

    def run(self, layer: int, memory: list[int]) -> None:
        shards, heads = self.layers[layer]
        must: set[int] = set()
        may: set[int] = set()
        for name, reads, rules in shards:
            self.count += 1
            fact = {"id": str(self.count), "sid": "1", "z": "z", **{f"a{n}": LETTERS[memory[n]] for n in reads}}
            self.fired.clear()
            self.host.assert_fact(name, fact)
            for rule in self.fired:
                if rule != "z":
                    (must if rule[0] == "c" else may).add(rules[rule])
            try:
                self.host.retract_fact(name, fact)
            except Exception as error:  # the Host complains where retracting matches no rule
                if "Could not handle" not in str(error):
                    raise
        _write(memory, heads, must, may)


def _must(name: str, holds: bool) -> dict[str, object]:
    return {name: "t" if holds else "f"}


def _may(name: str, holds: bool) -> dict[str, object]:
    return {"$neq": {name: "f" if holds else "t"}}


#: In the order shown. The stock Host runs in a process of its own, since it may crash and its threads disturb.
ENGINES: dict[str, Callable[[Work], Engine]] = {
    "compiled Python (the limit)": compiled,
    "durable-rules, this program's wrapper": durable,
    "durable-rules, checked by compiled Python": Checked,
    "naive evaluator of the tests": Naive,
    "zen-engine": Zen,
    "clipspy": Clips,
}
STOCK = "durable-rules, stock Host"


def step(work: Work, engine: Engine) -> None:
    """One inference step: all layers of both readings."""
    for layer, memory in work.passes:
        engine.run(layer, list(memory))


def verify(work: Work, engine: Engine) -> None:
    """Raises if an engine concludes anything else than compiled Python."""
    for (layer, memory), expected in zip(work.passes, work.expected, strict=True):
        found = list(memory)
        engine.run(layer, found)
        if tuple(found) != expected:
            odd = [work.program.atoms[n] for n, value in enumerate(found) if value != expected[n]]
            raise AssertionError(f"wrong in layer {layer}: {odd[:5]}")
