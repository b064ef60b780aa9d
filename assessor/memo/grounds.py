"""What a conclusion rests on: the facts and documents, and the reasons element by element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessor.assessment.models import Assessment, Citation, ElementResult, Finding, Premise, RegimeResult
from assessor.case.models import Reference
from assessor.memo.formats import Formats, lowered, sentence
from assessor.memo.wording import layout


def title(finding: Finding, formats: Formats) -> str:
    """What a finding is called: its conclusion, and for a denial that it is one."""
    name = finding.conclusion_name.get(formats.language)
    return str(formats.words["test"]["denial"]).format(name=name) if finding.kind == "denial" else name


class Facts:
    """The facts that findings rest on, numbered as they first appear, and the documents they come from.

    Attributes:
        groups: the facts under the issue that first uses them: ``title`` and ``facts``.
        documents: number, title and address of each document, by its id in the case.
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
        for number, fact in enumerate((fact for group in self.groups for fact in group["facts"]), start=1):
            fact["number"] = number

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

    def _reference(self, shown: Reference) -> dict[str, Any]:
        document = self.documents.setdefault(
            shown.document, {"number": len(self.documents) + 1, "title": shown.title, "url": shown.url}
        )
        noted = self.formats.words["facts"]["noted_by"].format(by=shown.by) if shown.by else None
        at = self.formats.pinpoint(shown.at) if shown.at else None
        quote = self.formats.quoted(shown.quote) if shown.quote else None
        return {"document": document["number"], "at": at, "quote": quote, "by": noted}

    def of(self, premise: Premise) -> dict[str, Any] | None:
        """The numbered fact of a premise; None where it follows from something else."""
        return None if premise.support == "derived" else self._facts[premise.about]


