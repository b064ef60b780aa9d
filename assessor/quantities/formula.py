"""Formulas of quantities: plain arithmetic over questions, quantities and parameters.

    yearly * months / 12 + total(payments.amount_sek, per="once")

Allowed are ``+ - * /``, whole numbers, names, ``min``, ``max``, ``amount("parameter-id")``,
``total(question.field, field="choice")`` for the sum over records, ``count(question)``, and ``anything()`` for an
amount of which nothing is known. ``total(..., field=within(36, question, ...))`` leaves out the records whose day in the
field certainly lies more than so many months before the day the first answered question gives, taken at its earliest.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from assessor.quantities import interval as iv
from assessor.quantities.dates import add_months
from assessor.quantities.interval import Interval


class FormulaError(ValueError):
    """A formula that is not the plain arithmetic described above."""


class Amounts(Protocol):
    """Where a formula finds its numbers."""

    def named(self, name: str) -> Interval:
        """A question's number or another quantity."""

    def parameter(self, name: str) -> Interval:
        """A parameter on the day of the law applied."""

    def records(self, question: str) -> tuple[list[Mapping[str, Any]], bool]:
        """The records of a question, and whether they are all of them."""

    def earliest(self, questions: tuple[str, ...]) -> date | None:
        """The earliest day that the first answered of some questions for a day allows; None where none is answered."""


Compiled = Callable[[Amounts], Interval]

_OPERATORS = {ast.Add: iv.add, ast.Sub: iv.subtract, ast.Mult: iv.multiply, ast.Div: iv.divide}
_BOUNDS: dict[str, Callable[[int, int], int]] = {"min": min, "max": max}
_FOLDS = {"min": iv.least, "max": iv.greatest}


@dataclass(frozen=True)
class Formula:
    """A compiled formula.

    Attributes:
        text: as written.
        names: the questions and quantities it reads.
        parameters: the parameters it reads.
        records: the record questions it reads, with the field.
        wanted: the answers by which records are chosen: question, field, answer.
        dated: the days by which records are left out: question, field.
        days: the questions for the day they are counted from.
        compute: its value, given the numbers.
    """

    text: str
    names: tuple[str, ...]
    parameters: tuple[str, ...]
    records: tuple[tuple[str, str | None], ...]
    wanted: tuple[tuple[str, str, str], ...]
    dated: tuple[tuple[str, str], ...]
    days: tuple[str, ...]
    compute: Compiled


