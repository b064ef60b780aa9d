"""The form as plain Python: one function a layer, over a list of truth values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from assessor.inference.form import Clause, Program
from assessor.truth import FALSE, NOT, TRUE

Layer = Callable[[list[int]], None]
#: A condition as alternatives of (atom number, must it hold).
Numbered = tuple[tuple[tuple[int, bool], ...], ...]
#: The truth values of some conditions in a memory.
Truths = Callable[[list[int]], tuple[int, ...]]


def compile_conditions(conditions: Sequence[Numbered]) -> Truths:
    """Conditions as one generated function of a memory: their truth values, in order."""
    terms = [
        " | ".join(" & ".join(_term(number, holds) for number, holds in row) or str(TRUE) for row in rows) or str(FALSE)
        for rows in conditions
    ]
    body = "".join(f"({term}), " for term in terms)
    space: dict[str, object] = {"N": NOT}
    exec(f"def truths(m, N=N):\n    return ({body})", space)  # the text is made of numbers only
    return cast(Truths, space["truths"])


def _term(number: int, holds: bool) -> str:
    return f"m[{number}]" if holds else f"N[m[{number}]]"


class CompiledEvaluator:
    """Runs a program's layers as generated Python.

    It is the fast evaluator, used for searches and to check every run of the authoritative one.

    Args:
        program: what to run.
    """

    def __init__(self, program: Program) -> None:
        self._layers = tuple(_compile_layer(program, layer) for layer in program.layers)

    def run(self, layer: int, memory: list[int]) -> None:
        """Concludes one layer.

        Args:
            layer: which, from 1.
            memory: truth values by atom number; the heads of the layer are written.
        """
        self._layers[layer](memory)


def _compile_layer(program: Program, layer: tuple[Clause, ...]) -> Layer:
    bodies: dict[int, list[str]] = {}
    for clause in layer:
        terms = [_term(program.number[literal.atom], literal.holds) for literal in clause.body]
        bodies.setdefault(program.number[clause.head], []).append(" & ".join(terms))
    lines = ["def layer(m, N=N):"]
    lines += [f"    m[{head}] = " + " | ".join(f"({body})" for body in terms) for head, terms in bodies.items()]
    if not bodies:
        lines.append("    return")
    space: dict[str, object] = {"N": NOT}
    exec("\n".join(lines), space)  # the text is made of numbers only
    return cast(Layer, space["layer"])
