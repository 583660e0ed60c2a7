"""The pace that a target needs, against the pace of the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, Material
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.figures import amount, change
from jiaoheng.plans.history import History
from jiaoheng.plans.interval import exact
from jiaoheng.plans.model import Indicator

_TIMES = 2.0
"""How many times the pace of the past a target may ask for before it is worth a question."""

_STEPS = 5
"""Years of the past that are looked at, at most."""

_VALUE = r"(\d+(?:\.\d+)?)\s*[%％]?"
_ROSE = re.compile(
    rf"(?:由|从)\s*(20\d\d)\s*年的?\s*{_VALUE}\s*(?:提高|提升|上升|增长|增加|下降|降低|减少)\s*(?:到|至|为)\s*(20\d\d)\s*年的?\s*{_VALUE}"
)
"""Both years and both values: 由2015年的36.2%提高到2020年的42%."""


@dataclass(frozen=True)
class _Past:
    """How a quantity moved before the plan began."""

    year: int
    value: float
    last_year: int
    last_value: float
    side: Side | None = None

    @property
    def pace(self) -> float:
        return (self.last_value - self.value) / (self.last_year - self.year)


def _too_fast(material: Material) -> Iterator[Found]:
    for audited in material.plans:
        for item in audited.plan.indicators:
            past = _past(audited, item, material.history)
            if past is not None:
                yield from _faster(audited, item, past)


def _faster(audited: Audited, item: Indicator, past: _Past) -> Iterator[Found]:
    baseline, target = item.baseline, item.target
    if baseline is None or target is None or target.year <= baseline.year:
        return
    if target.op not in (">=", ">", "=", "increase_to"):
        return
    needed = (target.value - baseline.value) / (target.year - baseline.year)
    slow = max(past.pace, 0.0)
    if needed <= 0 or exact(needed) <= exact(_TIMES * slow):
        return
    times = "" if slow == 0 else f"，是过去的 {amount(needed / slow, '')} 倍"
    before = (
        f"从 {past.year} 到 {past.last_year} 年没有提高"
        if past.pace <= 0
        else f"从 {past.year} 到 {past.last_year} 年平均每年提高{change(past.pace, item.unit)}"
    )
    yield Found(
        f"「{item.name}」{before}（{amount(past.value, item.unit)}—{amount(past.last_value, item.unit)}），"
        f"要从 {baseline.year} 年的 {amount(baseline.value, item.unit)} 到 {target.year} 年的"
        f" {amount(target.value, item.unit)}，每年须提高{change(needed, item.unit)}{times}。"
        "请写明靠哪些新的举措，或调整目标。",
        tuple(side for side in (audited.at(item.passage), past.side) if side is not None),
        (needed, past.pace),
    )


def _past(audited: Audited, item: Indicator, history: History | None) -> _Past | None:
    """From the census where there is one, else from the plan's own review."""
    if item.role != "goal" or item.cumulative or item.baseline is None:
        return None
    if history is not None and item.measure is not None:
        known = _measured(item, item.measure, history)
        if known is not None:
            return known
    return _told(audited, item)


def _measured(item: Indicator, measure: str, history: History) -> _Past | None:
    assert item.baseline is not None
    year = item.baseline.year
    values = [
        (when, seen.value)
        for when in range(year - _STEPS, year + 1)
        if (seen := history(measure, item.stage, when)) is not None and seen.value is not None
    ]
    if len(values) < 2 or values[-1][0] != year:
        return None
    return _Past(*values[0], *values[-1])


def _told(audited: Audited, item: Indicator) -> _Past | None:
    """What the text says of the years before: told to be of this indicator by its baseline and its name."""
    if audited.source is None or item.baseline is None:
        return None
    text = audited.source.plain
    for found in _ROSE.finditer(text):
        year, value, last_year, last_value = int(found[1]), float(found[2]), int(found[3]), float(found[4])
        if last_year != item.baseline.year or exact(last_value) != exact(item.baseline.value):
            continue
        before = re.split(r"[。；;\n]", text[max(0, found.start() - 60) : found.start()])[-1]
        if year < last_year and re.sub(r"\s", "", item.name) in re.sub(r"\s", "", before):
            return _Past(year, value, last_year, last_value, audited.side(found.start(), found.end()))
    return None


CHECKS = (
    Check(
        "pace_above_the_past",
        "进度",
        "所需进度远超过去",
        "doubt",
        "从基期到目标每年须提高的幅度，是基期以前的两倍以上。过去的进度取自工作区里的各年数据（须含基期年）；"
        "没有数据的，取规划回顾里写明两端年份和数值、且与基期相同的一句。越小越好的指标不比。",
        _too_fast,
    ),
)
