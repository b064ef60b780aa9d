"""An assessment as one plain context: every string ready to print, for every form of the memo."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment
from assessor.memo.advising import advised
from assessor.memo.amounts import exposed, limited, valued
from assessor.memo.arguing import argued, countered
from assessor.memo.asking import unknown_told
from assessor.memo.charts import risk_matrix
from assessor.memo.comparing import compared
from assessor.memo.endmatter import about_told, doubts_told, sources_told
from assessor.memo.firm import firmed
from assessor.memo.following import deadlines_told, duties_told, notices_told, routes_told
from assessor.memo.formats import Formats
from assessor.memo.grounds import Facts, other_grounds
from assessor.memo.regimes import first_told, other_told
from assessor.memo.summary import summed
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
            "summary": summed(assessment, formats, self.comparison, self.firm, self.numbers),
            "matter": self._matter(),
            "facts": self._facts(),
            "first": first_told(assessment, formats, self.facts),
            "others": [other_told(assessment, formats, regime, self.facts) for regime in self.others],
            "grounds": other_grounds(assessment, self.facts),
            "comparison": self.comparison,
            "value": valued(assessment.value, formats, self.questions),
            "limit": limited(assessment.limit, formats),
            "exposure": exposed(assessment, formats),
            "deadlines": deadlines_told(assessment, formats),
            "duties": duties_told(assessment, formats),
            "routes": routes_told(assessment, formats),
            "advice": advised(assessment.advice, formats) if assessment.advice else None,
            "counter": countered(assessment, formats),
            "arguments": [argued(argument, formats) for argument in assessment.arguments],
            "matrix": risk_matrix(assessment, formats),
            "unknown": unknown_told(assessment, formats),
            "firm": self.firm,
            "notices": notices_told(assessment, formats),
            "doubts": doubts_told(assessment, formats),
            "sources": sources_told(assessment, formats),
            "about": about_told(assessment, formats),
        }

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
        return self.formats.listed(dict.fromkeys(name for law in deciding for name in self.formats.texts(law.statutes)))

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
        told = str(form).format(statutes=self._statutes(), on=self._on(), basis=basis)
        return f"{told} {words['law_assumed']}" if self.first.on_support == "assumed" else told

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
                        statutes=self.formats.listed(self.formats.texts(law.statutes)),
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
            "warnings": self.formats.texts(warning.text for warning in self.assessment.warnings),
        }
