"""The gap list (一校一策清单): what every school lacks, by which clause, and by when it is to be there."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from jiaoheng.reports.blocks import Chapter, Document, Grid, Notice
from jiaoheng.reports.results import facts
from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.tables import blank, in_order, item_name
from jiaoheng.reports.standards.words import need_words, verdict_cell
from jiaoheng.reports.tables import Cell, Column, Table, table, text
from jiaoheng.standards import Verdict, words

_SHORT = (Verdict.FAILED, Verdict.WITHIN)


def gap_list(inputs: StandardInputs, *, school: str | None = None) -> Document:
    """The list as a document: of all schools, or of the one with the code ``school``."""
    chosen = inputs.schools.get(school or "")
    name = chosen.name if chosen else inputs.region_name
    return Document(
        title=f"{name}《{inputs.assessed.standard.name}》问题清单",
        subtitle=f"{inputs.year}年 · 一校一策",
        facts=facts(inputs),
        warning=inputs.warning,
        chapters=tuple(_chapters(inputs, school)),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def _chapters(inputs: StandardInputs, school: str | None) -> Iterator[Chapter]:
    listed = gaps_table(inputs, school=school)
    yield Chapter("gaps", "学校问题清单", (Grid(listed),))
    if school is None:
        county = county_gaps_table(inputs)
        if county.rows:
            yield Chapter("county-gaps", "县级问题清单", (Grid(county),))
    unknown = unknown_table(inputs, school=school)
    if unknown.rows:
        notice = Notice(
            "下列各项没有数据，不能判断，既不算达到，也不算没有达到。请补齐数据或填报后重新评估。"
        )
        yield Chapter("unknown", "尚不能判断的项目", (notice, Grid(unknown)))


def _said(inputs: StandardInputs, school: str | None) -> str:
    bad = short(inputs, school=school)
    if bad.is_empty():
        return "没有发现学校的问题。"
    if school is not None:
        return f"这所学校有 {bad.height} 处没有达到标准。"
    schools = bad["school"].n_unique()
    whole = inputs.assessed.rows["school"].drop_nulls().n_unique()
    return f"{whole} 所学校中，{schools} 所有问题，共 {bad.height} 处。"


def short(inputs: StandardInputs, *, school: str | None = None) -> pl.DataFrame:
    """The rows of items that fall short in schools, school by school."""
    bad = inputs.assessed.rows.filter(pl.col("verdict").is_in(_SHORT) & pl.col("school").is_not_null())
    return bad if school is None else bad.filter(pl.col("school") == school)


def gaps_table(inputs: StandardInputs, *, school: str | None = None) -> Table:
    """Every item that a school does not meet, one a row, with a blank for who answers for it."""
    assessed = inputs.assessed
    rows = in_order(assessed, short(inputs, school=school))
    return table(
        "table-gaps",
        "一校一策问题清单",
        [
            Column("学校", kind="words"),
            Column("学段", kind="words"),
            Column("类别", kind="words"),
            Column("项目", kind="words"),
            Column("现有", kind="words"),
            Column("要求", kind="words"),
            Column("差多少", kind="words"),
            Column("判断", kind="words"),
            Column("依据条款", kind="words"),
            Column("完成时限", kind="words"),
            Column("责任人", kind="words"),
        ],
        (_gap(inputs, row) for row in rows.iter_rows(named=True)),
        source=inputs.source,
        note=(
            f"{_said(inputs, school)}“差多少”按未取舍的数值计算；人、间等按整数补足。"
            "完成时限、责任人空着的，由学校和教育局填写。"
        ),
    )


def county_gaps_table(inputs: StandardInputs) -> Table:
    """Every item that the county does not meet as a whole."""
    assessed = inputs.assessed
    rows = assessed.rows.filter(pl.col("verdict").is_in(_SHORT) & pl.col("school").is_null())
    return table(
        "table-county-gaps",
        "县级问题清单",
        [
            Column("类别", kind="words"),
            Column("项目", kind="words"),
            Column("学段", kind="words"),
            Column("现有", kind="words"),
            Column("要求", kind="words"),
            Column("差多少", kind="words"),
            Column("判断", kind="words"),
            Column("依据条款", kind="words"),
            Column("完成时限", kind="words"),
            Column("责任单位", kind="words"),
        ],
        (
            [
                text(assessed.item(row["item"]).group),
                _item_cell(inputs, row),
                blank(words.stage_words(row["stage"])),
                *_rest(inputs, row),
            ]
            for row in rows.iter_rows(named=True)
        ),
        source=inputs.source,
    )


def unknown_table(inputs: StandardInputs, *, school: str | None = None) -> Table:
    """What cannot be judged, and why."""
    assessed = inputs.assessed
    rows = assessed.rows.filter(pl.col("verdict") == Verdict.UNKNOWN)
    if school is not None:
        rows = rows.filter(pl.col("school") == school)
    return table(
        "table-unknown",
        "尚不能判断的项目",
        [
            Column("单位", kind="words"),
            Column("学段", kind="words"),
            Column("项目", kind="words"),
            Column("原因", kind="words"),
        ],
        (
            [
                text(row["school_name"] or inputs.region_name),
                blank(words.stage_words(row["stage"])),
                _item_cell(inputs, row),
                text(row["reason"] or "所需数据不全"),
            ]
            for row in rows.iter_rows(named=True)
        ),
        source=inputs.source,
    )


def _gap(inputs: StandardInputs, row: words.Row) -> list[Cell]:
    return [
        text(row["school_name"] or row["school"]),
        blank(words.stage_words(row["stage"])),
        text(inputs.assessed.item(row["item"]).group),
        _item_cell(inputs, row),
        *_rest(inputs, row),
    ]


def _item_cell(inputs: StandardInputs, row: words.Row) -> Cell:
    return item_name(inputs.assessed.item(row["item"]))


def _rest(inputs: StandardInputs, row: words.Row) -> list[Cell]:
    assessed = inputs.assessed
    item = assessed.item(row["item"])
    return [
        text(words.value_words(assessed, row)),
        text(words.threshold_words(assessed, row)),
        blank(need_words(assessed, row)),
        verdict_cell(assessed, row["verdict"]),
        text(item.clause),
        blank(inputs.deadline),
        blank(""),
    ]
