"""What can become of a case: the exact band, what the class hangs on, and which question to answer next."""

from assessor.band.firmness import firmness

__all__ = ["firmness"]
