"""An assessment as one plain context: every string ready to print, for every form of the memo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessor.assessment.models import Assessment, DeadlineResult, DutyResult, Level, RegimeResult, SourceShown, UnknownFact
from assessor.memo.advising import advised
from assessor.memo.amounts import exposed, limited, valued
from assessor.memo.arguing import argued, countered
from assessor.memo.charts import class_gauge, risk_matrix, timeline
from assessor.memo.comparing import compared
from assessor.memo.firm import firmed
from assessor.memo.formats import Formats, lowered, sentence
from assessor.memo.grounds import Facts, legal_test, other_grounds, regime_reasons, title
from assessor.memo.wording import layout


def memo_context(assessment: Assessment, language: str) -> dict[str, Any]:
    """What the templates and the terminal text print.

    Args:
        assessment: the assessment.
        language: ``sv`` or ``en``.

    Returns:
        Dictionaries, lists and strings only (drawings as markup). ``t`` holds the fixed words.
    """
    return _Memo(assessment, Formats(language)).context()


class _Memo:
    def __init__(self, assessment: Assessment, formats: Formats) -> None:
        self.assessment = assessment
        self.formats = formats
        self.language = formats.language
        self.words = formats.words
        self.questions = {entry.question: entry.text.get(self.language) for entry in assessment.unknown}
        self.facts = Facts(assessment.findings, formats)
        self.first, *self.others = assessment.regimes
        self.duties = [duty for duty in assessment.duties if duty.arises == "yes"]
        self.comparison = compared(assessment, formats)
        self.firm = firmed(assessment.firmness, formats) if assessment.firmness else None
        self.sections = self._sections()
        self.numbers = {section["id"]: section["number"] for section in self.sections}

    def context(self) -> dict[str, Any]:
        assessment, formats = self.assessment, self.formats
        name = assessment.case.title.get(self.language)
        return {
            "language": self.language,
            "t": self.words,
            "title": self.words["document"]["title"].format(case=name),
            "case": name,
            "dates": {"iso": assessment.as_of.isoformat(), "as_of": formats.date(assessment.as_of)},
            "head": self._head(),
            "marking": assessment.case.marking or "",
            "review": {role: assessment.case.review.get(role, "") for role in ("prepared", "reviewed")},
            "law": self._law(),
            "constructed": assessment.case.kind == "constructed",
            "sections": self.sections,
            "number": self.numbers,
            "summary": self._summary(),
            "matter": self._matter(),
            "facts": self._facts(),
            "first": self._first(),
            "others": [self._other(regime) for regime in self.others],
            "grounds": other_grounds(assessment, self.facts),
            "comparison": self.comparison,
            "value": valued(assessment.value, formats, self.questions),
            "limit": limited(assessment.limit, formats),
            "exposure": exposed(assessment, formats),
            "deadlines": self._deadlines(),
            "duties": self._duties(),
            "routes": self._routes(),
            "advice": advised(assessment.advice, formats) if assessment.advice else None,
            "counter": countered(assessment.counter_for, assessment.counter, formats),
            "arguments": [argued(argument, formats) for argument in assessment.arguments],
            "matrix": risk_matrix(assessment, formats),
            "unknown": self._unknown(),
            "firm": self.firm,
            "notices": self._notices(),
            "doubts": self._doubts(),
            "sources": self._sources(),
            "about": self._about(),
        }

    def _get(self, texts: Iterable[Any]) -> list[str]:
        return [text.get(self.language) for text in texts]

    def _sections(self) -> list[dict[str, Any]]:
        """The sections there is something to say in, numbered in the order they are told."""
        there = {
            "comparison": self.comparison is not None,
            "duties": any(duty.arises != "no" for duty in self.assessment.duties),
            "regimes": bool(self.others),
            "advice": self.assessment.advice is not None,
            "notices": bool(self.assessment.notices),
        }
        precedent = self.comparison["name"] if self.comparison else ""
        order = layout()["sections"]
        return [
            {"id": name, "number": number, "title": self.words["sections"][name].format(precedent=precedent)}
            for number, name in enumerate((name for name in order if there.get(name, True)), start=1)
        ]

    def _on(self) -> str:
        return self.formats.on(self.assessment.on)

    def _statutes(self) -> str:
        deciding = [law for law in self.assessment.laws if law.decides and law.regime == self.first.id]
        return self.formats.listed(dict.fromkeys(name for law in deciding for name in self._get(law.statutes)))

    def _head(self) -> list[dict[str, str]]:
        case, words = self.assessment.case, self.words["head"]
        rows = [(words["date"], self.assessment.as_of.isoformat())]
        if case.reference:
            rows.append((words["reference"], case.reference))
        if case.marking:
            rows.append((words["marking"], case.marking))
        rows += [(self.words["roles"].get(role, role.capitalize()), name) for role, name in case.parties.items()]
        rows.append((words["stage"], self.words["stages"][case.status or "unknown"]))
        rows.append((words["law"], self._law()))
        return [{"label": label, "value": value} for label, value in rows]

    def _law(self) -> str:
        """The law that was applied, and the day it follows from."""
        words = self.words["head"]
        basis = self.words["bases"].get(self.assessment.on_basis)
        form = words["law_basis" if basis else "law_line"]
        return str(form).format(statutes=self._statutes(), on=self._on(), basis=basis)

    def _class(self, klass: str) -> str:
        return str(self.words["classes"][klass])

    def _summary(self) -> dict[str, Any]:
        assessment, words = self.assessment, self.words["summary"]
        band = assessment.band
        closed = band.best == band.worst
        span = words["band"].format(best=self._class(band.best).lower(), worst=self._class(band.worst).lower())
        first = layout()["first_questions"]
        return {
            "class_id": assessment.klass,
            "class_name": self._class(assessment.klass),
            "band": self.firm["band"] if self.firm and not closed else words["band_closed"] if closed else span,
            "best": self._class(band.best).lower(),
            "worst": self._class(band.worst).lower(),
            "closed": closed,
            "gauge": class_gauge(assessment.klass, band, self.formats),
            "outcome": self._outcome(self.first),
            "test": self._tested(self.first),
            "regimes": [self._row(regime) for regime in self.assessment.regimes] if self.others else [],
            "scope": self._scope(),
            "draft": self._draft(self.numbers),
            "draft_plain": self._draft(None),
            "rests": self._rests(),
            "blocking": self._get(assessment.blocking),
            "robust": assessment.deciding_robust,
            "deciding_lead": words[self._deciding_form()],
            "deciding_none": self._not_found(),
            "deciding": [
                {
                    "name": title(finding, self.formats),
                    "because": finding.because.get(self.language),
                    "mark": self.formats.mark(finding.certainty).strip(),
                }
                for finding in assessment.facts_of(assessment.deciding)
            ],
            "today": self._today(),
            "compared": self.comparison["brief"] if self.comparison else None,
            "routes": self._some([route.name.get(self.language) for route in assessment.routes if route.open == "yes"], "; "),
            "ask": [entry.text.get(self.language) for entry in assessment.unknown if entry.decides][:first],
        }

    def _outcome(self, regime: RegimeResult) -> str:
        """The outcome in a sentence: what is not settled is the contract, the route, or both."""
        words = self.words["summary"]
        names = dict(zip(_several(regime.outcome), self._get(regime.outcome_name), strict=True))
        if len(names) == 1:
            return str(words["one_outcome"]).format(outcome=next(iter(names.values())))
        decided = {value for values in regime.decisions.values() for value in values}
        status = regime.test.status if regime is self.first and regime.test else None
        routes = [lowered(name) for outcome, name in names.items() if outcome in decided]
        others = [name for outcome, name in names.items() if outcome not in decided]
        route = self.formats.listed(routes, "or")
        if status == "established" and not others:
            return str(words["route_open"]).format(routes=route)
        if status == "contested" and len(others) == 1 and routes:
            return str(words["contract_open"]).format(first=others[0], routes=route)
        return str(words["several_outcomes"]).format(outcomes=self.formats.listed(map(lowered, names.values()), "or"))

    def _some(self, names: list[str], between: str) -> str:
        """The first few names, and how many more there are."""
        first = layout()["first_names"]
        more = [str(self.words["summary"]["more_names"]).format(n=len(names) - first)] if len(names) > first else []
        return between.join([*names[:first], *more])

    def _deciding_form(self) -> str:
        """The words for how the findings named decide."""
        if self.assessment.deciding_robust:
            return "deciding_robust"
        several = len(self.assessment.deciding) > 1
        return "deciding_lead" if not several else "deciding_alone" if self.assessment.deciding_alone else "deciding_together"

    def _not_found(self) -> str:
        """Why the class is what it is where nothing found carries it: the reason of the regime that decides."""
        assessment = self.assessment
        regime = next(each for each in assessment.regimes if each.id == assessment.worst_regimes[0])
        reasons = [regime.likelihood.because or regime.likelihood.means, *(override.because for override in regime.overrides)]
        return str(self.words["summary"]["deciding_none"]).format(
            regime=lowered(regime.name.get(self.language)), because=" ".join(self._get(reasons))
        )

    def _scope(self) -> str:
        words, scope = self.words["summary"], self.assessment.scope
        names = self.words["regimes"]
        assessed = "; ".join(names.get(name, name) for name in scope.assessed)
        if not scope.not_assessed:
            return str(words["scope_all"])
        missing = "; ".join(names.get(name, name) for name in scope.not_assessed)
        return str(words["scope"]).format(assessed=assessed, not_assessed=missing)

    def _draft(self, numbers: dict[str, int] | None) -> str | None:
        """The first line where nothing is signed, or may not be, and the class is not the lowest.

        Args:
            numbers: of the sections it points to; None where there are no sections.
        """
        words, status = self.words["summary"], self.assessment.case.status
        if self.assessment.klass == layout()["classes"][0]:
            return None
        if status is not None and status not in layout()["unsigned"]:
            return None
        settled = self.first.test is not None and self.first.test.status == "established"
        applies = self.assessment.exposure.fee.applies
        form = "established" if settled and applies == "yes" else "other" if applies == "no" else "open"
        told = words["draft"][form] if status else words["draft_unknown"]
        points = {name: words["in_section"].format(n=numbers[name]) if numbers else "" for name in self.numbers}
        return str(told).format(**points)

    def _rests(self) -> str | None:
        """What a class near the bottom of the scale rests on: documents being what they are said to be."""
        shown = any(p.support == "documented" for f in self.assessment.findings if f.holds == "yes" for p in f.premises)
        return str(self.words["summary"]["rests"]) if shown and self.assessment.klass in layout()["rests_on_documents"] else None

    def _today(self) -> str:
        """Which windows are open on the as-of day; deadlines are named only of those that are not closed."""
        words, exposure = self.words["summary"], self.assessment.exposure
        if self.assessment.case.status in layout()["unsigned"]:
            return str(words["today_unsigned"])
        windows = {
            "ineffectiveness": (exposure.ineffectiveness.applies, exposure.ineffectiveness.open),
            "fee": (exposure.fee.applies, exposure.fee.window_open),
            "damages": (exposure.damages.applies, exposure.damages.open),
        }
        states: dict[str, list[str]] = {"yes": [], "unknown": [], "no": [], "not_applicable": []}
        for window, (applies, is_open) in windows.items():
            name = self.words["closes"][window].lower()
            if applies == "no":
                states["not_applicable"].append(name)
            else:
                states[is_open].append(name if is_open == "no" else self._window(window, name))
        duties = [self._window_deadline(d) for d in self._deadlines_open("duty")]
        if duties:
            states["yes"].append(f"{self.words['closes']['duty'].lower()} ({'; '.join(duties)})")
        told = [] if states["yes"] or states["unknown"] else [words["today_none"]]
        for state, names in states.items():
            if names:
                told.append(sentence(words["today_form"][state].format(names=self.formats.listed(names))))
        return " ".join(told)

    def _deadlines_open(self, window: str) -> list[DeadlineResult]:
        """The deadlines of a window that are open, or not known to be closed."""
        states = ("yes",) if window == "duty" else ("yes", "unknown")
        return [d for d in self.assessment.deadlines if d.closes == window and d.applies != "no" and d.open in states]

    def _window(self, window: str, name: str) -> str:
        deadlines = [self._window_deadline(deadline) for deadline in self._deadlines_open(window)]
        return f"{name} ({'; '.join(deadlines)})" if deadlines else name

    def _window_deadline(self, deadline: DeadlineResult) -> str:
        """A deadline inside the brackets after the name of its window, which it need not repeat."""
        name = deadline.name.get(self.language)
        told = name.removeprefix(f"{self.words['closes'].get(deadline.closes)}: ")
        until = self.words["summary"]["until"].format(name=told, ends=self.formats.day(deadline.ends))
        return str(until) if deadline.ends else told

    def _matter(self) -> dict[str, Any]:
        assessment, words = self.assessment, self.words["matter"]
        parties = self.formats.listed(assessment.case.parties.values())
        question = words["question"].format(parties=parties) if len(assessment.case.parties) > 1 else words["question_plain"]
        laws = [law for law in assessment.laws if law.regime == self.first.id]
        rows: list[str] = []
        if len(laws) == 1:
            law = laws[0]
            told = words["law" if law.valid_to else "law_open"].format(
                on=self._on(),
                statutes=self._statutes(),
                **{"from": self.formats.date(law.valid_from), "to": self.formats.date(law.valid_to) if law.valid_to else ""},
            )
        else:
            told = words["laws"]
            for law in laws:
                days = f"{law.governed_from}/{law.governed_to}" if law.governed_from != law.governed_to else None
                rows.append(
                    words["law_decides" if law.decides else "law_item"].format(
                        statutes=self.formats.listed(self._get(law.statutes)),
                        on=self.formats.on(days or law.governed_from.isoformat()),
                    )
                )
        return {
            "about": assessment.case.about.get(self.language) if assessment.case.about else None,
            "question": question,
            "method": words["method"],
            "law": told,
            "laws": rows,
            "as_of": words["as_of"].format(as_of=self.formats.date(assessment.as_of)),
        }

    def _facts(self) -> dict[str, Any]:
        return {
            "groups": self.facts.groups,
            "documents": list(self.facts.documents.values()),
            "warnings": self._get(warning.text for warning in self.assessment.warnings),
        }

    def _tested(self, regime: RegimeResult) -> str | None:
        """The conjunction of a regime's elements in a sentence, where there are words for it."""
        if regime.test is None:
            return None
        told: dict[str, str] = self.words["summary"]["tests"].get(regime.test.id, {})
        return told.get(regime.test.status)

    def _row(self, regime: RegimeResult) -> dict[str, str]:
        """A regime on a line: its outcome, class and band."""
        band = regime.band
        form = "regime_band_closed" if band.best == band.worst else "regime_band"
        return {
            "id": regime.id,
            "name": regime.name.get(self.language),
            "outcome": self._short_outcome(regime),
            "class_id": regime.klass,
            "class_name": self._class(regime.klass),
            "band": self.words["summary"][form].format(
                best=self._class(band.best).lower(), worst=self._class(band.worst).lower()
            ),
        }

    def _short_outcome(self, regime: RegimeResult) -> str:
        """The outcome in a cell: several only said to be so, since they are told in full elsewhere."""
        names = self._get(regime.outcome_name)
        return names[0] if len(names) == 1 else str(self.words["summary"]["unsettled"])

    def _first(self) -> dict[str, Any]:
        """The first regime: its test in full."""
        regime, words = self.first, self.words["test"]
        test = regime.test
        pairs = zip(test.possible, test.possible_names, strict=True) if test else ()
        names = [lowered(name.get(self.language)) for status, name in pairs if test and status != test.status]
        return {
            "name": regime.name.get(self.language),
            "outcome": self._outcome(regime),
            "test": self._tested(regime),
            "test_possible": words["contract_possible"].format(names=self.formats.listed(names, "or")) if names else None,
            **legal_test(self.assessment, regime.elements, self.facts),
        }

    def _other(self, regime: RegimeResult) -> dict[str, Any]:
        """Another regime: its outcome, why, and what it turns on."""
        words = self.words["regimes_section"]
        laws = [law for law in self.assessment.laws if law.regime == regime.id and law.decides]
        statutes = self.formats.listed(dict.fromkeys(name for law in laws for name in self._get(law.statutes)))
        basis = words["bases"].get(regime.on_basis, words["bases"]["unknown"])
        return {
            **self._row(regime),
            "outcome": self._outcome(regime),
            "law": words["law" if statutes else "law_none"].format(statutes=statutes, on=self.formats.on(regime.on), basis=basis),
            "levels": self._levels(regime),
            "overrides": self._get(override.because for override in regime.overrides),
            **regime_reasons(self.assessment, regime, self.facts),
        }

    def _notices(self) -> list[dict[str, Any]]:
        words = self.words["notices"]
        return [
            {
                "title": notice.title.get(self.language),
                "text": notice.text.get(self.language),
                "status": words["status"][notice.status].format(
                    published=self.formats.date(notice.published),
                    expected=self.formats.date(notice.expected) if notice.expected else words["no_day"],
                ),
                "authorities": self.formats.citations(notice.citations),
                "doubts": ", ".join(notice.doubts),
            }
            for notice in self.assessment.notices
        ]

    def _deadlines(self) -> dict[str, Any]:
        words = self.words["deadlines"]
        shown = [deadline for deadline in self.assessment.deadlines if deadline.applies == "yes" or deadline.ends]
        may = [d.name.get(self.language) for d in self.assessment.deadlines if d.applies == "unknown" and not d.ends]
        rest = [deadline.name.get(self.language) for deadline in self.assessment.deadlines if deadline.applies == "no"]
        return {
            "lead": words["lead"].format(as_of=self.formats.date(self.assessment.as_of)),
            "timeline": timeline(shown, self.assessment.as_of, self.formats),
            "rows": [
                {
                    "name": deadline.name.get(self.language),
                    "may": words["may_apply"] if deadline.applies == "unknown" else None,
                    "whose": deadline.whose.get(self.language),
                    "starts": words["from"].format(starts=self.formats.day(deadline.starts)) if deadline.starts else None,
                    "ends": self.formats.day(deadline.ends),
                    "open": deadline.open,
                    "open_name": self.words["window"][deadline.open],
                    "effect": sentence(deadline.effect.get(self.language)),
                    "reservation": words["reservation"].format(text=lowered(sentence(deadline.reservation.get(self.language)))),
                    "authorities": self.formats.citations(deadline.citations),
                }
                for deadline in shown
            ],
            "may": words["may_run"].format(names="; ".join(map(lowered, may))) if may else None,
            "rest": words["not_applicable"].format(names="; ".join(rest)) if rest else None,
        }

    def _duties(self) -> dict[str, Any]:
        """The duties by regime; those that only may arise by name."""
        groups = []
        for regime in self.assessment.regimes:
            rows = [self._duty(duty) for duty in self.duties if duty.regime == regime.id]
            if rows:
                groups.append({"name": regime.name.get(self.language), "rows": rows})
        may = [duty.name.get(self.language) for duty in self.assessment.duties if duty.arises == "unknown"]
        told = self.words["duties"]["may_arise"].format(names="; ".join(map(lowered, may))) if may else None
        return {"groups": groups, "may_arise": told}

    def _duty(self, duty: DutyResult) -> dict[str, str]:
        return {
            "name": duty.name.get(self.language),
            "arises": self.words["truth"][duty.arises],
            "met": self.words["truth"][duty.met],
            "because": duty.because.get(self.language),
            "authorities": self.formats.citations(duty.citations),
        }

    def _routes(self) -> dict[str, Any]:
        words = self.words["routes"]
        shown = [route for state in ("yes", "unknown") for route in self.assessment.routes if route.open == state]
        closed = [route.name.get(self.language) for route in self.assessment.routes if route.open == "no"]
        return {
            "rows": [
                {
                    "name": route.name.get(self.language),
                    "open": route.open,
                    "open_name": words["open"][route.open],
                    "how": route.how.get(self.language),
                    "conditions": route.conditions.get(self.language),
                    "cautions": route.cautions.get(self.language) if route.cautions else None,
                    "authorities": self.formats.citations(route.citations),
                    "doubts": ", ".join(route.doubts),
                }
                for route in shown
            ],
            "closed": words["closed"].format(names="; ".join(closed)) if closed else None,
        }

    def _unknown(self) -> dict[str, Any]:
        """The first deciding questions with their reasons; all others as bare questions, by what they concern."""
        words, unknown = self.words["unknown"], self.assessment.unknown
        deciding = [entry for entry in unknown if entry.decides]
        first = layout()["reasoned_questions"]
        rows = [
            {
                "question": entry.text.get(self.language),
                "why": entry.why.get(self.language),
                "state": self.words["asked"][entry.asked] if entry.asked == "undocumented" else None,
            }
            for entry in deciding[:first]
        ]
        rest = [
            (words["deciding_more"], self._by_topic(deciding[first:])),
            (words["other"], self._by_topic(entry for entry in unknown if not entry.decides)),
        ]
        return {
            "any": bool(unknown),
            "lead": words["lead"] if deciding else words["lead_closed"],
            "deciding": len(deciding),
            "rows": rows,
            "rest": [{"title": title, "topics": topics} for title, topics in rest if topics],
        }

    def _by_topic(self, entries: Iterable[UnknownFact]) -> list[dict[str, str]]:
        """Questions run together under what they concern, in the order of the legal test."""
        topics: dict[str, list[str]] = {topic: [] for topic in self.words["topics"]}
        for entry in entries:
            undocumented = f" ({self.words['asked'][entry.asked].lower()})" if entry.asked == "undocumented" else ""
            topics[_topic(entry.question)].append(entry.text.get(self.language) + undocumented)
        return [{"title": self.words["topics"][topic], "questions": " ".join(texts)} for topic, texts in topics.items() if texts]

    def _doubts(self) -> dict[str, Any]:
        weak = []
        for certainty in list(self.words["certainty"])[1:]:  # the first is: read in the source
            holding = [f for f in self.assessment.findings if f.holds == "yes" and f.certainty == certainty]
            names = list(dict.fromkeys(f"{f.issue_title.get(self.language)}: {title(f, self.formats)}" for f in holding))
            if names:
                weak.append({"certainty": self.words["certainty"][certainty], "names": names})
        carried = {doubt for finding in self.assessment.findings if finding.holds == "yes" for doubt in finding.doubts}
        pending = {doubt for finding in self.assessment.findings for doubt in finding.doubts} - carried
        rest = [doubt.id for doubt in self.assessment.doubts if doubt.id in pending]
        shown = [doubt for doubt in self.assessment.doubts if doubt.id not in pending]
        return {
            "rows": [{"id": doubt.id, "text": doubt.text.get(self.language)} for doubt in shown],
            "rest": self.words["doubts"]["rest"].format(ids=", ".join(rest)) if rest else None,
            "weak": weak,
        }

    def _cited(self) -> set[str]:
        """The sources of what the memo tells; not of what only may come to hold."""
        told = self.assessment
        parts: list[Any] = [finding for finding in told.findings if finding.holds == "yes"]
        parts += [element for regime in told.regimes for element in regime.elements]
        parts += [*told.value.methods, told.limit, *self.duties, *told.precedents, *told.notices]
        parts += [route for route in told.routes if route.open != "no"]
        parts += [deadline for deadline in told.deadlines if deadline.applies == "yes" or deadline.ends]
        parts += [told.exposure.fee, told.exposure.ineffectiveness, told.exposure.damages]
        return {citation.source for part in parts for citation in part.citations}

    def _sources(self) -> list[dict[str, Any]]:
        """The sources by how they were read."""
        groups = []
        cited = self._cited()
        shown = [source for source in self.assessment.sources if source.id in cited]
        for certainty, name in self.words["certainty"].items():
            rows = [self._source(source) for source in shown if source.certainty == certainty]
            if rows:
                groups.append({"title": name, "rows": rows})
        return groups

    def _source(self, source: SourceShown) -> dict[str, Any]:
        """A source in a line: what its title already says of cite and issuer is not said again."""
        cite, title, issuer = (text.get(self.language) for text in (source.cite, source.title, source.issuer))
        by = [] if issuer.lower() in title.lower() else [issuer]
        told = [*by, *([self.formats.date(source.date)] if source.date else [])]
        return {
            "cite": cite,
            "title": title[len(cite) :].lstrip(" ,") if title.lower().startswith(cite.lower()) else title,
            "issued": ", ".join(told),
            "url": source.url,
            "read": source.read.get(self.language),
        }

    def _about(self) -> dict[str, Any]:
        assessment, words = self.assessment, self.words["about"]
        versions = assessment.versions
        return {
            "lead": words["lead"],
            "regimes": [
                {
                    "title": words["regime"].format(name=regime.name.get(self.language)),
                    "levels": self._levels(regime),
                    "overrides": [
                        words["override"].format(
                            because=override.because.get(self.language),
                            from_class=self._class(override.from_class).lower(),
                            to_class=self._class(override.to_class).lower(),
                        )
                        for override in regime.overrides
                    ],
                    "result": self._table_class(regime),
                }
                for regime in (self.first,)
            ],
            "version": words["version"].format(
                program=versions.program,
                engine=versions.engine,
                knowledge=versions.knowledge,
                digest=versions.digest,
                law_state=self.formats.date(versions.law_state),
            ),
        }

    def _table_class(self, regime: RegimeResult) -> str:
        """What the table gave, before any exception from it."""
        klass = regime.overrides[0].from_class if regime.overrides else regime.klass
        return str(self.words["about"]["result"]).format(klass=self._class(klass).lower())

    def _levels(self, regime: RegimeResult) -> list[dict[str, str]]:
        words = self.words["about"]
        return [self._level(words["likelihood"], regime.likelihood), self._level(words["consequence"], regime.consequence)]

    def _level(self, name: str, level: Level) -> dict[str, str]:
        words = self.words["about"]
        others = [str(number) for number in level.possible if number != level.level]
        form = "scale_possible" if others else "scale"
        return {
            "name": name,
            "level": words[form].format(level=level.level, possible=self.formats.listed(map(str, level.possible), "or")),
            "means": level.means.get(self.language),
            "because": level.because.get(self.language) if level.because else "",
        }


def _several(outcome: str | tuple[str, ...]) -> tuple[str, ...]:
    return (outcome,) if isinstance(outcome, str) else outcome


def _topic(question: str) -> str:
    """What a question concerns, by its id or the first part of it; the last topic takes what is not listed."""
    topics = layout()["topics"]
    for key in (question, question.partition(".")[0]):
        for topic, names in topics.items():
            if key in names:
                return str(topic)
    return str(list(topics)[-1])
