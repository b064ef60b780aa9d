"""What the pages show of the program is what it prints: each fenced excerpt that shows its ``$ assessor …`` command.

``…`` in an excerpt is anything; at the end of a line, or as a line of its own, also any lines after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assessor.cli import main

from .test_add_a_rule import BLOCK, PAGE, ROOT, Block, Copy

FENCE = re.compile(r"^```text\n(?P<text>.*?)^```$", re.S | re.M)
COMMAND = re.compile(r"\$ (?:\.venv/bin/)?assessor (?P<arguments>.+)")
PAGES = [ROOT / "README.md", *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page != PAGE)]
#: The commands on the law, which in add-a-rule.md are those of a copy.
READ_RULES = ("diff", "gaps", "test", "mutate")


class Excerpt(NamedTuple):
    """A command and what it is said to print."""

    arguments: tuple[str, ...]
    lines: tuple[str, ...]


def excerpts(text: str) -> Iterator[Excerpt]:
    """The commands a fenced block shows, each with the lines under it."""
    found: Excerpt | None = None
    for line in text.splitlines():
        command = COMMAND.fullmatch(line)
        if command or line.startswith("$ "):
            if found:
                yield found
            found = Excerpt(tuple(command["arguments"].split()), ()) if command else None
        elif found:
            found = found._replace(lines=(*found.lines, line))
    if found:
        yield found


def says(excerpt: Excerpt, told: str) -> bool:
    """Whether a text is what an excerpt shows."""
    shown = ""
    for line in excerpt.lines:
        if line.strip() == "…":
            shown += r"(?:.*\n)*?"
            continue
        parts = [re.escape(part) for part in line.split("…")]
        shown += ".*".join(parts) + "\n" + (r"(?:.*\n)*?" if line.endswith("…") else "")
    return re.fullmatch(shown, told) is not None


Run = Callable[[tuple[str, ...], Path], str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a folder and gives what it prints, on either stream; in this process, which is faster."""

    def running(arguments: tuple[str, ...], folder: Path) -> str:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr("sys.argv", ["assessor", *arguments])
        with suppress(SystemExit):
            main()
        told = capsys.readouterr()
        return (told.out + told.err).removeprefix("Error: ")

    return running


SHOWN = [
    (page.name, excerpt)
    for page in PAGES
    for block in FENCE.finditer(page.read_text("utf-8"))
    for excerpt in excerpts(block["text"])
]


@pytest.mark.parametrize(("page", "excerpt"), SHOWN, ids=lambda value: value if isinstance(value, str) else value.arguments[0])
def test_a_page_shows_what_the_program_prints(page: str, excerpt: Excerpt, run: Run) -> None:
    told = run(excerpt.arguments, ROOT)
    assert says(excerpt, told), f"{page}: {' '.join(excerpt.arguments)} prints\n{told}"


def test_there_are_excerpts_in_the_readme() -> None:
    assert {excerpt.arguments[0] for page, excerpt in SHOWN if page == "README.md"} >= {"assess", "explain"}


@pytest.mark.slow
@pytest.mark.parametrize("walk", ["A", "B"])
def test_how_to_add_a_rule_shows_what_is_printed_on_the_way(walk: str, tmp_path: Path, run: Run) -> None:
    """The blocks are carried out and the commands run in the order of the page; of the law tests those the page names."""
    copy = Copy(tmp_path)
    for file in (tmp_path / "tests" / "law").glob("*"):
        if file.is_file() and (walk, file.name) != ("A", "dates.yaml"):  # the rest would only take time
            file.unlink()
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    (part,) = (part for part in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.M) if part.startswith(f"{walk}. "))
    steps = sorted((*BLOCK.finditer(part), *FENCE.finditer(part)), key=lambda found: found.start())
    shown = 0
    for step in steps:
        if step.re is BLOCK:
            copy.carry_out([Block(tuple(step["files"].split(", ")), step["mark"], step["text"])])
            continue
        for excerpt in excerpts(step["text"]):
            told = run(in_copy(excerpt.arguments), tmp_path)
            assert says(excerpt, told), f"{' '.join(excerpt.arguments)} prints\n{told}"
            shown += 1
    assert shown >= 5


def in_copy(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The command on the law of the folder it is run in; the program's own is that of the checkout."""
    assert arguments[0] == "rules", arguments
    return (*arguments, "--rules", "rules") if arguments[1] in READ_RULES else (*arguments, "rules")


@pytest.mark.parametrize(
    ("lines", "told", "same"),
    [
        (("a", "b"), "a\nb\n", True),
        (("a", "b"), "a\nc\nb\n", False),
        (("a", "…", "b"), "a\nc\nd\nb\n", True),
        (("a …", "b"), "a and more\nand more\nb\n", True),
        (("… rules, … norms",), "12 rules, 3 norms\n", True),
        (("a",), "a\nb\n", False),
    ],
)
def test_how_an_excerpt_is_read(lines: tuple[str, ...], told: str, same: bool) -> None:
    assert says(Excerpt((), lines), told) is same


def shown_in(shown: Any, found: Any) -> bool:
    """Whether a JSON excerpt is part of a document: ``"…": "…"`` stands for other keys, and a list may be cut short."""
    if isinstance(shown, dict):
        return all(key == "…" or (key in found and shown_in(value, found[key])) for key, value in shown.items())
    if isinstance(shown, list):
        return len(shown) <= len(found) and all(map(shown_in, shown, found))
    return bool(shown == found)


def test_the_page_on_the_contract_shows_the_assessment_as_it_is(run: Run) -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```$", (ROOT / "docs" / "assessment-json.md").read_text("utf-8"), re.S | re.M)
    arguments = ("assess", "cases/alingsas.yaml", "--as-of", "2026-11-21", "--format", "json", "--no-search")
    assert shown_in(json.loads(block), json.loads(run(arguments, ROOT)))
