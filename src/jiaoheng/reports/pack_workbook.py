"""A pack as a workbook that an expert can edit: a guide, and a sheet for each sort of entry."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.template_sheet import ExactSheet
from jiaoheng.packs.sheets import DOCUMENT, GUIDE, Cell, Column, Filled
from jiaoheng.packs.sheets.codecs import DAY, NUMBER

_LAST_ROW = 2000
_LINE_POINTS = 14
_LINES = (
    "一份文件一个工作簿，写成一个规则包。导入：jiaoheng pack import 工作区 本文件.xlsx。",
    "「文件」表写文件本身；其余各表每行一条，第 1 行是栏目。用不到的表和栏目可以留空或删去，不要改名。",
    "深色栏目必填。把鼠标停在栏目上，可以看到怎样填写；有下拉箭头的请从列表中选择。",
    "空白就是不写，不是 0。不知道的印发日期留空。",
    "编号用小写英文字母、数字和下划线，在全部规则中不能重复；文件编号用连字符，如 our-county-2024。",
    "要替换软件自带的同编号规则（如参数、项目），在「替换同编号」填“是”。",
    "「合成规则」「等次」「例外」「评分输入」「评分情形」各行的「所属编号」是它所属的标准、项目或评分项的编号。",
    "多个值写在一格里，每行一个（Alt+Enter 换行）。各学段不同的阈值每行写“小学：4.2”。",
    "阈值可以是数、参数编号或算式。算式的写法见《算式》参考。",
    "没有核对原文的，把疑点写在「未核对之处」，会显示在结果旁边。",
)


def render_pack(sheets: Sequence[Filled], *, title: str) -> bytes:
    """The workbook.

    Parameters
    ----------
    sheets : the sheets of a pack, filled or empty.
    title : what the guide says the workbook is.

    Returns
    -------
    bytes
        An .xlsx file. Text stays text, whatever it begins with, and numbers keep every digit.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Microsoft YaHei", "font_size": 10},
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        look = _Look(book)
        _write_guide(book.add_worksheet(GUIDE), look, title)
        for filled in sheets:
            sheet = book.add_worksheet(filled.name, worksheet_class=ExactSheet)
            (_write_document if filled.name == DOCUMENT else _write_entries)(sheet, filled, look)
    return target.getvalue()


class _Look:
    """The formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        edge = {"bold": True, "border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading = book.add_format({**edge, "bg_color": "#F0F4F8"})
        self.required = book.add_format({**edge, "bg_color": "#334E68", "font_color": "#FFFFFF"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.plain = book.add_format({"valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})


def _on_paper(sheet: Worksheet) -> None:
    """A3 across, all columns on one page, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&A　&P / &N")


def _write_guide(sheet: Worksheet, look: _Look, title: str) -> None:
    _on_paper(sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 1, title, look.title)
    for number, line in enumerate(_LINES, 1):
        sheet.write_number(number + 1, 0, number)
        sheet.write_string(number + 1, 1, line, look.wrapped)


def _write_document(sheet: Worksheet, filled: Filled, look: _Look) -> None:
    """A field to a row."""
    _on_paper(sheet)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    sheet.write_row(0, 0, ("栏目", "内容"), look.heading)
    sheet.freeze_panes(1, 1)
    for row, (column, (_, value)) in enumerate(zip(filled.columns, filled.rows, strict=True), 1):
        sheet.write_string(row, 0, column.heading, look.required if column.required else look.heading)
        sheet.write_comment(row, 0, _hint(column))
        _write_cell(sheet, row, 1, value, look)


def _write_entries(sheet: Worksheet, filled: Filled, look: _Look) -> None:
    """An entry to a row."""
    _on_paper(sheet)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 30)
    for row, values in enumerate(filled.rows, 1):
        lines = max(str(value).count("\n") + 1 for value in values)
        sheet.set_row(row, _LINE_POINTS * lines + 2)
    for place, column in enumerate(filled.columns):
        cells = [row[place] for row in filled.rows]
        # Typed into a text column, 1-2 stays what it is, and does not become a date.
        usual = look.plain if column.codec in (NUMBER, DAY) else look.text
        sheet.set_column(place, place, _width(column, cells), usual)
        sheet.write_string(0, place, column.heading, look.required if column.required else look.heading)
        sheet.write_comment(0, place, _hint(column))
        if column.codec.choices:
            source = list(column.codec.choices)
            sheet.data_validation(1, place, _LAST_ROW, place, {"validate": "list", "source": source})
        for row, cell in enumerate(cells, 1):
            _write_cell(sheet, row, place, cell, look)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, look: _Look) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, look.plain)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, look.day)
    elif cell is not None:
        sheet.write_string(row, place, str(cell), look.text)


def _hint(column: Column) -> str:
    needed = "必填。" if column.required else "不知道的留空。" if column.null else ""
    return f"{needed}{column.codec.hint}"


def _width(column: Column, cells: Sequence[Cell]) -> float:
    lines = [line for cell in cells if isinstance(cell, str) for line in cell.split("\n")]
    longest = max((sum(2 if ord(sign) > 255 else 1 for sign in line) for line in lines), default=0)
    return float(min(max(longest, 2 * len(column.heading)) + 2, 48))
