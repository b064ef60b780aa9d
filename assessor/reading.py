"""YAML as the project reads it: plain data with line marks, and nothing clever.

The C parser's events are built into mappings and lists that remember their lines. Anchors, aliases,
tags, duplicate keys, several documents and files over the limit are refused. Only ``true``/``false``,
``null``, whole and decimal numbers are taken for other than text, so that the answer ``no`` stays ``no``
and a date is read by whoever knows that it is one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assessor.problems import Problem

SIZE_LIMIT = 1_000_000
DEPTH_LIMIT = 40

_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*\Z")
_DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+\Z")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Mapping(dict[str, Any]):
    """A YAML mapping that knows the line it starts on and the line of each key (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Sequence(list[Any]):
    """A YAML list that knows the line it starts on and the line of each item (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_text(path: Path, limit: int = SIZE_LIMIT) -> str:
    """The text of a file.

    Raises:
        Problem: the file is missing, too large, unreadable or not UTF-8.
    """
    try:
        if path.is_dir():
            raise Problem("is-a-folder", file=path)
        size = path.stat().st_size
        if size > limit:
            raise Problem("too-large", file=path, size=size, limit=limit)
        with path.open("rb") as stream:  # a pipe has no size to ask for
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise Problem("too-large", file=path, size=f">{limit}", limit=limit)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise Problem("missing-file", file=path) from None
    except UnicodeDecodeError as error:
        raise Problem("not-utf8", file=path, line=error.object[: error.start].count(b"\n") + 1) from None
    except (OSError, ValueError) as error:
        raise Problem("unreadable", file=path, why=getattr(error, "strerror", None) or "?") from None


def read_yaml(path: Path, limit: int = SIZE_LIMIT) -> Any:
    """The data of a YAML file, as ``Mapping``, ``Sequence`` and plain values.

    Raises:
        Problem: with file and line, for anything that is not the plain YAML described above.
    """
    return parse_yaml(read_text(path, limit), path)


def parse_yaml(text: str, name: Path | str) -> Any:
    """As ``read_yaml``, of a text already read; ``name`` is used in messages."""
    try:
        return _build(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise Problem("yaml", file=name, line=line, why=error.problem or error.context or "?") from None
    except yaml.YAMLError as error:
        raise Problem("yaml", file=name, line=_line_of(text, error), why=str(error).splitlines()[0]) from None


def line_at(data: Any, location: tuple[Any, ...]) -> int | None:
    """The line of the deepest part of ``location`` (keys and indexes) that exists in ``data``."""
    line = getattr(data, "line", None)
    for part in location:
        in_list = isinstance(data, Sequence) and isinstance(part, int) and part < len(data)
        if in_list or (isinstance(data, Mapping) and part in data):
            line, data = data.lines[part], data[part]
    return line


#: What no text may hold: a terminal obeys it, and neither Word nor a font has it.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _line_of(text: str, error: yaml.YAMLError) -> int:
    position = getattr(error, "position", None)
    return text[:position].count("\n") + 1 if isinstance(position, int) else 1


def _build(text: str, name: Path | str) -> Any:
    root: Any = None
    documents = 0
    open_nodes: list[Mapping | Sequence] = []
    keys: list[str | None] = []

    def place(value: Any, line: int) -> None:
        nonlocal root
        if not open_nodes:
            root = value
            return
        parent = open_nodes[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.lines.append(line)
            return
        key = keys[-1]
        if key is None:
            if not isinstance(value, str):
                value = _key_text(value, name, line)
            if value in parent:
                raise Problem("duplicate-key", file=name, line=line, key=value[:80], first=parent.lines[value])
            parent.lines[value] = line
            keys[-1] = value
        else:
            parent[key] = value
            keys[-1] = None

    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):
            _refuse_marks(event, event.anchor, event.tag, name, line)
            control = _CONTROL.search(event.value)
            if control:
                raise Problem("control-character", file=name, line=line, code=f"{ord(control[0]):04X}")
            place(_scalar(event), line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _refuse_marks(event, event.anchor, event.tag, name, line)
            if len(open_nodes) >= DEPTH_LIMIT:
                raise Problem("too-deep", file=name, line=line, limit=DEPTH_LIMIT)
            if open_nodes and isinstance(open_nodes[-1], Mapping) and keys[-1] is None:
                raise Problem("key-not-text", file=name, line=line)
            node: Mapping | Sequence = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line)
            place(node, line)
            open_nodes.append(node)
            keys.append(None)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            open_nodes.pop()
            keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise Problem("alias", file=name, line=line)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Problem("several-documents", file=name, line=line)
    return root


def _refuse_marks(event: Any, anchor: str | None, tag: str | None, name: Path | str, line: int) -> None:
    if anchor is not None:
        raise Problem("alias", file=name, line=line)
    if tag is not None:
        raise Problem("tag", file=name, line=line, tag=tag[:80])


def _key_text(value: Any, name: Path | str, line: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise Problem("key-not-text", file=name, line=line)


def _scalar(event: yaml.ScalarEvent) -> Any:
    value: str = event.value
    return _bare(value) if event.implicit[0] else value


def _bare(value: str) -> Any:
    """What the reader takes a text without quotation marks for."""
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _INTEGER.match(value) and len(value) < 40:
        return int(value.replace("_", ""))
    if _DECIMAL.match(value) and len(value) < 40:
        return float(value.replace("_", ""))
    return value


#: Line breaks that stay what they are only where they are escaped.
_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class _Writer(yaml.SafeDumper):
    """Puts in quotation marks whatever this reader would take for other than text; PyYAML goes by other rules."""

    def ignore_aliases(self, data: object) -> bool:
        """What occurs twice is written twice: the reader refuses aliases."""
        return True

    def text(self, value: str) -> yaml.Node:
        """A text that is read back as itself."""
        style = '"' if _BREAKS.search(value) else None if isinstance(_bare(value), str) else "'"
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def decimal(self, value: float) -> yaml.Node:
        """A number without exponent, which the reader would take for text."""
        plain = format(Decimal(repr(value)), "f")
        return self.represent_scalar("tag:yaml.org,2002:float", plain if "." in plain else f"{plain}.0")


_Writer.add_representer(str, _Writer.text)
_Writer.add_representer(float, _Writer.decimal)


def write_yaml(data: Any) -> str:
    """Plain data as YAML that ``parse_yaml`` reads back as the same.

    Args:
        data: mappings with texts as keys, lists, texts, whole and decimal numbers, true, false and nothing.
    """
    return yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=118)
