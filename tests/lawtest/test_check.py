"""A fault put into a sound knowledge base is found, with the file it stands in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessor.knowledge import load
from assessor.lawtest.check import check
from assessor.problems import Problem

TOY = Path(__file__).parents[1] / "knowledge" / "toy" / "rules"


def faults(folder: Path) -> list[str]:
    """What is wrong with a knowledge base, as the reader is told it."""
    try:
        return [problem.text("en") for problem in check(load(folder))]
    except Problem as problem:
        return [problem.text("en")]


def test_the_toy_is_sound() -> None:
    """But for a question of text, which no rule can read; it is there for the tests of case files."""
    (only,) = faults(TOY)
    assert "span.name: nothing uses this question" in only


def test_the_law_is_sound() -> None:
    assert faults(Path(__file__).parents[2] / "rules") == []


FAULTS = [
    ("safety/ground.yaml", "norm: ground-bears\n    when: {ground.kind: rock}", "norm: gone\n    when: {ground.kind: rock}",
     "no norm gone"),
    ("safety/ground.yaml", "source: old-bridge, at: 5", "source: new-bridge, at: 5", "no source new-bridge"),
    ("safety/ground.yaml", "doubts: [T1]", "doubts: [T9]", "no doubt T9"),
    ("safety/ground.yaml", "    doubts: [T1]\n", "", "T1: nothing uses this doubt"),
    ("safety/ground.yaml", "    factor: F1", "    factor: F9", "there is no factor F9"),
    ("safety/ground.yaml", "{ground.kind: rock}", "{ground.kind: roc}", "roc is no answer to ground.kind. Did you mean rock"),
    ("safety/ground.yaml", "{ground.kind: rock}", "{ground.kin: rock}", "ground.kin is not known. Did you mean ground.kind"),
    ("safety/ground.yaml", "because: {sv: Berg bär., en: Rock bears.}", "because: {sv: Berg bär.}", "because.en"),
    ("safety/ground.yaml", "    denies: ground\n", "    denies: ground\n    supports: ground\n", "exactly one of"),
    ("safety/span.yaml", "when: {span.material: steel}", "when: {painted: true, bare-bridge: true}", "a later regime"),
    ("safety/span.yaml", "supports: span, norm: span-holds, when: {span.material: stone}",
     "factor: F3, norm: span-holds, when: {span.material: steel, span.rot: {at_least: 1}}", "holds and concludes the same"),
    ("upkeep/paint.yaml", "opposes: paint, norm: opening, when: {painted: false}",
     "opposes: paint, norm: opening, when: {painted: true}", "points the other way"),
    ("norms/timber-rule.yaml", "from: 2010-01-01", "from: 1999-01-01", "begins before act was in force"),
    ("norms/span-holds.yaml", "from: 2000-01-01", "from: 2005-01-01", "no law is entered for span"),
    ("norms/span-holds.yaml", "to: null", "to: 2015-12-31", "on 2016-01-01 no law is entered for span"),
    ("norms/span-holds.yaml", "from: 2000-01-01, to: null, certainty: VERIFIED}\n",
     "from: 2005-01-01, to: null, certainty: VERIFIED}\n"
     "gaps:\n  - {kind: not_entered, from: 2000-01-01, to: 2004-12-31, because: {sv: Oläst., en: Unread.}, doubts: [T1]}\n",
     "law not entered would make it vanish"),
    ("norms/timber-rule.yaml", "to: null, certainty: VERIFIED}\n", "to: 2019-12-31, certainty: VERIFIED}\ngaps:\n"
     "  - {kind: not_entered, from: 2020-01-01, to: null, because: {sv: Oläst., en: Unread.}, doubts: [T1]}\n",
     "a later provision"),
    ("norms/timber-rule.yaml", "to: null, certainty: VERIFIED}\n", "to: null, certainty: VERIFIED}\n"
     "gaps:\n  - {kind: not_entered, from: 2000-01-01, to: 2009-12-31, because: {sv: Oläst., en: Unread.}}\n",
     "needs its doubt"),
    ("norms/timber-rule.yaml", "to: null, certainty: VERIFIED}\n", "to: null, certainty: VERIFIED}\n"
     "gaps:\n  - {kind: not_in_force, from: 2000-01-01, to: 2010-01-01, because: {sv: Ny., en: New.}}\n", "two periods overlap"),
    ("norms/timber-rule.yaml", "to: null, certainty: VERIFIED", "to: null, certainty: RECALL", "rests on recall alone"),
    ("sources/act.yaml", "to: null", "to: 2020-12-31", "ends after act"),
    ("parameters/toll-ceiling.yaml", "to: 2009-12-31", "to: 2011-12-31", "two periods overlap"),
    ("parameters/toll-share.yaml", "norm: opening", "norm: nowhere", "no norm nowhere"),
    ("result.yaml", "1: [calm, calm, shaky, shaky]", "1: [calm, falling, shaky, shaky]", "the matrix falls"),
    ("result.yaml", "1: [calm, calm, shaky, shaky]", "1: [calm, calm, shaky, grey]", "grey, which is no class"),
    ("result.yaml", "  - {gives: unknown}", "  - {gives: unknown, when: {for: false}}", "must have no condition"),
    ("safety/result.yaml", "gives: [closed], when", "gives: [ruined], when", "ruined is no outcome"),
    ("safety/result.yaml", "{gives: [closed], when: {holding: not_established}}", "{gives: [closed]}", "hides those below it"),
    ("safety/result.yaml", "at_least: falling", "at_least: fallen", "fallen is no class"),
    ("safety/result.yaml", "issues: [ground, span, traffic, verdict]", "issues: [ground, span, traffic]", "verdict"),
    ("upkeep/result.yaml", "gives: 2, when: {load-heavy: true}", "gives: 5, when: {load-heavy: true}", "5 is no level"),
    ("upkeep/result.yaml", "{gives: done, when: {for: true}}", "{gives: painted, when: {for: true}}", "painted is no status"),
    ("questions/all.yaml", "- id: painted", "- id: repainted", "painted is not known"),
    ("questions/all.yaml", "- id: painted", "- id: queue", "queue is defined twice"),
    ("safety/traffic.yaml", "formula: 'total(traffic.weight, kind=\"cart\")'", "formula: load",
     "load is neither a question nor a quantity above this one"),
    ("about.yaml", "upkeep: {otherwise: as_of}", "upkeep: {otherwise: never}", "otherwise"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), FAULTS, ids=[f"{file}-{says}" for file, _, _, says in FAULTS])
def test_a_fault_is_found(file: str, old: str, new: str, says: str, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(TOY, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    found = faults(folder)
    assert any(says in fault for fault in found), found
    assert any("rules/" in fault for fault in found), found
