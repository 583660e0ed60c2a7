"""One table on one sheet: caption, head, rows, and beneath them what must be said about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.tables import Cell, Column, Table
from jiaoheng.reports.xlsx import metrics, paper
from jiaoheng.reports.xlsx.layout import COVER, FIRST_ROW, Layout, address
from jiaoheng.reports.xlsx.styles import Styles

_HEAD_ROW = FIRST_ROW - 1
_WIDEST = {"numeric": 24.0, "words": 52.0, "code": 68.0}
# A column of long sentences alone may be wider than one among many.
_WIDEST_SENTENCE = 72.0
_REFERENCE = re.compile(r"\{(\d+|above)\}")


def write(
    book: xlsxwriter.Workbook, name: str, table: Table, document: Document, layout: Layout, styles: Styles
) -> None:
    """Write ``table`` on a new sheet called ``name``."""
    sheet = book.add_worksheet(name, worksheet_class=ExactSheet)
    sheet.hide_gridlines(2)
    widths = [_column_width(table, place) for place in range(len(table.columns))]
    for place, wide in enumerate(widths):
        sheet.set_column(place, place, wide)
    _write_top(sheet, table, document, styles)
    _write_head(sheet, table.columns, widths, styles)
    for number, row in enumerate(table.rows):
        _write_row(sheet, table, number, row, widths, layout, styles)
    _write_notes(sheet, table, widths, styles)
    sheet.freeze_panes(FIRST_ROW, 1)
    body = len(table.rows) - table.total
    if table.sortable and body > 1:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + body, len(table.columns) - 1)
    paper.table(sheet, document, width=sum(widths), head=_HEAD_ROW)


def _column_width(table: Table, place: int) -> float:
    column = table.columns[place]
    widest = _WIDEST[column.kind]
    if column.kind == "words" and len(table.columns) <= 4:
        widest = _WIDEST_SENTENCE
    return metrics.column_width(
        [_head(column)], (row[place].text for row in table.rows), widest=widest, head_lines=4
    )


def _write_top(sheet: Worksheet, table: Table, document: Document, styles: Styles) -> None:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, table.caption, styles.caption)
    sheet.write_url(1, 0, address(COVER, 0), styles.link, "← 目录")
    if document.warning:
        sheet.write_string(1, 1, document.warning, styles.warning_line)


def _write_head(sheet: Worksheet, columns: Sequence[Column], widths: Sequence[float], styles: Styles) -> None:
    heads = [_head(column) for column in columns]
    # One line more, where the filters' buttons lie.
    sheet.set_row(_HEAD_ROW, metrics.height(zip(heads, _rooms(widths), strict=True)) + metrics.LINE)
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        style = styles.head_numbers if column.kind == "numeric" else styles.head_words
        sheet.write_string(_HEAD_ROW, place, head, style)


def _write_row(
    sheet: Worksheet,
    table: Table,
    number: int,
    row: Sequence[Cell],
    widths: Sequence[float],
    layout: Layout,
    styles: Styles,
) -> None:
    at = FIRST_ROW + number
    last = table.total and number == len(table.rows) - 1
    texts = ((cell.text, room) for cell, room in zip(row, _rooms(widths), strict=True))
    sheet.set_row(at, metrics.height(texts))
    for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
        _write_cell(sheet, at, place, cell, column, table, number, layout, styles, last)


def _write_cell(
    sheet: Worksheet,
    at: int,
    place: int,
    cell: Cell,
    column: Column,
    table: Table,
    number: int,
    layout: Layout,
    styles: Styles,
    last: bool,
) -> None:
    value, target = cell.number, layout.link(cell.href)
    if cell.missing:
        sheet.write_string(at, place, cell.text, styles.missing(numeric=column.kind == "numeric", last=last))
    elif value is not None:
        style = styles.number(cell.digits or 0, sign=cell.sign, last=last)
        formula = _formula(table, number, place)
        if formula:
            sheet.write_formula(at, place, formula, style, value)
        else:
            sheet.write_number(at, place, value, style)
    elif target:
        sheet.write_url(at, place, target, styles.words(link=True, last=last), cell.text)
    else:
        sheet.write_string(at, place, cell.text, styles.words(text=cell.text, status=cell.status, last=last))
    if cell.title:
        sheet.write_comment(at, place, cell.title, {"x_scale": 2, "y_scale": 1, "font_size": 10})


def _formula(table: Table, number: int, place: int) -> str:
    """The cell's formula with addresses in place of columns; empty where one that it needs is no number."""
    template = table.rows[number][place].formula
    names = set(_REFERENCE.findall(template))
    needed = [table.rows[number][int(name)] for name in names if name != "above"]
    if "above" in names:
        needed += [row[place] for row in table.rows[:number]]
    if not template or not needed or any(cell.number is None for cell in needed):
        return ""

    def placed(found: re.Match[str]) -> str:
        if found[1] == "above":
            first = xl_rowcol_to_cell(FIRST_ROW, place)
            return f"{first}:{xl_rowcol_to_cell(FIRST_ROW + number - 1, place)}"
        return str(xl_rowcol_to_cell(FIRST_ROW + number, int(found[1])))

    return "=" + _REFERENCE.sub(placed, template)


def _write_notes(sheet: Worksheet, table: Table, widths: Sequence[float], styles: Styles) -> None:
    at = FIRST_ROW + len(table.rows) + 1
    if not table.rows:
        sheet.write_string(FIRST_ROW, 0, "没有记录。", styles.soft_line)
    for words in (table.note and f"注：{table.note}", table.source and f"来源：{table.source}。"):
        if words:
            # Beyond its cell the line runs on over the empty ones beside it.
            sheet.write_string(at, 0, words, styles.soft_line)
            at += 1


def _rooms(widths: Sequence[float]) -> list[float]:
    return [wide - 1.5 for wide in widths]


def _head(column: Column) -> str:
    return f"{column.head}\n（{column.unit}）" if column.unit else column.head
