"""The proof of an assessment as indented text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assessor.assessment.exposure import WORDS as TRUTHS
from assessor.assessment.exposure import money
from assessor.assessment.models import Assessment, Band, Citation, ElementResult, Finding, Premise, RegimeResult
from assessor.assessment.reading import Reading
from assessor.case import Case
from assessor.cli.conditions import Conditions
from assessor.cli.layout import hanging
from assessor.cli.tables import readers
from assessor.knowledge import KnowledgeBase
from assessor.knowledge.models import Quantity, Rule, Test
from assessor.memo.amounts import ceiling_told
from assessor.memo.formats import Formats, lowered
from assessor.problems import Problem, nearest
from assessor.quantities.formula import compile_formula

_WORDS = {
    "sv": {
        "class": "Klass",
        "because": "därför att",
        "may": "kan gälla när detta är känt",
        "holds": "gäller",
        "certainty": "säkerhet",
        "band": "spann {best} till {worst}",
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
        "silent": "gäller inte här",
        "would": "skulle gälla därför att",
        "needs": "förutsätter",
        "unread": "vad lagen sade då är inte inlagt",
        "out_of_force": "bygger på en norm som inte gäller under den lag som ärendet prövas mot",
        "answer": "svar",
        "read_by": "läses av det som gäller eller kan gälla",
        "read_also": "läses också av",
        "read_by_none": "läses inte av något som gäller eller kan gälla här",
        "none_leads": "ingen regel som leder hit gäller här",
        "held_against": "hålls mot",
        "at_least": "gräns, lägst: {n}",
        "computed": "räknas ut så här",
        "each": "av dessa gäller den första vars villkor är uppfyllt",
        "highest": "det högsta av dessa",
        "no_norm": "förekommer inte i den lag som ärendet prövas mot",
    },
    "en": {
        "class": "Class",
        "because": "because",
        "may": "may hold once this is known",
        "holds": "holds",
        "certainty": "certainty",
        "band": "span {best} to {worst}",
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
        "silent": "does not hold here",
        "would": "would hold because",
        "needs": "takes",
        "unread": "what the law said then is not entered",
        "out_of_force": "rests on a norm that is not in force under the law the case is tried by",
        "answer": "answer",
        "read_by": "read by what holds or may hold",
        "read_also": "also read by",
        "read_by_none": "read by nothing that holds or may hold here",
        "none_leads": "no rule that leads here holds here",
        "held_against": "held against",
        "at_least": "limit, at least: {n}",
        "computed": "computed like this",
        "each": "the first of these whose condition holds",
        "highest": "the highest of these",
        "no_norm": "does not occur in the law the case is tried by",
    },
}


def proof(
    assessment: Assessment,
    about: str | None,
    language: str,
    case: Case,
    knowledge: KnowledgeBase,
    readings: Mapping[str, Reading] | None = None,
) -> str:
    """The proof of the result, of one regime, element, finding, test, amount; or why a rule is silent, what reads a question.

    Args:
        assessment: the assessment.
        about: what to prove; None = the whole.
        language: of what is written.
        case, knowledge: what was assessed, by what.
        readings: the open reading of each regime, where amounts and tests are found.

    Raises:
        Problem: there is nothing of that name.
    """
    writer = _Writer(assessment, language, case, knowledge, readings or {})
    if about is None:
        return writer.whole()
    for regime in assessment.regimes:
        if regime.id == about:
            return "\n".join(writer.regime(regime))
        for element in regime.elements:
            if element.id == about:
                return "\n".join(writer.element(element))
    found = [finding for finding in assessment.findings if about in (finding.id, finding.conclusion)]
    if found:
        return "\n".join(line for finding in found for line in writer.finding(finding))
    if about in knowledge.rules:
        return "\n".join(writer.silent(knowledge.rules[about]))
    if about in knowledge.questions:
        return "\n".join(writer.question(about))
    for issue in knowledge.issues.values():
        for lines in (
            *(writer.test(test) for test in issue.tests if test.id == about),
            *(writer.quantity(quantity) for quantity in issue.quantities if quantity.id == about),
        ):
            return "\n".join(lines)
    leading = [rule for rule in knowledge.rules.values() if about in (rule.factor, rule.concludes, rule.element)]
    if leading:
        return "\n".join(writer.unreached(about, leading))
    known = [*(regime.id for regime in assessment.regimes), *knowledge.rules, *knowledge.questions]
    known += [*knowledge.factors, *knowledge.conclusions, *knowledge.elements]
    known += [test.id for issue in knowledge.issues.values() for test in issue.tests]
    known += [quantity.id for issue in knowledge.issues.values() for quantity in issue.quantities]
    raise Problem("unknown-id", key=about, hint=nearest(about, known))


class _Writer:
    def __init__(
        self, assessment: Assessment, language: str, case: Case, knowledge: KnowledgeBase, readings: Mapping[str, Reading]
    ) -> None:
        self.assessment = assessment
        self.readings = readings
        self.language = language
        self.knowledge = knowledge
        self.words = _WORDS[language]
        self.formats = Formats(language)
        self.conditions = Conditions(assessment, case, knowledge, language)

    def whole(self) -> str:
        closed = str(self.formats.words["terminal"]["band_closed"])
        lines = hanging(self.klass(self.assessment.klass, self.assessment.band, closed), 0)
        for regime in self.assessment.regimes:
            lines += ["", *self.regime(regime)]
        return "\n".join(lines)

    def klass(self, klass: str, band: Band, closed: str) -> str:
        """A class with its band; a band of one class in the words for that."""
        best, worst = (self.formats.class_name(end).lower() for end in (band.best, band.worst))
        told = closed if best == worst else f"({self.words['band'].format(best=best, worst=worst)})"
        return f"{self.words['class']}: {self.formats.class_name(klass).lower()} {told}"

    def regime(self, regime: RegimeResult) -> list[str]:
        words = self.words
        outcome = " / ".join(name.get(self.language) for name in regime.outcome_name)
        lines = hanging(f"{regime.name.get(self.language)} [{regime.id}]: {outcome}", 0)
        closed = f"({self.formats.words['summary']['regime_band_closed']})"
        lines += hanging(self.klass(regime.klass, regime.band, closed), 2)
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
        state = lowered(element.status_name.get(self.language))
        others = [lowered(name.get(self.language)) for name in element.possible_names if name != element.status_name]
        if others:
            state += " " + str(self.formats.words["terminal"]["possible"]).format(names=self.formats.listed(others, "or"))
        lines = hanging(f"{element.name.get(self.language)} [{element.id}] – {state}", 0)
        lines += hanging(element.asks.get(self.language), 2)
        lines += self.citations(element.citations, 2)
        for finding in self.assessment.facts_of(element.findings):
            lines += self.finding(finding, 2)
        return lines

    def finding(self, finding: Finding, indent: int = 0) -> list[str]:
        words = self.words
        lines = self.head(finding, indent)
        lines += hanging(f"{words['because']}: {finding.because.get(self.language)}", indent + 2)
        for premise in finding.premises:
            lines += self.premise(premise, indent + 4)
        for waits in finding.waits_for:
            lines += hanging(f"? {self.conditions.name(waits)} [{waits}]", indent + 4)
        if any(self.knowledge.unread(finding.norm, day) for day in self.days(finding.regime)):
            lines += hanging(f"? {finding.norm_name.get(self.language)} [{finding.norm}]: {words['unread']}", indent + 4)
        lines += self.citations(finding.citations, indent + 2)
        read = self.formats.words["certainty"][finding.certainty]
        lines += hanging(f"{words['certainty']}: {finding.certainty}, {read}", indent + 2)
        return lines

    def head(self, finding: Finding, indent: int) -> list[str]:
        """What a finding concludes, and whether it holds."""
        side = f", {self.words[finding.side]}" if finding.side else ""
        state = self.words["holds"] if finding.holds == "yes" else self.words["may"]
        name = finding.conclusion_name.get(self.language)
        return hanging(f"• {finding.id} → {finding.conclusion} {name} ({state}{side})", indent)

    def silent(self, rule: Rule, indent: int = 0) -> list[str]:
        """A rule that neither holds nor may hold: what it would conclude, and what it takes."""
        words, target = self.words, str(rule.factor or rule.concludes or rule.element)
        lines = hanging(f"• {rule.id} → {target} {self.conditions.name(target)} ({words['silent']})", indent)
        lines += hanging(f"{words['would']}: {rule.because.get(self.language)}", indent + 2)
        if not self.in_force(rule):
            norm = self.knowledge.norms[rule.norm].name.get(self.language)
            return lines + hanging(f"{words['out_of_force']}: {norm} [{rule.norm}]", indent + 2)
        documented = f", {self.conditions.words['documented']}" if rule.documented else ""
        lines += hanging(f"{words['needs']}{documented}:", indent + 2)
        return [*lines, *self.conditions.told(rule.when, indent + 4)]

    def in_force(self, rule: Rule) -> bool:
        """Whether the law that decides has the rule's norm."""
        days = self.days(self.knowledge.issue_of[rule.id].regime)
        return any(self.knowledge.in_force(rule.norm, day) or self.knowledge.unread(rule.norm, day) for day in days)

    def days(self, regime: str) -> list[date]:
        """The first days of the law that decides in a regime."""
        return [law.governed_from for law in self.assessment.laws if law.regime == regime and law.decides]

    def question(self, question: str) -> list[str]:
        """A question: the answer here, the findings that read it, and the rules that do without holding."""
        words = self.words
        lines = hanging(f"{self.conditions.name(question)} [{question}]", 0)
        lines += hanging(f"{words['answer']}: {self.conditions.answer(question)}", 2)
        findings = self.assessment.findings
        reading = [
            each for each in findings if question in each.waits_for or any(premise.about == question for premise in each.premises)
        ]
        lines += hanging(f"{words['read_by' if reading else 'read_by_none']}{':' if reading else '.'}", 2)
        lines += [line for finding in reading for line in self.head(finding, 4)]
        told = {finding.id for finding in reading}
        others = [
            row[0] for rows in readers(self.knowledge, question, self.language).values() for row in rows if row[0] not in told
        ]
        return lines + (hanging(f"{words['read_also']}: {', '.join(others)}", 2) if others else [])

    def unreached(self, about: str, leading: list[Rule]) -> list[str]:
        """Something known that no rule leads to here."""
        lines = hanging(f"{self.conditions.name(about)} [{about}]: {self.words['none_leads']}.", 0)
        return lines + [line for rule in leading for line in ("", *self.silent(rule))]

    def test(self, test: Test) -> list[str]:
        """A test: whether it holds, the amount it is about, what that is held against, and the findings that rest on it."""
        words, regime = self.words, self.knowledge.issue_of[test.id].regime
        lines = hanging(f"{test.name.get(self.language)} [{test.id}]: {self.truth(regime, test.id)}", 0)
        for name in (test.quantity, test.within):
            if name is not None:
                lines += hanging(f"{words['held_against']}:", 2) if name == test.within else []
                lines += self.amount(name, 4)
        if test.at_least is not None:
            lines += hanging(words["at_least"].format(n=self.formats.number(test.at_least)), 2)
        if test.prevails is not None:
            lines += hanging(f"{self.conditions.name(test.prevails.records)} [{test.prevails.records}]", 4)
        for shown in (each for found in self.assessment.regimes for each in found.ceilings if each.test == test.id):
            for row in ceiling_told(shown, self.formats)["rows"]:
                lines += hanging(f"– {row['name']}: {row['amount']}", 4)
        return lines + self.read_by(test.id)

    def quantity(self, quantity: Quantity) -> list[str]:
        """An amount: what it comes to, how it is computed and of what."""
        words = self.words
        lines = self.amount(quantity.id, 0)
        if quantity.because:
            lines += hanging(quantity.because.get(self.language), 2)
        formulas = [quantity.formula] if quantity.formula else [choice.take for choice in quantity.choose]
        how = "highest" if quantity.highest else "each" if quantity.choose else "computed"
        lines += hanging(f"{words[how]}:", 2)
        for formula in formulas:
            lines += hanging(str(formula), 4)
        compiled = [compile_formula(str(formula)) for formula in formulas]
        parts = [*(name for each in compiled for name in each.names), *(name for each in compiled for name, _ in each.records)]
        for name in dict.fromkeys([*parts, *quantity.highest]):
            lines += self.amount(name, 4)
        return lines + self.read_by(quantity.id)

    def amount(self, name: str, indent: int) -> list[str]:
        """An amount on a line: a question with its answer, or a quantity with what it comes to."""
        if name in self.knowledge.questions:
            return hanging(f"– {self.conditions.name(name)} {self.conditions.answer(name)} [{name}]", indent)
        quantity = next(each for issue in self.knowledge.issues.values() for each in issue.quantities if each.id == name)
        reading = self.readings.get(self.knowledge.issue_of[name].regime)
        if reading is not None and name not in reading.amounts:
            told = self.words["no_norm"]
        else:
            found = money(reading.amounts[name]) if reading is not None else None
            told = self.formats.money(found, exact=True) if quantity.unit == "SEK" else self.formats.number_of(found, "{n}")
        return hanging(f"– {quantity.name.get(self.language)} [{name}]: {told}", indent)

    def truth(self, regime: str, atom: str) -> str:
        """Whether something holds in the open reading, in a word."""
        reading = self.readings.get(regime)
        found = "unknown" if reading is None else TRUTHS[reading.truth(atom)]
        return str(self.formats.words["truth"][found])

    def read_by(self, about: str) -> list[str]:
        """The findings that rest on something, and those that wait for it."""
        words = self.words
        reading = [
            each
            for each in self.assessment.findings
            if about in each.waits_for or any(premise.about == about for premise in each.premises)
        ]
        lines = hanging(f"{words['read_by']}:", 2) if reading else []
        return lines + [line for finding in reading for line in self.head(finding, 4)]

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
        return [line for citation in citations for line in hanging(f"§ {self.place(citation)} ({self.marks(citation)})", indent)]

    def place(self, citation: Citation) -> str:
        return f"{citation.cite.get(self.language)} {self.formats.pinpoint(citation.at)}"

    def marks(self, citation: Citation) -> str:
        """The rank, the time in force, and the certainty of a citation."""
        period = f"{citation.valid_from}–{citation.valid_to or ''}" if citation.valid_from else ""
        rank = lowered(str(self.formats.words["ranks"][citation.rank]))
        return ", ".join(part for part in (rank, period, citation.certainty) if part)
