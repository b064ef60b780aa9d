"""What a law test can expect, and how an assessment is held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessor.assessment.report import Report
from assessor.assessment.run import RegimeRun
from assessor.lawtest.court import Court
from assessor.lawtest.scenario import Scenario
from assessor.problems import Problem, nearest
from assessor.truth import TRUE, UNKNOWN


@dataclass(frozen=True)
class Seen:
    """What came out, as a law test looks at it; only what is asked for is worked out.

    Attributes:
        found: all of it.
        run: the regime the test is about.
        court, scenario: what ran it, and on what.
    """

    found: Report
    run: RegimeRun
    court: Court
    scenario: Scenario

    @property
    def klass(self) -> str:
        """The class of the regime."""
        return self.found.classes[self.run.regime][0]

    @property
    def overrides(self) -> list[str]:
        """The overrides that applied."""
        return [override.id for override in self.found.classes[self.run.regime][1]]

    @property
    def band(self) -> tuple[str, str]:
        """Best and worst class of the regime."""
        classes = self.found.bands[self.run.regime]
        return classes[0], classes[-1]

    @property
    def outcome(self) -> tuple[str, ...]:
        """The outcome of the regime."""
        return self.run.chosen.verdict.outcomes

    @property
    def settled(self) -> dict[str, tuple[str, ...]]:
        """The decisions of the regime and its test, with what they came to in the cautious reading."""
        tables, reading = self.run.chosen.judge.tables, self.run.chosen.cautious
        names = [*tables.scenario, *([tables.test.id] if tables.test else [])]
        settled = {name: reading.possible(name) for name in names}
        return settled | ({tables.test.id: settled[tables.test.id][:1]} if tables.test else {})

    @property
    def elements(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The elements of every regime: status, and what they may be."""
        return {
            element: (run.chosen.cautious.possible(element)[0], run.chosen.open.possible(element))
            for run in self.found.found.values()
            for element in run.chosen.open.rulebook.elements
        }

    def rank(self, klass: str) -> int:
        """The place of a class in their order."""
        return self.found.order.index(klass)


#: Says what is otherwise than wanted, or None.
Check = Callable[[Seen, Any], str | None]


def seen(found: Report, court: Court, scenario: Scenario) -> Seen:
    """What a law test looks at.

    Raises:
        Problem: the test names a regime that is not assessed.
    """
    name = scenario.regime or court.knowledge.first_regime
    if name not in found.found:
        raise _wrong(scenario, f"no regime {name}.{nearest(name, list(court.knowledge.tables))['en']}")
    return Seen(found, found.found[name], court, scenario)


def differences(found: Report, court: Court, scenario: Scenario) -> Iterable[str]:
    """What came out otherwise than expected, each as a line, the first ones first.

    Raises:
        Problem: the test expects what cannot be expected.
    """
    look = seen(found, court, scenario)
    for key, wanted in scenario.expect.items():
        if key in CHECKS:
            problem = CHECKS[key](look, wanted)
        elif key in (settled := look.settled):
            problem = None if set(settled[key]) & set(_list(wanted)) else f"found {settled[key]}"
        else:
            known = (*CHECKS, *settled)
            raise _wrong(scenario, f"cannot expect {key}.{nearest(key, known)['en']} Known: {', '.join(known)}")
        if problem:
            yield f"{key}: expected {wanted}, {problem}"


def _wrong(scenario: Scenario, why: str) -> Problem:
    return Problem("law-test", file=scenario.file, line=int(scenario.where.rpartition(":")[2]), why=why)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _same(get: Callable[[Seen], Any]) -> Check:
    def check(look: Seen, wanted: Any) -> str | None:
        value = get(look)
        value = list(value) if isinstance(value, tuple) else value
        return None if value == (list(wanted) if isinstance(wanted, list) else wanted) else f"found {value}"

    return check


def _one_of(get: Callable[[Seen], Any]) -> Check:
    return lambda look, wanted: None if get(look) in _list(wanted) else f"found {get(look)}"


def _none_of(get: Callable[[Seen], Any]) -> Check:
    return lambda look, wanted: None if get(look) not in _list(wanted) else "found just that"


def _at_least(get: Callable[[Seen], str]) -> Check:
    return lambda look, wanted: None if look.rank(get(look)) >= look.rank(wanted) else f"found {get(look)}"


