"""The findings that decide: the fewest whose removal changes the class (lowers it, if it is not the lowest), at most three.

Searched with compiled Python over the cautious reading: amounts and dates are kept, the rules in question are
taken out, and the layers are run again.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from assessor.assessment.reading import Reading, settle
from assessor.inference.form import Clause
from assessor.truth import FALSE, NOT, TRUE

if TYPE_CHECKING:
    from assessor.assessment.run import Run

LARGEST_SET = 3
#: Sets of one size tried before giving up; beyond it the class is said to stand whatever three findings fall.
TRIED = 2500


class Deciding(NamedTuple):
    """What the class hangs on.

    Attributes:
        findings: up to three rule ids.
        robust: True where no three findings decide: the class stands without any three of them, and those named are
            only the weightiest.
        alone: True where each of those named decides alone; else they do so together.
    """

    findings: tuple[str, ...]
    robust: bool = False
    alone: bool = False


def deciding(result: Run) -> Deciding:
    """The rules whose removal changes the class: those that do so alone, the weightiest first, else the smallest set.

    Above the lowest class what carries it is asked for: only a removal that lowers it counts. Where something lacking
    decides and not something found, nothing is named.

    Args:
        result: the run that decides.
    """
    reading, order = result.cautious, result.judge.order
    here = order.index(result.verdict.klass)
    fired = _carrying(result)

    def decides(removed: tuple[str, ...]) -> bool:
        found = order.index(result.judge.verdict(_without(reading, frozenset(removed))).klass)
        return found < here or (here == 0 and found != here)

    alone = tuple(rule for rule in fired if decides((rule,)))
    if alone:
        return Deciding(_weightiest(result, alone), alone=True)
    carriers = _carriers(reading, fired)
    for size in range(2, LARGEST_SET + 1):
        for removed in islice(combinations(fired, size), TRIED):
            if not _has_idle(removed, carriers) and decides(removed):
                return Deciding(removed)
    return Deciding(_weightiest(result, fired), robust=True) if here == 0 or decides(fired) else Deciding(())


def _carrying(result: Run) -> tuple[str, ...]:
    """The rules that fired and bear on something: not those of factors without weight, nor mere summaries."""
    reading = result.cautious
    knowledge = reading.rulebook.knowledge
    summaries = {conclusion.id for conclusion in knowledge.conclusions.values() if conclusion.summary}
    return tuple(
        rule.id
        for rule in reading.rulebook.rules.values()
        if not (rule.factor and knowledge.factors[rule.factor].weight == "none")
        and rule.concludes not in summaries
        and reading.holds(reading.rulebook.numbered[rule.id]) == TRUE
    )


def _carriers(reading: Reading, fired: tuple[str, ...]) -> dict[str, tuple[frozenset[str], ...]]:
    """For each rule that concludes in the first layer only: the rules that carry each of its conclusions.

    The first layer reads nothing but input, so what carries a conclusion there does so whatever else is taken out.
    """
    book = reading.rulebook
    level = book.program.level
    return {
        rule: tuple(
            frozenset(clause.rule for clause in book.clauses_of[head] if _body(reading, clause) == TRUE)
            for head in book.heads_of[rule]
        )
        for rule in fired
        if all(level[head] == 1 for head in book.heads_of[rule])
    }


def _has_idle(removed: tuple[str, ...], carriers: dict[str, tuple[frozenset[str], ...]]) -> bool:
    """Whether one of a set could stay out of it: others carry all that it concludes, so the smaller set has been tried."""
    return any(rule in carriers and all(found.difference(removed) for found in carriers[rule]) for rule in removed)


def _without(reading: Reading, removed: frozenset[str]) -> Reading:
    """The reading with some rules taken out."""
    book = reading.rulebook
    memory = list(reading.memory)
    changed = replace(reading, memory=memory)
    heads: dict[int, list[str]] = {}
    for head in {head for rule in removed for head in book.heads_of[rule]}:
        heads.setdefault(book.program.level[head], []).append(head)
    for level in range(1, len(book.program.layers)):
        book.engine.search(level, memory)
        for head in heads.get(level, ()):
            memory[book.program.number[head]] = _value(changed, head, removed)
        settle(changed, level)
    return changed


def _value(reading: Reading, head: str, removed: frozenset[str]) -> int:
    found = FALSE
    for clause in reading.rulebook.clauses_of[head]:
        if clause.rule not in removed:
            found |= _body(reading, clause)
    return found


def _body(reading: Reading, clause: Clause) -> int:
    value = TRUE
    for literal in clause.body:
        truth = reading.truth(literal.atom)
        value &= truth if literal.holds else NOT[truth]
    return value


def _weightiest(result: Run, fired: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three findings to name where none decides alone: decisive before strong, one a factor or element."""
    knowledge = result.cautious.rulebook.knowledge
    order = {"decisive": 0, "strong": 1, "moderate": 2}
    ranks = {"ratio": 0, "result": 1, "lower_court": 2}

    def key(rule_id: str) -> tuple[int, int]:
        rule = knowledge.rules[rule_id]
        weight = knowledge.factors[rule.factor].weight if rule.factor else "strong" if rule.element else "moderate"
        rank = min((ranks.get(authority.rank, 3) for authority in rule.authorities), default=4)
        return order.get(weight, 3), rank

    named: dict[str, str] = {}
    for rule_id in sorted(fired, key=key):
        rule = knowledge.rules[rule_id]
        about = str(rule.factor or rule.element or rule.concludes)
        named.setdefault(about, rule_id)
    return tuple(list(named.values())[:LARGEST_SET])
