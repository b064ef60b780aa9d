"""What each regime says: outcome, class, levels, and the reasons for them."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment, Level, RegimeResult
from assessor.memo.amounts import ceiling_told
from assessor.memo.formats import Formats, lowered
from assessor.memo.grounds import Facts, legal_test, regime_reasons


def outcome_told(regime: RegimeResult, formats: Formats, first: bool = False) -> str:
    """The outcome in a sentence: what is not settled is the contract, the route, or both."""
    words = formats.words["summary"]
    names = dict(zip(_several(regime.outcome), formats.texts(regime.outcome_name), strict=True))
    if len(names) == 1:
        return str(words["one_outcome"]).format(outcome=next(iter(names.values())))
    decided = {value for values in regime.decisions.values() for value in values}
    status = regime.test.status if first and regime.test else None
    routes = [lowered(name) for outcome, name in names.items() if outcome in decided]
    others = [name for outcome, name in names.items() if outcome not in decided]
    route = formats.listed(routes, "or")
    if status == "established" and not others:
        return str(words["route_open"]).format(routes=route)
    if status == "contested" and len(others) == 1 and routes:
        return str(words["contract_open"]).format(first=others[0], routes=route)
    return str(words["several_outcomes"]).format(outcomes=formats.listed(map(lowered, names.values()), "or"))


def tested(regime: RegimeResult, formats: Formats) -> str | None:
    """The conjunction of a regime's elements in a sentence, where there are words for it."""
    if regime.test is None:
        return None
    told: dict[str, str] = formats.words["summary"]["tests"].get(regime.test.id, {})
    return told.get(regime.test.status)


def row_told(regime: RegimeResult, formats: Formats) -> dict[str, str]:
    """A regime on a line: its outcome, class and band."""
    band = regime.band
    form = "regime_band_closed" if band.best == band.worst else "regime_band"
    return {
        "id": regime.id,
        "name": regime.name.get(formats.language),
        "outcome": _short_outcome(regime, formats),
        "class_id": regime.klass,
        "class_name": formats.class_name(regime.klass),
        "band": formats.words["summary"][form].format(
            best=formats.class_name(band.best).lower(), worst=formats.class_name(band.worst).lower()
        ),
    }


def _short_outcome(regime: RegimeResult, formats: Formats) -> str:
    """The outcome in a cell: several only said to be so, since they are told in full elsewhere."""
    names = formats.texts(regime.outcome_name)
    return names[0] if len(names) == 1 else str(formats.words["summary"]["unsettled"])


def first_told(assessment: Assessment, formats: Formats, facts: Facts) -> dict[str, Any]:
    """The first regime: its test in full."""
    regime, words = assessment.regimes[0], formats.words["test"]
    test = regime.test
    pairs = zip(test.possible, test.possible_names, strict=True) if test else ()
    names = [lowered(name.get(formats.language)) for status, name in pairs if test and status != test.status]
    return {
        "name": regime.name.get(formats.language),
        "outcome": outcome_told(regime, formats, first=True),
        "test": tested(regime, formats),
        "overrides": formats.texts(override.because for override in regime.overrides),
        "test_possible": words["contract_possible"].format(names=formats.listed(names, "or")) if names else None,
        **legal_test(assessment, regime.elements, facts),
    }


def other_told(assessment: Assessment, formats: Formats, regime: RegimeResult, facts: Facts) -> dict[str, Any]:
    """Another regime: its outcome, why, and what it turns on."""
    words = formats.words["regimes_section"]
    laws = [law for law in assessment.laws if law.regime == regime.id and law.decides]
    statutes = formats.listed(dict.fromkeys(name for law in laws for name in formats.texts(law.statutes)))
    basis = words["bases"].get(regime.on_basis, words["bases"]["unknown"])
    if regime.on_support == "assumed":
        basis = words["assumed"].format(basis=basis)
    return {
        **row_told(regime, formats),
        "outcome": outcome_told(regime, formats),
        "law": words["law" if statutes else "law_none"].format(statutes=statutes, on=formats.on(regime.on), basis=basis),
        "levels": levels_told(regime, formats),
        "ceilings": [ceiling_told(ceiling, formats) for ceiling in regime.ceilings],
        "overrides": formats.texts(override.because for override in regime.overrides),
        **regime_reasons(assessment, regime, facts),
    }


def levels_told(regime: RegimeResult, formats: Formats) -> list[dict[str, str]]:
    """Likelihood and consequence, and why."""
    words = formats.words["about"]
    return [_level(formats, words["likelihood"], regime.likelihood), _level(formats, words["consequence"], regime.consequence)]


def _level(formats: Formats, name: str, level: Level) -> dict[str, str]:
    words = formats.words["about"]
    others = [str(number) for number in level.possible if number != level.level]
    form = "scale_possible" if others else "scale"
    return {
        "name": name,
        "level": words[form].format(level=level.level, possible=formats.listed(map(str, level.possible), "or")),
        "means": level.means.get(formats.language),
        "because": level.because.get(formats.language) if level.because else "",
    }


def _several(outcome: str | tuple[str, ...]) -> tuple[str, ...]:
    return (outcome,) if isinstance(outcome, str) else outcome
