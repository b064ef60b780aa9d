"""What can be changed: levers tried in sets, what only looks like a change, and other answers side by side."""

from assessor.advice.levers import advise
from assessor.advice.whatif import what_if

__all__ = ["advise", "what_if"]