def _outcome(fits: Callable[[tuple[str, ...], list[str]], bool]) -> Check:
    def check(look: Seen, wanted: Any) -> str | None:
        return None if fits(look.outcome, _list(wanted)) else f"found {look.outcome}"

    return check


def _elements(look: Seen, wanted: Mapping[str, Any]) -> str | None:
    status = {name: status for name, (status, _) in look.elements.items()}
    off = {name: status.get(name) for name, value in wanted.items() if status.get(name) not in _list(value)}
    return f"found {off}" if off else None


def _holds(truths: tuple[int, ...], present: bool) -> Check:
    def check(look: Seen, wanted: Any) -> str | None:
        ids = {rule for rule, truth in look.found.holding.items() if truth in truths}
        rules = look.court.knowledge.rules
        for rule in _list(wanted):
            if rule not in rules:
                return f"no rule {rule}.{nearest(rule, list(rules))['en']}"
        off = [rule for rule in _list(wanted) if (rule in ids) != present]
        return f"not so: {off}" if off else None

    return check


_PARTS: dict[str, Callable[[Seen], Any]] = {
    "class": lambda look: look.klass,
    "band": lambda look: look.band,
    "outcome": lambda look: look.outcome,
    "elements": lambda look: {name: look.elements[name] for name in look.run.chosen.open.rulebook.elements},
    "value": lambda look: look.found.value.total_sek,
}


def _before(look: Seen, base: str) -> Seen:
    scenario = look.scenario
    found = look.court.assess(base, {}, scenario.documented, scenario.on, scenario.as_of)
    return seen(found, look.court, scenario)


def _unchanged(look: Seen, wanted: Any) -> str | None:
    before = _before(look, look.scenario.base)
    off = []
    for part in _list(wanted):
        get = _PARTS.get(part, lambda each, name=part: each.settled.get(name))
        if get(before) != get(look):
            off.append(f"{part} {get(before)} -> {get(look)}")
    return "; ".join(off) or None


def _not_lower(look: Seen, wanted: Any) -> str | None:
    before = _before(look, wanted if isinstance(wanted, str) else look.scenario.base)
    now, then = (look.klass, look.band[1]), (before.klass, before.band[1])
    lower = any(look.rank(a) < look.rank(b) for a, b in zip(now, then, strict=True))
    return f"{then[0]} (worst {then[1]}) -> {now[0]} (worst {now[1]})" if lower else None


def _truths(get: Callable[[Seen], Mapping[str, str]]) -> Check:
    """A mapping of id to truth."""

    def check(look: Seen, wanted: Mapping[str, str]) -> str | None:
        held = get(look)
        off = {name: held.get(name, "absent") for name, truth in wanted.items() if held.get(name, "absent") != truth}
        return f"found {off}" if off else None

    return check


def _contains(get: Callable[[Seen], Iterable[Any]], present: bool = True) -> Check:
    def check(look: Seen, wanted: Any) -> str | None:
        held = list(get(look))
        off = [item for item in _list(wanted) if (item in held) != present]
        return f"found {held}" if off else None

    return check


def _statutes(look: Seen) -> list[str]:
    laws = (law for law in look.found.laws if law.decides and law.regime == look.run.regime)
    return [cite.sv for law in laws for cite in law.statutes]


def _periods(look: Seen) -> list[str]:
    return [str(law.valid_from) for law in look.found.laws if law.regime == look.run.regime]


def _deciding_period(look: Seen) -> str:
    return next(str(law.valid_from) for law in look.found.laws if law.decides and law.regime == look.run.regime)


