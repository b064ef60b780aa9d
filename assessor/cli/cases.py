"""A folder of cases as a table: class, band, worst regime, the first unknown that decides."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assessor.assessment import Assessment, Assessor
from assessor.assessment.models import Band
from assessor.case import read_case
from assessor.cli.layout import columns
from assessor.knowledge import KnowledgeBase, load
from assessor.problems import Problem

_HEADS = {
    "sv": ("ärende", "", "klass", "spann", "regelområde som avgör", "första avgörande okända"),
    "en": ("case", "", "class", "band", "regime that decides", "first deciding unknown"),
}
_WORDS = {
    "sv": {
        "thin": "tunt",
        "constructed": "konstruerat",
        "title": "Ärendena i cases/",
        "lead": (
            "Sidan görs av `assessor cases --format md --lang sv`; ett test håller den aktuell. Klassen är den högsta bland "
            "regelområdena. Ett tunt ärende har så få besvarade frågor att klassen säger lite: spannet och den första frågan "
            "upplyser mer. Konstruerade ärenden beskriver inget verkligt avtal. Det källorna inte säger är okänt, "
            "aldrig gissat."
        ),
        "regime": "regelområde",
        "outcome": "utfall",
    },
    "en": {
        "thin": "thin",
        "constructed": "constructed",
        "title": "The cases in cases/",
        "lead": (
            "Made by `assessor cases --format md --lang en`; a test keeps it current. The class is the highest among the "
            "regimes. A thin case has so few answers that the class says little: the band and the first question tell more. "
            "Constructed cases describe no real agreement. What the sources do not say is unknown, never guessed."
        ),
        "regime": "regime",
        "outcome": "outcome",
    },
}


def case_table(folder: Path, as_of: dt.date | None, language: str, form: str = "text") -> str:
    """Every case of a folder: class, band, the regime that decides, the first unknown that decides.

    Args:
        folder: of case files.
        as_of: the day on which windows are open; default each case's own.
        language: ``sv`` or ``en``.
        form: ``text``, or ``md`` for a page that also shows each regime.

    Raises:
        Problem: the folder holds no cases, or one of them is wrong.
    """
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        raise Problem("no-cases", folder=folder)
    assessor = Assessor(load())
    found = [assessor.assess(read_case(file, assessor.knowledge), as_of=as_of, explain=False) for file in files]
    rows = [_row(each, assessor.knowledge, language) for each in found]
    if form == "text":
        return columns([_HEADS[language], *rows])
    return _page(found, rows, assessor.knowledge, language)


def _row(found: Assessment, knowledge: KnowledgeBase, language: str) -> tuple[str, ...]:
    words, classes = _WORDS[language], knowledge.result.classes
    marks = [words["thin"]] if found.case.thin else []
    marks += [words["constructed"]] if found.case.kind == "constructed" else []
    worst = next(regime for regime in found.regimes if regime.id == found.worst_regimes[0])
    return (
        found.case.id,
        ", ".join(marks),
        classes[found.klass].get(language),
        band(found.band, knowledge, language),
        worst.name.get(language),
        next((unknown.question for unknown in found.unknown if unknown.decides), "–"),
    )


def _page(found: list[Assessment], rows: list[tuple[str, ...]], knowledge: KnowledgeBase, language: str) -> str:
    words, classes = _WORDS[language], knowledge.result.classes
    lines = [f"# {words['title']}", "", words["lead"], "", *_table([_HEADS[language], *rows])]
    for each, row in zip(found, rows, strict=True):
        lines += ["", f"## {each.case.title.get(language)}", "", f"`cases/{row[0]}.yaml`" + (f" ({row[1]})" if row[1] else "")]
        if each.case.about:
            lines += ["", " ".join(each.case.about.get(language).split())]
        regimes = [
            (
                regime.name.get(language),
                " / ".join(name.get(language) for name in regime.outcome_name),
                classes[regime.klass].get(language),
                band(regime.band, knowledge, language),
            )
            for regime in each.regimes
        ]
        head = (words["regime"], words["outcome"], *_HEADS[language][2:4])
        lines += ["", *_table([head, *regimes])]
    return "\n".join(lines)


def band(ends: Band, knowledge: KnowledgeBase, language: str) -> str:
    """A band in words: one class where both ends are the same."""
    names = [knowledge.result.classes[klass].get(language).lower() for klass in dict.fromkeys((ends.best, ends.worst))]
    return " – ".join(names)


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    head, *rest = rows
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rest]
