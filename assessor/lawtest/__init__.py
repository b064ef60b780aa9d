"""The law tried: the check of the knowledge base, tests that a lawyer can write, and the mutation of rules that shows whether
they would notice a change."""

from assessor.lawtest.court import Court
from assessor.lawtest.expect import differences
from assessor.lawtest.scenario import Scenario, scenarios

__all__ = ["Court", "Scenario", "differences", "scenarios"]
