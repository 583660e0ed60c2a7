"""Puts files in place at once: after a crash or a full disk they are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

TEMPORARY = ".tmp-"

_STALE = 3600.0
"""Nobody writes for so many seconds on a file beside: who has left it there was killed."""


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a hidden folder beside, force them to the disk, and rename it to ``folder``.

    Parameters
    ----------
    folder : must not exist; its parent must.
    files : name to content; written in this order, read-only.

    Raises
    ------
    OSError
        The system refused (a full disk, say); ``folder`` is not there then.
    """
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=folder.parent))
    moved = False
    try:
        for name, content in files.items():
            _write(temporary / name, content)
        os.chmod(temporary, 0o755)
        sync_folder(temporary)
        os.rename(temporary, folder)
        moved = True
        sync_folder(folder.parent)
    except BaseException:
        if moved:
            # The rename may not outlive a crash: take it back rather than promise what may be lost.
            os.rename(folder, temporary)
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def replace(path: Path, content: bytes) -> None:
    """Put a file in place of the one that may be there, whole.

    Raises
    ------
    OSError
        The system refused; what was there is as it was.
    """
    beside = path.with_name(f".{path.name}.tmp")
    beside.unlink(missing_ok=True)
    try:
        _write(beside, content, mode=0o644)
        os.replace(beside, path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove hidden folders that a killed import left behind. Only safe while holding the lock."""
    for path in folder.glob(f"{TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


def remove_stale(folder: Path, pattern: str) -> None:
    """Remove files that a killed program wrote beside others, once nobody can be writing on them."""
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes, *, mode: int = 0o444) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.chmod(path, mode)
