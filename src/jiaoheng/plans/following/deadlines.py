"""By when a task is due: the year's end, unless a date stands in its words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.source import plain
from jiaoheng.plans.reading.tasks.deadlines import deadlines

_POINT = re.compile(r"(?:^|[\s。；;>])(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）])")
_QUARTERS = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))
_CLAUSE = re.compile(r"[。；;\n]|</?p>")


@dataclass(frozen=True)
class Due:
    """The day by which something is due, and why that day."""

    on: date
    basis: str


def due_in(year: int, words: str) -> Due:
    """When the work that `words` describe is due, which the plan has put into `year`.

    A date counts only where it bounds a clause (6月底前, 9月1日前, 上半年) and lies in that year. Work of
    several points or clauses is due with the last of them, and a clause without a date at the year's end.
    """
    end = Due(date(year, 12, 31), f"{year}年年底")
    clauses = [clause for clause in _clauses(words) if clause.strip()]
    bounds = [max(_bounds(clause, year), default=None, key=_on) for clause in clauses]
    if not bounds or any(bound is None for bound in bounds):
        return end
    return max((bound for bound in bounds if bound is not None), key=_on)


def due_by(words: str, period: Period) -> Due | None:
    """By when `words` say that something is due (到2028年, 2026年6月底前); None where they do not.

    Of several days the last; a year outside `period` is none.
    """
    found = deadlines(plain(words), period)
    return due_in(max(found), found[max(found)]) if found else None


def _clauses(words: str) -> Iterator[str]:
    for point in _POINT.split(plain(words)):
        yield from _CLAUSE.split(point)


def _bounds(clause: str, year: int) -> Iterator[Due]:
    """Every date of `year` that the clause says it is bounded by."""
    for pattern, day_of in _PATTERNS:
        for found in re.finditer(rf"(?:(?P<year>\d{{4}})年)?{pattern}", clause):
            if found["year"] and int(found["year"]) != year:
                continue
            with suppress(ValueError):
                day = day_of(year, found)
                if day.year == year:
                    yield Due(day, f"原文“{found[0]}”")


def _end_of_month(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


_PATTERNS: tuple[tuple[str, Callable[[int, re.Match[str]], date]], ...] = (
    (
        r"(\d{1,2})月(\d{1,2})日(?:之前|以前|前)",
        lambda year, found: date(year, int(found[2]), int(found[3])),
    ),
    (r"(\d{1,2})月(?:底|末)", lambda year, found: _end_of_month(year, int(found[2]))),
    (r"(\d{1,2})月份?(?:之前|以前|前)", lambda year, found: date(year, int(found[2]), 1) - timedelta(days=1)),
    (r"上半年", lambda year, _: date(year, 6, 30)),
    (r"第?([一二三四1-4])季度", lambda year, found: _end_of_month(year, 3 * _QUARTERS[found[2]])),
    (r"(?:下半年|年底|年末|年内)", lambda year, _: date(year, 12, 31)),
)


def _on(due: Due | None) -> date:
    return due.on if due is not None else date.min
