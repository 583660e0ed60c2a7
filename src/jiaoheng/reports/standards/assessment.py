"""An assessment as a plain document: its rules, its coefficients and their drivers, every row."""

from __future__ import annotations

import polars as pl

from jiaoheng.reports import results
from jiaoheng.reports.blocks import Chapter, Document, Grid, Notice
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.standards.words import verdict_cell
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards import Assessed, words

_DIGITS = 4

_ROWS = (
    Column("学校", kind="words"),
    Column("学校标识码", kind="words"),
    Column("学段", kind="words"),
    Column("组别", kind="words"),
    Column("项目", kind="words"),
    Column("数值"),
    Column("单位", kind="words"),
    Column("要求", kind="words"),
    Column("结论", kind="words"),
    Column("差额", kind="words"),
    Column("说明", kind="words"),
    Column("条款", kind="words"),
)


def assessment_document(
    found: Assessed, drivers: pl.DataFrame, origin: Origin, *, only_rows: bool = False
) -> Document:
    """Every verdict of an assessment.

    Parameters
    ----------
    drivers : columns of `standards.DRIVERS`; may be empty.
    only_rows : leave the one table of rows, for a format that holds one table.
    """
    rows = Chapter("rows", "全部结论", (Grid(_rows(found, origin)),))
    chapters = [rows]
    if not only_rows:
        summary = Notice(words.verdict_sentence(found, origin.region_name))
        chapters = [Chapter("summary", "结论", (summary, Grid(_rules(found, origin)))), rows]
        if drivers.height:
            chapters.insert(
                1, Chapter("drivers", "差异系数的来源", (Grid(_drivers(found, drivers, origin)),))
            )
    return Document(
        title=f"{origin.region_name}{origin.year}年{found.standard.name}评估",
        subtitle=f"《{found.standard.document.title}》",
        facts=results.facts(origin),
        warning=origin.warning,
        chapters=tuple(chapters),
        issuer=origin.region_name,
        created=origin.generated_on,
    )


def _rows(found: Assessed, origin: Origin) -> Table:
    cells = []
    for row in found.rows.iter_rows(named=True):
        item = found.item(row["item"])
        reason = row["reason"] or words.exemption_words(found, row)
        cells.append(
            [
                text(row["school_name"] or row["school"] or "全县"),
                Cell(row["school"] or "", row["school"]),
                Cell(words.stage_words(row["stage"]), words.stage_words(row["stage"]) or None),
                text(item.group),
                text(words.item_words(item)),
                _value(found, row),
                _maybe(words.measured_unit(found, item)),
                text(words.threshold_words(found, row)),
                verdict_cell(found, row["verdict"]),
                _maybe(words.margin_words(found, row)),
                _maybe(reason or ""),
                text(item.clause),
            ]
        )
    return table("table-assessed", "各项结论", _ROWS, cells, source=origin.source)


def _rules(found: Assessed, origin: Origin) -> Table:
    cells = []
    for rule in found.standard.rules:
        for row in found.rules.filter((pl.col("rule") == rule.id) & pl.col("school").is_null()).iter_rows(
            named=True
        ):
            counts = [number(float(row[name])) for name in ("met", "within", "failed", "unknown")]
            cells.append([text(rule.name), verdict_cell(found, row["verdict"]), *counts, text(rule.clause)])
    says = found.standard.words
    heads = (says.met, says.within, says.failed, "未知")
    columns = [Column("规则", kind="words"), Column("结论", kind="words"), *map(Column, heads)]
    columns.append(Column("依据", kind="words"))
    return table("table-assessed-rules", "县级规则", columns, cells, source=origin.source, sortable=False)


def _drivers(found: Assessed, drivers: pl.DataFrame, origin: Origin) -> Table:
    columns = [
        Column("项目", kind="words"),
        Column("学段", kind="words"),
        Column("学校", kind="words"),
        Column("本校值"),
        Column("全县平均"),
        Column("学生占比", "%"),
        Column("占方差", "%"),
        Column("差异系数"),
        Column("不计本校"),
        Column("本校达到平均"),
    ]
    cells = [
        [
            text(words.item_words(found.item(row["item"]))),
            text(words.stage_words(row["stage"])),
            text(row["school_name"] or row["school"]),
            number(row["value"], 2),
            number(row["mean"], 2),
            number(row["weight"] * 100, 1),
            number(None if row["share"] is None else row["share"] * 100, 1),
            number(row["coefficient"], 3),
            number(row["without"], 3),
            number(row["levelled"], 3),
        ]
        for row in drivers.iter_rows(named=True)
    ]
    return table("table-drivers", "各校对差异系数的影响", columns, cells, source=origin.source)


def _value(found: Assessed, row: words.Row) -> Cell:
    if words.yes_or_no(found.item(row["item"])) and row["value"] is not None:
        return text(words.value_words(found, row))
    return number(row["value"], _DIGITS)


def _maybe(said: str) -> Cell:
    return Cell(said, said or None)
