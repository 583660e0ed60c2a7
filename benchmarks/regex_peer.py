"""What a planner with a little Python would write: one regular expression over a plan's sentences.

It finds a number with a unit, takes the comparator from the words beside it, the year from the sentence, and
leaves out sentences that speak of the past. It knows neither tables nor headings nor parallel lists.
"""

from __future__ import annotations

import re
from typing import Any

_FIGURE = re.compile(
    r"(?P<before>达到|达|不低于|不少于|不超过|不高于|超过|超|低于|至少|提高到|提升至|提升到|降低到|新增|增加|减少|约|[≥≤><])?"
    r"(?P<figure>(?P<value>\d+(?:\.\d+)?)(?P<times>[万亿])?)"
    r"(?P<unit>%|‰|个百分点|学时|小时|所|个|名|人|间|节|次|天|元|项|对|年|门)"
    r"(?P<after>以上|以内|左右|以下)?"
)
_SENTENCE = re.compile(r"[^。；\n]+")
_YEAR = re.compile(r"(20\d\d)年")
_PAST = re.compile(r"十三五|目前|已|五年来|荣获|先后")
_TIMES = {"万": 10_000, "亿": 100_000_000}
_COMPARATORS = {
    "达到": ">=", "达": ">=", "不低于": ">=", "不少于": ">=", "至少": ">=", "≥": ">=", "以上": ">=",
    "超过": ">", "超": ">", ">": ">",
    "不超过": "<=", "不高于": "<=", "≤": "<=", "以内": "<=", "以下": "<=",
    "低于": "<", "<": "<",
    "约": "~", "左右": "~",
    "提高到": "increase_to", "提升至": "increase_to", "提升到": "increase_to", "降低到": "decrease_to",
    "新增": "increase_by", "增加": "increase_by", "减少": "decrease_by",
}  # fmt: skip


def read(text: str, last_year: int) -> list[dict[str, Any]]:
    """The commitments of `text`, in the form that ``plan read --json`` gives them."""
    return [
        _commitment(found, sentence, last_year)
        for sentence in _SENTENCE.finditer(text)
        if not _PAST.search(sentence.group())
        for found in _FIGURE.finditer(sentence.group())
        if found["unit"] != "年"
    ]


def _commitment(found: re.Match[str], sentence: re.Match[str], last_year: int) -> dict[str, Any]:
    years = _YEAR.findall(sentence.group())
    words = found["after"] or found["before"]
    return {
        "subject": re.split(r"[，,、：]", sentence.group()[: found.start()])[-1].strip(),
        "op": _COMPARATORS[words] if words else "=",
        "value": float(found["value"]) * _TIMES.get(found["times"] or "", 1),
        "value_max": None,
        "unit": found["unit"],
        "year": int(years[-1]) if years else last_year,
        "quote": found.group(),
        "start": sentence.start() + found.start(),
        "end": sentence.start() + found.end(),
    }
