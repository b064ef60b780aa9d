"""The law tests' own format: a base case, what is changed in it, and what must come out. See README.md."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.assessment import Assessor
from assessor.assessment.models import Assessment
from assessor.case.read import parse_case
from assessor.knowledge import load
from assessor.reading import read_yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENT = {"title": "Fiktiv handling", "read": {"sv": "Hela.", "en": "All of it."}}
CLASSES = ("low", "elevated", "high", "very_high")
KEYS = {"name", "covers", "why", "base", "on", "as_of", "documented", "change", "expect"}
SUPPORTS = ("documented", "stated", "assumed")


@dataclass(frozen=True)
class Scenario:
    """One law test, as a lawyer wrote it."""

    name: str
    covers: tuple[str, ...]
    where: str
    base: str
    documented: bool
    change: dict[str, Any]
    on: dt.date | None
    as_of: dt.date | None
    expect: dict[str, Any]


class Court:
    """Builds cases and has them assessed; one for the whole run."""

    def __init__(self) -> None:
        self.knowledge = load()
        self.assessor = Assessor(self.knowledge)
        self.fired: set[str] = set()
        self._bases: dict[str, Any] = {}

    def base(self, name: str) -> dict[str, Any]:
        """A copy of a base: a file of ``bases/``, else a case of ``cases/``."""
        if name not in self._bases:
            file = HERE / "bases" / f"{name}.yaml"
            self._bases[name] = read_yaml(file if file.exists() else ROOT / "cases" / f"{name}.yaml")
        return json.loads(json.dumps(self._bases[name]))

    def case(self, base: str, change: Mapping[str, Any] | None = None, documented: bool = True) -> Any:
        """A case: the base, with answers replaced, added or taken away.

        Args:
            base: name of the base.
            change: the new answer by question; ``remove`` takes the answer away. ``{stated: x}``, ``{documented: x}``
                and ``{assumed: x}`` say how firm it is.
            documented: whether an answer that does not say how firm it is counts as on file.
        """
        data = self.base(base)
        change = dict(change or {})
        facts = data.setdefault("facts", {})
        for question, answer in change.items():
            facts.pop(question, None)
            if answer != "remove":
                facts[question] = answer
        self._drop_what_no_longer_applies(facts, change)
        data.setdefault("evidence", {})
        data["evidence"] = {**(data["evidence"] or {}), "fiktiv": copy.deepcopy(DOCUMENT)}
        data["facts"] = {question: self._full(question, answer, documented) for question, answer in facts.items()}
        return parse_case(json.dumps(data, ensure_ascii=False), Path(f"{base}.yaml"), self.knowledge)

    def assess(
        self,
        base: str,
        change: Mapping[str, Any] | None = None,
        documented: bool = True,
        on: str | dt.date | None = None,
        as_of: str | dt.date | None = None,
    ) -> Assessment:
        """The assessment of such a case."""
        case = self.case(base, change, documented)
        found = self.assessor.assess(case, _day(on), _day(as_of), explain=False)
        self.fired |= {finding.id for finding in found.findings if finding.holds == "yes"}
        return found

    def run(self, scenario: Scenario) -> Assessment:
        """A scenario's assessment."""
        return self.assess(scenario.base, scenario.change, scenario.documented, scenario.on, scenario.as_of)

    def _full(self, question: str, answer: Any, documented: bool) -> Any:
        """An answer in the long form."""
        if answer == "unknown":
            return answer
        if isinstance(answer, Mapping):
            if set(answer) & {"value", "answers", "evidence", "note"}:
                return answer
            named = next((support for support in SUPPORTS if support in answer), None)
            if named:
                more = {"more": answer["more"]} if "more" in answer else {}
                full = {"value": answer[named], "support": named, **more}
                return {**full, "evidence": [{"document": "fiktiv", "at": "s. 1"}]} if named == "documented" else full
        if not documented:
            return {"value": answer, "support": "stated"}
        return {"value": answer, "support": "documented", "evidence": [{"document": "fiktiv", "at": "s. 1"}]}

    def _drop_what_no_longer_applies(self, facts: dict[str, Any], change: Mapping[str, Any]) -> None:
        """Answers of the base to questions that the change makes pointless; in the change itself they are an error."""
        for question in self.knowledge.questions.values():
            for parent, wanted in question.applies_when.items():
                value = _plain(facts.get(parent))
                if value is None or question.id in change or question.id not in facts:
                    continue
                given = value if isinstance(value, list) else [value]
                if not set(map(str, given)) & set(map(str, wanted if isinstance(wanted, list) else [wanted])):
                    del facts[question.id]


