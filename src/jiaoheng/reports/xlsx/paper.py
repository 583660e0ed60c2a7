"""How sheets are printed: A4, margins, what repeats on every page, and page numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from jiaoheng.reports.blocks import Document

_A4 = 9
# Half-width characters of 11 points that an A4 page holds between the margins.
_UPRIGHT, _ACROSS = 88.0, 132.0
# Smaller than this share of its size, print is hard to read: a wider table goes on beside the first page.
_SMALLEST = 0.5


def portrait(sheet: Worksheet, document: Document) -> None:
    """An upright page, as wide as the sheet."""
    _common(sheet, document)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)


def across(sheet: Worksheet, document: Document, *, width: float, breaks: Sequence[int]) -> None:
    """Pages across, of which a new one begins before each of the rows ``breaks`` (from 0).

    Parameters
    ----------
    width : of what is printed, in half-width characters.
    """
    _common(sheet, document)
    sheet.set_landscape()
    # Excel heeds breaks only where it need not fit the sheet to pages.
    sheet.set_print_scale(max(10, min(100, int(100 * _ACROSS / width))))
    sheet.set_h_pagebreaks(list(breaks))


def pages_beside(width: float) -> int:
    """How many pages across a table of this width (in half-width characters) takes, lying side by side."""
    return max(1, math.ceil(width * _SMALLEST / _ACROSS))


def table(sheet: Worksheet, document: Document, *, width: float, head: int) -> None:
    """A page for a table: upright where it fits, else across; its head and first column on every page.

    Parameters
    ----------
    width : of the table, in half-width characters.
    head : the row of the head, from 0.
    """
    _common(sheet, document)
    pages = pages_beside(width)
    if width <= _UPRIGHT / 0.85:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(head)
    if pages > 1:
        sheet.repeat_columns(0)


def _common(sheet: Worksheet, document: Document) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.center_horizontally()
    title = document.title.replace("&", "&&")
    # A header holds 255 characters; the space keeps a figure that the title begins with apart from the size.
    sheet.set_header(f"&L&9 {title[:120]}")
    sheet.set_footer("&C&9 第 &P 页，共 &N 页")
