"""A workspace with one user-made workbook of primary schools: coloured, with a comment of his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from jiaoheng import workspace
from jiaoheng.workspace import Workspace

HEADINGS = (
    [
        "学校标识码",
        "学校名称",
        "所属镇街",
        "办学类型",
        "办学性质",
        "在校生数",
        *[""] * 7,
        "班数",
        "教职工数",
        "专任教师",
    ],
    [
        "",
        "",
        "",
        "",
        "",
        "合计",
        "#女",
        "一年级",
        "二年级",
        "三年级",
        "四年级",
        "五年级",
        "六年级",
        "合计",
        "合计",
        "合计",
    ],
)
FIRST = 4
"""The Excel row of the first school."""

GOOD = [40, 41, 42, 43, 44, 45]


def school(code: str, name: str, *, grades: Sequence[int] = GOOD, pupils: int | None = None, girls: int = 120,
           classes: int = 6, staff: int = 20, teachers: int = 18) -> list[object]:  # fmt: skip
    """A row of the workbook; the number of pupils is a sum unless it is given."""
    total = sum(grades) if pupils is None else pupils
    return [code, name, "城中街道", "小学", "公办", total, girls, *grades, classes, staff, teachers]


def write(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """The workbook: a title, two rows of headings, the schools, a formula for their sum, and some colour."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "小学"
    sheet.append(["四会市小学基础数据"])
    for headings in HEADINGS:
        sheet.append(headings)
    sheet.merge_cells("F2:M2")
    for row in rows:
        sheet.append(list(row))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["B4"].fill = PatternFill("solid", start_color="FFCCE5FF")
    sheet["B4"].comment = Comment("校长亲自核过", "办公室")
    sheet.column_dimensions["B"].width = 33
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def county(
    folder: Path, books: Mapping[int, Sequence[Sequence[object]]]
) -> tuple[Workspace, dict[int, Path]]:
    """A workspace with one workbook imported for each year, and the workbooks."""
    ws = workspace.init(folder / "county", region="441284")
    files = {year: write(folder / f"{year} 小学.xlsx", rows) for year, rows in books.items()}
    for year in sorted(files):
        take(ws, files[year], year)
    return ws, files


def take(ws: Workspace, path: Path, year: int) -> None:
    """Import a workbook, or say why it was refused."""
    done = ws.import_files([path], year=year)
    assert done.census is not None, [rejection.message() for rejection in done.reading.rejections]
