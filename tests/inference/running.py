"""Runs a whole program, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessor.inference.form import Program

Conclude = Callable[[int, list[int]], None]


def run(program: Program, conclude: Conclude, case: Mapping[str, int]) -> list[int]:
    """The truth value of every atom by its number; ``conclude`` runs one layer."""
    memory = [0] * len(program.atoms)
    for atom, value in case.items():
        memory[program.number[atom]] = value
    for layer in range(1, len(program.layers)):
        conclude(layer, memory)
    return memory


def by_name(program: Program, memory: list[int]) -> dict[str, int]:
    """The same by the atoms' names."""
    return dict(zip(program.atoms, memory, strict=True))
