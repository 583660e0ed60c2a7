"""The example county's tables, built once in a process, and as frames that tests can ask."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

import polars as pl
import pyarrow as pa

from jiaoheng.census import example


@cache
def tables() -> dict[int, dict[str, pa.Table]]:
    return example.build()


@cache
def frame(year: int, table: str) -> pl.DataFrame:
    found = pl.from_arrow(tables()[year][table])
    assert isinstance(found, pl.DataFrame)
    return found


@cache
def stages(year: int) -> pl.DataFrame:
    """``school_stages`` with what the school is: type, ownership, town, urban-rural code."""
    schools = frame(year, "schools").select(
        "school_code", "name", "area_code", "school_type", "ownership", "counted", "urban_rural_code"
    )
    return frame(year, "school_stages").join(schools, on="school_code", how="left")


def total(year: int, column: str, *where: pl.Expr) -> float:
    """The sum of a column of `stages` over the rows that fulfil all conditions."""
    return float(stages(year).filter(*where).select(pl.col(column).fill_null(0).sum()).item())


def fingerprint(by_year: Mapping[int, Mapping[str, pa.Table]]) -> str:
    """A hash over every value of all tables."""
    digest = hashlib.sha256()
    for year, by_name in by_year.items():
        for name, table in by_name.items():
            digest.update(f"{year} {name}\n{pl.DataFrame(table).write_csv()}".encode())
    return digest.hexdigest()
