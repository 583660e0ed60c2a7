"""Scores of the fitness standard as a document: rates, what has no total and why, every pupil by row number.

No pupil is named: a row is found in the bureau's own file by its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from jiaoheng import terms
from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Line, Points, Sentence
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text
from jiaoheng.standards.fitness import FitnessResults

_SHARES = {"excellent_rate": "优秀率", "good_or_better": "优良率", "passed": "合格率"}
_EMPTY = Cell("")


def document(results: FitnessResults, *, created: date) -> Document:
    """The document: all and schools, classes, grades and sexes, who has no total, every pupil."""
    chapters = [
        Chapter("fitness-schools", "各校", (Grid(_rates(results, "各校", ("school",))),)),
        Chapter("fitness-grades", "各年级", (Grid(_rates(results, "各年级", ("grade", "sex"))),)),
        Chapter("fitness-classes", "各班", (Grid(_rates(results, "各班", ("school", "class_name"))),)),
    ]
    if not results.unscored.is_empty():
        chapters.append(Chapter("fitness-unscored", "未评定总分的学生", (Grid(_unscored(results)),)))
    chapters.append(Chapter("fitness-pupils", "逐人成绩", (Grid(_pupils(results)),)))
    chapters.append(Chapter("fitness-notes", "读取情况与依据", tuple(_notes(results))))
    return Document(
        title="学生体质健康测试成绩",
        subtitle=results.rules.rules.standard.name,
        facts=(
            Line("学生", f"{results.pupils.height} 人"),
            Line("生成日期", day(created)),
        ),
        warning="",
        chapters=tuple(chapters),
        created=created,
    )


def _rates(results: FitnessResults, caption: str, by: Sequence[str]) -> Table:
    heads = {"school": "学校", "class_name": "班级", "grade": "年级", "sex": "性别"}
    levels = results.rules.rules.levels
    counts = {"pupils": "学生", "exempt": "免予执行", "tested": "评定总分"}
    counts |= {level.id: level.name for level in levels}
    columns = [
        *(Column(heads[name], kind="words") for name in by),
        *(Column(head, "人") for head in counts.values()),
        *(Column(head, "%") for head in _SHARES.values()),
    ]
    return table(
        f"table-fitness-{'-'.join(by)}".replace("_", "-"),
        f"{caption}体质健康成绩",
        columns,
        [
            *(
                _rate_row([_word(name, row[name]) for name in by], row, counts)
                for row in results.rates(*by).to_dicts()
            ),
            _rate_row(["合计", *[""] * (len(by) - 1)], results.rates().to_dicts()[0], counts),
        ],
        note="优良率、合格率按评定了总分的学生计算。",
        compact=True,
        total=True,
    )


def _rate_row(words: Sequence[str], row: Mapping[str, Any], counts: Mapping[str, str]) -> list[Cell]:
    return [
        *(text(word) if word else _EMPTY for word in words),
        *(number(row[name]) for name in counts),
        *(number(row[name], 2) for name in _SHARES),
    ]


def _word(name: str, value: str | None) -> str:
    if name in ("grade", "sex"):
        return terms.label(name, value) or "不明"
    return value or "未填"


def _unscored(results: FitnessResults) -> Table:
    return table(
        "table-fitness-unscored",
        "未评定总分的学生及原因",
        [*_place_columns(), Column("原因", kind="words")],
        [[*_place(row), text(row["reason"])] for row in results.unscored.to_dicts()],
        note="行号是成绩表里的行号；缺一项即不评定总分。",
        compact=True,
    )


def _pupils(results: FitnessResults) -> Table:
    items = [item for item in results.rules.items.values() if _has(results.pupils, item.id)]
    columns = [*_place_columns(), Column("体重指数", "千克/米²")]
    for item in items:
        columns.append(Column(f"{item.name}得分"))
        if _has_bonus(results, item.id):
            columns.append(Column(f"{item.name}附加分"))
    columns += [Column("标准分"), Column("附加分"), Column("总分"), Column("总分等级", kind="words")]
    rows = []
    for row in results.pupils.to_dicts():
        cells = [*_place(row), _figure(row["bmi"], 1)]
        for item in items:
            cells.append(_figure(row[f"{item.id}_points"]))
            if _has_bonus(results, item.id):
                cells.append(_figure(row[f"{item.id}_bonus"]))
        cells += [_figure(row["standard"], 2), _figure(row["bonus"]), _figure(row["total"], 2)]
        rows.append([*cells, text(row["level"]) if row["level"] else text(row["reason"])])
    return table(
        "table-fitness-pupils",
        "逐人成绩",
        columns,
        rows,
        note="行号是成绩表里的行号。",
        compact=True,
    )


def _figure(value: float | None, digits: int = 0) -> Cell:
    """A number; nothing where the pupil does not do the item or has no result."""
    return _EMPTY if value is None else number(value, digits)


def _has(pupils: pl.DataFrame, item: str) -> bool:
    return pupils[f"{item}_points"].null_count() < pupils.height


def _has_bonus(results: FitnessResults, item: str) -> bool:
    return any(key[0] == item for key in results.rules.bonuses) and bool(
        (results.pupils[f"{item}_bonus"].fill_null(0) > 0).any()
    )


def _place_columns() -> list[Column]:
    return [
        Column("文件", kind="words"),
        Column("工作表", kind="words"),
        Column("行"),
        Column("班级", kind="words"),
        Column("年级", kind="words"),
        Column("性别", kind="words"),
    ]


def _place(row: Mapping[str, Any]) -> list[Cell]:
    return [
        text(row["file"]),
        text(row["sheet"]) if row["sheet"] else _EMPTY,
        number(row["row"]),
        text(_word("class_name", row["class_name"])),
        text(_word("grade", row["grade"])),
        text(_word("sex", row["sex"])),
    ]


def _notes(results: FitnessResults) -> list[Block]:
    head = results.rules.rules.standard
    blocks: list[Block] = []
    if results.refused:
        said = tuple(Sentence(each.message()) for each in results.refused)
        blocks.append(Points(said, title="读不出的单元格和未计的行"))
    if results.notes:
        blocks.append(Points(tuple(Sentence(note) for note in results.notes), title="读取说明"))
    blocks.append(Points((Sentence(f"{head.source}。"),), title="依据"))
    if head.unverified:
        doubts = tuple(Sentence(f"{doubt}。") for doubt in head.unverified)
        blocks.append(Points(doubts, title="尚未核对原件的规则"))
    return blocks


__all__ = ["document"]
