"""The first page: what is open today, the outcome in a sentence, what the class rests on; and what is asked at the end."""

import datetime as dt
from dataclasses import replace

import pytest

from assessor.assessment import assess
from assessor.case.read import read_case
from assessor.memo.context import memo_context
from assessor.memo.wording import layout

from .conftest import AS_OF, ROOT, assessed, knowledge


def summary(assessment, language="sv"):
    return memo_context(assessment, language)["summary"]


def with_windows(assessment, ineffectiveness, fee, damages):
    exposure = assessment.exposure
    return replace(
        assessment,
        exposure=replace(
            exposure,
            ineffectiveness=replace(exposure.ineffectiveness, open=ineffectiveness),
            fee=replace(exposure.fee, window_open=fee),
            damages=replace(exposure.damages, open=damages),
        ),
    )


def test_windows_that_are_closed_are_said_to_be_and_name_no_deadline(alingsas):
    told = summary(with_windows(alingsas, "no", "no", "no"))["today"]
    assert told == (
        "Inget. För ogiltighet, avgift och skadestånd har tiden löpt ut på angivna uppgifter, om ingen leverantör har sökt "
        "överprövning och avtalet inte har förklarats ogiltigt. Tillsyn kvarstår. Egna tider gäller för laglighetsprövning "
        "och återkrav."
    )


def test_an_open_window_names_the_deadlines_that_are_not_closed(alingsas):
    deadlines = tuple(
        replace(deadline, open="yes", ends="2027-06-30") if deadline.id == "fee-court-one-year" else deadline
        for deadline in alingsas.deadlines
    )
    told = summary(with_windows(replace(alingsas, deadlines=deadlines), "unknown", "yes", "no"))["today"].replace("\u00a0", " ")
    assert told.startswith("Öppet: avgift (Konkurrensverkets ansökan om avgift, till 30 juni 2027;")
    assert "Inte känt om öppet: ogiltighet (30 dagar från annons i EU eller underrättelse)." in told
    assert "För skadestånd har tiden löpt ut" in told and "sex månader från avtalet" not in told


def test_what_does_not_arise_is_not_called_closed():
    told = summary(assessed("idrottshall"))["today"]
    assert told == "Inget. Ogiltighet, avgift och skadestånd aktualiseras inte på angivna uppgifter."


def test_an_open_route_is_not_told_as_a_contested_contract():
    case = read_case(ROOT / "cases" / "samtalsstod-direktupphandling.yaml", knowledge())
    assessment = assess(case, knowledge(), dt.date(2013, 5, 1), AS_OF)
    assert assessment.regimes[0].test.status == "established" and len(assessment.regimes[0].outcome) == 2
    told = summary(assessment)
    assert told["outcome"] == "Utfallet är inte klarlagt: direktupphandling under gränsen eller otillåten direktupphandling."
    assert not any("omtvistat" in text for text in (told["outcome"], told["test"]))


def test_a_contested_contract_names_what_follows_if_it_is_one():
    assert summary(assessed("eskilstuna-moa"))["outcome"] == (
        "Inget offentligt kontrakt, eller, om avtalet är ett offentligt kontrakt, direktupphandling under gränsen "
        "eller otillåten direktupphandling."
    )


def test_a_low_class_is_said_to_rest_on_the_documents(case):
    low = assessed(case).klass in layout()["rests_on_documents"]
    assert (summary(assessed(case))["rests"] is not None) == low


@pytest.mark.parametrize("name", ["alingsas", "eskilstuna-moa", "idrottshall"])
def test_only_the_first_deciding_questions_are_told_with_their_reasons_and_none_is_lost(name, language):
    unknown, assessment = memo_context(assessed(name), language)["unknown"], assessed(name)
    deciding = [entry for entry in assessment.unknown if entry.decides]
    assert len(unknown["rows"]) == min(len(deciding), layout()["reasoned_questions"])
    told = " ".join(topic["questions"] for group in unknown["rest"] for topic in group["topics"])
    told += " ".join(row["question"] for row in unknown["rows"])
    assert all(entry.text.get(language) in told for entry in assessment.unknown)


def test_every_question_has_a_topic():
    named = {name for names in layout()["topics"].values() for name in names}
    for question in knowledge().questions:
        assert question in named or question.partition(".")[0] in named, f"{question}: add it to topics in memo/layout.yaml"


def test_a_time_that_is_no_way_to_attack_the_agreement_is_not_told_as_one():
    told = summary(assessed("kvinnojour-oppen-radgivning"))["today"]
    assert "Egna tider" not in told, "the window of de minimis counts aid, it closes nothing"


def test_what_raised_the_class_stands_with_the_outcome():
    first = memo_context(assessed("kvinnojour-oppen-radgivning"), "sv")["first"]
    assert first["overrides"] and all("klassen" in told for told in first["overrides"])


def test_what_is_documented_and_outweighed_is_told():
    """The papers of the open counselling speak against a benefit; the statutory task outweighs them, and they are still told."""
    elements = {
        each["id"]: each["unmoved"] for each in memo_context(assessed("kvinnojour-oppen-radgivning"), "sv")["first"]["elements"]
    }
    for told in (
        "”Vem bestämmer vilka personer som får komma in?” ingen, det är öppet för alla",
        "om verksamheten upphörde i morgon?” ingenting",
    ):
        assert told in elements["benefit"]
    assert elements["written"] is None


def test_what_is_told_as_without_effect_is_documented_and_rests_nowhere(case):
    assessment = assessed(case)
    by_id = {finding.id: finding for finding in assessment.findings}
    for regime in assessment.regimes:
        for element in regime.elements:
            used = {premise.about for finding in element.findings for premise in by_id[finding].premises}
            assert all(each.support == "documented" and each.about not in used for each in element.unmoved)


def test_a_difference_says_which_way_it_goes():
    told = summary(assessed("kvinnojour-reserverade-platser"))["compared"]["told"]
    assert "Saknas här: tidigare upphandlad eller egen verksamhet fortsätter." in told


def test_an_assumed_day_is_told_as_assumed():
    assessment = assessed("eskilstuna-moa")
    assert assessment.regimes[0].on_support == "assumed"
    assert "Dagen är antagen." in memo_context(assessment, "sv")["law"]
    assert "Dagen är antagen." not in memo_context(assessed("idrottshall"), "sv")["law"]


def test_below_the_limit_the_other_side_argues_a_direct_award():
    below, above = assessed("idrottshall"), assessed("alingsas")
    assert below.counter_for == "for" and below.limit.within == "yes"
    assert "direktupphandling" in memo_context(below, "sv")["counter"]["lead"]
    over = replace(above, counter_for="for")
    assert "borde ha annonserats" in memo_context(over, "sv")["counter"]["lead"]
