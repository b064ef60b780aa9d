"""Every command sets its lines as wide as the terminal, and 100 where there is none."""

from __future__ import annotations

import pytest

from assessor.cli import layout

from .test_advising import FIVE
from .test_cli import ALINGSAS, run

COMMANDS = [
    ("assess", ALINGSAS, "--no-search"),
    ("explain", ALINGSAS, "consideration"),
    ("compare", ALINGSAS, "kamr-295-18"),
    ("next", "cases/eskilstuna-moa.yaml", "--top", "2"),
    ("advise", FIVE),
    pytest.param(("reconcile", ALINGSAS, FIVE), marks=pytest.mark.slow),
    ("rules", "show", "payment.basis"),
    ("rules", "diff", "2022-01-31", "2022-02-01"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_lines_are_as_wide_as_the_terminal(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def longest(columns: str) -> int:
        monkeypatch.setenv("COLUMNS", columns)
        return max(len(line) for line in run(*arguments).stdout.split("\n"))

    assert longest("70") <= 70 < longest("100") <= 100


def test_without_a_terminal_the_width_is_100(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("sys.__stdout__", None)
    assert layout.width() == layout.PLAIN == 100


def test_hard_spaces_hold_and_are_then_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    first, second = layout.lines("x" * 55 + " 10\u00a0000", "- ")
    assert (first, second) == ("- " + "x" * 55, "  10 000")


def test_cells_are_broken_to_the_width_and_stay_in_their_columns() -> None:
    told = layout.columns([("a", "one two three four five six", "b"), ("cc", "d", "seven eight nine ten eleven")], 44)
    assert told.split("\n") == [
        "a   one two three four   b",
        "    five six",
        "cc  d                    seven eight nine",
        "                         ten eleven",
    ]
