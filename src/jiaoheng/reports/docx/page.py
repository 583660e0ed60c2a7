"""The page of GB/T 9704-2012: A4, a type area of 156 by 225 mm, 22 lines of 28 characters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx.markup import element

LINES, CHARACTERS = 22, 28
BODY_POINTS = 16.0
"""三号, the size of the running text."""

_POINTS_IN_MM = 72 / 25.4
# 7 mm below the type area stands the middle of the page number's line, which is 18 points high.
_NUMBER_BELOW, _NUMBER_LINE = 7.0, 18 / _POINTS_IN_MM


@dataclass(frozen=True)
class Page:
    """A sheet and its margins, in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def room(self) -> float:
        """The width of the type area in points."""
        return (self.width - self.left - self.right) * _POINTS_IN_MM

    @property
    def depth(self) -> float:
        """The height of the type area in points."""
        return (self.height - self.top - self.bottom) * _POINTS_IN_MM


# 5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 by 225 mm.
PORTRAIT = Page(210, 297, 37, 35, 28, 26)
# The same sheet, turned so that its binding edge lies on top.
LANDSCAPE = Page(297, 210, 28, 26, 35, 37)
LINE_POINTS = int(PORTRAIT.depth / LINES * 20) / 20
"""The fixed distance of lines, so that 22 stand on a page."""
CLOSER_TWIPS = math.floor((PORTRAIT.room / CHARACTERS - BODY_POINTS) * 20)
"""By how much characters stand closer than they are wide (28 of 16 points are wider than 156 mm).

Said of the text itself: the character grid of a section is read differently by Word and by LibreOffice.
"""


def section(page: Page, *, first_number: int | None = None) -> BaseOxmlElement:
    """The properties of a run of pages; ``first_number`` where the numbers begin anew."""
    turned = {"w:orient": "landscape"} if page.width > page.height else {}
    numbers = [element("w:pgNumType", {"w:start": first_number})] if first_number else []
    return element(
        "w:sectPr",
        {},
        element("w:type", {"w:val": "nextPage"}),
        element("w:pgSz", {"w:w": _twips(page.width), "w:h": _twips(page.height), **turned}),
        element(
            "w:pgMar",
            {
                "w:top": _twips(page.top),
                "w:right": _twips(page.right),
                "w:bottom": _twips(page.bottom),
                "w:left": _twips(page.left),
                "w:header": _twips(15),
                "w:footer": _twips(page.bottom - _NUMBER_BELOW - _NUMBER_LINE / 2),
                "w:gutter": 0,
            },
        ),
        *numbers,
        element("w:docGrid", {"w:type": "lines", "w:linePitch": round(LINE_POINTS * 20)}),
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _POINTS_IN_MM * 20)
