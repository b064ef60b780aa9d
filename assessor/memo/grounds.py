"""What a conclusion rests on: the facts and documents, and the reasons element by element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessor.assessment.models import Assessment, ElementResult, EvidenceShown, Finding, Premise
from assessor.memo.formats import Formats
from assessor.memo.wording import layout


def title(finding: Finding, formats: Formats) -> str:
    """What a finding is called: its conclusion, and for a denial that it is one."""
    name = finding.conclusion_name.get(formats.language)
    return str(formats.words["test"]["denial"]).format(name=name) if finding.kind == "denial" else name


class Facts:
    """The facts that findings rest on, numbered as they first appear, and the documents they come from.

    Attributes:
        groups: the facts under the issue that first uses them: ``title`` and ``facts``.
        documents: number, title and address of each document.
    """

    def __init__(self, findings: Iterable[Finding], formats: Formats) -> None:
        self.formats = formats
        self.groups: list[dict[str, Any]] = []
        self.documents: dict[str, dict[str, Any]] = {}
        self._facts: dict[str, dict[str, Any]] = {}
        for finding in findings:
            for premise in finding.premises:
                if premise.support != "derived" and premise.about not in self._facts:
                    self._add(premise, finding)

    def _add(self, premise: Premise, finding: Finding) -> None:
        language, words = self.formats.language, self.formats.words
        title = finding.issue_title.get(language)
        if not self.groups or self.groups[-1]["title"] != title:
            known = [group for group in self.groups if group["title"] == title]
            if not known:
                self.groups.append({"title": title, "facts": []})
        group = next(group for group in self.groups if group["title"] == title)
        fact = {
            "number": 0,
            "about": premise.about,
            "question": premise.text.get(language),
            "answer": self.formats.answer(premise.answer.get(language)),
            "support": words["support"][premise.support],
            "documented": premise.support == "documented",
            "evidence": [self._reference(shown) for shown in premise.evidence],
        }
        self._facts[premise.about] = fact
        group["facts"].append(fact)
        for number, entry in enumerate((fact for group in self.groups for fact in group["facts"]), start=1):
            entry["number"] = number

    def _reference(self, shown: EvidenceShown) -> dict[str, Any]:
        document = self.documents.setdefault(
            shown.title, {"number": len(self.documents) + 1, "title": shown.title, "url": shown.url}
        )
        noted = self.formats.words["facts"]["noted_by"].format(by=shown.by) if shown.by else None
        at = self.formats.pinpoint(shown.at) if shown.at else None
        quote = self.formats.quoted(shown.quote) if shown.quote else None
        return {"document": document["number"], "at": at, "quote": quote, "by": noted}

    def of(self, premise: Premise) -> dict[str, Any] | None:
        """The numbered fact of a premise; None where it follows from something else."""
        return None if premise.support == "derived" else self._facts[premise.about]


def arguments(findings: Iterable[Finding], facts: Facts, told: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Findings as the memo argues them: one entry a conclusion, with every reason for it.

    Args:
        findings: findings that hold.
        facts: the numbered facts.
        told: authorities already named above, not to be repeated.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.conclusion, []).append(finding)
    return [_argument(group, facts, set(told)) for group in found.values()]


def _argument(group: list[Finding], facts: Facts, told: set[str]) -> dict[str, Any]:
    formats = facts.formats
    language, words = formats.language, formats.words
    first = group[0]
    weight = first.weight if first.kind == "factor" else None
    rests: dict[str, dict[str, Any]] = {}
    follows: dict[str, None] = {}
    reasons = []
    for finding in group:
        numbers = []
        for premise in finding.premises:
            fact = facts.of(premise)
            if fact:
                rests[premise.about] = fact
                numbers.append(str(fact["number"]))
            else:
                follows[f"{premise.text.get(language)} ({premise.answer.get(language)})"] = None
        shown = words["test"]["rests_on"].format(numbers=formats.listed(numbers)) if numbers else None
        reasons.append({"because": finding.because.get(language), "rests_on": shown})
    cited = dict.fromkeys(name for finding in group for name in formats.citations(finding.citations))
    return {
        "title": title(first, formats),
        "weight": words["test"]["weights"].get(weight),
        "argued": weight != "none",
        "reasons": reasons,
        "facts": sorted(rests.values(), key=lambda fact: int(fact["number"])),
        "follows": list(follows),
        "authorities": [name for name in cited if name not in told],
    }


def legal_test(assessment: Assessment, elements: tuple[ElementResult, ...], facts: Facts) -> dict[str, Any]:
    """The contract test: what comes before the elements, each element, and what comes after.

    Args:
        assessment: whose findings are told.
        elements: the elements of the regime.
        facts: the numbered facts.
    """
    told = [finding for finding in assessment.findings if finding.step in layout()["steps"]["test"]]
    names = {element.id for element in elements}
    used = {identity for element in elements for identity in element.findings}
    own = [finding for finding in told if finding.id in used or finding.issue in names or finding.element in names]
    first = told.index(own[0]) if own else len(told)
    others = [finding for finding in told if finding not in own]
    return {
        "elements": [_element(element, own, facts) for element in elements],
        "before": _issues((finding for finding in others if told.index(finding) < first), facts),
        "after": _issues((finding for finding in others if told.index(finding) > first), facts),
    }


def other_grounds(assessment: Assessment, facts: Facts) -> list[dict[str, Any]]:
    """The findings on notice, limit and other grounds, by issue."""
    steps = layout()["steps"]["grounds"]
    return _issues((finding for finding in assessment.findings if finding.step in steps), facts)


def _element(element: ElementResult, own: list[Finding], facts: Facts) -> dict[str, Any]:
    formats = facts.formats
    language, words = formats.language, formats.words
    mine = [f for f in own if f.id in element.findings or (f.element or f.issue) == element.id]
    others = [status for status in element.possible if status != element.status]
    return {
        "id": element.id,
        "name": element.name.get(language),
        "asks": element.asks.get(language),
        "status": element.status,
        "status_name": words["status"][element.status],
        "possible": [words["status"][status] for status in element.possible] if others else [],
        "certainty": words["certainty"][element.certainty],
        "authorities": formats.citations(element.citations),
        "rails": _rails(mine, facts, formats.citations(element.citations)),
        "pending": _pending(mine, formats),
    }


def _issues(findings: Iterable[Finding], facts: Facts) -> list[dict[str, Any]]:
    language = facts.formats.language
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.issue, []).append(finding)
    issues = [
        {
            "title": group[0].issue_title.get(language),
            "arguments": arguments((finding for finding in group if finding.holds == "yes"), facts),
            "pending": _pending(group, facts.formats),
        }
        for group in found.values()
    ]
    return [issue for issue in issues if issue["arguments"] or issue["pending"]]


def _rails(findings: list[Finding], facts: Facts, told: list[str]) -> list[dict[str, Any]]:
    words = facts.formats.words["test"]
    rails = []
    for side in (*layout()["rails"], "neutral"):
        holding = [f for f in findings if f.holds == "yes" and (f.side or "neutral") == side]
        if holding:
            rails.append({"side": side, "title": words[side], "arguments": arguments(holding, facts, told)})
    return rails


def _pending(findings: Iterable[Finding], formats: Formats) -> list[str]:
    """What may come to hold, each conclusion once, unless it already holds."""
    language, words = formats.language, formats.words["test"]
    holding = {(f.conclusion, f.side) for f in findings if f.holds == "yes"}
    shown = []
    for finding in findings:
        if finding.holds == "unknown" and (finding.conclusion, finding.side) not in holding:
            form = words.get(f"pending_{finding.side}", "{name}")
            shown.append(form.format(name=finding.conclusion_name.get(language)))
    return list(dict.fromkeys(shown))
