"""Amounts, days, pinpoints and fine typography."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from assessor.memo.formats import Formats, lowered, sentence, three_significant
from assessor.memo.typography import characters, needs_letters, tidy
from assessor.memo.wording import wording

from .conftest import ROOT

SV, EN = Formats("sv"), Formats("en")
FONTS = ROOT / "templates" / "fonts"


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("money", "exact", "swedish", "english"),
    [
        (None, False, "okänt", "unknown"),
        ((0, None), False, "okänt", "unknown"),
        (0, False, "0 kr", "SEK 0"),
        (560, False, "560 kr", "SEK 560"),
        (10_000, False, "10 000 kr", "SEK 10,000"),
        (534_890, False, "cirka 535 000 kr", "about SEK 535,000"),
        (534_890, True, "534 890 kr", "SEK 534,890"),
        (999_999, False, "cirka 1 mnkr", "about SEK 1 million"),
        (7_802_550, False, "cirka 7,8 mnkr", "about SEK 7.8 million"),
        (75_000_000, False, "75 mnkr", "SEK 75 million"),
        (75_000_000, True, "75 000 000 kr", "SEK 75,000,000"),
        ((72_000_000, None), False, "minst 72 mnkr", "at least SEK 72 million"),
        ((0, 700_000), False, "högst 700 000 kr", "at most SEK 700,000"),
        ((1_200_000, 3_500_000), False, "mellan 1,2 mnkr och 3,5 mnkr", "between SEK 1.2 million and SEK 3.5 million"),
        ((5, 5), True, "5 kr", "SEK 5"),
    ],
)
def test_money(money, exact, swedish, english):
    assert plain(SV.money(money, exact)) == swedish
    assert plain(EN.money(money, exact)) == english


def test_three_significant_figures():
    assert [three_significant(sek) for sek in (0, 999, 1_005, 1_234, 8_394_000)] == [0, 999, 1_000, 1_230, 8_390_000]


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (None, "okänd dag", "day unknown"),
        ("2016-06-30", "30 juni 2016", "30 June 2016"),
        ("2016-03", "mars 2016", "March 2016"),
        ("2019", "2019", "2019"),
        ("2019-01-05/2019-02-01", "mellan 5 januari 2019 och 1 februari 2019", "between 5 January 2019 and 1 February 2019"),
        ("/2019-02-01", "senast 1 februari 2019", "no later than 1 February 2019"),
        ("2019-02-01/", "tidigast 1 februari 2019", "no earlier than 1 February 2019"),
        ("/", "okänd dag", "day unknown"),
    ],
)
def test_days(day, swedish, english):
    assert plain(SV.day(day)) == swedish
    assert plain(EN.day(day)) == english


def test_days_with_their_preposition():
    assert [plain(SV.on(day)) for day in ("2016-06-30", "2016-03", "2016")] == ["den 30 juni 2016", "i mars 2016", "under 2016"]
    assert [plain(EN.on(day)) for day in ("2016-06-30", "2016-03", "2016")] == ["on 30 June 2016", "in March 2016", "in 2016"]


def test_answers_that_are_days_are_written_as_days():
    assert plain(SV.answer("2016-06-30")) == "30 juni 2016"
    assert SV.answer("2016-99-99") == "2016-99-99"
    assert SV.answer("15–20 platser") == "15–20 platser"


def test_lists_sentences_and_small_letters():
    assert SV.listed([]) == "" and SV.listed(["a"]) == "a" and SV.listed(["a", "b", "c"]) == "a, b och c"
    assert EN.listed(["a", "b"], "or") == "a or b"
    assert sentence("det gäller") == "Det gäller." and sentence("Så?") == "Så?"
    assert lowered("Otillåten direktupphandling") == "otillåten direktupphandling" and lowered("LOU gäller") == "LOU gäller"


def test_every_pinpoint_of_the_knowledge_base_is_english_in_english():
    from .conftest import knowledge

    base = knowledge()
    places = {p.at for norm in base.norms.values() for p in (*norm.provisions, *norm.interpreted_by)}
    places |= {a.at for rule in base.rules.values() for a in rule.authorities}
    places |= {f.at for precedent in base.precedents.values() for f in precedent.factors.values() if f.at}
    swedish = {"skäl", "skälen", "referat", "enligt", "läst", "svaret", "domslut", "sidan", "frågor", "inte", "och", "stycket"}
    for place in places:
        shown = EN.pinpoint(place)
        assert not swedish & set(shown.replace("(", " ").replace(")", " ").replace(",", " ").replace(";", " ").split()), shown


def test_a_number_keeps_its_unit():
    assert tidy("19 kap. 7 § LOU, 75 mnkr och p. 3", "sv") == "19\u00a0kap.\u00a07\u00a0§ LOU, 75\u00a0mnkr och p.\u00a03"
    assert tidy("SEK 75 million", "en") == "SEK\u00a075\u00a0million"
    assert tidy("2 platser", "sv") == "2 platser"


def test_look_alikes_and_code_points_stand_in_for_what_no_font_has():
    assert tidy("1\u202f000 tre\u2011delad av\u00adstavning", "sv") == "1\u00a0000 tre-delad avstavning"
    assert tidy("a → b", "sv") == "a ‹U+2192› b"
    assert needs_letters("Čálliid") and not needs_letters("Överenskommelse")


def test_the_character_list_is_that_of_the_fonts():
    def has(name):
        return {chr(code) for code in TTFont(FONTS / f"{name}.woff2").getBestCmap()}

    latin = [has(path.stem) for path in FONTS.glob("*-latin-[46]*.woff2")]
    extended = [has(path.stem) for path in FONTS.glob("*-latin-ext-*.woff2")]
    assert len(latin) == 5 and len(extended) == 3
    assert characters("latin") <= set.intersection(*latin)
    assert characters("extended") <= set.intersection(*extended)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_memo_s_own_words_need_no_character_the_fonts_lack(language):
    def leaves(words):
        return [leaf for value in words.values() for leaf in leaves(value)] if isinstance(words, dict) else [str(words)]

    text = "".join(leaves({k: v for k, v in wording(language).items() if k not in ("pinpoints", "typography")}))
    assert set(text) <= characters("latin") | {"\n"}


def test_the_fonts_ship_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in Path(FONTS).glob("*.woff2")) < 250_000
