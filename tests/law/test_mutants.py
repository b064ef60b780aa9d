"""No rule can be deleted, turned round or lose a condition without a law test noticing."""

from __future__ import annotations

from bench import FOLDERS, HERE, law_tests

from assessor.lawtest import Court
from assessor.lawtest.mutate import declared, mutate


def test_no_mutant_survives() -> None:
    """Run on compiled Python. An equivalent mutant is declared in mutants/ with its reason."""
    found = mutate(Court(FOLDERS, search=True), law_tests(), declared(HERE / "mutants"))
    assert not found.survivors, "\n".join(mutant.id for mutant in found.survivors)
    assert not found.stale, found.stale
    assert found.killed > 900 > 10 * found.equivalent
