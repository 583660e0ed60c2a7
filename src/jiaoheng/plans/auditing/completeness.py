"""What a plan leaves out, so that nobody could follow it: baselines, owners, measures, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan, each_text
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Indicator, Passage, Task

_OWNER = re.compile(r"(?:牵头|责任|负责|主管|实施)(?:单位|部门|主体|人)")
_BEFORE_A_TABLE = 400
"""Characters above the first row of a table in which its title and head stand."""

_WITHIN = re.compile(r"(?<![0-9一二三四五六七八九十每])(?:[2-5]|[二两三四五])年(?:之|以)?内")
_BEGINS = re.compile(r"20\d\d|自|起|印发|规划期|实施期|十[一二三四五]五|以来|每")
_TIMES = ("年", "月", "个月", "周", "日", "天", "小时", "学时", "课时", "节", "分钟")
"""Units of standing duties: five months of practice within any five years need no beginning."""

_SENTENCE = 120
"""Characters before a figure in which its sentence begins."""

_NAMES_SHOWN = 12


def _no_baseline(audited: Audited) -> Iterator[Found]:
    goals = _goals(audited)
    missing = [item for item in goals if item.baseline is None]
    if missing and len(missing) < len(goals):
        advice = "看不出要提高多少，也画不出逐年路径。请补上基期年份和数值。"
        yield _listed(audited, missing, f"{len(missing)} 项指标没有基期值", advice)
    elif missing:
        yield _listed(
            audited, missing, "全部指标都没有基期值", "看不出要提高多少。请为每项指标补上基期年份和数值。"
        )


def _no_target(audited: Audited) -> Iterator[Found]:
    missing = [item for item in _goals(audited) if item.target is None]
    if missing:
        advice = "要做到多少无从检查，监测报告只能写“无法计算”。请补上目标年份和数值。"
        yield _listed(audited, missing, f"{len(missing)} 项指标没有目标值", advice)


def _no_owner(audited: Audited) -> Iterator[Found]:
    assert audited.source is not None
    text = audited.source.plain
    owned = [bare(" ".join((task.title, *task.due.values()))) for task in audited.plan.tasks if task.lead]
    missing = [
        item
        for item in _goals(audited)
        if item.passage.start is not None
        and not _OWNER.search(text[max(0, item.passage.start - _BEFORE_A_TABLE) : item.passage.end])
        and not any(bare(item.name) in words for words in owned)
    ]
    if missing:
        advice = "没有单位对结果负责。请为每项指标写明牵头单位，或在任务表中点明哪项任务完成哪项指标。"
        yield _listed(audited, missing, f"{len(missing)} 项指标没有写明由谁负责", advice)


def _no_measure(audited: Audited) -> Iterator[Found]:
    missing = [item for item in _goals(audited) if item.measure is None]
    if missing:
        advice = (
            "现有数据算不出，监测报告只能写“无法计算”。"
            "请核对名称，或写明计算口径和数据来源，再为它添加指标定义。"
        )
        yield _listed(audited, missing, f"{len(missing)} 项指标没有可用来跟踪的测算口径", advice)


def _no_lead_unit(audited: Audited) -> Iterator[Found]:
    missing = [task for task in audited.plan.tasks if not task.lead]
    nobody = [task for task in missing if not task.responsible]
    shared = [task for task in missing if len(task.responsible) > 1]
    if nobody:
        advice = "没有单位对它负责。请补上牵头单位。"
        yield _of_tasks(audited, nobody, f"{len(nobody)} 项任务没有写明牵头单位和责任单位", advice)
    if shared:
        advice = "几个单位都负责，就没有谁来统筹。请从中指定牵头单位。"
        yield _of_tasks(audited, shared, f"{len(shared)} 项任务有几个责任单位而没有牵头单位", advice)


def _not_due(audited: Audited) -> Iterator[Found]:
    tasks = audited.plan.tasks
    missing = [task for task in tasks if not task.due]
    if missing:
        how_many = "全部任务都" if len(missing) == len(tasks) else f"{len(missing)} 项任务"
        advice = "何时做到哪一步无从检查，跟踪时只能按规划期末年算。请写明各年应做的事。"
        yield _of_tasks(audited, missing, f"{how_many}没有写明各年要做到什么", advice)


def _no_deadline(audited: Audited) -> Iterator[Found]:
    """Figures due within some years (三年内) of nobody knows when."""
    assert audited.source is not None
    text = audited.source.plain
    sides = []
    for item in audited.plan.commitments:
        start, end = item.passage.start, item.passage.end
        if start is None or end is None or item.per or item.unit in _TIMES:
            continue
        sentence = re.split(r"[。；;\n]", text[max(0, start - _SENTENCE) : end])[-1]
        within = list(_WITHIN.finditer(sentence))
        if within and not _BEGINS.search(sentence):
            sides.append(audited.side(end - len(sentence) + within[-1].start(), end))
    if sides:
        quotes = "、".join(f"“{side.quote}”" for side in sides[:_NAMES_SHOWN])
        yield Found(
            f"{len(sides)} 处数量只写在几年之内，没有写从哪一年算起：{quotes}{_and_more(len(sides))}。"
            "请写明到哪一年完成。",
            tuple(sides),
            (float(len(sides)),),
        )


def _goals(audited: Audited) -> list[Indicator]:
    return [item for item in audited.plan.indicators if item.role == "goal"]


def _listed(audited: Audited, items: list[Indicator], what: str, advice: str) -> Found:
    places = [item.passage for item in items]
    return _found(audited, [f"「{item.name}」" for item in items], places, what, advice)


def _of_tasks(audited: Audited, tasks: list[Task], what: str, advice: str) -> Found:
    names = [f"{task.number} {task.title}" for task in tasks]
    return _found(audited, names, [task.passage for task in tasks], what, advice)


def _found(audited: Audited, names: list[str], places: Iterable[Passage], what: str, advice: str) -> Found:
    every = list(dict.fromkeys(names))
    listed = "、".join(every[:_NAMES_SHOWN]) + _and_more(len(every))
    sides: dict[Side, None] = dict.fromkeys(audited.at(place) for place in places)
    return Found(f"{what}：{listed}。{advice}", tuple(sides), (float(len(names)),))


def _and_more(count: int) -> str:
    return "" if count <= _NAMES_SHOWN else f"等 {count} 项"


CHECKS = (
    Check(
        "indicator_without_baseline",
        "缺项",
        "指标没有基期值",
        "doubt",
        "指标表里没有起点的指标，一份规划列为一条。预测数不算。",
        each_plan(_no_baseline),
    ),
    Check(
        "indicator_without_target",
        "缺项",
        "指标没有目标值",
        "doubt",
        "指标表里有这一行而没有目标数字的指标，一份规划列为一条。预测数不算。",
        each_plan(_no_target),
    ),
    Check(
        "indicator_without_owner",
        "缺项",
        "指标没有责任单位",
        "note",
        "指标所在的表没有责任单位一栏，也没有哪项有牵头单位的任务提到它。一份规划列为一条。",
        each_text(_no_owner),
        text=True,
    ),
    Check(
        "indicator_without_measure",
        "缺项",
        "指标没有测算口径",
        "note",
        "指标名称对不上任何测算口径。一份规划列为一条。",
        each_plan(_no_measure),
    ),
    Check(
        "target_without_year",
        "缺项",
        "数量没有时限",
        "doubt",
        "只写“三年内”而同一句里没有年份、也没有写从何时算起的数量；以时间计的长期要求不算。一份规划列为一条。",
        each_text(_no_deadline),
        text=True,
    ),
    Check(
        "task_without_lead_unit",
        "缺项",
        "任务没有牵头单位",
        "doubt",
        "没有任何单位的任务；有几个责任单位而没有牵头单位的任务。只有一个责任单位的不算。",
        each_plan(_no_lead_unit),
    ),
    Check(
        "task_without_due",
        "缺项",
        "任务没有年度要求",
        "note",
        "没有写明哪一年做到什么的任务。一份规划列为一条。",
        each_plan(_not_due),
    ),
)
