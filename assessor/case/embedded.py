"""The case inside a memo: what was embedded in its PDF."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

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

    if not path.is_file():
        raise Problem("is-a-folder" if path.is_dir() else "missing-file", file=path)
    try:
        with pikepdf.open(path) as document:
            if CASE_NAME not in document.attachments:
                raise Problem("no-case-inside", file=path)
            data = _inflated(document.attachments[CASE_NAME].get_file().obj)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, zlib.error):
        raise Problem("unreadable-pdf", file=path) from None
    if len(data) > SIZE_LIMIT:
        raise Problem("too-large", file=path, size=len(data), limit=SIZE_LIMIT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("not-utf8", file=path) from None


def _inflated(stream: Any) -> bytes:
    """The bytes of a stream, no more than just over the limit: a small file may claim to hold a large one."""
    raw = bytes(stream.read_raw_bytes())
    if str(stream.get("/Filter", "")) != "/FlateDecode":
        return raw
    return zlib.decompressobj().decompress(raw, SIZE_LIMIT + 1)
