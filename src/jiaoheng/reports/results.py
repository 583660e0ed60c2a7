"""What a single command computes, as a document: its table, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from jiaoheng import terms
from jiaoheng.disclosure import MARK, MASKED
from jiaoheng.reports import appendix, indicators
from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Heading, Line
from jiaoheng.reports.figures import name_with_stage, stage_label
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs, Origin
from jiaoheng.reports.numbers import MISSING, NOT_APPLICABLE, day, moment, shown
from jiaoheng.reports.tables import Cell, Column, Table, number, summed, table, text

BY = {
    "county": "全县",
    "area": "镇街",
    "school": "学校",
    "urban_rural": "城乡",
    "ownership": "办学性质",
}
"""What the rows of a result stand for, by how it was grouped."""

# More columns side by side nobody reads; the rows say the same.
_MOST_COLUMNS = 100


def measures(
    frame: pl.DataFrame,
    whole: pl.DataFrame | None,
    *,
    by: str,
    entries: Mapping[str, MeasureEntry],
    origin: Origin,
) -> Document:
    """Measures as a document: every row with numerator and denominator; side by side; sources.

    Parameters
    ----------
    frame : in the long form of `measures.compute`, one year.
    whole : the same measures of the whole region, for the last row; None where ``frame`` is of the region.
    by : how ``frame`` is grouped.
    """
    chapters = [Chapter("measures", "指标", (Grid(_rows(frame, by, entries, origin)),))]
    beside = _beside(frame, whole, by, entries, origin) if whole is not None else None
    if beside:
        chapters.append(Chapter("beside", "对照", (Grid(beside),)))
    used = [entries[id_] for id_ in dict.fromkeys(frame["measure"])]
    return Document(
        title=f"{origin.region_name}{origin.year}年指标",
        subtitle=f"按{BY[by]}" if whole is not None else "",
        facts=facts(origin),
        warning=origin.warning,
        chapters=(*chapters, Chapter("sources", "数据来源与口径", _sources(origin, used))),
        issuer=origin.region_name,
        created=origin.generated_on,
    )


def progress(inputs: MonitoringInputs) -> Document:
    """A plan's progress as a document: the overview, each indicator in full, sources."""
    cards = tuple(indicators.card(inputs, item) for item in inputs.progress)
    followed = {item.indicator.measure for item in inputs.progress}
    entries = [entry for id_, entry in inputs.measures.items() if id_ in followed]
    sources: tuple[Block, ...] = (*appendix.reading(inputs.whole), *_sources(inputs, entries))
    return Document(
        title=f"《{inputs.plan.title}》{inputs.year}年指标进度",
        subtitle="",
        facts=(*facts(inputs), Line("规划期", inputs.period)),
        warning=inputs.warning,
        chapters=(
            Chapter("overview", "指标总览", (Grid(indicators.overview(inputs)),)),
            Chapter("indicators", "各项指标", cards),
            Chapter("sources", "数据来源与口径", sources),
        ),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def facts(origin: Origin) -> tuple[Line, ...]:
    """What the cover says of where the figures come from."""
    return (
        Line("监测对象", f"{origin.region_name}（{origin.region_code}）"),
        Line("数据截至", day(origin.as_of)),
        Line("生成日期", day(origin.generated_on)),
        Line("数据版本", origin.source),
    )


def status(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    facts: Sequence[Line],
    warning: str,
    issuer: str,
    created: date,
) -> Document:
    """What a workspace holds as a document.

    Parameters
    ----------
    rows : one a snapshot: ``year``, ``version``, ``created``, ``hash``, and ``tables``, the number of rows by
        the Chinese name of the table.
    """
    names = list(dict.fromkeys(name for row in rows for name in row["tables"]))
    made = table(
        "table-snapshots",
        "各年数据快照",
        [
            Column("年份", kind="words"),
            Column("版本", kind="words"),
            Column("导入时间", kind="words"),
            *(Column(name, "行") for name in names),
            Column("校验值（SHA-256）", kind="code"),
        ],
        [
            [
                text(f"{row['year']}年", sort=row["year"]),
                text(f"v{row['version']:04d}"),
                text(moment(row["created"])),
                *(number(row["tables"].get(name)) for name in names),
                text(row["hash"]),
            ]
            for row in rows
        ],
    )
    chapter = Chapter("status", "数据快照", (Grid(made),))
    return Document(title, "", tuple(facts), warning, (chapter,), issuer=issuer, created=created)


def _sources(origin: Origin, entries: Iterable[MeasureEntry]) -> tuple[Block, ...]:
    return (
        *appendix.provenance(origin.year, origin.snapshots),
        Heading("指标口径"),
        Grid(appendix.definitions(entries)),
    )


def _rows(frame: pl.DataFrame, by: str, entries: Mapping[str, MeasureEntry], origin: Origin) -> Table:
    """One row a result, as it was computed."""
    grouped = by != "county"
    columns = [
        Column("指标", kind="words"),
        *([Column(BY[by], kind="words")] if grouped else []),
        Column("学段", kind="words"),
        Column("数值"),
        Column("单位", kind="words"),
        Column("分子"),
        Column("分母"),
        Column("覆盖率", "%"),
        Column("没有数值的原因", kind="words"),
    ]
    # The two columns that a ratio is made of, counted from 0.
    parts = (4 + grouped, 5 + grouped)
    # A township without a senior school has nothing to say of one: hundreds of such rows would hide the rest.
    outside = (frame["status"] == "not_applicable") if grouped else pl.repeat(False, len(frame), eager=True)
    left_out = (
        f"另有 {shown(int(outside.sum()))} 行不适用（没有这一学段等），没有列出。" if outside.any() else ""
    )
    return table(
        "table-measures",
        f"{origin.year}年指标" + (f"（按{BY[by]}）" if grouped else ""),
        columns,
        (
            _row(row, entries[row["measure"]], by, parts)
            for row in frame.filter(~outside).iter_rows(named=True)
        ),
        source=origin.source,
        note=f"数值没有取舍，只在显示时四舍五入。比率 = 分子 ÷ 分母 × 倍数，公式在数值一栏。{left_out}",
    )


def _row(row: Mapping[str, Any], entry: MeasureEntry, by: str, parts: tuple[int, int]) -> list[Cell]:
    coverage = row["coverage"]
    outside = row["status"] == "not_applicable"
    return [
        text(entry.name),
        *([text(_key(row, by))] if by != "county" else []),
        text(stage_label(row["stage"]) or "不分学段"),
        _value(row, entry, formula=_ratio(row, entry, parts)),
        text(entry.unit),
        *_parts(row, entry),
        Cell(NOT_APPLICABLE) if outside else number(None if coverage is None else coverage * 100, 1),
        # Nothing is missing where there is a value.
        Cell(row["reason"] or "", row["reason"]),
    ]


def _beside(
    frame: pl.DataFrame,
    whole: pl.DataFrame,
    by: str,
    entries: Mapping[str, MeasureEntry],
    origin: Origin,
) -> Table | None:
    """One row a school (township, …), one column a measure and stage; the region as the last row."""
    present = frame.filter(pl.col("status") != "not_applicable")
    pairs = list(dict.fromkeys(present.select("measure", pl.col("stage").fill_null("")).iter_rows()))
    if not 0 < len(pairs) <= _MOST_COLUMNS:
        return None
    found = {(row["measure"], row["stage"] or "", row["key"]): row for row in present.iter_rows(named=True)}
    totals = {(row["measure"], row["stage"] or ""): row for row in whole.iter_rows(named=True)}
    keys = {row["key"]: _key(row, by) for row in frame.iter_rows(named=True)}
    by_pair = [
        [_value(found.get((measure, stage, key)), entries[measure]) for key in keys]
        for measure, stage in pairs
    ]
    last = [
        summed(_value(totals.get(pair), entries[pair[0]]), cells, "SUM({above})")
        if entries[pair[0]].additive
        else _value(totals.get(pair), entries[pair[0]])
        for pair, cells in zip(pairs, by_pair, strict=True)
    ]
    return table(
        "table-beside",
        f"{origin.year}年各{BY[by]}指标对照",
        [
            Column(BY[by], kind="words"),
            *(
                Column(name_with_stage(entries[measure], stage), entries[measure].unit)
                for measure, stage in pairs
            ),
        ],
        [
            *(
                [text(name), *cells]
                for name, cells in zip(keys.values(), zip(*by_pair, strict=True), strict=True)
            ),
            [text(origin.whole), *last],
        ],
        source=origin.source,
        note="“—（无数据）”表示所需数据缺失，不是 0；“不适用”表示没有这一学段或不在计算范围。",
        total=True,
    )


def _value(row: Mapping[str, Any] | None, entry: MeasureEntry, formula: str = "") -> Cell:
    if row is None or row["status"] == "not_applicable":
        return Cell(NOT_APPLICABLE)
    if row["status"] == MASKED:
        return Cell(MARK)
    if row["value"] is None:
        return Cell(MISSING)
    return number(row["value"], entry.digits, formula=formula)


def _parts(row: Mapping[str, Any], entry: MeasureEntry) -> tuple[Cell, Cell]:
    """Numerator and denominator."""
    if row["status"] == MASKED:
        return Cell(MARK), Cell(NOT_APPLICABLE) if entry.additive else Cell(MARK)
    outside = row["status"] == "not_applicable"
    return (
        _part(row["numerator"], applies=not outside),
        _part(row["denominator"], applies=not outside and not entry.additive),
    )


def _ratio(row: Mapping[str, Any], entry: MeasureEntry, parts: tuple[int, int]) -> str:
    """Numerator over denominator times factor; for a measure that is made otherwise, nothing."""
    above, below, value = row["numerator"], row["denominator"], row["value"]
    if value is None or above is None or not below or entry.variation_of:
        return ""
    if abs(above / below * entry.factor - value) > 1e-9 * max(1.0, abs(value)):
        return ""
    return f"{{{parts[0]}}}/{{{parts[1]}}}" + ("" if entry.factor == 1 else f"*{entry.factor:.15g}")


def _part(value: float | None, *, applies: bool) -> Cell:
    if not applies:
        return Cell(NOT_APPLICABLE)
    return number(value, 0 if value is None or value == round(value) else 2)


def _key(row: Mapping[str, Any], by: str) -> str:
    key = row["key_name"] or row["key"] or ""
    return terms.label(by, key) if by in ("urban_rural", "ownership") else str(key)