def arguments(findings: Iterable[Finding], facts: Facts, told: Iterable[Citation] = ()) -> dict[str, Any]:
    """Findings as the memo argues them: one entry a conclusion, with every reason for it.

    Args:
        findings: findings that hold.
        facts: the numbered facts.
        told: citations already made above, not to be repeated.

    Returns:
        ``entries``; ``weighed``, false where no entry has weight; then ``authorities`` of them all, so that each need not
        name its own.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.conclusion, []).append(finding)
    above = {(citation.source, citation.at) for citation in told}
    cited = {
        name: [c for finding in group for c in finding.citations if (c.source, c.at) not in above]
        for name, group in found.items()
    }
    together = all(finding.weight == "none" for group in found.values() for finding in group)
    pooled = facts.formats.citations(c for name in cited for c in cited[name]) if together else ""
    return {
        "entries": [_argument(group, facts, [] if together else cited[name]) for name, group in found.items()],
        "authorities": pooled,
        "weighed": not together,
    }


def _argument(group: list[Finding], facts: Facts, cited: list[Citation]) -> dict[str, Any]:
    words = facts.formats.words["test"]
    first = group[0]
    return {
        "title": title(first, facts.formats),
        "weight": words["weights"].get(first.weight) if first.kind == "factor" and first.weight != "none" else None,
        "reasons": [
            {"because": finding.because.get(facts.formats.language), "rests_on": _rests_on(finding, facts)} for finding in group
        ],
        "authorities": facts.formats.citations(cited),
    }


def _rests_on(finding: Finding, facts: Facts) -> str | None:
    """The numbers of the facts a finding rests on, and the conclusions it follows from."""
    formats = facts.formats
    language, words = formats.language, formats.words["test"]
    numbers, follows = [], []
    for premise in finding.premises:
        fact = facts.of(premise)
        answer = premise.answer.get(language)
        name = formats.quoted(premise.text.get(language))
        if fact:
            numbers.append(int(fact["number"]))
        else:
            plain = answer == formats.words["truth"]["yes"]
            follows.append(name if plain else words["follows_answer"].format(name=name, answer=answer))
    told = []
    if numbers:
        told.append(words["rests_on"].format(numbers=formats.listed(map(str, sorted(set(numbers))))))
    if follows:
        told.append(words["follows"].format(names=formats.listed(dict.fromkeys(follows))))
    return "; ".join(told) or None


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
    after = _issues((finding for finding in others if told.index(finding) > first), facts)
    waiting = [f"{issue['title']}: {issue['pending']['names']}." for issue in after if not issue["arguments"]["entries"]]
    return {
        "elements": [_element(element, own, facts) for element in elements],
        "before": _issues((finding for finding in others if told.index(finding) < first), facts),
        "after": after,
        "not_shown": " ".join(waiting),
    }


def regime_reasons(assessment: Assessment, regime: RegimeResult, facts: Facts) -> dict[str, Any]:
    """What a regime other than the first turns on: its elements or criteria, what speaks for each, and its other findings."""
    own = [finding for finding in assessment.findings if finding.regime == regime.id]
    used = {identity for element in regime.elements for identity in element.findings}
    issues = _issues((finding for finding in own if finding.id not in used), facts)
    elements = [_element(element, [f for f in own if f.id in element.findings], facts) for element in regime.elements]
    return {
        "elements": elements,
        "criteria": any(element["stances"] for element in elements),
        "issues": [issue for issue in issues if issue["arguments"]["entries"]],
        "not_shown": " ".join(
            f"{issue['title']}: {issue['pending']['names']}." for issue in issues if not issue["arguments"]["entries"]
        ),
    }


def _stances(citations: Iterable[Citation], formats: Formats) -> list[dict[str, Any]]:
    """What bodies that issue guidance say of a criterion: who requires it, who does not."""
    words = formats.words["regimes_section"]["stances"]
    found: dict[str, list[str]] = {}
    for citation in citations:
        if citation.stance is not None:
            found.setdefault(citation.stance, []).append(citation.cite.get(formats.language))
    return [{"stance": words[stance], "bodies": "; ".join(found[stance])} for stance in words if stance in found]


def other_grounds(assessment: Assessment, facts: Facts) -> list[dict[str, Any]]:
    """The findings on notice, limit and other grounds, by issue."""
    steps = layout()["steps"]["grounds"]
    return _issues((finding for finding in assessment.findings if finding.step in steps), facts)


def _element(element: ElementResult, own: list[Finding], facts: Facts) -> dict[str, Any]:
    formats = facts.formats
    language, words = formats.language, formats.words
    mine = [f for f in own if f.id in element.findings or (f.element or f.issue) == element.id]
    pairs = zip(element.possible, element.possible_names, strict=True)
    others = [lowered(name.get(language)) for status, name in pairs if status != element.status]
    return {
        "id": element.id,
        "name": element.name.get(language),
        "asks": element.asks.get(language),
        "status": element.status,
        "status_name": element.status_name.get(language),
        "others": formats.listed(others, "or"),
        "stances": _stances(element.citations, formats),
        "certainty": words["certainty"][element.certainty],
        "authorities": formats.citations(element.citations),
        "rails": _rails(mine, facts, element.citations),
        "pending": _pending(mine, formats),
        "unmoved": _unmoved(element, formats),
    }


def _unmoved(element: ElementResult, formats: Formats) -> str | None:
    """What is documented and does not change where an element stands: the reader must see that it was weighed."""
    words, language = formats.words["test"], formats.language
    told = [
        words["unmoved_each"].format(
            question=formats.quoted(premise.text.get(language)), answer=lowered(formats.answer(premise.answer.get(language)))
        )
        for premise in element.unmoved
    ]
    return str(words["unmoved"]).format(told=". ".join(told)) if told else None


def _issues(findings: Iterable[Finding], facts: Facts) -> list[dict[str, Any]]:
    language = facts.formats.language
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.issue, []).append(finding)
    issues: list[dict[str, Any]] = [
        {
            "title": group[0].issue_title.get(language),
            "arguments": arguments((finding for finding in group if finding.holds == "yes"), facts),
            "pending": _pending(group, facts.formats),
        }
        for group in found.values()
    ]
    return [issue for issue in issues if issue["arguments"]["entries"] or issue["pending"]["told"]]


def _rails(findings: list[Finding], facts: Facts, told: Iterable[Citation]) -> list[dict[str, Any]]:
    words = facts.formats.words["test"]
    rails = []
    for side in (*layout()["rails"], "neutral"):
        holding = [f for f in findings if f.holds == "yes" and (f.side or "neutral") == side]
        if holding:
            rails.append({"side": side, "title": words[side], "arguments": arguments(holding, facts, told)})
    return rails


def _pending(findings: Iterable[Finding], formats: Formats) -> dict[str, str]:
    """What may come to hold, each conclusion once, unless it already holds: ``names``, and ``told`` by where it would point."""
    language, words = formats.language, formats.words["test"]
    findings = list(findings)
    holding = {(f.conclusion, f.side) for f in findings if f.holds == "yes"}
    sides: dict[str, dict[str, None]] = {f"pending_{side}": {} for side in (*layout()["rails"], "neutral", None)}
    for finding in findings:
        if finding.holds == "unknown" and (finding.conclusion, finding.side) not in holding:
            sides[f"pending_{finding.side}"][lowered(finding.conclusion_name.get(language))] = None
    told = [sentence(words.get(side, "{names}").format(names="; ".join(names))) for side, names in sides.items() if names]
    return {"names": "; ".join(name for names in sides.values() for name in names), "told": " ".join(told)}
