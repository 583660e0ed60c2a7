"""One table on one sheet: caption, head, rows, and beneath them what must be said about it."""

from __future__ import annotations

import re

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.numbers import NOT_APPLICABLE
from jiaoheng.reports.tables import Cell, Column, Table
from jiaoheng.reports.xlsx import metrics, paper
from jiaoheng.reports.xlsx.layout import COVER, FIRST_ROW, Layout, address
from jiaoheng.reports.xlsx.styles import FACE, Styles

_HEAD_ROW = FIRST_ROW - 1
# The widest that a column may be, in half-width characters; of words less, the more columns there are.
_WIDEST = {"numeric": 24.0, "code": 68.0}
_WIDEST_WORDS = ((4, 72.0), (9, 44.0), (1_000, 40.0))
_HEAD_LINES = 4
# What a cell keeps free at its sides.
_SIDES = 2.0
_REFERENCE = re.compile(r"\{(\d+|above)\}")


def write(
    book: xlsxwriter.Workbook, name: str, table: Table, document: Document, layout: Layout, styles: Styles
) -> None:
    """Write ``table`` on a new sheet called ``name``."""
    page = _Page(book, name, table, layout, styles)
    page.top(document.warning)
    page.head()
    page.body()
    page.notes()
    page.sheet.freeze_panes(FIRST_ROW, 1)
    rows = len(table.rows) - table.total
    if table.sortable and rows > 1:
        page.sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + rows, len(table.columns) - 1)
    paper.table(page.sheet, document, width=sum(page.widths), head=_HEAD_ROW)


class _Page:
    """The sheet of one table."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, table: Table, layout: Layout, styles: Styles
    ) -> None:
        self.sheet = book.add_worksheet(name, worksheet_class=ExactSheet)
        self.sheet.hide_gridlines(2)
        self.widths = [_column_width(table, place) for place in range(len(table.columns))]
        for place, wide in enumerate(self.widths):
            self.sheet.set_column(place, place, wide)
        self._table, self._layout, self._styles = table, layout, styles
        # On paper the first column stands on every page: a line that begins in it would be cut off there.
        self._start = 1 if paper.pages_beside(sum(self.widths)) > 1 else 0

    def top(self, warning: str) -> None:
        self.sheet.set_row(0, 26)
        self.sheet.set_row(1, 18)
        self.sheet.write_string(0, self._start, self._table.caption, self._styles.caption)
        self.sheet.write_url(1, 0, address(COVER, 0), self._styles.link, "← 目录")
        if warning:
            self.sheet.write_string(1, 1, warning, self._styles.warning_line)

    def head(self) -> None:
        heads = [_head(column) for column in self._table.columns]
        # One line more, where the filters' buttons lie.
        buttons = metrics.LINE if self._table.sortable else 0
        self.sheet.set_row(_HEAD_ROW, self._height(heads) + buttons)
        for place, (head, column) in enumerate(zip(heads, self._table.columns, strict=True)):
            style = self._styles.head_numbers if column.kind == "numeric" else self._styles.head_words
            self.sheet.write_string(_HEAD_ROW, place, head, style)

    def body(self) -> None:
        spans = [self._table.spans(place) for place in range(len(self._table.columns))]
        for number, row in enumerate(self._table.rows):
            # What is joined has the height of all its rows.
            texts = ["" if place < self._table.joined else cell.text for place, cell in enumerate(row)]
            self.sheet.set_row(FIRST_ROW + number, self._height(texts))
            for place, cell in enumerate(row):
                span = spans[place][number]
                if span > 1:
                    below = FIRST_ROW + number + span - 1
                    self.sheet.merge_range(
                        FIRST_ROW + number, place, below, place, "", self._styles.words(text=cell.text)
                    )
                if span:
                    self._cell(number, place, cell)
        if not self._table.rows:
            self.sheet.write_string(FIRST_ROW, self._start, "没有记录。", self._styles.soft_line)

    def notes(self) -> None:
        at = FIRST_ROW + len(self._table.rows) + 1
        note, source = self._table.note, self._table.source
        for words in (note and f"注：{note}", source and f"来源：{source}。"):
            if words:
                # The line runs on over the empty cells beside it.
                self.sheet.write_string(at, self._start, words, self._styles.soft_line)
                at += 1

    def _cell(self, number: int, place: int, cell: Cell) -> None:
        sheet, styles, at = self.sheet, self._styles, FIRST_ROW + number
        last = self._table.total and number == len(self._table.rows) - 1
        value, target = cell.number, self._layout.link(cell.href)
        if cell.missing:
            numeric = self._table.columns[place].kind == "numeric"
            sheet.write_string(at, place, cell.text, styles.missing(numeric=numeric, last=last))
        elif value is not None:
            style = styles.number(cell.digits or 0, sign=cell.sign, last=last)
            formula = _formula(self._table, number, place)
            if formula:
                # The value lies beside the formula, for programs that show a sheet without computing it.
                sheet.write_formula(at, place, formula, style, value)
            else:
                sheet.write_number(at, place, value, style)
        elif target:
            sheet.write_url(at, place, target, styles.words(link=True, last=last), cell.text)
        else:
            style = styles.words(text=cell.text, status=cell.status, last=last)
            sheet.write_string(at, place, metrics.cut(cell.text), style)
        if cell.title:
            look = {"x_scale": 2, "font_name": FACE, "font_size": 10}
            sheet.write_comment(at, place, metrics.cut(cell.title), look)

    def _height(self, texts: list[str]) -> float:
        return metrics.height(zip(texts, (wide - _SIDES for wide in self.widths), strict=True))


def _column_width(table: Table, place: int) -> float:
    column = table.columns[place]
    words = next(wide for most, wide in _WIDEST_WORDS if len(table.columns) <= most)
    return metrics.column_width(
        [_head(column)],
        (row[place].text for row in table.rows),
        widest=_WIDEST.get(column.kind, words),
        head_lines=_HEAD_LINES,
    )


def _head(column: Column) -> str:
    return f"{column.head}\n（{column.unit}）" if column.unit else column.head


def _formula(table: Table, number: int, place: int) -> str:
    """The cell's formula with addresses in place of columns; empty where one that it needs is no number.

    A sum passes over words, and may do so where they say that there is nothing to add.
    """
    template = table.rows[number][place].formula
    names = set(_REFERENCE.findall(template))
    needed = [table.rows[number][int(name)] for name in names if name != "above"]
    if "above" in names:
        needed += [row[place] for row in table.rows[:number]]
    if template.startswith("SUM("):
        needed = [cell for cell in needed if cell.text != NOT_APPLICABLE]
    if not needed or any(cell.number is None for cell in needed):
        return ""

    def address_of(found: re.Match[str]) -> str:
        if found[1] == "above":
            first, last = (xl_rowcol_to_cell(row, place) for row in (FIRST_ROW, FIRST_ROW + number - 1))
            return f"{first}:{last}"
        return str(xl_rowcol_to_cell(FIRST_ROW + number, int(found[1])))

    return "=" + _REFERENCE.sub(address_of, template)
