"""The knowledge base: what ``rules/`` says, read, checked and seen by date."""

from assessor.knowledge.base import KnowledgeBase
from assessor.knowledge.load import load

__all__ = ["KnowledgeBase", "load"]
