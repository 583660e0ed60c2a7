"""A school as far as it must be known to find it again in another year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from jiaoheng.census.snapshot import Census


@dataclass(frozen=True)
class School:
    """A school in the snapshot of a year. Whatever the snapshot lacks is empty or None."""

    code: str
    name: str
    area_code: str
    town: str
    school_type: str
    address: str
    main_code: str
    place: tuple[float, float] | None
    """Longitude and latitude in degrees."""
    pupils: int | None


def schools_of(census: Census) -> dict[str, School]:
    """The schools of a snapshot, by code."""
    towns: Mapping[str, str] = dict(pl.DataFrame(census.table("areas")).select("area_code", "name").rows())
    pupils = dict(
        pl.DataFrame(census.table("school_stages"))
        .group_by("school_code")
        .agg(pl.when(pl.col("pupils").is_not_null().all()).then(pl.col("pupils").sum()))
        .rows()
    )
    found = {}
    for row in census.table("schools").select(_COLUMNS).to_pylist():
        longitude, latitude = row["longitude"], row["latitude"]
        area = row["area_code"] or ""
        found[row["school_code"]] = School(
            code=row["school_code"],
            name=row["name"] or "",
            area_code=area,
            town=towns.get(area) or area,
            school_type=row["school_type"] or "",
            address=row["address"] or "",
            main_code=row["main_school_code"] or "",
            place=None if longitude is None or latitude is None else (longitude, latitude),
            pupils=pupils.get(row["school_code"]),
        )
    return found


_COLUMNS = [
    "school_code",
    "name",
    "area_code",
    "school_type",
    "address",
    "main_school_code",
    "longitude",
    "latitude",
]


__all__ = ["School", "schools_of"]
