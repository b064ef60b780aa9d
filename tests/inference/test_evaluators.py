"""durable-rules, compiled Python and the naive evaluator give one answer; order and knowing more behave."""

from __future__ import annotations

import random

import pytest

from assessor.inference.compiled import CompiledEvaluator
from assessor.inference.durable import SHARD_RULES, DurableEvaluator
from assessor.inference.engine import Engine
from assessor.inference.form import Program
from assessor.truth import FALSE, NOT, TRUE, UNKNOWN

from .naive import AS_NUMBER, AS_TRUTH, evaluate
from .rulesets import RuleSet, random_case, random_rules
from .running import by_name, run

CASES = 20


def naive(program: Program, case: dict[str, int]) -> dict[str, int]:
    values = evaluate(program, {atom: AS_NUMBER[value] for atom, value in case.items()})
    return {atom: AS_TRUTH[value] for atom, value in values.items()}


def check_agreement(seed: int) -> tuple[int, int]:
    """One random rule set over ``CASES`` cases; the number of clauses and of unknown conclusions seen."""
    rng = random.Random(seed)
    rules = random_rules(rng)
    program = rules.program()
    compiled, durable = CompiledEvaluator(program), DurableEvaluator(program)
    unknown = 0
    try:
        for number in range(CASES):
            case = random_case(rng, rules.inputs)
            if number % 4 == 0:  # nothing unknown: durable-rules matches what must fire alone
                case = {atom: TRUE if value == UNKNOWN else value for atom, value in case.items()}
            expected = naive(program, case)
            assert by_name(program, run(program, compiled.run, case)) == expected, f"compiled Python, seed {seed}, {case}"
            assert by_name(program, run(program, durable.run, case)) == expected, f"durable-rules, seed {seed}, {case}"
            unknown += sum(value == UNKNOWN for value in expected.values())
    finally:
        durable.close()
    return len(rules.clauses), unknown


@pytest.mark.parametrize("block", range(6))
def test_three_evaluators_agree(block: int) -> None:
    seen = [check_agreement(seed) for seed in range(10 * block, 10 * block + 10)]
    assert sum(unknown for _, unknown in seen) > 0, "the cases must reach the unknown"


def test_the_random_rule_sets_reach_far_enough() -> None:
    """Guards the generator: depth, negation, several clauses a head, tables and several shards all occur."""
    rules = [random_rules(random.Random(seed)) for seed in range(60)]
    programs = [each.program() for each in rules]
    assert max(len(program.layers) for program in programs) >= 8
    assert max(len(layer) for program in programs for layer in program.layers) > SHARD_RULES
    assert sum(bool(each.families) for each in rules) > 20
    assert any(not literal.holds for each in rules for clause in each.clauses for literal in clause.body)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_three_evaluators_agree_on_many(block: int) -> None:
    for seed in range(1000 + 60 * block, 1000 + 60 * block + 60):
        check_agreement(seed)


@pytest.mark.parametrize("seed", range(100, 115))
def test_order_of_rules_and_facts_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    rules = random_rules(rng)
    other = rules.shuffled(rng)
    first, second = Engine(rules.program()), Engine(other.program())
    for _ in range(5):
        case = random_case(rng, rules.inputs)
        backwards = dict(reversed(case.items()))
        one = by_name(first.program, run(first.program, first.conclude, case))
        two = by_name(second.program, run(second.program, second.conclude, backwards))
        assert one == two
    first.durable.close()
    second.durable.close()


@pytest.mark.parametrize("seed", range(200, 212))
def test_knowing_more_never_changes_what_is_known(seed: int) -> None:
    rng = random.Random(seed)
    rules = random_rules(rng)
    engine = Engine(rules.program())
    for _ in range(6):
        case = {atom: UNKNOWN if rng.random() < 0.6 else value for atom, value in random_case(rng, rules.inputs).items()}
        before = run(engine.program, engine.conclude, case)
        waiting = [atom for atom, value in case.items() if value == UNKNOWN]
        for atom in rng.sample(waiting, min(4, len(waiting))):
            for answer in (FALSE, TRUE):
                after = run(engine.program, engine.conclude, {**case, atom: answer})
                changed = [
                    engine.program.atoms[number]
                    for number, (was, now) in enumerate(zip(before, after, strict=True))
                    if was not in (UNKNOWN, now)
                ]
                assert not changed, f"{atom} := {answer} changed {changed}"
    engine.durable.close()


