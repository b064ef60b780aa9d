"""A case: the facts about one partnership, with evidence, read and checked against the questions."""

from assessor.case.models import Case, Evidence, Fact
from assessor.case.read import read_case

__all__ = ["Case", "Evidence", "Fact", "read_case"]
