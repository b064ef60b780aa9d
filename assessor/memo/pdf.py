"""The memo as an accessible PDF, the same bytes every time, fetching nothing."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple, cast

from assessor.assessment.models import Assessment
from assessor.memo.html import document
from assessor.problems import Problem

#: What WeasyPrint needs of the system; the second only makes the bytes repeatable, and it says nothing without it.
_PACKAGES = "libpangoft2-1.0-0 libharfbuzz-subset0"


class RenderingError(RuntimeError):
    """Something in the templates or fonts is wrong: a fault of the program, not of the case."""


class Attached(NamedTuple):
    """A file inside the PDF."""

    name: str
    data: bytes
    about: str


#: The forms a PDF can be written in: for reading by everybody, and for the archive. Neither is claimed to be validated.
VARIANTS = ("ua-1", "a-3a")


def render_pdf(
    assessment: Assessment,
    language: str,
    edition: str = "municipality",
    attached: Sequence[Attached] = (),
    variant: str = "ua-1",
) -> bytes:
    """The memo as a tagged PDF.

    Args:
        assessment: the assessment; its as-of day is the date of the document.
        language: ``sv`` or ``en``.
        edition: ``municipality`` or ``organisation``.
        attached: files to put inside.
        variant: one of ``VARIANTS``.

    Raises:
        Problem: the system libraries are missing.
        RenderingError: a font, a style or an address could not be used.
        ValueError: another language.
    """
    weasyprint = _weasyprint()
    from assessor.memo.assets import BundledFiles  # imports WeasyPrint

    html = document(assessment, language, edition, [each.name for each in attached])
    day = dt.datetime.combine(assessment.as_of, dt.time(), dt.UTC)
    inside = [
        weasyprint.Attachment(
            string=each.data, name=each.name, description=each.about, created=day, modified=day, relationship="Data"
        )
        for each in attached
    ]
    files = BundledFiles()
    with _Complaints() as complaints, _no_collecting():
        pdf = weasyprint.HTML(string=html, base_url="asset:///", url_fetcher=files).write_pdf(
            pdf_variant=f"pdf/{variant}",
            pdf_tags=True,
            attachments=inside,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    refused = [f"refused: {address}" for address in files.refused]
    if refused or complaints.lines:
        raise RenderingError("; ".join([*refused, *complaints.lines]))
    assert isinstance(pdf, bytes)
    return pdf


def _weasyprint() -> ModuleType:
    """WeasyPrint, with all the system libraries it needs.

    Raises:
        Problem: it cannot be imported, or cannot subset fonts in a repeatable way.
    """
    try:
        import weasyprint
        from weasyprint.text import ffi
    except OSError as error:
        raise Problem("pdf-libraries", why=str(error).splitlines()[0], packages=_PACKAGES) from None
    if getattr(ffi, "harfbuzz_subset", None) is None:
        raise Problem("pdf-libraries", why="libharfbuzz-subset", packages=_PACKAGES)
    return cast(ModuleType, weasyprint)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the collector of cyclic garbage, which finds none in a layout but takes a tenth of its time looking."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Complaints(logging.Handler):
    """What WeasyPrint only logs: a font that does not load, a style it does not know, an image it skipped."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __enter__(self) -> _Complaints:
        self._kept = (self._logger.level, self._logger.propagate, self._logger.handlers[:])
        self._logger.handlers[:] = [self]
        self._logger.propagate = False
        self._logger.setLevel(logging.WARNING)
        return self

    def __exit__(self, *_: Any) -> None:
        self._logger.level, self._logger.propagate, self._logger.handlers[:] = self._kept