CHECKS: dict[str, Check] = {
    "outcome": _outcome(lambda found, wanted: found == tuple(wanted)),
    "outcome_in": _outcome(lambda found, wanted: set(found) <= set(wanted)),
    "outcome_includes": _outcome(lambda found, wanted: set(wanted) <= set(found)),
    "not_outcome": _outcome(lambda found, wanted: found != tuple(wanted)),
    "possible_outcomes": _contains(lambda look: look.run.outcomes()),
    "class": _same(lambda look: look.klass),
    "class_in": _one_of(lambda look: look.klass),
    "not_class": _none_of(lambda look: look.klass),
    "class_at_least": _at_least(lambda look: look.klass),
    "best": _same(lambda look: look.band[0]),
    "worst": _same(lambda look: look.band[1]),
    "worst_at_least": _at_least(lambda look: look.band[1]),
    "overall": _same(lambda look: look.found.klass),
    "overall_at_least": _at_least(lambda look: look.found.klass),
    "overall_best": _same(lambda look: look.found.band.best),
    "overall_worst": _same(lambda look: look.found.band.worst),
    "blocks": _same(lambda look: bool(look.run.chosen.verdict.blocks)),
    "likelihood": _same(lambda look: look.run.chosen.verdict.likelihood),
    "consequence": _same(lambda look: look.run.chosen.verdict.consequence),
    "overrides": _contains(lambda look: look.overrides),
    "no_overrides": _contains(lambda look: look.overrides, False),
    "elements": _elements,
    "fires": _holds((TRUE,), True),
    "silent": _holds((TRUE, UNKNOWN), False),
    "not_fires": _holds((TRUE,), False),
    "waits": _holds((UNKNOWN,), True),
    "value_sek": _same(lambda look: look.found.value.total_sek),
    "value_without_in_kind_sek": _same(lambda look: look.found.value.without_in_kind_sek),
    "carried_by": _same(lambda look: look.found.value.carried_by),
    "methods": _truths(lambda look: {method.id: method.applies for method in look.found.value.methods}),
    "limit_sek": _same(lambda look: look.found.limit.sek),
    "relation": _same(lambda look: look.found.limit.relation),
    "within": _same(lambda look: look.found.limit.within),
    "fee_applies": _same(lambda look: look.found.exposure.fee.applies),
    "fee_ceiling_sek": _same(lambda look: look.found.exposure.fee.ceiling_sek),
    "fee_floor_sek": _same(lambda look: look.found.exposure.fee.floor_sek),
    "decided_by": _same(lambda look: look.found.exposure.fee.decided_by),
    "window_open": _one_of(lambda look: look.found.exposure.fee.window_open),
    "window_ends": _same(lambda look: look.found.exposure.fee.window_ends),
    "ineffectiveness_open": _same(lambda look: look.found.exposure.ineffectiveness.open),
    "ineffectiveness_ends": _same(lambda look: look.found.exposure.ineffectiveness.ends),
    "damages_open": _same(lambda look: look.found.exposure.damages.open),
    "damages_ends": _same(lambda look: look.found.exposure.damages.ends),
    "deadlines": _contains(lambda look: [deadline.id for deadline in look.found.deadlines]),
    "no_deadlines": _contains(lambda look: [deadline.id for deadline in look.found.deadlines], False),
    "deadline_ends": _truths(lambda look: {deadline.id: str(deadline.ends) for deadline in look.found.deadlines}),
    "deadline_open": _truths(lambda look: {deadline.id: deadline.open for deadline in look.found.deadlines}),
    "duties": _truths(lambda look: {duty.id: duty.met for duty in look.found.duties}),
    "arises": _truths(lambda look: {duty.id: duty.arises for duty in look.found.duties}),
    "no_duties": _contains(lambda look: [duty.id for duty in look.found.duties], False),
    "routes": _truths(lambda look: {route.id: route.open for route in look.found.routes}),
    "notices": _contains(lambda look: [notice.id for notice in look.found.notices]),
    "no_notices": _contains(lambda look: [notice.id for notice in look.found.notices], False),
    "statutes": _contains(_statutes),
    "no_statutes": _contains(_statutes, False),
    "rule_sets": _same(lambda look: len(_periods(look))),
    "rule_sets_at_least": lambda look, wanted: None if len(_periods(look)) >= wanted else f"found {_periods(look)}",
    "decides_from": lambda look, wanted: None if _deciding_period(look) == str(wanted) else f"found {_deciding_period(look)}",
    "warns": _contains(lambda look: [warning.question for warning in look.found.warnings]),
    "doubts": _contains(lambda look: [doubt.id for doubt in look.found.doubts]),
    "no_doubts": _contains(lambda look: [doubt.id for doubt in look.found.doubts], False),
    "unknown_includes": _contains(lambda look: [point.question for point in look.found.unknown]),
    "decides": _contains(lambda look: [point.question for point in look.found.unknown if point.decides]),
    "unchanged": _unchanged,
    "not_lower_than": _not_lower,
}
