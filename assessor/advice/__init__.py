"""What can be changed: levers tried in sets, what only looks like a change, and other answers side by side."""

from assessor.advice.result import advice
from assessor.advice.whatif import what_if

__all__ = ["advice", "what_if"]
