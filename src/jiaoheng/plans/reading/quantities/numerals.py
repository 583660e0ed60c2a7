"""Numerals as plans print them: 1,200 and 98.5, 两 and 十五, 百分之八十, 三分之一, 九成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*"
_NUMERAL = re.compile(
    rf"百分之(?P<percent>{_CHINESE}|{_ARABIC})"
    rf"|(?P<below>{_CHINESE})分之(?P<above>{_CHINESE})"
    r"|(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/.])"
    rf"|(?P<tenths>[一二三四五六七八九]|十)成(?=以上|以内|左右|[，。；、）])"
    rf"|(?P<arabic>{_ARABIC})(?P<times>[百千万亿]{{1,2}})?"
    rf"|(?P<chinese>{_CHINESE})"
)


@dataclass(frozen=True)
class Numeral:
    """A numeral of a text.

    Attributes
    ----------
    start, end : where it stands; 万 and 亿 belong to it.
    value : in ones: 26500 for 2.65万.
    percent : whether the words make a percentage (百分之八十, 九成); `value` is then 80.
    chinese : whether it is written in Chinese numerals.
    """

    start: int
    end: int
    value: float
    percent: bool = False
    chinese: bool = False


def numerals(text: str) -> Iterator[Numeral]:
    """All numerals of `text`, from left to right; what they count is not asked."""
    for match in _NUMERAL.finditer(text):
        value, percent = _value(match)
        if value is not None:
            chinese = match["arabic"] is None and match["under"] is None
            yield Numeral(match.start(), match.end(), value, percent=percent, chinese=chinese)


def number(text: str) -> float | None:
    """The number that `text` is, white space and 万 and the like included; None where it is anything else."""
    match = _NUMERAL.fullmatch(text.strip())
    return _value(match)[0] if match else None


def _value(match: re.Match[str]) -> tuple[float | None, bool]:
    if match["percent"]:
        inner = match["percent"]
        return (float(inner) if inner[0].isdigit() else chinese_number(inner)), True
    if match["below"]:
        below, above = chinese_number(match["below"]), chinese_number(match["above"])
        return (above / below * 100 if below and above is not None else None), True
    if match["under"]:
        return int(match["over"]) / int(match["under"]) * 100, True
    if match["tenths"]:
        tenths = chinese_number(match["tenths"])
        return (None if tenths is None else tenths * 10), True
    if match["arabic"]:
        value = float(match["arabic"].replace(",", ""))
        for sign in match["times"] or "":
            value *= (_PLACES | _GROUPS)[sign]
        return round(value, 6), False
    return chinese_number(match["chinese"]), False


def chinese_number(words: str) -> float | None:
    """The value of Chinese numerals (十五, 两百, 一万二千, 二〇二五); None where they are none."""
    if len(words) > 1 and all(sign in _DIGITS for sign in words):
        return float("".join(str(_DIGITS[sign]) for sign in words))
    total = section = digit = 0
    for sign in words:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        elif sign in _GROUPS:
            total = (total + section + digit) * _GROUPS[sign]
            section = digit = 0
        else:
            return None
    return float(total + section + digit)
