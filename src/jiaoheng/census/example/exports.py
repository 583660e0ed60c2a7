"""Writes the school-level exports: one workbook a stage, as the statistics system gives them to a bureau."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.example.forms import NAMED, TITLES, Field, form
from jiaoheng.census.example.published import NAME

SYNTHETIC = "模拟数据"
"""What every file of the example says of itself."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_TERMS = {"school_type": "school_type", "ownership": "ownership"}

Row = Mapping[str, Any]


def write_export(path: Path, tables: Mapping[str, pa.Table], stage: str, *, year: int) -> None:
    """Write the export of one stage: title, merged headings, column numbers, schools, 合计, a note.

    A school with several stages stands in several files, each time with all its premises.
    """
    fields = form(stage)
    rows = _rows(tables, stage)
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(TITLES[stage])
        title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        )
        last = len(fields) - 1
        sheet.merge_range(
            0, 0, 0, last, f"{NAME}{year}年{TITLES[stage]}学校级数据导出表（{SYNTHETIC}）", title
        )
        sheet.merge_range(1, 0, 1, last, f"填报单位：{NAME}教育局（合成的{SYNTHETIC}）　时点：{year}年9月1日")
        depth = _write_headings(sheet, [field.path for field in fields], 2, head)
        first = 2 + depth
        for number in range(len(fields)):
            stem = _STEMS[number] if number < NAMED else number - NAMED + 1
            sheet.write(first, number, stem, head)
        for offset, row in enumerate(rows, 1):
            sheet.write_row(first + offset, 0, _cells(fields, row))
        below = first + len(rows) + 1
        sheet.write_row(below, 0, _totals(fields, rows))
        sheet.write_string(
            below + 1, 0, f"注：本表为合成的{SYNTHETIC}，学校、人数均系虚构；校数为0的校区、教学点并入主校。"
        )
        sheet.set_column(0, 1, 11)
        sheet.set_column(2, 2, 14)
        sheet.set_column(3, 3, 26)
        sheet.freeze_panes(first + 1, 4)


@cache
def exported(stage: str, table: str) -> frozenset[str]:
    """The columns of a table that the export of a stage has."""
    return frozenset(field.column for field in form(stage) if field.table == table and field.column)


def _rows(tables: Mapping[str, pa.Table], stage: str) -> list[Row]:
    schools = {row["school_code"]: row for row in tables["schools"].to_pylist()}
    areas = {row["area_code"]: row["name"] for row in tables["areas"].to_pylist()}
    rows: list[Row] = []
    for own in tables["school_stages"].to_pylist():
        if own["stage"] == stage:
            school = schools[own["school_code"]]
            # 艺术›计 takes in music and fine art.
            arts = [own[f"teachers_{name}"] for name in ("art", "music", "fine_art")]
            whole = sum(arts) if None not in arts else None
            rows.append({**school, **own, "area_code": areas[school["area_code"]], "teachers_art": whole})
    return rows


def _cells(fields: Sequence[Field], row: Row) -> list[object]:
    return [_cell(field, row) for field in fields]


def _cell(field: Field, row: Row) -> object:
    if not field.column:
        return NAME
    value = row[field.column]
    if value is None:
        return ""
    if field.column == "counted":
        return int(value)
    if field.column in _TERMS:
        return terms.label(_TERMS[field.column], value)
    return value / field.scale if field.scale != 1 else value


def _totals(fields: Sequence[Field], rows: Sequence[Row]) -> list[object]:
    cells: list[object] = []
    for number, field in enumerate(fields):
        if field.column == "counted":
            cells.append(sum(row["counted"] for row in rows))
        elif number < NAMED:
            cells.append("合计" if field.column == "name" else "")
        elif not _adds_up(field):
            cells.append("")
        else:
            cells.append(sum(row[field.column] or 0 for row in rows) / field.scale)
    return cells


def _adds_up(field: Field) -> bool:
    column = dictionary.table(field.table)[field.column]
    return column.name != "largest_class" and column.unit not in ("年", "")


def _write_headings(
    sheet: xlsxwriter.worksheet.Worksheet, paths: Sequence[tuple[str, ...]], top: int, cell_format: object
) -> int:
    """Write heading paths as merged cells from row ``top`` on; the number of rows they take."""
    depth = max(len(path) for path in paths)
    for level in range(depth):
        start = 0
        while start < len(paths):
            path, end = paths[start], start
            if len(path) <= level:
                start += 1
                continue
            is_leaf = len(path) == level + 1
            while not is_leaf and end + 1 < len(paths) and _together(paths[end + 1], path, level):
                end += 1
            bottom = top + depth - 1 if is_leaf else top + level
            if bottom > top + level or end > start:
                sheet.merge_range(top + level, start, bottom, end, path[level], cell_format)
            else:
                sheet.write_string(top + level, start, path[level], cell_format)
            start = end + 1
    return depth


def _together(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return len(path) > level + 1 and path[: level + 1] == other[: level + 1]
