"""Three truth values as two bits: *may be true* (1) and *must be true* (2).

True is 3 (must and may), unknown 1 (may only), false 0. Conjunction is ``&``, disjunction ``|`` and
negation a look-up, which gives Kleene's strong three-valued logic (Kleene, *Introduction to
Metamathematics*, 1952, section 64) without a branch.
"""

FALSE = 0
UNKNOWN = 1
TRUE = 3

#: ``NOT[x]`` is the negation of ``x``.
NOT = (TRUE, UNKNOWN, UNKNOWN, FALSE)

LETTERS = {TRUE: "t", UNKNOWN: "u", FALSE: "f"}


def known(value: bool) -> int:
    """The truth value of something that is known."""
    return TRUE if value else FALSE
