"""The processes that `test_crash` kills. They import little, so that they start quickly."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from jiaoheng.census.reading import Reading
from jiaoheng.census.store import Store

CALLS = ("open", "write", "fsync", "chmod", "mkdir", "rename", "close")
"""The calls to the system by which an import changes the disk."""


def import_for_ever(folder: Path, reading: Reading, region: str, ready: Event) -> None:
    """Import the reading again and again, once it has been done elsewhere and everything is warm."""
    Store(folder / "elsewhere").commit(2025, reading, region=region)
    ready.set()
    while True:
        Store(folder / "census").commit(2025, reading, region=region)


def import_and_die(folder: Path, reading: Reading, region: str, fatal: int) -> None:
    """Import the reading; be killed in the middle of the ``fatal``-th call to the system, from 0."""
    count = 0

    def deadly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            if count == fatal:
                if name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1
            return real(*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, deadly(name, getattr(os, name)))
    Store(folder / "census").commit(2025, reading, region=region)
