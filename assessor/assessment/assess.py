"""Assesses a case: runs the layers for each rule set that applies, and puts the result together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from assessor import __version__
from assessor.assessment import models as m
from assessor.assessment.citing import certainty_of, cite_all, cite_norm
from assessor.assessment.decisive import Deciding, deciding
from assessor.assessment.exposure import WORDS, exposure, money
from assessor.assessment.findings import findings
from assessor.assessment.law import Commencement, Window, commencement, uncertain, windows
from assessor.assessment.reading import Reading, read
from assessor.assessment.unknowns import unknowns
from assessor.assessment.verdict import Judge, Spread, Verdict, as_pair
from assessor.case.models import Case
from assessor.comparison import compare
from assessor.inference.durable import PINNED
from assessor.inference.rulebook import ALWAYS, Rulebook, build, condition_atom
from assessor.inference.truth import FALSE, TRUE, UNKNOWN
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Text, weakest


@dataclass
class Result:
    """One rule set's run of a case."""

    window: Window
    open: Reading
    cautious: Reading
    judge: Judge
    verdict: Verdict
    spread: Spread


class Assessor:
    """Assesses cases against one knowledge base; compiled rule sets are kept.

    Args:
        knowledge: the law.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._books: dict[dt.date, Rulebook] = {}
        self._judges: dict[tuple[dt.date, str], Judge] = {}

    def book(self, window: Window) -> Rulebook:
        """The rulebook of a period of unchanged law."""
        if window.valid_from not in self._books:
            self._books[window.valid_from] = build(self.knowledge, max(window.valid_from, window.first))
        return self._books[window.valid_from]

    def judge(self, window: Window, regime: str) -> Judge:
        """The result tables of a regime, parsed for a period of law."""
        key = (window.valid_from, regime)
        if key not in self._judges:
            self._judges[key] = Judge(self.book(window), regime)
        return self._judges[key]

    def results(self, case: Case, on: dt.date | None, as_of: dt.date, search: bool = False) -> tuple[Commencement, list[Result]]:
        """The runs of every rule set that the commencement meets.

        Args:
            case: the case.
            on: replaces the commencement.
            as_of: the day on which windows are open.
            search: run compiled Python only; such results must not be reported.
        """
        begun = commencement(case, self.knowledge, on, as_of)
        regime = self._assessed[0]
        found = []
        for window in windows(self.knowledge, begun.days):
            book, judge = self.book(window), self.judge(window, regime)
            conclude = book.engine.search if search else book.engine.conclude
            open_reading = read(book, case.facts, as_of, False, conclude)
            cautious = read(book, case.facts, as_of, True, conclude, known=open_reading)
            verdict, spread = judge.verdict(cautious), judge.spread(open_reading)
            found.append(Result(window, open_reading, cautious, judge, verdict, spread))
        return begun, found

    @property
    def _assessed(self) -> tuple[str, ...]:
        return tuple(name for name, regime in self.knowledge.result.regimes.items() if regime.assessed)

    def assess(self, case: Case, on: dt.date | None = None, as_of: dt.date | None = None, explain: bool = True) -> m.Assessment:
        """The assessment of a case.

        Args:
            case: the case.
            on: a day of law that replaces the commencement.
            as_of: the day on which open windows are shown; default the case's own, else today.
            explain: search for the findings that decide (tens of milliseconds); without it none are named.

        Raises:
            Problem: no law is entered for the day.
            EngineFault: durable-rules misbehaved or the evaluators differ; there is no result.
        """
        as_of = as_of or case.as_of or dt.date.today()
        begun, found = self.results(case, on, as_of)
        order = found[0].judge.order
        chosen = max(found, key=lambda r: (order.index(r.verdict.klass), order.index(r.spread.classes[-1])))
        hangs_on = deciding(chosen) if explain else Deciding((), False)
        return _Report(self, case, begun, found, chosen, as_of, hangs_on).assessment()


class _Report:
    """Puts the parts of an assessment together."""

    def __init__(
        self,
        assessor: Assessor,
        case: Case,
        begun: Commencement,
        found: list[Result],
        chosen: Result,
        as_of: dt.date,
        hangs_on: Deciding,
    ) -> None:
        self.assessor = assessor
        self.knowledge = assessor.knowledge
        self.case = case
        self.begun = begun
        self.found = found
        self.chosen = chosen
        self.book = chosen.open.rulebook
        self.on = self.book.on
        self.as_of = as_of
        self.hangs_on = hangs_on
        self.order = chosen.judge.order

    def assessment(self) -> m.Assessment:
        band = self.band()
        klass, overrides = self.final_class(band)
        fired = findings(self.chosen.open, self.case)
        deadlines = self.deadlines()
        open_points = unknowns(self.chosen.open, self.chosen.judge, self.case, band.best != band.worst)
        value, limit = self.value(open_points), self.limit()
        duties, routes = self.duties(), self.routes()
        comparisons = self.comparisons()
        regime = self.regime(klass, band, overrides, fired)
        possible = tuple(dict.fromkeys(o for r in self.found for o in r.spread.outcomes))
        breach = self.knowledge.exposure.applies_to
        certain = set(self.chosen.verdict.outcomes) <= set(breach)
        costs = exposure(self.chosen.open, possible, certain, deadlines)
        cited = _sources_of(
            *fired,
            *value.methods,
            limit,
            *duties,
            *routes,
            *deadlines,
            *regime.elements,
            *comparisons,
            costs.fee,
            costs.ineffectiveness,
            costs.damages,
        )
        return m.Assessment(
            schema=m.SCHEMA,
            case=self.case_info(),
            on=self.begun.shown,
            on_basis=self.begun.basis,
            as_of=self.as_of,
            scope=self.scope(),
            klass=klass,
            band=band,
            blocking=(),
            laws=self.laws(),
            regimes=(regime, *self.others()),
            deciding=self.hangs_on.findings,
            deciding_robust=self.hangs_on.robust,
            value=value,
            limit=limit,
            exposure=costs,
            deadlines=deadlines,
            duties=duties,
            routes=routes,
            findings=fired,
            precedents=comparisons,
            unknown=open_points,
            doubts=self.doubts(fired, limit, routes),
            sources=tuple(_source(self.knowledge, source) for source in self.knowledge.sources if source in cited),
            warnings=tuple(m.Warning(w.question, w.text) for w in self.case.warnings),
            versions=m.Versions(
                program=__version__,
                knowledge=self.knowledge.version,
                digest=self.knowledge.digest,
                law_state=self.knowledge.state,
                engine=f"durable-rules {PINNED}",
            ),
        )

    # -- class, band, regimes --

    def band(self) -> m.Band:
        classes = [klass for result in self.found for klass in result.spread.classes]
        ordered = sorted(classes, key=self.order.index)
        return m.Band(ordered[0], ordered[-1])  # type: ignore[arg-type]

    def final_class(self, band: m.Band) -> tuple[m.Class, tuple[m.Overridden, ...]]:
        """The class, with the overrides that applied; a class below what a deciding unknown allows is raised."""
        verdict = self.chosen.verdict
        klass = verdict.klass
        applied = [
            m.Overridden(s.override.id, s.override.because, s.before, s.after)  # type: ignore[arg-type]
            for s in verdict.overrides
        ]
        rule = self.knowledge.result.deciding_unknown
        lowest = self.order[0]
        if klass == lowest and band.worst != lowest:
            applied.append(m.Overridden(rule.id, rule.because, klass, rule.at_least))  # type: ignore[arg-type]
            klass = rule.at_least
        return klass, tuple(applied)  # type: ignore[return-value]

    def regime(
        self, klass: m.Class, band: m.Band, overrides: tuple[m.Overridden, ...], fired: tuple[m.Finding, ...]
    ) -> m.RegimeResult:
        name = self.assessor._assessed[0]
        verdict, spread, result = self.chosen.verdict, self.chosen.spread, self.knowledge.result
        names = self.chosen.judge.tables.outcomes
        contract = self.chosen.cautious.possible("contract")
        return m.RegimeResult(
            id=name,
            name=result.regimes[name].name,
            outcome=as_pair(verdict.outcomes),
            outcome_name=tuple(names[outcome] for outcome in verdict.outcomes),
            klass=klass,
            band=band,
            likelihood=m.Level(
                verdict.likelihood,
                tuple(sorted({level for r in self.found for level in r.spread.likelihoods})),
                result.likelihood_levels[verdict.likelihood],
                verdict.likelihood_because,
            ),
            consequence=m.Level(
                verdict.consequence,
                tuple(sorted({level for r in self.found for level in r.spread.consequences})),
                result.consequence_levels[verdict.consequence],
                verdict.consequence_because,
            ),
            overrides=overrides,
            scope=self.chosen.cautious.possible("scope")[0] if "scope" in self.book.program.families else None,
            contract=contract[0],  # type: ignore[arg-type]
            contract_possible=self.chosen.open.possible("contract"),  # type: ignore[arg-type]
            route=self.chosen.cautious.possible("route") if "route" in self.book.program.families else (),
            possible_outcomes=spread.outcomes,
            elements=tuple(self.element(element, fired) for element in self.book.elements),
        )

    def element(self, identity: str, fired: tuple[m.Finding, ...]) -> m.ElementResult:
        element = self.knowledge.elements[identity]
        mine = tuple(finding for finding in fired if finding.element == identity)
        status = self.chosen.cautious.possible(identity)[0]
        carrying = [finding.certainty for finding in mine if finding.holds == "yes"]
        citations = _norm_citations(self.book, element.norm)
        return m.ElementResult(
            id=identity,
            name=element.name,
            asks=element.asks,
            status=status,  # type: ignore[arg-type]
            possible=self.chosen.open.possible(identity),  # type: ignore[arg-type]
            findings=tuple(finding.id for finding in mine),
            citations=citations,
            certainty=min(carrying, key=("VERIFIED", "VERIFIED-2", "INFERRED", "RECALL").index)
            if carrying
            else certainty_of(citations),
        )

    def others(self) -> tuple[m.RegimeResult, ...]:
        """The regimes that are not assessed, said to be so."""
        return tuple(
            m.RegimeResult(
                id=name,
                name=regime.name,
                outcome="not_assessed",
                outcome_name=(self.chosen.judge.tables.outcomes["not_assessed"],),
                klass=None,
                band=None,
                likelihood=None,
                consequence=None,
                overrides=(),
                scope=None,
                contract=None,
                contract_possible=(),
                route=(),
                possible_outcomes=(),
                elements=(),
            )
            for name, regime in self.knowledge.result.regimes.items()
            if not regime.assessed
        )

    def scope(self) -> m.ScopeResult:
        regimes = self.knowledge.result.regimes
        return m.ScopeResult(
            assessed=tuple(name for name, regime in regimes.items() if regime.assessed),
            not_assessed=tuple(name for name, regime in regimes.items() if not regime.assessed),
        )

    # -- amounts --

    def value(self, open_points: tuple[m.UnknownFact, ...]) -> m.Value:
        shown, reading = self.knowledge.shown, self.chosen.open
        methods = tuple(self.method(name) for name in shown.methods if name in self.book.quantities)
        methods = tuple(method for method in methods if method is not None)
        stated = self.case.facts[shown.stated_by_others]
        total = reading.amounts.get(shown.value)
        missing = [unknown.question for unknown in open_points if shown.value in unknown.feeds]
        return m.Value(
            total_sek=money(total),
            without_in_kind_sek=money(reading.amounts.get(shown.without_in_kind)),
            carried_by=self.carried_by(),
            methods=methods,  # type: ignore[arg-type]
            stated_by_others=tuple(
                m.StatedValue(str(row["who"]), money(row.get("amount_sek")), row["on"].text() if "on" in row else None)
                for row in (stated.value if stated.state == "answered" else ())
            ),
            missing=tuple(missing),
        )

    def method(self, name: str) -> m.ValueMethod | None:
        quantity = self.book.quantities[name]
        applies = TRUE if quantity.condition == ALWAYS else self.chosen.open.truth(quantity.condition)
        if applies == FALSE:
            return None
        spec = quantity.spec
        citations = () if spec.norm is None else _norm_citations(self.book, spec.norm)
        marks = [citation.certainty for citation in citations if citation.rank == "statute"]
        return m.ValueMethod(
            id=name,
            name=spec.name,
            applies=WORDS[applies],
            sek=money(self.chosen.open.amounts[name]),
            citations=(*citations, *cite_all(self.knowledge, spec.authorities)),
            certainty=weakest(spec.certainty, *marks),
            because=spec.because,
        )

    def carried_by(self) -> str | None:
        """The candidate with the highest known amount."""
        reading = self.chosen.open
        candidates = [
            name
            for quantity in self.book.quantities.values()
            for name in quantity.spec.highest
            if name in self.book.quantities and reading.truth(self.book.quantities[name].condition) != FALSE
        ]
        known = [name for name in candidates if reading.amounts[name].low]
        return max(known, key=lambda name: reading.amounts[name].low, default=None)

    def limit(self) -> m.Limit:
        shown, reading = self.knowledge.shown, self.chosen.open
        classes = []
        for name in shown.limit_parameter:
            truth = UNKNOWN if name == "otherwise" else reading.truth(name)
            if truth != FALSE:
                classes.append(name)
            if truth == TRUE:
                break
        rows = [row for row in (self.knowledge.amount_on(shown.limit_parameter[c], self.on) for c in classes) if row]
        sources = self.knowledge.sources
        citations = tuple(
            dict.fromkeys(
                m.Citation(row.source, sources[row.source].cite, row.at, row.certainty, "statute", row.note) for row in rows
            )
        )
        norm = self.knowledge.parameters[shown.limit_parameter["otherwise"]].norm
        relation = reading.relations.get(shown.limit) or "unknown"
        return m.Limit(
            sek=money(reading.amounts.get(shown.limit)),
            relation=relation,  # type: ignore[arg-type]
            service_class=tuple(classes),
            within=WORDS[reading.truth(shown.within)],
            citations=(*_norm_citations(self.book, norm), *citations),
            certainty=weakest(*(row.certainty for row in rows)),
            reason=next((row.reason for row in rows if row.reason), None),
            doubts=tuple(dict.fromkeys(d for row in rows for d in row.doubts)),
        )

    # -- what follows --

    def deadlines(self) -> tuple[m.DeadlineResult, ...]:
        found = []
        for deadline in self.knowledge.deadlines.values():
            period = self.chosen.open.periods.get(deadline.id)
            if period is None or period.applies == FALSE:
                continue
            found.append(
                m.DeadlineResult(
                    id=deadline.id,
                    name=deadline.name,
                    closes=deadline.closes,
                    applies=WORDS[period.applies],
                    starts=period.start.text() if period.start else None,
                    ends=period.end.text() if period.end else None,
                    open=WORDS[period.open],
                    whose=deadline.whose,
                    effect=deadline.effect,
                    reservation=deadline.reservation,
                    citations=_norm_citations(self.book, deadline.norm),
                )
            )
        return tuple(found)

    def duties(self) -> tuple[m.DutyResult, ...]:
        reading = self.chosen.open
        found = []
        for duty in self.knowledge.duties.values():
            arises = reading.truth(condition_atom("duty", duty.id))
            if arises == FALSE or not self.knowledge.in_force(duty.norm, self.on):
                continue
            found.append(
                m.DutyResult(
                    id=duty.id,
                    name=duty.name,
                    arises=WORDS[arises],
                    met=WORDS[reading.truth(condition_atom("met", duty.id))],
                    because=duty.because,
                    citations=_norm_citations(self.book, duty.norm),
                )
            )
        return tuple(found)

    def routes(self) -> tuple[m.RouteResult, ...]:
        """The routes that the law of the as-of day has: a way ahead is taken under today's law."""
        reading = self.chosen.open
        found = []
        for route in self.knowledge.routes.values():
            if not self.knowledge.in_force(route.norm, self.as_of):
                continue
            truth = TRUE if route.when is None else reading.truth(condition_atom("route", route.id))
            found.append(
                m.RouteResult(
                    id=route.id,
                    name=route.name,
                    open=WORDS[truth],
                    how=route.how,
                    conditions=route.conditions,
                    cautions=route.cautions,
                    citations=cite_norm(self.knowledge, route.norm, self.as_of),
                    doubts=route.doubts,
                )
            )
        return tuple(found)

    def comparisons(self) -> tuple[m.Comparison, ...]:
        """The benchmark first, then the others by how much they bear."""
        first = self.knowledge.exposure.benchmark_precedent
        weight = {"strong": 0, "moderate": 1, "weak": 2}
        others = sorted((p for p in self.knowledge.precedents.values() if p.id != first), key=lambda p: (weight[p.weight], p.id))
        benchmark = compare(self.chosen.open, self.knowledge.precedents[first])
        return (benchmark, *(compare(self.chosen.open, p, full=False) for p in others))

    # -- frame --

    def case_info(self) -> m.CaseInfo:
        status = self.case.facts[self.knowledge.governing["status"]]
        return m.CaseInfo(
            id=self.case.id,
            title=self.case.title,
            about=self.case.about,
            kind=self.case.kind,
            parties=self.case.parties,
            reference=self.case.reference,
            status=status.value if status.state == "answered" else None,
        )

    def laws(self) -> tuple[m.Law, ...]:
        found = []
        for result in self.found:
            book = result.open.rulebook
            found.append(
                m.Law(
                    commenced_from=result.window.first,
                    commenced_to=result.window.last,
                    valid_from=result.window.valid_from,
                    valid_to=result.window.valid_to,
                    statutes=_statutes(book),
                    decides=result is self.chosen,
                )
            )
        return tuple(found)

    def doubts(self, fired: tuple[m.Finding, ...], limit: m.Limit, routes: tuple[m.RouteResult, ...]) -> tuple[m.Doubt, ...]:
        book = self.knowledge.doubts
        first, last = self.begun.days
        named = {doubt for finding in fired for doubt in finding.doubts} | set(limit.doubts)
        named = {d for d in named if first is None or last is None or book[d].concerns(first, last)}
        named |= {d for route in routes for d in route.doubts if book[d].concerns(self.as_of, self.as_of)}
        named |= set(uncertain(self.knowledge, self.begun.days))
        return tuple(m.Doubt(key, doubt.text) for key, doubt in book.items() if key in named)


