"""The memo word for word: a change of text, law or rendering shows as a difference to read."""

import os
import re
from html import unescape
from pathlib import Path

import pytest

from assessor.memo import render_html
from assessor.memo.html import EDITIONS

from .conftest import LANGUAGES, searched

FOLDER = Path(__file__).parent / "golden"
CASES = ("alingsas", "idrottshall", "eskilstuna-moa", "kvinnojour-reserverade-platser", "god-man-utbildning")
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|tr|figcaption|section|div|title|br)\b[^>]*>")
_CELL = re.compile(r"</t[hd]>\s*(?=<t[hd])")


def plain(document: str, digest: str) -> str:
    """The text of a memo, a line a block and ``|`` between cells, without what changes with every edit of the rules."""
    document = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", document, flags=re.S).replace("\n", " ").replace(digest, "DIGEST")
    document = _BLOCK.sub("\n", _CELL.sub(" | ", document))
    lines = (" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in document.split("\n"))
    return "\n".join(filter(None, lines)) + "\n"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_memo_reads_as_it_did(case, language, edition):
    """Written anew with ``UPDATE_GOLDEN=1 make test``; read the difference before committing it."""
    path = FOLDER / f"{case}-{language}-{edition}.txt"
    made = searched(case)
    text = plain(render_html(made, language, edition), made.versions.digest)
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
