"""The strongest honest case for the other side, from the same findings.

Where the result speaks against a contract, this is what a supervising authority could write; where it speaks for one,
what the parties could answer. Nothing is made up for it: each point is a finding, a premise that nobody has shown, a
precedent, a distinction or an open doubt of the assessment itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal

from assessor.assessment.models import Argument, CounterPoint, Doubt, Finding
from assessor.knowledge.models import Text, weakest

Side = Literal["for", "against"]
#: How each kind of finding argues.
_ARGUES: dict[str, Side] = {"for": "for", "against": "against", "denied": "against"}
#: Of what only may turn out, the weightiest few; the rest are questions.
_MAY = 3
_ORDER = {"decisive": 0, "strong": 1, "moderate": 2}


def counter(
    side: Side, first: str, findings: Sequence[Finding], arguments: Sequence[Argument], doubts: Sequence[Doubt]
) -> tuple[CounterPoint, ...]:
    """What one side would say.

    Args:
        side: which: for a contract, or against one.
        first: the regime that is argued about.
        findings: those of the assessment.
        arguments: the precedents argued.
        doubts: the doubts it touches.
    """
    mine = [each for each in findings if each.regime == first and each.element is not None]
    return (
        *_findings(side, mine, "yes"),
        *_unproved(side, mine),
        *_precedents(side, arguments),
        *_distinctions(side, arguments),
        *islice(_findings(side, mine, "unknown"), _MAY),
        *_doubts(side, mine, doubts),
    )


def _findings(side: Side, findings: Sequence[Finding], holds: str) -> Iterator[CounterPoint]:
    """What has been found their way, the weightiest first; of what may be found, only the weighty."""
    told = [f for f in findings if f.holds == holds and _argues(f) == side and f.weight != "none"]
    for finding in sorted(told, key=lambda each: _ORDER.get(each.weight or "strong", 3)):
        if holds == "unknown" and finding.weight == "moderate":
            continue
        kind: Literal["finding", "may"] = "finding" if holds == "yes" else "may"
        yield CounterPoint(kind, finding.conclusion_name, finding.because, finding.citations, finding.certainty)


def _argues(finding: Finding) -> Side | None:
    return _ARGUES.get(str(finding.side))


def _unproved(side: Side, findings: Sequence[Finding]) -> Iterator[CounterPoint]:
    """What the result rests on, against them, that is only stated or assumed."""
    seen: set[str] = set()
    for finding in findings:
        if finding.holds != "yes" or _argues(finding) in (side, None):
            continue
        for premise in finding.premises:
            if premise.support in ("stated", "assumed") and premise.about not in seen:
                seen.add(premise.about)
                yield CounterPoint("unproved", premise.text, premise.answer, (), weakest())


def _precedents(side: Side, arguments: Sequence[Argument]) -> Iterator[CounterPoint]:
    for argument in arguments:
        if argument.points == side and argument.standing != "apart":
            certainty = weakest(*(citation.certainty for citation in argument.citations))
            yield CounterPoint("precedent", argument.name, argument.decided, argument.citations, certainty)


def _distinctions(side: Side, arguments: Sequence[Argument]) -> Iterator[CounterPoint]:
    """How they would tell the case from the precedents against them."""
    seen: set[str] = set()
    for argument in arguments:
        if argument.points in (side, "neither") or argument.standing != "distinguishable":
            continue
        for each in argument.distinctions:
            if each.factor not in seen:
                seen.add(each.factor)
                certainty = weakest(*(citation.certainty for citation in argument.citations))
                yield CounterPoint("distinction", each.name, argument.name, argument.citations, certainty)


def _doubts(side: Side, findings: Sequence[Finding], doubts: Sequence[Doubt]) -> Iterator[CounterPoint]:
    """Doubts that what speaks against them rests on."""
    touched = {doubt for f in findings if f.holds == "yes" and _argues(f) not in (side, None) for doubt in f.doubts}
    for doubt in doubts:
        if doubt.id in touched:
            yield CounterPoint("doubt", _name(doubt.id), doubt.text, (), weakest())


@lru_cache(maxsize=256)
def _name(doubt: str) -> Text:
    return Text(sv=doubt, en=doubt)
