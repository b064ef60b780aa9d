"""The law tests' own format: a base case, what is changed in it, and what must come out. See tests/law/README.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.problems import Problem, nearest
from assessor.reading import line_at, read_yaml

_KEYS = ("name", "covers", "why", "base", "date", "on", "as_of", "documented", "facts", "change", "regime", "expect")
#: Where a test that gives ``facts`` and no base begins: a case that says nothing.
NOTHING = "empty"


@dataclass(frozen=True, eq=False)
class Scenario:
    """One law test, as a lawyer wrote it.

    Attributes:
        covers: traps, provisions or notes it is about.
        entry: the test as it stands in the file, with its lines.
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
    entry: Mapping[str, Any]
    base: str
    documented: bool
    change: Mapping[str, Any]
    on: dt.date | None
    as_of: dt.date | None
    regime: str | None
    expect: Mapping[str, Any]

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file.name}:{line_at(self.entry, ())}"

    def wrong(self, why: Mapping[str, str], *at: Any) -> Problem:
        """What is told of a slip in it, in both languages, with the line of what it concerns."""
        return Problem("this-law-test", file=self.file, line=line_at(self.entry, at), test=self.name, why=dict(why))


def scenarios(file: Path) -> Iterator[Scenario]:
    """The law tests of a file.

    Raises:
        Problem: the file is no list of law tests, or one of them is not written as it must be, with the line.
    """
    entries = read_yaml(file)
    if not isinstance(entries, list):
        raise Problem(
            "law-test", file=file, line=1, why={"sv": "här väntas en lista av tester.", "en": "a list of tests was expected."}
        )
    for number, entry in enumerate(entries):
        yield _Reader(entry, file, line_at(entries, (number,))).scenario()


class _Reader:
    """Reads one law test; what depends on the knowledge base is checked where it is tried."""

    def __init__(self, entry: Any, file: Path, line: int | None) -> None:
        self.entry = entry
        self.file = file
        self.line = line

    def wrong(self, sv: str, en: str, *at: str) -> Problem:
        name = self.entry.get("name") if isinstance(self.entry, Mapping) else None
        where: dict[str, Any] = {"file": self.file, "line": line_at(self.entry, at) or self.line, "why": {"sv": sv, "en": en}}
        return Problem("this-law-test", test=name, **where) if isinstance(name, str) else Problem("law-test", **where)

    def scenario(self) -> Scenario:
        entry = self.entry
        if not isinstance(entry, Mapping):
            raise self.wrong("ett test är nycklar och värden.", "a test is keys and values.")
        for key in entry:
            if key not in _KEYS:
                hint = nearest(key, _KEYS)
                raise self.wrong(f"{key} är ingen känd nyckel.{hint['sv']}", f"unknown key {key}.{hint['en']}", key)
        if entry.get("name") is None or not entry.get("expect"):
            raise self.wrong(
                "ett test har ett namn (name) och väntar sig något (expect).", "a test has a name and expects something."
            )
        for one, other in (("facts", "change"), ("date", "on")):
            if one in entry and other in entry:
                raise self.wrong(f"skriv {one} eller {other}, inte båda.", f"give {one} or {other}, not both.", other)
        for key in ("base", "regime"):
            if not isinstance(entry.get(key, ""), str):
                raise self.wrong(f"{key} väntar ett namn.", f"{key} expects a name.", key)
        documented, covers = entry.get("documented", True), entry.get("covers", [])
        if not isinstance(documented, bool):
            raise self.wrong(
                f"documented är true eller false, inte {documented}.",
                f"documented is true or false, not {documented}.",
                "documented",
            )
        return Scenario(
            name=str(entry["name"]),
            covers=tuple(covers if isinstance(covers, list) else [covers]),
            file=self.file,
            entry=entry,
            base=entry.get("base", NOTHING if "facts" in entry else "purchase"),
            documented=documented,
            change=self.mapping("facts") or self.mapping("change"),
            on=self.day("date") or self.day("on"),
            as_of=self.day("as_of"),
            regime=entry.get("regime"),
            expect=self.mapping("expect"),
        )

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = {} if self.entry.get(key) is None else self.entry[key]
        if not isinstance(value, Mapping):
            raise self.wrong(f"{key} väntar nycklar och värden.", f"{key} expects keys and values.", key)
        return value

    def day(self, key: str) -> dt.date | None:
        value = self.entry.get(key)
        try:
            return None if value is None else dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(
                f"{key} väntar en dag (ÅÅÅÅ-MM-DD), inte {value}.", f"{key} expects a day (YYYY-MM-DD), not {value}.", key
            ) from None
