"""The JSON of an assessment is a documented contract: keys, schema, golden file, same bytes every time."""

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

from assessor.assessment import Assessor
from assessor.assessment.contract import json_schema, to_json
from assessor.assessment.models import Finding
from assessor.case import read_case
from assessor.case.schema import case_schema
from assessor.knowledge import KnowledgeBase, load

ROOT = Path(__file__).parents[2]
QUICK = {"alingsas", "idrottshall", "eskilstuna-moa", "linkoping", "region-skane", "samtalsstod-direktupphandling"}
CASES = [  # a few of different kinds every time, all of them with the slow tests
    pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
    for path in sorted((ROOT / "cases").glob("*.yaml"))
]
GOLDEN = Path(__file__).parent / "golden"
TOP = [
    "schema",
    "case",
    "on",
    "as_of",
    "scope",
    "class",
    "band",
    "blocking",
    "laws",
    "regimes",
    "value",
    "limit",
    "exposure",
    "deadlines",
    "duties",
    "routes",
    "findings",
    "precedents",
    "unknown",
    "doubts",
    "versions",
]
REGIME = ["id", "on", "outcome", "class", "band", "likelihood", "consequence", "overrides", "test", "decisions", "elements"]
FEE = [
    "condition",
    "floor_sek",
    "ceiling_sek",
    "likely_low_sek",
    "likely_high_sek",
    "outer_low_sek",
    "outer_high_sek",
    "decided_by",
    "window_ends",
]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="module")
def assessor(knowledge: KnowledgeBase) -> Assessor:
    return Assessor(knowledge)


def data_of(assessor: Assessor, name: str) -> dict:
    case = read_case(ROOT / "cases" / f"{name}.yaml", assessor.knowledge)
    return json.loads(to_json(assessor.assess(case)))


@pytest.mark.parametrize("path", CASES)
def test_every_case_keeps_the_schema(assessor: Assessor, path: Path) -> None:
    data = data_of(assessor, path.stem)
    jsonschema.validate(data, json_schema())
    assert set(TOP) <= set(data)
    assert set(REGIME) <= set(data["regimes"][0])
    assert set(FEE) <= set(data["exposure"]["fee"])
    assert {"total_sek", "methods"} <= set(data["value"])


@pytest.mark.parametrize("path", CASES)
def test_references_inside_the_json_hold(assessor: Assessor, path: Path) -> None:
    data = data_of(assessor, path.stem)
    findings = {finding["id"] for finding in data["findings"]}
    assert len(findings) == len(data["findings"])
    for regime in data["regimes"]:
        for element in regime["elements"]:
            assert set(element["findings"]) <= findings
            assert element["status"] in (*element["possible"], "unknown")
    assert set(data["deciding"]) <= findings and len(data["deciding"]) <= 3
    doubts = {doubt["id"] for doubt in data["doubts"]}
    assert all(set(finding["doubts"]) <= doubts for finding in data["findings"])
    cited = {c["source"] for finding in data["findings"] for c in finding["citations"]}
    assert cited <= {source["id"] for source in data["sources"]}


@pytest.mark.parametrize("path", CASES)
def test_every_finding_can_be_asked_why(assessor: Assessor, path: Path) -> None:
    for finding in data_of(assessor, path.stem)["findings"]:
        assert finding["citations"], finding["id"]
        assert finding["because"]["sv"] and finding["because"]["en"]
        if finding["holds"] == "yes":
            assert finding["premises"], finding["id"]
        else:
            unread = any(gap.kind == "not_entered" for gap in assessor.knowledge.norms[finding["norm"]].gaps)
            assert finding["waits_for"] or (unread and finding["certainty"] == "RECALL"), finding["id"]


@pytest.mark.parametrize("path", CASES)
def test_every_regime_is_assessed_or_said_not_to_be(assessor: Assessor, path: Path) -> None:
    data = data_of(assessor, path.stem)
    assert data["scope"]["assessed"] == [regime["id"] for regime in data["regimes"]]
    assert [*data["scope"]["assessed"], *data["scope"]["not_assessed"]] == list(assessor.knowledge.regimes)
    order = ["low", "elevated", "high", "very_high"]
    assert data["class"] == max((regime["class"] for regime in data["regimes"]), key=order.index)
    assert data["worst_regimes"] == [regime["id"] for regime in data["regimes"] if regime["class"] == data["class"]]


@pytest.mark.parametrize("name", ["alingsas", "eskilstuna-moa"])
def test_golden(assessor: Assessor, name: str) -> None:
    """Written anew with ``UPDATE_GOLDEN=1 make test``; read the difference before committing it."""
    text = to_json(assessor.assess(read_case(ROOT / "cases" / f"{name}.yaml", assessor.knowledge)))
    data = json.loads(text)
    data["versions"] = {**data["versions"], "digest": "", "program": ""}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_same_bytes_in_another_process_and_order() -> None:
    command = [sys.executable, "-m", "assessor", "assess", "cases/alingsas.yaml", "--as-of", "2026-11-21", "--format", "json"]
    runs = {
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
        for seed in ("0", "1", "7")
    }
    assert len(runs) == 1


def test_the_case_schema_in_the_repository_is_current(knowledge: KnowledgeBase) -> None:
    """``assessor schema case -o cases/case.schema.json`` writes it anew."""
    assert json.loads((ROOT / "cases" / "case.schema.json").read_text(encoding="utf-8")) == case_schema(knowledge)


def test_the_schema_of_the_contract_in_the_repository_is_current() -> None:
    """``assessor schema assessment -o docs/assessment.schema.json`` writes it anew."""
    path = ROOT / "docs" / "assessment.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(json_schema()))


def test_a_finding_has_each_of_its_fields(assessor: Assessor) -> None:
    """They are not set by the constructor, which would see to it."""
    found = assessor.assess(read_case(ROOT / "cases" / "alingsas.yaml", assessor.knowledge), explain=False)
    names = {field.name for field in fields(Finding)}
    assert found.findings and all(set(vars(finding)) == names for finding in found.findings)
