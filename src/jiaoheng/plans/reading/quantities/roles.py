"""What a figure does in its sentence: tells of the past, foresees, computes, promises, or only describes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.reading.quantities.figure import Role, Setting
from jiaoheng.plans.reading.quantities.place import Place
from jiaoheng.plans.reading.quantities.promises import is_condition, is_term, promises
from jiaoheng.plans.reading.quantities.quantity import Quantity

_BACKWARD = re.compile(
    r"发展基础|工作基础|基础(?:与|和|及)|^(?:第?.{1,4}[章节、.])?基础$|现状|回顾|(?:成就|成效|成绩)(?=$|[和与及、，（(—“])|成果$"
    r"|面临|形势|背景|挑战|机遇|存在(?:的)?(?:主要)?(?:问题|困难)|问题(?:与|和)|短板|发展环境|基本情况|主要做法"
    r"|[“\"]?十[一二三四五六七]五[”\"]?(?:期间|时期|以来)?.{0,12}(?:回顾|总结|完成情况|成果)"
)
_FORWARD = re.compile(r"补齐|补足|补强|弥补|补短板|夯实|筑牢|应对|破解|解决|改善|巩固|提升|推进|扩大")
"""What a heading says is to be done about what it names: 补齐短板, 应对挑战 look ahead."""
_EXPLAINING = re.compile(r"名词解释|指标解释|指标说明|指标释义|术语|编制说明|编制依据")
_EXPLAINED = re.compile(r"是指|指的是|即指|计算公式|所称")
_PAST = re.compile(
    r"已(?!经批准)|目前|截至|截止|现有|以来|先后|共有|荣获|近年来|近[一二三四五两\d]+年|[五三两十]年来|去年|上年|当前|曾|受惠|顺利通过|成功创建|获评|被评|获得了"
    r"|(?:达到|实现|完成|提高|增加|取得|建成|新增)了"
)
_FUTURE = re.compile(
    r"力争|争取|确保|将(?!其)|要(?!求|素)|计划|到20\d\d年|20\d\d年(?:底|末)?前|保证|拟|努力|须|应(?!用|急|届)|不得|今后|下一步"
)
_FORECAST = re.compile(r"预测|测算|推算|估算|预估|推计|需求|缺口|缺额|将面临|峰值")
_EXPECTED = re.compile(r"预计|预期")
_TO_BUILD = re.compile(r"新建|改扩建|配建")
_PEOPLE = re.compile(
    r"(?:学龄|常住|户籍|出生|总)?人口|在校生|在园(?:\(班\)|（班）)?(?:幼儿|儿童|人数)|适龄|生源|学生数|出生|入学人数"
    r"|学生(?:将)?(?:年均)?(?:增加|增长|达)"
)
_GROWING = re.compile(r"(?:学生|幼儿|人口|生源)[^，。；]{0,6}(?:增加|增长|减少|将)")
_COMPUTED = re.compile(r"计算|测算|推算|核算|折算|/户|按此|据此")
_YEARLY_GROWTH = re.compile(r"年均增[加长]")


@dataclass(frozen=True)
class Timing:
    """When a figure is for: its year, whether the words name one at all, and how sure that is."""

    year: int | None = None
    named: bool = False
    sure: float = 1


def role(one: Quantity, place: Place, timing: Timing, setting: Setting, told: str) -> tuple[Role, float]:
    """The role of a quantity, and how sure that is.

    Parameters
    ----------
    told : the words of the sentence up to the number.
    """
    clause = place.lead + place.rest
    if setting.kind == "footnote" or any(_EXPLAINING.search(title) for title in setting.section):
        return "definition", 1
    if _EXPLAINED.search(clause):
        return "definition", 0.9
    if _is_past(told, timing, setting):
        return "past", 0.95
    if _is_assumed(one, place):
        return "assumption", 0.85
    if _is_foreseen(one, place):
        return "forecast", 0.8
    if _backward(setting):
        return ("forecast", 0.6) if timing.named else ("past", 0.9)
    if is_condition(one, place):
        return "condition", 0.85
    if is_term(one, place):
        return "term", 0.85
    return ("commitment", 1) if promises(one, place) else ("count", 0.8)


def is_past(told: str, timing: Timing, setting: Setting) -> bool:
    """Whether a sentence tells of what was, by its section, its year or its words before (`told`)."""
    return _backward(setting) or _is_past(told, timing, setting)


def _backward(setting: Setting) -> bool:
    return setting.kind == "front" or any(_looks_back(title) for title in setting.section)


def _looks_back(title: str) -> bool:
    back = _BACKWARD.search(title)
    return back is not None and not _FORWARD.search(title, 0, back.start())


def _is_past(told: str, timing: Timing, setting: Setting) -> bool:
    if timing.year is not None and setting.start is not None:
        if timing.year < setting.start:
            return True
        if _backward(setting):
            return False
    past, future = _last(_PAST, told), _last(_FUTURE, told)
    return past >= 0 and past > future


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match starts; -1 where there is none."""
    return max((match.start() for match in pattern.finditer(words)), default=-1)


def _is_assumed(one: Quantity, place: Place) -> bool:
    grows = one.unit in ("人", "名", "个") and _YEARLY_GROWTH.search(place.full)
    return "/户" in one.unit or bool(_COMPUTED.search(place.rest)) or bool(grows)


def _is_foreseen(one: Quantity, place: Place) -> bool:
    if one.unit in ("%", "个百分点"):
        return bool(re.search(r"预测|测算|推算|预估", place.lead))
    if _FORECAST.search(place.lead):
        return not _TO_BUILD.search(place.lead)
    grows = _EXPECTED.search(place.lead) or _GROWING.search(place.full)
    return one.unit in ("人", "名", "") and bool(_PEOPLE.search(place.full)) and bool(grows)
