"""Which years a plan is for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.outline import Outline
from jiaoheng.plans.reading.quantities.numerals import chinese_number
from jiaoheng.plans.reading.source import Span


@dataclass(frozen=True)
class Years:
    """The plan's years; with a `question` where they were guessed, or where there are none."""

    period: Period | None
    question: str | None = None
    options: tuple[str, ...] = ()
    span: Span | None = None


def period_of(title: str, outline: Outline, *, made: date | None) -> Years:
    """The years: by the title, else by what the text says of its period, else guessed, and then asked.

    Parameters
    ----------
    title : in plain words.
    outline : the document's headings and paragraphs.
    made : when it was made, where known.
    """
    stated = _range(title) or _five_years(title) or _one_year(title) or _until(title, made)
    if stated:
        return Years(stated)
    for paragraph in outline.paragraphs:
        if found := _STATED.search(paragraph.flow.text):
            period = _period(int(found["from"]), int(found["to"]))
            if period:
                return Years(period)
    counted = _some_years(title, made)
    guessed = [each for each in (counted, _of_five_year_plans(outline), _of_deadlines(outline, made)) if each]
    if not guessed:
        return Years(None, "文件没有写明规划期。从哪一年到哪一年（如 2021-2025）？")
    options = tuple(dict.fromkeys(f"{period.start}-{period.end}" for period, _ in guessed))
    first, span = guessed[0]
    question = f"标题没有写明规划期，按正文推断为 {first.start}—{first.end} 年。对吗？"
    return Years(first, question, options, span)


_TO = r"\s*年?(?:度|份)?\s*[-—–－~～至到一]{1,3}\s*"
_RANGE = re.compile(rf"(?P<from>(?:19|20)\d\d){_TO}(?P<to>(?:19|20)\d\d)(?!\d)")
_STATED = re.compile(
    rf"(?:规划|计划|实施|方案)(?:的)?(?:期限|期|时限|年限|基期|时段|周期|时间)(?:为|是|从|自|:|：){{1,2}}"
    rf"(?P<from>(?:19|20)\d\d){_TO}(?P<to>(?:19|20)\d\d)(?!\d)"
)
_FIVE_YEARS = re.compile(r"[“\"'‘]?(?P<number>二?十[一二三四五六七八九]?)[·•]?五[”\"'’]?(?![年个所年名])")
_UNTIL = re.compile(r"(?<!\d)(?P<to>20[2-9][05])(?!\d|年度|年\d|—|-)")
_ONE_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年度?(?!前|底|[—-]).*(?:工作要点|工作计划|重点工作|年度|任务|实事|要点)"
)
_COUNT = re.compile(r"(?P<count>[两二三四五]|[2-5])年(?:行动|计划|规划|提升|攻坚|工作|实施|建设)")
_DEADLINE = re.compile(r"[到至]\s*(?P<year>20\d\d)年")


def _range(text: str) -> Period | None:
    found = _RANGE.search(text)
    return _period(int(found["from"]), int(found["to"])) if found else None


def _one_year(text: str) -> Period | None:
    """2024年工作要点 is for that year."""
    found = _ONE_YEAR.search(text)
    return _period(int(found["year"]), int(found["year"])) if found else None


def _period(start: int, end: int) -> Period | None:
    return Period(start=start, end=end) if start <= end <= 2100 else None


def _five_years(text: str) -> Period | None:
    """十四五 is the fourteenth five-year plan, 2021 to 2025."""
    found = _FIVE_YEARS.search(text)
    return _plan(found["number"]) if found else None


def _plan(number: str) -> Period | None:
    start = 1951 + 5 * int(chinese_number(number) or 0)
    return _period(start, start + 4)


def _until(title: str, made: date | None) -> Period | None:
    """教育现代化2035 ends in 2035."""
    found = _UNTIL.search(title)
    return _period(made.year, int(found["to"])) if found and made else None


def _some_years(title: str, made: date | None) -> tuple[Period, Span | None] | None:
    """A plan for three years that names none begins when it was made."""
    found = _COUNT.search(title)
    if not found or not made:
        return None
    count = int(found["count"]) if found["count"].isdigit() else int(chinese_number(found["count"]) or 0)
    period = _period(made.year, made.year + count - 1)
    return (period, None) if period else None


def _of_five_year_plans(outline: Outline) -> tuple[Period, Span | None] | None:
    """The latest five-year plan that the text speaks of as often as of others, or nearly."""
    spoken: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for paragraph in outline.paragraphs:
        for found in _FIVE_YEARS.finditer(paragraph.flow.text):
            spoken[found["number"]] += 1
            first.setdefault(found["number"], paragraph.flow.span(*found.span()))
    often = [number for number, times in spoken.items() if 3 * times >= max(spoken.values())]
    if not often:
        return None
    number = max(often, key=lambda each: chinese_number(each) or 0)
    period = _plan(number)
    return (period, first[number]) if period else None


def _of_deadlines(outline: Outline, made: date | None) -> tuple[Period, Span | None] | None:
    """The year that most is due in; from the year that the document was made in."""
    due: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for paragraph in outline.paragraphs:
        for found in _DEADLINE.finditer(paragraph.flow.text):
            year = int(found["year"])
            due[year] += 1
            first.setdefault(year, paragraph.flow.span(*found.span()))
    if not due:
        return None
    end = max(due, key=lambda year: (due[year], year))
    start = made.year if made and made.year <= end else min(due)
    return (Period(start=start, end=end), first[end]) if start < end else None
