"""Whether what a person answers to a doubt can be taken, before it is written down."""

from __future__ import annotations

import re
from datetime import date

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.settling import is_no_value
from jiaoheng.plans.reading.tables import cells

_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})日?")
_PERIOD = re.compile(r"(20\d\d)\D+(20\d\d)年?")


def refusal(about: str, answer: str) -> str | None:
    """Why an answer would change nothing, in Chinese; None for one that says something.

    Parameters
    ----------
    about : what the doubt is about (`Doubt.about`): ``period``, ``indicators/<id>/target/2025``. What
        asks for plain words takes any.
    """
    words = answer.strip()
    about = about.split("/")[-2] if "/" in about else about
    if not words:
        return "答复是空的。请写出答复。"
    if about == "published" and parsed_day(words) is None:
        return f"“{words}”不是日期。请写成 2022-06-02。"
    if about == "period" and parsed_period(words) is None:
        return f"“{words}”不是规划期。请写起止年份，如 2021-2025。"
    if about in ("target", "baseline") and not is_no_value(words) and cells.read(words) is None:
        return f"“{words}”里没有数值。请照规划的写法，如 ≥98、98%以上；没有的写“没有”。"
    if about == "cumulative" and not words.startswith(("累计", "当年")):
        return f"“{words}”不是“累计”或“当年”。请写其中一个。"
    return None


def parsed_period(words: str) -> Period | None:
    """The period that a person writes as ``2021-2025``; None for anything else."""
    found = _PERIOD.fullmatch(words.strip())
    if not found or int(found[1]) > int(found[2]):
        return None
    return Period(start=int(found[1]), end=int(found[2]))


def parsed_day(words: str | None) -> date | None:
    """A day that a person writes as 2022-06-02 or 2022年6月2日; None for anything else."""
    found = _DAY.fullmatch(words.strip()) if words else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
