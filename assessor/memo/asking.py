"""What is not known, as questions: the deciding ones with their reasons, the others by what they concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assessor.assessment.models import Assessment, UnknownFact
from assessor.memo.formats import Formats
from assessor.memo.wording import layout


def unknown_told(assessment: Assessment, formats: Formats) -> dict[str, Any]:
    """The first deciding questions with their reasons; all others as bare questions, by what they concern."""
    words, unknown = formats.words["unknown"], assessment.unknown
    deciding = [entry for entry in unknown if entry.decides]
    first = layout()["reasoned_questions"]
    rows = [
        {
            "question": entry.text.get(formats.language),
            "why": entry.why.get(formats.language),
            "state": formats.words["asked"][entry.asked] if entry.asked == "undocumented" else None,
        }
        for entry in deciding[:first]
    ]
    rest = [
        (words["deciding_more"], _by_topic(formats, deciding[first:])),
        (words["other"], _by_topic(formats, [entry for entry in unknown if not entry.decides])),
    ]
    return {
        "any": bool(unknown),
        "lead": words["lead"] if deciding else words["lead_closed"],
        "deciding": len(deciding),
        "rows": rows,
        "rest": [{"title": title, "topics": topics} for title, topics in rest if topics],
    }


def _by_topic(formats: Formats, entries: Iterable[UnknownFact]) -> list[dict[str, str]]:
    """Questions run together under what they concern, in the order of the legal test."""
    topics: dict[str, list[str]] = {topic: [] for topic in formats.words["topics"]}
    for entry in entries:
        undocumented = f" ({formats.words['asked'][entry.asked].lower()})" if entry.asked == "undocumented" else ""
        topics[_topic(entry.question)].append(entry.text.get(formats.language) + undocumented)
    return [{"title": formats.words["topics"][topic], "questions": " ".join(texts)} for topic, texts in topics.items() if texts]


def _topic(question: str) -> str:
    """What a question concerns, by its id or the first part of it; the last topic takes what is not listed."""
    topics = layout()["topics"]
    for key in (question, question.partition(".")[0]):
        for topic, names in topics.items():
            if key in names:
                return str(topic)
    return str(list(topics)[-1])
