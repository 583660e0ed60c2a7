"""Yearly paths: whether they lead to their end, and never back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jiaoheng.plans.auditing.aims import ADDED, CEILINGS, FLOORS
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan, each_text
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.figures import amount, change
from jiaoheng.plans.interval import exact
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Commitment, Indicator, Target

_YEAR = r"(20\d\d)"
_YEARS = re.compile(rf"{_YEAR}年?(?:[-—–~～至到]+{_YEAR}年?)?")
_YEAR_BEFORE = re.compile(rf"{_YEAR}年[，,]?$")
_EACH_YEAR = re.compile(r"每年|逐年|年均")
_NEAR = 160
"""Characters between two figures of one yearly path."""

_PERCENT = ("%", "％")


def _backward(audited: Audited) -> Iterator[Found]:
    for item in audited.plan.indicators:
        steps = _steps(item)
        if len(steps) < 3:
            continue
        first, last = steps[0][1], steps[-1][1]
        if exact(first) == exact(last):
            continue
        up = last > first
        for (year, value), (later, then) in pairwise(steps):
            if exact(then) != exact(value) and (then > value) != up:
                yield Found(
                    f"「{item.name}」{year}年是 {amount(value, item.unit)}，{later}年是"
                    f" {amount(then, item.unit)}，而全程要从 {amount(first, item.unit)} "
                    f"{'升' if up else '降'}到 {amount(last, item.unit)}：中途倒退。请核对这两年的数。",
                    (audited.at(item.passage),),
                    (value, then, first, last),
                )
                break


def _steps(item: Indicator) -> list[tuple[int, float]]:
    """Year and value, from the baseline to the target; empty where one of them is no level."""
    if item.cumulative or any(target.op in (*ADDED, "range", "~") for target in item.stated):
        return []
    start = [] if item.baseline is None else [(item.baseline.year, item.baseline.value)]
    return sorted([*start, *((target.year, target.value) for target in item.stated)])


def _rise_misses_end(audited: Audited) -> Iterator[Found]:
    """A level, what each year adds to it, and the level in the end, all in one sentence or list."""
    assert audited.source is not None
    placed = sorted(
        (item for item in audited.plan.commitments if item.passage.start is not None),
        key=lambda item: item.passage.start or 0,
    )
    for index, first in enumerate(placed):
        if _is_level(first.target):
            yield from _way_from(audited, first, placed[index + 1 :])


def _way_from(audited: Audited, first: Commitment, following: list[Commitment]) -> Iterator[Found]:
    assert audited.source is not None
    plain = audited.source.plain
    value, year, before = exact(first.target.value), _year_of(plain, first), first
    rises: list[tuple[Commitment, int]] = []
    for item in following:
        if (item.passage.start or 0) - (before.passage.end or 0) > _NEAR or not _of_one(item, first):
            return
        if item.target.op in ADDED and _rises(item, first):
            years = _years_of(plain, item)
            if years is None or years[0] != year + 1:
                return
            sign = 1 if item.target.op == "increase_by" else -1
            value += sign * exact(item.target.value) * (years[1] - years[0] + 1)
            year, before = years[1], item
            rises.append((item, year))
            continue
        end_of_it = rises and _is_level(item.target) and item.unit == first.unit
        if end_of_it and _year_of(plain, item) == year and _falls_short(float(value), item.target):
            yield _missed(audited, first, rises, item, float(value))
        return


def _of_one(item: Commitment, other: Commitment) -> bool:
    """Whether two figures are of one thing, years in the words aside."""
    one, two = (bare(_YEARS.sub("", each.subject)) for each in (item, other))
    return one in two or two in one


def _is_level(target: Target) -> bool:
    return target.op in (*FLOORS, *CEILINGS, "=") and target.value_max is None


def _rises(item: Commitment, level: Commitment) -> bool:
    points = item.unit == "个百分点" and level.unit in _PERCENT
    return points or item.unit == level.unit


def _year_of(plain: str, item: Commitment) -> int:
    """The year that stands right before a figure; else the one that the reader took for it."""
    before = _YEAR_BEFORE.search(plain[max(0, (item.passage.start or 0) - 8) : item.passage.start])
    return int(before[1]) if before else item.target.year


def _years_of(plain: str, item: Commitment) -> tuple[int, int] | None:
    """The years in which an addition is due each time: the last named before it; None where none is."""
    start, end = item.passage.start or 0, item.passage.end or 0
    before = plain[max(0, start - 40) : end]
    named = list(_YEARS.finditer(before))
    if not named:
        return None
    first = int(named[-1][1])
    last = int(named[-1][2] or first)
    if last > first and not (item.per or _EACH_YEAR.search(before[named[-1].start() :])):
        return None
    return first, last


def _falls_short(reached: float, target: Target) -> bool:
    """Whether the steps do not lead to what the end asks for; to pass a floor is no fault."""
    if target.op in FLOORS:
        return exact(reached) < exact(target.value)
    if target.op in CEILINGS:
        return exact(reached) > exact(target.value)
    return exact(reached) != exact(target.value)


def _missed(
    audited: Audited,
    first: Commitment,
    rises: list[tuple[Commitment, int]],
    last: Commitment,
    reached: float,
) -> Found:
    assert audited.source is not None
    unit, begins, ends = first.unit, _year_of(audited.source.plain, first), rises[-1][1]
    steps = "，".join(
        f"至{year}年每年{'增' if rise.target.op == 'increase_by' else '减'}{change(rise.target.value, unit)}"
        for rise, year in rises
    )
    sides: tuple[Side, ...] = tuple(
        audited.at(item.passage) for item in (first, *(rise for rise, _ in rises), last)
    )
    return Found(
        f"「{_YEARS.sub('', first.subject)}」{begins}年 {amount(first.target.value, unit)}，{steps}，"
        f"到{ends}年是 {amount(reached, unit)}，不是所写的 {amount(last.target.value, unit)}。"
        "请改正逐年的增减，或改正期末的数。",
        sides,
        (reached, last.target.value),
    )


CHECKS = (
    Check(
        "path_goes_back",
        "路径",
        "逐年目标中途倒退",
        "contradiction",
        "一项指标的基期、各年目标和期末目标中，有一年与全程的方向相反。",
        each_plan(_backward),
    ),
    Check(
        "path_misses_end",
        "路径",
        "逐年增减到不了期末",
        "contradiction",
        "一处写了起点、每年的增减和期末的数，逐年加起来不是期末的数。年份接不上的不比；下限被超过的不算。",
        each_text(_rise_misses_end),
        text=True,
    ),
)
