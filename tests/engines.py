"""The engines as fixtures: a test that takes ``engine_name`` or ``engine`` runs once on each of them.

A folder's conftest takes what it needs: ``from engines import engine, engine_name``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jiaoheng import engine as engines

# One group, so that parallel runs which heed groups (``--dist loadgroup``) start Spark once.
SPARK = (pytest.mark.spark, pytest.mark.xdist_group("spark"))


@pytest.fixture(params=["duckdb", "polars", pytest.param("spark", marks=SPARK)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn; Spark is skipped, saying why, where it cannot run."""
    name: str = request.param
    if name == "spark" and (reason := engines.spark_available()):
        pytest.skip(reason)
    return name


@pytest.fixture
def engine(engine_name: str) -> Iterator[engines.Engine]:
    """Each engine in turn, opened."""
    with engines.open(engine_name) as opened:
        yield opened
