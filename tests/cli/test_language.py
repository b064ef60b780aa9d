"""A run in Swedish is answered in Swedish, also where the words are those of a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli.calls import call_error

from .test_cli import ALINGSAS, run


@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (("assess",), "CASE saknas.", "Missing argument 'CASE'."),
        (("whatif", ALINGSAS), "QUESTION=ANSWER… saknas.", "Missing argument"),
        (("next", ALINGSAS, "--top", "0"), "--top kan inte vara 0. Minst 1.", "--top cannot be 0. At least 1."),
        (("next", ALINGSAS, "--top", "x"), "--top ska vara ett heltal.", "Invalid value for '--top'"),
        (("assess", ALINGSAS, "--formt", "pdf"), "Det finns ingen flagga --formt. Menade du --format", "No such option: --formt"),
        (("asess",), "Det finns inget kommando asess. Menade du assess", "No such command 'asess'"),
        (("compare", "a", "b", "c"), "c är ett argument för mycket.", "unexpected extra argument"),
        (("assess", ALINGSAS, "--on"), "--on ska följas av ett värde.", "requires an argument"),
        (("assess", ALINGSAS, "--search=1"), "--search tar inget värde.", "does not take a value"),
        (("rules", "test", "docs/decisions"), "det finns inga tester i den", "there are no tests in it"),
    ],
)
def test_a_wrong_call_is_answered_in_the_language_of_the_run(arguments: tuple[str, ...], swedish: str, english: str) -> None:
    told = {}
    for language in ("sv", "en"):
        found = run(arguments[0], f"--lang={language}", *arguments[1:]) if arguments[0] != "asess" else run(*arguments)
        found = run(*arguments[:2], f"--lang={language}", *arguments[2:]) if arguments[0] == "rules" else found
        assert found.returncode == 2 and found.stdout == "" and len(found.stderr.strip().splitlines()) == 1
        told[language] = found.stderr
    assert swedish in told["sv"]
    assert english in told["en"] or arguments[0] == "asess"  # which comes before any --lang


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No such option: --formt Did you mean --format?", "Det finns ingen flagga --formt. Menade du --format?"),
        ("No such option '--x'.", "Det finns ingen flagga --x."),
        ("Got unexpected extra arguments (b c)", "b c är ett argument för mycket."),
        ("Invalid value for '--top': 'x' is not a valid integer.", "--top ska vara ett heltal."),
        ("Something nobody has foreseen", "Something nobody has foreseen"),
    ],
)
def test_other_versions_of_the_library_and_what_is_not_known(said: str, told: str) -> None:
    assert call_error(said, "sv") == told
    assert call_error(said, "en") == said


@pytest.mark.parametrize(
    ("text", "swedish", "english"),
    [
        ("schema: iop-case/1\ntitle: a: b\n", "ett kolon står där inget värde kan börja", "mapping values are not allowed"),
        ("facts: {a: b\n", "saknar komma eller avslutande }", "did not find expected ',' or '}'"),
        ("facts:\n\t- a\n", "gör indrag med mellanslag", "cannot start any token"),
        ("title: 'a\n", "citattecken är inte avslutat", "unexpected end of stream"),
        ("title: a\n- b\n", "annat indrag", "did not find expected key"),
    ],
)
def test_common_slips_in_yaml(text: str, swedish: str, english: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(text, encoding="utf-8")
    assert swedish in run("assess", str(case)).stderr
    assert english in run("assess", str(case), "--lang", "en").stderr


def test_what_the_operating_system_says(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    (tmp_path / "fil").write_text("", encoding="utf-8")
    for place, swedish, english in (
        ("mapp", "(det är en mapp)", "(Is a directory)"),
        ("fil/ut", "(en fil ligger där en mapp skulle vara)", "(File exists)"),
    ):
        arguments = ("assess", ALINGSAS, "--no-search", "-o", str(tmp_path / place))
        assert swedish in run(*arguments).stderr
        assert english in run(*arguments, "--lang", "en").stderr
