"""The law, tested by the YAML files beside this one."""

from __future__ import annotations

import pytest
from bench import law_tests

from assessor.lawtest import Court, Scenario, differences

ALL = law_tests()


@pytest.mark.parametrize("scenario", ALL, ids=lambda s: f"{s.where}-{s.name}".encode("ascii", "replace").decode())
def test_law(scenario: Scenario, court: Court) -> None:
    found = court.run(scenario)
    wrong = list(differences(found, court, scenario))
    assert not wrong, f"{scenario.where} {scenario.name}\n  " + "\n  ".join(wrong)


def test_every_trap_is_covered() -> None:
    """Each trap, ablation and negative that the issue names has a test."""
    wanted = {f"L{n}" for n in (*range(1, 15), *range(16, 21), 22)}
    wanted |= {"N1", "N2", "N3", "N4", "N6", "N8"}
    wanted |= {f"ablation-{n}" for n in ("F13", "F14", "F15", "F17", "F1-F4", "open", "limit", "F12", "delete")}
    missing = wanted - {item for scenario in ALL for item in scenario.covers}
    assert not missing, sorted(missing)
