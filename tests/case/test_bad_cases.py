"""Every bad case file: one clear problem, with file and line, in both languages, and nothing else raised."""

# ruff: noqa: E501 - a line for each bad file

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.case import read_case
from assessor.case.models import Case
from assessor.knowledge import KnowledgeBase
from assessor.problems import MESSAGES, Problem

Read = Callable[[str], Case]

HEAD = "schema: iop-case/1\ntitle: Bron\n"  # lines 1 and 2


def fails(read: Read, text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        read(text)
    problem = caught.value
    assert problem.file == "bridge.yaml"
    assert problem.line is not None
    for language in ("sv", "en"):
        shown = problem.text(language)
        assert shown.startswith(f"bridge.yaml:{problem.line}: ")
        assert "\n" not in shown and "{" not in MESSAGES[problem.key][language].format_map(_Anything())
        assert len(shown) < 400
        assert not re.search(r"Traceback|Error\b|object at 0x|Mapping|Sequence|frozenset", shown), shown
    assert problem.text("sv") != problem.text("en")
    return problem


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


#: What is wrong, the text after HEAD, which problem, on which line, words that the English message names.
BAD = {
    # -- the frame --
    "unknown key at the top": ("fact:\n  stage: built\n", "unknown-key", 3, "Did you mean facts?"),
    "unknown kind": ("kind: imaginary\n", "unknown-choice", 3, "imaginary"),
    "kind a list": ("kind: [real]\n", "unknown-choice", 3, "real"),
    "facts a list": ("facts:\n  - stage: built\n", "not-a-mapping", 3, ""),
    "facts a word": ("facts: built\n", "not-a-mapping", 3, ""),
    "evidence a list": ("evidence: [a]\n", "not-a-mapping", 3, ""),
    "parties a word": ("parties: A and B\n", "not-a-mapping", 3, ""),
    "title a list": ("about:\n  - a\n", "invalid", 3, "about"),
    "text in one language": ("about: {sv: Bara svenska}\n", "invalid", 3, "about"),
    "as_of no day": ("as_of: soon\n", "impossible-date", 3, "soon"),
    "as_of a month": ("as_of: 2026-11\n", "impossible-date", 3, "2026-11"),
    "as_of impossible": ("as_of: 2026-02-30\n", "impossible-date", 3, "2026-02-30"),
    # -- questions and answers --
    "unknown question": ("facts:\n  stage: built\n  grund.kind: rock\n", "unknown-question", 5, "Did you mean ground.kind?"),
    "unknown question, nothing near": ("facts:\n  zzzzzzzz: 1\n", "unknown-question", 4, "no question zzzzzzzz"),
    "unknown answer": ("facts:\n  stage: biult\n", "unknown-choice", 4, "Did you mean built?"),
    "unknown answer, long form": ("facts:\n  stage:\n    value: biult\n", "unknown-choice", 5, "drawn, built"),
    "unknown answer in a list": ("facts:\n  ground.kind:\n    value:\n      - rock\n      - gravel\n", "unknown-choice", 7, "gravel"),
    "a list for one answer": ("facts:\n  stage: [built]\n", "wrong-type", 4, "one of the answers"),
    "a mapping for one answer": ("facts:\n  stage: {value: {a: b}}\n", "wrong-type", 4, ""),
    "a number for an answer": ("facts:\n  stage: 3\n", "wrong-type", 4, "3"),
    "a word for yes or no": ("facts:\n  ground.kind: clay\n  piles.driven: maybe\n", "wrong-type", 5, "true, false or unknown"),
    "a number for yes or no": ("facts:\n  ground.kind: clay\n  piles.driven: 1\n", "wrong-type", 5, "1"),
    "a number for several": ("facts:\n  ground.kind: 7\n", "wrong-type", 4, "a list of answers"),
    "none beside others": ("facts:\n  ground.kind:\n    value: [rock, none]\n", "exclusive-choice", 5, "none cannot be combined"),
    "an unknown key of an answer": ("facts:\n  stage:\n    valeu: built\n", "unknown-key", 5, "Did you mean value?"),
    "unknown more": ("facts:\n  ground.kind:\n    value: [rock]\n    more: perhaps\n", "unknown-choice", 6, "perhaps"),
    "unknown support": ("facts:\n  stage:\n    value: built\n    support: documentet\n", "unknown-choice", 6, "Did you mean documented?"),
    # -- numbers --
    "a word for money": ("facts:\n  queue: much\n", "wrong-type", 4, "a whole amount"),
    "a decimal for money": ("facts:\n  queue: 10.5\n", "wrong-type", 4, "10.5"),
    "true for money": ("facts:\n  queue: true\n", "wrong-type", 4, ""),
    "a list for money": ("facts:\n  queue: [1, 2]\n", "wrong-type", 4, ""),
    "negative money": ("facts:\n  queue: -1\n", "negative", 4, "-1"),
    "negative end of an interval": ("facts:\n  queue:\n    low: -5\n    high: 3\n", "negative", 5, "-5"),
    "interval upside down": ("facts:\n  queue: {low: 9, high: 3}\n", "bad-interval", 4, "9"),
    "interval of words": ("facts:\n  queue: {low: few, high: many}\n", "wrong-type", 4, "few"),
    "unknown end of an interval": ("facts:\n  queue: {value: {lowest: 1, high: 3}}\n", "unknown-key", 4, "Did you mean low?"),
    "huge money": ("facts:\n  queue: 10000000000001\n", "too-big-number", 4, "10000000000001"),
    "very huge money": (f"facts:\n  queue: {'9' * 39}\n", "too-big-number", 4, "999"),
    "a huge decimal": (f"facts:\n  queue: {'9' * 30}.0\n", "too-big-number", 4, ""),
    "money of 5,000 digits": (f"facts:\n  queue: {'9' * 5000}\n", "wrong-type", 4, "..."),
    "money of 5,000 digits, in groups": (f"facts:\n  queue: {'1' + ' 000' * 2000}\n", "too-big-number", 4, ""),
    "half a per cent": ("facts:\n  span.rot: 12.5\n", "wrong-type", 4, "expects a whole number from 0 to 100 or {low, high}, not 12.5"),
    "more than all": ("facts:\n  span.rot: 101\n", "too-big-number", 4, "101"),
    "less than nothing": ("facts:\n  span.rot: -1\n", "negative", 4, "-1"),
    "not a number": ("facts:\n  queue: .nan\n", "wrong-type", 4, ".nan"),
    "infinite": ("facts:\n  queue: .inf\n", "wrong-type", 4, ".inf"),
    "octal, hexadecimal, exponent": ("facts:\n  queue: 0x10\n", "wrong-type", 4, "0x10"),
    "exponent": ("facts:\n  queue: 1e3\n", "wrong-type", 4, "1e3"),
    # -- dates --
    "impossible date": ("facts:\n  built.on: 2015-02-29\n", "impossible-date", 4, "2015-02-29"),
    "month 13": ("facts:\n  built.on: 2015-13\n", "impossible-date", 4, "2015-13"),
    "date the other way": ("facts:\n  built.on: 29/02/2016\n", "impossible-date", 4, ""),
    "a list for a date": ("facts:\n  built.on: [2016]\n", "wrong-type", 4, "a date"),
    "true for a date": ("facts:\n  built.on: true\n", "wrong-type", 4, ""),
    "date in the year 0": ("facts:\n  built.on: 0000-01-01\n", "impossible-date", 4, ""),
    "date far ahead": ("facts:\n  built.on: 9999-12-31\n", "impossible-date", 4, ""),
    "date out of order": ("facts:\n  inspected.on: 2012-05\n  built.on: 2012-06-01\n", "dates-out-of-order", 4, "lies before built.on"),
    "date of a document": ("evidence:\n  report:\n    title: x\n    date: yesterday\n", "impossible-date", 6, "yesterday"),
    # -- records --
    "records a word": ("facts:\n  traffic: heavy\n", "wrong-type", 4, "a list of records"),
    "records a mapping": ("facts:\n  traffic: {value: {kind: cart, weight: 1}}\n", "wrong-type", 4, ""),
    "a record a word": ("facts:\n  traffic:\n    value:\n      - heavy\n", "wrong-type", 6, ""),
    "a record without a required field": ("facts:\n  traffic:\n    value:\n      - {kind: cart, weight: 1}\n      - {kind: cart}\n", "invalid", 7, "weight is missing"),
    "an unknown field": ("facts:\n  traffic:\n    value:\n      - kind: cart\n        weihgt: 1\n", "unknown-key", 7, "Did you mean weight?"),
    "an unknown answer in a field": ("facts:\n  traffic:\n    value:\n      - kind: horse\n        weight: 1\n", "unknown-choice", 6, "cart, lorry"),
    "negative money in a field": ("facts:\n  traffic:\n    value:\n      - kind: cart\n        weight: -7\n", "negative", 7, "-7"),
    "impossible date in a field": ("facts:\n  traffic:\n    value:\n      - {kind: cart, weight: 1, since: 2015-04-31}\n", "impossible-date", 6, "2015-04-31"),
    "percent in a field": ("facts:\n  traffic:\n    value:\n      - {kind: cart, weight: 1, share: 200}\n", "too-big-number", 6, "200"),
    # -- support and evidence --
    "documented without evidence": ("facts:\n  stage:\n    value: built\n    support: documented\n", "documented-without-evidence", 4, "support: stated"),
    "documented with no evidence": ("facts:\n  stage: {value: built, support: documented, evidence: []}\n", "documented-without-evidence", 4, ""),
    "unknown evidence": ("evidence:\n  report: x\nfacts:\n  stage: {value: built, evidence: raport}\n", "unknown-evidence", 6, "Did you mean report?"),
    "unknown evidence in a list": (
        "evidence:\n  report: x\nfacts:\n  stage:\n    value: built\n    evidence:\n      - report\n      - {document: other}\n",
        "unknown-evidence", 10, "other",
    ),
    "evidence without a document": ("evidence:\n  report: x\nfacts:\n  stage: {value: built, evidence: {at: s. 1}}\n", "unknown-evidence", 6, ""),
    "evidence a number": ("facts:\n  stage: {value: built, evidence: 3}\n", "wrong-type", 4, ""),
    "evidence a list of numbers": ("facts:\n  stage: {value: built, evidence: [3]}\n", "not-a-mapping", 4, ""),
    "a document that is a list": ("evidence:\n  report: x\nfacts:\n  stage: {value: built, evidence: {document: [report]}}\n", "unknown-evidence", 6, ""),
    "a document that is a mapping": ("evidence:\n  report: x\nfacts:\n  stage: {value: built, evidence: {document: {a: b}}}\n", "unknown-evidence", 6, ""),
    "an unknown key of evidence": ("evidence:\n  report: x\nfacts:\n  stage: {value: built, evidence: {document: report, page: 3}}\n", "unknown-key", 6, "page"),
    "an unknown key of a document": ("evidence:\n  report: {titel: x}\n", "unknown-key", 4, "Did you mean title?"),
    "a quotation of 26 words": (
        f"evidence:\n  report: x\nfacts:\n  stage:\n    value: built\n    evidence:\n      document: report\n      quote: {'ord ' * 26}\n",
        "long-quote", 8, "26 words; at most 25",
    ),
    # -- what applies --
    "answered but not applicable": ("facts:\n  ground.kind: rock\n  piles.driven: true\n", "not-applicable", 5, "ground.kind is rock"),
    "unknown but not applicable": ("facts:\n  ground.kind: rock\n  piles.driven: unknown\n", "not-applicable", 5, ""),
    "not applicable where it applies": ("facts:\n  ground.kind: clay\n  piles.driven: not_applicable\n", "not-applicable", 5, ""),
    "not applicable to a question for all": ("facts:\n  stage: not_applicable\n", "not-applicable", 4, ""),
    "not applicable two steps away": ("facts:\n  ground.kind: rock\n  piles.depth: 3\n", "not-applicable", 5, ""),
    # -- several entries --
    "answers a word": ("facts:\n  stage:\n    answers: built\n", "wrong-type", 5, "a list"),
    "no answers": ("facts:\n  stage:\n    answers: []\n", "wrong-type", 5, "a list"),
    "an answer among several a word": ("facts:\n  stage:\n    answers:\n      - built\n", "not-a-mapping", 6, ""),
    "answers within answers": ("facts:\n  stage:\n    answers:\n      - answers: []\n", "unknown-key", 6, "answers"),
    # -- evidence of the wrong type --
    "a title a list": ("evidence:\n  a:\n    title: [a, b]\n", "wrong-type", 5, "title expects text"),
    "a title a mapping": ("evidence:\n  a:\n    title: {sv: Avtal, en: Agreement}\n", "wrong-type", 5, "title expects text"),
    "a title true": ("evidence:\n  a: {title: true}\n", "wrong-type", 4, "title expects text"),
    "an address a list": ("evidence:\n  a:\n    title: b\n    url: [x]\n", "wrong-type", 6, "url expects text"),
    "a place a list": ("evidence: {a: x}\nfacts:\n  stage:\n    value: built\n    evidence:\n      document: a\n      at: [1, 2]\n", "wrong-type", 9, "evidence.at expects text"),
    "a quotation a mapping": ("evidence: {a: x}\nfacts:\n  stage:\n    value: built\n    evidence:\n      - document: a\n        quote: {a: b}\n", "wrong-type", 9, "evidence.quote expects text"),
    "who noted it false": ("evidence: {a: x}\nfacts:\n  stage:\n    value: built\n    evidence:\n      - {document: a, by: false}\n", "wrong-type", 8, "evidence.by expects text"),
    # -- what stands beside answers --
    "a value beside answers": ("facts:\n  stage:\n    answers:\n      - value: built\n    value: drawn\n", "beside-answers", 7, "value cannot stand beside answers"),
    "a note beside answers": ("facts:\n  stage: {note: hm, answers: [{value: built}]}\n", "beside-answers", 4, "Write note in the entry"),
    "evidence beside answers": ("evidence: {a: x}\nfacts:\n  stage:\n    evidence: a\n    answers: [{value: built}]\n", "beside-answers", 6, "evidence"),
    # -- YAML --
    "duplicate question": ("facts:\n  stage: built\n  queue: 1\n  stage: drawn\n", "duplicate-key", 6, "first on line 4"),
    "duplicate key at the top": ("title: Igen\n", "duplicate-key", 3, "first on line 2"),
    "duplicate key in one line": ("facts: {stage: built, stage: built}\n", "duplicate-key", 3, ""),
    "alias": ("facts:\n  stage: &a built\n  span.name: *a\n", "alias", 4, "& and *"),
    "alias without an anchor": ("facts:\n  stage: *a\n", "yaml|alias", 4, ""),
    "merge key": ("facts:\n  <<: {stage: built}\n", "unknown-question", 4, "<<"),
    "tag": ("facts:\n  stage: !!str built\n", "tag", 4, "tag:yaml.org,2002:str"),
    "dangerous tag": ("facts:\n  stage: !!python/object/apply:os.system [x]\n", "tag", 4, "python/object"),
    "own tag on a mapping": ("facts: !mine {stage: built}\n", "tag", 3, "!mine"),
    "a second document": ("facts:\n  stage: built\n---\nschema: iop-case/1\n", "several-documents", 5, "Keep one"),
    "tabs": ("facts:\n\tstage: built\n", "yaml", 4, ""),
    "a bracket left open": ("facts:\n  ground.kind: [rock\n  queue: 3\n", "yaml", None, ""),
    "a quotation left open": ('facts:\n  span.name: "Bron\n', "yaml", None, ""),
    "a colon too many": ("facts:\n  span.name: a: b\n", "yaml", 4, ""),
    "indentation": ("facts:\n    stage: built\n  queue: 1\n", "yaml", 5, ""),
    "a list as a key": ("facts:\n  ? [a, b]\n  : 1\n", "key-not-text", 4, ""),
    "no key": ("facts:\n  : 1\n", "key-not-text|yaml", 4, ""),
    "a decimal as a key": ("facts:\n  1.5: 1\n", "key-not-text", 4, ""),
    "too deep": ("facts: " + "[" * 60 + "]" * 60 + "\n", "too-deep", 3, "40"),
    "too deep, in mappings": ("facts:\n" + "".join(" " * n + "a:\n" for n in range(1, 60)), "too-deep", None, "40"),
    "NUL": ("facts:\n  span.name: a\0b\n", "yaml", 4, ""),
    "escape character": ("facts:\n  span.name: a\x1b[31mb\n", "yaml", 4, ""),
    "NUL written out": ('facts:\n  stage: "a\\0b"\n', "control-character", 4, "U+0000"),
    "a line break in an answer": ('facts:\n  stage: "bu\\nilt"\n', "unknown-choice", 4, ""),
    "a line break in a key": ('facts:\n  "sta\\nge": built\n', "unknown-question", 4, ""),
    "braces in an answer": ('facts:\n  stage: "{0} {key} {"\n', "unknown-choice", 4, "{0} {key} {"),
    "a very long answer": (f"facts:\n  stage: {'x' * 5000}\n", "unknown-choice", 4, ""),
    "a very long key": (f"facts:\n  {'x' * 900}: 1\n", "unknown-question", 4, ""),
    "a very long kind": (f"kind: {'x' * 5000}\n", "unknown-choice", 3, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_case(name: str, read: Read) -> None:
    body, key, line, says = BAD[name]
    problem = fails(read, HEAD + body)
    assert problem.key in key.split("|"), problem
    if line is not None:
        assert problem.line == line, problem
    assert says in problem.text("en")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("", "empty", None),
        (" \n\n\t\n", "empty", None),
        ("# only a remark\n", "not-a-mapping|empty", 1),
        ("---\n", "not-a-mapping|empty", 1),
        ("built\n", "not-a-mapping", 1),
        ("- a\n- b\n", "not-a-mapping", 1),
        ("\n\n- a\n", "not-a-mapping", 3),
        ("title: Bron\n", "invalid", 1),
        ("schema: iop-case/2\n", "invalid", 1),
        ("title: Bron\nschema: 1\n", "invalid", 2),
        ("schema: iop-case/1\ntitle: [Bron]\n", "invalid", 2),
        ("schema: iop-case/1\ntitle: null\n", "invalid", 2),
        ("schema: iop-case/1\ntitle:\n", "invalid", 2),
        ('{"schema": "iop-case/1", "facts": {"stage": "biult"}}', "unknown-choice", 1),
    ],
)
def test_bad_frame(text: str, key: str, line: int | None, read: Read) -> None:
    with pytest.raises(Problem) as caught:
        read(text)
    assert caught.value.key in key.split("|")
    assert caught.value.file == "bridge.yaml"
    assert caught.value.line == line


def test_why_a_question_two_steps_away_does_not_apply(read: Read) -> None:
    """Piles have no depth since there are none, since the bridge stands on rock: no *None* in the message."""
    problem = fails(read, HEAD + "facts:\n  ground.kind: rock\n  piles.depth: 3\n")
    assert "None" not in problem.text("sv") and "None" not in problem.text("en"), problem.text("en")


def test_why_a_question_does_not_apply_is_said_in_the_readers_language(read: Read) -> None:
    problem = fails(read, HEAD + "facts:\n  ground.kind: clay\n  piles.driven: false\n  piles.depth: 3\n")
    assert "False" not in problem.text("sv") + problem.text("en"), problem.text("sv")


def test_not_applicable_while_it_is_not_known_whether_it_applies(read: Read) -> None:
    """Nothing is said about the ground, so nobody can say that the other answers make the question apply."""
    problem = fails(read, HEAD + "facts:\n  piles.driven: not_applicable\n")
    assert problem.line == 4
    assert "the question applies by the other answers" not in problem.text("en")


def test_digits_of_other_scripts_are_no_numbers(read: Read) -> None:
    for text in ("facts:\n  built.on: ٢٠١٦\n", "facts:\n  queue: ١ ٠٠٠\n"):
        fails(read, HEAD + text)


# -- files --


@pytest.fixture
def at(tmp_path: Path, bridges: KnowledgeBase) -> Callable[[bytes], Problem]:
    def read_bytes(data: bytes) -> Problem:
        path = tmp_path / "bridge.yaml"
        path.write_bytes(data)
        with pytest.raises(Problem) as caught:
            read_case(path, bridges)
        assert caught.value.file == str(path)
        assert sorted(tmp_path.iterdir()) == [path], "nothing is written"
        for language in ("sv", "en"):
            assert "\n" not in caught.value.text(language)
        return caught.value

    return read_bytes


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
def test_too_large(size: int, at: Callable[[bytes], Problem]) -> None:
    problem = at(HEAD.encode() + b"#" * (size - len(HEAD)))
    assert problem.key == "too-large"
    assert str(size) in problem.text("en")


def test_just_not_too_large(tmp_path: Path, bridges: KnowledgeBase) -> None:
    path = tmp_path / "bridge.yaml"
    path.write_bytes(HEAD.encode() + b"#" * (1_000_000 - len(HEAD)))
    assert read_case(path, bridges).title.sv == "Bron"


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        (b"", "empty", None),
        (b"\xef\xbb\xbf", "empty", None),
        (HEAD.encode() + "facts:\n  span.name: Ön\n".encode("latin-1"), "not-utf8", 4),
        (HEAD.encode("utf-16"), "not-utf8", 1),
        (HEAD.encode("utf-16-le"), "yaml", 1),
        (HEAD.encode() + b"facts:\n  span.name: \xed\xa0\x80\n", "not-utf8", 4),
        (HEAD.encode() + b"facts:\n\n\n  span.name: \xff\n", "not-utf8", 6),
        (b"\0" * 100, "yaml", 1),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not-utf8", 2),
        (b"PK\x03\x04\x14\x00\x00\x00", "yaml", 1),
        (b"%YAML 3.0\n---\na: 1\n", "yaml", 1),
    ],
)
def test_bad_bytes(data: bytes, key: str, line: int | None, at: Callable[[bytes], Problem]) -> None:
    problem = at(data)
    assert (problem.key, problem.line) == (key, line)


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path, bridges: KnowledgeBase) -> None:
    path = tmp_path / "bridge.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + "facts:\n  stage: built\n").replace("\n", "\r\n").encode())
    assert read_case(path, bridges).facts["stage"].value == "built"


