"""Random rule sets in layers, and cases for them; the same seed gives the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass

from assessor.inference.form import Clause, Literal, Program, arrange
from assessor.truth import FALSE, TRUE, UNKNOWN


@dataclass(frozen=True)
class RuleSet:
    """Clauses and what they are over."""

    clauses: tuple[Clause, ...]
    inputs: tuple[str, ...]
    families: dict[str, tuple[str, ...]]

    def program(self) -> Program:
        return arrange(self.clauses, self.inputs, None, self.families)

    def shuffled(self, rng: random.Random) -> RuleSet:
        """The same rules written down in another order, the conditions in a rule too."""
        clauses = [Clause(c.rule, c.head, tuple(rng.sample(c.body, len(c.body)))) for c in self.clauses]
        rng.shuffle(clauses)
        return RuleSet(tuple(clauses), tuple(rng.sample(self.inputs, len(self.inputs))), self.families)


def random_rules(rng: random.Random) -> RuleSet:
    """A rule set of random depth and width: negation, several clauses a head, ordered tables (families).

    About one in ten is wide enough to need several shards in a layer.
    """
    wide = rng.random() < 0.1
    inputs = tuple(f"in{i}" for i in range(rng.randint(30, 260) if wide else rng.randint(1, 14)))
    below = list(inputs)
    clauses: list[Clause] = []
    families: dict[str, tuple[str, ...]] = {}
    negated, repeated = rng.uniform(0, 0.6), rng.random() < 0.2

    def body(atoms: list[str], most: int) -> tuple[Literal, ...]:
        size = min(rng.randint(1, most), len(atoms))
        literals = [Literal(atom, rng.random() >= negated) for atom in rng.sample(atoms, size)]
        if repeated and rng.random() < 0.1:
            literals.append(Literal(literals[0].atom, not literals[0].holds))  # contradicts itself
        return tuple(literals)

    for depth in range(rng.randint(1, 7)):
        made: list[str] = []
        for place in range(rng.randint(8, 40) if wide else rng.randint(1, 7)):
            head = f"x{depth}.{place}"
            for number in range(rng.choice((1, 1, 1, 2, 3, 5))):
                clauses.append(Clause(f"rule {head} {number}", head, body(below, 40 if wide and rng.random() < 0.1 else 5)))
            made.append(head)
        if rng.random() < 0.4:
            name = f"table{depth}"
            values = [f"v{i}" for i in range(rng.randint(2, 4))]
            above: list[Literal] = []
            for value in values[:-1]:
                line = body(below, 2)
                if not any(Literal(lit.atom, not lit.holds) in (*line, *above) for lit in (*line, *above)):
                    clauses.append(Clause(f"{name} {value}", f"{name}={value}", tuple(dict.fromkeys((*line, *above)))))
                    if len(line) == 1:
                        above.append(Literal(line[0].atom, not line[0].holds))
                    else:
                        clauses.append(Clause(f"{name} line", f"line:{name}:{value}", line))
                        above.append(Literal(f"line:{name}:{value}", False))
            clauses.append(Clause(f"{name} last", f"{name}={values[-1]}", tuple(above) or (Literal(below[0]),)))
            families[name] = tuple(f"{name}={value}" for value in values)
            made += families[name]
        # the next layer reads what was made here and some of everything below
        below = made + rng.sample(below, rng.randint(0, len(below)))
    return RuleSet(tuple(clauses), inputs, families)


def random_case(rng: random.Random, inputs: tuple[str, ...]) -> dict[str, int]:
    """A truth value for every input; now and then all the same."""
    if rng.random() < 0.08:
        return dict.fromkeys(inputs, rng.choice((FALSE, UNKNOWN, TRUE)))
    unknown = rng.choice((0.0, 0.1, 0.3, 0.7))
    return {atom: UNKNOWN if rng.random() < unknown else rng.choice((FALSE, TRUE)) for atom in inputs}
