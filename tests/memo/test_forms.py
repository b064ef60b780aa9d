"""The forms and editions of the memo: DOCX, the organisation's self-check, what is embedded, PDF/A."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document

from assessor.advice import advice
from assessor.assessment.contract import to_json
from assessor.assessment.models import Assessment
from assessor.band import firmness
from assessor.case import read_case
from assessor.case.embedded import CASE_NAME, embedded_case
from assessor.memo import render_html, render_pdf
from assessor.memo.pdf import Attached
from assessor.memo.word import render_docx
from assessor.problems import Problem
from tests.band.cases import AS_OF, ROOT, assessor, case

FIVE = "fem-ettariga-avtal"


@pytest.fixture(scope="module")
def full() -> Assessment:
    """An assessment with everything searched for."""
    from dataclasses import replace

    it = case(FIVE)
    made = assessor().assess(it, as_of=AS_OF)
    made = replace(made, firmness=firmness(assessor(), it, made))
    return replace(made, advice=advice(assessor(), it, made))


def text_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("edition", ["municipality", "organisation"])
def test_word_holds_what_the_html_holds(full: Assessment, language: str, edition: str) -> None:
    from lxml import html

    page = html.fromstring(render_html(full, language, edition).encode(), parser=html.HTMLParser(encoding="utf-8"))
    for unseen in page.xpath("//style | //title | //svg | //head"):
        unseen.drop_tree() if unseen.tag != "head" else None
    told = "".join(text_of(render_docx(full, language, edition)).split())
    for element in page.xpath("//h1 | //h2 | //h3 | //p | //li | //td | //th"):
        words = "".join("".join(element.itertext()).split())
        assert words in told, words[:80]


def test_word_is_the_same_every_time_and_dated_as_the_assessment(full: Assessment) -> None:
    one, two = render_docx(full, "sv"), render_docx(full, "sv")
    assert one == two
    document = Document(BytesIO(one))
    assert document.core_properties.created is not None
    assert document.core_properties.created.date() == AS_OF
    assert document.core_properties.title == "PM: Konstruerat: fem ettåriga avtal om språkkafé"
    assert document.core_properties.author == ""
    with zipfile.ZipFile(BytesIO(one)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert b'w:val="sv-SE"' in archive.read("word/styles.xml")
        assert b"http" not in archive.read("word/_rels/document.xml.rels").replace(b"http://schemas", b"")


def test_word_has_headings_and_tables_that_repeat_their_heads(full: Assessment) -> None:
    document = Document(BytesIO(render_docx(full, "sv")))
    levels = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert "Heading 1" in levels and "Heading 2" in levels
    assert any("w:tblHeader" in table._tbl.xml for table in document.tables)


def test_the_organisation_gets_a_check_and_a_page_to_hand_over(full: Assessment) -> None:
    page = render_html(full, "sv", "organisation")
    for part in ("Självkontroll", "Klargör först", "Vad ni för med er", "Det här hjälper inte", "Till det första mötet"):
        assert part in page
    sheet = page[page.index('class="sheet"') :]
    for word in ("Riskklass", "Risken bedöms", "Mycket hög", "class-"):
        assert word not in sheet, "the page to hand over holds no assessment"


@pytest.fixture(scope="module")
def embedded(full: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = (ROOT / "cases" / f"{FIVE}.yaml").read_bytes()
    files = [Attached(CASE_NAME, text, "case"), Attached("assessment.json", to_json(full).encode(), "assessment")]
    path = tmp_path_factory.mktemp("memo") / "memo.pdf"
    path.write_bytes(render_pdf(full, "sv", attached=files))
    return path


def test_the_case_comes_back_out_of_the_memo(embedded: Path, full: Assessment) -> None:
    assert embedded_case(embedded) == (ROOT / "cases" / f"{FIVE}.yaml").read_text("utf-8")
    again = assessor().assess(read_case(embedded, assessor().knowledge), as_of=AS_OF)
    assert again.klass == full.klass and again.findings == full.findings
    with pikepdf.open(embedded) as document:
        inside = json.loads(document.attachments["assessment.json"].get_file().read_bytes())
    assert inside["class"] == full.klass


@pytest.mark.slow
def test_the_bytes_are_the_same_with_attachments(full: Assessment) -> None:
    files = [Attached(CASE_NAME, b"x", "case")]
    assert render_pdf(full, "sv", attached=files) == render_pdf(full, "sv", attached=files)


def test_nothing_is_embedded_unasked(full: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    path.write_bytes(render_pdf(full, "sv", "organisation"))
    with pikepdf.open(path) as document:
        assert len(document.attachments) == 0
    with pytest.raises(Problem, match="--embed"):
        embedded_case(path)


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing more", b"%PDF-", b"%PDF-1.7\n%%EOF"])
def test_a_pdf_that_is_none_is_one_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(data)
    with pytest.raises(Problem):
        read_case(path, assessor().knowledge)


def test_a_case_inside_is_checked_like_any_other(full: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "memo.pdf"
    path.write_bytes(render_pdf(full, "sv", attached=[Attached(CASE_NAME, b"schema: iop-case/1\nfacts: {gone: 1}\n", "case")]))
    with pytest.raises(Problem) as problem:
        read_case(path, assessor().knowledge)
    assert "gone" in problem.value.text("en")


def test_pdf_a_says_so_and_holds_the_output_intent(full: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "archive.pdf"
    path.write_bytes(render_pdf(full, "sv", variant="a-3a"))
    with pikepdf.open(path) as document:
        root: Any = document.Root
        assert "/OutputIntents" in root
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"


def test_marking_and_reviewers_stand_on_the_memo(full: Assessment) -> None:
    from dataclasses import replace

    review = {"prepared": "jurist", "reviewed": "kanslichef"}
    marked = replace(full, case=replace(full.case, marking="Sekretess, OSL", review=review))
    page = render_html(marked, "sv")
    assert "Sekretess, OSL" in page and "jurist<br>" in page and "kanslichef<br>" in page
    assert "Sekretess, OSL" not in render_html(full, "sv")
    assert "Sekretess, OSL" in text_of(render_docx(marked, "sv"))


def test_a_case_file_may_say_them(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    head = "schema: iop-case/1\ntitle: T\nmarking: Sekretess\n"
    path.write_text(f"{head}review: {{prepared: jurist}}\nfacts: {{}}\n", encoding="utf-8")
    it = read_case(path, assessor().knowledge)
    assert (it.marking, it.review) == ("Sekretess", {"prepared": "jurist"})
    path.write_text(f"{head}review: {{signed: jurist}}\nfacts: {{}}\n", encoding="utf-8")
    with pytest.raises(Problem, match="signed"):
        read_case(path, assessor().knowledge)
