"""Assessments of the real cases, and their memos, made once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import pikepdf
import pytest

from assessor.advice import advice
from assessor.assessment import Assessment, assess
from assessor.assessment.assess import Assessor
from assessor.band import firmness
from assessor.case.read import read_case
from assessor.knowledge import load
from assessor.memo import render_html, render_pdf

ROOT = Path(__file__).resolve().parents[2]
AS_OF = dt.date(2026, 11, 21)
CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml"))
LANGUAGES = ("sv", "en")
#: Rendered in every run; the others with the slow tests.
FEW = ("alingsas", "eskilstuna-god-man", "eskilstuna-moa", "idrottshall", "region-skane", "samtalsstod-direktupphandling")


@lru_cache(maxsize=1)
def knowledge():
    return load()


@cache
def assessed(case: str) -> Assessment:
    return assess(read_case(ROOT / "cases" / f"{case}.yaml", knowledge()), knowledge(), None, AS_OF)


@cache
def searched(case: str) -> Assessment:
    """With how firm the class is, and what can be changed."""
    assessor, it = Assessor(knowledge()), read_case(ROOT / "cases" / f"{case}.yaml", knowledge())
    made = assessed(case)
    made = replace(made, firmness=firmness(assessor, it, made))
    return replace(made, advice=advice(assessor, it, made))


@cache
def html(case: str, language: str) -> str:
    return render_html(assessed(case), language)


@cache
def pdf(case: str, language: str) -> bytes:
    return render_pdf(assessed(case), language)


@pytest.fixture(params=[case if case in FEW else pytest.param(case, marks=pytest.mark.slow) for case in CASES])
def case(request) -> str:
    return request.param


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def alingsas() -> Assessment:
    return assessed("alingsas")


@pytest.fixture(scope="session")
def document(tmp_path_factory) -> pikepdf.Pdf:
    path = tmp_path_factory.mktemp("memo") / "alingsas.pdf"
    path.write_bytes(pdf("alingsas", "sv"))
    return pikepdf.open(path)
