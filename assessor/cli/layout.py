"""How the commands set text: lines as wide as the terminal, in one way everywhere."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from itertools import zip_longest

#: Where there is no terminal: in a file or a pipe.
PLAIN = 100
_WIDEST, _NARROWEST, _NARROWEST_CELL = 110, 60, 16
_GAP = "  "


def width() -> int:
    """Characters a line: those of the terminal, within what is readable; 100 where there is none."""
    return max(_NARROWEST, min(shutil.get_terminal_size((PLAIN, 24)).columns, _WIDEST))


def lines(text: str, first: str = "", after: str | None = None) -> list[str]:
    """A text in lines, none broken at a hard space; hard spaces then become plain ones, so that what is copied can be searched.

    Args:
        text: the text.
        first: before the first line.
        after: before the others; nothing said, as many spaces as ``first`` has characters.
    """
    after = " " * len(first) if after is None else after
    return _broken(text, width(), first, after)


def hanging(text: str, indent: int) -> list[str]:
    """A text in lines, those after the first indented two further."""
    return lines(text, " " * indent, " " * (indent + 2))


def columns(table: Iterable[tuple[str, ...]], limit: int | None = None) -> str:
    """Rows of cells set in columns.

    Args:
        table: the rows.
        limit: characters a line; cells after the first are broken to keep it. Nothing said: each row is one line.
    """
    rows = list(table)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    if limit is not None and len(widths) > 1:
        room = (limit - widths[0] - len(_GAP) * (len(widths) - 1)) // (len(widths) - 1)
        widths = [widths[0], *(min(each, max(room, _NARROWEST_CELL)) for each in widths[1:])]
    return "\n".join(line for row in rows for line in _row(row, widths, limit))


def _row(row: tuple[str, ...], widths: list[int], limit: int | None) -> list[str]:
    cells = [[cell] for cell in row] if limit is None else [_broken(cell, each) for cell, each in zip(row, widths, strict=True)]
    return [
        _plain(_GAP.join(cell.ljust(each) for cell, each in zip(line, widths, strict=True))).rstrip()
        for line in zip_longest(*cells, fillvalue="")
    ]


def _broken(text: str, room: int, first: str = "", after: str = "") -> list[str]:
    rows = textwrap.wrap(
        text, room, initial_indent=first, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )
    return [_plain(row) for row in rows]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
