"""What measures are worked out by: the county, its areas, its schools, or kinds of schools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import polars as pl

from jiaoheng import terms
from jiaoheng.census.snapshot import Census
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import Grain

By = Literal["county", "area", "school", "urban_rural", "ownership"]

GROUPINGS: tuple[By, ...] = get_args(By)

KEYS: Mapping[By, tuple[str, ...]] = {
    "county": (),
    "area": ("area_code",),
    "school": ("school_code",),
    "urban_rural": ("urban_rural",),
    "ownership": ("ownership",),
}
"""The columns of the base frame that make the groups."""

GRAINS: Mapping[By, frozenset[Grain]] = {
    "county": frozenset({"school", "area", "county_stage", "county"}),
    "area": frozenset({"school", "area"}),
    "school": frozenset({"school"}),
    "urban_rural": frozenset({"school"}),
    "ownership": frozenset({"school"}),
}
"""The grains that can be rolled up to each grouping."""

LABELS: Mapping[By, str] = {
    "county": "全县",
    "area": "镇街",
    "school": "学校",
    "urban_rural": "城乡",
    "ownership": "办学性质",
}

_LISTS: Mapping[By, type[terms.Term]] = {"urban_rural": terms.UrbanRural, "ownership": terms.Ownership}


class GroupingError(JiaohengError):
    """There is no such way to group schools."""


def grouping(by: str) -> By:
    """`by`, proved to be one of `GROUPINGS`.

    Raises
    ------
    GroupingError
        It is none; the message lists those that there are.
    """
    for known in GROUPINGS:
        if by == known:
            return known
    options = "、".join(f"{known}（{LABELS[known]}）" for known in GROUPINGS)
    raise GroupingError(f"不能按“{by}”汇总指标。可用：{options}。")


def members(census: Census, by: By, schools: pl.DataFrame) -> pl.DataFrame:
    """The groups, in order: ``key`` and ``key_name``.

    Parameters
    ----------
    schools : a frame whose ``key`` holds the groups that schools fall into; ``""`` where it is not known.
    """
    found = schools.select(pl.col("key").unique())
    match by:
        case "county":
            listed = pl.DataFrame({"key": [census.region], "key_name": [region_name(census)]})
        case "area":
            listed = _named(census, "areas", "area_code")
        case "school":
            listed = found.join(_named(census, "schools", "school_code"), on="key", how="left")
            return listed.sort("key")
        case _:
            kinds = _LISTS[by]
            listed = pl.DataFrame(
                {"key": [kind.value for kind in kinds], "key_name": [kind.label for kind in kinds]}
            )
    others = found.join(listed, on="key", how="anti").sort("key")
    unnamed = pl.when(pl.col("key") == "").then(pl.lit("未填写")).otherwise("key")
    return pl.concat([listed, others.select("key", key_name=unnamed)])


def region_name(census: Census) -> str:
    """The name of the county, its code where the census does not say."""
    names = census.table("county")["name"].to_pylist()
    return names[0] if names and names[0] else census.region


def _named(census: Census, table: str, code: str) -> pl.DataFrame:
    rows = census.table(table).select([code, "name"])
    frame = pl.DataFrame(pl.from_arrow(rows))
    return frame.select(pl.col(code).alias("key"), pl.col("name").alias("key_name")).sort("key")
