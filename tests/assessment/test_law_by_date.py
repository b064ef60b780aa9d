"""An assessment on any day uses what was in force, in every regime; another day is another law only where something changed."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from pathlib import Path

import pytest

from assessor.assessment import Assessor
from assessor.assessment.law import first_day
from assessor.assessment.report import Report
from assessor.case import read_case
from assessor.knowledge import load
from assessor.problems import Problem

CASES = Path(__file__).parents[2] / "cases"
DAY = dt.timedelta(days=1)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    return Assessor(load())


@cache
def report(name: str, on: dt.date) -> Report:
    return assessor().report(read_case(CASES / f"{name}.yaml", assessor().knowledge), on, dt.date(2026, 11, 21), search=True)


def days() -> list[dt.date]:
    """Every day on which the law of some regime changes."""
    knowledge = load()
    found = {day for regime in knowledge.tables for day in knowledge.changes(regime)}
    return sorted(day for day in found if first_day(knowledge) <= day <= knowledge.state)


def in_force_or_unread(norm: str, on: dt.date) -> bool:
    """Whether a norm is in force on a day, or what it then said is not entered."""
    knowledge = load()
    return knowledge.in_force(norm, on) or knowledge.unread(norm, on) is not None


@pytest.mark.parametrize("day", days(), ids=str)
def test_every_rule_set_works_on_the_days_around_each_change(day: dt.date) -> None:
    knowledge = assessor().knowledge
    for on in (max(day - DAY, first_day(knowledge)), day):
        found = report("eskilstuna-moa", on)
        assert set(found.found) == set(knowledge.tables)
        for name, regime in found.found.items():
            (run,) = regime.runs
            assert run.window.valid_from <= on and (run.window.valid_to is None or on <= run.window.valid_to)
            book = run.open.rulebook
            assert all(in_force_or_unread(rule.norm, on) for rule in book.rules.values()), name
            in_force = {rule.id for rule in knowledge.rules.values() if knowledge.issue_of[rule.id].regime == name}
            in_force = {rule for rule in in_force if in_force_or_unread(knowledge.rules[rule].norm, on)}
            elements = set(book.elements)
            bears = {rule for rule in in_force if knowledge.rules[rule].element in (None, *elements)}
            assert set(book.rules) == bears, name


def test_every_citation_of_a_statute_was_in_force_on_the_day() -> None:
    for on in (dt.date(2011, 5, 2), dt.date(2016, 3, 1), dt.date(2019, 6, 3), dt.date(2024, 4, 1), dt.date(2026, 3, 2)):
        found = report("alingsas", on)
        for finding in found.findings:
            if load().unread(finding.norm, on) is not None:  # named by the provision that came after, which it may not rest on
                assert finding.holds == "unknown" and {c.certainty for c in finding.citations[:1]} == {"RECALL"}, finding.id
                assert finding.citations[0].note, finding.id
                continue
            for citation in finding.citations:
                if citation.valid_from is not None:
                    assert citation.valid_from <= on, (finding.id, citation)
                    assert citation.valid_to is None or on <= citation.valid_to, (finding.id, citation)


def test_today_is_covered_and_the_day_before_the_first_is_refused() -> None:
    knowledge = assessor().knowledge
    assert report("alingsas", knowledge.state).klass
    with pytest.raises(Problem, match=r"2010-07-15"):
        report("alingsas", first_day(knowledge) - DAY)


def test_sheltered_accommodation_before_and_after() -> None:
    """Not regulated as such before April 2024, then in SoL 2001, and from July 2025 in SoL 2025."""
    shown = {}
    for on in ("2024-03-31", "2024-04-01", "2025-06-30", "2025-07-01"):
        found = report("kvinnojour-reserverade-platser", dt.date.fromisoformat(on))
        told = (finding for finding in found.findings if finding.issue == "shelter" and finding.holds == "yes")
        shown[on] = {(finding.id, c.cite.sv, c.at) for finding in told for c in finding.citations if c.valid_from}
    assert {rule for rule, _, _ in shown["2024-03-31"]} == {"shelter.before-regulation"}
    assert ("shelter.content", "SoL 2001", "6 kap. 1 a § och 7 kap. 1 §") in shown["2024-04-01"] == shown["2025-06-30"]
    assert ("shelter.content", "SoL", "9 kap. 6 §") in shown["2025-07-01"]
    assert not {cite for _, cite, _ in shown["2025-07-01"]} & {"SoL 2001"}


def test_a_day_after_the_law_that_was_read_is_told() -> None:
    """A complete result for a day whose law nobody has read must say so; the day as such is no fault."""
    state = assessor().knowledge.state
    told = assessor().knowledge.governing["after_state"]["sv"]
    for on, late in ((state, 0), (state + DAY, 1), (dt.date(2100, 12, 31), 1)):
        assert [warning.text.sv for warning in report("idrottshall", on).warnings].count(told) == late
    case = read_case(CASES / "idrottshall.yaml", assessor().knowledge)
    later = assessor().report(case, None, state + DAY, search=True)
    assert not later.warnings, "a day nobody gave is no day ahead"
