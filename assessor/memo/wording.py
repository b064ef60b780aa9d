"""The memo's own words, from ``templates/text``; one file a language, the same keys in each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assessor.reading import read_yaml
from assessor.resources import data_folder

LANGUAGES = ("sv", "en")


@lru_cache(maxsize=len(LANGUAGES))
def wording(language: str) -> dict[str, Any]:
    """The words of a language, nested as in the file.

    Args:
        language: ``sv`` or ``en``.

    Raises:
        ValueError: another language.
        Problem: the file is missing or malformed.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    return dict(read_yaml(data_folder("templates") / "text" / f"{language}.yaml"))


@lru_cache(maxsize=1)
def layout() -> dict[str, Any]:
    """How the memo is laid out, from ``templates/memo/layout.yaml``."""
    return dict(read_yaml(data_folder("templates") / "memo" / "layout.yaml"))
