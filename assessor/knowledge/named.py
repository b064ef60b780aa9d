"""What a knowledge base names outside the conditions of its rules, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Deadline, Quantity, Test
from assessor.problems import nearest
from assessor.quantities.formula import Formula, FormulaError, compile_formula

NUMBERS = ("money", "number", "percent")
#: What may follow from an award; each rests on norms of its own.
CONSEQUENCES = ("fee", "ineffectiveness", "damages")
AUTHORITIES = ("kkv", "court")


class Misnamed(NamedTuple):
    """An entry that names what is not there; ``at`` says in which part of it, by keys."""

    kind: str
    identity: str
    why: str
    at: tuple[str, ...] = ()


def misnamed(base: KnowledgeBase) -> Iterator[Misnamed]:
    """Every entry outside the rules that names what is not there."""
    return chain(_governing(base), _regimes(base), _shown(base), _exposure(base), _amounts(base), _others(base))


def wrong_answers(base: KnowledgeBase, given: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with answers by question: no such question, or no answer to it.

    Args:
        base: whose questions there are.
        given: for each question a value, a list of them, or lists of what to add and to remove.
    """
    for name, value in given.items():
        question = base.questions.get(name)
        if question is None:
            yield _no("question", name, base.questions)
            continue
        known: Iterable[Any] = (True, False) if question.type == "yes_no" else question.choices
        for answer in _answers(value):
            if known and answer not in known:
                yield f"{answer} is no answer to {name}"


