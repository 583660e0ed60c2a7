"""Looking figures up in the long frames: one figure with its coverage and reason, or a run of years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from jiaoheng import terms
from jiaoheng.disclosure import MARK, MASKED
from jiaoheng.packs import STAGE_GROUPS
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs
from jiaoheng.reports.numbers import MISSING, NOT_APPLICABLE, shown, with_unit

_WORDS = {"not_applicable": NOT_APPLICABLE, MASKED: MARK}
"""What stands in the place of a value that is not shown."""


@dataclass(frozen=True)
class Figure:
    """One number of the report, with what a reader needs beside it.

    ``value`` is unrounded, None where it is not known; ``reason`` then says why. ``coverage`` lies
    between 0 and 1.
    """

    measure: MeasureEntry
    year: int
    key: str
    name: str
    stage: str
    value: float | None
    status: str
    reason: str
    coverage: float | None
    known: int | None
    total: int | None

    @property
    def text(self) -> str:
        """The value alone, rounded as its measure asks."""
        return _WORDS.get(self.status) or shown(self.value, self.measure.digits)

    @property
    def text_with_unit(self) -> str:
        if self.status in _WORDS:
            return _WORDS[self.status]
        return with_unit(self.value, self.measure.digits, self.measure.unit)


def stage_label(stage: str | None) -> str:
    """The Chinese words for a stage, or for several stages taken together."""
    word = stage or ""
    return STAGE_GROUPS.get(word) or terms.label("stage", word)


def figures(
    inputs: MonitoringInputs,
    frame: pl.DataFrame,
    measure: str,
    *,
    stage: str | None = None,
    year: int | None = None,
) -> list[Figure]:
    """Every figure of one measure in a frame, in its order; of one stage and one year if they are named."""
    entry = inputs.measures.get(measure)
    if entry is None or frame.is_empty():
        return []
    rows = frame.filter(pl.col("measure") == measure)
    if stage is not None:
        rows = rows.filter(pl.col("stage").fill_null("") == stage)
    if year is not None:
        rows = rows.filter(pl.col("year") == year)
    return list(_read(rows, entry))


def county(inputs: MonitoringInputs, measure: str, stage: str = "", year: int | None = None) -> Figure | None:
    """The region's figure of a measure in one year (the report's, unless another is named)."""
    found = figures(inputs, inputs.county, measure, stage=stage, year=inputs.year if year is None else year)
    return found[0] if found else None


def history(inputs: MonitoringInputs, measure: str, stage: str = "") -> dict[int, float | None]:
    """The region's values of a measure by year, up to the report's year; None where a year is not known."""
    found = figures(inputs, inputs.county, measure, stage=stage)
    return {figure.year: figure.value for figure in sorted(found, key=_year) if figure.year <= inputs.year}


def stages(inputs: MonitoringInputs, frame: pl.DataFrame, measure: str) -> list[str]:
    """The stages that a measure has rows for, in the order of schooling."""
    order = [str(stage.value) for stage in terms.Stage]
    present = {figure.stage for figure in figures(inputs, frame, measure)}
    return sorted(present, key=lambda stage: (order.index(stage) if stage in order else len(order), stage))


def name_with_stage(entry: MeasureEntry, stage: str) -> str:
    """A measure's name, with the stage before it unless the name says it already."""
    label = stage_label(stage)
    return entry.name if not label or label in entry.name else f"{label}{entry.name}"


def coverage_text(known: int | None, total: int | None) -> str:
    """How much of what should count did count."""
    if known is None or total is None or total == 0:
        return MISSING
    return f"{known}/{total}"


def _year(figure: Figure) -> int:
    return figure.year


def _read(rows: pl.DataFrame, entry: MeasureEntry) -> Iterator[Figure]:
    for row in rows.iter_rows(named=True):
        known = row["status"] == "known"
        yield Figure(
            measure=entry,
            year=row["year"],
            key=row.get("key") or "",
            name=row.get("key_name") or row.get("key") or "",
            stage=row.get("stage") or "",
            value=row["value"] if known else None,
            status=row["status"],
            reason=row.get("reason") or "",
            coverage=row.get("coverage"),
            known=row.get("known"),
            total=row.get("total"),
        )
