"""What stands last: doubts, sources, and how the class was made."""

from __future__ import annotations

from typing import Any

from assessor.assessment.models import Assessment, RegimeResult, SourceShown
from assessor.memo.formats import Formats
from assessor.memo.grounds import title
from assessor.memo.regimes import levels_told


def doubts_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The doubts that what was found carries, those of what may be found, and what was not read in the source."""
    weak = []
    for certainty in list(formats.words["certainty"])[1:]:  # the first is: read in the source
        holding = [f for f in assessment.findings if f.holds == "yes" and f.certainty == certainty]
        names = list(dict.fromkeys(f"{f.issue_title.get(formats.language)}: {title(f, formats)}" for f in holding))
        if names:
            weak.append({"certainty": formats.words["certainty"][certainty], "names": names})
    carried = {doubt for finding in assessment.findings if finding.holds == "yes" for doubt in finding.doubts}
    pending = {doubt for finding in assessment.findings for doubt in finding.doubts} - carried
    rest = [doubt.id for doubt in assessment.doubts if doubt.id in pending]
    shown = [doubt for doubt in assessment.doubts if doubt.id not in pending]
    return {
        "rows": [{"id": doubt.id, "text": doubt.text.get(formats.language)} for doubt in shown],
        "rest": formats.words["doubts"]["rest"].format(ids=", ".join(rest)) if rest else None,
        "weak": weak,
    }


def sources_told(assessment: Assessment, formats: Formats) -> list[dict[str, Any]]:
    """The sources by how they were read."""
    groups = []
    cited = _cited(assessment)
    shown = [source for source in assessment.sources if source.id in cited]
    for certainty, name in formats.words["certainty"].items():
        rows = [_source(formats, source) for source in shown if source.certainty == certainty]
        if rows:
            groups.append({"title": name, "rows": rows})
    return groups


def _cited(told: Assessment) -> set[str]:
    """The sources of what the memo tells; not of what only may come to hold."""
    parts: list[Any] = [finding for finding in told.findings if finding.holds == "yes"]
    parts += [element for regime in told.regimes for element in regime.elements]
    parts += [*told.value.methods, told.limit, *told.precedents, *told.notices]
    parts += [duty for duty in told.duties if duty.arises == "yes"]
    parts += [route for route in told.routes if route.open != "no"]
    parts += [deadline for deadline in told.deadlines if deadline.applies == "yes" or deadline.ends]
    parts += [told.exposure.fee, told.exposure.ineffectiveness, told.exposure.damages]
    return {citation.source for part in parts for citation in part.citations}


def _source(formats: Formats, source: SourceShown) -> dict[str, Any]:
    """A source in a line: what its title already says of cite and issuer is not said again."""
    cite, title, issuer = (text.get(formats.language) for text in (source.cite, source.title, source.issuer))
    by = [] if issuer.lower() in title.lower() else [issuer]
    told = [*by, *([formats.date(source.date)] if source.date else [])]
    return {
        "cite": cite,
        "title": title[len(cite) :].lstrip(" ,") if title.lower().startswith(cite.lower()) else title,
        "issued": ", ".join(told),
        "url": source.url,
        "read": source.read.get(formats.language),
    }


def about_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """How the class was made, and what made it."""
    words = formats.words["about"]
    versions = assessment.versions
    return {
        "lead": words["lead"],
        "regimes": [
            {
                "title": words["regime"].format(name=regime.name.get(formats.language)),
                "levels": levels_told(regime, formats),
                "overrides": [
                    words["override"].format(
                        because=override.because.get(formats.language),
                        from_class=formats.class_name(override.from_class).lower(),
                        to_class=formats.class_name(override.to_class).lower(),
                    )
                    for override in regime.overrides
                ],
                "result": _table_class(regime, formats),
            }
            for regime in assessment.regimes[:1]
        ],
        "version": words["version"].format(
            program=versions.program,
            engine=versions.engine,
            knowledge=versions.knowledge,
            digest=versions.digest,
            law_state=formats.date(versions.law_state),
        ),
    }


def _table_class(regime: RegimeResult, formats: Formats) -> str:
    """What the table gave, before any exception from it."""
    klass = regime.overrides[0].from_class if regime.overrides else regime.klass
    return str(formats.words["about"]["result"]).format(klass=formats.class_name(klass).lower())
