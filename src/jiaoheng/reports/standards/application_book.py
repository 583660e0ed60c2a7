"""The forms of an application as a workbook that can be sent: one sheet a form, headings as on the form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.packs.application import Application, Form
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import day
from jiaoheng.reports.standards.application import headings, shown
from jiaoheng.reports.xlsx import metrics
from jiaoheng.reports.xlsx.names import sheet_names
from jiaoheng.reports.xlsx.styles import BOOK, STRONG_FACE, Styles
from jiaoheng.standards.application import FilledCell, FilledForm
from jiaoheng.standards.verdict import Verdict

FIRST = "填报说明"
FILLS = {
    Verdict.FAILED: {"bg_color": "#595959", "font_color": "#FFFFFF"},
    Verdict.WITHIN: {"bg_color": "#BFBFBF"},
}
"""The fill of a value that does not reach what is asked; the darker misses the milder threshold too."""

_PAPER = {"A3": 8, "A4": 9}
_HEAD = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "font_size": 10}
_BODY = {"valign": "vcenter", "border": 1, "font_size": 10}
_WIDEST, _NARROWEST, _HEAD_LINES = 46.0, 7.0, 5
_SHORT_WORDS = 12
_SPEAKING = {"remarks": 24, "item_evidence": 24}
_TITLE_ROW, _UNIT_ROW, _HEAD_ROW = 1, 2, 3


def application_book(application: Application, forms: Sequence[FilledForm], origin: Origin) -> bytes:
    """The workbook: what is said of all forms, then a sheet for each.

    Returns
    -------
    bytes
        An .xlsx file. Numbers are numbers, unrounded, shown with the places of the form; what is not known is
        an empty cell.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, deepcopy(BOOK))
    made = origin.generated_on
    with book:
        book.set_properties(
            {
                "title": f"{origin.region_name}{application.application.name}",
                "author": origin.region_name,
                "comments": origin.warning,
                "created": datetime(made.year, made.month, made.day),
            }
        )
        styles = Styles(book)
        _first(book, application, forms, origin, styles)
        names = sheet_names([filled.form.label for filled in forms], taken=(FIRST,))
        for name, filled in zip(names, forms, strict=True):
            _Sheet(book.add_worksheet(name, worksheet_class=ExactSheet), filled, origin, styles).write()
    return target.getvalue()


def _first(
    book: xlsxwriter.Workbook,
    application: Application,
    forms: Sequence[FilledForm],
    origin: Origin,
    styles: Styles,
) -> None:
    """What is said of the whole set."""
    sheet = book.add_worksheet(FIRST)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 76)
    sheet.set_paper(_PAPER["A4"])
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, application.application.name, styles.title)
    lines: list[tuple[str, str]] = [
        ("填报单位", origin.region_name),
        ("统计时点", day(origin.as_of)),
        ("生成日期", day(origin.generated_on)),
        ("数据版本", origin.source),
        *((filled.form.label, filled.form.title) for filled in forms),
        *((f"说明{place}", note) for place, note in enumerate(application.notes, 1)),
        *(("待核对", doubt) for doubt in application.application.unverified),
    ]
    row = 2
    if origin.warning:
        sheet.write_string(1, 0, origin.warning, styles.warning_line)
    for name, words in lines:
        sheet.write_string(row, 0, name, styles.soft)
        sheet.write_string(row, 1, words, styles.plain)
        sheet.set_row(row, metrics.height([(words, 74)]))
        row += 1


