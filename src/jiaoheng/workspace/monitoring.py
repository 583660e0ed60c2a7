"""Gathers from a workspace all that the monitoring report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from jiaoheng import reports
from jiaoheng.census import Census
from jiaoheng.packs import Catalogue
from jiaoheng.plans import Plan, Progress
from jiaoheng.plans.auditing import Finding
from jiaoheng.reports import CheckResults, ExplainedFinding, MonitoringInputs
from jiaoheng.reports.seats import Prospect
from jiaoheng.standards import Assessed
from jiaoheng.workspace.checking import Checked
from jiaoheng.workspace.followed import Followed
from jiaoheng.workspace.frames import Frames

_SCHOOL_COLUMNS = ("school_code", "name", "area_code", "school_type", "ownership", "urban_rural_code")


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
    checked: Checked | None,
    audit: tuple[Finding, ...] | None = None,
    today: date,
    followed: Followed | None = None,
    standards: tuple[Assessed, ...] = (),
    prospect: Prospect | None = None,
) -> MonitoringInputs:
    """Put together what the report needs; ``censuses`` end with the report's year, which was `checked`."""
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
        checks=None if checked is None else _checks(checked),
        audit=audit,
        following=None if followed is None else followed.following,
        standards=standards,
        prospect=prospect,
        evidence_lost=0 if followed is None else len(followed.losses),
    )


def _columns(census: Census, table: str, names: tuple[str, ...]) -> pl.DataFrame:
    frame = pl.from_arrow(census.table(table).select(list(names)))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _checks(checked: Checked) -> CheckResults:
    """What the checks found, without the figures: those of a school may be too small to be published."""
    return CheckResults(
        logic=len(checked.to_mend),
        experience=len(checked.to_explain) + len(checked.explained),
        explained=tuple(
            ExplainedFinding(each.check.name, each.unit, each.stage, said.reason, said.when)
            for each in checked.explained
            if (said := each.explanation) is not None
        ),
    )


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