def test_what_the_three_values_mean() -> None:
    """The tables of Kleene (1952, section 64), by hand and in both evaluators."""
    from assessor.inference.form import Clause, Literal, arrange

    program = arrange(
        [
            Clause("and", "and", (Literal("a"), Literal("b"))),
            Clause("or 1", "or", (Literal("a"),)),
            Clause("or 2", "or", (Literal("b"),)),
            Clause("not", "not", (Literal("a", False),)),
        ],
        ["a", "b"],
    )
    durable, compiled = DurableEvaluator(program), CompiledEvaluator(program)
    rank = {FALSE: 0, UNKNOWN: 1, TRUE: 2}
    back = {0: FALSE, 1: UNKNOWN, 2: TRUE}
    for a in rank:
        for b in rank:
            expected = {
                "and": back[min(rank[a], rank[b])],
                "or": back[max(rank[a], rank[b])],
                "not": back[2 - rank[a]],
                "a": a,
                "b": b,
            }
            assert by_name(program, run(program, durable.run, {"a": a, "b": b})) == expected
            assert by_name(program, run(program, compiled.run, {"a": a, "b": b})) == expected
        assert NOT[NOT[a]] == a


def test_a_used_memory_gives_the_same_answer_as_a_fresh_one() -> None:
    """Nothing of one case may stay behind for the next, in either evaluator behind the engine's door."""
    rng = random.Random(7)
    rules = random_rules(rng)
    engine = Engine(rules.program())
    kept = engine.memory()
    for _ in range(20):
        case = random_case(rng, rules.inputs)
        fresh = run(engine.program, engine.conclude, case)
        for atom, value in case.items():
            kept[engine.program.number[atom]] = value
        for layer in range(1, len(engine.program.layers)):
            engine.conclude(layer, kept)
        assert kept[: len(fresh)] == fresh and kept[-1] == 0
    engine.durable.close()


def test_the_durable_evaluator_overwrites_heads_as_the_compiled_one_does() -> None:
    """``DurableEvaluator.run`` promises to conclude *as CompiledEvaluator.run does*, also over an old conclusion."""
    rules = RuleSet(*_one_rule())
    program = rules.program()
    durable, compiled = DurableEvaluator(program), CompiledEvaluator(program)
    for evaluator in (compiled, durable):
        memory = run(program, evaluator.run, {"a": TRUE})
        memory[program.number["a"]] = FALSE
        evaluator.run(1, memory)
        assert by_name(program, memory) == {"a": FALSE, "h": FALSE}, type(evaluator).__name__


def _one_rule() -> tuple:
    from assessor.inference.form import Clause, Literal

    return (Clause("r", "h", (Literal("a"),)),), ("a",), {}


def test_programs_share_the_shards_they_have_in_common() -> None:
    from assessor.inference.form import Clause, Literal, arrange

    common = [Clause(f"r{n}", f"h{n}", (Literal(f"a{n}"), Literal("b", False))) for n in range(SHARD_RULES)]
    own = [Clause("own", "i", (Literal("c"),))]
    inputs = [f"a{n}" for n in range(SHARD_RULES)] + ["b", "c"]
    first, second = arrange(common, inputs), arrange([*common, *own], [*inputs, "z"])
    one, two = DurableEvaluator(first), DurableEvaluator(second)
    assert one.shards == two.shards[:3]
    rng = random.Random(9)
    for _ in range(30):
        case = random_case(rng, (*inputs, "z"))
        for program, durable in ((first, one), (second, two)):
            given = {atom: value for atom, value in case.items() if atom in program.number}
            assert run(program, durable.run, given) == run(program, CompiledEvaluator(program).run, given)
    one.close()  # what one frees, the other compiles again
    assert run(second, two.run, case) == run(second, CompiledEvaluator(second).run, case)


def test_the_same_values_are_matched_once_in_an_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    from assessor.inference import durable as module

    rng = random.Random(3)
    rules = random_rules(rng)
    program = rules.program()
    durable = DurableEvaluator(program)
    asserted: list[str] = []
    genuine = module.native.assert_fact
    monkeypatch.setattr(module.native, "assert_fact", lambda handle, fact: (asserted.append(fact), genuine(handle, fact))[1])
    memo: module.Memo = {}
    for case in (random_case(rng, rules.inputs), random_case(rng, rules.inputs)):
        expected = run(program, CompiledEvaluator(program).run, case)
        assert run(program, lambda layer, memory: durable.run(layer, memory, memo), case) == expected
        first = len(asserted)
        assert run(program, lambda layer, memory: durable.run(layer, memory, memo), case) == expected
        assert len(asserted) == first
        assert run(program, durable.run, case) == expected
        assert len(asserted) > first, "without the memo nothing is remembered"
