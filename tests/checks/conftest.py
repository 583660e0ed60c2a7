"""The rules, and the example county, for the tests of checks."""

from __future__ import annotations

import pytest

from example_county import sihui  # noqa: F401  a fixture of the tests here
from jiaoheng import measures
from jiaoheng.packs import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return measures.catalogue()
