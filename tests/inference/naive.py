"""A third evaluator, naive on purpose: Kleene's strong three-valued logic read straight off the clauses.

It shares nothing with the two evaluators of the program but the form itself: truth is a number between 0 (false)
and 1 (true), unknown is a half; *and* is the least, *or* the greatest, *not* one minus. It recurses from the head to
the inputs and knows no layers, so it also shows that layering changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assessor.inference.form import Clause, Program
from assessor.truth import FALSE, TRUE, UNKNOWN

NO, PERHAPS, YES = Fraction(0), Fraction(1, 2), Fraction(1)

#: The words of the evaluators under test.
AS_NUMBER = {FALSE: NO, UNKNOWN: PERHAPS, TRUE: YES}
AS_TRUTH = {number: truth for truth, number in AS_NUMBER.items()}


def evaluate(program: Program, inputs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Every atom of a program, given those that come from outside."""
    clauses: dict[str, list[Clause]] = {}
    for layer in program.layers:
        for clause in layer:
            clauses.setdefault(clause.head, []).append(clause)
    found: dict[str, Fraction] = {}

    def value(atom: str) -> Fraction:
        if atom not in found:
            if atom in clauses:
                found[atom] = max(
                    min(value(lit.atom) if lit.holds else 1 - value(lit.atom) for lit in clause.body) for clause in clauses[atom]
                )
            else:
                found[atom] = inputs.get(atom, NO)  # an atom that nothing concludes does not hold
        return found[atom]

    return {atom: value(atom) for atom in program.atoms}
