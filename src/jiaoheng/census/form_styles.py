"""How the sheets look that go out to be filled in: what may be typed is light, the rest is locked."""

from __future__ import annotations

from typing import Any

import xlsxwriter


def form_styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """The cell formats of a form: ``title``, ``plain``, ``head``, ``locked``, and for answers ``text``,
    ``number``, ``percent`` and ``date``."""
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9D1DA"}
    fill = {**cell, "bg_color": "#FFF8E1", "locked": False}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#D9E2EC", "valign": "vcenter"}),
        "locked": book.add_format({**cell, "num_format": "@", "bg_color": "#F1F3F5"}),
        "text": book.add_format({**fill, "num_format": "@"}),
        "number": book.add_format({**fill, "num_format": "General"}),
        "percent": book.add_format({**fill, "num_format": "0.##"}),
        "date": book.add_format({**fill, "num_format": "yyyy-mm-dd"}),
    }
