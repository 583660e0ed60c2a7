"""The years that a text names: 到2025年, 2022年底前, 2023-2024年, “十四五”期间, 三年内."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.reading.quantities.numerals import chinese_number

_DASH = r"(?:-|－|—+|–|~|～|至|到)"
_FULL = r"(?:19|20|21)\d{2}|[一二][〇零○O九][〇零○O一二三四五六七八九]{2}"
_PLAN = r"[“\"]?十[一二三四五六七八九][五][”\"]?"
_YEARS = re.compile(
    rf"(?<![\d.])(?P<first>{_FULL})年?(?:底|初|末)?{_DASH}(?P<last>{_FULL}|\d{{2}}(?=年))(?:学年(?:度)?|年(?:度|底)?)?(?!\d|[.]\d)"
    rf"|(?<![\d.])(?P<year>{_FULL})(?:学年(?:度)?|年(?:度)?)"
    rf"|(?P<plan>{_PLAN})(?P<word>期间|时期|规划期|期末|末|中|初|以来)?"
    rf"|(?P<within>(?<!\d)\d{1, 3}|[一二两三四五六七八九十])年(?:之内|以内|内|时间)"
    rf"|(?P<period>规划期(?:内|末)?|(?:未来|今后)(?P<next>\d{1, 3}|[一二两三四五六七八九十])年)"
)
_BY = re.compile(r"(?:到|至|截至|截止|力争|争取|在|于)$")


@dataclass(frozen=True)
class Years:
    """Years that a text names.

    Attributes
    ----------
    start, end : where the words stand, a preposition (到) not counted.
    first, last : the years, the same for one year; None where they hang on the plan's own period.
    count : how many years from now, for 三年内.
    """

    start: int
    end: int
    first: int | None
    last: int | None
    count: int | None = None

    def resolved(self, start: int | None, end: int | None) -> int | None:
        """The last year meant, in a plan from `start` to `end`."""
        if self.last is not None:
            return self.last
        if self.count is not None and start is not None:
            return start - 1 + self.count
        return end


def years(text: str) -> tuple[Years, ...]:
    """All years that `text` names, from left to right."""
    return tuple(found for match in _YEARS.finditer(text) if (found := _years(match)) is not None)


def _years(match: re.Match[str]) -> Years | None:
    start, end = match.span()
    if match["first"]:
        first, last = _year(match["first"]), match["last"]
        final = first // 100 * 100 + int(last) if len(last) == 2 and last.isdigit() else _year(last)
        return Years(start, end, first, final) if final >= first else None
    if match["year"]:
        year = _year(match["year"])
        return Years(start, end, year, year)
    if match["plan"]:
        number = chinese_number(match["plan"].strip('“”"')[:-1]) or 0
        last_year = int(number) * 5 + 1955
        return Years(start, end, last_year - 4, last_year)
    count = match["within"] or match["next"]
    if count:
        value = int(count) if count.isdigit() else int(chinese_number(count) or 0)
        return Years(start, end, None, None, value)
    return Years(start, end, None, None)


def _year(digits: str) -> int:
    return int(digits) if digits.isdigit() else int(chinese_number(re.sub("[○O]", "〇", digits)) or 0)
