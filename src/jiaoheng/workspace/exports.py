"""Single results as files: measures, a plan's progress, what a workspace holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from jiaoheng import measures, reports
from jiaoheng.census import dictionary
from jiaoheng.reports import followed, formats, results
from jiaoheng.reports.blocks import Document, Line
from jiaoheng.workspace import monitoring
from jiaoheng.workspace.files import put
from jiaoheng.workspace.followed import Followed
from jiaoheng.workspace.frames import Frames
from jiaoheng.workspace.outcomes import PlanProgress
from jiaoheng.workspace.workspace import Workspace


def write_measures(
    workspace: Workspace,
    path: Path,
    ids: Iterable[str] | None = None,
    *,
    year: int | None = None,
    by: str = "county",
    engine: str = "duckdb",
    publish: bool = False,
) -> Path:
    """Write measures as .xlsx, .docx or .csv: every figure with numerator, denominator, coverage and reason.

    The parameters are those of `Workspace.measures`; the file's extension says the format.

    Raises
    ------
    FormatError
        No document is written with that extension.
    """
    census = workspace.census(year)
    chosen = None if ids is None else list(ids)

    def computed(by: str) -> pl.DataFrame:
        return workspace.measures(chosen, year=census.year, by=by, engine=engine, publish=publish)

    document = results.measures(
        computed(by),
        None if by == "county" else computed("county"),
        by=by,
        entries=reports.measure_entries(workspace.catalogue),
        origin=reports.Origin(
            region_code=workspace.settings.region.code,
            region_name=workspace.name,
            year=census.year,
            synthetic=workspace.settings.synthetic,
            generated_on=date.today(),
            snapshots=(reports.snapshot_entry(census.manifest, census.hash),),
        ),
    )
    return write(document, path)


def write_progress(workspace: Workspace, path: Path, progress: PlanProgress) -> Path:
    """Write a plan's progress as .xlsx, .docx or .csv: the overview, every indicator in full, the sources."""
    nothing = pl.DataFrame(schema=measures.SCHEMA)
    inputs = monitoring.gather(
        region=(workspace.settings.region.code, workspace.name),
        synthetic=workspace.settings.synthetic,
        plan=progress.plan,
        progress=progress.items,
        assessment=progress.assessment.value,
        censuses=tuple(workspace.census(year) for year in workspace.years if year <= progress.year),
        frames=Frames(nothing, nothing, nothing, nothing, nothing),
        catalogue=workspace.catalogue,
        checked=None,
        today=date.today(),
    )
    return write(results.progress(inputs), path)


def write_followed(workspace: Workspace, path: Path, found: Followed) -> Path:
    """Write how a plan's tasks and projects stand as .xlsx, .docx, .pdf or .csv, with what units wrote."""
    code, name = workspace.settings.region.code, workspace.name
    warning = "规划进展是模拟数据，只用于演示。" if workspace.settings.synthetic else ""
    document = followed.document(
        found.following,
        region=(code, name),
        unit=found.unit,
        lost=tuple(loss.words for loss in found.losses),
        warning=warning,
        today=date.today(),
    )
    if path.suffix.lower() == ".csv":
        # It holds one table: that of all items.
        document = replace(document, chapters=document.chapters[-1:])
    return write(document, path)


def write_status(workspace: Workspace, path: Path, *, year: int | None = None) -> Path:
    """Write what the workspace holds as .xlsx, .docx or .csv: one row a snapshot."""
    held = workspace.describe(year)
    region = held["region"]
    rows = [
        {
            **snapshot,
            "tables": {dictionary.table(name).zh: count for name, count in snapshot["tables"].items()},
        }
        for snapshot in held["snapshots"]
    ]
    document = results.status(
        rows,
        title=f"{region['name']}的教育数据",
        facts=(
            Line("监测对象", f"{region['name']}（{region['code']}）"),
            Line("规划", "、".join(held["plans"]) or "没有"),
        ),
        warning="本工作区的数据由程序生成，只用于演示。" if held["synthetic"] else "",
        issuer=region["name"],
        created=date.today(),
    )
    return write(document, path)


def write(document: Document, path: Path) -> Path:
    """Write a document in the format that the extension of ``path`` names, whole or not at all."""
    return put(formats.render(document, path), path)
