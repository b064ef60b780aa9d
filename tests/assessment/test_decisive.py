"""The search for the findings that decide skips only sets whose effect a smaller set has had."""

from pathlib import Path

import pytest

from assessor.assessment import Assessor, decisive
from assessor.case import read_case
from assessor.knowledge import load

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return Assessor(load())


@pytest.mark.parametrize("name", ["alingsas", "fem-ettariga-avtal", "god-man-utbildning"])
def test_skipping_changes_nothing(assessor: Assessor, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case(CASES / f"{name}.yaml", assessor.knowledge)
    found = assessor.assess(case)
    has_idle, would_skip = decisive._has_idle, []

    def skip_nothing(*given) -> bool:
        would_skip.append(has_idle(*given))
        return False

    monkeypatch.setattr(decisive, "_has_idle", skip_nothing)
    assert assessor.assess(case) == found
    assert any(would_skip)
