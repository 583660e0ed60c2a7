"""What the columns of a table hold, told by their heads and, where these are silent, by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.tables.cells import is_figure, nothing
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

Role = Literal["ordinal", "group", "name", "unit", "value", "property", "owner", "note", "other"]
Timing = Literal["baseline", "target", "growth", "past"]

_HEAD_WORDS: dict[Role, str] = {
    "ordinal": "序号 编号 项次 行次 序",
    "group": """类别 类型 领域 分类 维度 板块 方面 学段 阶段 体系 指标类别 项目类别 目标类别 教育类别 指标分类
        一级指标 一级目标""",
    "name": """指标 指标名称 主要指标 具体指标 发展指标 核心指标 指标内容 指标项 指标体系 项目 内容 名称
        二级指标 三级指标 监测指标 评价指标 预期指标 主要指标名称 主要发展指标 目标任务 主要目标
        年份 项目年份""",
    "unit": "单位 计量单位 指标单位",
    "property": "属性 性质 指标属性 指标性质 目标属性 属性类型 约束性/预期性 目标性质 指标类型",
    "owner": "责任单位 牵头单位 责任部门 牵头部门 实施单位 主管部门 责任科室 配合单位 负责单位 主责部门",
    "note": "备注 说明 数据来源 指标说明 指标解释",
}
_HEADS = {word: role for role, words in _HEAD_WORDS.items() for word in words.split()}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})年?[—\-~～–－至到]+((?:19|20)\d{2})(?!\d)")
_FIVE_YEARS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_FIVE = re.compile("|".join(_FIVE_YEARS))
_START = re.compile(
    r"基准年|现状年|基期年|实际|基期|现状|完成|基数|基准|实绩|基础|现值|初始|底数|现有|实现值|已达"
)
_GOAL = re.compile(r"目标|规划|预测|预期|计划|预计|到期|期末|末")
_GROWTH = re.compile(r"年均|增速|增长|增幅|提高幅度|年递增")
_SUM = re.compile(r"累计|合计|共|新增")
_PROPERTY = re.compile(r"(约束|预期|指导|引导)(性|型)?(指标)?")


@dataclass(frozen=True)
class When:
    """What a value column is for: a year, and whether it is past or aimed at."""

    timing: Timing
    year: int
    cumulative: bool = False
    sure: float = 1.0


def plain_head(head: str) -> str:
    """A head without white space and without what stands in brackets."""
    return re.sub(r"[(（\[].*?[)）\]]", "", "".join(head.split())) or "".join(head.split())


def named(head: str) -> Role | None:
    """The role that a head names, by the words that plans use; None for any other."""
    words = plain_head(head)
    return _HEADS.get(words) or ("value" if is_value_head(words) else None)


def is_value_head(head: str) -> bool:
    """Whether a head is one of values: a year, a five-year plan, 现状, 目标值, 年均增速."""
    words = "".join(head.split())
    if len(words) > 20:
        return False
    if _YEAR.search(words):
        return True
    rest = re.sub(r"值|数据|情况|指标|水平|[(（].*[)）]|“|”|时期|期间|\"", "", words)
    return any(
        pattern.fullmatch(rest) for pattern in (_FIVE_ENDS, _START, _GOAL_ONLY, _GROWTH_ONLY, _SUM_ONLY)
    )


_FIVE_ENDS = re.compile(rf"(?:{_FIVE.pattern})(?:末|目标|规划|完成|累计|实际|规划目标|年均)*")
_SUM_ONLY = re.compile(r"合计|小计|总计|总数|共计|累计")
_GOAL_ONLY = re.compile(
    r"(?:规划|预期|计划|发展|总体|近期|中期|远期)?目标|规划|预期|近期|中期|远期|期末|规划期末|目标年|规划年"
)
_GROWTH_ONLY = re.compile(r"(?:五年)?(?:年均)?(?:累计|增速|增长|增幅|增长率)+(?:/?\[?累计\]?)?|年均/?累计")


def is_property(text: str) -> bool:
    return _PROPERTY.fullmatch(text) is not None


def property_of(text: str) -> Literal["约束性", "预期性"] | None:
    """约束性 or 预期性, as a cell says it; None where it says neither."""
    if not is_property(text):
        return None
    return "约束性" if text.startswith("约束") else "预期性" if text.startswith("预期") else None


def roles(table: Table) -> tuple[Role, ...]:
    """What each column of `table` holds, first by its head, then by what stands in it."""
    rows = [row for row in table.rows if heading(row) is None]
    found: list[Role | None] = [_by_head(head) for head in table.columns]
    for place, role in enumerate(found):
        cells = [row[place] for row in rows]
        if role in (None, "other") or (role == "group" and _share(cells, _is_property) > 0.5):
            found[place] = _by_cells(cells)
    if "name" not in found:
        words = _first_words(found, rows)
        if words is not None:
            found[words] = "name"
    first_name = found.index("name") if "name" in found else 0
    for place in range(first_name):
        if found[place] is None:
            found[place] = "group"
    names = [place for place, role in enumerate(found) if role == "name"]
    for place in names[:-1]:
        found[place] = "ordinal" if _share([row[place] for row in rows], _is_ordinal) > 0.8 else "group"
    return tuple(role or "other" for role in found)


def when(head: str, period: Period) -> When:
    """What year a value column is for, and whether it is the baseline's or a target's."""
    words = "".join(head.split())
    year, span = _year(words), _YEARS.search(words)
    growth = _GROWTH.search(words) is not None
    if year is None:
        if growth or "累计" in words:
            return When("growth", period.end, cumulative=not growth or "累计" in words, sure=0.7)
        if _START.search(words):
            return When("baseline", period.start - 1, sure=0.7)
        return When("target", period.end, cumulative="累计" in words, sure=0.7)
    if growth:
        return When("growth", year, cumulative="累计" in words, sure=0.7)
    summed = span is not None or _SUM.search(words) is not None
    if year < period.start or (_START.search(words) and not _GOAL.search(words)):
        return When("baseline", year, cumulative=summed)
    return When("target", year, cumulative=summed)


def _year(words: str) -> int | None:
    span = _YEARS.search(words)
    if span is not None:
        return int(span[2])
    found = _YEAR.findall(words)
    if found:
        return int(found[-1])
    five = _FIVE.search(words)
    return _FIVE_YEARS[five[0]] if five else None


def _by_head(head: str) -> Role | None:
    """The role of a column by its full name: the innermost part that names one."""
    for part in reversed(head.split(" › ")):
        role = named(part)
        if role is not None:
            return role
    return "value" if _YEAR.search(head) and len(head) < 30 else None


def _by_cells(cells: Sequence[Cell]) -> Role | None:
    if _share(cells, _is_property) > 0.5:
        return "property"
    if _share(cells, lambda text: is_figure(text) or nothing(text)) > 0.6:
        return "ordinal" if _share(cells, _is_ordinal) == 1 and len(cells) > 2 and _counts(cells) else "other"
    return None


def _first_words(found: Sequence[Role | None], rows: Sequence[Sequence[Cell]]) -> int | None:
    """The last column before the first value or unit that has words of its own in each row."""
    stop = next((place for place, role in enumerate(found) if role in ("value", "unit")), len(found))
    free = [place for place in range(stop) if found[place] in (None, "other")]
    return free[-1] if free else next((place for place in range(stop) if found[place] == "group"), None)


def _share(cells: Sequence[Cell], holds: object) -> float:
    texts = [cell.text for cell in cells if cell.text]
    return sum(bool(holds(text)) for text in texts) / len(texts) if texts else 0.0  # type: ignore[operator]


def _is_property(text: str) -> bool:
    return is_property(text)


def _is_ordinal(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}|[(（]\d{1,3}[)）]|\d{1,3}[.、]", text) is not None


def _counts(cells: Sequence[Cell]) -> bool:
    numbers = [int(re.sub(r"\D", "", cell.text)) for cell in cells if cell.text]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
