"""A history made from the long frames of the measures."""

from __future__ import annotations

import polars as pl
import pytest

from jiaoheng.plans import Recorded


def frame(*rows: tuple[str, int, str, str | None, float | None, str, str | None, float]) -> pl.DataFrame:
    schema = {
        "measure": pl.String,
        "year": pl.Int64,
        "by": pl.String,
        "stage": pl.String,
        "value": pl.Float64,
        "status": pl.String,
        "reason": pl.String,
        "coverage": pl.Float64,
    }
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def test_each_year_brings_its_frame_and_only_the_county_counts() -> None:
    history = Recorded.from_frames(
        [
            frame(
                ("m", 2020, "county", "primary", 1.5, "known", None, 1),
                ("m", 2020, "school", "primary", 9.0, "known", None, 1),
                ("m", 2020, "county", "junior", None, "unknown", "没有填报。", 0),
            ),
            frame(("m", 2021, "county", "primary", 2.5, "known", None, 0.9)),
        ]
    )
    first, second = history("m", "primary", 2020), history("m", "primary", 2021)
    assert first is not None
    assert second is not None
    assert (first.value, second.value, second.coverage) == (1.5, 2.5, 0.9)
    missing = history("m", "junior", 2020)
    assert missing is not None
    assert (missing.value, missing.status, missing.reason) == (None, "unknown", "没有填报。")
    assert history("m", "senior", 2020) is None
    assert history("m", "primary", 2022) is None


def test_without_a_stage_only_a_single_row_answers() -> None:
    one = Recorded.from_frames([frame(("m", 2020, "county", "compulsory", 7, "known", None, 1))])
    found = one("m", None, 2020)
    assert found is not None
    assert found.value == 7
    two = Recorded.from_frames(
        [
            frame(
                ("m", 2020, "county", "primary", 7, "known", None, 1),
                ("m", 2020, "county", "junior", 8, "known", None, 1),
            )
        ]
    )
    assert two("m", None, 2020) is None


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_known_without_a_number_is_not_known(value: float | None) -> None:
    found = Recorded.from_frames([frame(("m", 2020, "county", None, value, "known", None, 1))])(
        "m", None, 2020
    )
    assert found is not None
    assert (found.value, found.status) == (None, "unknown")
