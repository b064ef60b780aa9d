"""What ``assess`` writes: the assessment in one of its forms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assessor.case.embedded import ASSESSMENT_NAME, CASE_NAME
from assessor.case.read import case_text
from assessor.cli.searching import assessed

_ABOUT = {
    "sv": {CASE_NAME: "Ärendefilen: öppna med assessor assess", ASSESSMENT_NAME: "Bedömningen som JSON"},
    "en": {CASE_NAME: "The case file: open with assessor assess", ASSESSMENT_NAME: "The assessment as JSON"},
}


def written(
    path: Path,
    on: dt.date | None,
    as_of: dt.date | None,
    language: str,
    search: bool,
    form: str,
    edition: str,
    embed: bool,
    variant: str,
    colour: bool,
    width: int,
) -> bytes:
    """The assessment of a case file in a form: text, json, html, pdf or docx."""
    text = case_text(path)  # once: a pipe is empty the second time, and a file may have been changed
    assessment = assessed(text, path, on, as_of, language, search)
    if form == "json":
        from assessor.assessment.contract import to_json

        return to_json(assessment).encode()
    if form == "html":
        from assessor.memo import render_html

        return render_html(assessment, language, edition).encode()
    if form == "docx":
        from assessor.memo.word import render_docx

        return render_docx(assessment, language, edition)
    if form == "pdf":
        from assessor.assessment.contract import to_json
        from assessor.memo import render_pdf
        from assessor.memo.pdf import Attached

        about = _ABOUT[language]
        files = [
            Attached(CASE_NAME, text.encode(), about[CASE_NAME]),
            Attached(ASSESSMENT_NAME, to_json(assessment).encode(), about[ASSESSMENT_NAME]),
        ]
        return render_pdf(assessment, language, edition, files if embed else (), variant)
    from assessor.memo import render_text

    return render_text(assessment, language, colour, width).encode()
