"""A case beside decided cases: factor by factor, argued, and what the other side would say."""

from assessor.comparison.argument import argue
from assessor.comparison.counter import counter
from assessor.comparison.factors import compare

__all__ = ["argue", "compare", "counter"]
