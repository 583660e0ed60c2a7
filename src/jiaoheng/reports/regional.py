"""Tables by township and by school, and city, town and country, public and private side by side."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jiaoheng import terms
from jiaoheng.reports import figures
from jiaoheng.reports.figures import Figure, name_with_stage
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.tables import Cell, Column, Table, of_figure, summed, table, text

Pair = tuple[str, str]

_NOTE = "“—（无数据）”表示所需数据缺失，不是 0；“不适用”表示没有这一学段或不在计算范围。"


def townships(inputs: MonitoringInputs, chosen: Sequence[Pair]) -> Table | None:
    """One row per township and one for the region, one column per measure and stage that the data hold."""
    columns = [pair for pair in chosen if _by_key(inputs, inputs.areas, pair)]
    if not columns:
        return None
    found = [_by_key(inputs, inputs.areas, pair) for pair in columns]
    rows = [
        [text(row["name"]), *(of_figure(by_key.get(row["area_code"])) for by_key in found)]
        for row in inputs.area_table.iter_rows(named=True)
    ]
    whole = [
        _whole(inputs, pair, [row[place] for row in rows], "SUM({above})")
        for place, pair in enumerate(columns, start=1)
    ]
    return table(
        "table-townships",
        f"{inputs.year}年各镇街主要数据",
        [Column("镇（街道）", kind="words"), *(_column(inputs, pair) for pair in columns)],
        [*rows, [text(inputs.whole), *whole]],
        source=inputs.source,
        note=_NOTE,
        total=True,
    )


def schools(inputs: MonitoringInputs, measures: Sequence[str]) -> Table | None:
    """One row per school and stage: where it lies, whose it is, and its measures."""
    known = [measure for measure in measures if measure in inputs.measures]
    rows = inputs.schools.filter((pl.col("year") == inputs.year) & pl.col("measure").is_in(known))
    if rows.is_empty():
        return None
    present = [measure for measure in known if measure in set(rows["measure"])]
    seen = {
        measure: {
            (figure.key, figure.stage): figure
            for figure in figures.figures(inputs, inputs.schools, measure, year=inputs.year)
        }
        for measure in present
    }
    about = {row["school_code"]: row for row in inputs.school_table.iter_rows(named=True)}
    areas = dict(inputs.area_table.select("area_code", "name").iter_rows())
    pairs = sorted({pair for by_pair in seen.values() for pair in by_pair}, key=_by_stage)
    return table(
        "table-schools",
        f"{inputs.year}年各学校主要数据",
        [
            Column("学校", kind="words"),
            Column("学段", kind="words"),
            Column("镇（街道）", kind="words"),
            Column("性质", kind="words"),
            Column("城乡", kind="words"),
            *(_column(inputs, (measure, "")) for measure in present),
        ],
        [
            [
                *_identity(
                    pair, about, areas, [by_pair[pair] for by_pair in seen.values() if pair in by_pair]
                ),
                *(_or_not_applicable(seen[measure].get(pair)) for measure in present),
            ]
            for pair in pairs
        ],
        source=inputs.source,
        note=_NOTE,
    )


def compared(
    inputs: MonitoringInputs,
    frame: pl.DataFrame,
    chosen: Sequence[Pair],
    *,
    id: str,
    caption: str,
    codes: str,
) -> Table | None:
    """One row per measure, one column per member of the code list ``codes`` that the frame has."""
    keys = [str(member.value) for member in terms.CODE_LISTS[codes] if member.value in set(frame["key"])]
    rows = [(pair, found) for pair in chosen if (found := _by_key(inputs, frame, pair))]
    if not keys or not rows:
        return None
    return table(
        id,
        f"{inputs.year}年{caption}",
        [
            Column("项目", kind="words"),
            Column("单位", kind="words"),
            *(Column(terms.label(codes, key)) for key in keys),
            Column(inputs.whole),
        ],
        [_compared_row(inputs, pair, [of_figure(found.get(key)) for key in keys]) for pair, found in rows],
        source=inputs.source,
        sortable=False,
    )


def _compared_row(inputs: MonitoringInputs, pair: Pair, parts: list[Cell]) -> list[Cell]:
    measure, stage = pair
    entry = inputs.measures[measure]
    # The parts begin in the third column.
    formula = f"SUM({{2}}:{{{len(parts) + 1}}})"
    return [
        text(name_with_stage(entry, stage)),
        text(entry.unit),
        *parts,
        _whole(inputs, pair, parts, formula),
    ]


def _whole(inputs: MonitoringInputs, pair: Pair, parts: Sequence[Cell], formula: str) -> Cell:
    """The region's own figure; of a count, with the sum that it is."""
    measure, stage = pair
    cell = of_figure(figures.county(inputs, measure, stage))
    return summed(cell, parts, formula) if inputs.measures[measure].additive else cell


def _by_key(inputs: MonitoringInputs, frame: pl.DataFrame, pair: Pair) -> dict[str, Figure]:
    measure, stage = pair
    return {
        figure.key: figure
        for figure in figures.figures(inputs, frame, measure, stage=stage, year=inputs.year)
    }


def _column(inputs: MonitoringInputs, pair: Pair) -> Column:
    measure, stage = pair
    entry = inputs.measures[measure]
    return Column(name_with_stage(entry, stage), entry.unit)


def _by_stage(pair: Pair) -> tuple[int, str]:
    order = [str(stage.value) for stage in terms.Stage]
    key, stage = pair
    return (order.index(stage) if stage in order else len(order), key)


def _identity(
    pair: Pair, about: dict[str, dict[str, str | None]], areas: dict[str, str], seen: list[Figure]
) -> list[Cell]:
    code, stage = pair
    row = about.get(code, {})
    place = terms.UrbanRuralCode.named(row.get("urban_rural_code") or "")
    # 城区, 镇区 and 乡村 carry the codes that they group as their other spellings.
    group = terms.UrbanRural.named(place.code) if place else None
    return [
        text(row.get("name") or seen[0].name),
        text(figures.stage_label(stage)),
        text(areas.get(row.get("area_code") or "")),
        text(terms.label("ownership", row.get("ownership"))),
        text(group.label if group else None),
    ]


def _or_not_applicable(figure: Figure | None) -> Cell:
    return of_figure(figure) if figure else Cell("不适用")
