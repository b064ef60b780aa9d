"""Puts the parts of an assessment together."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Protocol, cast

from assessor import __version__
from assessor.assessment import amounts, following
from assessor.assessment import models as m
from assessor.assessment.citing import certainty_of, norm_citations
from assessor.assessment.decisive import Deciding
from assessor.assessment.exposure import exposure
from assessor.assessment.findings import findings
from assessor.assessment.law import Commencement, uncertain
from assessor.assessment.run import Run
from assessor.assessment.unknowns import unknowns
from assessor.assessment.verdict import as_pair
from assessor.case.models import Case
from assessor.comparison import compare
from assessor.inference.durable import PINNED
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Text


class Report:
    """Puts the parts of an assessment together."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        regime_id: str,
        case: Case,
        begun: Commencement,
        found: list[Run],
        chosen: Run,
        as_of: dt.date,
        hangs_on: Deciding,
    ) -> None:
        self.knowledge = knowledge
        self.regime_id = regime_id
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
        deadlines = following.deadlines(self.chosen.open)
        open_points = unknowns(self.chosen.open, self.chosen.judge, self.case, band.best != band.worst)
        value = amounts.value(self.chosen.open, self.case, open_points)
        limit = amounts.limit(self.chosen.open)
        duties = following.duties(self.chosen.open)
        routes = following.routes(self.chosen.open, self.as_of)
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
            warnings=self.warnings(),
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
        return m.Band(_class(ordered[0]), _class(ordered[-1]))

    def final_class(self, band: m.Band) -> tuple[m.Class, tuple[m.Overridden, ...]]:
        """The class, with the overrides that applied; a class below what a deciding unknown allows is raised."""
        verdict = self.chosen.verdict
        klass = verdict.klass
        applied = [m.Overridden(s.override.id, s.override.because, _class(s.before), _class(s.after)) for s in verdict.overrides]
        rule = self.knowledge.result.deciding_unknown
        lowest = self.order[0]
        if klass == lowest and band.worst != lowest:
            applied.append(m.Overridden(rule.id, rule.because, _class(klass), _class(rule.at_least)))
            klass = rule.at_least
        return _class(klass), tuple(applied)

    def regime(
        self, klass: m.Class, band: m.Band, overrides: tuple[m.Overridden, ...], fired: tuple[m.Finding, ...]
    ) -> m.RegimeResult:
        name = self.regime_id
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
            contract=_statuses(contract)[0],
            contract_possible=_statuses(self.chosen.open.possible("contract")),
            route=self.chosen.cautious.possible("route") if "route" in self.book.program.families else (),
            possible_outcomes=spread.outcomes,
            elements=tuple(self.element(element, fired) for element in self.book.elements),
        )

    def element(self, identity: str, fired: tuple[m.Finding, ...]) -> m.ElementResult:
        element = self.knowledge.elements[identity]
        mine = tuple(finding for finding in fired if finding.element == identity)
        status = self.chosen.cautious.possible(identity)[0]
        carrying = [finding.certainty for finding in mine if finding.holds == "yes"]
        citations = norm_citations(self.book, element.norm)
        return m.ElementResult(
            id=identity,
            name=element.name,
            asks=element.asks,
            status=_statuses((status,))[0],
            possible=_statuses(self.chosen.open.possible(identity)),
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

    def comparisons(self) -> tuple[m.Comparison, ...]:
        """The benchmark first, then the others by how much they bear."""
        first = self.knowledge.exposure.benchmark_precedent
        weight = {"strong": 0, "moderate": 1, "weak": 2}
        others = sorted((p for p in self.knowledge.precedents.values() if p.id != first), key=lambda p: (weight[p.weight], p.id))
        benchmark = compare(self.chosen.open, self.knowledge.precedents[first])
        return (benchmark, *(compare(self.chosen.open, p, full=False) for p in others))

    # -- frame --

    def warnings(self) -> tuple[m.Warning, ...]:
        """What the reader should know of the file, and of a commencement that only stands in."""
        rules = self.knowledge.governing
        found = [m.Warning(warning.question, warning.text) for warning in self.case.warnings]
        if self.begun.basis in rules["stand_ins"] and "stand_in_warning" in rules:
            found.append(m.Warning(rules["commencement"], Text.model_validate(rules["stand_in_warning"])))
        return tuple(found)

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


def _class(name: str) -> m.Class:
    """A class of the tables as the contract types it; the check of the knowledge base knows that it is one."""
    return cast(m.Class, name)


def _statuses(names: tuple[str, ...]) -> tuple[m.Status, ...]:
    """As ``_class``, of statuses."""
    return cast(tuple[m.Status, ...], names)


class _Cited(Protocol):
    @property
    def citations(self) -> tuple[m.Citation, ...]: ...


def _sources_of(*parts: _Cited) -> set[str]:
    return {citation.source for part in parts for citation in part.citations}


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