def scenarios() -> Iterator[Scenario]:
    """Every law test in the YAML files of this folder."""
    for file in sorted(HERE.glob("*.yaml")):
        for entry in read_yaml(file):
            where = f"{file.name}:{entry.line}"
            strange = set(entry) - KEYS
            assert not strange, f"{where}: unknown keys {sorted(strange)}"
            assert "name" in entry and entry.get("expect"), f"{where}: a law test has a name and expects something"
            covers = entry.get("covers", [])
            yield Scenario(
                name=entry["name"],
                covers=tuple(covers if isinstance(covers, list) else [covers]),
                where=where,
                base=entry.get("base", "purchase"),
                documented=entry.get("documented", True),
                change=dict(entry.get("change") or {}),
                on=_day(entry.get("on")),
                as_of=_day(entry.get("as_of")),
                expect=dict(entry["expect"]),
            )


def differences(found: Assessment, expected: Mapping[str, Any], court: Court, scenario: Scenario) -> list[str]:
    """What came out otherwise than expected, each as a line."""
    wrong = []
    for key, wanted in expected.items():
        check = CHECKS.get(key)
        assert check is not None, f"{scenario.where}: cannot expect {key!r}; known: {', '.join(CHECKS)}"
        problem = check(found, wanted, court, scenario)
        if problem:
            wrong.append(f"{key}: expected {wanted}, {problem}")
    return wrong


# -- what can be expected --


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _plain(answer: Any) -> Any:
    if isinstance(answer, Mapping):
        for key in ("value", *SUPPORTS):
            if key in answer:
                return None if answer.get("more") == "unknown" else answer[key]
        return None
    return None if answer == "unknown" else answer


def _outcome(found: Assessment) -> tuple[str, ...]:
    outcome = found.regimes[0].outcome
    return (outcome,) if isinstance(outcome, str) else tuple(outcome)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _same(get: Any) -> Any:
    def check(found: Assessment, wanted: Any, *_: Any) -> str | None:
        value = get(found)
        value = list(value) if isinstance(value, tuple) else value
        return None if value == (list(wanted) if isinstance(wanted, list) else wanted) else f"found {value}"

    return check


def _one_of(get: Any) -> Any:
    def check(found: Assessment, wanted: Any, *_: Any) -> str | None:
        return None if get(found) in _list(wanted) else f"found {get(found)}"

    return check


def _none_of(get: Any) -> Any:
    def check(found: Assessment, wanted: Any, *_: Any) -> str | None:
        return None if get(found) not in _list(wanted) else "found just that"

    return check


def _rank(klass: str) -> int:
    return CLASSES.index(klass)


def _elements(found: Assessment, wanted: Mapping[str, Any], *_: Any) -> str | None:
    status = {element.id: element.status for element in found.regimes[0].elements}
    off = {name: status.get(name) for name, value in wanted.items() if status.get(name) not in _list(value)}
    return f"found {off}" if off else None


def _holds(truths: tuple[str, ...], present: bool) -> Any:
    def check(found: Assessment, wanted: Any, court: Court, scenario: Scenario) -> str | None:
        ids = {finding.id for finding in found.findings if finding.holds in truths}
        known = {rule for issue in court.knowledge.issues.values() for rule in (r.id for r in issue.rules)}
        strange = set(_list(wanted)) - known
        assert not strange, f"{scenario.where}: no rules {sorted(strange)}"
        off = [rule for rule in _list(wanted) if (rule in ids) != present]
        return f"not so: {off}" if off else None

    return check


def _unchanged(found: Assessment, wanted: Any, court: Court, scenario: Scenario) -> str | None:
    before = court.assess(scenario.base, {}, scenario.documented, scenario.on, scenario.as_of)
    parts = {
        "class": lambda a: a.klass,
        "band": lambda a: (a.band.best, a.band.worst),
        "outcome": _outcome,
        "contract": lambda a: a.regimes[0].contract,
        "elements": lambda a: [(e.id, e.status, e.possible) for e in a.regimes[0].elements],
        "value": lambda a: a.value.total_sek,
    }
    off = [
        f"{part} {parts[part](before)} -> {parts[part](found)}"
        for part in _list(wanted)
        if parts[part](before) != parts[part](found)
    ]
    return "; ".join(off) or None


def _not_lower(found: Assessment, wanted: Any, court: Court, scenario: Scenario) -> str | None:
    before = court.assess(
        wanted if isinstance(wanted, str) else scenario.base, {}, scenario.documented, scenario.on, scenario.as_of
    )
    if _rank(found.klass) < _rank(before.klass) or _rank(found.band.worst) < _rank(before.band.worst):
        return f"{before.klass} (worst {before.band.worst}) -> {found.klass} (worst {found.band.worst})"
    return None


def _truths(get: Any) -> Any:
    """A mapping of id to truth."""

    def check(found: Assessment, wanted: Mapping[str, str], *_: Any) -> str | None:
        held = get(found)
        off = {name: held.get(name, "absent") for name, truth in wanted.items() if held.get(name, "absent") != truth}
        return f"found {off}" if off else None

    return check


