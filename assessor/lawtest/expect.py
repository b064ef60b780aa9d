"""What a law test can expect, and how an assessment is held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessor.assessment.report import Report
from assessor.assessment.run import RegimeRun
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Text
from assessor.lawtest import shape
from assessor.lawtest.court import Court
from assessor.lawtest.scenario import Scenario
from assessor.lawtest.shape import Kind, Shape, listed
from assessor.problems import nearest
from assessor.truth import FALSE, TRUE, UNKNOWN


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


class Off(NamedTuple):
    """Something that came out otherwise.

    Attributes:
        expected, found: a value, or several; words where they are no values.
        about: the id it is about, where the expectation is of several.
        how: what stands before what was expected.
    """

    expected: Any
    found: Any
    about: str | None = None
    how: Text | None = None


#: What is expected in comparison with another assessment.
BESIDE_THE_BASE = {"unchanged", "not_lower_than"}
#: Says what is otherwise than wanted.
Check = Callable[[Seen, Any], Iterable[Off]]


class Expectation(NamedTuple):
    """What can be expected by one name: what may be written, and how what came out is held against it."""

    shape: Shape
    check: Check


def differences(found: Report, court: Court, scenario: Scenario, language: str = "en") -> Iterator[str]:
    """What came out otherwise than expected, each as a line, the first ones first.

    Raises:
        Problem: the test expects what cannot be expected.
    """
    look = seen(found, court, scenario)
    known = expectable(court.knowledge, look.run.regime)
    for key, wanted in scenario.expect.items():
        if key not in known:
            near = nearest(key, known)
            why = {"sv": f"{key} kan inte väntas.{near['sv']}", "en": f"cannot expect {key}.{near['en']}"}
            raise scenario.wrong(why, "expect", key)
        for at, why in known[key].shape.refused(key, wanted, court.knowledge, look.run.regime):
            raise scenario.wrong(why, "expect", *at)
        if key in BESIDE_THE_BASE and not scenario.change and (wanted is True or key == "unchanged"):
            why = {
                "sv": f"{key} jämför utgångsfallet med sig självt; inget är ändrat (change).",
                "en": f"{key} compares the base with itself; nothing is changed (change).",
            }
            raise scenario.wrong(why, "expect", key)
    for key, off in _off(look):
        yield _told(key, off, known[key].shape, look, language)


def noticed(found: Report, court: Court, scenario: Scenario) -> bool:
    """Whether anything came out otherwise, in a test whose ``differences`` have been asked for before."""
    return any(True for _ in _off(seen(found, court, scenario)))


def seen(found: Report, court: Court, scenario: Scenario) -> Seen:
    """What a law test looks at.

    Raises:
        Problem: the test names a regime that is not assessed.
    """
    name = scenario.regime or court.knowledge.first_regime
    if name not in found.found:
        near = nearest(name, court.knowledge.tables)
        why = {"sv": f"det finns inget regelområde {name}.{near['sv']}", "en": f"there is no regime {name}.{near['en']}"}
        raise scenario.wrong(why, "regime")
    return Seen(found, found.found[name], court, scenario)


def expectable(knowledge: KnowledgeBase, regime: str) -> dict[str, Expectation]:
    """All that can be expected in a regime, by name."""
    return CHECKS | {name: Expectation(each, _decided(name)) for name, each in shape.settled(knowledge, regime).items()}


def _off(look: Seen) -> Iterator[tuple[str, Off]]:
    for key, wanted in look.scenario.expect.items():
        check = CHECKS[key].check if key in CHECKS else _decided(key)
        for off in check(look, wanted):
            yield key, off


def _told(key: str, off: Off, form: Shape, look: Seen, language: str) -> str:
    """A difference as a line: ids, with what they are called."""
    knowledge, regime = look.court.knowledge, look.run.regime

    def words(value: Any, kind: Kind, between: str = ", ") -> str:
        if isinstance(value, Text):
            return value.get(language)
        if isinstance(value, list | tuple | set):
            told = (words(each, kind) if each is not None or between == ", " else "" for each in value)  # no end upwards
            return between.join(told) or _NOTHING.get(language)
        if value is None:
            return _NOTHING.get(language)
        if isinstance(value, bool):
            return str(value).lower()
        name = kind.named(knowledge, regime).get(value)
        return f"{value} ({name.get(language)})" if name is not None and name.get(language) != value else str(value)

    subject = form.each or form.kind
    about = f" {words(off.about, subject)}" if off.about is not None else ""
    expected, found = (words(value, form.kind, form.kind.between) for value in (off.expected, off.found))
    how = f"{off.how.get(language)} " if off.how else ""
    said = {"sv": "väntat {how}{expected}, blev {found}", "en": "expected {how}{expected}, found {found}"}[language]
    return f"{key}{about}: {said.format(how=how, expected=expected, found=found)}"


_NOTHING = Text(sv="inget", en="nothing")
_OTHER_THAN = Text(sv="annat än", en="other than")
_WITHOUT = Text(sv="inte", en="not")
_AT_LEAST = Text(sv="minst", en="at least")
_HOLDS = {
    TRUE: Text(sv="slår till", en="fires"),
    UNKNOWN: Text(sv="kan slå till", en="may fire"),
    FALSE: Text(sv="slår inte till", en="does not fire"),
}


def _same(get: Callable[[Seen], Any]) -> Check:
    def check(look: Seen, wanted: Any) -> Iterator[Off]:
        value = get(look)
        if (list(value) if isinstance(value, tuple) else value) != wanted:
            yield Off(wanted, value)

    return check


def _one_of(get: Callable[[Seen], Any]) -> Check:
    return lambda look, wanted: () if get(look) in listed(wanted) else [Off(wanted, get(look))]


def _none_of(get: Callable[[Seen], Any]) -> Check:
    return lambda look, wanted: () if get(look) not in listed(wanted) else [Off(wanted, get(look), how=_OTHER_THAN)]


def _at_least(get: Callable[[Seen], str]) -> Check:
    def check(look: Seen, wanted: str) -> Iterator[Off]:
        if look.rank(get(look)) < look.rank(wanted):
            yield Off(wanted, get(look), how=_AT_LEAST)

    return check


def _outcome(fits: Callable[[tuple[str, ...], list[str]], bool], how: Text | None = None) -> Check:
    return lambda look, wanted: () if fits(look.outcome, listed(wanted)) else [Off(wanted, look.outcome, how=how)]


def _decided(name: str) -> Check:
    def check(look: Seen, wanted: Any) -> Iterator[Off]:
        found = look.settled[name]
        if not set(found) & set(listed(wanted)):
            yield Off(wanted, found)

    return check


def _holds(*truths: int) -> Check:
    """Each rule has one of some truth values."""

    def check(look: Seen, wanted: Any) -> Iterator[Off]:
        for rule in listed(wanted):
            truth = look.found.holding.get(rule, FALSE)
            if truth not in truths:
                either = [_HOLDS[each] for each in truths]
                yield Off(
                    Text(sv=" eller ".join(t.sv for t in either), en=" or ".join(t.en for t in either)), _HOLDS[truth], rule
                )

    return check


_PARTS: dict[str, Callable[[Seen], Any]] = {
    "class": lambda look: look.klass,
    "band": lambda look: look.band,
    "outcome": lambda look: look.outcome,
    "elements": lambda look: {name: look.elements[name] for name in look.run.chosen.open.rulebook.elements},
    "value": lambda look: look.found.value.total_sek,
}
assert set(_PARTS) == set(shape.PARTS)


def _before(look: Seen, wanted: Any = None) -> Seen:
    scenario = look.scenario
    base = wanted if isinstance(wanted, str) else scenario.base
    return seen(look.court.before(scenario, base), look.court, scenario)


def _unchanged(look: Seen, wanted: Any) -> Iterator[Off]:
    before = _before(look)
    for part in listed(wanted):
        get = _PARTS.get(part, lambda each, name=part: each.settled[name])
        then, now = get(before), get(look)
        if isinstance(now, dict):
            changed = [name for name in now if then.get(name) != now[name]]
            then, now = ([f"{name}: {'/'.join(each[name][1])}" for name in changed] for each in (then, now))
        if then != now:
            yield Off(then, now, part)


def _not_lower(look: Seen, wanted: Any) -> Iterator[Off]:
    before = _before(look, wanted)
    now, then = (look.klass, look.band[1]), (before.klass, before.band[1])
    if any(look.rank(a) < look.rank(b) for a, b in zip(now, then, strict=True)):
        yield Off(" – ".join(then), " – ".join(now), how=_AT_LEAST)


def _each(get: Callable[[Seen], Mapping[str, Any]]) -> Check:
    """A mapping of id to a value, or to several of which it must be one."""

    def check(look: Seen, wanted: Mapping[str, Any]) -> Iterator[Off]:
        held = get(look)
        for name, values in wanted.items():
            found = held.get(name, shape.ABSENT)
            if found not in listed(values):
                yield Off(values, found, name)

    return check


def _contains(get: Callable[[Seen], Iterable[Any]], present: bool = True) -> Check:
    def check(look: Seen, wanted: Any) -> Iterator[Off]:
        held = list(get(look))
        off = [item for item in listed(wanted) if (item in held) != present]
        if off:
            yield Off(off, held, how=None if present else _WITHOUT)

    return check


def _statutes(look: Seen) -> list[str]:
    laws = (law for law in look.found.laws if law.decides and law.regime == look.run.regime)
    return [cite.sv for law in laws for cite in law.statutes]


def _periods(look: Seen) -> list[str]:
    return [str(law.valid_from) for law in look.found.laws if law.regime == look.run.regime]


def _deciding_period(look: Seen) -> str:
    return next(str(law.valid_from) for law in look.found.laws if law.decides and law.regime == look.run.regime)


def _statuses_of(look: Seen) -> dict[str, str | None]:
    """The status of each element there is; nothing where the law of the day has it not."""
    return dict.fromkeys(look.court.knowledge.elements) | {name: status for name, (status, _) in look.elements.items()}


def _periods_at_least(look: Seen, wanted: int) -> Iterator[Off]:
    if len(_periods(look)) < wanted:
        yield Off(wanted, _periods(look), how=_AT_LEAST)


def _one(kind: Kind, check: Check) -> Expectation:
    return Expectation(Shape(kind), check)


def _some(kind: Kind, check: Check) -> Expectation:
    return Expectation(Shape(kind, "some"), check)


def _each_of(ids: Kind, kind: Kind, check: Check) -> Expectation:
    return Expectation(Shape(kind, "each", ids), check)


#: All that can be expected, but for the decisions of each regime.
CHECKS: dict[str, Expectation] = {
    "outcome": _some(shape.OUTCOME, _outcome(lambda found, wanted: found == tuple(wanted))),
    "outcome_in": _some(shape.OUTCOME, _outcome(lambda found, wanted: set(found) <= set(wanted))),
    "outcome_includes": _some(shape.OUTCOME, _outcome(lambda found, wanted: set(wanted) <= set(found))),
    "not_outcome": _some(shape.OUTCOME, _outcome(lambda found, wanted: found != tuple(wanted), _OTHER_THAN)),
    "possible_outcomes": _some(shape.OUTCOME, _contains(lambda look: look.run.outcomes())),
    "class": _one(shape.CLASS, _same(lambda look: look.klass)),
    "class_in": _some(shape.CLASS, _one_of(lambda look: look.klass)),
    "not_class": _some(shape.CLASS, _none_of(lambda look: look.klass)),
    "class_at_least": _one(shape.CLASS, _at_least(lambda look: look.klass)),
    "best": _one(shape.CLASS, _same(lambda look: look.band[0])),
    "worst": _one(shape.CLASS, _same(lambda look: look.band[1])),
    "worst_at_least": _one(shape.CLASS, _at_least(lambda look: look.band[1])),
    "overall": _one(shape.CLASS, _same(lambda look: look.found.klass)),
    "overall_at_least": _one(shape.CLASS, _at_least(lambda look: look.found.klass)),
    "overall_best": _one(shape.CLASS, _same(lambda look: look.found.band.best)),
    "overall_worst": _one(shape.CLASS, _same(lambda look: look.found.band.worst)),
    "blocks": _one(shape.FLAG, _same(lambda look: bool(look.run.chosen.verdict.blocks))),
    "likelihood": _one(shape.LIKELIHOOD, _same(lambda look: look.run.chosen.verdict.likelihood)),
    "consequence": _one(shape.CONSEQUENCE, _same(lambda look: look.run.chosen.verdict.consequence)),
    "overrides": _some(shape.OVERRIDE, _contains(lambda look: look.overrides)),
    "no_overrides": _some(shape.OVERRIDE, _contains(lambda look: look.overrides, False)),
    "elements": _each_of(shape.ELEMENT, shape.STATUS, _each(_statuses_of)),
    "fires": _some(shape.RULE, _holds(TRUE)),
    "silent": _some(shape.RULE, _holds(FALSE)),
    "not_fires": _some(shape.RULE, _holds(FALSE, UNKNOWN)),
    "waits": _some(shape.RULE, _holds(UNKNOWN)),
    "value_sek": _one(shape.MONEY, _same(lambda look: look.found.value.total_sek)),
    "value_without_in_kind_sek": _one(shape.MONEY, _same(lambda look: look.found.value.without_in_kind_sek)),
    "carried_by": _one(shape.QUANTITY, _same(lambda look: look.found.value.carried_by)),
    "methods": _each_of(
        shape.METHOD, shape.TRUTH_IF_ANY, _each(lambda look: {method.id: method.applies for method in look.found.value.methods})
    ),
    "limit_sek": _one(shape.MONEY, _same(lambda look: look.found.limit.sek)),
    "relation": _one(shape.RELATION, _same(lambda look: look.found.limit.relation)),
    "within": _one(shape.TRUTH, _same(lambda look: look.found.limit.within)),
    "fee_applies": _one(shape.TRUTH, _same(lambda look: look.found.exposure.fee.applies)),
    "fee_ceiling_sek": _one(shape.MONEY, _same(lambda look: look.found.exposure.fee.ceiling_sek)),
    "fee_floor_sek": _one(shape.MONEY, _same(lambda look: look.found.exposure.fee.floor_sek)),
    "decided_by": _one(shape.DECIDER, _same(lambda look: look.found.exposure.fee.decided_by)),
    "window_open": _some(shape.TRUTH, _one_of(lambda look: look.found.exposure.fee.window_open)),
    "window_ends": _one(shape.DAY, _same(lambda look: look.found.exposure.fee.window_ends)),
    "ineffectiveness_open": _one(shape.TRUTH, _same(lambda look: look.found.exposure.ineffectiveness.open)),
    "ineffectiveness_ends": _one(shape.DAY, _same(lambda look: look.found.exposure.ineffectiveness.ends)),
    "damages_open": _one(shape.TRUTH, _same(lambda look: look.found.exposure.damages.open)),
    "damages_ends": _one(shape.DAY, _same(lambda look: look.found.exposure.damages.ends)),
    "deadlines": _some(shape.DEADLINE, _contains(lambda look: [deadline.id for deadline in look.found.deadlines])),
    "no_deadlines": _some(shape.DEADLINE, _contains(lambda look: [deadline.id for deadline in look.found.deadlines], False)),
    "deadline_ends": _each_of(
        shape.DEADLINE, shape.DAY, _each(lambda look: {deadline.id: deadline.ends for deadline in look.found.deadlines})
    ),
    "deadline_open": _each_of(
        shape.DEADLINE, shape.TRUTH_IF_ANY, _each(lambda look: {deadline.id: deadline.open for deadline in look.found.deadlines})
    ),
    "duties": _each_of(shape.DUTY, shape.TRUTH_IF_ANY, _each(lambda look: {duty.id: duty.met for duty in look.found.duties})),
    "arises": _each_of(shape.DUTY, shape.TRUTH_IF_ANY, _each(lambda look: {duty.id: duty.arises for duty in look.found.duties})),
    "no_duties": _some(shape.DUTY, _contains(lambda look: [duty.id for duty in look.found.duties], False)),
    "routes": _each_of(
        shape.ROUTE, shape.TRUTH_IF_ANY, _each(lambda look: {route.id: route.open for route in look.found.routes})
    ),
    "notices": _some(shape.NOTICE, _contains(lambda look: [notice.id for notice in look.found.notices])),
    "no_notices": _some(shape.NOTICE, _contains(lambda look: [notice.id for notice in look.found.notices], False)),
    "statutes": _some(shape.STATUTE, _contains(_statutes)),
    "no_statutes": _some(shape.STATUTE, _contains(_statutes, False)),
    "rule_sets": _one(shape.NUMBER, _same(lambda look: len(_periods(look)))),
    "rule_sets_at_least": _one(shape.NUMBER, _periods_at_least),
    "decides_from": _one(shape.DAY, _same(_deciding_period)),
    "warns": _some(shape.QUESTION, _contains(lambda look: [warning.question for warning in look.found.warnings])),
    "doubts": _some(shape.DOUBT, _contains(lambda look: [doubt.id for doubt in look.found.doubts])),
    "no_doubts": _some(shape.DOUBT, _contains(lambda look: [doubt.id for doubt in look.found.doubts], False)),
    "unknown_includes": _some(shape.QUESTION, _contains(lambda look: [point.question for point in look.found.unknown])),
    "decides": _some(shape.QUESTION, _contains(lambda look: [point.question for point in look.found.unknown if point.decides])),
    "unchanged": _some(shape.PART, _unchanged),
    "not_lower_than": _one(shape.BASE, _not_lower),
}
