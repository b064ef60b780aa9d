"""Carries out ``docs/add-a-rule.md`` on a copy of the law: every block fits, and what the page promises comes out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from assessor.assessment import Assessor
from assessor.knowledge import load
from assessor.lawtest import Court, Scenario, differences, scenarios
from assessor.lawtest.check import check
from assessor.lawtest.mutate import mutate
from assessor.problems import Problem

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "add-a-rule.md"
BLOCK = re.compile(r"^```yaml\n# file: (?P<files>[^\n]+) \((?P<mark>[a-z ]+)\)\n(?P<text>.*?)^```$", re.S | re.M)


class Block(NamedTuple):
    """A block of the page.

    Attributes:
        files: what it belongs to.
        mark: what to do there.
        text: what to find or to write.
    """

    files: tuple[str, ...]
    mark: str
    text: str


def blocks(walk: str) -> tuple[Block, ...]:
    """The blocks of one walk, ``A`` or ``B``, in order."""
    (part,) = (part for part in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.M) if part.startswith(f"{walk}. "))
    return tuple(Block(tuple(found["files"].split(", ")), found["mark"], found["text"]) for found in BLOCK.finditer(part))


class Copy:
    """A copy of the law and of its tests, edited as the page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, str] = {}
        shutil.copytree(ROOT / "rules", folder / "rules")
        shutil.copytree(ROOT / "tests" / "law", folder / "tests" / "law", ignore=shutil.ignore_patterns("*.py", "__pycache__"))

    def carry_out(self, steps: Sequence[Block]) -> None:
        """Does what some blocks say."""
        for block in steps:
            for file in block.files:
                self._carry_out(block, file)

    def _carry_out(self, block: Block, name: str) -> None:
        file = self.folder / name
        if block.mark == "new file":
            assert not file.exists(), name
            file.write_text(block.text, "utf-8")
            return
        before, text = file.read_text("utf-8"), block.text
        if block.mark == "add at the end":
            file.write_text(before + text, "utf-8")
        elif block.mark == "write instead":
            file.write_text(before.replace(self.found.pop(name), text.removesuffix("\n")), "utf-8")
        else:
            assert block.mark in ("as it is", "strike"), block.mark
            assert before.count(text.removesuffix("\n")) == 1, f"{name} does not say, once: {text}"
            if block.mark == "strike":
                file.write_text(before.replace(text, ""), "utf-8")
            else:
                self.found[name] = text.removesuffix("\n")

    def faults(self) -> list[str]:
        """What the check says of it."""
        return [problem.text("en") for problem in check(load(self.folder / "rules"))]

    def court(self) -> Court:
        """Tries its law tests on its law; compiled Python is enough, the law's own tests run both evaluators."""
        tests = self.folder / "tests" / "law"
        return Court((tests / "bases", tests, ROOT / "cases"), Assessor(load(self.folder / "rules")), search=True)

    def tests(self, name: str) -> list[Scenario]:
        """The law tests of a file."""
        return list(scenarios(self.folder / "tests" / "law" / name))

    def otherwise(self, name: str, about: str | None = None) -> list[str]:
        """The tests of a file that come out otherwise than expected, or name what is not there.

        Args:
            name: the file.
            about: only the tests that expect something of this.
        """
        court = self.court()
        tests = (test for test in self.tests(name) if about is None or about in test.expect)
        return [test.name for test in tests if self._fails(court, test)]

    def _fails(self, court: Court, test: Scenario) -> bool:
        try:
            return any(differences(court.run(test), court, test))
        except Problem:
            return True


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_changed_limit(copy: Copy) -> None:
    steps = blocks("A")
    tests = next(number for number, block in enumerate(steps) if block.files == ("tests/law/dates.yaml",))
    copy.carry_out(steps[:tests])
    assert copy.faults() == []
    assert len(copy.otherwise("dates.yaml", "limit_sek")) == 2  # they still expect the interval
    copy.carry_out(steps[tests:])
    assert copy.otherwise("dates.yaml", "limit_sek") == []
    knowledge = load(copy.folder / "rules")
    assert "D01" not in knowledge.doubts
    ends = {
        name: row.values[-1].value for name, row in knowledge.parameters.items() if row.values[-1].source == "sfs-2025-thresholds"
    }
    assert ends == {
        "direct-award-limit-annex2": 8_456_789,
        "direct-award-limit-welfare": 8_456_789,
        "threshold-social": 8_456_789,
        "threshold-goods-services": 2_345_678,
    }


@pytest.mark.slow
def test_a_new_judgment(copy: Copy) -> None:
    first, source, *rest = blocks("B")
    copy.carry_out([first])
    assert len(copy.otherwise("places-paid.yaml")) == 1
    copy.carry_out([source])
    (fault,) = copy.faults()
    assert "efta-e-4-22: nothing uses this source" in fault
    *rule, more = rest
    copy.carry_out(rule)
    assert copy.faults() == []
    found = mutate(copy.court(), copy.tests("places-paid.yaml"), {}, "benefit.places-paid")
    assert (found.killed, len(found.survivors)) == (2, 2)
    copy.carry_out([more])
    assert copy.otherwise("places-paid.yaml") == []
    found = mutate(copy.court(), copy.tests("places-paid.yaml"), {}, "benefit.places-paid")
    assert (found.killed, found.survivors) == (4, ())


def test_the_pages_that_name_the_doubt_are_named_in_the_last_step() -> None:
    """Striking the doubt of walk A leaves no page that still says it."""
    finish = PAGE.read_text("utf-8").split("**6. Finish.**")[1].split("\n---")[0]
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    saying = [page for page in pages if page != PAGE and re.search(r"\(D01|amounts in SEK for\s+2026", page.read_text("utf-8"))]
    assert [page.name for page in saying] == ["README.md", "method.md", "metod.md"]
    assert all(page.relative_to(ROOT).as_posix() in finish for page in saying)


def test_a_test_of_a_rule_that_is_not_there_is_refused_as_the_page_says(copy: Copy) -> None:
    assert "a test that names an unknown rule is refused" in PAGE.read_text("utf-8")
    (copy.folder / "tests" / "law" / "early.yaml").write_text("- {name: x, expect: {silent: benefit.places-paid}}", "utf-8")
    court, (test,) = copy.court(), copy.tests("early.yaml")
    with pytest.raises(Problem, match="silent expects the id of a rule, not benefit"):
        list(differences(court.run(test), court, test))


def test_every_block_is_marked_and_carried_out() -> None:
    """A block without its mark would be carried out by nobody."""
    page = PAGE.read_text("utf-8")
    assert page.count("```yaml\n") == len(blocks("A")) + len(blocks("B"))
    assert "@@" not in page
