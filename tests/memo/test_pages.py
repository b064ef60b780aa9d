"""Where the pages break: the summary on one page, and nothing that belongs together torn apart."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any, NamedTuple

import pytest
import weasyprint

from assessor.memo.assets import BundledFiles
from assessor.memo.html import EDITIONS, document

from .conftest import CASES, LANGUAGES, searched

#: Rendered whole in every run; the others, every other one in English, with the slow tests.
WHOLE = (("idrottshall", "en", "municipality"), ("eskilstuna-moa", "sv", "organisation"))
EVERY = [(case, LANGUAGES[place % 2], edition) for place, case in enumerate(CASES) for edition in EDITIONS]

#: Tables whose rows are as long as paragraphs.
LONG = {"others", "deadlines"}


class Block(NamedTuple):
    """The lines that a paragraph, heading, entry or cell has on a page."""

    element: Any
    classes: frozenset[str]
    table: Any
    row: Any
    lines: int
    bottom: float
    text: str


def pages_of(html: str) -> list[Any]:
    return list(weasyprint.HTML(string=html, base_url="asset:///", url_fetcher=BundledFiles()).render().pages)


def blocks(page: Any) -> list[Block]:
    """The blocks of a page in reading order, without its head and foot, the heads that tables repeat, and bullets."""
    from weasyprint.formatting_structure import boxes

    found: list[Block] = []

    def walk(box: Any, table: Any, row: Any) -> None:
        if isinstance(box, boxes.MarginBox) or box.element_tag in ("thead", "li::marker"):
            return
        table = box.element if box.element_tag == "table" else table
        row = box.element if box.element_tag == "tr" else row
        children = getattr(box, "children", ())
        lines = [child for child in children if isinstance(child, boxes.LineBox)]
        if lines and box.element is not None:
            classes = frozenset((box.element.get("class") or "").split())
            text = "".join(getattr(part, "text", "") for line in lines for part in line.descendants())
            found.append(Block(box.element, classes, table, row, len(lines), lines[-1].position_y + lines[-1].height, text))
            return
        for child in children:
            walk(child, table, row)

    walk(page._page_box, None, None)
    return found


@cache
def broken(case: str, language: str, edition: str) -> tuple[list[Block], ...]:
    return tuple(blocks(page) for page in pages_of(document(searched(case), language, edition)))


@pytest.fixture(
    params=[*WHOLE, *(pytest.param(each, marks=pytest.mark.slow) for each in EVERY if each not in WHOLE)],
    ids="-".join,
)
def whole(request: pytest.FixtureRequest) -> tuple[list[Block], ...]:
    return broken(*request.param)


def test_the_summary_fits_one_page(case: str, language: str) -> None:
    first, _, _ = document(searched(case), language).partition('<nav class="contents">')
    assert len(pages_of(f"{first}</body></html>")) == 1


def test_no_page_begins_with_the_sources_of_the_page_before(whole: tuple[list[Block], ...]) -> None:
    for page in whole[1:]:
        assert "authorities" not in page[0].classes, page[0].text


def test_no_page_ends_with_a_head(whole: tuple[list[Block], ...]) -> None:
    """A head, and a question or lead that heads what follows, stands where that is.

    One that goes on overleaf, or leads to a figure, may end a page.
    """
    for page, after in itertools.pairwise(whole):
        last = max(page, key=lambda block: block.bottom)
        heads = last.element.tag in ("h1", "h2", "h3", "h4") or last.classes & {"asks", "rail", "keep", "lead"}
        figure = after[0].element.tag == "figcaption" or "axis" in after[0].classes
        assert not heads or figure or after[0].element is last.element, last.text
        assert last.row is None or "group" not in (last.row.get("class") or "").split(), last.text


def test_no_line_of_a_paragraph_stands_alone(whole: tuple[list[Block], ...]) -> None:
    for page, after in itertools.pairwise(whole):
        for block in page:
            there = [other for other in after if other.element is block.element and block.row is None]
            assert not there or min(block.lines, there[0].lines) > 1, block.text


def test_no_row_is_torn(whole: tuple[list[Block], ...]) -> None:
    for page, after in itertools.pairwise(whole):
        torn = {id(block.row): block.text for block in page if block.row is not None}
        assert not [torn[id(block.row)] for block in after if id(block.row) in torn]


def test_the_last_row_of_a_table_does_not_stand_alone_on_a_page(whole: tuple[list[Block], ...]) -> None:
    for page in whole[1:]:
        table, row = page[0].table, page[0].row
        if table is not None and not LONG & set(table.get("class").split()):
            assert row is not list(table.iter("tr"))[-1], page[0].text
