"""The law tests' own format: a base case, what is changed in it, and what must come out. See tests/law/README.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.problems import Problem, nearest
from assessor.reading import read_yaml

_KEYS = ("name", "covers", "why", "base", "date", "on", "as_of", "documented", "facts", "change", "regime", "expect")
#: Where a test that gives ``facts`` and no base begins: a case that says nothing.
NOTHING = "empty"


@dataclass(frozen=True)
class Scenario:
    """One law test, as a lawyer wrote it.

    Attributes:
        covers: traps, provisions or notes it is about.
        where: file and line.
        base: the case it starts from.
        documented: whether an answer that does not say how firm it is counts as on file.
        change: the answers that are other than in the base.
        on: a day of law for every regime.
        regime: the regime whose class, outcome and elements are expected; nothing = the first.
        expect: what must come out, by what can be expected (``expect.CHECKS``).
    """

    name: str
    covers: tuple[str, ...]
    file: Path
    where: str
    base: str
    documented: bool
    change: dict[str, Any]
    on: dt.date | None
    as_of: dt.date | None
    regime: str | None
    expect: dict[str, Any]


def scenarios(file: Path) -> Iterator[Scenario]:
    """The law tests of a file.

    Raises:
        Problem: the file is no list of law tests, with the line.
    """
    entries = read_yaml(file)
    if not isinstance(entries, list):
        raise Problem("law-test", file=file, line=1, why="a list of tests was expected")
    for entry in entries:
        yield _scenario(entry, file)


def _scenario(entry: Any, file: Path) -> Scenario:
    line = getattr(entry, "line", None)

    def wrong(why: str) -> Problem:
        return Problem("law-test", file=file, line=line, why=why)

    if not isinstance(entry, Mapping):
        raise wrong("a test is keys and values")
    for key in entry:
        if key not in _KEYS:
            raise wrong(f"unknown key {key}.{nearest(str(key), _KEYS)['en']}")
    if "name" not in entry or not isinstance(entry.get("expect"), Mapping) or not entry["expect"]:
        raise wrong("a test has a name and expects something")
    if "facts" in entry and "change" in entry:
        raise wrong("give facts (from nothing) or change (from a base), not both")
    covers = entry.get("covers", [])
    try:
        days = [_day(entry.get(key)) for key in ("date", "on", "as_of")]
    except ValueError as error:
        raise wrong(str(error)) from None
    return Scenario(
        name=str(entry["name"]),
        covers=tuple(covers if isinstance(covers, list) else [covers]),
        file=file,
        where=f"{file.name}:{line}",
        base=str(entry.get("base", NOTHING if "facts" in entry else "purchase")),
        documented=bool(entry.get("documented", True)),
        change=dict(entry.get("facts") or entry.get("change") or {}),
        on=days[0] or days[1],
        as_of=days[2],
        regime=entry.get("regime"),
        expect=dict(entry["expect"]),
    )


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
