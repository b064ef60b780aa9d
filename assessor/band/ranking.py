"""Which question to answer next: the one whose answer leaves least open.

For each unanswered question that can still matter every way it can turn out is tried, and what would then be left open
is compared with what is open now: first the bands, of the class and of every regime's, then the levels and outcomes of
all regimes. A question that no longer matters is told with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessor.assessment.trial import Opened, Outlook, Trials
from assessor.band.aspects import ClassOf, trace
from assessor.band.splits import Splits
from assessor.case.models import Fact
from assessor.knowledge.models import Question

#: What a question costs to answer, by its type: looking, counting up, finding out.
_EFFORT = {"yes_no": 1, "choice": 1, "several": 2, "date": 2, "number": 2, "percent": 2, "money": 3, "records": 4, "text": 4}
#: Steps between neighbouring classes weigh more than anything within a class.
_CLASS_STEP = 100

Idle = Literal["decided", "not_read", "settled", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One way an answer can turn out, and the band it would leave.

    Attributes:
        fact: the answer.
        best, worst: the classes then possible, by their place in the order.
    """

    fact: Fact
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question, and what its answer can do.

    Attributes:
        question: its id.
        turns: the ways it can turn out; empty where they cannot be listed.
        narrows: how much less is open, on average over the ways; 0 where none are listed.
        covers: whether the ways listed are all there are.
        decides_alone: whether some answer alone settles the class.
        effort: 1 (read off a document) to 4 (list everything).
    """

    question: str
    turns: tuple[Turn, ...]
    covers: bool
    narrows: float
    decides_alone: bool
    effort: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """All unanswered questions.

    Attributes:
        next: those that can still change the class, the most useful first.
        idle: the others, each with the reason.
    """

    next: tuple[Ranked, ...]
    idle: Mapping[str, Idle]


def rank(trials: Trials, splits: Splits, node: Opened | None = None, stop: Callable[[], bool] | None = None) -> Ranking:
    """The unanswered questions, the most useful first.

    Args:
        trials: the case.
        splits: how what is not known can turn out.
        node: the answers so far; default the case as it stands.
        stop: asked now and then whether to give up; what has been tried by then is ranked.
    """
    node = node or trials.opened
    traced = trace(trials, node)
    wanted = ClassOf(trials).waits(node, traced)
    open_now = _left(node.outlook)
    found: list[Ranked] = []
    idle: dict[str, Idle] = {}
    read = frozenset().union(*(judge.rulebook.reads for judges in node.judges.values() for judge in judges))
    unasked = [judge.rulebook.unasked for judges in node.judges.values() for judge in judges]
    for place, question in enumerate(splits.questions.values()):
        state = node.facts[question.id].state
        if state == "answered":
            continue
        if state == "not_applicable":
            idle[question.id] = "not_applicable"
        elif wanted >> place & 1 and not (stop is not None and stop()):
            found.append(_ranked(trials, splits, node, question, open_now))
        elif node.outlook.decided:
            idle[question.id] = "decided"
        elif question.id not in read or all(question.id in each for each in unasked):
            idle[question.id] = "not_read"
        else:
            idle[question.id] = "settled"
    return Ranking(tuple(sorted(found, key=lambda each: (-each.narrows, each.effort))), idle)


def _ranked(trials: Trials, splits: Splits, node: Opened, question: Question, open_now: int) -> Ranked:
    tried = [(fact, trials.look({question.id: fact}, node).outlook) for fact in _answers(splits, node.facts[question.id])]
    left = [_left(outlook) for _, outlook in tried]
    return Ranked(
        question=question.id,
        turns=tuple(Turn(fact, outlook.best, outlook.worst) for fact, outlook in tried),
        covers=question.type not in ("several", "records", "text"),
        narrows=open_now - sum(left) / len(left) if left else 0.0,
        decides_alone=any(outlook.decided for _, outlook in tried),
        effort=_EFFORT[question.type],
    )


def _answers(splits: Splits, fact: Fact) -> tuple[Fact, ...]:
    """The answers to try: those of a choice; of a list each choice among others, and all; of a number or a date its halves."""
    question = splits.questions[fact.question]
    if question.type != "several":
        return splits.of(fact)
    free = [choice for choice in question.choices if choice not in question.exclusive]
    some = [Fact(question.id, "answered", frozenset({choice}), complete=False, support="documented") for choice in free]
    alone = [Fact(question.id, "answered", frozenset({c}), support="documented") for c in question.choices if c not in free]
    return *some, Fact(question.id, "answered", frozenset(free), support="documented"), *alone


def _left(outlook: Outlook) -> int:
    return _CLASS_STEP * (outlook.worst - outlook.best + outlook.width) + outlook.openness
