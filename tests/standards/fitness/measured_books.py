"""Workbooks of raw measurements as schools fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

HEADINGS = [
    "年级编号", "班级编号", "班级名称", "学籍号", "民族代码", "姓名", "性别", "出生日期", "家庭住址",
    "身高", "体重", "肺活量", "50米跑", "坐位体前屈", "一分钟跳绳", "立定跳远", "一分钟仰卧起坐", "引体向上",
    "50米×8往返跑", "1000米跑", "800米跑",
]  # fmt: skip

GIRL: Mapping[str, object] = {
    "年级编号": 22, "班级名称": "八年级1班", "学籍号": "G441284201201010011", "姓名": "甄隐名", "性别": 2,
    "出生日期": "2012-05-04", "家庭住址": "贞山街道某路", "身高": 160, "体重": 50.7, "肺活量": 2900,
    "50米跑": 8.9, "坐位体前屈": 9.0, "立定跳远": 175, "一分钟仰卧起坐": 40, "800米跑": "3'55\"",
}  # fmt: skip
"""A girl in grade 8 whose total is 84.2."""


def write(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    *,
    headings: Sequence[str] = HEADINGS,
    title: str = "",
    sheet: str = "Sheet1",
) -> Path:
    """A workbook of one sheet; a row has what it gives by heading."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        first = 0
        if title:
            page.merge_range(0, 0, 0, len(headings) - 1, title)
            first = 1
        page.write_row(first, 0, headings)
        for number, row in enumerate(rows, first + 1):
            for column, heading in enumerate(headings):
                if (value := row.get(heading)) is not None:
                    page.write(number, column, value)
    return path


def girl(number: int = 0, **other: object) -> dict[str, object]:
    """`GIRL` with an identifier of her own and what is otherwise."""
    return {**GIRL, "学籍号": f"G44128420120101{number:04d}", **other}
