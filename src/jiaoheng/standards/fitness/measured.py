"""Reads a measurement as people write it into a cell: 3'40", 3.40 and 3:40 are 220 seconds, 8"9 is 8.9.

What cannot be read is an error that never repeats the cell: it may hold a name that slipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jiaoheng.census import values
from jiaoheng.census.workbook import Cell
from jiaoheng.packs.fitness_rules import FitnessInput

_MARKS = str.maketrans({"′": "'", "’": "'", "‘": "'", "`": "'", "´": "'", "″": '"', "”": '"', "“": '"'})
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_CLOCK = re.compile(r"(\d{1,2})(?:'|分|:)(?:([0-5]?\d)(?:(?:\.(\d+))?(?:\"|''|秒)?|(?:\"|''|秒)(\d+))?)?")
_POINT = re.compile(r"(\d{1,2})\.([0-5]?\d)")
_SECONDS = re.compile(r"(\d{1,3})(?:\"|''|秒)(\d{1,2})?")
_LEAST_SECONDS = 60
"""A plain number below this in a column of minutes and seconds is minutes, a point and seconds."""

_ALSO = {"厘米": ("cm",), "毫升": ("ml",), "千克": ("公斤", "kg"), "秒": ("s",), "次": ("个",)}
"""Other ways to write a unit after a number."""


class MeasuredError(ValueError):
    """A cell is no measurement: what it is not, and how to mend it."""

    def __init__(self, of: FitnessInput) -> None:
        clock = of.form == "clock"
        self.reason = "不是分和秒" if clock else "不是数"
        self.mend = "请写作 3'40\"。" if clock else f"请写以{of.unit}为单位的数。"
        super().__init__(self.reason)


@dataclass(frozen=True)
class Measured:
    """What a cell says.

    Attributes
    ----------
    value : in the unit of what was measured; None for a blank and for a word that says nothing was measured.
    guessed : whether it was written so that it could be read in two ways: 3.4 for 3'40".
    """

    value: float | None
    guessed: bool = False


def read_measured(cell: Cell, of: FitnessInput, untested: frozenset[str] = frozenset()) -> Measured:
    """Read a cell.

    Parameters
    ----------
    cell : as the workbook has it.
    of : what is measured.
    untested : the words that say that nothing was.

    Raises
    ------
    MeasuredError
        It is no measurement of this kind.
    """
    if isinstance(cell, bool) or (isinstance(cell, date) and not isinstance(cell, datetime)):
        raise MeasuredError(of)
    if isinstance(cell, time | timedelta | datetime):
        return Measured(_of_clock_cell(cell, of))
    if isinstance(cell, int | float):
        return _of_number(float(cell), of, f"{cell:g}")
    text = "".join(values.clean(cell).translate(_MARKS).split())
    if text in values.BLANKS or text in untested:
        return Measured(None)
    if of.form == "clock" and (clock := _CLOCK.fullmatch(text)):
        minutes, seconds, tenths, more = clock.groups()
        return Measured(60 * int(minutes) + float(f"{seconds or 0}.{tenths or more or 0}"))
    if of.form in ("clock", "seconds") and (mark := _SECONDS.fullmatch(text)):
        return Measured(float(f"{mark[1]}.{mark[2] or 0}"))
    plain = _without_unit(text, of)
    if _NUMBER.fullmatch(plain):
        return _of_number(float(plain), of, plain)
    raise MeasuredError(of)


def _of_number(number: float, of: FitnessInput, text: str) -> Measured:
    if of.form != "clock" or number >= _LEAST_SECONDS:
        return Measured(number)
    point = _POINT.fullmatch(text)
    if point is None:
        if number.is_integer() and number >= 0:
            return Measured(60 * number)
        raise MeasuredError(of)
    minutes, seconds = point.groups()
    # A sheet shows 3.40 and keeps 3.4; 3'04" would be 3.04.
    return Measured(60 * int(minutes) + int(seconds.ljust(2, "0")), guessed=len(seconds) == 1)


def _of_clock_cell(cell: time | timedelta | datetime, of: FitnessInput) -> float:
    """A cell that a spreadsheet took for a time of day: 3:40 typed is 3 h 40 min to it."""
    if of.form != "clock":
        raise MeasuredError(of)
    if isinstance(cell, timedelta):
        total = round(cell.total_seconds())
        hours, minutes, seconds = total // 3600, total // 60 % 60, total % 60
    else:
        hours, minutes, seconds = cell.hour, cell.minute, cell.second
    if hours and seconds:
        raise MeasuredError(of)
    return 60.0 * hours + minutes if hours else 60.0 * minutes + seconds


def _without_unit(text: str, of: FitnessInput) -> str:
    text = text.replace(",", "")
    units = (of.unit, *_ALSO.get(of.unit, ()))
    return next((text[: -len(unit)] for unit in units if text.lower().endswith(unit)), text)


__all__ = ["Measured", "MeasuredError", "read_measured"]
