"""Both evaluators behind one door: durable-rules decides, compiled Python must agree."""

from __future__ import annotations

from functools import cached_property

from assessor.inference.compiled import CompiledEvaluator
from assessor.inference.durable import DurableEvaluator, EngineFault, Memo
from assessor.inference.form import Program, values_at


class Disagreement(EngineFault):
    """The two evaluators differ; the program stops rather than report either."""


class Engine:
    """Runs a program.

    Args:
        program: what to run.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._durable: DurableEvaluator | None = None
        self._heads = tuple(
            values_at(program.number[head] for head in sorted({clause.head for clause in layer})) for layer in program.layers
        )
        self._inputs = tuple(
            values_at({program.number[literal.atom] for clause in layer for literal in clause.body}) for layer in program.layers
        )

    @cached_property
    def compiled(self) -> CompiledEvaluator:
        """The fast evaluator, compiled when first needed."""
        return CompiledEvaluator(self.program)

    @property
    def durable(self) -> DurableEvaluator:
        """The authoritative evaluator, compiled when first needed."""
        if self._durable is None:
            self._durable = DurableEvaluator(self.program)
        return self._durable

    def memory(self) -> list[int]:
        """A working memory in which nothing holds yet; its last place, for atoms not in force, stays so."""
        return [0] * (len(self.program.atoms) + 1)

    def same_inputs(self, layer: int, memory: list[int], other: list[int]) -> bool:
        """Whether a layer reads the same values in two memories, so that it concludes the same."""
        inputs = self._inputs[layer]
        return inputs(memory) == inputs(other)

    def search(self, layer: int, memory: list[int]) -> None:
        """Concludes a layer by compiled Python only: for searches, never for what is reported."""
        self.compiled.run(layer, memory)

    def conclude(self, layer: int, memory: list[int], memo: Memo | None = None) -> None:
        """Concludes a layer by durable-rules and checks it against compiled Python.

        Args:
            layer: which, from 1.
            memory: truth values by atom number; the heads of the layer are written.
            memo: what durable-rules has concluded in this assessment.

        Raises:
            Disagreement: the two evaluators differ.
            EngineFault: durable-rules misbehaved.
        """
        heads = self._heads[layer]
        self.durable.run(layer, memory, memo)
        found = heads(memory)
        self.compiled.run(layer, memory)
        if heads(memory) != found:
            raise Disagreement(self._difference(layer, memory, found))

    def _difference(self, layer: int, memory: list[int], found: tuple[int, ...]) -> str:
        heads = sorted({clause.head for clause in self.program.layers[layer]})
        differ = [
            f"{head}: durable-rules {value}, compiled Python {memory[self.program.number[head]]}"
            for head, value in zip(heads, found, strict=True)
            if memory[self.program.number[head]] != value
        ]
        return "; ".join(differ)
