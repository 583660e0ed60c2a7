"""By which years a task's own words say that it is due: 到2028年…, 2027年底前…, 2026年6月底前…."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from jiaoheng.plans.model import Period

_YEAR = r"20\d\d"
_PART = r"(?:第?[一二三四1-4]季度|[上下]半年|[春秋]季(?:学期)?(?:开学)?)"
_BOUND = rf"(?:(?:{_PART}|\d{{1,2}}月(?:份|\d{{1,2}}日)?)?年?(?:底|末|之?前|以前|内)+|{_PART})"
_AND_ON = r"(?!起|开始|以来|后)"
_DEADLINE = re.compile(
    rf"(?<![截止至年])[到至](?P<by>{_YEAR})年(?:{_BOUND})?{_AND_ON}"
    rf"|(?<![截止到至从自\d])(?P<before>{_YEAR})年{_BOUND}{_AND_ON}"
)
_CLAUSE = re.compile(r"[^。；;！!\n]+")


def deadlines(words: str, period: Period) -> dict[int, str]:
    """The years of `period` by which `words` say that something is due, each with what is due then.

    Parameters
    ----------
    words : plain (see `Source.plain`): of a task, without a note of who is in charge.
    """
    found: defaultdict[int, list[str]] = defaultdict(list)
    for clause in _CLAUSE.finditer(words):
        for year, said in _parts(clause.group()):
            if period.start <= year <= period.end:
                found[year].append(said)
    return {year: "；".join(found[year]) for year in sorted(found)}


def _parts(clause: str) -> Iterator[tuple[int, str]]:
    """A clause, cut before each deadline but the first."""
    marks = list(_DEADLINE.finditer(clause))
    cuts = [0, *(mark.start() for mark in marks[1:]), len(clause)]
    for mark, (start, end) in zip(marks, pairwise(cuts), strict=False):
        yield int(mark["by"] or mark["before"]), clause[start:end].strip("，、, ")
