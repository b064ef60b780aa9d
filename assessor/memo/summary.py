"""The summary: the result in a few lines, what it rests on, what is open today, what to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessor.assessment.models import Assessment, DeadlineResult
from assessor.memo.charts import class_gauge
from assessor.memo.formats import Formats, lowered, sentence
from assessor.memo.grounds import title
from assessor.memo.regimes import outcome_told, row_told, tested
from assessor.memo.wording import layout


def summed(
    assessment: Assessment,
    formats: Formats,
    comparison: dict[str, Any] | None,
    firm: dict[str, Any] | None,
    numbers: Mapping[str, int],
) -> dict[str, Any]:
    """The summary of an assessment.

    Args:
        assessment: the assessment.
        formats: the language.
        comparison: the benchmark beside the case, as the memo tells it.
        firm: how firm the class is, as the memo tells it.
        numbers: of the sections, by id.
    """
    return _Summary(assessment, formats, comparison, firm, numbers).told()


class _Summary:
    def __init__(
        self,
        assessment: Assessment,
        formats: Formats,
        comparison: dict[str, Any] | None,
        firm: dict[str, Any] | None,
        numbers: Mapping[str, int],
    ) -> None:
        self.assessment = assessment
        self.formats = formats
        self.language = formats.language
        self.words = formats.words
        self.first = assessment.regimes[0]
        self.comparison = comparison
        self.firm = firm
        self.numbers = numbers

    def told(self) -> dict[str, Any]:
        assessment, words, named = self.assessment, self.words["summary"], self.formats.class_name
        band = assessment.band
        best, worst = named(band.best).lower(), named(band.worst).lower()
        closed = band.best == band.worst
        span = words["band"].format(best=best, worst=worst)
        first, regimes = layout()["first_questions"], assessment.regimes
        return {
            "class_id": assessment.klass,
            "class_name": named(assessment.klass),
            "band": self.firm["band"] if self.firm and not closed else words["band_closed"] if closed else span,
            "best": best,
            "worst": worst,
            "closed": closed,
            "gauge": class_gauge(assessment.klass, band, self.formats),
            "outcome": outcome_told(self.first, self.formats, first=True),
            "test": tested(self.first, self.formats),
            "regimes": [row_told(regime, self.formats) for regime in regimes] if len(regimes) > 1 else [],
            "scope": self._scope(),
            "draft": self._draft(self.numbers),
            "draft_plain": self._draft(None),
            "rests": self._rests(),
            "blocking": self.formats.texts(assessment.blocking),
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
            "ask": self._asked()[:first],
        }

    def _asked(self) -> list[str]:
        """The questions to answer first: those that narrow most, where that was searched for."""
        if self.firm and self.firm["next"]:
            return [row["question"] for row in self.firm["next"]]
        return [entry.text.get(self.language) for entry in self.assessment.unknown if entry.decides]

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
            regime=lowered(regime.name.get(self.language)), because=" ".join(self.formats.texts(reasons))
        )

    def _scope(self) -> str:
        words, scope = self.words["summary"], self.assessment.scope
        names = self.words["regimes"]
        assessed = "; ".join(names.get(name, name) for name in scope.assessed)
        if not scope.not_assessed:
            return str(words["scope_all"])
        missing = "; ".join(names.get(name, name) for name in scope.not_assessed)
        return str(words["scope"]).format(assessed=assessed, not_assessed=missing)

    def _draft(self, numbers: Mapping[str, int] | None) -> str | None:
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
        others = {d.closes for d in self.assessment.deadlines if d.applies != "no" and d.open != "no"} - {*windows, "duty"}
        elsewhere = [name.lower() for closes, name in self.words["closes"].items() if closes in others]
        if elsewhere:
            told.append(words["today_elsewhere"].format(names=self.formats.listed(elsewhere)))
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
