"""The value of the procurement and the limit it is held against, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from assessor.assessment import models as m
from assessor.assessment.citing import cite_all, cite_statute, norm_citations
from assessor.assessment.exposure import WORDS, money
from assessor.assessment.reading import Reading
from assessor.case.applicability import holds
from assessor.case.models import Case
from assessor.inference.rulebook import ALWAYS, CompiledQuantity
from assessor.knowledge.consequences import Ceiling
from assessor.knowledge.models import weakest
from assessor.quantities.interval import ANYTHING, Interval
from assessor.truth import FALSE, TRUE, UNKNOWN


def value(reading: Reading, case: Case, open_points: tuple[m.UnknownFact, ...]) -> m.Value:
    """The value of the procurement, by every method that applies or may apply.

    Args:
        reading: the open reading.
        case: whose statements by others are shown beside.
        open_points: the unknowns, for those that keep the value from being exact.
    """
    shown = reading.rulebook.knowledge.shown
    quantities = reading.rulebook.quantities
    methods = (_method(reading, quantities[name]) for name in shown.methods if name in quantities)
    stated = case.facts[shown.stated_by_others]
    return m.Value(
        total_sek=money(reading.amounts.get(shown.value)),
        without_in_kind_sek=money(reading.amounts.get(shown.without_in_kind)),
        carried_by=_carried_by(reading),
        methods=tuple(method for method in methods if method is not None),
        stated_by_others=tuple(
            m.StatedValue(str(row["who"]), money(row.get("amount_sek")), row["on"].text() if "on" in row else None)
            for row in (stated.value if stated.state == "answered" else ())
        ),
        missing=tuple(unknown.question for unknown in open_points if shown.value in unknown.feeds),
    )


def _method(reading: Reading, quantity: CompiledQuantity) -> m.ValueMethod | None:
    applies = TRUE if quantity.condition == ALWAYS else reading.truth(quantity.condition)
    if applies == FALSE:
        return None
    spec, knowledge = quantity.spec, reading.rulebook.knowledge
    citations = () if spec.norm is None else norm_citations(reading.rulebook, spec.norm)
    marks = [citation.certainty for citation in citations if citation.rank == "statute"]
    return m.ValueMethod(
        id=spec.id,
        name=spec.name,
        applies=WORDS[applies],
        sek=money(reading.amounts[spec.id]),
        citations=(*citations, *cite_all(knowledge, spec.authorities)),
        certainty=weakest(spec.certainty, *marks),
        because=spec.because,
    )


def _carried_by(reading: Reading) -> str | None:
    """The candidate with the highest known amount."""
    quantities = reading.rulebook.quantities
    candidates = [
        name
        for quantity in quantities.values()
        for name in quantity.spec.highest
        if name in quantities and reading.truth(quantities[name].condition) != FALSE
    ]
    known = [name for name in candidates if reading.amounts[name].low]
    return max(known, key=lambda name: reading.amounts[name].low, default=None)


def limit(reading: Reading) -> m.Limit:
    """The limit for an award without advertisement, by the class of service as far as it is known."""
    book = reading.rulebook
    knowledge, shown = book.knowledge, book.knowledge.shown
    classes = []
    for name in shown.limit_parameter:
        truth = UNKNOWN if name == "otherwise" else reading.truth(name)
        if truth != FALSE:
            classes.append(name)
        if truth == TRUE:
            break
    rows = [row for row in (knowledge.amount_on(shown.limit_parameter[c], book.on) for c in classes) if row]
    cited = [cite_statute(knowledge, row) for row in rows]
    norm = knowledge.parameters[shown.limit_parameter["otherwise"]].norm
    relation = reading.relations.get(shown.limit) or "unknown"
    return m.Limit(
        sek=money(reading.amounts.get(shown.limit)),
        relation=cast(Literal["below", "at_most", "unknown"], relation),
        service_class=tuple(classes),
        within=WORDS[reading.truth(shown.within)],
        citations=(*norm_citations(book, norm), *dict.fromkeys(cited)),
        certainty=weakest(*(row.certainty for row in rows)),
        reason=next((row.reason for row in rows if row.reason), None),
        doubts=tuple(dict.fromkeys(doubt for row in rows for doubt in row.doubts)),
    )


def ceilings(reading: Reading, case: Case, findings: tuple[m.Finding, ...]) -> tuple[m.Ceiling, ...]:
    """The sums that a regime holds against a ceiling, where a ground or a finding rests on one.

    Args:
        reading: the open reading.
        case: whose answers say what is relied on.
        findings: those of the regime.
    """
    return tuple(_ceilings(reading, case, findings))


def _ceilings(reading: Reading, case: Case, findings: tuple[m.Finding, ...]) -> Iterator[m.Ceiling]:
    knowledge = reading.rulebook.knowledge
    for shown in knowledge.shown.ceilings:
        if knowledge.issue_of[shown.test].regime != reading.rulebook.regime:
            continue
        resting = tuple(f.id for f in findings if f.holds == "yes" and any(premise.about == shown.test for premise in f.premises))
        if resting or all(holds(case.facts[question], wanted) == TRUE for question, wanted in shown.when.items()):
            yield _ceiling(reading, case, shown, resting)


def _ceiling(reading: Reading, case: Case, shown: Ceiling, findings: tuple[str, ...]) -> m.Ceiling:
    book, amounts = reading.rulebook, reading.amounts
    knowledge, rate = book.knowledge, case.facts[shown.rate]
    test = next(test for test in knowledge.issue_of[shown.test].tests if test.id == shown.test)
    parameter = knowledge.parameters[shown.parameter]
    row = knowledge.amount_on(shown.parameter, book.on)
    cited = () if row is None else (cite_statute(knowledge, row),)
    ceiling, total = amounts.get(str(test.within)), amounts.get(str(test.quantity))
    doubts = (*knowledge.norms[parameter.norm].doubts, *(row.doubts if row else ()))
    return m.Ceiling(
        test=shown.test,
        name=parameter.name,
        ceiling_eur=money(None if row is None else book.parameter(shown.parameter)[0]),
        relation=(row.relation if row else None) or "unknown",
        rate=money(rate.value) if rate.state == "answered" else None,
        ceiling_sek=money(ceiling),
        this_sek=money(amounts.get(shown.this)),
        other_sek=money(amounts.get(shown.other)),
        total_sek=money(total),
        margin_sek=_margin(ceiling, total),
        within=WORDS[reading.truth(shown.test)],
        findings=findings,
        citations=(*norm_citations(book, parameter.norm), *cited),
        certainty=row.certainty if row else None,
        doubts=tuple(dict.fromkeys(doubt for doubt in doubts if knowledge.doubts[doubt].concerns(book.on, book.on))),
    )


def _margin(ceiling: Interval | None, total: Interval | None) -> int | tuple[int | None, int | None] | None:
    """What a ceiling leaves of itself, below zero what is over it; an end that nothing bounds is None."""
    if ceiling is None or ceiling == ANYTHING or total is None:
        return None
    low = None if total.high is None else int(ceiling.low) - int(total.high)
    high = None if ceiling.high is None else int(ceiling.high) - int(total.low)
    return low if low == high else (low, high)
