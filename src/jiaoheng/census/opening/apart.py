"""Runs a reader of a difficult format in a process of its own, whose memory and time are limited.

The libraries for such formats believe what a file declares about itself, and end the whole process when they
cannot get the memory that a damaged file asks for. Only the process of its own ends here. This file is also
that process: it is run by its path and imports nothing of Jiaoheng; neither may the scripts that it runs.
"""

from __future__ import annotations

import os
import pickle
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

_MOST_MEMORY = 900 * 2**20
_MOST_SECONDS = 60

_DAMAGED = 4


class UnreadableError(Exception):
    """The file is damaged, or asks for more memory or time than there is."""


def run_apart(script: Path, content: bytes) -> Any:
    """What ``read(content)`` of the Python file `script` returns; it is pickled on the way.

    Raises
    ------
    UnreadableError
        The file is damaged, or asks for more memory or time than there is.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", __file__, str(script)],
            input=content,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window on Windows
            # A trace of the library's calls would be made in the memory that has run out.
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError from None
    if done.returncode:
        raise UnreadableError
    return pickle.loads(done.stdout)


def main(script: str) -> int:
    """The process of its own: a file's bytes on standard input, what was read of it on standard output."""
    _limit_memory()
    try:
        found = runpy.run_path(script)["read"](sys.stdin.buffer.read())
    except BaseException:  # a panic of a library is no Exception
        return _DAMAGED
    pickle.dump(found, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: an absurd request fails there by itself
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