def _contains(get: Any, present: bool = True) -> Any:
    def check(found: Assessment, wanted: Any, *_: Any) -> str | None:
        held = list(get(found))
        off = [item for item in _list(wanted) if (item in held) != present]
        return f"found {held}" if off else None

    return check


def _statutes(found: Assessment) -> list[str]:
    return [cite.sv for law in found.laws for cite in law.statutes if law.decides]


CHECKS: dict[str, Any] = {
    "outcome": lambda f, w, *_: None if _outcome(f) == tuple(_list(w)) else f"found {_outcome(f)}",
    "outcome_in": lambda f, w, *_: None if set(_outcome(f)) <= set(_list(w)) else f"found {_outcome(f)}",
    "outcome_includes": lambda f, w, *_: None if set(_list(w)) <= set(_outcome(f)) else f"found {_outcome(f)}",
    "not_outcome": lambda f, w, *_: None if _outcome(f) != tuple(_list(w)) else "found just that",
    "possible_outcomes": _contains(lambda f: f.regimes[0].possible_outcomes),
    "class": _same(lambda f: f.klass),
    "class_in": _one_of(lambda f: f.klass),
    "not_class": _none_of(lambda f: f.klass),
    "class_at_least": lambda f, w, *_: None if _rank(f.klass) >= _rank(w) else f"found {f.klass}",
    "best": _same(lambda f: f.band.best),
    "worst": _same(lambda f: f.band.worst),
    "worst_at_least": lambda f, w, *_: None if _rank(f.band.worst) >= _rank(w) else f"found {f.band.worst}",
    "contract": _one_of(lambda f: f.regimes[0].contract),
    "scope": _one_of(lambda f: f.regimes[0].scope),
    "likelihood": _same(lambda f: f.regimes[0].likelihood.level),
    "consequence": _same(lambda f: f.regimes[0].consequence.level),
    "overrides": _contains(lambda f: [o.id for o in f.regimes[0].overrides]),
    "elements": _elements,
    "fires": _holds(("yes",), True),
    "silent": _holds(("yes", "unknown"), False),
    "not_fires": _holds(("yes",), False),
    "waits": _holds(("unknown",), True),
    "value_sek": _same(lambda f: f.value.total_sek),
    "value_without_in_kind_sek": _same(lambda f: f.value.without_in_kind_sek),
    "carried_by": _same(lambda f: f.value.carried_by),
    "methods": _truths(lambda f: {method.id: method.applies for method in f.value.methods}),
    "limit_sek": _same(lambda f: f.limit.sek),
    "relation": _same(lambda f: f.limit.relation),
    "within": _same(lambda f: f.limit.within),
    "fee_applies": _same(lambda f: f.exposure.fee.applies),
    "fee_ceiling_sek": _same(lambda f: f.exposure.fee.ceiling_sek),
    "fee_floor_sek": _same(lambda f: f.exposure.fee.floor_sek),
    "decided_by": _same(lambda f: f.exposure.fee.decided_by),
    "window_open": _one_of(lambda f: f.exposure.fee.window_open),
    "window_ends": _same(lambda f: f.exposure.fee.window_ends),
    "ineffectiveness_open": _same(lambda f: f.exposure.ineffectiveness.open),
    "ineffectiveness_ends": _same(lambda f: f.exposure.ineffectiveness.ends),
    "damages_open": _same(lambda f: f.exposure.damages.open),
    "damages_ends": _same(lambda f: f.exposure.damages.ends),
    "deadlines": _contains(lambda f: [deadline.id for deadline in f.deadlines]),
    "no_deadlines": _contains(lambda f: [deadline.id for deadline in f.deadlines], False),
    "duties": _truths(lambda f: {duty.id: duty.met for duty in f.duties}),
    "routes": _truths(lambda f: {route.id: route.open for route in f.routes}),
    "statutes": _contains(_statutes),
    "no_statutes": _contains(_statutes, False),
    "rule_sets": lambda f, w, *_: None if len(f.laws) == w else f"found {[str(x.valid_from) for x in f.laws]}",
    "rule_sets_at_least": lambda f, w, *_: None if len(f.laws) >= w else f"found {[str(x.valid_from) for x in f.laws]}",
    "decides_from": lambda f, w, *_: (
        None
        if [str(x.valid_from) for x in f.laws if x.decides] == [str(w)]
        else f"found {[str(x.valid_from) for x in f.laws if x.decides]}"
    ),
    "warns": _contains(lambda f: [warning.question for warning in f.warnings]),
    "doubts": _contains(lambda f: [doubt.id for doubt in f.doubts]),
    "unknown_includes": _contains(lambda f: [point.question for point in f.unknown]),
    "decides": _contains(lambda f: [point.question for point in f.unknown if point.decides]),
    "unchanged": _unchanged,
    "not_lower_than": _not_lower,
}
