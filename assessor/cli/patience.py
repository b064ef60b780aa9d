"""Long searches on a terminal: what is being done is told, and Ctrl-C ends the search, not the program."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_TELLS = {
    "band": {
        "sv": "Söker hur klassen kan bli. Ctrl-C avbryter sökningen.",
        "en": "Searching what the class can become. Ctrl-C ends the search.",
    },
    "levers": {"sv": "Prövar åtgärder. Ctrl-C avbryter sökningen.", "en": "Trying changes. Ctrl-C ends the search."},
}
_ENDED = {"sv": "Sökningen avbröts. Det som hann visas står kvar.", "en": "The search was ended. What it had shown stands."}


@contextmanager
def patience(what: str, language: str) -> Iterator[Callable[[], bool]]:
    """Tells on stderr, if that is a terminal, what is searched for; gives a function that says whether to stop.

    Args:
        what: ``band`` or ``levers``.
        language: ``sv`` or ``en``.
    """
    asked = False
    shown = sys.stderr.isatty()

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    before = signal.signal(signal.SIGINT, ask)
    if shown:
        print(f"\r{_TELLS[what][language]}", end="", file=sys.stderr, flush=True)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        if asked:
            print(_ENDED[language], file=sys.stderr)
