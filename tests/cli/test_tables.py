"""rules show and sources show: everything that has an id, and everything that rests on a source."""

from __future__ import annotations

import pytest

from assessor.cli.tables import entry, source
from assessor.knowledge import load
from assessor.problems import Problem


@pytest.mark.parametrize(
    ("identity", "says"),
    [
        ("D02", ("D02 (doubt)", "LOU and LUK were read to September 2025", "2025-09-01 –", "Used by", "norm: ")),
        ("step-aside", ("step-aside (duty)", "step-aside (lever)", "side_effects: ")),
        ("below-limit", ("below-limit (test)", "below-limit (lever)")),
        ("contract", ("contract (test)",)),
        ("value_total", ("value_total (quantity)",)),
        ("kl-scope", ("kl-scope (norm)", "kl-scope (question of law)")),
        ("consideration", ("consideration (norm)", "consideration (element)", "asks: ")),
        ("payment.basis", ("payment.basis (question)", "fixed_periodic: Fixed sum")),
    ],
)
def test_an_entry_of_any_kind(identity: str, says: tuple[str, ...]) -> None:
    told = " ".join(entry(identity, "en").split())
    for part in says:
        assert part in told


def test_everything_with_an_id_is_shown_in_both_languages() -> None:
    knowledge = load()
    names = [*knowledge.doubts, *knowledge.levers, *knowledge.shams, *knowledge.fixed, *knowledge.routes, *knowledge.notices]
    names += [str(getattr(each, "id")) for issue in knowledge.issues.values() for each in (*issue.quantities, *issue.tests)]  # noqa: B009
    for name in names:
        assert entry(name, "sv", knowledge) != entry(name, "en", knowledge)


def test_a_choice_that_stands_alone_is_shown_where_there_is_one() -> None:
    assert "exclusive" not in entry("payment.basis", "sv")
    assert "exclusive: nothing" in entry("payment.stops_when", "sv")


def test_what_rests_on_a_source() -> None:
    assert "hfd-2020-15 (precedent): " in source("hfd-2020-15", "en")
    knowledge = load()
    for notice in knowledge.notices.values():
        assert f"{notice.id} (law to come): " in source(notice.source, "en", knowledge)
    quantity = next(each for issue in knowledge.issues.values() for each in issue.quantities if each.authorities)
    assert f"{quantity.id} (quantity): " in source(quantity.authorities[0].source, "en", knowledge)


def test_nothing_of_that_name() -> None:
    with pytest.raises(Problem, match="Did you mean D02"):
        entry("D002", "en")
