"""The one small form that rules are compiled to.

A clause concludes one atom from a conjunction of atoms and negated atoms. Several clauses with the same
head are a disjunction. Negation is only of what a lower layer has closed, so each layer can be matched
in a single pass and every atom has one value: true, false or unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import cast


class FormError(ValueError):
    """A set of clauses that has no layered meaning.

    Attributes:
        circle: the atoms that depend on each other, where that is what is wrong.
    """

    def __init__(self, message: str, circle: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.circle = tuple(circle)


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom that must hold, or must not.

    Attributes:
        atom: the atom's name.
        holds: False for the negation.
    """

    atom: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """``head`` if every literal of ``body`` holds.

    Attributes:
        rule: the rule it was written as; several clauses may stem from one rule.
        head: the atom concluded.
        body: the literals, none twice; never empty.
    """

    rule: str
    head: str
    body: tuple[Literal, ...]


@dataclass(frozen=True)
class Program:
    """Clauses in layers, with the atoms numbered.

    Attributes:
        atoms: every atom, its position being its number.
        number: the number of each atom.
        level: the layer at whose end each atom is closed; inputs have level 0 or that of what they are computed from.
        layers: the clauses by level of their head; layer 0 is empty.
        families: atoms of which at most one is true, in the order given, by family name.
    """

    atoms: tuple[str, ...]
    number: Mapping[str, int]
    level: Mapping[str, int]
    layers: tuple[tuple[Clause, ...], ...]
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def arrange(
    clauses: Iterable[Clause],
    inputs: Iterable[str],
    computed: Mapping[str, Iterable[str]] | None = None,
    families: Mapping[str, tuple[str, ...]] | None = None,
) -> Program:
    """Puts clauses into layers by what they depend on.

    Args:
        clauses: in any order; the order does not matter for the result.
        inputs: atoms given from outside.
        computed: things computed between layers (amounts, tests) and what they need; a thing is ready at the
            highest level of what it needs.
        families: mutually exclusive atoms by family; a family is closed as a whole.

    Returns:
        The program.

    Raises:
        FormError: an atom is used but never given, concluded both by a rule and from outside, or depends on itself.
    """
    needed = {name: tuple(needs) for name, needs in (computed or {}).items()}
    families = dict(families or {})
    clauses = tuple(clauses)
    given = set(inputs)
    by_head: dict[str, list[Clause]] = {}
    for clause in clauses:
        if not clause.body:
            raise FormError(f"{clause.rule}: a clause needs at least one condition")
        if clause.head in given or clause.head in needed:
            raise FormError(f"{clause.rule}: {clause.head} is given from outside and cannot be concluded")
        by_head.setdefault(clause.head, []).append(clause)
    family_of = {atom: name for name, members in families.items() for atom in members}
    level = _levels(by_head, given, needed, families, family_of)

    atoms = tuple(sorted(name for name in level))
    depth = max((level[head] for head in by_head), default=0)
    layers: list[list[Clause]] = [[] for _ in range(depth + 1)]
    for clause in clauses:
        layers[level[clause.head]].append(clause)
    return Program(
        atoms=atoms,
        number={atom: position for position, atom in enumerate(atoms)},
        level=level,
        layers=tuple(tuple(layer) for layer in layers),
        families=families,
    )


def _levels(
    by_head: Mapping[str, list[Clause]],
    given: set[str],
    computed: Mapping[str, tuple[str, ...]],
    families: Mapping[str, tuple[str, ...]],
    family_of: Mapping[str, str],
) -> dict[str, int]:
    level: dict[str, int] = {atom: 0 for atom in given}
    under_way: list[str] = []

    def needs_of(name: str) -> list[str]:
        members = families[family_of[name]] if name in family_of else (name,)
        return [literal.atom for member in members for clause in by_head.get(member, ()) for literal in clause.body]

    def visit(name: str) -> int:
        if name in level:
            return level[name]
        if name in under_way:
            circle = [*under_way[under_way.index(name) :], name]
            raise FormError(f"it depends on itself: {' -> '.join(circle)}", circle)
        under_way.append(name)
        if name in computed:
            found = max((visit(need) for need in computed[name]), default=0)
        elif name in by_head or name in family_of:
            found = 1 + max((visit(need) for need in needs_of(name)), default=0)
        else:
            raise FormError(f"{name} is used but nothing gives it")
        under_way.pop()
        level[name] = found
        return found

    for name in [*computed, *by_head, *family_of]:
        visit(name)
    return level


def values_at(numbers: Iterable[int]) -> Callable[[list[int]], tuple[int, ...]]:
    """A function that takes the values of some atoms from a memory, in the order given."""
    places = tuple(numbers)
    if len(places) > 1:
        return cast(Callable[[list[int]], tuple[int, ...]], itemgetter(*places))
    if places:
        (place,) = places
        return lambda memory: (memory[place],)
    return lambda memory: ()
