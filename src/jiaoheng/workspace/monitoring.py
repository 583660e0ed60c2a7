"""Gathers from a workspace all that the monitoring report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jiaoheng import reports
from jiaoheng.census import Census
from jiaoheng.packs import Catalogue
from jiaoheng.plans import Plan, Progress
from jiaoheng.reports import MonitoringInputs

_SCHOOL_COLUMNS = ("school_code", "name", "area_code", "school_type", "ownership", "urban_rural_code")


@dataclass(frozen=True)
class Frames:
    """The measures that a report shows, in the long form of `measures.compute`.

    ``county`` has every year; the others the report's year and, where there is one, the year of the baseline.
    """

    county: pl.DataFrame
    areas: pl.DataFrame
    schools: pl.DataFrame
    urban_rural: pl.DataFrame
    ownership: pl.DataFrame


def gather(
    *,
    region: tuple[str, str],
    synthetic: bool,
    plan: Plan,
    progress: tuple[Progress, ...],
    assessment: str,
    censuses: tuple[Census, ...],
    frames: Frames,
    catalogue: Catalogue,
    today: date,
) -> MonitoringInputs:
    """Put together what the report needs; ``censuses`` end with the report's year."""
    last = censuses[-1]
    return MonitoringInputs(
        region_code=region[0],
        region_name=region[1],
        year=last.year,
        period=f"{plan.period.start}—{plan.period.end}年",
        assessment=assessment,
        synthetic=synthetic,
        generated_on=today,
        plan=plan,
        progress=progress,
        county=frames.county,
        areas=frames.areas,
        schools=frames.schools,
        urban_rural=frames.urban_rural,
        ownership=frames.ownership,
        area_table=_columns(last, "areas", ("area_code", "name", "boundary")),
        school_table=_columns(last, "schools", _SCHOOL_COLUMNS),
        measures=reports.measure_entries(catalogue),
        snapshots=tuple(reports.snapshot_entry(census.manifest, census.hash) for census in censuses),
        births=_births(last),
    )


def _columns(census: Census, table: str, names: tuple[str, ...]) -> pl.DataFrame:
    frame = pl.from_arrow(census.table(table).select(list(names)))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _births(census: Census) -> Mapping[int, int]:
    """Births of the whole county by year; a year with a township unknown is left out."""
    table = pl.from_arrow(census.table("births"))
    assert isinstance(table, pl.DataFrame)
    by_year = (
        table.group_by("birth_year")
        .agg(pl.col("births").sum(), pl.col("births").null_count().alias("missing"))
        .filter(pl.col("missing") == 0)
        .sort("birth_year")
    )
    return dict(by_year.select("birth_year", "births").iter_rows())
