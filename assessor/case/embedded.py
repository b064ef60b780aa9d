"""The case inside a memo: what was embedded in its PDF."""

from __future__ import annotations

from pathlib import Path

from assessor.problems import Problem
from assessor.reading import SIZE_LIMIT

#: What the attachments of a memo are called.
CASE_NAME, ASSESSMENT_NAME = "case.yaml", "assessment.json"


def is_memo(path: Path) -> bool:
    """Whether a file is named as a PDF."""
    return path.suffix.lower() == ".pdf"


def embedded_case(path: Path) -> str:
    """The case file inside a memo, as text.

    Raises:
        Problem: the PDF cannot be read, or no case is embedded in it.
    """
    import pikepdf  # only here, and slow to import

    try:
        with pikepdf.open(path) as document:
            if CASE_NAME not in document.attachments:
                raise Problem("no-case-inside", file=path)
            data = document.attachments[CASE_NAME].get_file().read_bytes()
    except (pikepdf.PdfError, OSError, ValueError) as error:
        raise Problem("unreadable", file=path, why=type(error).__name__) from None
    if len(data) > SIZE_LIMIT:
        raise Problem("too-large", file=path, size=len(data), limit=SIZE_LIMIT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("not-utf8", file=path) from None