def compile_formula(text: str) -> Formula:
    """Reads a formula.

    Raises:
        FormulaError: it is more than plain arithmetic, or divides by what can be zero.
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise FormulaError(f"{text!r} is no formula: {error}") from None
    names: list[str] = []
    parameters: list[str] = []
    records: list[tuple[str, str | None]] = []
    chosen: list[tuple[str, str, str]] = []
    dated: list[tuple[str, str]] = []
    days: list[str] = []

    def build(node: ast.expr) -> Compiled:
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            if isinstance(node.op, ast.Div) and not _floor(node.right):
                raise FormulaError(f"{ast.unparse(node)!r} divides by what can be zero")
            operate, left, right = _OPERATORS[type(node.op)], build(node.left), build(node.right)
            return lambda amounts: operate(left(amounts), right(amounts))
        if isinstance(node, ast.Constant) and type(node.value) is int:
            constant = iv.exactly(node.value)
            return lambda amounts: constant
        if isinstance(node, ast.Name | ast.Attribute):
            name = _dotted(node)
            names.append(name)
            return lambda amounts: amounts.named(name)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return call(node.func.id, node)
        raise FormulaError(f"{ast.unparse(node)!r} is not allowed in a formula")

    def call(function: str, node: ast.Call) -> Compiled:
        if function in _FOLDS and len(node.args) == 2 and not node.keywords:
            fold, first, second = _FOLDS[function], build(node.args[0]), build(node.args[1])
            return lambda amounts: fold(first(amounts), second(amounts))
        if function == "amount" and len(node.args) == 1 and not node.keywords:
            parameter = _string(node.args[0])
            parameters.append(parameter)
            return lambda amounts: amounts.parameter(parameter)
        if function == "total" and len(node.args) == 1:
            question, _, field = _dotted(node.args[0]).rpartition(".")
            if not question:
                raise FormulaError(f"{ast.unparse(node)!r} names no field of the records")
            spans = {str(word.arg): _within(word.value) for word in node.keywords if isinstance(word.value, ast.Call)}
            wanted = {str(word.arg): _string(word.value) for word in node.keywords if str(word.arg) not in spans}
            records.append((question, field))
            chosen.extend((question, name, value) for name, value in wanted.items())
            dated.extend((question, name) for name in spans)
            days.extend(name for _, questions in spans.values() for name in questions)

            def total(amounts: Amounts) -> Interval:
                rows, complete = amounts.records(question)
                for name, (months, questions) in spans.items():
                    rows = _not_before(rows, name, amounts.earliest(questions), months)
                return _total(rows, complete, field, wanted)

            return total
        if function == "anything" and not node.args and not node.keywords:
            return lambda amounts: iv.ANYTHING
        if function == "count" and len(node.args) == 1 and not node.keywords:
            question = _dotted(node.args[0])
            records.append((question, None))
            return lambda amounts: _count(*amounts.records(question))
        raise FormulaError(f"{ast.unparse(node)!r} is not allowed in a formula")

    compute = build(tree)
    return Formula(text, tuple(names), tuple(parameters), tuple(records), tuple(chosen), tuple(dated), tuple(days), compute)


def parameters_of(text: str) -> tuple[str, ...]:
    """The parameters a formula reads; none of one that cannot be read, which whoever compiles it will say."""
    try:
        return compile_formula(text).parameters
    except FormulaError:
        return ()


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    raise FormulaError(f"{ast.unparse(node)!r} is no name")


def _floor(node: ast.expr) -> int:
    """What a part of a formula is at least, whatever the case and the amounts of the law are."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _floor(node.left) + _floor(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _floor(node.left) * _floor(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BOUNDS and len(node.args) == 2:
        return _BOUNDS[node.func.id](*map(_floor, node.args))
    return 0


def _string(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise FormulaError(f"{ast.unparse(node)!r} should be text in quotes")


def _within(node: ast.Call) -> tuple[int, tuple[str, ...]]:
    """The months and the questions of ``within(36, question, ...)``."""
    months, *questions = node.args or [node]
    named = isinstance(node.func, ast.Name) and node.func.id == "within" and not node.keywords and questions
    if not named or not isinstance(months, ast.Constant) or type(months.value) is not int:
        raise FormulaError(f"{ast.unparse(node)!r} should be within(months, question, ...)")
    return months.value, tuple(map(_dotted, questions))


def _not_before(rows: list[Mapping[str, Any]], field: str, day: date | None, months: int) -> list[Mapping[str, Any]]:
    """The records whose day does not certainly lie more than some months before another; an undated one stays."""
    if day is None:
        return rows
    oldest = add_months(day, -months)
    return [row for row in rows if field not in row or row[field].last is None or row[field].last >= oldest]


def _total(rows: list[Mapping[str, Any]], complete: bool, field: str, wanted: Mapping[str, str]) -> Interval:
    """The sum of a field over the records wanted; a field left out is anything, as is a record not known."""
    total = iv.ZERO if complete else iv.ANYTHING
    for row in rows:
        matches = [row[name] == value if name in row else None for name, value in wanted.items()]
        if False in matches:
            continue
        amount = row.get(field, iv.ANYTHING)
        total = iv.add(total, amount if None not in matches else Interval(0, amount.high))
    return total


def _count(rows: list[Mapping[str, Any]], complete: bool) -> Interval:
    return Interval(len(rows), len(rows) if complete else None)
