"""The workbook as a whole: which sheets there are, and in which order they are written."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import date, datetime

import xlsxwriter

from jiaoheng.reports.blocks import Document
from jiaoheng.reports.xlsx import cover, drawing, grid, prose
from jiaoheng.reports.xlsx.layout import DRAWINGS, lay_out
from jiaoheng.reports.xlsx.styles import BOOK, Styles

# A workbook says when it was made; where nobody says it, the same report still makes the same bytes.
_UNDATED = date(2000, 1, 1)


def render(document: Document) -> bytes:
    """``document`` as an Excel workbook.

    Returns
    -------
    bytes
        An .xlsx file: 目录, then the text of the chapters, a sheet for every table, and the charts. Text
        stays text, whatever it begins with; nothing in the file reaches outside it. The same document makes
        the same bytes.
    """
    layout = lay_out(document)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, deepcopy(BOOK))
    with book:
        book.set_properties(_properties(document))
        styles = Styles(book)
        cover.write(book, document, layout, styles)
        if layout.prose:
            prose.write(book, document, layout, styles)
        for name, table in layout.tables:
            grid.write(book, name, table, document, layout, styles)
        if layout.drawings:
            drawing.write(book, DRAWINGS, document, layout.drawings, styles)
    return target.getvalue()


def _properties(document: Document) -> dict[str, object]:
    day = document.created or _UNDATED
    return {
        "title": document.title,
        "subject": document.subtitle,
        "comments": document.warning,
        "author": document.issuer,
        "created": datetime(day.year, day.month, day.day),
    }
