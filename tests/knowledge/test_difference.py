"""What changed in the law between two days, and that an assessment on any day uses what was in force."""

from __future__ import annotations

import datetime as dt

import pytest

from assessor.knowledge import load
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.difference import Changed, difference


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def named(changes: tuple[Changed, ...]) -> dict[str, Changed]:
    return {changed.id: changed for changed in changes}


def test_the_limits_of_february_2022(knowledge: KnowledgeBase) -> None:
    found = difference(knowledge, day("2022-01-31"), day("2022-02-01"))
    limit = named(found.parameters)["direct-award-limit-annex2"]
    assert limit.before and limit.before.says and limit.before.says.en == "626\u00a0284 SEK (the value may equal it)"
    assert limit.after and limit.after.says and limit.after.says.sv == "7\u00a0802\u00a0550 kr (värdet ska ligga under)"
    assert named(found.norms)["bridging-award"].before is None
    assert "procurement" in limit.regimes
    assert "same_kind.sek_fiscal_year" in found.questions_gone


def test_the_fee_of_2024(knowledge: KnowledgeBase) -> None:
    found = difference(knowledge, day("2023-12-31"), day("2024-01-01"))
    ceiling = named(found.parameters)["fee-ceiling"]
    assert ceiling.before and ceiling.after
    assert ceiling.before.says and ceiling.after.says
    assert (ceiling.before.says.en, ceiling.after.says.en) == ("10\u00a0000\u00a0000 SEK", "20\u00a0000\u00a0000 SEK")


def test_between_two_days_of_one_law_nothing_changed(knowledge: KnowledgeBase) -> None:
    found = difference(knowledge, day("2022-03-01"), day("2022-03-02"))
    assert not (found.norms or found.parameters or found.rules_gone or found.rules_new)


def test_what_is_new_one_way_is_gone_the_other(knowledge: KnowledgeBase) -> None:
    there, back = (
        difference(knowledge, *days) for days in (_pair("2010-07-15", "2026-11-21"), _pair("2026-11-21", "2010-07-15"))
    )
    assert there.rules_new == back.rules_gone and there.rules_gone == back.rules_new
    assert {changed.id for changed in there.norms} == {changed.id for changed in back.norms}


def test_nothing_changes_inside_a_window(knowledge: KnowledgeBase) -> None:
    """The windows of a regime are as long as its law stands still, and no longer than that."""
    first, last = day("2010-07-15"), knowledge.state
    for regime in knowledge.tables:
        starts = [start for start in knowledge.changes(regime) if first < start <= last]
        for start in starts:
            valid_from, valid_to = knowledge.window(regime, start)
            assert valid_from == start
            end = min(valid_to or last, last)
            inside = difference(knowledge, start, end)
            changed = {c.id for c in (*inside.norms, *inside.parameters) if regime in c.regimes}
            assert not changed, (regime, start, changed)
            assert not {rule for rule, owner in (*inside.rules_new, *inside.rules_gone) if owner == regime}, (regime, start)


def _pair(one: str, other: str) -> tuple[dt.date, dt.date]:
    return day(one), day(other)
