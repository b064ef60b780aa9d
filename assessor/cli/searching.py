"""The commands that search: how firm a class is, and what to ask next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessor.advice import advice
from assessor.assessment.assess import Assessor
from assessor.assessment.models import Assessment
from assessor.assessment.trial import Trials
from assessor.band import firmness
from assessor.band.firmness import next_question, now
from assessor.band.ranking import rank
from assessor.band.splits import Splits
from assessor.case.read import parse_case, read_case
from assessor.cli import layout
from assessor.cli.patience import patience
from assessor.knowledge import load
from assessor.memo.firm import asked
from assessor.memo.formats import Formats
from assessor.memo.typography import tidy

_WORDS: dict[str, dict[str, Any]] = {
    "sv": {
        "none": "Ingen obesvarad fråga kan ändra klassen.",
        "more": "och {n} till som kan ändra klassen",
        "idle": {
            "decided": ("{n} kan inte ändra klassen, som är avgjord",) * 2,
            "not_read": ("{n} läses inte av någon regel i den lag som gäller",) * 2,
            "settled": ("{n} spelar ingen roll med de svar som finns",) * 2,
            "not_applicable": ("{n} gäller inte i ärendet",) * 2,
        },
        "others": "Övriga frågor:",
    },
    "en": {
        "none": "No unanswered question can change the class.",
        "more": "and {n} more that can change the class",
        "idle": {
            "decided": ("{n} cannot change the class, which is settled",) * 2,
            "not_read": (
                "{n} is not read by any rule of the law that applies",
                "{n} are not read by any rule of the law that applies",
            ),
            "settled": ("{n} does not matter with the answers there are", "{n} do not matter with the answers there are"),
            "not_applicable": ("{n} does not apply in this case", "{n} do not apply in this case"),
        },
        "others": "Other questions:",
    },
}


def assessed(text: str, path: Path, on: dt.date | None, as_of: dt.date | None, language: str, search: bool) -> Assessment:
    """The assessment of the text of a case file, with how firm it is where that is searched for."""
    knowledge = load()
    assessor, case = Assessor(knowledge), parse_case(text, path, knowledge)
    assessment = assessor.assess(case, on, as_of)
    if not search:
        return assessment
    with patience("band", language) as stop:
        assessment = replace(assessment, firmness=firmness(assessor, case, assessment, on, stop))
    with patience("levers", language) as stop:
        return replace(assessment, advice=advice(assessor, case, assessment, None, on, stop))


def next_text(path: Path, on: dt.date | None, as_of: dt.date | None, language: str, top: int) -> str:
    """The questions to answer next, in words."""
    knowledge = load()
    case = read_case(path, knowledge)
    trials = Trials(Assessor(knowledge), case, on, as_of or case.as_of or dt.date.today())
    with patience("band", language) as stop:
        ranking = rank(trials, Splits.over(trials), stop=stop)
    words, formats = _WORDS[language], Formats(language)
    lines: list[str] = []
    if not ranking.next:
        lines.append(words["none"])
    for number, ranked in enumerate(ranking.next[:top], start=1):
        row = asked(next_question(trials, ranked), now(trials), formats)
        lines += layout.lines(f"{row['question']}  [{row['id']}]", f"{number}. ")
        lines += _wrapped(f"{row['why']} {row['effort']}", language)
        for answer in row["answers"]:
            lines += _wrapped(f"– {answer}", language)
        if row["others"]:
            lines += _wrapped(row["others"], language)
        if row["alone"]:
            lines += _wrapped(row["alone"], language)
        lines.append("")
    if len(ranking.next) > top:
        lines += [words["more"].format(n=len(ranking.next) - top), ""]
    counts = {why: sum(each == why for each in ranking.idle.values()) for why in words["idle"]}
    told = "; ".join(forms[counts[why] != 1].format(n=counts[why]) for why, forms in words["idle"].items() if counts[why])
    return "\n".join([*lines, *(layout.lines(f"{words['others']} {told}.") if told else [])])


def _wrapped(text: str, language: str) -> list[str]:
    return layout.lines(tidy(text, language), "   ")
