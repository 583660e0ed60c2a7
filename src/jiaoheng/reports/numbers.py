"""How numbers look to a reader: half-up rounding, thousands separators, and a plain word for what is missing.

Rounding happens here and nowhere before: what comes in is unrounded, what goes out is text.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—（无数据）"
NOT_APPLICABLE = "不适用"
MINUS = "−"
# What measures without a real unit have in its place; not said behind a number.
BARE = ("", "—", "系数", "比值", "是=1")

# Not within a longer number, a code or a decimal part, and neither a year nor the first year of a range.
_LONG_NUMBER = re.compile(r"(?<![\d.,A-Za-z])\d{4,}(?![\dA-Za-z]|,\d|\s*年|—\d{4})")


def shown(
    value: float | None, digits: int = 0, *, sign: bool = False, apart_from: float | None = None
) -> str:
    """``value`` as a reader sees it.

    Parameters
    ----------
    value : the unrounded value; None (or not a number) is shown as `MISSING`, never as 0.
    digits : places after the point, kept even where they are zeros.
    sign : whether a rise carries its plus sign.
    apart_from : a threshold: a value that differs from it is given the places that it takes to look
        different.

    Returns
    -------
    Text, with thousands separators and a true minus sign, rounded half up.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    if apart_from is not None and value != apart_from:
        while digits < 10 and half_up(value, digits) == half_up(apart_from, digits):
            digits += 1
    rounded = half_up(value, digits)
    text = f"{abs(rounded):,.{digits}f}"
    if rounded < 0:
        return MINUS + text
    return "+" + text if sign and rounded > 0 else text


def half_up(value: float, digits: int) -> Decimal:
    """``value`` rounded to ``digits`` places, halves away from zero.

    The noise of binary fractions is taken off first (14 significant digits are kept): 0.285 * 100
    is 28.5 on paper, and 2.675 is not a little less than itself.
    """
    rounded = Decimal(f"{value:.14g}").quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def with_unit(
    value: float | None, digits: int, unit: str, *, sign: bool = False, apart_from: float | None = None
) -> str:
    """``value`` with its unit behind it."""
    text = shown(value, digits, sign=sign, apart_from=apart_from)
    if text == MISSING or unit in BARE:
        return text
    return f"{text} {unit}" if unit[0].isascii() and unit[0].isalpha() else f"{text}{unit}"


def change_unit(unit: str) -> str:
    """The unit of a difference: between percentages it is the percentage point."""
    return "个百分点" if unit in ("%", "％") else unit


def separated(words: str) -> str:
    """``words`` with thousands separators in the numbers of four digits and more that are not years."""
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", words)


def percent(part: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage; a share short of 1 never reads as 100%."""
    if part is None or not math.isfinite(part):
        return MISSING
    if part in (0, 1):
        return f"{part:.0%}"
    text = shown(part * 100, digits)
    if part < 1 and text == shown(100, digits):
        return "不足100%"
    return f"{text}%"


def day(date: date) -> str:
    """A day as official documents write it."""
    return f"{date.year}年{date.month}月{date.day}日"


def moment(written: str) -> str:
    """A moment as a manifest keeps it (ISO 8601 with its zone), by the reader's own clock, to the minute."""
    return f"{datetime.fromisoformat(written).astimezone():%Y-%m-%d %H:%M}"


def in_chinese(number: int) -> str:
    """1 to 99 in Chinese numerals, as chapters are numbered."""
    if not 1 <= number <= 99:
        raise ValueError(f"章节序号只到 99，得到{number}")
    tens, ones = divmod(number, 10)
    figures = "零一二三四五六七八九"
    head = "" if tens == 0 else ("十" if tens == 1 else f"{figures[tens]}十")
    return head + (figures[ones] if ones else "")
