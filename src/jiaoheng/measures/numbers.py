"""How numbers look to a reader: half-up rounding, thousands separators, and a plain word for what is missing.

Rounding happens here and nowhere before: what comes in is unrounded, what goes out is text.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—（无数据）"
MINUS = "−"
# What measures without a real unit have in its place; not said behind a number.
BARE = ("", "—", "系数", "比值", "是=1")


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
