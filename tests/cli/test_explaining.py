"""explain: in the language of the run, also of what is silent and of questions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessor.assessment import assess
from assessor.case import read_case
from assessor.cli.proof import proof
from assessor.knowledge import load

from .test_cli import ALINGSAS, ROOT, run

HALL = "cases/idrottshall.yaml"
#: Values of the JSON contract, which no reader should have to know.
CODES = re.compile(r"\b(established|contested|not_established|very_high|elevated|statute|ratio|guidance|unanswered)\b")


def explained(about: str | None, language: str = "sv", case: str = ALINGSAS) -> str:
    knowledge = load()
    facts = read_case(ROOT / case, knowledge)
    return " ".join(proof(assess(facts, knowledge), about, language, facts, knowledge).split())


@pytest.mark.parametrize("case", [ALINGSAS, HALL])
def test_the_whole_proof_is_in_swedish(case: str) -> None:
    told = re.sub(r"\[[^]]*\]|• \S+ → \S+", "", explained(None, "sv", case))  # ids are the same in both languages
    assert not CODES.findall(told)


def test_states_classes_and_ranks_in_words() -> None:
    told = explained(None)
    assert told.startswith("Klass: mycket hög (inget okänt kan ändra klassen)")
    assert "Ersättning [consideration] – uppfyllt (kan bli omtvistat)" in told
    assert "(domstolens bärande skäl, VERIFIED-2)" in told
    assert "? Finns det villkor" in told or "[grant.conditions]" in told
    english = explained("consideration", "en")
    assert "Consideration [consideration] – established (may become contested)" in english
    assert "certainty: VERIFIED, read in the source" in english


def test_a_rule_that_did_not_fire_says_what_it_takes() -> None:
    told = explained("consideration.right-to-charge-others", "sv", HALL)
    assert "gäller inte här" in told and "skulle gälla därför att: Organisationen åtar sig en bestämd tjänst" in told
    assert re.search(r"krävs: Ja, en del eller Ja, huvuddelen; här: Nej \(styrkt i handling\) \[income\.others\]", told), told
    assert "– Bestämd motprestation: krävs: ja; här: nej [F1]" in told
    english = explained("consideration.right-to-charge-others", "en", HALL)
    assert "does not hold here" in english and "needed: " in english


def test_a_rule_of_another_law_says_so() -> None:
    told = explained("consideration.right-to-charge-others", "en")
    assert "not in force under the law the case is tried by: Concession [concession]" in told


def test_a_question_says_what_reads_it() -> None:
    told = explained("payment.basis", "en")
    assert "answer: Per place, day or participant; Fixed sum per month or year" in told
    assert "• consideration.price-per-unit → F7" in told and "also read by: " in told


def test_a_factor_no_rule_leads_to() -> None:
    silent = next(name for name in load().factors if "no rule that leads here holds here" in explained(name, "en"))
    assert "ingen regel som leder hit gäller här" in explained(silent)


def test_everything_known_can_be_explained() -> None:
    knowledge = load()
    facts = read_case(Path(ROOT / HALL), knowledge)
    assessment = assess(facts, knowledge)
    for name in (*knowledge.rules, *knowledge.questions, *knowledge.factors, *knowledge.conclusions, *knowledge.elements):
        assert proof(assessment, name, "sv", facts, knowledge)


def test_a_slip_is_answered_with_the_nearest_of_all_that_is_known() -> None:
    found = run("explain", ALINGSAS, "consideration.right-to-charge-other")
    assert found.returncode == 2 and "consideration.right-to-charge-others?" in found.stderr
