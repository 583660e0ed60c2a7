"""The command line as a person runs it: its exit status, what it prints.

Commands run in the process of the tests, where the rules are read once; `test_process.py` starts one.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from example_county import sihui  # noqa: F401  a fixture of the tests here
from jiaoheng.cli import main


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def jiaoheng() -> Callable[..., Run]:
    """Run a command."""

    def run(*words: str | Path) -> Run:
        out, err = io.StringIO(), io.StringIO()
        before, sys.argv = sys.argv, ["jiaoheng", *map(str, words)]
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as end:
            code = end.code or 0
        finally:
            sys.argv = before
        return Run(int(code), out.getvalue(), err.getvalue())

    return run
