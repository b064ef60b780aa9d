"""Why the wrapper exists: stock durable-rules 2.0.28 used plainly, each trap in a process of its own.

These tests say nothing about this program; they show that the traps are real and deterministic. If one starts to
fail, the engine has changed and the wrapper's limits should be measured anew.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.slow

PRELUDE = """
import json, sys
import durable_rules_engine as native

def ruleset(rules, name="r"):
    rules = {"z": {"all": [{"m": {"z": "z"}}]}, **rules}
    return native.create_ruleset(name, json.dumps(rules))

def fired(handle, **fact):
    code, state = native.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "z": "z", **fact}))
    names = []
    found = native.start_action_for_state(handle, state)
    message = found[1] if found else None
    while message:
        names.append(next(iter(json.loads(message))))
        message = native.complete_and_start_action(handle, state)
    return code, sorted(names)
"""


def stock(script: str, seconds: float = 20) -> subprocess.CompletedProcess[str]:
    text = PRELUDE + textwrap.dedent(script)
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=seconds)


def crashed(done: subprocess.CompletedProcess[str]) -> bool:
    return done.returncode < 0


def test_2_6_rules_with_an_identical_last_condition_crash() -> None:
    """255 pass, 256 crash when a fact matches, 257 are refused."""
    script = """
        handle = ruleset({{f"r{{n}}": {{"all": [{{"m": {{"$and": [{{"a": "t"}}, {{"b": "t"}}]}}}}]}} for n in range({count})}})
        print(len(fired(handle, a="t", b="t")[1]))
    """
    assert stock(script.format(count=255)).stdout.strip() == "256"
    assert crashed(stock(script.format(count=256)))
    assert "108" in stock(script.format(count=257)).stderr


def test_2_5_513_different_tests_hang_the_compiler() -> None:
    """With the interpreter lock held: no timeout inside the process could end it."""
    script = """
        ruleset({{f"r{{n}}": {{"all": [{{"m": {{f"p{{n}}": "t"}}}}]}} for n in range({count})}})
        print("compiled")
    """
    assert stock(script.format(count=500)).stdout.strip() == "compiled"
    with pytest.raises(subprocess.TimeoutExpired):
        stock(script.format(count=520), seconds=6)


def test_2_4_the_65th_match_loses_the_fact() -> None:
    """64 pending matches pass; with 65 the engine reports an error and the fact has not been evaluated."""
    script = """
        both = lambda n: {{"$and": [{{"a": "t"}}, {{f"b{{n}}": "t"}}]}}
        handle = ruleset({{f"r{{n}}": {{"all": [{{"m": both(n)}}]}} for n in range({count})}})
        fact = {{f"b{{n}}": "t" for n in range({count})}}
        code, names = fired(handle, a="t", **fact)
        print(code, len(names))
    """
    assert stock(script.format(count=63)).stdout.split() == ["0", "64"]
    over = stock(script.format(count=64))
    assert over.stdout.split() != ["0", "65"]
    assert "303" in over.stdout + over.stderr


def test_2_7_nex_runs_forever_in_the_stock_loop() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        stock(
            """
            from durable.lang import *
            with ruleset("x"):
                @when_all(m.a == 1)
                def one(c):
                    c.assert_fact({"id": "2", "c": 1})
                @when_all(-m.b)
                def no_b(c):
                    c.s.n = 1
            assert_fact("x", {"id": "1", "a": 1})
            """,
            seconds=5,
        )


def test_2_8_an_action_of_two_arguments_silently_stops_the_rest() -> None:
    done = stock("""
        from durable.lang import *
        from durable import lang
        ran = []
        with lang.ruleset("x"):
            for i in range(3):
                @when_all(m.a == 1)
                def action(c, i=i):
                    ran.append(i)
        assert_fact("x", {"id": "1", "a": 1})
        print(len(ran), flush=True)
        import os; os._exit(0)
    """)
    assert done.stdout.strip() in ("0", "1"), done.stdout + done.stderr


def test_3_a_number_and_a_text_are_compared_as_texts() -> None:
    """A rule *at least 100* fires on the text 20."""
    done = stock("""
        handle = ruleset({"r": {"all": [{"m": {"$gte": {"a": 100}}}]}})
        print(fired(handle, a="20")[1])
    """)
    assert "'r'" in done.stdout, done.stdout + done.stderr


def test_3_or_with_two_true_branches_fires_twice() -> None:
    done = stock("""
        handle = ruleset({"r": {"all": [{"m": {"$or": [{"a": "t"}, {"b": "t"}]}}]}})
        print(fired(handle, a="t", b="t")[1])
    """)
    assert done.stdout.count("'r'") == 2, done.stdout + done.stderr


def test_3_a_duplicate_fact_is_an_error() -> None:
    done = stock("""
        handle = ruleset({"r": {"all": [{"m": {"a": "t"}}]}})
        print(fired(handle, a="t")[0], end=" ")
        print(fired(handle, a="t")[0])
    """)
    first, _, second = done.stdout.strip().partition(" ")
    assert first == "0"
    assert second != "0" or done.returncode != 0


def test_3_a_text_is_compared_by_its_length_modulo_65536() -> None:
    done = stock("""
        handle = ruleset({"r": {"all": [{"m": {"a": "xxx"}}]}})
        print(fired(handle, a="x" * (65536 + 3))[1])
    """)
    assert "'r'" in done.stdout or crashed(done) or done.returncode != 0, done.stdout


def test_limit_253_properties() -> None:
    done = stock("""
        handle = ruleset({"r": {"all": [{"m": {"p0": "t"}}]}})
        print(fired(handle, **{f"p{n}": "t" for n in range(253)}))
    """)
    assert "302" in done.stdout + done.stderr or crashed(done), done.stdout + done.stderr