def test_missing_file_and_folder(tmp_path: Path, bridges: KnowledgeBase) -> None:
    for path, key in (
        (tmp_path / "none.yaml", "missing-file"),
        (tmp_path, "is-a-folder"),
        (tmp_path / "no" / "such.yaml", "missing-file"),
    ):
        with pytest.raises(Problem) as caught:
            read_case(path, bridges)
        assert (caught.value.key, caught.value.file) == (key, str(path))


def test_names_no_system_takes(bridges: KnowledgeBase) -> None:
    for name in ("a\0b.yaml", "x" * 5000 + ".yaml", "/proc/self/mem", ""):
        with pytest.raises(Problem):
            read_case(Path(name), bridges)


def test_a_file_under_a_file(tmp_path: Path, bridges: KnowledgeBase) -> None:
    (tmp_path / "bridge.yaml").write_text(HEAD)
    with pytest.raises(Problem):
        read_case(tmp_path / "bridge.yaml" / "more.yaml", bridges)


def test_no_permission(tmp_path: Path, bridges: KnowledgeBase) -> None:
    path = tmp_path / "bridge.yaml"
    path.write_text(HEAD)
    path.chmod(0)
    try:
        path.read_bytes()
        pytest.skip("the superuser may read everything")
    except PermissionError:
        pass
    with pytest.raises(Problem) as caught:
        read_case(path, bridges)
    assert caught.value.key == "unreadable"


