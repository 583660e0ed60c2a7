"""An assessment as plain data for the one JSON document of a command, and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng import reports
from jiaoheng.census import Census
from jiaoheng.packs import Item, Standard
from jiaoheng.reports.standards import assessment_document as document_of
from jiaoheng.standards import DRIVERS, Assessed, History, words
from jiaoheng.workspace.assessing import Supposition
from jiaoheng.workspace.exports import write
from jiaoheng.workspace.workspace import Workspace


def assessed_document(
    workspace: Workspace, found: Assessed, *, drivers: pl.DataFrame | None = None
) -> dict[str, Any]:
    """An assessment: the county, its rules, every item and row, numbers unrounded and gaps in words."""
    tier = found.tier
    return {
        "standard": standard_document(found.standard),
        "region": {"code": workspace.settings.region.code, "name": workspace.name},
        "year": found.year,
        "verdict": found.verdict.value,
        "summary": words.verdict_sentence(found, workspace.name),
        "tier": None if tier is None else {"id": tier.id, "name": tier.name},
        "rules": [_rule(found, row) for row in found.rules.iter_rows(named=True)],
        "items": [_item(found, item) for item in found.items],
        "rows": [_row(found, row) for row in found.rows.iter_rows(named=True)],
        "drivers": [] if drivers is None else drivers.to_dicts(),
    }


def standard_document(standard: Standard) -> dict[str, Any]:
    """A standard: which it is, and the document that it stands on."""
    document = standard.document
    return {
        "id": standard.id,
        "name": standard.name,
        "title": document.title,
        "number": document.number,
        "level": standard.level,
        "clause": standard.clause,
        "unverified": standard.unverified,
    }


def history_document(workspace: Workspace, history: History) -> dict[str, Any]:
    """A standard over the years: each year's verdicts, what changed, the coefficients."""
    return {
        "region": {"code": workspace.settings.region.code, "name": workspace.name},
        "standard": standard_document(history.assessed[-1].standard) if history.assessed else None,
        "years": [{"year": found.year, "verdict": found.verdict.value} for found in history.assessed],
        "left_out": [{"year": year, "reason": reason} for year, reason in history.left_out.items()],
        "rows": history.rows.to_dicts(),
        "changes": history.changes.to_dicts(),
        "coefficients": history.coefficients.to_dicts(),
    }


def supposition_document(workspace: Workspace, supposed: Supposition) -> dict[str, Any]:
    """A supposition: both verdicts, the rows that differ, the coefficients before and after."""
    before, after = supposed.before, supposed.after
    return {
        "name": supposed.changes.name,
        "hash": supposed.census.hash,
        "standard": standard_document(before.standard),
        "region": {"code": workspace.settings.region.code, "name": workspace.name},
        "year": before.year,
        "verdict": {"before": before.verdict.value, "after": after.verdict.value},
        "differences": supposed.differences.to_dicts(),
        "coefficients": coefficients(supposed).to_dicts(),
        "rows": [_row(after, row) for row in after.rows.iter_rows(named=True)],
    }


def coefficients(supposed: Supposition) -> pl.DataFrame:
    """``item``, ``stage``, ``before``, ``after``, ``cap`` of every coefficient."""
    first, second = (History((found,), {}).coefficients for found in (supposed.before, supposed.after))
    own = first.select("item", "stage", before="value")
    other = second.select("item", "stage", "cap", after="value")
    return own.join(other, on=["item", "stage"], how="left", nulls_equal=True)


def write_assessment(
    workspace: Workspace, census: Census, found: Assessed, path: Path, *, drivers: pl.DataFrame | None = None
) -> Path:
    """Write an assessment as .xlsx, .docx, .pdf or .csv; the extension says which. A CSV has all rows."""
    origin = reports.Origin(
        region_code=workspace.settings.region.code,
        region_name=workspace.name,
        year=census.year,
        synthetic=workspace.settings.synthetic,
        generated_on=date.today(),
        snapshots=(reports.snapshot_entry(census.manifest, census.hash),),
    )
    taken_apart = pl.DataFrame(schema=DRIVERS) if drivers is None else drivers
    document = document_of(found, taken_apart, origin, only_rows=path.suffix.lower() == ".csv")
    return write(document, path)


def _rule(found: Assessed, row: Mapping[str, Any]) -> dict[str, Any]:
    rule = next(rule for rule in found.standard.rules if rule.id == row["rule"])
    return {**row, "name": rule.name, "level": rule.level, "clause": rule.clause}


def _item(found: Assessed, item: Item) -> dict[str, Any]:
    counts = found.together.filter(pl.col("item") == item.id).to_dicts()
    return {
        "id": item.id,
        "name": item.name,
        "number": item.number,
        "group": item.group,
        "judged": item.judged,
        "measure": item.measure,
        "veto": item.veto,
        "clause": item.clause,
        "unverified": item.unverified,
        **{key: value for key, value in (counts[0] if counts else {}).items() if key not in ("unit", "item")},
    }


def _row(found: Assessed, row: Mapping[str, Any]) -> dict[str, Any]:
    item = found.item(row["item"])
    return {
        **{key: value for key, value in row.items() if key != "unit"},
        "amount_unit": found.amount_unit(item),
        "gap": words.gap_words(found, row),
        "clause": item.clause,
    }
