"""Fine adjustment of running text: what stays on one line, and only characters the bundled fonts have."""

from __future__ import annotations

import re
from functools import lru_cache

from assessor.memo.formats import NO_BREAK
from assessor.memo.wording import wording
from assessor.reading import read_yaml
from assessor.resources import data_folder

#: The space inside a number.
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LIKE = str.maketrans({"\u202f": NO_BREAK, "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u00ad": ""})


def tidy(text: str, language: str) -> str:
    """A text as the memo prints it.

    A number keeps what belongs to it on its line. A character that no bundled font has (a case file may hold any)
    is replaced by its look-alike or by its code point in angle marks: falling back to a font of the machine would
    make the document another one on the next machine.
    """
    text = text.translate(_LIKE)
    before, after = _patterns(language)
    text = before.sub(lambda match: match[1] + NO_BREAK, text)
    text = after.sub(lambda match: match[1] + NO_BREAK, text)
    text = _THOUSANDS.sub(NO_BREAK, text)
    if text.isascii():
        return text
    missing = str(wording(language)["typography"]["missing_character"])
    latin, extended = characters("latin"), characters("extended")
    return "".join(c if c in latin or c in extended or c in "\n\t" else missing.format(code=f"{ord(c):04X}") for c in text)


@lru_cache(maxsize=2)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wording(language)["typography"]

    def either(names: list[str]) -> str:
        return "|".join(re.escape(str(name)) for name in sorted(names, key=len, reverse=True))

    number_then = re.compile(rf"(\d|§|kap\.)[ \u00a0](?=(?:{either(words['number_then'])})(?!\w))")
    then_number = re.compile(rf"((?<!\w)(?:{either(words['then_number'])}))[ \u00a0](?=\d)")
    return number_then, then_number


def needs_letters(text: str) -> bool:
    """Whether a text has letters that only the extended faces have."""
    return not text.isascii() and not characters("extended").isdisjoint(text)


@lru_cache(maxsize=2)
def characters(face: str) -> frozenset[str]:
    """The characters the bundled fonts have, from ``fonts/characters.yaml``.

    Args:
        face: ``latin``, in every face, or ``extended``.
    """
    found: set[str] = set()
    for entry in read_yaml(data_folder("templates") / "fonts" / "characters.yaml")[face]:
        first, _, last = str(entry).partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)
