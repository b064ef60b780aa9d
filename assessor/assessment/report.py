"""Puts the parts of an assessment together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Literal, Protocol, cast

from assessor import __version__
from assessor.assessment import amounts, following
from assessor.assessment import models as m
from assessor.assessment.citing import norm_certainty, norm_citations
from assessor.assessment.comparison import argue, compare, counter
from assessor.assessment.decisive import Deciding, deciding
from assessor.assessment.exposure import exposure
from assessor.assessment.findings import Answered, findings
from assessor.assessment.law import ahead, uncertain
from assessor.assessment.run import RegimeRun, Run
from assessor.assessment.unknowns import traces, unknowns, waiting
from assessor.assessment.verdict import as_pair
from assessor.case.models import Case
from assessor.inference.durable import PINNED
from assessor.inference.rulebook import Rulebook
from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import CERTAINTIES, Deadline, Duty, Text


class Report:
    """Puts the parts of an assessment together; each part is made when it is first asked for.

    The parts have the names they have in ``Assessment``.

    Args:
        knowledge: the law.
        case: what was assessed.
        found: every regime's runs.
        as_of: the day on which windows are open.
    """

    def __init__(self, knowledge: KnowledgeBase, case: Case, found: Mapping[str, RegimeRun], as_of: dt.date) -> None:
        self.knowledge = knowledge
        self.subject = case
        self.found = found
        self.as_of = as_of
        self.answered = Answered(case)
        self.first = found[knowledge.first_regime]
        self.readings = {name: regime.chosen.open for name, regime in found.items()}
        self.reading = self.readings[knowledge.first_regime]
        self.order = self.first.chosen.judge.order
        self.bands = {name: regime.classes() for name, regime in found.items()}

    def assessment(self, explain: bool = True) -> m.Assessment:
        """All of it, frozen.

        Args:
            explain: search for the findings that decide (tens of milliseconds); without it none are named.
        """
        hangs_on = deciding(self.found[self.worst_regimes[0]].chosen) if explain else Deciding(())
        return m.Assessment(
            schema=m.SCHEMA,
            case=self.case,
            on=self.first.begun.shown,
            on_basis=self.first.begun.basis,
            as_of=self.as_of,
            scope=self.scope,
            klass=self.klass,
            band=self.band,
            worst_regimes=self.worst_regimes,
            blocking=tuple(text for regime in self.regimes for text in regime.blocks),
            laws=self.laws,
            regimes=self.regimes,
            matrix=tuple(tuple(map(_class, row)) for _, row in sorted(self.knowledge.result.matrix.items())),
            deciding=hangs_on.findings,
            deciding_robust=hangs_on.robust,
            deciding_alone=hangs_on.alone,
            value=self.value,
            limit=self.limit,
            exposure=self.exposure,
            deadlines=self.deadlines,
            duties=self.duties,
            routes=self.routes,
            notices=self.notices,
            findings=self.findings,
            precedents=self.precedents,
            arguments=self.arguments,
            counter_for=self.counter_for,
            counter=counter(self.counter_for, self.knowledge.first_regime, self.findings, self.arguments, self.doubts),
            unknown=self.unknown,
            doubts=self.doubts,
            sources=self.sources,
            warnings=self.warnings,
            versions=m.Versions(
                program=__version__,
                knowledge=self.knowledge.version,
                digest=self.knowledge.digest,
                law_state=self.knowledge.state,
                engine=f"durable-rules {PINNED}",
            ),
        )

    # -- what was found --

    @cached_property
    def findings(self) -> tuple[m.Finding, ...]:
        """Every rule that fired or may fire, in the order of the regimes."""
        return tuple(finding for reading in self.readings.values() for finding in findings(reading, self.answered))

    @cached_property
    def deadlines(self) -> tuple[m.DeadlineResult, ...]:
        """The deadlines that apply or may apply."""
        return tuple(entry for reading in self.readings.values() for entry in following.deadlines(reading))

    @cached_property
    def duties(self) -> tuple[m.DutyResult, ...]:
        """The duties that arise or may arise."""
        return tuple(entry for reading in self.readings.values() for entry in following.duties(reading))

    @cached_property
    def value(self) -> m.Value:
        """The value of the procurement."""
        return amounts.value(self.reading, self.subject, self.unknown)

    @cached_property
    def limit(self) -> m.Limit:
        """The limit it is held against."""
        return amounts.limit(self.reading)

    @cached_property
    def routes(self) -> tuple[m.RouteResult, ...]:
        """The lawful ways to the same aim."""
        return following.routes(self.reading, self.as_of)

    @cached_property
    def notices(self) -> tuple[m.NoticeShown, ...]:
        """Law to come."""
        return following.notices(self.knowledge, self.readings, self.as_of)

    @cached_property
    def exposure(self) -> m.ExposureResult:
        """What an unlawful award may cost."""
        certain = set(self.first.chosen.verdict.outcomes) <= set(self.knowledge.exposure.applies_to)
        return exposure(self.reading, self.first.outcomes(), certain, self.deadlines)

    @cached_property
    def precedents(self) -> tuple[m.Comparison, ...]:
        """The benchmark first, then the others by how much they bear."""
        first = self.knowledge.exposure.benchmark_precedent
        weight = {"strong": 0, "moderate": 1, "weak": 2}
        others = sorted((p for p in self.knowledge.precedents.values() if p.id != first), key=lambda p: (weight[p.weight], p.id))
        here = {factor: self.reading.truth(factor) for factor in self.knowledge.factors}
        benchmark = compare(self.knowledge, self.knowledge.precedents[first], here)
        return (benchmark, *(compare(self.knowledge, p, here, full=False) for p in others))

    @cached_property
    def arguments(self) -> tuple[m.Argument, ...]:
        """The precedents argued."""
        return argue(self.knowledge, self.precedents)

    @cached_property
    def counter_for(self) -> Literal["for", "against"]:
        """Which way the other side argues in the first regime."""
        regime = next(each for each in self.regimes if each.id == self.knowledge.first_regime)
        return "against" if self.order.index(regime.klass) > 1 else "for"

    @cached_property
    def unknown(self) -> tuple[m.UnknownFact, ...]:
        """What is not known; only a regime that can rise above the best that is left can still change the class."""
        least = self.order.index(self.band.best)
        traced = traces({name: regime.open for name, regime in self.found.items()}, self.subject)
        return unknowns(
            self.subject,
            {
                name: waiting(
                    traced[name][regime.runs.index(regime.chosen)],
                    regime.chosen.judge,
                    self.order.index(self.bands[name][-1]) > least,
                    self.knowledge.regimes[name].date if len({run.spread.classes for run in regime.runs}) > 1 else None,
                )
                for name, regime in self.found.items()
            },
        )

    # -- class, band, regimes --

    @cached_property
    def band(self) -> m.Band:
        """Best and worst class: each the highest that a regime must, or may, have."""
        return m.Band(
            _class(self.highest(band[0] for band in self.bands.values())),
            _class(self.highest(band[-1] for band in self.bands.values())),
        )

    @cached_property
    def regimes(self) -> tuple[m.RegimeResult, ...]:
        """What each regime says."""
        return tuple(self.regime(regime) for regime in self.found.values())

    @cached_property
    def classes(self) -> dict[str, tuple[m.Class, tuple[m.Overridden, ...]]]:
        """Each regime's class, with the overrides that applied."""
        return {name: self.final_class(regime) for name, regime in self.found.items()}

    @cached_property
    def klass(self) -> m.Class:
        """The class of the worst regime."""
        return _class(self.highest(klass for klass, _ in self.classes.values()))

    @cached_property
    def worst_regimes(self) -> tuple[str, ...]:
        """The regimes that have that class."""
        return tuple(name for name, (klass, _) in self.classes.items() if klass == self.klass)

    @cached_property
    def holding(self) -> dict[str, int]:
        """The truth value of every rule in force, in the open readings."""
        return {
            rule: truth
            for reading in self.readings.values()
            for rule, truth in zip(reading.rulebook.rules, reading.rulebook.truths(reading.memory), strict=True)
        }

    def highest(self, classes: Iterable[str]) -> str:
        """The highest of some classes."""
        return max(classes, key=self.order.index)

    def final_class(self, regime: RegimeRun) -> tuple[m.Class, tuple[m.Overridden, ...]]:
        """The class of a regime, with the overrides that applied; a deciding unknown never leaves the lowest."""
        verdict = regime.chosen.verdict
        klass = verdict.klass
        applied = [m.Overridden(s.override.id, s.override.because, _class(s.before), _class(s.after)) for s in verdict.overrides]
        rule = self.knowledge.result.deciding_unknown
        lowest = self.order[0]
        if klass == lowest and self.bands[regime.regime][-1] != lowest:
            applied.append(m.Overridden(rule.id, rule.because, _class(klass), _class(rule.at_least)))
            klass = rule.at_least
        return _class(klass), tuple(applied)

    def regime(self, regime: RegimeRun) -> m.RegimeResult:
        """What one regime says."""
        chosen, result = regime.chosen, self.knowledge.result
        verdict, tables, band = chosen.verdict, chosen.judge.tables, self.bands[regime.regime]
        klass, overrides = self.classes[regime.regime]
        return m.RegimeResult(
            id=regime.regime,
            name=tables.name,
            on=regime.begun.shown,
            on_basis=regime.begun.basis,
            on_support=regime.begun.support,
            outcome=as_pair(verdict.outcomes),
            outcome_name=tuple(tables.outcomes[outcome] for outcome in verdict.outcomes),
            klass=klass,
            band=m.Band(_class(band[0]), _class(band[-1])),
            likelihood=m.Level(
                verdict.likelihood,
                tuple(sorted({level for run in regime.runs for level in run.spread.likelihoods})),
                result.likelihood_levels[verdict.likelihood],
                verdict.likelihood_because,
            ),
            consequence=m.Level(
                verdict.consequence,
                tuple(sorted({level for run in regime.runs for level in run.spread.consequences})),
                tables.consequence_levels[verdict.consequence],
                verdict.consequence_because,
            ),
            overrides=overrides,
            blocks=verdict.blocks,
            test=_test(chosen),
            decisions={
                name: chosen.cautious.possible(name) for name in tables.scenario if tables.test is None or name != tables.test.id
            },
            possible_outcomes=regime.outcomes(),
            elements=tuple(self.element(chosen, element) for element in chosen.open.rulebook.elements),
            ceilings=amounts.ceilings(chosen.open, self.subject, tuple(f for f in self.findings if f.regime == regime.regime)),
        )

    def element(self, run: Run, identity: str) -> m.ElementResult:
        """An element or criterion as it stands."""
        book = run.open.rulebook
        element, names = self.knowledge.elements[identity], self.knowledge.statuses_of(book.regime)
        mine = self._by_element.get(identity, [])
        status, possible = run.cautious.possible(identity)[0], run.open.possible(identity)
        carrying = [finding.certainty for finding in mine if finding.holds == "yes"]
        return m.ElementResult(
            id=identity,
            name=element.name,
            asks=element.asks,
            status=status,
            status_name=names[status],
            possible=possible,
            possible_names=tuple([names[each] for each in possible]),
            findings=tuple([finding.id for finding in mine]),
            citations=norm_citations(book, element.norm),
            certainty=min(carrying, key=CERTAINTIES.index) if carrying else norm_certainty(book, element.norm),
            unmoved=self.unmoved(book, identity, mine),
        )

    def unmoved(self, book: Rulebook, element: str, mine: Iterable[m.Finding]) -> tuple[m.Premise, ...]:
        """The documented answers that an element's rules ask for and that no finding on it rests on."""
        facts = self.subject.facts
        asked = [question for question in _asked_by(book, element) if facts[question].documented]
        told = {premise.about for finding in mine for premise in finding.premises} if asked else ()
        return tuple([self.answered(self.knowledge.questions[question]) for question in asked if question not in told])

    @cached_property
    def _by_element(self) -> dict[str | None, list[m.Finding]]:
        found: dict[str | None, list[m.Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.element, []).append(finding)
        return found

    @cached_property
    def scope(self) -> m.ScopeResult:
        """Which regimes were assessed, and which not."""
        return m.ScopeResult(
            assessed=tuple(self.found), not_assessed=tuple(name for name in self.knowledge.regimes if name not in self.found)
        )

    # -- frame --

    @cached_property
    def warnings(self) -> tuple[m.Warning, ...]:
        """What the reader should know of the file, and of governing days that only stand in or lie ahead of the law entered."""
        found = [m.Warning(warning.question, warning.text) for warning in self.subject.warnings]
        for name, regime in self.found.items():
            if regime.begun.warning is not None:
                found.append(m.Warning(self.knowledge.regimes[name].date, regime.begun.warning))
        told = self.knowledge.governing.get("after_state")
        late = [regime.begun for regime in self.found.values() if ahead(self.knowledge, regime.begun)]
        if told and late:
            basis = late[0].basis
            found.append(m.Warning(basis if basis in self.subject.facts else None, Text(sv=told["sv"], en=told["en"])))
        return tuple(found)

    @cached_property
    def case(self) -> m.CaseInfo:
        """Which case was assessed."""
        status = self.subject.facts[self.knowledge.governing["status"]]
        return m.CaseInfo(
            id=self.subject.id,
            title=self.subject.title,
            about=self.subject.about,
            kind=self.subject.kind,
            parties=self.subject.parties,
            reference=self.subject.reference,
            marking=self.subject.marking,
            review=self.subject.review,
            status=status.value if status.state == "answered" else None,
            thin=self._answers() < self.knowledge.governing["thin_below"],
        )

    def _answers(self) -> int:
        """How many of the questions that the first regime reads are answered."""
        return sum(self.subject.facts[question].state == "answered" for question in self.reading.rulebook.reads)

    @cached_property
    def laws(self) -> tuple[m.Law, ...]:
        """The rule sets that were applied, by regime."""
        return tuple(
            m.Law(
                regime=name,
                governed_from=run.window.first,
                governed_to=run.window.last,
                valid_from=run.window.valid_from,
                valid_to=run.window.valid_to,
                statutes=_statutes(run.open.rulebook),
                decides=run is regime.chosen,
            )
            for name, regime in self.found.items()
            for run in regime.runs
        )

    @cached_property
    def doubts(self) -> tuple[m.Doubt, ...]:
        """The open doubts that this assessment touches."""
        book = self.knowledge.doubts
        named = set(uncertain(self.knowledge, self.first.begun.days))
        for name, regime in self.found.items():
            first, last = regime.begun.days
            touched = {doubt for finding in self.findings if finding.regime == name for doubt in finding.doubts}
            touched |= set(self.limit.doubts) if regime is self.first else set()
            touched |= {doubt for each in self.regimes if each.id == name for held in each.ceilings for doubt in held.doubts}
            named |= {d for d in touched if first is None or last is None or book[d].concerns(first, last)}
            if regime.begun.doubt is not None and len(regime.runs) > 1:
                named.add(regime.begun.doubt)
        for entry in self.duties:
            duty = self.knowledge.duties[entry.id]
            if entry.arises == "yes" or self.knowledge.unread(duty.norm, self.readings[duty.regime].rulebook.on):
                named |= self._doubts_of(duty)
        for identity in (entry.id for entry in self.deadlines if entry.applies == "yes"):
            named |= self._doubts_of(self.knowledge.deadlines[identity])
        today = {d for route in self.routes for d in route.doubts} | {d for notice in self.notices for d in notice.doubts}
        named |= {d for d in today if book[d].concerns(self.as_of, self.as_of)}
        return tuple(m.Doubt(key, book[key].text) for key in sorted(named))

    def _doubts_of(self, entry: Duty | Deadline) -> set[str]:
        """The doubts about what a duty or deadline stands on, on the day of its regime."""
        on = self.readings[entry.regime].rulebook.on
        return set(self.knowledge.doubts_on(entry.norm, on))

    @cached_property
    def sources(self) -> tuple[m.SourceShown, ...]:
        """The sources that anything shown rests on."""
        costs = self.exposure
        cited = _sources_of(
            *self.findings,
            *self.value.methods,
            self.limit,
            *self.duties,
            *self.routes,
            *self.deadlines,
            *(element for regime in self.regimes for element in regime.elements),
            *(ceiling for regime in self.regimes for ceiling in regime.ceilings),
            *self.precedents,
            *self.notices,
            costs.fee,
            costs.ineffectiveness,
            costs.damages,
        )
        return tuple(_source(self.knowledge, source) for source in self.knowledge.sources if source in cited)


def _test(run: Run) -> m.TestResult | None:
    """The conjunction of a regime's elements as it stands."""
    whole = run.judge.tables.test
    if whole is None:
        return None
    status, possible = run.cautious.possible(whole.id)[0], run.open.possible(whole.id)
    return m.TestResult(
        id=whole.id,
        name=whole.name,
        status=status,
        status_name=whole.values[status],
        possible=possible,
        possible_names=tuple(whole.values[each] for each in possible),
    )


def _class(name: str) -> m.Class:
    """A class of the tables as the contract types it; the check of the knowledge base knows that it is one."""
    return cast(m.Class, name)


class _Cited(Protocol):
    @property
    def citations(self) -> tuple[m.Citation, ...]: ...


def _sources_of(*parts: _Cited) -> set[str]:
    return {citation.source for part in parts for citation in part.citations}


@lru_cache(maxsize=4096)
def _asked_by(book: Rulebook, element: str) -> tuple[str, ...]:
    """The questions that the rules of an element ask, in the order of asking."""
    issues = book.knowledge.issue_of
    atoms = {
        literal.atom.partition("=")[0].partition("!")[0].partition(">")[0]
        for rule, rows in book.bodies.items()
        if (issue := issues[rule]).element is not None and issue.element.id == element
        for row in rows
        for literal in row
    }
    return tuple(question for question in book.knowledge.questions if question in atoms and question not in book.unasked)


@lru_cache(maxsize=256)
def _statutes(book: Rulebook) -> tuple[Text, ...]:
    """The short names of the statutes in force that a regime's norms stand on; of the first, those of its test and exposure."""
    knowledge = book.knowledge
    norms = [knowledge.elements[element].norm for element in book.elements]
    if book.regime == knowledge.first_regime:
        norms += [knowledge.parameters[parameter].norm for parameter in knowledge.shown.limit_parameter.values()]
        norms += [norm for group in knowledge.exposure.norms.values() for norm in group]
    else:
        norms += [rule.norm for rule in book.rules.values()]
    provisions = [knowledge.provision_on(norm, book.on) for norm in norms]
    named = dict.fromkeys(provision.source for provision in provisions if provision is not None)
    return tuple(knowledge.sources[source].cite for source in named if knowledge.sources[source].kind in ("statute", "eu_act"))


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
