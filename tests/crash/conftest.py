"""The scenes, built once for all tests of this folder."""

from __future__ import annotations

from typing import Any

import pytest

from .scene import Scene, processes, scenes


@pytest.fixture(scope="session")
def context() -> Any:
    return processes()


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory, context: Any) -> tuple[Scene, Scene]:
    """A workspace with a snapshot and one without."""
    return scenes(tmp_path_factory.mktemp("scenes"), context)
