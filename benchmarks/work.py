"""The work that is measured: the rule layers of both readings of one case, recorded from a real assessment."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from assessor.assessment.answers import Answers
from assessor.assessment.assess import Assessor
from assessor.assessment.law import governing_day, windows
from assessor.assessment.reading import read
from assessor.case import read_case
from assessor.case.models import Case
from assessor.inference.form import Program
from assessor.inference.rulebook import Rulebook
from assessor.knowledge import load

ROOT = Path(__file__).parents[1]
CASES = tuple(sorted((ROOT / "cases").glob("*.yaml")))
AS_OF = dt.date(2026, 11, 21)


@dataclass(frozen=True)
class Work:
    """A program, the layers to conclude with the memory each starts from, and what must come out."""

    program: Program
    passes: tuple[tuple[int, tuple[int, ...]], ...]
    expected: tuple[tuple[int, ...], ...]

    @property
    def clauses(self) -> int:
        return sum(map(len, self.program.layers))


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load())


@lru_cache(maxsize=32)
def case(path: Path) -> Case:
    return read_case(path, assessor().knowledge)


def record(path: Path = ROOT / "cases" / "alingsas.yaml") -> Work:
    """The layers of the open and the cautious reading of a case under the law it falls in."""
    it = case(path)
    knowledge = assessor().knowledge
    regime = knowledge.first_regime
    window = windows(knowledge, regime, governing_day(it, knowledge, regime, None, AS_OF))[0]
    book: Rulebook = assessor().judge(regime, window).rulebook
    passes: list[tuple[int, tuple[int, ...]]] = []
    expected: list[tuple[int, ...]] = []

    def conclude(layer: int, memory: list[int]) -> None:
        for clause in book.program.layers[layer]:
            memory[book.program.number[clause.head]] = 0
        passes.append((layer, tuple(memory)))
        book.engine.search(layer, memory)
        expected.append(tuple(memory))

    for cautious in (False, True):
        read(book, Answers(it.facts), AS_OF, cautious, conclude)
    return Work(book.program, tuple(passes), tuple(expected))


def naive() -> ModuleType:
    """The naive evaluator of the tests."""
    spec = importlib.util.spec_from_file_location("naive", ROOT / "tests" / "inference" / "naive.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["naive"] = module
    spec.loader.exec_module(module)
    return module
