"""The rules, and the example county, for the tests of checks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from example_county import sihui  # noqa: F401  a fixture of the tests here
from jiaoheng import measures
from jiaoheng.packs import Catalogue

# Random tables of a snapshot are made by the tests of the census.
sys.path.append(str(Path(__file__).parents[1] / "census"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return measures.catalogue()
