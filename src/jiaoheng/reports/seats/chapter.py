"""Pupils and seats to come (学位供需预测), as blocks of any report that is told of them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from jiaoheng.reports import township_map
from jiaoheng.reports.blocks import (
    Block,
    Choice,
    Figures,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Points,
    Sentence,
    Slides,
)
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.seats import (
    conversions,
    fans,
    gap_maps,
    gap_tables,
    housing_table,
    peaks,
    task_table,
    tried,
    waterfall,
)
from jiaoheng.reports.seats.prospect import LEVELS, Prospect

TITLE = "学位供需预测"
# Towns of which a fan is drawn: those whose warning is gravest, or else the largest.
_TOWNS = 4
# Towns are shown in the stages that they themselves must find seats for.
_TOWN_STAGES = ("preschool", "primary", "junior")


def blocks(origin: Origin, prospect: Prospect | None, area_table: pl.DataFrame) -> Iterator[Block]:
    """The blocks of the chapter; none where nobody asked for it, and a sentence where nothing can be said.

    Parameters
    ----------
    area_table : columns area_code, name, boundary (WKT, degrees), as in the census.
    """
    if prospect is None:
        return
    if not prospect.outlooks:
        yield Notice(prospect.why_not or "没有可以预测的数据。")
        return
    yield from _pupils(origin, prospect)
    yield from _seats(origin, prospect, area_table)
    if table := task_table.task_table(origin, prospect.tasks):
        yield Heading("学位建设任务")
        yield Grid(table)
    yield from _schedule(origin, prospect)
    if table := housing_table.housing_table(origin, prospect):
        yield Heading("新建住宅小区")
        yield Grid(table)
    yield from _towns(origin, prospect)
    yield from _trial(origin, prospect)
    for note in dict.fromkeys((*prospect.outlooks[0].notes, *prospect.notes)):
        yield Notice(note)


def _pupils(origin: Origin, prospect: Prospect) -> Iterator[Block]:
    outlook = prospect.outlooks[0]
    yield Heading("在校生的去向")
    if said := peaks.sentences(outlook):
        yield Points(said)
    drawn = fans.fans(origin, prospect, outlook.stages, [None])
    if drawn:
        yield Figures(tuple(drawn), columns=2)


def _seats(origin: Origin, prospect: Prospect, area_table: pl.DataFrame) -> Iterator[Block]:
    if prospect.seats is None:
        return
    yield Heading("学位余缺和预警")
    if table := gap_tables.warned(origin, prospect):
        yield Grid(table)
    else:
        yield Paragraph((Sentence("各镇街、各学段都没有达到预警的条件。", prospect.warning),))
    regions = township_map.geojson(area_table)
    for stage in prospect.seats["stage"].unique(maintain_order=True):
        if drawn := gap_maps.maps(origin, prospect, stage, regions):
            years = [int(chart.id.rsplit("-", 1)[1]) for chart in drawn]
            # Where no town is warned of, the table says as much on paper as four maps would.
            paper = gap_tables.years_shown(years)[::2] if _warned(prospect, stage) else []
            yield Slides(
                f"gap-maps-{stage}",
                f"{stage_label(stage)}学位余缺的年份",
                tuple(drawn),
                tuple(str(year) for year in years),
                tuple(years.index(year) for year in paper),
            )
        if grid := gap_tables.gap_table(origin, prospect, stage):
            yield Grid(grid)
    if prospect.falls:
        yield Heading("缺口的由来")
        yield Figures(tuple(waterfall.waterfall(origin, prospect, fall) for fall in prospect.falls))
        for fall in prospect.falls:
            yield Grid(waterfall.fall_table(origin, fall))


def _schedule(origin: Origin, prospect: Prospect) -> Iterator[Block]:
    if prospect.schedule is None:
        return
    yield Heading("潮汐学位")
    if prospect.scheduled:
        yield Paragraph(tuple(Sentence(said) for said in prospect.scheduled))
    if table := conversions.schedule_table(origin, prospect):
        yield Grid(table)


def _warned(prospect: Prospect, stage: str) -> bool:
    seats = prospect.seats
    if seats is None:
        return False
    towns = seats.filter((pl.col("stage") == stage) & pl.col("area").is_not_null())
    return bool(towns["level"].is_in(LEVELS[:4]).any())


def _towns(origin: Origin, prospect: Prospect) -> Iterator[Block]:
    outlook = prospect.outlooks[0]
    if len(outlook.areas) < 2:
        return
    stages = [stage for stage in _TOWN_STAGES if stage in outlook.stages]
    drawn = fans.fans(origin, prospect, stages, towns_drawn(prospect))
    if drawn:
        yield Heading("镇街的在校生")
        yield Choice(
            "fan-towns", "镇街和学段", tuple(drawn), tuple(chart.title.split("在校生")[0] for chart in drawn)
        )


def towns_drawn(prospect: Prospect) -> list[str]:
    """The towns of which a fan is drawn: with a warning first, the largest gap before the others."""
    outlook = prospect.outlooks[0]
    last = [float(outlook.pupils(area=area)[0]) for area in outlook.areas]
    gaps: dict[str | None, float] = {}
    if prospect.seats is not None:
        worst = prospect.seats.drop_nulls("area").group_by("area").agg(pl.col("gap").max())
        gaps = {area: gap for area, gap in worst.iter_rows() if gap is not None}
    order = sorted(
        zip(outlook.areas, last, strict=True), key=lambda one: (-max(gaps.get(one[0], 0.0), 0.0), -one[1])
    )
    return [area for area, _ in order[:_TOWNS]]


def _trial(origin: Origin, prospect: Prospect) -> Iterator[Block]:
    said = tried.reasons(prospect)
    drawn = tried.error_charts(origin, prospect)
    tables = [tried.error_table(origin, prospect), tried.coverage_table(origin, prospect)]
    if not (said or drawn or any(tables)):
        return
    yield Heading("预测有多准")
    if said:
        yield Paragraph(said)
    if drawn:
        yield Figures(tuple(drawn), columns=2)
    yield from (Grid(table) for table in tables if table)
