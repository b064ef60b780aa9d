"""The messages: both languages, the same places to fill in, one sentence more than what is wrong."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import assessor
from assessor.problems import MESSAGES, Problem, nearest

PACKAGE = Path(assessor.__file__).parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_name_the_same_things(key: str) -> None:
    assert set(MESSAGES[key]) == {"sv", "en"}
    assert fields(MESSAGES[key]["sv"]) == fields(MESSAGES[key]["en"])
    assert MESSAGES[key]["sv"] != MESSAGES[key]["en"] or key == "invalid"  # which is made of its parts only


def raised() -> list[tuple[str, int, str, set[str]]]:
    """Every problem raised by a literal key: file, line, key, details given."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )
            first = node.args[0]
            if name in ("Problem", "fail") and isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = {word.arg for word in node.keywords if word.arg} - {"file", "line"}
                if all(word.arg for word in node.keywords):
                    found.append((path.name, node.lineno, first.value, given))
    return found


def test_every_problem_raised_has_its_message_and_all_it_names() -> None:
    assert len(raised()) > 30
    for file, line, key, given in raised():
        assert key in MESSAGES, f"{file}:{line}: no message {key}"
        missing = fields(MESSAGES[key]["en"]) - given
        assert not missing, f"{file}:{line}: {key} needs {missing}"


def test_where_is_said_first() -> None:
    assert Problem("empty", file="a.yaml").text("en").startswith("a.yaml: ")
    assert Problem("alias", file="a.yaml", line=7).text("sv").startswith("a.yaml:7: ")
    assert str(Problem("empty")) == MESSAGES["empty"]["en"]


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("paymnet.basis", ["payment.basis", "payment.form"], "payment.basis"),
        ("", ["a"], ""),
        ("zzz", ["payment"], ""),
        (None, ["None"], "None"),
        ("x" * 100_000, ["x" * 200], "x" * 200),
        ({"a": 1}, ["b"], ""),
        ("ålder", ["alder", "ålders"], "ålders"),
    ],
)
def test_nearest_name(name: object, known: list[str], hint: str) -> None:
    found = nearest(name, known)
    assert set(found) == {"sv", "en"}
    assert (hint in found["en"]) and bool(found["en"]) == bool(hint)
