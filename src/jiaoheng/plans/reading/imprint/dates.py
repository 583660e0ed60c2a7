"""Dates as documents print them: 2022年6月2日, 2022-06-16, 二〇二二年五月."""

from __future__ import annotations

import re
from datetime import date

from jiaoheng.plans.reading.quantities.numerals import chinese_number

_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*(?:年|[-./])\s*(?P<m>\d{1,2})\s*(?:月|[-./])\s*(?P<d>\d{1,2})(?:日|(?!\d))"
)
_CHINESE = re.compile(
    r"(?P<y>[一二][〇○零OoＯ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<d>[一二三四五六七八九十]{1,3})日)?"
)
_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?!\d)")
_ZEROS = str.maketrans("○零OoＯ", "〇〇〇〇〇")


def full_date(text: str) -> date | None:
    """The first date of `text` that is printed down to the day, and exists."""
    found = _DAY.search(text)
    if found:
        return _date(int(found["y"]), int(found["m"]), int(found["d"]))
    spelt = _CHINESE.search(text)
    if spelt and spelt["d"]:
        return _date(_value(spelt["y"]), _value(spelt["m"]), _value(spelt["d"]))
    return None


def month_only(text: str) -> date | None:
    """The first of the month that `text` prints without a day; None where it prints a day, or no month."""
    if full_date(text):
        return None
    found = _MONTH.search(text)
    if found:
        return _date(int(found["y"]), int(found["m"]), 1)
    spelt = _CHINESE.search(text)
    return _date(_value(spelt["y"]), _value(spelt["m"]), 1) if spelt else None


def _value(words: str) -> int:
    return int(chinese_number(words.translate(_ZEROS)) or 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
