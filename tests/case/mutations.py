"""Mutations of case files: of the bytes, of the lines and of the YAML structure; the same seed gives the same ones."""

# ruff: noqa: E501 - a table of odd values

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

import yaml

from assessor.reading import parse_yaml

BYTES = (
    b"\0",
    b"\xff",
    b"\n",
    b"\t",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"#",
    b"&",
    b"*",
    b"!",
    b"|",
    b">",
    b"%",
    b"-",
    b" ",
    b"\xc3",
    b"\r",
    b"?",
    b",",
    b"<<",
)

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**12, 10**13 + 1, 10**38, -(10**20), 1.5, 1e300, "", " ", "unknown", "not_applicable", "none", "no", "yes",
    "ja", "2016", "2016-13", "2016-02-30", "1990", "2100-12-31", "0000", "1 000", "1 00", "-1", "x" * 300, "å" * 80, "a\nb", "\x07", "{0}", "%s",
    [], {}, [None], [[]], [{}], {"low": 1}, {"high": 1}, {"low": 5, "high": 1}, {"low": None, "high": None}, {"value": None}, {"value": {}},
    {"answers": []}, {"answers": [{}]}, {"answers": [{"value": "unknown"}]}, {"value": "unknown", "evidence": []}, {"sv": "a"}, {"sv": "a", "en": "b"},
    {"value": [], "more": "unknown"}, {"support": "documented"}, {"evidence": {"document": []}}, {"evidence": [{"document": {}}]}, [1, "a", None, {}],
    {"document": "hfd"}, ["unknown"], ["none"], [True], {"": ""}, {"a": {"b": {"c": {"d": []}}}},
)  # fmt: skip


class _Plain(yaml.SafeDumper):
    """Writes without anchors and keeps the order."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Plain.add_representer(dict, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items()))


def mutate(rng: random.Random, data: bytes) -> bytes:
    """One to four mutations of one kind."""
    kind = rng.choice((_bytes, _lines, _structure, _structure))
    return kind(rng, data)


def _bytes(rng: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(made) + 1)
        what = rng.randrange(4)
        if what == 0:
            made[at:at] = rng.choice(BYTES)
        elif what == 1:
            made[at : at + rng.choice((1, 1, 5, 80))] = b""
        elif what == 2 and at < len(made):
            made[at] = rng.randrange(256)
        else:
            made[at : at + 1] = rng.choice(BYTES)
    if rng.random() < 0.05:
        made = made[: rng.randrange(len(made) + 1)]
    return bytes(made)


def _lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        what = rng.randrange(6)
        if what == 0:
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 1:
            lines.insert(other, lines[at])
        elif what == 2:
            del lines[at]
        elif what == 3:
            lines[at] = b"  " + lines[at]
        elif what == 4:
            lines[at] = lines[at].lstrip()
        else:
            name, colon, value = lines[at].partition(b":")
            lines[at] = name[: rng.randrange(len(name) + 1)] + colon + value
    return b"".join(lines)


def _structure(rng: random.Random, data: bytes) -> bytes:
    tree = _plain(parse_yaml(data.decode(), "original"))  # true stays true and 12 a number, but no stays a word
    for _ in range(rng.choice((1, 1, 2, 4))):
        _change(rng, tree)
    return yaml.dump(tree, Dumper=_Plain, allow_unicode=True, width=120, sort_keys=False).encode()


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, list) else node


def _places(node: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        found.append((node, key))
        found += _places(value, depth + 1)
    return found


def _change(rng: random.Random, tree: Any) -> None:
    places = _places(tree)
    if not places:
        return
    node, key = rng.choice(places)
    other_node, other_key = rng.choice(places)
    what = rng.randrange(8)
    if what <= 2:
        node[key] = _odd(rng)
    elif what == 3:
        del node[key]
    elif what == 4:
        node[key] = deepcopy(other_node[other_key])  # one tree stays one tree
    elif what == 5 and isinstance(node, dict):
        word = str(key)
        at = rng.randrange(len(word) + 1)
        node[word[:at] + rng.choice(("", "x", ".", "å")) + word[at + 1 :]] = node.pop(key)
    elif what == 6 and isinstance(node[key], list):
        node[key].append(_odd(rng))
    elif what == 7 and isinstance(node[key], dict):
        node[key][
            rng.choice(("value", "more", "support", "evidence", "note", "answers", "low", "high", "document", "quote", "zzz"))
        ] = _odd(rng)
    else:
        node[key] = _odd(rng)


def _odd(rng: random.Random) -> Any:
    return deepcopy(rng.choice(ODD))  # the table itself is never changed
