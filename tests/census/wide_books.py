"""Writes wide exports as the bureaus' system does: a title, merged headings, column numbers, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import xlsxwriter

Heading = tuple[str, ...]


def write_wide(
    path: Path,
    headings: Sequence[Heading],
    rows: Sequence[Mapping[Heading, object]],
    *,
    sheet: str = "Sheet1",
    above: Sequence[str] = ("学校（机构）基础数据", "统计时间：2025-09-01　　单位：人、平方米"),
    below: Sequence[str] = (),
    numbers: bool = True,
    merged: bool = True,
) -> Path:
    """A workbook with one wide sheet; each row maps heading paths to cells. Shorter paths are merged
    downwards."""
    depth = max(len(heading) for heading in headings)
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    line = 0
    for text in above:
        if merged and len(headings) > 1:
            page.merge_range(line, 0, line, len(headings) - 1, text)
        else:
            page.write_string(line, 0, text)
        line += 1
    _write_headings(page, headings, depth, line, merged=merged)
    line += depth
    if numbers:
        for column in range(len(headings)):
            page.write(line, column, "甲乙丙丁"[column] if column < 4 else column - 3)
        line += 1
    for row in rows:
        unknown = set(row) - set(headings)
        assert not unknown, unknown
        for column, heading in enumerate(headings):
            if heading in row:
                page.write(line, column, row[heading])
        line += 1
    for text in below:
        page.write_string(line, 0, text)
        line += 1
    book.close()
    return path


def first_data_row(above: int, depth: int, numbers: bool = True) -> int:
    """The Excel number of the first data row."""
    return above + depth + int(numbers) + 1


def _write_headings(page: object, headings: Sequence[Heading], depth: int, top: int, *, merged: bool) -> None:
    for level in range(depth):
        groups = groupby(range(len(headings)), key=lambda column: headings[column][: level + 1])
        for prefix, members in groups:
            if len(prefix) <= level:
                continue
            columns = list(members)
            last = len(headings[columns[0]]) == level + 1
            bottom = top + (depth - 1 if last and len(columns) == 1 else level)
            if merged and (bottom > top + level or len(columns) > 1):
                page.merge_range(top + level, columns[0], bottom, columns[-1], prefix[-1])  # type: ignore[attr-defined]
            else:
                page.write_string(top + level, columns[0], prefix[-1])  # type: ignore[attr-defined]
