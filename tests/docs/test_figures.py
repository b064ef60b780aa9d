"""Figures and names on the pages about the method are those of the knowledge base."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from assessor.knowledge import KnowledgeBase, load

from .test_add_a_rule import ROOT

LETTERS = {"A": "procurement", "B": "state_aid", "C": "municipal_law", "D": "public_powers", "E": "partnership"}
PAGES = {"en": ROOT / "docs" / "method.md", "sv": ROOT / "docs" / "metod.md"}


@lru_cache(maxsize=1)
def law() -> KnowledgeBase:
    return load()


@lru_cache(maxsize=2)
def page(language: str) -> str:
    return PAGES[language].read_text("utf-8")


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_override_of_a_regime_is_named_in_its_part(letter: str, language: str) -> None:
    (part,) = re.findall(rf"^### {letter}\. .*?(?=^##)", page(language), re.S | re.M)
    named = [each for each in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", part) if each not in law().sources]
    assert named == [override.id for override in law().tables[LETTERS[letter]].overrides]


@pytest.mark.parametrize("language", PAGES)
def test_the_matrix(language: str) -> None:
    names = {klass: text.get(language).lower() for klass, text in law().result.classes.items()}
    for likelihood, row in law().result.matrix.items():
        cells = " | ".join(names[klass] for klass in row)
        assert f" {likelihood}** | {cells} |" in page(language)


@pytest.mark.parametrize("language", PAGES)
def test_the_doubts_lie_within_the_ranges(language: str) -> None:
    told = re.findall(r"^\| [A-E] \| ((?:D\d+–D\d+(?:, )?)+) \|", page(language), re.M)
    assert len(told) == len(LETTERS)
    ranges = [pair for each in told for pair in re.findall(r"D(\d+)–D(\d+)", each)]
    for doubt in law().doubts:
        assert any(int(first) <= int(doubt[1:]) <= int(last) for first, last in ranges), doubt


@pytest.mark.parametrize(("language", "word"), [("en", "criteria"), ("sv", "kriterier")])
def test_the_criteria_are_counted(language: str, word: str) -> None:
    criteria = sum(issue.element is not None for issue in law().issues.values() if issue.regime == "partnership")
    assert f"\n{criteria} {word} " in page(language)


def test_what_the_readme_names_can_be_shown() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in set(re.findall(r"`(?:assessor )?rules show ([\w.-]+)", readme)):
        assert name in {**law().questions, **law().factors, **law().rules, **law().doubts}, name
    for name in set(re.findall(r"`sources show ([\w.-]+)", readme)):
        assert name in law().sources, name
