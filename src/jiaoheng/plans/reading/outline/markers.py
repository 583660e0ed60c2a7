"""The marks by which Chinese official documents number their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["篇", "章", "节", "任务", "条", "一、", "（一）", "1.", "（1）", "①", "专栏", "附件", "标题"]

_HAN = "一二三四五六七八九十百零〇"
_NUMBER = rf"(?:[{_HAN}]{{1,6}}|\d{{1,4}})"
_BOX = "重点|重大|主要|专项|工作|任务|项目|工程|行动|举措"
_MARKS: tuple[tuple[Kind | None, re.Pattern[str]], ...] = (
    (None, re.compile(rf"第\s*(?P<n>{_NUMBER})\s*(?P<kind>篇|编|部分|章|节|条)(?![、，,的和与至、])")),
    ("专栏", re.compile(rf"(?:{_BOX}){{0,3}}专\s*栏\s*(?P<n>{_NUMBER})?(?:[\s:：.、]|$|(?=\S))")),
    ("附件", re.compile(rf"附\s*(?:件|录)\s*(?P<n>{_NUMBER})?\s*(?:[:：.、]|\s|$)")),
    ("任务", re.compile(rf"(?:任务|行动|工程|举措|专题)\s*(?P<n>[{_HAN}]{{1,3}})\s*(?:[：:、.]|(?=\s))")),
    ("一、", re.compile(rf"(?P<n>[{_HAN}]{{1,3}})\s*[、.．]")),
    ("（一）", re.compile(rf"[（(〔]\s*(?P<n>[{_HAN}]{{1,3}})\s*[)）〕][、.]?")),
    ("（1）", re.compile(r"[（(]\s*(?P<n>\d{1,2})\s*[)）][、.]?")),
    ("1.", re.compile(r"(?P<n>\d{1,2})\s*(?:[、．)）]|\.(?!\d))")),
    ("①", re.compile(r"(?P<n>[①-⑳])")),
)
_UNITS: dict[str, Kind] = {
    "篇": "篇",
    "编": "篇",
    "部分": "篇",
    "章": "章",
    "节": "节",
    "条": "条",
}
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True)
class Marker:
    """A mark at the head of a line: its kind, its number (None where it has none), its length."""

    kind: Kind
    ordinal: int | None
    length: int


def marker(line: str) -> Marker | None:
    """The mark that `line` (plain words, see `Source.plain`) opens with."""
    for kind, pattern in _MARKS:
        found = pattern.match(line)
        if found:
            named = kind or _UNITS[found["kind"]]
            return Marker(named, ordinal(found["n"]) if found["n"] else None, found.end())
    return None


def ordinal(words: str) -> int:
    """The number that `words` write: ``12``, ``十二`` or ``⑫``."""
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    total, digit = 0, 0
    for character in words:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character] if digit else _DIGITS[character]
    return total + digit
