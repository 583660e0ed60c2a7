"""Reads a figure as people write it into a cell: full-width digits, commas, a unit or % behind."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from jiaoheng.census.units import TEN_THOUSAND, factor_in_cell, is_unit

_NUMBER = re.compile(r"[+-]?(?=\.?\d)(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?", re.ASCII)
_WITH_UNIT = re.compile(
    rf"(?P<number>{_NUMBER.pattern})\s*(?P<unit>[^\d\s.,%+-].*)?(?P<percent>%)?", re.ASCII
)


class Figure(NamedTuple):
    """A number, and the factor to the base unit that the cell's own unit asks for (None: as the heading)."""

    number: float
    factor: float | None


class FigureError(ValueError):
    """A text is no figure, or one of another unit. ``reason`` and ``mend`` are Chinese."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def read_figure(text: str, unit: str) -> Figure:
    """What a cell's text says in a column of that base unit.

    Parameters
    ----------
    text : as `values.clean` leaves it; not a blank.
    unit : the base unit of the column (yuan, m2, 人, %), empty for a share or a mere number.

    Raises
    ------
    FigureError
        It is no figure, or its unit is not one of the column's.
    """
    found = _WITH_UNIT.fullmatch(text)
    if found is None:
        raise FigureError("不是数字", "请改为阿拉伯数字。")
    number = float(found["number"].replace(",", ""))
    if not math.isfinite(number):
        raise FigureError("不是数字", "请改为阿拉伯数字。")
    if found["percent"]:
        if found["unit"] or unit not in ("%", ""):
            raise FigureError("是百分数", "请填数量，不要填比例。")
        # In a column in per cent, 85% is 85; in a column of shares, it is 0.85.
        return Figure(number if unit == "%" else number / 100, None)
    word = (found["unit"] or "").strip()
    if not word:
        return Figure(number, None)
    if word == TEN_THOUSAND:
        raise FigureError("以“万”结尾，看不出是什么单位", "请写明单位（如“3.5万元”），或按表头的单位填数。")
    factor = factor_in_cell(word, unit)
    if factor is None and is_unit(word):
        raise FigureError(f"以“{word}”为单位，与本列不符", "请按表头的单位填数；各列是否错位也请检查。")
    if factor is None:
        raise FigureError("不是数字", "请改为阿拉伯数字。")
    return Figure(number, factor)
