"""Lets one import at a time into a store, on one machine or over a shared folder that keeps locks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiaoheng.errors import JiaohengError


class StoreBusyError(JiaohengError):
    """Another import holds the store and did not finish in time."""


@contextmanager
def exclusive(path: Path, *, patience: float = 30.0) -> Iterator[None]:
    """Hold the lock file for as long as the block runs; the system lets go of it if the program dies.

    Parameters
    ----------
    path : the lock file; made if need be.
    patience : how many seconds to wait for another import to finish.

    Raises
    ------
    StoreBusyError
        The other import is still running after that.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + patience
        while not _try(descriptor):
            if time.monotonic() >= deadline:
                raise StoreBusyError(
                    f"{path.parent}：另一个导入正在进行，等了 {patience:g} 秒仍未结束。请稍后再试。"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
