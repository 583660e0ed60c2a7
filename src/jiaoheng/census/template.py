"""Writes our own template: one workbook, one sheet per table, that a clerk fills in and `read` reads back.

What is written here, `template_read` reads: filled with a snapshot, the workbook gives back equal tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import xlsxwriter

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Table
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template_sheet import BOOLEANS, ExactSheet, Formats, Options, write_sheet
from jiaoheng.census.workbook import FileError, column_letters
from jiaoheng.errors import JiaohengError

HIDDEN_SHEET = "_jiaoheng"
"""The hidden sheet that marks our template and says which sheet is which table."""

OPTIONS_SHEET = "_选项"
COVER_SHEET = "说明"
MARK = "jiaoheng-template"
LAYOUT_VERSION = 1

_GUIDE = (
    "每张工作表是一张表，每行一条记录。第 1 行是分组，第 2 行是栏目，从第 3 行起填写。",
    "栏目已锁定。栏目可以移动或删去，不能改名；删去的栏目在导入时保持原值不变。",
    "没有数据、不清楚的，请留空，不要填 0。0 表示确实没有。",
    "深色栏目必填。把鼠标停在栏目上，可以看到含义、对应的报表和可选项。",
    "有下拉箭头的，请从下拉列表中选择；是否类栏目填“是”或“否”。",
    "数值按栏目括号中的单位填写。金额一律以元为单位，不是万元；人口以人为单位，不是万人。",
    "标识码、代码按文本填写，保留前面的 0。日期按 2015-09-01 填写。",
    "学籍号、身份证件号在导入时变为加密散列，不会保存原号；姓名不会保存。已入库的个人记录不会写回本表。",
    "灰色的“学校名称”等栏目只供核对，不会读入。",
)


def write_template(
    path: Path | str,
    *,
    year: int,
    census: Census | None = None,
    previous: Census | None = None,
    tables: Sequence[str] | None = None,
    region: str = "",
    note: str = "",
) -> Path:
    """Write the template workbook.

    Parameters
    ----------
    path : where to; an existing file is replaced.
    year : the year that will be filled in.
    census : fill with this snapshot's values, exactly. Tables of persons stay empty: a workbook goes from
        hand to hand, and an empty sheet changes nothing when it is read back.
    previous : pre-fill with last year's values, to be brought up to date; again without persons.
    tables : the names of the tables to write; all of the dictionary where left out.
    region : the county's code; that of the snapshot where left out.
    note : a remark that the cover shows before everything else (that the data are made up, say).

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    if census is not None and previous is not None:
        raise JiaohengError("census 与 previous 只能给一个：前者原样填入，后者预填上年数据。")
    path = Path(path)
    source = census or previous
    region = region or (source.region if source is not None else "")
    chosen = [dictionary.table(name) for name in (tables or dictionary.tables())]
    try:
        with xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        ) as book:
            formats = Formats(book)
            cover = book.add_worksheet(COVER_SHEET)
            sheets = [book.add_worksheet(table.zh, worksheet_class=ExactSheet) for table in chosen]
            options = _write_options(book, chosen)
            rows: list[int] = []
            written: list[tuple[str, ...]] = []
            for table, sheet in zip(chosen, sheets, strict=True):
                data = source if table.exported else None
                written.append(
                    write_sheet(
                        sheet,
                        table,
                        None if data is None else data.table(table.name),
                        formats=formats,
                        options=options,
                        school_names=_school_names(source),
                    )
                )
                rows.append(0 if data is None else data.table(table.name).num_rows)
            _write_cover(cover, formats, year, region, chosen, rows, previous, note)
            _write_mark(book, year, region, chosen, written)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise FileError(f"{path}：无法写入（{error}）。请检查文件夹是否存在、文件是否正被打开。") from None
    return path


def _school_names(source: Census | None) -> dict[str, str]:
    if source is None:
        return {}
    schools: pa.Table = source.table("schools")
    return dict(zip(schools["school_code"].to_pylist(), schools["name"].to_pylist(), strict=True))


def _write_options(book: xlsxwriter.Workbook, tables: Sequence[Table]) -> Options:
    """The lists behind the drop-downs, on a hidden sheet: in the cell itself 255 characters are the limit."""
    sheet = book.add_worksheet(OPTIONS_SHEET)
    sheet.very_hidden()
    lists = {"": list(BOOLEANS.values())}
    for table in tables:
        for column in table.columns:
            if column.codes:
                lists[column.codes] = [member.label for member in terms.CODE_LISTS[column.codes]]
    ranges: dict[str, str] = {}
    for index, (name, labels) in enumerate(lists.items()):
        sheet.write_string(0, index, name or "boolean")
        sheet.write_column(1, index, labels)
        letters = column_letters(index)
        ranges[name] = f"='{OPTIONS_SHEET}'!${letters}$2:${letters}${len(labels) + 1}"
    return ranges


def _write_cover(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: Formats,
    year: int,
    region: str,
    tables: Sequence[Table],
    rows: Sequence[int],
    previous: Census | None,
    note: str,
) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 80)
    sheet.write_string(0, 1, f"{year} 年教育事业数据采集表", formats.title)
    sheet.write_string(1, 1, f"行政区划代码：{region or '（未填）'}　时点：{year} 年 9 月 1 日")
    row = 3
    if note:
        sheet.merge_range(2, 1, 2, 3, note, formats.note)
    guide = list(_GUIDE)
    if previous is not None:
        guide.insert(0, f"已预填 {previous.year} 年的数据。请逐项核对并更新为 {year} 年的数据，再行导入。")
    for number, line in enumerate(guide, start=1):
        sheet.write_number(row, 0, number)
        sheet.merge_range(row, 1, row, 3, line, formats.wrapped)
        row += 1
    row += 1
    for index, heading in enumerate(("工作表", "已填行数", "主键（不可重复）")):
        sheet.write_string(row, index + 1, heading, formats.required)
    for table, filled in zip(tables, rows, strict=True):
        row += 1
        sheet.write_url(row, 1, f"internal:'{table.zh}'!A1", string=table.zh)
        sheet.write_number(row, 2, filled)
        sheet.write_string(row, 3, "、".join(table[name].zh for name in table.key))
    sheet.protect(options={"select_locked_cells": True})


def _write_mark(
    book: xlsxwriter.Workbook,
    year: int,
    region: str,
    tables: Sequence[Table],
    written: Sequence[tuple[str, ...]],
) -> None:
    sheet = book.add_worksheet(HIDDEN_SHEET)
    sheet.very_hidden()
    lines: list[tuple[str, ...]] = [
        (MARK, str(LAYOUT_VERSION)),
        ("dictionary", dictionary.version()),
        ("year", str(year)),
        ("region", region),
    ]
    lines += [
        ("sheet", table.zh, table.name, *columns) for table, columns in zip(tables, written, strict=True)
    ]
    for row, cells in enumerate(lines):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.protect()
