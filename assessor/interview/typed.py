"""What a person types in an interview, as an answer of a case file."""

from __future__ import annotations

import re
from typing import Any

from assessor.knowledge.models import Question
from assessor.problems import Problem
from assessor.reading import parse_yaml

_YES, _NO = {"j", "ja", "y", "yes"}, {"n", "nej", "no"}
_RANGE = re.compile(r"([0-9][0-9 \u00a0\u202f]*)(?:-|–|till|to)([0-9 \u00a0\u202f]*[0-9])\Z")
_PLACE = re.compile(r"[0-9]{1,3}\Z")
#: No answer is longer than this on a line.
_LONGEST, _LONGEST_AMOUNT = 2000, 60
_NUMBER = re.compile(r"[0-9][0-9 \u00a0\u202f]*\Z")


def typed_answer(question: Question, text: str) -> Any:
    """The value of a line typed as an answer.

    Args:
        question: what was asked.
        text: the line: a number or id of a choice, several by commas, yes or no, an amount or two with a dash between,
            a date; records as YAML, one record or a list.

    Returns:
        The value as a case file has it; whether it is an answer is for the reader of cases to say.
    """
    line = text.strip()
    if len(line) > _LONGEST:
        return line
    if question.type == "yes_no":
        return True if line.lower() in _YES else False if line.lower() in _NO else line
    if question.type == "choice":
        return _choice(question, line)
    if question.type == "several":
        return [_choice(question, part.strip()) for part in line.split(",") if part.strip()] or line
    if question.type in ("money", "number", "percent"):
        return _amount(line)
    if question.type == "records":
        return _records(line)
    return line


def _choice(question: Question, text: str) -> str:
    names = list(question.choices)
    if _PLACE.match(text) and 1 <= int(text) <= len(names):
        return names[int(text) - 1]
    return text


def _amount(text: str) -> Any:
    if len(text) > _LONGEST_AMOUNT:
        return text
    bare = re.sub(r"(?i)\s*(kr|sek|%|kronor)\.?\Z", "", text)
    between = _RANGE.match(bare)
    if between:
        low, high = (int(re.sub(r"[^0-9]", "", part)) for part in between.groups())
        return {"low": low, "high": high}
    return int(re.sub(r"[^0-9]", "", bare)) if _NUMBER.match(bare) else text


def _records(text: str) -> Any:
    if text in ("0", "-", "[]"):
        return []
    try:
        value = parse_yaml(f"value: {text if text.startswith(('[', '{')) else '{' + text + '}'}", "?")["value"]
    except Problem:
        return text
    return plain(value if isinstance(value, list) else [value])


def plain(data: Any) -> Any:
    """Parsed YAML without its marks."""
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    return [plain(each) for each in data] if isinstance(data, list) else data
