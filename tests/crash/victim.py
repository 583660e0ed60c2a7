"""`jiaoheng import` as a person runs it, in a process that is killed or whose disk is full."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jiaoheng.cli import main

CALLS = ("open", "write", "fsync", "chmod", "mkdir", "rename", "replace", "link", "unlink", "rmdir", "close")
"""The calls by which a program changes a disk."""


def import_files(words: Sequence[str], said: Path) -> None:
    """Run the command; what it says goes into the file ``said``, its exit status is the process's."""
    with said.open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.argv = ["jiaoheng", *words]
    main()


def import_and_die(words: Sequence[str], said: Path, fatal: int) -> None:
    """Run the command; be killed in the middle of the ``fatal``-th call, from 0."""

    def before(name: str, real: Callable[..., Any], count: int, args: tuple[Any, ...]) -> None:
        if count == fatal:
            if name == "write":
                real(args[0], args[1][: len(args[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

    _watch(before)
    import_files(words, said)


def import_and_count(words: Sequence[str], said: Path) -> None:
    """Run the command; how many calls it made, and how many bytes it wrote, stand in ``<said>.count``."""
    seen = [0, 0]

    def before(name: str, real: Callable[..., Any], count: int, args: tuple[Any, ...]) -> None:
        seen[0] = count + 1
        seen[1] += len(args[1]) if name == "write" else 0

    _watch(before)
    try:
        import_files(words, said)
    finally:
        said.with_suffix(".count").write_text(f"{seen[0]} {seen[1]}")


def import_on_a_full_disk(words: Sequence[str], said: Path, room: int) -> None:
    """Run the command on a disk that takes ``room`` bytes and then no more."""
    left = room

    def before(name: str, real: Callable[..., Any], count: int, args: tuple[Any, ...]) -> None:
        nonlocal left
        if name == "write":
            if len(args[1]) > left:
                real(args[0], args[1][:left])
                left = 0
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left -= len(args[1])

    _watch(before)
    import_files(words, said)


def import_with_small_files(words: Sequence[str], said: Path, largest: int) -> None:
    """Run the command where the system itself lets no file grow beyond ``largest`` bytes."""
    said.touch()
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    import_files(words, said)


def _watch(before: Callable[[str, Callable[..., Any], int, tuple[Any, ...]], None]) -> None:
    """Have ``before`` called with the name, the call, its number and its arguments, before each call."""
    count = 0

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            number, count = count, count + 1
            before(name, real, number, args)
            return real(*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, watched(name, getattr(os, name)))
