"""How sheets are printed: A4, margins, what repeats on every page, and page numbers."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from jiaoheng.reports.blocks import Document

_A4 = 9
# Half-width characters of 11 points that an A4 page holds between the margins.
_UPRIGHT, _ACROSS = 88.0, 132.0
# Smaller than this share of its size, print is hard to read: a wider table goes on beside the first page.
_SMALLEST = 0.62


def portrait(sheet: Worksheet, document: Document) -> None:
    """An upright page, as wide as the sheet."""
    _common(sheet, document)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)


def across(sheet: Worksheet, document: Document) -> None:
    """A page across, as wide as the sheet."""
    _common(sheet, document)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def table(sheet: Worksheet, document: Document, *, width: float, head: int) -> None:
    """A page for a table: upright where it fits, else across; its head and first column on every page.

    Parameters
    ----------
    width : of the table, in half-width characters.
    head : the row of the head, from 0.
    """
    _common(sheet, document)
    if width <= _UPRIGHT / 0.85:
        sheet.set_portrait()
        pages = 1
    else:
        sheet.set_landscape()
        pages = max(1, -(-int(width * _SMALLEST) // int(_ACROSS)))
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(head)
    if pages > 1:
        sheet.repeat_columns(0)


def _common(sheet: Worksheet, document: Document) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.center_horizontally()
    title = document.title.replace("&", "&&")
    # A header holds 255 characters.
    sheet.set_header(f"&L&9{title[:120]}")
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
