"""The command line called as from a shell, without the cost of a process for each call."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from assessor.cli import main

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a call prints and returns.

    Args:
        arguments: after the name of the program.
        cwd: the working folder.
        environment: set besides; such a call is a process of its own.
    """
    if environment:
        return process(*arguments, cwd=cwd, **environment)
    out, err, nothing = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(3))
    code = 0
    with (
        patch.multiple(sys, argv=["assessor", *arguments], stdin=nothing, stdout=out, stderr=err),
        contextlib.chdir(cwd),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
    told, wrong = (stream.detach().getvalue().decode("utf-8", "surrogateescape") for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(list(arguments), code, told, wrong)


def process(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same as a process."""
    return subprocess.run(
        [sys.executable, "-m", "assessor", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
