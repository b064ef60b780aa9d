"""The command ``assessor``."""

from assessor.cli.app import main

__all__ = ["main"]
