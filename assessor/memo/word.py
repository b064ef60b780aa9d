"""The memo as an editable Word document, made from the same HTML as the PDF.

What stands in the HTML stands in the document: headings, paragraphs, lists and tables become Word's own, so that a lawyer
can edit them; a drawing becomes its text alternative. The bytes are the same every time.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import html as markup

from assessor.assessment.models import Assessment
from assessor.memo.html import document

#: Zip entries are dated; this is the earliest that the format knows.
_DATE = (1980, 1, 1, 0, 0, 0)
#: Characters that a property of the document may have.
_TITLE = 255
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_INK = RGBColor(0x1D, 0x25, 0x30)
_GREY = RGBColor(0x55, 0x60, 0x6E)
_SPACES = re.compile(r"[ \t\r\n]+")
_BOLD = {"strong", "b", "th"}
_ITALIC = {"em", "i", "q"}
_GREY_CLASSES = {"mark", "label"}


def render_docx(assessment: Assessment, language: str, edition: str = "municipality") -> bytes:
    """The memo as DOCX.

    Args:
        assessment: the assessment; its as-of day is the date of the document.
        language: ``sv`` or ``en``.
        edition: ``municipality`` or ``organisation``.

    Raises:
        ValueError: another language.
    """
    told = document(assessment, language, edition)
    page = markup.document_fromstring(told.encode(), parser=markup.HTMLParser(encoding="utf-8"))
    return _Writer(language, page.findtext(".//title") or "", assessment.as_of).write(page.body)


class _Writer:
    def __init__(self, language: str, title: str, day: dt.date) -> None:
        self.document = Document()
        self._styles(language)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Mm(25), Mm(23), Mm(23), Mm(21)
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = title[:_TITLE], "", _LANGUAGES[language]
        properties.created = properties.modified = dt.datetime.combine(day, dt.time())
        properties.last_modified_by = ""
        _page_numbers(section.footer.paragraphs[0])

    def write(self, body: Any) -> bytes:
        self._block(body, self.document)
        out = BytesIO()
        self.document.save(out)
        return _undated(out.getvalue())

    def _styles(self, language: str) -> None:
        styles = self.document.styles
        for name, size in (("Normal", 10), ("Title", 20), ("Heading 1", 14), ("Heading 2", 11), ("Heading 3", 10)):
            font = styles[name].font
            font.name, font.size, font.color.rgb = "Calibri", Pt(size), _INK
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), "Calibri")
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), _LANGUAGES[language])
        styles["Normal"].element.get_or_add_rPr().append(mark)

    def _block(self, element: Any, into: Any) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            self._child(child, into)

    def _child(self, child: Any, into: Any) -> None:
        tag = child.tag
        if tag in ("script", "style"):
            return
        if tag == "h1":
            self._inline(child, self.document.add_paragraph(style="Title"))
        elif tag in ("h2", "h3", "h4"):
            self._inline(child, self.document.add_paragraph(style=f"Heading {int(tag[1]) - 1}"))
        elif tag == "table":
            self._table(child)
        elif tag in ("ul", "ol"):
            for item in child.findall("li"):
                self._inline(item, into.add_paragraph(style="List Bullet" if tag == "ul" else "List Number"))
        elif tag == "svg":
            self._inline(child, into.add_paragraph())
        elif tag in ("p", "figcaption") or not _has_blocks(child):
            if _plain(child):
                self._inline(child, into.add_paragraph())
        else:
            self._block(child, into)

    def _table(self, element: Any) -> None:
        rows = element.findall(".//tr")
        width = max((sum(int(cell.get("colspan", 1)) for cell in row) for row in rows), default=0)
        if not width:
            return
        table = self.document.add_table(rows=0, cols=width, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for row in rows:
            cells = table.add_row().cells
            if row.getparent().tag == "thead":
                _repeat(table.rows[-1])
            place = 0
            for cell in row:
                span = int(cell.get("colspan", 1))
                target = cells[place] if span == 1 else cells[place].merge(cells[place + span - 1])
                self._inline(cell, target.paragraphs[0])
                place += span
        self.document.add_paragraph()

    def _inline(self, element: Any, paragraph: Any, bold: bool = False, italic: bool = False, grey: bool = False) -> None:
        """The text of an element as runs; a drawing as its alternative."""
        if element.tag == "svg":
            _run(paragraph, element.findtext("{*}desc") or element.findtext("desc") or "", False, True, True)
            return
        bold = bold or element.tag in _BOLD
        italic = italic or element.tag in _ITALIC
        grey = grey or bool(_GREY_CLASSES & set((element.get("class") or "").split()))
        _run(paragraph, element.text or "", bold, italic, grey)
        for child in element:
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif isinstance(child.tag, str):
                self._inline(child, paragraph, bold, italic, grey)
            _run(paragraph, child.tail or "", bold, italic, grey)


def _run(paragraph: Any, text: str, bold: bool, italic: bool, grey: bool) -> None:
    text = _SPACES.sub(" ", text)
    if not paragraph.runs:
        text = text.lstrip(" ")
    if not text:
        return
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if grey:
        run.font.color.rgb = _GREY


def _has_blocks(element: Any) -> bool:
    blocks = {"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "div", "section", "figure", "header", "main", "svg", "nav"}
    return any(child.tag in blocks for child in element.iterdescendants() if isinstance(child.tag, str))


def _plain(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _repeat(row: Any) -> None:
    """The row again at the top of each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _page_numbers(paragraph: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            field = OxmlElement("w:instrText")
            field.text = text
        else:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        run._r.append(field)


def _undated(data: bytes) -> bytes:
    """The same zip with every entry dated alike, in order of name."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            after.writestr(entry, before.read(name))
    return out.getvalue()
