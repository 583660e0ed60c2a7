"""The example county, built once by the demo itself and shared by all test processes."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from jiaoheng import workspace


@pytest.fixture(scope="session")
def sihui(tmp_path_factory: pytest.TempPathFactory) -> workspace.Workspace:
    """The workspace that `jiaoheng demo` makes. Read it; a test that writes copies it first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    return _once(root / "sihui")


def _once(folder: Path) -> workspace.Workspace:
    """Build it, or wait for the process that is building it."""
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            workspace.demo(folder)
            done.touch()
    return workspace.open(folder)
