"""The proof of an assessment as indented text."""

from __future__ import annotations

from assessor.assessment.models import Assessment, Citation, ElementResult, Finding, Premise, RegimeResult
from assessor.cli.layout import hanging
from assessor.problems import Problem, nearest

_WORDS = {
    "sv": {
        "class": "Klass",
        "band": "spann",
        "because": "därför att",
        "may": "kan gälla när detta är känt",
        "holds": "gäller",
        "certainty": "säkerhet",
        "status": "status",
        "possible": "möjliga",
        "evidence": "underlag",
        "documented": "belagt",
        "stated": "uppgivet",
        "assumed": "antaget",
        "derived": "härlett",
        "for": "för",
        "against": "mot",
        "denied": "motbevisat",
        "neutral": "utan tyngd",
        "likelihood": "Sannolikhet",
        "consequence": "Konsekvens",
    },
    "en": {
        "class": "Class",
        "band": "band",
        "because": "because",
        "may": "may hold once this is known",
        "holds": "holds",
        "certainty": "certainty",
        "status": "status",
        "possible": "possible",
        "evidence": "evidence",
        "documented": "documented",
        "stated": "stated",
        "assumed": "assumed",
        "derived": "derived",
        "for": "for",
        "against": "against",
        "denied": "disproved",
        "neutral": "without weight",
        "likelihood": "Likelihood",
        "consequence": "Consequence",
    },
}


def proof(assessment: Assessment, about: str | None, language: str) -> str:
    """The proof of the result, of one regime, one element, or one finding.

    Raises:
        Problem: there is no such regime, element or finding.
    """
    writer = _Writer(assessment, language)
    if about is None:
        return writer.whole()
    for regime in assessment.regimes:
        if regime.id == about:
            return "\n".join(writer.regime(regime))
        for element in regime.elements:
            if element.id == about:
                return "\n".join(writer.element(element))
    for finding in assessment.findings:
        if finding.id == about or finding.conclusion == about:
            return "\n".join(
                line for each in assessment.findings if about in (each.id, each.conclusion) for line in writer.finding(each)
            )
    known = (
        [r.id for r in assessment.regimes]
        + [f.id for f in assessment.findings]
        + [e.id for r in assessment.regimes for e in r.elements]
    )
    raise Problem("unknown-id", key=about, hint=nearest(about, known))


class _Writer:
    def __init__(self, assessment: Assessment, language: str) -> None:
        self.assessment = assessment
        self.language = language
        self.words = _WORDS[language]

    def whole(self) -> str:
        words, band = self.words, self.assessment.band
        lines = [f"{words['class']}: {self.assessment.klass} ({words['band']}: {band.best} – {band.worst})"]
        for regime in self.assessment.regimes:
            lines += ["", *self.regime(regime)]
        return "\n".join(lines)

    def regime(self, regime: RegimeResult) -> list[str]:
        words, band = self.words, regime.band
        outcome = " / ".join(name.get(self.language) for name in regime.outcome_name)
        lines = hanging(f"{regime.name.get(self.language)} [{regime.id}]: {outcome}", 0)
        lines += hanging(f"{words['class']}: {regime.klass} ({words['band']}: {band.best} – {band.worst})", 2)
        for name, level in (("likelihood", regime.likelihood), ("consequence", regime.consequence)):
            why = level.because.get(self.language) if level.because else level.means.get(self.language)
            lines += hanging(f"{words[name]} {level.level}: {why}", 2)
        for override in regime.overrides:
            lines += hanging(f"{override.id}: {override.because.get(self.language)}", 2)
        for element in regime.elements:
            lines += ["", *self.element(element)]
        placed = {finding for element in regime.elements for finding in element.findings}
        for finding in self.assessment.findings:
            if finding.regime == regime.id and finding.id not in placed:
                lines += ["", *self.finding(finding)]
        return lines

    def element(self, element: ElementResult) -> list[str]:
        words = self.words
        possible = ", ".join(element.possible)
        state = f"{words['status']}: {element.status} ({words['possible']}: {possible})"
        lines = hanging(f"{element.name.get(self.language)} [{element.id}] – {state}", 0)
        lines += hanging(element.asks.get(self.language), 2)
        lines += self.citations(element.citations, 2)
        for finding in self.assessment.facts_of(element.findings):
            lines += self.finding(finding, 2)
        return lines

    def finding(self, finding: Finding, indent: int = 0) -> list[str]:
        words = self.words
        side = f", {words[finding.side]}" if finding.side else ""
        state = words["holds"] if finding.holds == "yes" else words["may"]
        name = finding.conclusion_name.get(self.language)
        lines = hanging(f"• {finding.id} → {finding.conclusion} {name} ({state}{side})", indent)
        lines += hanging(f"{words['because']}: {finding.because.get(self.language)}", indent + 2)
        for premise in finding.premises:
            lines += self.premise(premise, indent + 4)
        for waits in finding.waits_for:
            lines += hanging(f"? {waits}", indent + 4)
        lines += self.citations(finding.citations, indent + 2)
        lines += hanging(f"{words['certainty']}: {finding.certainty}", indent + 2)
        return lines

    def premise(self, premise: Premise, indent: int) -> list[str]:
        words = self.words
        text = (
            f"– {premise.text.get(self.language)} {premise.answer.get(self.language)} [{premise.about}, {words[premise.support]}]"
        )
        lines = hanging(text, indent)
        for evidence in premise.evidence:
            parts = [evidence.title, evidence.at, f"”{evidence.quote}”" if evidence.quote else None, evidence.by]
            lines += hanging(f"{words['evidence']}: " + ", ".join(part for part in parts if part), indent + 2)
        return lines

    def citations(self, citations: tuple[Citation, ...], indent: int) -> list[str]:
        return [
            line
            for citation in citations
            for line in hanging(f"§ {citation.cite.get(self.language)} {citation.at} ({self.marks(citation)})", indent)
        ]

    def marks(self, citation: Citation) -> str:
        """The rank, the time in force, and the certainty of a citation."""
        period = f"{citation.valid_from}–{citation.valid_to or ''}" if citation.valid_from else ""
        return ", ".join(part for part in (citation.rank, period, citation.certainty) if part)
