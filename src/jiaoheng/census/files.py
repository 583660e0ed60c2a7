"""Puts a folder of files in place at once: after a crash or a full disk it is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

TEMPORARY = ".tmp-"


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


def remove_leftovers(folder: Path) -> None:
    """Remove hidden folders that a killed import left behind. Only safe while holding the lock."""
    for path in folder.glob(f"{TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.chmod(path, 0o444)
