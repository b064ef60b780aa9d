"""The command that argues a case against precedents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assessor.assessment.assess import Assessor
from assessor.case import read_case
from assessor.cli.layout import columns, lines
from assessor.knowledge import load
from assessor.memo.arguing import argued, countered
from assessor.memo.formats import Formats
from assessor.memo.typography import tidy
from assessor.problems import Problem, nearest

_SIGNS = {"yes": "+", "no": "-", "unknown": "?"}
_HEADS = {"sv": ("", "omständighet", "här", "där"), "en": ("", "circumstance", "here", "there")}


def compare_text(path: Path, precedent: str | None, on: dt.date | None, as_of: dt.date | None, language: str) -> str:
    """A case argued against one precedent, or against the benchmark with the others in short.

    Raises:
        Problem: there is no such precedent.
    """
    knowledge = load()
    if precedent is not None and precedent not in knowledge.precedents:
        raise Problem("unknown-id", key=precedent[:80], hint=nearest(precedent, knowledge.precedents))
    case, formats = read_case(path, knowledge), Formats(language)
    assessment = Assessor(knowledge).assess(case, on, as_of, explain=False)
    chosen = precedent or knowledge.exposure.benchmark_precedent
    comparison = next(each for each in assessment.precedents if each.precedent == chosen)
    arguments = {each.precedent: argued(each, formats) for each in assessment.arguments}
    main = arguments[chosen]
    rows = [(row.factor, row.name.get(language), _SIGNS[row.here], _SIGNS[row.there]) for row in comparison.rows]
    told = [main["title"], "", columns([_HEADS[language], *rows]), ""]
    told += [row for text in (main["standing"], *main["steps"]) for row in (*_rows(text, language), "")]
    told += [*_rows(main["authorities"], language), ""]
    if precedent is None:
        told += [formats.words["argument"]["other_title"], ""]
        for name, each in arguments.items():
            if name != chosen:
                told += _rows(f"{name}: {each['standing']}", language)
        other = countered(assessment, formats)
        told += ["", other["title"], "", *_rows(other["none"] or other["lead"], language)]
        told += [row for point in other["points"] for row in _rows(f"– {point['text']}", language)]
    return "\n".join(told)


def _rows(text: str, language: str) -> list[str]:
    return lines(tidy(text, language), after="  ")
