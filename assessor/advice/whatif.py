"""A case with other answers, side by side with itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessor.assessment.models import Assessment
from assessor.assessment.trial import Trials
from assessor.case.applicability import why_not
from assessor.case.models import Fact
from assessor.case.read import check_order, read_answer
from assessor.problems import Problem


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A case before and after.

    Attributes:
        changed: the questions whose fact is another, also those that cease or begin to apply.
        before, after: the assessments.
        facts: the facts after.
    """

    changed: tuple[str, ...]
    before: Assessment
    after: Assessment
    facts: Mapping[str, Fact]


def what_if(trials: Trials, answers: Mapping[str, Any]) -> WhatIf:
    """A case assessed with some answers changed; both by durable-rules.

    Args:
        trials: the case.
        answers: as in a case file, by question. They count as documented: the question is what they would mean.

    Raises:
        Problem: there is no such question, no such answer to it, or it does not apply; or days come out of order.
    """
    knowledge = trials.assessor.knowledge
    changes = {name: read_answer(name, value, knowledge, "documented") for name, value in answers.items()}
    facts = trials.look(changes).facts
    for name in changes:
        if facts[name].state == "not_applicable":
            raise Problem("not-applicable", question=name, because=why_not(knowledge.questions[name], facts))
    check_order(facts, knowledge)
    changed = tuple(name for name in knowledge.questions if facts[name] != trials.case.facts[name])
    assess = trials.assessor.assess
    return WhatIf(
        changed=changed,
        before=assess(trials.case, trials.on, trials.as_of),
        after=assess(trials.case.with_facts(dict(facts)), trials.on, trials.as_of),
        facts=facts,
    )
