"""The assessment on a terminal: what a reader needs first, on little more than a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from io import StringIO
from typing import Any

from assessor.assessment.models import Assessment
from assessor.memo.context import memo_context
from assessor.memo.formats import NO_BREAK, sentence
from assessor.memo.typography import tidy

#: A line is some runs of text with the name of a style each; an empty style is plain.
Line = list[tuple[str, str]]

_STYLES = {
    "title": "bold",
    "label": "bold",
    "faint": "dim",
    "low": "bold green",
    "elevated": "bold yellow",
    "high": "bold red",
    "very_high": "bold red reverse",
    "established": "red",
    "contested": "yellow",
    "unknown": "yellow",
    "not_established": "green",
}
_NARROWEST = 60
_NARROWEST_COLUMN = 24


def render_text(assessment: Assessment, language: str, colour: bool = False, width: int = 100) -> str:
    """The result in words.

    Args:
        assessment: the assessment.
        language: ``sv`` or ``en``.
        colour: with terminal colours; otherwise plain text without any drawing.
        width: characters a line.

    Raises:
        ValueError: another language.
    """
    context = memo_context(assessment, language)
    lines = list(_Screen(context, language, max(width, _NARROWEST)).lines())
    if not colour:
        return "\n".join("".join(run for run, _ in line).rstrip() for line in lines) + "\n"
    return _coloured(lines)


def _coloured(lines: list[Line]) -> str:
    from rich.console import Console  # only a terminal needs it, and it is slow to import
    from rich.text import Text

    out = StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", soft_wrap=True, highlight=False)
    for line in lines:
        console.print(Text.assemble(*((run, _STYLES.get(style, "")) for run, style in line)))
    return out.getvalue()


class _Screen:
    def __init__(self, context: dict[str, Any], language: str, width: int) -> None:
        self.context = context
        self.language = language
        self.words = context["t"]["terminal"]
        self.width = width
        self.indent = 2 + max(len(self.words[name]) for name in self.words["margin"])

    def lines(self) -> Iterator[Line]:
        context, words, summary = self.context, self.words, self.context["summary"]
        yield [(context["case"], "title")]
        yield from self._wrapped(words["subtitle"].format(**context["dates"], law=context["law"]), "faint")
        if context["constructed"]:
            yield from self._wrapped(context["t"]["head"]["constructed"], "faint")
        yield []
        blocking = [context["t"]["summary"]["blocking"], *summary["blocking"]] if summary["blocking"] else []
        for line in (*blocking, summary["draft_plain"]):
            if line:
                yield from self._wrapped(line, "title")
                yield []
        span = words["band_closed"] if summary["closed"] else words["band"].format(best=summary["best"], worst=summary["worst"])
        yield [*self._label("class"), (summary["class_name"], summary["class_id"]), (f"  {span}", "")]
        yield from self._entry("outcome", " ".join(filter(None, (summary["outcome"], summary["test"]))))
        yield from self._regimes()
        yield from self._entry("scope", summary["scope"])
        yield []
        deciding = [f"{entry['name']}. {entry['because']}" for entry in summary["deciding"]]
        yield from self._entries("deciding", deciding, numbered=True)
        if not deciding:
            yield from self._entry("deciding", summary["deciding_none"])
        if summary["rests"]:
            yield from self._hanging([(" " * self.indent, "")], summary["rests"], "faint")
        yield []
        yield from self._elements()
        yield []
        yield from self._entry("value", context["value"]["total"])
        yield from self._entry("limit", f"{sentence(context['limit']['amount'])} {context['limit']['within']}")
        for regime in context["others"]:
            for ceiling in regime["ceilings"]:
                yield from self._entry("ceiling", ceiling["brief"])
        yield from self._fee()
        yield from self._entry("open", summary["today"])
        if context["firm"] and not summary["closed"]:
            yield []
            yield from self._entry("firm", context["firm"]["brief"])
        yield from self._unknown()
        open_routes = [route["name"] for route in context["routes"]["rows"] if route["open"] == "yes"]
        if open_routes:
            yield from self._entry("routes", "; ".join(open_routes) + ".")
        yield from self._entries("notes", context["facts"]["warnings"], numbered=False)
        yield []
        yield from self._wrapped(words["supports"], "faint")

    def _elements(self) -> Iterator[Line]:
        elements = self.context["first"]["elements"]
        longest = max((len(element["name"]) for element in elements), default=0)
        for position, element in enumerate(elements):
            first: Line = [
                *(self._label("elements") if position == 0 else [(" " * self.indent, "")]),
                (element["name"].ljust(longest + 2), ""),
                (element["status_name"].lower(), element["status"]),
            ]
            if not element["others"]:
                yield first
            else:
                possible = self.words["possible"].format(names=element["others"])
                yield from self._hanging([*first, ("  ", "")], possible, "faint")

    def _regimes(self) -> Iterator[Line]:
        """Each regime on a line: class, band, outcome."""
        rows = self.context["summary"]["regimes"]
        longest = max((len(row["name"]) for row in rows), default=0)
        widest = max((len(row["class_name"]) for row in rows), default=0)
        for position, row in enumerate(rows):
            first: Line = [
                *(self._label("regimes") if position == 0 else [(" " * self.indent, "")]),
                (row["name"].ljust(longest + 2), ""),
                (row["class_name"].lower().ljust(widest + 2), row["class_id"]),
            ]
            if self.width - sum(len(run) for run, _ in first) >= _NARROWEST_COLUMN:
                yield from self._hanging(first, row["outcome"])
            else:
                yield first
                yield from self._hanging([(" " * (self.indent + 2), "")], row["outcome"])

    def _fee(self) -> Iterator[Line]:
        fee = self.context["exposure"]["fee"]
        if fee["applies"] == "no":
            yield from self._entry("fee", self.words["fee_no"])
        else:
            told = self.words["fee_line"].format(ceiling=fee["ceiling_short"], likely=fee["likely_short"], by=fee["decided_by"])
            yield from self._entry("fee", f"{self.words['fee_applies'][fee['applies']]} {told}")

    def _unknown(self) -> Iterator[Line]:
        deciding, shown = self.context["unknown"]["deciding"], self.context["summary"]["ask"]
        if shown:
            yield []
            yield from self._entries("unknown", shown, numbered=False)
            if deciding > len(shown):
                yield [(" " * self.indent, ""), (self.words["more"].format(n=deciding - len(shown)), "faint")]

    def _label(self, name: str) -> Line:
        return [(self.words[name].ljust(self.indent), "label")]

    def _entry(self, name: str, text: str) -> Iterator[Line]:
        yield from self._hanging(self._label(name), text)

    def _entries(self, name: str, entries: list[str], numbered: bool) -> Iterator[Line]:
        for position, entry in enumerate(entries):
            label = self._label(name) if position == 0 else [(" " * self.indent, "")]
            mark = f"{position + 1}. " if numbered else "- "
            yield from self._hanging([*label, (mark, "")], entry)

    def _hanging(self, first: Line, text: str, style: str = "") -> Iterator[Line]:
        indent = sum(len(run) for run, _ in first)
        for position, row in enumerate(self._rows(text, max(self.width - indent, _NARROWEST_COLUMN))):
            yield [*(first if position == 0 else [(" " * indent, "")]), (row, style)]

    def _wrapped(self, text: str, style: str) -> Iterator[Line]:
        for row in self._rows(text, self.width):
            yield [(row, style)]

    def _rows(self, text: str, width: int) -> list[str]:
        """A text broken into rows; plain spaces in the end, so that what is copied can be searched."""
        rows = textwrap.wrap(tidy(text, self.language), width, break_long_words=False, break_on_hyphens=False)
        return [row.replace(NO_BREAK, " ") for row in rows]
