"""What the things in a knowledge base are called, and their values."""

from __future__ import annotations

from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.models import Conclusion, Decision, Quantity, Test, Text

NOT_OVER = Text(sv="Tiden är inte ute", en="The time has not run out")


def name_of(knowledge: KnowledgeBase, about: str) -> Text:
    """The name of a factor, element, conclusion, test, quantity or decision; the id of what has none."""
    if about in knowledge.factors:
        return knowledge.factors[about].name
    if about in knowledge.elements:
        return knowledge.elements[about].name
    for tables in knowledge.tables.values():
        if tables.test is not None and tables.test.id == about:
            return tables.test.name
    if about.endswith("-open"):
        return NOT_OVER
    for issue in knowledge.issues.values():
        named: list[Conclusion | Test | Decision | Quantity] = [*issue.conclusions, *issue.tests]
        named += [*issue.decisions, *issue.quantities]
        for entry in named:
            if entry.id == about:
                return entry.name
    return Text(sv=about, en=about)


def value_of(knowledge: KnowledgeBase, name: str, value: str) -> Text | None:
    """A value of a decision, an element or the test of a regime, in words; None where it has none."""
    if name in knowledge.elements:
        return knowledge.statuses_of(knowledge.regime_of[name]).get(value)
    for tables in knowledge.tables.values():
        if tables.test is not None and tables.test.id == name:
            return tables.test.values.get(value)
    for issue in knowledge.issues.values():
        for decision in issue.decisions:
            if decision.id == name:
                return decision.values.get(value)
    return None