class _Sheet:
    def __init__(self, sheet: Worksheet, filled: FilledForm, origin: Origin, styles: Styles) -> None:
        self._sheet, self._filled, self._origin, self._styles = sheet, filled, origin, styles
        self._form: Form = filled.form
        self._heads = [tuple(map(_unit_below, headings(column.head))) for column in self._form.columns]
        self._depth = max(map(len, self._heads))
        self._widths = [self._width(place) for place in range(len(self._heads))]
        self._last = len(self._heads) - 1
        # Names and sentences begin at the left; a column of short words is centred.
        self._long = [
            any(metrics.width(shown(row[place])) > _SHORT_WORDS for row in filled.rows)
            for place in range(len(self._heads))
        ]

    def write(self) -> None:
        sheet, form, styles = self._sheet, self._form, self._styles
        sheet.hide_gridlines(2)
        for place, width in enumerate(self._widths):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, form.label, styles.style(font_name=STRONG_FACE, font_size=11))
        self._across(_TITLE_ROW, form.title, {"font_name": STRONG_FACE, "font_size": 16, "align": "center"})
        sheet.set_row(_TITLE_ROW, 30)
        unit = f"填报单位：{self._origin.region_name}　统计时点：{day(self._origin.as_of)}"
        self._across(_UNIT_ROW, unit, {"font_size": 10})
        self._heading()
        body = _HEAD_ROW + self._depth
        for number, row in enumerate(self._filled.rows):
            texts = [(shown(cell), width - 2) for cell, width in zip(row, self._widths, strict=True)]
            sheet.set_row(body + number, max(20.0, metrics.height(texts)))
            for place, cell in enumerate(row):
                self._cell(body + number, place, cell)
        self._notes(body + len(self._filled.rows) + 1)
        sheet.freeze_panes(body, self._names())
        self._print(body)

    def _heading(self) -> None:
        """The heading in as many rows as it has levels; equal neighbours become one cell."""
        style = self._styles.style(**_HEAD, font_name=STRONG_FACE)
        for level in range(self._depth):
            need = [
                (head[level], self._widths[place] - 1)
                for place, head in enumerate(self._heads)
                if len(head) == level + 1
            ]
            share = self._depth - level if level == 0 else 1
            self._sheet.set_row(_HEAD_ROW + level, max(20.0, metrics.height(need) / share))
        for place, end, level, words in self._head_cells():
            bottom = self._depth - 1 if len(self._heads[place]) == level + 1 else level
            self._merge(_HEAD_ROW + level, place, _HEAD_ROW + bottom, end, words, style)

    def _head_cells(self) -> Iterator[tuple[int, int, int, str]]:
        """Each cell of the heading: first and last column, level, and words."""
        for level in range(self._depth):
            places = [place for place, head in enumerate(self._heads) if len(head) > level]
            # A cell above others spans them; one that names its column stands alone.
            keyed = groupby(
                places,
                key=lambda place: (
                    self._heads[place][: level + 1],
                    place if len(self._heads[place]) == level + 1 else -1,
                ),
            )
            for (words, _), found in keyed:
                run = list(found)
                yield run[0], run[-1], level, words[-1]

    def _cell(self, row: int, place: int, cell: FilledCell) -> None:
        look: dict[str, Any] = {**_BODY, **FILLS.get(cell.verdict or Verdict.MET, {})}
        if isinstance(cell.value, float):
            places = f"0.{'0' * cell.digits}" if cell.digits else "0"
            style = self._styles.style(**look, align="right", num_format=places)
            self._sheet.write_number(row, place, cell.value, style)
        elif cell.value:
            long = self._long[place]
            style = self._styles.style(
                **look, align="left" if long else "center", text_wrap=True, num_format="@"
            )
            self._sheet.write_string(row, place, metrics.cut(cell.value), style)
        else:
            self._sheet.write_blank(row, place, None, self._styles.style(**_BODY))

    def _notes(self, row: int) -> None:
        room = sum(self._widths) - 4
        notes = [f"{place}. {note}" for place, note in enumerate(self._form.notes, 1)]
        for words in ["填报说明：", *notes] if notes else []:
            self._across(row, words, {"font_size": 10, "text_wrap": True})
            self._sheet.set_row(row, metrics.height([(words, room)]))
            row += 1
        if self._origin.warning:
            self._across(row, self._origin.warning, {"font_size": 10, "bold": True})

    def _across(self, row: int, words: str, look: dict[str, Any]) -> None:
        self._merge(row, 0, row, self._last, words, self._styles.style(valign="vcenter", **look))

    def _merge(self, top: int, left: int, bottom: int, right: int, words: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, words, style)
        else:
            self._sheet.merge_range(top, left, bottom, right, words, style)

    def _width(self, place: int) -> float:
        head = self._heads[place][-1]
        least = _SPEAKING.get(self._form.columns[place].show or "", int(_NARROWEST - 3))
        return metrics.column_width(
            [head],
            [*(shown(row[place]) for row in self._filled.rows), "x" * least],
            widest=_WIDEST,
            head_lines=_HEAD_LINES,
        )

    def _names(self) -> int:
        """How many columns at the left say whose row it is."""
        naming = ("number", "region", "school", "stage", "key", "item_number")
        shows = [column.show for column in self._form.columns]
        return next((place for place, show in enumerate(shows) if show not in naming), len(shows))

    def _print(self, body: int) -> None:
        sheet = self._sheet
        sheet.set_paper(_PAPER[self._form.paper])
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW, body - 1)
        sheet.set_footer(f"&L&9{self._form.label}&C&9第 &P 页，共 &N 页")


def _unit_below(words: str) -> str:
    """A heading with its unit on a line of its own, so that no line breaks inside its brackets."""
    return re.sub(r"(?<=.)（([^（）]{1,4})）$", r"\n（\1）", words)
