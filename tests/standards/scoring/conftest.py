"""What the tests of score cards share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from card_inputs import Value, taken

from engines import engine_name
from jiaoheng import measures
from jiaoheng.packs import Catalogue
from jiaoheng.standards.scoring import Scored, card_named, conclude

__all__ = ["engine_name"]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return measures.catalogue()


@pytest.fixture
def jiangmen(catalogue: Catalogue) -> Callable[..., Scored]:
    """Scores one county by the card of 2022."""
    card = card_named(catalogue, "jiangmen-appraisal-2022")

    def score(
        values: Mapping[str, Mapping[str, Value]] | None = None, people: Mapping[str, float] | None = None
    ) -> Scored:
        county = taken(catalogue, card, values or {}, people)
        return conclude(card, [county], year=2025, catalogue=catalogue, engine="polars")[0]

    return score
