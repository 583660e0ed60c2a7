"""The look of every sheet: one face, faint lines, and colour only where it says something."""

from __future__ import annotations

from functools import cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from jiaoheng.reports.charts import ACCENT, FAINT, INK, SOFT

# On every office computer, with Excel and with WPS.
FACE, STRONG_FACE = "宋体", "黑体"
# Tied to no theme: a theme would put its own face in place of the one that is named.
BASE_FONT = {"font_name": FACE, "font_size": 11, "font_color": INK, "font_scheme": "none"}

BOOK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": BASE_FONT,
}
"""The options of every book: text stays text, whatever it begins with."""
HEAD_FILL = "#EAEFF4"
WARNING = "#9B1C2E"
# The colours that the page gives to the statuses; the words say the same.
STATUS = {
    "met": "#00695C",
    "on_track": "#1D5A8E",
    "behind": "#A84B00",
    "missed": "#9B1C2E",
    "unknown": SOFT,
    "not_applicable": SOFT,
}

# What a spreadsheet program may take for a formula when the cell is edited again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Styles:
    """The cell formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._book = book
        self.title = self.style(font_name=STRONG_FACE, font_size=18, valign="vcenter")
        self.caption = self.style(font_name=STRONG_FACE, font_size=14, valign="vcenter")
        self.heading = self.style(font_name=STRONG_FACE, font_size=12, valign="vcenter")
        self.plain = self.style(valign="top", text_wrap=True)
        self.plain_line = self.style(valign="vcenter")
        self.soft = self.style(font_color=SOFT, valign="top", text_wrap=True)
        self.soft_line = self.style(font_color=SOFT, valign="vcenter")
        self.warning = self.style(font_color=WARNING, bold=True, valign="vcenter", text_wrap=True)
        self.warning_line = self.style(font_color=WARNING, valign="vcenter")
        self.link = self.style(font_color=ACCENT, underline=1, valign="vcenter")
        self.head_words = self._head(align="left")
        self.head_numbers = self._head(align="right")

    def style(self, **properties: Any) -> Format:
        """The workbook's format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            # A format of its own starts from the library's face, not from the workbook's.
            self._made[key] = self._book.add_format({**BASE_FONT, **properties})
        return self._made[key]

    def number(self, digits: int, *, sign: bool = False, last: bool = False) -> Format:
        """A number with its places; ``sign`` gives a rise its plus; ``last`` is the row of the whole."""
        return self.style(**_body(last), align="right", indent=1, num_format=number_format(digits, sign=sign))

    def words(self, *, last: bool = False, text: str = "", status: str = "", link: bool = False) -> Format:
        """Words that break into lines; a text that looks like a formula is marked as none."""
        more: dict[str, Any] = {}
        if text.startswith(_FORMULA_STARTS):
            more["quote_prefix"] = True
        if status:
            more |= {"font_color": STATUS[status], "bold": True}
        if link:
            more |= {"font_color": ACCENT, "underline": 1}
        return self.style(**(_body(last) | more), align="left", text_wrap=True, num_format="@")

    def missing(self, *, numeric: bool, last: bool = False) -> Format:
        """A value that is not known, or has no meaning."""
        return self.style(
            **(_body(last) | {"font_color": SOFT}),
            align="right" if numeric else "left",
            indent=1 if numeric else 0,
        )

    def _head(self, *, align: str) -> Format:
        return self.style(
            font_name=STRONG_FACE,
            font_size=10.5,
            bg_color=HEAD_FILL,
            align=align,
            indent=1 if align == "right" else 0,
            valign="top",
            text_wrap=True,
            top=1,
            bottom=1,
            top_color=SOFT,
            bottom_color=SOFT,
        )


@cache
def number_format(digits: int, *, sign: bool = False) -> str:
    """The number format of a value with ``digits`` places and thousands separators."""
    places = "#,##0" + ("." + "0" * digits if digits else "")
    return f"+{places};-{places};{places}" if sign else places


def _body(last: bool) -> dict[str, Any]:
    common: dict[str, Any] = {"valign": "vcenter", "bottom": 1, "bottom_color": FAINT}
    if last:
        common |= {"font_name": STRONG_FACE, "top": 1, "top_color": SOFT, "bottom_color": SOFT}
    return common
