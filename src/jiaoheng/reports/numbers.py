"""How numbers, shares and days look in a report; how a single number looks is said in `measures.numbers`."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from jiaoheng.measures.numbers import BARE, MINUS, MISSING, change_unit, half_up, shown, with_unit

__all__ = [
    "BARE",
    "MINUS",
    "MISSING",
    "NOT_APPLICABLE",
    "change_unit",
    "day",
    "half_up",
    "in_chinese",
    "moment",
    "percent",
    "separated",
    "shown",
    "with_unit",
]

NOT_APPLICABLE = "不适用"

# Not within a longer number, a code or a decimal part, and neither a year nor the first year of a range.
_LONG_NUMBER = re.compile(r"(?<![\d.,A-Za-z])\d{4,}(?![\dA-Za-z]|,\d|\s*年|—\d{4})")


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
