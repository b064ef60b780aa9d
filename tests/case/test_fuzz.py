"""Mutated case files: a clear problem with a file, or a case that can be assessed; never anything else."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache
from pathlib import Path

import pytest

from assessor.assessment.assess import Assessor
from assessor.case import read_case
from assessor.knowledge import load
from assessor.problems import Problem

from .mutations import mutate

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))
AS_OF = dt.date(2026, 11, 21)
CLASSES = ("low", "elevated", "high", "very_high")


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load())


@lru_cache(maxsize=8)
def original(path: Path) -> bytes:
    return path.read_bytes()


def check(seed: int, folder: Path) -> str:
    """One mutant; says what became of it."""
    rng = random.Random(seed)
    source = rng.choice(CASES)
    path = folder / f"mutant-{seed}.yaml"
    path.write_bytes(mutate(rng, original(source)))
    try:
        case = read_case(path, assessor().knowledge)
    except Problem as problem:
        assert problem.file == str(path), f"seed {seed}: {problem!r}"
        assert problem.line is not None or problem.key in ("empty", "too-large"), f"seed {seed}: {problem!r}"
        for language in ("sv", "en"):
            shown = problem.text(language)
            assert shown.startswith(str(path)) and len(shown) < len(str(path)) + 1200, f"seed {seed}: {shown}"
        return problem.key
    except Exception as error:
        raise AssertionError(f"seed {seed}: {source.name} mutated: {type(error).__name__}: {error}") from error
    try:
        found = assessor().assess(case, as_of=AS_OF if case.as_of is None else None)
    except Problem as problem:
        assert problem.key == "date-outside-law", f"seed {seed}: {problem!r}"
        return "date-outside-law"
    except Exception as error:
        raise AssertionError(f"seed {seed}: {source.name} mutated, accepted, then {type(error).__name__}: {error}") from error
    best, point, worst = (CLASSES.index(klass) for klass in (found.band.best, found.klass, found.band.worst))
    assert best <= point <= worst, f"seed {seed}"
    return "assessed"


@pytest.mark.parametrize("block", range(8))
def test_mutants(block: int, tmp_path: Path) -> None:
    ends = [check(seed, tmp_path) for seed in range(50 * block, 50 * block + 50)]
    assert 1 <= ends.count("assessed") <= 40, "some are refused and some accepted"


@pytest.mark.slow
@pytest.mark.parametrize("block", range(25))
def test_many_mutants(block: int, tmp_path: Path) -> None:
    faults = []
    for seed in range(10_000 + 200 * block, 10_000 + 200 * block + 200):
        try:
            check(seed, tmp_path)
        except AssertionError as error:
            faults.append(str(error))
    assert not faults, "\n".join(faults[:10])
