"""The workbook as a whole: which sheets there are, and in which order they are written."""

from __future__ import annotations

import io
from datetime import date, datetime

import xlsxwriter

from jiaoheng.reports.blocks import Document
from jiaoheng.reports.xlsx import cover, drawing, grid, prose
from jiaoheng.reports.xlsx.layout import DRAWINGS, Layout, lay_out
from jiaoheng.reports.xlsx.styles import BASE_FONT, Styles

# A workbook says when it was made; where nobody says it, the same report still makes the same bytes.
_UNDATED = date(2000, 1, 1)


def render(document: Document, *, created: date | None = None) -> bytes:
    """``document`` as an Excel workbook.

    Parameters
    ----------
    created : the day that the file's properties name. The same document and day make the same bytes.

    Returns
    -------
    bytes
        An .xlsx file: 目录, then the text of the chapters, a sheet for every table, and the charts. Text
        stays text, whatever it begins with; nothing in the file reaches outside it.
    """
    layout = lay_out(document)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": dict(BASE_FONT),
        },
    )
    with book:
        book.set_properties(_properties(document, layout, created or _UNDATED))
        styles = Styles(book)
        cover.write(book, document, layout, styles)
        if layout.prose:
            prose.write(book, document, layout, styles)
        for name, table in layout.tables:
            grid.write(book, name, table, document, layout, styles)
        if layout.drawings:
            drawing.write(book, DRAWINGS, document, layout.drawings, styles)
    return target.getvalue()


def _properties(document: Document, layout: Layout, day: date) -> dict[str, object]:
    return {
        "title": document.title,
        "subject": document.subtitle,
        "comments": document.warning,
        "author": layout.fact("监测对象"),
        "created": datetime(day.year, day.month, day.day),
    }
