"""No law in Python: no provision, statute, amount, date of law or legal sentence among the literals of ``assessor/``."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "assessor"

#: Numbers of 10,000 and more that are limits of the machine, not of the law: (file, number).
TECHNICAL = {
    ("case/read.py", 10_000_000_000_000),
    ("inference/durable.py", 2166136261),
    ("inference/durable.py", 16777619),
    ("inference/durable.py", 0xFFFFFFFF),
    ("reading.py", 1_000_000),
    ("knowledge/load.py", 1_000_000),
    ("memo/formats.py", 1_000_000),  # what "million" means
}

#: Examples of how to call the program, and addresses: no law.
NOT_LAW = re.compile(r"https?://\S+|\bcases/[a-z-]+\.yaml|e\.g\. [a-z0-9/.-]+")

LAW = re.compile(
    r"""
    \d\s*[a-z]?\s*§ | §§?\s*\d | \b\d+\s*(?:kap|st|mom)\.(?!\w)
    | \b(?:kap|SFS|prop|NJA|HFD|RÅ|KamR|MÖD)\.?\s*\d | \bbilaga\s+\d | \bannex\s+[0-9IVX]+\b
    | \b(?:LOU|LUK|LUF|LOV|LUFS|KL|SoL|HSL|LSS|FL|OSL|TF|RF|AvtL|EUF|FEUF|TFEU|GDPR|BRB|KKL|KkvL)\b
    | \b\d{4}:\d{1,4}\b                    # SFS number
    | \b(?:direktiv|directive|förordning|regulation)\s+\(?(?:EU|EG|EC)?\)?\s*\d
    | \bC[-‑–]\d+/\d\d\b | \bHFD\b | \bAlings[åa]s\b | \bref\.\s*\d
    | upphandlingsskadeavgift | konkurrensverk | förvaltningsrätt | kammarrätt | kommunallag | upphandlingslag
    | \bprocurement\s+act\b | \bcompetition\s+authority\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
STATUTES_AS_WORDS = re.compile(r"\b(?:LOU|LUK|LUF|LOV|KL|SoL|HSL|LSS|FL|OSL)\b")
ISO_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")

FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def literals(path: Path) -> Iterator[tuple[int, object]]:
    """Every constant but docstrings, with its line."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for statement in body:  # a docstring, or the text under an attribute
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    docstrings.add(id(statement.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, NOT_LAW.sub("", node.value) if isinstance(node.value, str) else node.value


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_provisions_or_statutes(path: Path) -> None:
    found = []
    for line, value in literals(path):
        if isinstance(value, str):
            match = LAW.search(value) if not value.isupper() or len(value) > 4 else STATUTES_AS_WORDS.search(value)
            if match:
                found.append(f"{name_of(path)}:{line}: {match[0]!r} in {value[:80]!r}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_amounts(path: Path) -> None:
    found = [
        f"{name_of(path)}:{line}: {value}"
        for line, value in literals(path)
        if isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) >= 10_000
        and (name_of(path), value) not in TECHNICAL
    ]
    found += [
        f"{name_of(path)}:{line}: {value[:80]!r}"
        for line, value in literals(path)
        if isinstance(value, str) and re.search(r"\b\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+\b|\b\d{5,}\s*(?:kr|SEK|EUR|kronor)", value)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_dates_of_law(path: Path) -> None:
    found = [
        f"{name_of(path)}:{line}: {value!r}"
        for line, value in literals(path)
        if isinstance(value, str) and ISO_DATE.search(value)
    ]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            years = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, int)]
            if called in ("date", "datetime", "Days") and len(years) == 3 and 1900 < years[0] < 2100:
                found.append(f"{name_of(path)}:{node.lineno}: {dt.date(*years)}")
    assert not found, "\n".join(found)


def test_no_ids_of_the_knowledge_base() -> None:
    """No factor, question, norm, source, parameter or precedent is named in Python."""
    from assessor.knowledge import load

    knowledge = load()
    ids = {
        *knowledge.questions,
        *knowledge.norms,
        *knowledge.sources,
        *knowledge.parameters,
        *knowledge.precedents,
        *knowledge.factors,
        *knowledge.elements,
        *knowledge.routes,
        *knowledge.duties,
        *knowledge.rules,
        *(conclusion.id for issue in knowledge.issues.values() for conclusion in issue.conclusions),
        *(quantity.id for issue in knowledge.issues.values() for quantity in issue.quantities),
    }
    #: Words that are also plain words of the program: the JSON contract and the vocabulary of the design.
    plain = {
        "value", "status", "authority", "supplier", "benefit", "limit", "fee", "damages", "ineffectiveness", "documentation",
        "written", "binding", "supervision", "parts", "siblings", "payments", "vat", "initiative", "consideration", "performance",
        "commencement", "arguments",
    }  # fmt: skip
    found = [
        f"{name_of(path)}:{line}: {value!r}"
        for path in FILES
        for line, value in literals(path)
        if isinstance(value, str) and value in ids - plain
    ]
    assert not found, "\n".join(found)


def test_the_test_itself_sees_law() -> None:
    for text in (
        "19 a kap. 7 §",
        "enligt LOU",
        "2016:1145",
        "C-113/13",
        "bilaga 2",
        "Upphandlingsskadeavgift",
        "HFD 2020 ref. 15",
    ):
        assert LAW.search(text), text
    for text in ("no such file", "%Y-%m", "lou", "first", "kapabel"):
        assert not re.search(LAW.pattern, text, re.VERBOSE) or text == "lou", text
