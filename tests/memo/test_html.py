"""What the memo says, and that it says it safely."""

import itertools
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assessor.assessment import assess
from assessor.case.read import parse_case
from assessor.knowledge.models import Text
from assessor.memo import render_html
from assessor.memo.context import memo_context
from assessor.memo.html import document
from assessor.memo.wording import layout

from .conftest import AS_OF, CASES, assessed, html, knowledge
from .test_words import body


class Headings(HTMLParser):
    def __init__(self, document):
        super().__init__()
        self.levels, self.addresses = [], []
        self.feed(document)

    def handle_starttag(self, tag, attributes):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.addresses += [value for name, value in attributes if name in ("src", "href", "data", "poster", "action")]


def test_headings_descend_one_level_at_a_time(case, language):
    levels = Headings(html(case, language)).levels
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_to_be_fetched(case, language):
    document = html(case, language)
    assert "asset:" not in document and "@import" not in document
    assert all(address.startswith(("#", "https://", "http://")) for address in Headings(document).addresses)
    assert not re.search(r"<(img|link|script|iframe|object|embed)\b", document)
    assert all(url.startswith('"data:font/woff2') for url in re.findall(r"url\(([^)]{0,40})", document))


def test_the_scope_is_on_the_first_page_whatever_the_class(case, language):
    context = memo_context(assessed(case), language)
    first = html(case, language).split('<nav class="contents">')[0]
    assert context["summary"]["scope"] in body(first)
    assert len(context["summary"]["deciding"]) <= 3


def test_sections_are_numbered_without_gaps_and_all_told(case, language):
    context = memo_context(assessed(case), language)
    assert [section["number"] for section in context["sections"]] == list(range(1, len(context["sections"]) + 1))
    for section in context["sections"]:
        assert f'<section id="{section["id"]}">' in html(case, language)


def test_two_documents_of_the_same_title_stay_two():
    text = """
schema: iop-case/1
evidence:
  first: {title: Tjänsteskrivelse, date: 2026-01-10, url: "https://example.org/1"}
  second: {title: Tjänsteskrivelse, date: 2026-03-02, url: "https://example.org/2"}
facts:
  authority.kind: {value: municipality, evidence: {document: first, at: s. 1}}
  service.promised: {value: named_service, evidence: {document: second, at: s. 2}}
"""
    made = assess(parse_case(text, Path("case.yaml"), knowledge()), knowledge(), None, AS_OF)
    facts = memo_context(made, "sv")["facts"]
    assert [each["url"] for each in facts["documents"]] == ["https://example.org/1", "https://example.org/2"]
    told = {fact["about"]: fact["evidence"][0]["document"] for group in facts["groups"] for fact in group["facts"]}
    assert told["authority.kind"] == 1 and told["service.promised"] == 2


def test_a_precedent_is_said_to_have_attached_importance_only_to_operative_reasons(case):
    words = memo_context(assessed(case), "sv")["t"]["comparison"]["attached"].format(court="HFD")
    main = next(c for c in assessed(case).precedents if c.precedent == assessed(case).exposure.fee.benchmark.precedent)
    told = {*main.shared, *main.distinguishing, *main.unknown}
    ratio = [row for row in main.rows if row.rank == "ratio" and row.counts and row.there == "yes" and row.factor in told]
    assert body(html(case, "sv")).count(words) == len(ratio)


def test_every_citation_of_the_test_says_how_it_was_read(case):
    """Authorities stand under how they were read; those before any such heading were read in the source itself."""
    words = memo_context(assessed(case), "sv")["t"]
    heads = {certainty: f"{name[0].upper()}{name[1:]}:" for certainty, name in words["certainty"].items()}
    heads["VERIFIED"] = words["test"]["authorities"]
    text = body(re.search(r'<section id="test">.*?</section>', html(case, "sv"), re.S)[0])
    read = {}
    for finding in assessed(case).findings:
        for citation in finding.citations if finding.holds == "yes" and finding.step in layout()["steps"]["test"] else ():
            read.setdefault(f"{citation.cite.sv} {citation.at.split('; ')[0]}", set()).add(citation.certainty)
    for element in assessed(case).regimes[0].elements:
        for citation in element.citations:
            read.setdefault(f"{citation.cite.sv} {citation.at.split('; ')[0]}", set()).add(citation.certainty)
    assert any(place in text for place in read)
    for place, certainties in read.items():
        for found in re.finditer(re.escape(place) + r"(?=[.;])", text):
            before = {certainty: text.rfind(head, 0, found.start()) for certainty, head in heads.items()}
            assert max(before, key=before.__getitem__) in certainties, text[found.start() - 200 : found.end()]


@pytest.mark.slow
@pytest.mark.parametrize("status", ["draft", "decided", None])
def test_what_is_unsigned_begins_with_do_not_sign_unless_the_class_is_low(status):
    for name in CASES:
        assessment = assessed(name)
        told = memo_context(replace(assessment, case=replace(assessment.case, status=status)), "sv")["summary"]["draft"]
        assert (told is None) == (assessment.klass == "low")
        assert told is None or "eckna inte förrän" in told


def test_what_is_signed_is_not_told_to_wait(alingsas):
    assert memo_context(alingsas, "sv")["summary"]["draft"] is None


def test_a_blocking_breach_stands_on_the_first_page(alingsas):
    blocked = replace(alingsas, blocking=(Text(sv="Tillstånd saknas.", en="There is no permit."),))
    assert "Tillstånd saknas." in render_html(blocked, "sv").split('<nav class="contents">')[0]


def test_what_a_case_file_says_is_escaped(alingsas):
    hostile = '<img src="http://example.org/x.png"><script>alert(1)</script>{{ 7*7 }}'
    case = replace(alingsas.case, title=Text(sv=hostile, en=hostile), reference=hostile, parties={"authority": hostile})
    document = render_html(replace(alingsas, case=case), "sv")
    assert "<img" not in document and "<script" not in document and "{{ 7*7 }}" in unescape(document)


def test_another_language_is_refused(alingsas):
    with pytest.raises(ValueError):
        render_html(alingsas, "de")


def test_the_memo_tells_of_the_files_inside_it(alingsas):
    told = "I den här filen ligger också ärendets uppgifter och hela bedömningen: case.yaml, assessment.json."
    assert told in body(document(alingsas, "sv", inside=["case.yaml", "assessment.json"]))
    assert "I den här filen ligger" not in body(document(alingsas, "sv"))
