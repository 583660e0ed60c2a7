"""The reference data that lies beside the project, in ``../shared``; tests that need it skip without it."""

from __future__ import annotations

from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """The file or folder ``../shared/<path>``; skips the test, saying why, where it is not there."""
    found = _ROOT / path
    if not found.exists():
        pytest.skip(f"参考资料 ../shared/{path} 不在此机，跳过")
    return found
