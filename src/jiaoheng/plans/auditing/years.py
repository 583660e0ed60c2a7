"""Years that cannot be meant: 20225年, a period that runs backward, a due year after the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan, each_text
from jiaoheng.plans.auditing.finding import Side

_MISPRINT = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{3}|[2-9][1-9]\d\d|1[0-8]\d\d|20[1-9])年(?=[，。、底末初度的前内起]|\d{1,2}月)"
)
_RANGE = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?(?:-|－|—+|–|~|～|至|到)(?P<last>(?:19|20)\d\d)年")


def _misprints(audited: Audited) -> Iterator[Found]:
    for flow in (*(paragraph.flow for paragraph in audited.paragraphs), *audited.cells):
        for match in _MISPRINT.finditer(flow.text):
            side = audited.part(flow, max(0, match.start() - 8), min(len(flow.text), match.end() + 8))
            yield Found(
                f"「{side.quote}」里的「{match[0]}」不像公历年份。请核对。", (side,), (float(match["year"]),)
            )
        for match in _RANGE.finditer(flow.text):
            first, last = int(match["first"]), int(match["last"])
            if last < first:
                side = audited.part(flow, match.start(), match.end())
                yield Found(f"「{side.quote}」的起止年份颠倒。请对调或改正。", (side,), (first, last))


def _outside(audited: Audited) -> Iterator[Found]:
    """Due after the plan ends; the years of longer outlooks (2030, 2035) are meant."""
    end = audited.plan.period.end
    late: list[tuple[str, int, Side]] = [
        (item.subject, item.target.year, audited.at(item.passage))
        for item in audited.plan.commitments
        if item.target.year > end and item.target.year % 5
    ]
    late += [
        (task.title, year, audited.at(task.passage))
        for task in audited.plan.tasks
        for year in task.due
        if year > end and year % 5
    ]
    for name, year, side in late:
        yield Found(
            f"「{name}」定在 {year} 年，规划期到 {end} 年为止。请核对年份；若有意跨期，请写明。",
            (side,),
            (float(year), float(end)),
        )


CHECKS = (
    Check(
        "year_misprinted",
        "文字",
        "年份印错",
        "error",
        "不可能是公历年份的数（20225年、2205年、205年），或起止年份颠倒。",
        each_text(_misprints),
        text=True,
    ),
    Check(
        "year_after_period",
        "文字",
        "年份在规划期之后",
        "doubt",
        "承诺或任务定在规划期之后；2030、2035 一类的远景年不算。",
        each_plan(_outside),
    ),
)
