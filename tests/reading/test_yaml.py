"""YAML as the project reads it: plain data that remembers its lines."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from assessor.problems import Problem
from assessor.reading import DEPTH_LIMIT, Mapping, Sequence, line_at, parse_yaml, write_yaml

TEXT = """\
# remark
a: 1

b:
  - x
  -
    c: no
    d: >-
      folded
      text
    e: [1, 2,
        3]
"on": 2016-01-01
2016: year
true: yes
"""


def test_data_and_lines() -> None:
    data = parse_yaml(TEXT, "f")
    assert data == {
        "a": 1,
        "b": ["x", {"c": "no", "d": "folded text", "e": [1, 2, 3]}],
        "on": "2016-01-01",
        "2016": "year",
        "true": "yes",
    }
    assert isinstance(data, Mapping) and isinstance(data["b"], Sequence)
    for location, line in {
        (): 2,
        ("a",): 2,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 1): 7,
        ("b", 1, "c"): 7,
        ("b", 1, "d"): 8,
        ("b", 1, "e"): 11,
        ("b", 1, "e", 0): 11,
        ("b", 1, "e", 2): 12,
        ("on",): 13,
        ("2016",): 14,
        ("b", 1, "nothing", "there"): 7,
        ("b", 9): 4,
        ("a", "deeper"): 2,
    }.items():
        assert line_at(data, location) == line, location


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-1", -1),
        ("+1", 1),
        ("1_000", 1000),
        ("007", 7),
        ("1.5", 1.5),
        ("-0.5", -0.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("True", "True"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("Null", "Null"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1.", "1."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2016-01-01", "2016-01-01"),
        ("12:30:45", "12:30:45"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("'null'", "null"),
        ("١", "١"),
        ("1" * 39, int("1" * 39)),
        ("1" * 40, "1" * 40),
        ("1" * 10_000, "1" * 10_000),
    ],
)
def test_scalars(text: str, value: object) -> None:
    found = parse_yaml(f"k: {text}\n", "f")["k"]
    assert found == value and type(found) is type(value)


def test_depth() -> None:
    deep = "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT
    parse_yaml(deep, "f")
    with pytest.raises(Problem, match="nested too deeply"):
        parse_yaml("[" + deep + "]", "f")
    with pytest.raises(Problem, match="nested too deeply"):
        parse_yaml("[" * 500_000, "f")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "&x a: 1\n", "a: &x [1]\n", "a: &x {b: 1}\n", "*x\n", "&x\n"])
def test_anchors_and_aliases(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_yaml(text, "f")
    assert caught.value.key in ("alias", "yaml")


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(Problem) as caught:
        parse_yaml("\n".join(lines), "f")
    assert (caught.value.key, caught.value.line) == ("alias", 1)


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "{a: 1, 'a': 2}", "1: x\n'1': y\n", "true: x\n'true': y\n", "a:\na:\n"])
def test_duplicates(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_yaml(text, "f")
    assert caught.value.key == "duplicate-key"


plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**12), 10**12),
        st.text(
            st.characters(
                min_codepoint=32,
                max_codepoint=0x2FFF,
                blacklist_characters="\x7f\x85\u2028\u2029",
                blacklist_categories=["Cc", "Cs"],
            )
        ).filter(lambda text: not re.fullmatch("[-+]?0[0-9._]+", text)),  # the other library does not quote 08; see write_yaml
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text("abcåäö .-", min_size=1, max_size=8), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(plain)
def test_what_another_library_writes_is_read_as_it_was(value: object) -> None:
    class Plain(yaml.SafeDumper):
        """Writes without anchors."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    assert parse_yaml(yaml.dump(value, Dumper=Plain, allow_unicode=True), "f") == value


def _decimal(value: float) -> bool:
    """Whether a number is short enough to be read as one."""
    return len(format(Decimal(repr(value)), "f")) < 38


#: Texts near what is read as a number or a constant, and any others that a file may hold.
texts = st.one_of(
    st.from_regex(r"[-+]?[0-9_]{0,12}(\.[0-9]{0,4})?(e[-+]?[0-9])?", fullmatch=True),
    st.sampled_from(["true", "false", "null", "~", "", "yes", "no", "True", "2016-01-01", "0x1f", "<<", "=", "- a", "a: b"]),
    st.text(
        st.characters(blacklist_characters="\x7f\ufffe\uffff", blacklist_categories=["Cc", "Cs"])
        | st.sampled_from("\t\n\r\x85\u2028\u2029")
    ),
)
written = st.recursive(
    st.one_of(texts, st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(-1e12, 1e12).filter(_decimal)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=10,
)


@given(texts)
@example("08")
@example("0089")
@example("1_000.50")
def test_a_text_is_written_so_that_it_is_read_as_the_same_text(text: str) -> None:
    assert parse_yaml(write_yaml({"reference": text}), "f") == {"reference": text}
    assert parse_yaml(write_yaml({text: [text]}), "f") == {text: [text]}


@given(written)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    assert parse_yaml(write_yaml(value), "f") == value


def test_what_occurs_twice_is_written_twice() -> None:
    document = {"title": "Avtal"}
    assert parse_yaml(write_yaml({"a": document, "b": document}), "f") == {"a": document, "b": document}


@given(st.text(max_size=60))
def test_any_text_is_data_or_a_problem_with_a_line(text: str) -> None:
    try:
        parse_yaml(text, "f")
    except Problem as problem:
        assert (
            problem.file == "f"
            and problem.line is not None
            and 1 <= problem.line <= text.count("\n") + text.count("\r") + len(text) + 2
        )
        assert "\n" not in problem.text("sv")


@given(st.text("{}[]:,-?&*!|>'\"%@`#~ \n\tab0", max_size=40))
def test_any_punctuation_is_data_or_a_problem_with_a_line(text: str) -> None:
    test_any_text_is_data_or_a_problem_with_a_line.hypothesis.inner_test(text)  # type: ignore[attr-defined]
