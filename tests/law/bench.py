"""Where the law tests lie, and small readings of what comes out, for the tests beside this file."""

from __future__ import annotations

from pathlib import Path

from assessor.assessment.report import Report
from assessor.lawtest import Scenario, scenarios

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = (HERE / "bases", ROOT / "cases")
CLASSES = ("low", "elevated", "high", "very_high")


def law_tests() -> list[Scenario]:
    """Every law test in the YAML files of this folder."""
    return [scenario for file in sorted(HERE.glob("*.yaml")) for scenario in scenarios(file)]


def came_out(found: Report) -> tuple[str, ...]:
    """The outcome of the procurement regime."""
    return found.first.chosen.verdict.outcomes
