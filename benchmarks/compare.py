"""How far two engines' tables of measures lie apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl


def worst(results: Path, engine: str, other: str, groupings: Iterable[str]) -> float:
    """The largest relative difference over all groupings; infinite where only one of the two has a value."""
    largest = 0.0
    for by in groupings:
        own, peer = (_values(results / f"{one}-{by}.parquet", by) for one in (engine, other))
        both = own.join(peer, on=["key", "stage", "measure"], how="full", suffix="_other")
        if both["value"].null_count() or both["value_other"].null_count():
            return float("inf")
        apart = (pl.col("value") - pl.col("value_other")).abs() / pl.max_horizontal(
            pl.col("value_other").abs(), 1e-9
        )
        largest = max(largest, both.select(apart.max()).item() or 0.0)
    return largest


def _values(path: Path, by: str) -> pl.DataFrame:
    frame = pl.read_parquet(path)
    frame = frame.with_columns(key=pl.lit("")) if by == "county" else frame
    long = frame.unpivot(index=["key", "stage"], variable_name="measure")
    return long.with_columns(pl.col("value").fill_nan(None)).drop_nulls("value")
