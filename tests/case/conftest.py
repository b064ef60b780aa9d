"""Case files against the knowledge base of bridges: its questions do not change when the law does."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from assessor.case.models import Case
from assessor.case.read import parse_case
from assessor.knowledge import KnowledgeBase, load

TOY = Path(__file__).parents[1] / "knowledge" / "toy"


@lru_cache(maxsize=1)
def _bridges() -> KnowledgeBase:
    return load(TOY / "rules")


@pytest.fixture
def bridges() -> KnowledgeBase:
    return _bridges()


@pytest.fixture
def read(bridges: KnowledgeBase) -> Callable[[str], Case]:
    """Reads the text of a case file called bridge.yaml."""
    return lambda text: parse_case(text, Path("bridge.yaml"), bridges)