class _Cited(Protocol):
    @property
    def citations(self) -> tuple[m.Citation, ...]: ...


def _sources_of(*parts: _Cited) -> set[str]:
    return {citation.source for part in parts for citation in part.citations}


@lru_cache(maxsize=4096)
def _norm_citations(book: Rulebook, norm: str) -> tuple[m.Citation, ...]:
    return cite_norm(book.knowledge, norm, book.on, interpretation=True)


@lru_cache(maxsize=256)
def _statutes(book: Rulebook) -> tuple[Text, ...]:
    """The short names of the statutes that the elements, the limit and the consequences stand on."""
    knowledge = book.knowledge
    norms = [knowledge.elements[element].norm for element in book.elements]
    norms += [knowledge.parameters[parameter].norm for parameter in knowledge.shown.limit_parameter.values()]
    norms += [norm for group in knowledge.exposure.norms.values() for norm in group]
    provisions = [knowledge.provision_on(norm, book.on) for norm in norms]
    named = dict.fromkeys(provision.source for provision in provisions if provision is not None)
    return tuple(knowledge.sources[source].cite for source in named if knowledge.sources[source].kind == "statute")


@lru_cache(maxsize=4096)
def _source(knowledge: KnowledgeBase, identity: str) -> m.SourceShown:
    source = knowledge.sources[identity]
    return m.SourceShown(
        id=source.id,
        cite=source.cite,
        title=source.title,
        issuer=source.issuer,
        date=source.date,
        url=source.url,
        read=source.read,
        certainty=source.certainty,
    )


def assess(case: Case, knowledge: KnowledgeBase, on: dt.date | None = None, as_of: dt.date | None = None) -> m.Assessment:
    """One case assessed against a knowledge base; for several, keep an ``Assessor``."""
    return Assessor(knowledge).assess(case, on, as_of)
