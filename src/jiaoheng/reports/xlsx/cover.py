"""The first sheet: what the workbook is, what it rests on, and a way to every other sheet."""

from __future__ import annotations

import xlsxwriter

from jiaoheng.reports.blocks import Document
from jiaoheng.reports.xlsx import metrics, paper
from jiaoheng.reports.xlsx.layout import COVER, DRAWINGS, PROSE, Layout, address
from jiaoheng.reports.xlsx.styles import Styles

_MARGIN, _NAMES, _TEXTS = 2, 34, 62


def write(book: xlsxwriter.Workbook, document: Document, layout: Layout, styles: Styles) -> None:
    """Write the contents."""
    sheet = book.add_worksheet(COVER)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _MARGIN)
    sheet.set_column(1, 1, _NAMES)
    sheet.set_column(2, 2, _TEXTS)
    paper.portrait(sheet, document)
    sheet.set_row(0, 12)
    sheet.set_row(1, 32)
    sheet.write_string(1, 1, document.title, styles.title)
    sheet.write_string(2, 1, document.subtitle, styles.soft_line)
    row = 4
    if document.warning:
        sheet.merge_range(row, 1, row, 2, document.warning, styles.warning)
        sheet.set_row(row, metrics.height([(document.warning, _NAMES + _TEXTS)], least=2))
        row += 2
    for fact in document.facts:
        sheet.write_string(row, 1, fact.name, styles.soft)
        sheet.write_string(row, 2, fact.text, styles.plain)
        sheet.set_row(row, metrics.height([(fact.text, _TEXTS)]))
        row += 1
    row += 1
    sheet.write_string(row, 1, "目录", styles.heading)
    sheet.set_row(row, 22)
    for name, what in _contents(layout):
        row += 1
        sheet.set_row(row, metrics.height([(name, _NAMES), (what, _TEXTS)]))
        sheet.write_url(row, 1, address(name, 0), styles.link, name)
        sheet.write_string(row, 2, what, styles.soft)


def _contents(layout: Layout) -> list[tuple[str, str]]:
    found = [(PROSE, "各章的文字")] if layout.prose else []
    found += [(name, f"{len(table.rows)}行，{len(table.columns)}列") for name, table in layout.tables]
    return found + ([(DRAWINGS, f"{len(layout.drawings)}幅，可以编辑")] if layout.drawings else [])
