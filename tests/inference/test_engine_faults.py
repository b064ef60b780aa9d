"""When the engine surprises: no result, the compiled rules are thrown away, and the next run is right."""

from __future__ import annotations

import random
from typing import Any

import durable_rules_engine as native
import pytest

from assessor.inference import durable as module
from assessor.inference.durable import DurableEvaluator, EngineFault
from assessor.inference.engine import Disagreement, Engine
from assessor.truth import NOT, TRUE, UNKNOWN

from .rulesets import random_case, random_rules
from .running import run


@pytest.fixture
def engine() -> Engine:
    return Engine(random_rules(random.Random(4)).program())


@pytest.fixture(params=["something unknown", "nothing unknown"])
def case(request: pytest.FixtureRequest) -> dict[str, int]:
    rng = random.Random(4)
    found = random_case(rng, random_rules(rng).inputs)
    return {atom: TRUE if v == UNKNOWN and request.param == "nothing unknown" else v for atom, v in found.items()}


@pytest.fixture
def freed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The handles given back to the engine."""
    seen: list[int] = []
    genuine = native.delete_ruleset

    def record(handle: int) -> Any:
        seen.append(handle)
        return genuine(handle)

    monkeypatch.setattr(module.native, "delete_ruleset", record)
    return seen


def compiled(engine: Engine) -> list[int]:
    """The handles of what is held in C."""
    return [handle for shard in engine.durable.shards for handle in shard.held]


def skip_sentinel(genuine: Any) -> Any:
    def complete(handle: int, state: int) -> Any:
        message = genuine(handle, state)
        return genuine(handle, state) if message and '"z"' in message else message

    return complete


def only(name: str) -> Any:
    return lambda handle, state: ("{}", f'{{ "{name}":{{"m":{{}}}}}}', 1)


FAULTS = {
    "nothing fires, not even the sentinel": ("start_action_for_state", lambda genuine: lambda handle, state: None),
    "asserting fails": ("assert_fact", lambda genuine: lambda handle, fact: (303, 0)),
    "asserting answers nothing": ("assert_fact", lambda genuine: lambda handle, fact: None),
    "asserting answers too much": ("assert_fact", lambda genuine: lambda handle, fact: (0, 1, 2)),
    "asserting raises": ("assert_fact", lambda genuine: lambda handle, fact: (_ for _ in ()).throw(OSError("error 302"))),
    "retracting fails": ("retract_fact", lambda genuine: lambda handle, fact: (5, 0)),
    "retracting does nothing": ("retract_fact", lambda genuine: lambda handle, fact: (0, 0)),
    "the run is interrupted": (
        "complete_and_start_action",
        lambda genuine: lambda h, s: (_ for _ in ()).throw(KeyboardInterrupt()),
    ),
    "memory runs out": ("complete_and_start_action", lambda genuine: lambda h, s: (_ for _ in ()).throw(MemoryError())),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_surprise_discards_the_host_and_the_next_run_is_right(
    fault: str, engine: Engine, case: dict[str, int], freed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run(engine.program, engine.conclude, case)
    handles = compiled(engine)
    name, make = FAULTS[fault]
    with monkeypatch.context() as patch, pytest.raises((EngineFault, OSError, KeyboardInterrupt, MemoryError)):
        patch.setattr(module.native, name, make(getattr(native, name)))
        for _ in range(3):  # a fact that was not taken back shows when the next is asserted
            run(engine.program, engine.conclude, case)
    assert sorted(freed) == sorted(handles), "every compiled shard is freed, once"
    assert not compiled(engine)
    assert run(engine.program, engine.conclude, case) == expected
    assert run(engine.program, engine.conclude, case) == expected


def test_a_missing_sentinel_is_a_fault_even_where_rules_fired(
    engine: Engine, case: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine_start, genuine_next = native.start_action_for_state, native.complete_and_start_action

    def start(handle: int, state: int) -> Any:
        found = genuine_start(handle, state)
        if found and '"z"' in found[1].split(":")[0]:
            return (found[0], genuine_next(handle, state), *found[2:])
        return found

    with monkeypatch.context() as patch:
        patch.setattr(module.native, "start_action_for_state", start)
        patch.setattr(module.native, "complete_and_start_action", skip_sentinel(genuine_next))
        with pytest.raises(EngineFault, match="sentinel"):
            run(engine.program, engine.durable.run, case)
    assert not compiled(engine)


def test_a_rule_that_fires_twice_is_a_fault(engine: Engine, case: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.native, "start_action_for_state", only("z"))
    monkeypatch.setattr(module.native, "complete_and_start_action", lambda handle, state: '{ "z":{"m":{}}}')
    with pytest.raises(EngineFault, match="twice"):
        run(engine.program, engine.conclude, case)


@pytest.mark.parametrize("case", ["something unknown"], indirect=True)
def test_a_rule_that_must_but_may_not_fire_is_a_fault(
    engine: Engine, case: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(['{ "c0":{"m":{}}}', None])
    monkeypatch.setattr(module.native, "start_action_for_state", only("z"))
    monkeypatch.setattr(module.native, "complete_and_start_action", lambda handle, state: next(answers))
    with pytest.raises(EngineFault, match="must fire but may not"):
        run(engine.program, engine.conclude, case)


def test_a_rule_that_does_not_exist_is_a_fault(engine: Engine, case: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(['{ "d999":{"m":{}}}', None])
    monkeypatch.setattr(module.native, "start_action_for_state", only("z"))
    monkeypatch.setattr(module.native, "complete_and_start_action", lambda handle, state: next(answers))
    with pytest.raises((EngineFault, KeyError)):
        run(engine.program, engine.conclude, case)
    assert not compiled(engine)


def test_a_rule_that_was_lost_is_seen_as_a_disagreement(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentinel fires but the other matches are swallowed: only the second evaluator can see that."""
    rules = random_rules(random.Random(4))
    everything = dict.fromkeys(rules.inputs, TRUE)
    monkeypatch.setattr(module.native, "complete_and_start_action", lambda handle, state: None)
    with pytest.raises((Disagreement, EngineFault)):
        for value in (3, 1, 0):
            run(engine.program, engine.conclude, {atom: value for atom in everything})


