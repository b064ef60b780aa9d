"""What the commands have in common: their options, checked, and how they write."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from assessor.problems import Problem
from assessor.quantities.dates import parse_days

CaseFile = Annotated[Path, typer.Argument(metavar="CASE", help="A case file, e.g. cases/alingsas.yaml.")]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Use the law of this day in every regime, instead of each regime's own day."),
]
AsOfDay = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Show open windows as of this day. Default: the case's own day, else today."),
]
Language = Annotated[str, typer.Option("--lang", metavar="sv|en", help="Language of what is written.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FOLDER", help="Another knowledge base than the program's own.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]


def known_language(value: str) -> str:
    """The language asked for.

    Raises:
        Problem: it is not one of the two.
    """
    if value not in ("sv", "en"):
        raise Problem("bad-option", option="--lang", value=value, expected={"sv": "Välj sv eller en.", "en": "Choose sv or en."})
    return value


def known_day(value: str | None, option: str) -> dt.date | None:
    """The day that an option gives; None where it is not given.

    Raises:
        Problem: it is no whole day.
    """
    if value is None:
        return None
    try:
        days = parse_days(value)
    except ValueError:
        days = None
    if days is None or not days.known:
        expected = {"sv": "Skriv ÅÅÅÅ-MM-DD, från 1990 till 2100.", "en": "Write YYYY-MM-DD, from 1990 to 2100."}
        raise Problem("bad-option", option=option, value=value, expected=expected)
    return days.first


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuses a value that an option does not have.

    Raises:
        Problem: it has not.
    """
    if value not in allowed:
        expected = {"sv": f"Välj {', '.join(allowed)}.", "en": f"Choose {', '.join(allowed)}."}
        raise Problem("bad-option", option=option, value=value, expected=expected)


def coloured() -> bool:
    """Whether what is written goes to a terminal that shows colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def write(data: bytes, output: Path | None) -> None:
    """Writes all at once: a file is complete or not there."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if not output.name:
        raise Problem("unwritable", file=output, why="?")
    scratch = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(data)
        scratch.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise Problem("unwritable", file=output, why=error.strerror or "?") from None


def tell(text: str) -> None:
    """A text as UTF-8, whatever the terminal says it takes."""
    write((text + "\n").encode(), None)