def test_a_stream_longer_than_the_limit_is_too_large_and_not_read_whole(tmp_path: Path, bridges: KnowledgeBase) -> None:
    """A named pipe or /dev/zero tells no size beforehand; reading stops soon after the limit."""
    import os
    import threading

    path = tmp_path / "bridge.yaml"
    os.mkfifo(path)
    written = 0

    def feed() -> None:
        nonlocal written
        try:
            with path.open("wb", buffering=0) as pipe:
                written += pipe.write(HEAD.encode())
                for _ in range(500):
                    written += pipe.write(b"#" * 9_999 + b"\n")
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    with pytest.raises(Problem) as caught:
        read_case(path, bridges)
    feeder.join(5)
    assert caught.value.key == "too-large"
    assert written < 2_000_000


# -- what is right --


def test_every_kind_of_answer(read: Read) -> None:
    case = read(
        HEAD
        + """kind: constructed
parties: {builder: Byn}
evidence:
  report: {title: Besiktning, date: 2012-06, url: https://example.org, read: {sv: Läst, en: Read}}
  letter: Ett brev
facts:
  stage: built
  built.on: 2012-05
  inspected.on: {value: 2012-06-01, evidence: [report, {document: letter, at: s. 2, quote: ett ord, by: chefen}]}
  ground.kind: {value: [clay], more: unknown, support: assumed}
  piles.driven: nej
  span.material: unknown
  span.rot: {value: {low: 10, high: 20}, note: ungefär}
  span.name: 12
  queue: 1 200 000
  traffic:
    value:
      - {kind: cart, weight: "3 000", heavy: false}
      - {kind: lorry, weight: {low: 5}, share: 12}
    more: unknown
"""
    )
    facts = case.facts
    assert facts["stage"].value == "built" and facts["stage"].support == "stated"
    assert facts["built.on"].value.text() == "2012-05"
    assert facts["inspected.on"].documented and len(facts["inspected.on"].evidence) == 2
    assert facts["ground.kind"].value == {"clay"} and not facts["ground.kind"].complete
    assert facts["piles.driven"].value is False
    assert facts["piles.depth"].state == "not_applicable"
    assert facts["span.material"].state == "unknown"
    assert facts["span.rot"].value == (10, 20)
    assert facts["span.name"].value == "12"
    assert facts["queue"].value == (1_200_000, 1_200_000)
    assert facts["traffic"].value[0]["weight"] == (3000, 3000) and facts["traffic"].value[0]["heavy"] is False
    assert facts["traffic"].value[1]["weight"] == (5, None)
    assert facts["load.stated"].state == "unanswered"
    assert list(facts) == list(_all_questions())


