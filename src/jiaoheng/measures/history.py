"""Measures over years."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from jiaoheng.census.snapshot import Census
from jiaoheng.measures.values import SCHEMA, compute
from jiaoheng.packs import Catalogue


def history(
    censuses: Iterable[Census],
    ids: str | Iterable[str] | None = None,
    *,
    by: str = "county",
    engine: str = "duckdb",
    catalogue: Catalogue | None = None,
    year: int | None = None,
) -> pl.DataFrame:
    """Work out measures in several years, each by the rules in force on 1 September of its year.

    Parameters
    ----------
    censuses : snapshots, one a year.
    year : the year whose rules hold for every snapshot, for a series by one definition.

    Returns
    -------
    polars.DataFrame
        As `compute`, the years in order. The other parameters are those of `compute` too.
    """
    wanted = [ids] if isinstance(ids, str) else None if ids is None else list(ids)
    ordered = sorted(censuses, key=lambda census: census.year)
    frames = [
        compute(census, wanted, by=by, engine=engine, catalogue=catalogue, year=year) for census in ordered
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA)
