"""The PDF: accessible, the same every time, and shut off from the world."""

import hashlib
import itertools
import os
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from assessor.knowledge.models import Text
from assessor.memo import pdf as pdf_module
from assessor.memo import render_pdf
from assessor.memo.assets import BundledFiles
from assessor.problems import Problem

from .conftest import AS_OF, ROOT, pdf

FAMILIES = ("Source-Serif-4", "Source-Sans-3")


def structure(document):
    """All structure elements in reading order."""

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for child in element:
                yield from walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                yield from walk(element.K)

    return list(walk(document.Root.StructTreeRoot.K))


def fonts(document):
    return {
        str(font.BaseFont).split("+")[-1].rstrip(",")
        for page in document.pages
        for font in page.get("/Resources", {}).get("/Font", {}).values()
    }


def test_it_has_language_title_and_tags(document):
    assert document.Root.Lang == "sv"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked
    with document.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("PM: Alingsås")
        assert metadata["pdfuaid:part"] == "1"
        assert not metadata.get("dc:creator")
        assert metadata["xmp:CreateDate"].startswith(AS_OF.isoformat())
    assert str(document.docinfo["/CreationDate"]).startswith(f"D:{AS_OF:%Y%m%d}")
    assert str(document.docinfo["/ModDate"]).startswith(f"D:{AS_OF:%Y%m%d}")


def test_it_is_no_longer_than_a_lawyer_reads(document):
    assert len(document.pages) <= 29  # five regimes, what twenty bodies say of partnerships, and the other side's case


def test_every_page_is_a4(document):
    for page in document.pages:
        assert [round(float(length)) for length in page.mediabox[2:]] == [595, 842]


def test_every_figure_has_an_alternative(document):
    figures = [element for element in structure(document) if element.S == "/Figure"]
    assert len(figures) == 4  # the gauge, the scale of fines, the timeline, the matrix
    assert all(len(str(figure.Alt)) > 40 for figure in figures)


def test_every_data_cell_names_its_headers(document):
    elements = structure(document)
    cells = [element for element in elements if element.S == "/TD"]
    heads = [element for element in elements if element.S == "/TH"]
    assert heads and all("/ID" in head for head in heads)
    named = [cell for cell in cells if "/Headers" in cell.get("/A", {})]
    assert len(named) > 0.99 * len(cells)


def test_headings_descend_one_level_at_a_time(document):
    levels = [int(str(element.S)[2]) for element in structure(document) if str(element.S) in ("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_links_have_contents(document):
    links = [a for page in document.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert links and all(str(link.get("/Contents", "")) for link in links)


def test_only_bundled_fonts_are_embedded(document):
    assert fonts(document) and all(font.startswith(FAMILIES) for font in fonts(document))
    assert not any("Oblique" in font for font in fonts(document))


def test_a_character_no_font_has_does_not_bring_in_another_font(alingsas, tmp_path):
    odd = "Čálliid lágádus → 中 ≥ 3 \u2011 x"
    changed = replace(alingsas, case=replace(alingsas.case, title=Text(sv=odd, en=odd), about=Text(sv=odd, en=odd)))
    (tmp_path / "odd.pdf").write_bytes(render_pdf(changed, "sv"))
    with pikepdf.open(tmp_path / "odd.pdf") as document:
        assert all(font.startswith(FAMILIES) for font in fonts(document))
    text = pypdfium2.PdfDocument(tmp_path / "odd.pdf")[0].get_textpage().get_text_range()
    assert "Čálliid lágádus ‹U+2192› ‹U+4E2D› ‹U+2265›" in text.replace("\r\n", " ")


def test_the_first_page_is_the_summary_and_contents_come_next(document):
    pages = pypdfium2.PdfDocument(pdf("alingsas", "sv"))
    first, second = (pages[number].get_textpage().get_text_range() for number in (0, 1))
    assert "Sammanfattning" in first and "Riskklass" in first and "Kommunalrätt" in first and "Innehåll" not in first
    assert second.index("Innehåll") < 200


@pytest.mark.slow
def test_the_bytes_are_the_same_in_another_process():
    program = (
        "import sys, hashlib; from tests.memo.conftest import pdf; "
        "sys.stdout.write(hashlib.sha256(pdf('alingsas', 'sv')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == hashlib.sha256(pdf("alingsas", "sv")).hexdigest()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://example.org/x.png" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import "asset:///../pyproject.toml";</style>',
        '<style>@font-face { font-family: X; src: url("asset:///fonts/missing.woff2") } p { font-family: X }</style>',
        '<svg width="9" height="9"><title>x</title><image href="http://example.org/x.png" width="9" height="9"/></svg>',
        '<object data="file:///etc/hostname" type="image/png"></object>',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
    ],
)
def test_any_fetch_stops_the_rendering(alingsas, monkeypatch, markup):
    monkeypatch.setattr(
        pdf_module, "document", lambda *_: f'<html lang="sv"><head><title>x</title></head><body><p>x</p>{markup}</body></html>'
    )
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises((pdf_module.RenderingError, FatalURLFetchingError)):
        render_pdf(alingsas, "sv")


def test_only_bundled_files_are_served():
    files = BundledFiles()
    assert files.fetch("asset:///fonts/source-sans-3-latin-400-normal.woff2").read()[:4] == b"wOF2"
    from weasyprint.urls import FatalURLFetchingError

    for address in (
        "asset:///../LICENSE",
        "asset:///%2e%2e/LICENSE",
        "asset:///text/sv.yaml",
        "data:text/css,x",
        "https://example.org/",
    ):
        with pytest.raises(FatalURLFetchingError):
            files.fetch(address)
    assert len(files.refused) == 5


def test_an_unknown_style_stops_the_rendering(alingsas, monkeypatch):
    html = '<html lang="sv"><head><title>x</title><style>p { colour: red }</style></head><body>x</body></html>'
    monkeypatch.setattr(pdf_module, "document", lambda *_: html)
    with pytest.raises(pdf_module.RenderingError, match="colour"):
        render_pdf(alingsas, "sv")


def test_missing_system_libraries_are_named(alingsas, monkeypatch):
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(Problem) as problem:
        render_pdf(alingsas, "sv")
    assert problem.value.key == "pdf-libraries"
    assert "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0" in problem.value.text("sv")
