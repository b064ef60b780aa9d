"""A case answered question by question, in the order that tells most."""

from assessor.interview.session import Session

__all__ = ["Session"]
