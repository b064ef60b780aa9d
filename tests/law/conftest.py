"""One court for all law tests: the knowledge base is read once and compiled rule sets are kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench import FOLDERS

from assessor.lawtest import Court


@pytest.fixture(scope="session")
def court() -> Court:
    """Assesses the cases of the law tests."""
    return Court(FOLDERS)
