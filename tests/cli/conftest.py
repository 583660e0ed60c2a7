"""The command line as a person runs it: a process, its exit status, what it prints."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from example_county import sihui  # noqa: F401  a fixture of the tests here


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def jiaoheng() -> Callable[..., Run]:
    """Run a command."""

    def run(*words: str | Path) -> Run:
        done = subprocess.run(
            [sys.executable, "-c", "from jiaoheng.cli import main; main()", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run