def _all_questions() -> tuple[str, ...]:
    from .conftest import _bridges

    return tuple(_bridges().questions)


def test_entries_that_agree_and_entries_that_do_not(read: Read) -> None:
    both = "evidence: {a: x, b: x}\nfacts:\n  stage:\n    answers:\n      - {value: built, evidence: a}\n      - {value: %s, evidence: b}\n"
    agreed = read(HEAD + both % "built")
    assert agreed.facts["stage"].value == "built" and agreed.facts["stage"].documented and not agreed.warnings
    assert len(agreed.facts["stage"].evidence) == 2
    apart = read(HEAD + both % "drawn")
    assert apart.facts["stage"].state == "unknown" and [warning.question for warning in apart.warnings] == ["stage"]
    half = read(HEAD + both % "unknown")
    assert half.facts["stage"].value == "built" and half.facts["stage"].support == "documented"


def test_a_quotation_of_25_words_is_short_enough(read: Read) -> None:
    text = f"evidence: {{a: x}}\nfacts:\n  stage: {{value: built, evidence: {{document: a, quote: {'ord ' * 25}}}}}\n"
    assert len((read(HEAD + text).facts["stage"].evidence[0].quote or "").split()) == 25


def test_the_answer_no_is_no_boolean_before_it_is_asked(read: Read) -> None:
    """``no``, ``on`` and a date stay what is written, until whoever asks reads them."""
    case = read(HEAD + "facts:\n  span.name: no\n")
    assert case.facts["span.name"].value == "no"


def test_a_place_may_be_a_number(read: Read) -> None:
    case = read(HEAD + "evidence: {a: {title: 7}}\nfacts:\n  stage: {value: built, evidence: {document: a, at: 8}}\n")
    assert case.evidence["a"].title == "7"
    assert case.facts["stage"].evidence[0].at == "8"
