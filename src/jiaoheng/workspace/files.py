"""Writing files so that nobody ever finds half of one."""

from __future__ import annotations

from pathlib import Path

from jiaoheng.census.files import replace


def put(content: bytes, path: Path) -> Path:
    """Write a file, whole or not at all, into a folder that is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, content)
    return path
