"""The exact band: the lowest and the highest there is over all that the answers not known can turn out to be.

Best-first search. The open reading of a case bounds the class over everything not known; where the bounds meet, every
completion has that class. Otherwise one question that can still matter is split, and the parts are bounded. The part
that may be lowest is looked into first, so the first part decided is the lowest there is; likewise for the highest.
Of the questions that still matter, the one whose answers have ruled out most so far is split first (as in weighted
constraint search: Boussemart et al., "Boosting systematic search by weighting constraints", ECAI 2004).
When the budget ends, the bounds that stand are told, and that they are only outer bounds: they may be too wide, never
too narrow. Answers are completed one by one: that some combinations could not occur is not known here, which can make
the band wider than life, not narrower.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from assessor.assessment.trial import Opened, Trials
from assessor.band.aspects import Aspect, trace
from assessor.band.splits import Splits
from assessor.case.models import Fact

#: Trials spent on each end of a band.
BUDGET = 2500


@dataclass(frozen=True, slots=True)
class End:
    """One end of a band.

    Attributes:
        value: as far as it goes.
        exact: whether some completion has it; else nothing goes beyond it.
        answers: the answers under which it is reached whatever else is answered; empty where that is not shown.
        tried: trials spent.
    """

    value: float
    exact: bool
    answers: tuple[Fact, ...]
    tried: int


@dataclass(frozen=True, slots=True)
class Ends:
    """The lowest and the highest value there can be."""

    lowest: End
    highest: End

    @property
    def exact(self) -> bool:
        """Whether both are reached."""
        return self.lowest.exact and self.highest.exact


def ends(trials: Trials, splits: Splits, aspect: Aspect, budget: int = BUDGET, stop: Callable[[], bool] | None = None) -> Ends:
    """The band of a case.

    Args:
        trials: the case.
        splits: how what is not known can turn out.
        aspect: of what.
        budget: trials to spend on each end.
        stop: asked now and then whether to give up; what is known then is told.
    """
    return Ends(_end(trials, splits, aspect, budget, 1, stop), _end(trials, splits, aspect, budget, -1, stop))


def _end(trials: Trials, splits: Splits, aspect: Aspect, budget: int, sign: int, stop: Callable[[], bool] | None) -> End:
    """The lowest value (sign 1) or the highest (sign -1)."""
    order = itertools.count()
    heap: list[tuple[float, int, float, int, Opened, tuple[Fact, ...]]] = []

    def put(node: Opened, path: tuple[Fact, ...]) -> float:
        low, high = aspect.bounds(node)
        near, far = (low, high) if sign > 0 else (-high, -low)
        heapq.heappush(heap, (near, -len(path), far, next(order), node, path))
        return near

    put(trials.opened, ())
    tried = 0
    failed: Counter[str] = Counter()  # how often an answer to a question ruled out the value looked for
    stuck = inf  # the nearest bound of what cannot be split further
    while heap and heap[0][0] <= stuck:
        near, _, far, _, node, path = heap[0]
        if near == far:
            return End(near * sign, True, tuple({fact.question: fact for fact in path}.values()), tried)
        if tried >= budget or (stop is not None and stop()):
            return End(near * sign, False, (), tried)
        heapq.heappop(heap)
        question = _next(trials, splits, aspect, node, failed)
        if question is None:
            stuck = min(stuck, near)
            continue
        for fact in splits.of(node.facts[question]):
            if put(trials.look({question: fact}, node), (*path, fact)) > near:
                failed[question] += 1
            tried += 1
    return End(stuck * sign, False, (), tried)


def _next(trials: Trials, splits: Splits, aspect: Aspect, node: Opened, failed: Counter[str]) -> str | None:
    """The question that can still matter and be split whose answers have ruled out most; of several, the first asked.

    What decides whether a question applies comes before it: an answer to what may not apply would count for nothing.
    """
    wanted = aspect.waits(node, trace(trials, node))
    open_ = (q for place, q in enumerate(splits.questions) if wanted >> place & 1 and splits.of(node.facts[q]))
    found = max(open_, key=failed.__getitem__, default=None)
    while found is not None:
        before = next((q for q in splits.questions[found].applies_when if splits.of(node.facts[q])), None)
        if before is None:
            break
        found = before
    return found
