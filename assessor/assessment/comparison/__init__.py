"""A case beside decided cases: factor by factor, argued, and what the other side would say."""

from assessor.assessment.comparison.argument import argue
from assessor.assessment.comparison.counter import counter
from assessor.assessment.comparison.factors import compare

__all__ = ["argue", "compare", "counter"]
