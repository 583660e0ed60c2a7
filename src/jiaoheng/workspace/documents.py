"""Results as plain data, for the one JSON document that a command prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jiaoheng.census import Census
from jiaoheng.workspace.outcomes import Imported, PlanProgress


def imported_document(imported: Imported) -> dict[str, Any]:
    """An import: how many rows, what was refused and where, and the version that holds the rest."""
    reading = imported.reading
    return {
        "rows_read": reading.rows_read,
        "rows_accepted": reading.rows_accepted,
        "rows_rejected": reading.rows_rejected,
        "year": imported.census.year if imported.census else None,
        "version": imported.census.version if imported.census else None,
        "hash": imported.census.hash if imported.census else None,
        "recognised": [{**asdict(seen), "message": seen.message()} for seen in reading.recognised],
        "notes": list(imported.census.manifest.notes if imported.census else reading.notes),
        "advice": list(imported.advice),
        "rejections": [
            {**asdict(rejection), "message": rejection.message()} for rejection in reading.rejections
        ],
    }


def progress_document(progress: PlanProgress) -> dict[str, Any]:
    """A plan's progress: one entry per indicator, numbers unrounded."""
    return {
        "plan": progress.plan.title,
        "region": progress.plan.region.model_dump(),
        "year": progress.year,
        "assessment": progress.assessment.value,
        "indicators": [
            {
                "id": item.indicator.id,
                "name": item.indicator.name,
                "group": item.indicator.group,
                "unit": item.indicator.unit,
                "property": item.indicator.property,
                "measure": item.indicator.measure,
                "stage": item.indicator.stage,
                "target": item.target.model_dump(mode="json", exclude_none=True) if item.target else None,
                "baseline": item.baseline,
                "baseline_year": item.baseline_year,
                "baseline_computed": item.baseline_computed,
                "value": item.value,
                "expected": item.expected,
                "status": item.status.value,
                "reason": item.reason,
                "pace": item.pace,
                "pace_needed": item.pace_needed,
                "projected": item.projected,
                "covered": item.covered,
                "coverage": item.coverage,
                "actuals": [asdict(actual) for actual in item.actuals],
            }
            for item in progress.items
        ],
    }


def snapshot_document(census: Census) -> dict[str, Any]:
    """A snapshot as plain data: which it is, and how many rows each table has."""
    return {
        "year": census.year,
        "version": census.version,
        "created": census.manifest.created,
        "hash": census.hash,
        "tables": {name: entry.rows for name, entry in census.manifest.files.items() if name != "provenance"},
    }