@pytest.mark.parametrize("side", ["compiled", "durable"])
def test_evaluators_that_differ_stop_the_program(
    side: str, engine: Engine, case: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluator = getattr(engine, side)
    genuine = evaluator.run
    victim = engine.program.layers[-1][0].head

    def lie(layer: int, memory: list[int], *rest: Any) -> None:
        genuine(layer, memory, *rest)
        if layer == len(engine.program.layers) - 1:
            number = engine.program.number[victim]
            memory[number] = NOT[memory[number]] if memory[number] != 1 else TRUE

    monkeypatch.setattr(evaluator, "run", lie)
    with pytest.raises(Disagreement, match=victim):
        run(engine.program, engine.conclude, case)


def test_a_disagreement_is_an_engine_fault() -> None:
    assert issubclass(Disagreement, EngineFault)


@pytest.mark.parametrize("installed", ["2.0.27", "2.0.29", "2.1.0", ""])
def test_another_version_is_refused(installed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "version", lambda name: installed)
    engine = Engine(random_rules(random.Random(4)).program())
    with pytest.raises(EngineFault, match=r"2\.0\.28 is required"):
        _ = engine.durable
    with pytest.raises(EngineFault):
        DurableEvaluator(engine.program)


def test_search_does_not_touch_the_engine(engine: Engine, case: dict[str, int]) -> None:
    """Searches are compiled Python only; the authoritative evaluator is not even built."""
    run(engine.program, engine.search, case)
    assert engine._durable is None


def test_closing_twice_frees_once(engine: Engine, case: dict[str, int], freed: list[int]) -> None:
    expected = run(engine.program, engine.conclude, case)
    engine.durable.close()
    count = len(freed)
    engine.durable.close()
    assert len(freed) == count == len(set(freed)) > 0
    assert run(engine.program, engine.conclude, case) == expected
