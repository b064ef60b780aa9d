"""What assess writes, by the name of the file and the options given."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_cli import ALINGSAS, ROOT, run


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("memo.pdf", b"%PDF"),
        ("memo.DOCX", b"PK"),
        ("memo.html", b"<!doctype html>"),
        ("memo.json", b"{"),
        ("memo.txt", "Alingsås kommun".encode()),
        ("memo", "Alingsås kommun".encode()),
    ],
)
def test_the_form_follows_from_the_name_of_the_file(name: str, begins: bytes, tmp_path: Path) -> None:
    found = run("assess", ALINGSAS, "--no-search", "-o", str(tmp_path / name))
    assert found.returncode == 0, found.stderr
    assert (tmp_path / name).read_bytes()[:20].lower().startswith(begins.lower())


@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (("--format", "json", "-o", "memo.pdf"), "Namnet memo.pdf säger pdf.", "memo.pdf says pdf."),
        (("--format", "text", "-o", "memo.docx"), "Namnet memo.docx säger docx.", "memo.docx says docx."),
        (("--pdf", "a-3a"), "--pdf gäller bara pdf.", "--pdf is for pdf only."),
        (("--embed", "-o", "memo.html"), "--embed gäller bara pdf.", "--embed is for pdf only."),
    ],
)
def test_what_does_not_fit_together_is_refused(arguments: tuple[str, ...], swedish: str, english: str, tmp_path: Path) -> None:
    case = str(ROOT / ALINGSAS)
    for language, said in (("sv", swedish), ("en", english)):
        found = run("assess", case, "--no-search", *arguments, "--lang", language, cwd=tmp_path)
        assert found.returncode == 2 and said in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_embed_asks_for_nothing_that_text_cannot_give() -> None:
    assert run("assess", ALINGSAS, "--no-search", "--no-embed").returncode == 0