def _answers(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [answer for answers in value.values() if isinstance(answers, list) for answer in answers]
    return value if isinstance(value, list) else [value]


def _no(what: str, name: str, known: Iterable[str]) -> str:
    hint = nearest(name, known)["en"]
    return f"there is no {what} {name}" + (f".{hint}" if hint else "")


def _missing(what: str, names: Iterable[str | None], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    return (_no(what, name, known) for name in names if name is not None and name not in known)


def _of_type(base: KnowledgeBase, *types: str) -> list[str]:
    return [question.id for question in base.questions.values() if question.type in types]


def _governing(base: KnowledgeBase) -> Iterator[Misnamed]:
    rules = base.governing
    days = [rules.get("binding"), *chain.from_iterable(rules["not_later"])]
    asked = [rules.get(name) or {} for name in ("draft_status", "made", "anew")]
    known = [{question: answer for question, answer in each.items() if answer != "unknown"} for each in asked]
    found = chain(
        _missing("question", (question for each in asked for question in each), base.questions),
        chain.from_iterable(wrong_answers(base, {k: v for k, v in each.items() if k in base.questions}) for each in known),
        _missing("question of a choice", [rules["status"]], _of_type(base, "choice")),
        _missing("question of a date", days, _of_type(base, "date")),
        _missing("doubt", rules["uncertain_days"].values(), base.doubts),
        _missing("norm", rules.get("norms", ()), base.norms),
    )
    yield from (Misnamed("about", "governing", why) for why in found)
    for name, codes in base.code_lists.items():
        missing = _missing("norm", [codes["norm"]], base.norms)
        yield from (Misnamed("about", "code_lists", f"{name}: {why}", (name, "norm")) for why in missing)


def _regimes(base: KnowledgeBase) -> Iterator[Misnamed]:
    for name, rules in base.regimes.items():
        found = _missing("question of a date", [rules.date, *rules.stand_ins], _of_type(base, "date"))
        yield from (Misnamed("about", "regimes", f"{name}: {why}", (name,)) for why in found)
        since = [reach.since for reach in rules.stand_ins.values() if reach.since is not None]
        found = chain(
            _missing("day that stands in", since, rules.stand_ins),
            _missing("doubt", [rules.doubt] if rules.doubt else [], base.doubts),
        )
        yield from (Misnamed("about", "regimes", f"{name}: {why}", (name,)) for why in found)
    for name, tables in base.tables.items():
        tests = {test.id for issue in base.issues.values() if issue.regime == name for test in issue.tests}
        decisions = {each.id for issue in base.issues.values() if issue.regime == name for each in issue.decisions}
        known = tests | decisions | ({tables.test.id} if tables.test else set())
        missing = {
            "scenario": _missing("decision or test", tables.scenario, known),
            "unresolved_status": _missing("status", [base.unresolved_status(name)], base.statuses_of(name)),
            "outcome": _missing("outcome", _decided(base, name), tables.outcomes),
        }
        yield from (Misnamed("tables", name, why, (key,)) for key, found in missing.items() for why in found)


def _decided(base: KnowledgeBase, regime: str) -> Iterator[str]:
    """The values of decisions that become outcomes: those the line asks for, else all."""
    decisions = {each.id: each for issue in base.issues.values() if issue.regime == regime for each in issue.decisions}
    for row in base.tables[regime].outcome:
        asked = row.when if isinstance(row.when, dict) else {}
        for name in (name for name in row.gives if name in decisions):
            wanted = asked.get(name, list(decisions[name].values))
            yield from wanted if isinstance(wanted, list) else [wanted] if isinstance(wanted, str) else []


def _shown(base: KnowledgeBase) -> Iterator[Misnamed]:
    shown, first = base.shown, [issue for issue in base.issues.values() if issue.regime == base.first_regime]
    quantities = [quantity.id for issue in first for quantity in issue.quantities]
    tests = [test.id for issue in first for test in issue.tests]
    tests_of_all = [test.id for issue in base.issues.values() for test in issue.tests]
    amounts_of_all = [quantity.id for issue in base.issues.values() for quantity in issue.quantities]
    classes = [*(conclusion.id for issue in first for conclusion in issue.conclusions), "otherwise"]
    found = chain(
        _missing("quantity", (shown.value, shown.without_in_kind, shown.limit, *shown.methods), quantities),
        _missing("test", [shown.within], tests),
        _missing("conclusion", shown.limit_parameter, classes),
        _missing("entry of limit_parameter", ["otherwise"], shown.limit_parameter),
        _missing("parameter", shown.limit_parameter.values(), base.parameters),
        _missing("question of records", [shown.stated_by_others], _of_type(base, "records")),
        _missing("test", [each.test for each in shown.ceilings], tests_of_all),
        _missing("parameter", [each.parameter for each in shown.ceilings], base.parameters),
        _missing("question of a number", [each.rate for each in shown.ceilings], _of_type(base, "number")),
        _missing("quantity", [name for each in shown.ceilings for name in (each.this, each.other)], amounts_of_all),
        (why for each in shown.ceilings for why in wrong_answers(base, each.when)),
    )
    yield from (Misnamed("about", "shown", why) for why in found)


def _exposure(base: KnowledgeBase) -> Iterator[Misnamed]:
    exposure = base.exposure
    outcomes = base.tables[base.first_regime].outcomes
    quantities = [q.id for issue in base.issues.values() if issue.regime == base.first_regime for q in issue.quantities]
    deciders = [row.gives if isinstance(row.gives, dict) else {} for row in exposure.who_decides]
    found = chain(
        _missing("outcome", (*exposure.applies_to, *exposure.remedies_also), outcomes),
        _missing("parameter", (exposure.floor, exposure.ceiling, exposure.share), base.parameters),
        _missing("quantity", [exposure.case_max], quantities),
        _missing("precedent", [exposure.benchmark_precedent], base.precedents),
        _missing("norm", chain.from_iterable(exposure.norms.values()), base.norms),
        _missing("consequence", exposure.norms, CONSEQUENCES),
        _missing("entry of norms", CONSEQUENCES, exposure.norms),
        _missing("norm", (str(row.get("norm")) for row in deciders), base.norms),
        _missing("authority", (str(row.get("decided_by")) for row in deciders), AUTHORITIES),
    )
    yield from (Misnamed("exposure", "fee", why) for why in found)


def _amounts(base: KnowledgeBase) -> Iterator[Misnamed]:
    for issue in base.issues.values():
        beside = {each.id for other in base.issues.values() if other.regime == issue.regime for each in other.quantities}
        for quantity in issue.quantities:
            found = chain(_missing("quantity", quantity.highest, beside), *(_formula(base, each) for each in formulas(quantity)))
            yield from (Misnamed("quantities", quantity.id, why) for why in found)
        for test in issue.tests:
            yield from (Misnamed("tests", test.id, why) for why in _prevails(base, test))


def formulas(quantity: Quantity) -> Iterator[Formula]:
    """The formulas of an amount; one that cannot be read is told where it is compiled."""
    for text in filter(None, (quantity.formula, *(line.take for line in quantity.choose))):
        try:
            yield compile_formula(text)
        except FormulaError:
            continue


def _formula(base: KnowledgeBase, formula: Formula) -> Iterator[str]:
    for name in formula.names:
        if name in base.questions and base.questions[name].type not in NUMBERS:
            yield f"{name} is no question of a number"
    for name, field in formula.records:
        yield from _field(base, name, field, NUMBERS)
    for name, field in formula.dated:
        yield from _field(base, name, field, ("date",))
    yield from _missing("question of a date", formula.days, _of_type(base, "date"))
    for name, field, value in formula.wanted:
        wrong = list(_field(base, name, field, ("choice",)))
        yield from wrong or _missing(f"answer to {field} of {name},", [value], base.questions[name].fields[field].choices)


def _prevails(base: KnowledgeBase, test: Test) -> Iterator[str]:
    if test.prevails is not None:
        records = test.prevails.records
        yield from _field(base, records, test.prevails.code, ("text",))
        yield from _field(base, records, test.prevails.amount, NUMBERS)
        yield from _missing("code list", [test.prevails.list], base.code_lists)


def _field(base: KnowledgeBase, records: str, field: str | None, types: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a field of the records a question asks for; without a field, with the question."""
    if records not in base.questions or base.questions[records].type != "records":
        yield _no("question of records", records, _of_type(base, "records"))
        return
    fields = base.questions[records].fields
    if field is not None and (field not in fields or fields[field].type not in types):
        yield _no(f"field of type {' or '.join(types)} in {records}:", field, fields)


def _changes(base: KnowledgeBase, sets: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with changes of lists and amounts: ``{add, remove}`` of a list, ``{below: quantity}`` of an amount."""
    quantities = [quantity.id for issue in base.issues.values() for quantity in issue.quantities]
    for name, value in sets.items():
        if name in base.questions and isinstance(value, dict):
            keys = ("low", "high", "below") if base.questions[name].type in NUMBERS else ("add", "remove")
            yield from _missing(f"change of {name} called", value, keys)
        yield from _missing("quantity", _below(value), quantities)


def _below(value: Any) -> Iterator[str]:
    """The quantities that amounts are to lie below."""
    if isinstance(value, list):
        yield from chain.from_iterable(map(_below, value))
    elif isinstance(value, dict):
        yield from [str(value["below"])] if "below" in value else chain.from_iterable(map(_below, value.values()))


def _window(base: KnowledgeBase, deadline: Deadline) -> Iterator[str]:
    """A window that no other deadline closes and nothing is known of, but that is called almost as another."""
    others = {*CONSEQUENCES, "duty", *(other.closes for other in base.deadlines.values() if other is not deadline)}
    if deadline.closes not in others and nearest(deadline.closes, others)["en"]:
        yield _no("window", deadline.closes, others)


def _others(base: KnowledgeBase) -> Iterator[Misnamed]:
    result = base.result
    common = {
        "unresolved_status": _missing("status", [result.unresolved_status], result.statuses),
        "deciding_unknown": _missing("class", [result.deciding_unknown.at_least], result.classes),
    }
    yield from (Misnamed("result", "result", why, (key,)) for key, found in common.items() for why in found)
    tables = base.tables[base.first_regime]
    outcomes = {*tables.outcomes, *([tables.test.id] if tables.test else [])}  # or that the test of the regime is met
    for precedent in base.precedents.values():
        missing = _missing("outcome", [precedent.outcome], outcomes)
        yield from (Misnamed("precedent", precedent.id, why, ("outcome",)) for why in missing)
    for notice in base.notices.values():
        missing = _missing("regime", notice.regimes, base.regimes)
        yield from (Misnamed("notice", notice.id, why, ("regimes",)) for why in missing)
    for deadline in base.deadlines.values():
        yield from (Misnamed("deadline", deadline.id, why) for why in _window(base, deadline))
    for duty in base.duties.values():
        yield from (Misnamed("duty", duty.id, why) for why in _missing("parameter", [duty.parameter], base.parameters))
    for fine in base.fines:
        yield from (Misnamed("fine", fine.id, why) for why in _missing("source", [fine.law], base.sources))
    for kind, entries in (("lever", base.levers.values()), ("sham", base.shams.values())):
        for entry in entries:
            yield from (Misnamed(kind, entry.id, why) for why in _changes(base, entry.sets))
    for rule in base.rules.values():
        yield from (Misnamed("rule", rule.id, why) for why in _missing("element", [rule.element], base.elements))
    for question in base.questions.values():
        alone = question.exclusive if "exclusive" in question.model_fields_set else ()
        yield from (Misnamed("question", question.id, why) for why in _missing("answer", alone, question.choices))
