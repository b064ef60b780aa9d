"""The result on a terminal."""

import re
from dataclasses import replace

import pytest

from assessor.assessment.models import Warning
from assessor.knowledge.models import Text
from assessor.memo import render_text

from .conftest import CASES, assessed

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_plain_text_is_plain_narrow_enough_and_short(case, language):
    text = render_text(assessed(case), language, colour=False, width=100)
    assert "\x1b" not in text and not re.search(r"[\u2500-\u257f]", text)
    assert max(map(len, text.splitlines())) <= 100
    assert len(text.splitlines()) <= 60


def test_it_tells_class_scope_and_what_decides(case):
    assessment = assessed(case)
    text = " ".join(render_text(assessment, "sv").split())
    assert "Riskklass" in text and "Alla regelområden är bedömda" in text and "Kommunalrätt" in text
    for finding in assessment.facts_of(assessment.deciding):
        assert finding.because.sv in text


def test_colour_changes_nothing_but_the_colour(case):
    plain = render_text(assessed(case), "sv", colour=False, width=90)
    coloured = render_text(assessed(case), "sv", colour=True, width=90)
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in COLOUR.sub("", coloured).splitlines()] == plain.splitlines()


def test_a_very_narrow_terminal_gets_a_readable_minimum(alingsas):
    assert max(map(len, render_text(alingsas, "sv", width=10).splitlines())) <= 80


@pytest.mark.parametrize("status", ["draft", "decided", "signed", None])
def test_it_points_to_no_section_of_the_memo(language, status):
    for name in CASES:
        assessment = assessed(name)
        text = render_text(replace(assessment, case=replace(assessment.case, status=status)), language)
        assert not re.search(r"\b(avsnitt|section)\b", text), text


def test_it_tells_what_to_note(language):
    note = Warning(None, Text(sv="Lagen är inte läst.", en="The law was not read."))
    text = " ".join(render_text(replace(assessed("alingsas"), warnings=(note,)), language).split())
    assert note.text.get(language) in text
    assert note.text.get(language) not in " ".join(render_text(assessed("alingsas"), language).split())
