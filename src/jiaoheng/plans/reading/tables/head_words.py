"""The words that plans put at the head of columns, and in the column 属性."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["ordinal", "group", "name", "unit", "value", "property", "owner", "note", "other"]
"""What a column holds."""

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
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
FIVE_YEARS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
FIVE_YEAR_PLAN = re.compile("|".join(FIVE_YEARS))
START = re.compile(
    r"基准年|现状年|基期年|实际|基期|现状|完成|基数|基准|实绩|基础|现值|初始|底数|现有|实现值|已达"
)
_PROPERTY = re.compile(r"(约束|预期|指导|引导)(性|型)?(指标)?")

_VALUE_HEADS = tuple(
    map(
        re.compile,
        (
            rf"(?:{FIVE_YEAR_PLAN.pattern})(?:末|目标|规划|完成|累计|实际|规划目标|年均)*",
            START.pattern,
            r"(?:规划|预期|计划|发展|总体|近期|中期|远期)?目标|规划|预期|近期|中期|远期|期末|规划期末|目标年|规划年",
            r"(?:五年)?(?:年均)?(?:累计|增速|增长|增幅|增长率)+(?:/?\[?累计\]?)?|年均/?累计",
            r"合计|小计|总计|总数|共计|累计",
        ),
    )
)
_LONGEST_VALUE_HEAD = 20


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
    if len(words) > _LONGEST_VALUE_HEAD:
        return False
    if YEAR.search(words):
        return True
    rest = re.sub(r"值|数据|情况|指标|水平|[(（].*[)）]|“|”|时期|期间|\"", "", words)
    return any(pattern.fullmatch(rest) for pattern in _VALUE_HEADS)


def is_property(text: str) -> bool:
    """Whether a cell says how an indicator binds (约束性, 预期性, 指导性)."""
    return _PROPERTY.fullmatch(text) is not None


def property_of(text: str) -> Literal["约束性", "预期性"] | None:
    """约束性 or 预期性, as a cell says it; None where it says neither."""
    if not is_property(text):
        return None
    return "约束性" if text.startswith("约束") else "预期性" if text.startswith("预期") else None
