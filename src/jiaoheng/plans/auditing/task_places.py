"""A task as the task table states it against the text: who is in charge, and when what is due."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, Material, each_text
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.auditing.statements import Quantity, Statement, of_words
from jiaoheng.plans.auditing.stops import stops
from jiaoheng.plans.figures import amount
from jiaoheng.plans.model import Passage, Task
from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.quantities import Setting, figures
from jiaoheng.plans.reading.quantities.years import Years, years
from jiaoheng.plans.reading.tasks.duty import duty

_JOINT = re.compile(r"[和与及]")
_KIND = re.compile(r"(?:委员会|办公室|[局委办部])$")
_TWICE = re.compile(r"(.{2,4})\1")
_SHORTEST = 4
_SHOWN = 40
_ALL = re.compile(r"^各|有关|相关|成员单位")


def _in_charge(audited: Audited) -> Iterator[Found]:
    """Text and table name different units for one task; names that only differ in wording are one unit."""
    for task in audited.plan.tasks:
        for place in task.also:
            told = _duty_at(audited, place)
            if told is None or not (task.lead or task.responsible):
                continue
            listed, stated = {*task.lead, *task.responsible}, {*told[0], *told[1]}
            only_table = [unit for unit in (*task.lead, *task.responsible) if not _named_in(unit, stated)]
            only_text = [unit for unit in (*told[0], *told[1]) if not _named_in(unit, listed)]
            if not only_table and not only_text:
                continue
            words = [f"清单有而正文没有：{'、'.join(only_table)}"] if only_table else []
            words += [f"正文有而清单没有：{'、'.join(only_text)}"] if only_text else []
            yield Found(
                f"任务「{task.title}」的牵头和责任单位，正文与工作清单不一：{'；'.join(words)}。请核对后统一。",
                (audited.at(task.passage), _end(audited, place)),
            )


def _duty_at(audited: Audited, place: Passage) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    if audited.source is None or place.start is None or place.end is None:
        return None
    told = duty(re.sub(r"\s+", "", audited.source.plain[place.start : place.end]))
    return None if told is None else (told.lead, told.responsible)


def _named_in(unit: str, others: set[str]) -> bool:
    return any(unit == other or _stem(unit) == _stem(other) for other in others)


def _stem(unit: str) -> str:
    """A unit's name without its kind and without 和: alike for 区发展和改革局 and 区发展改革委员会.

    A word printed twice counts once: that slip has its own finding.
    """
    return _KIND.sub("", _TWICE.sub(r"\1", _JOINT.sub("", stops(unit))))


def _end(audited: Audited, place: Passage) -> Side:
    """The end of a task's passage, where it says who is in charge."""
    assert place.start is not None
    assert place.end is not None
    return audited.side(max(place.start, place.end - 60), place.end)


def _two_names(audited: Audited) -> Iterator[Found]:
    """One unit under two names; all such pairs of a plan in one finding."""
    names: dict[str, dict[str, Passage]] = defaultdict(dict)
    for task in audited.plan.tasks:
        for unit in (*task.lead, *task.responsible):
            names[_stem(unit)].setdefault(unit, task.passage)
        for place in task.also:
            for unit in [unit for part in _duty_at(audited, place) or () for unit in part]:
                names[_stem(unit)].setdefault(unit, place)
    double = {stem: units for stem, units in names.items() if _is_double(stem, list(units))}
    if double:
        listed = "；".join("、".join(f"「{unit}」" for unit in units) for units in double.values())
        sides = tuple(
            _unit_side(audited, unit, place) for units in double.values() for unit, place in units.items()
        )
        yield Found(f"同一单位用了不同名称：{listed}。请统一为规范名称。", sides, (float(len(double)),))


def _is_double(stem: str, units: Sequence[str]) -> bool:
    """Whether it is one unit of the plan's region under names that differ by more than a slip."""
    apart = {_TWICE.sub(r"\1", stops(unit)) for unit in units}
    return len(apart) > 1 and len(stem) >= _SHORTEST and not any(_ALL.search(unit) for unit in units)


def _unit_side(audited: Audited, unit: str, place: Passage) -> Side:
    """Where a unit's name stands in or after a passage; the passage itself where it is broken by a page."""
    assert audited.source is not None
    if place.start is not None and place.end is not None:
        start = audited.source.plain.find(unit, place.start, place.end + 200)
        if start >= 0:
            return audited.side(start, start + len(unit))
    return audited.at(place)


def _due(material: Material) -> Iterator[Found]:
    """What the table wants in one year, the text dates later."""
    for audited, stated in zip(material.plans, material.statements, strict=True):
        if audited.source is None:
            continue
        dated: dict[tuple[Quantity, float], list[Statement]] = defaultdict(list)
        for each in stated:
            if each.kind == "target" and each.dated:
                dated[each.quantity, each.value].append(each)
        flows = {stops(flow.text): flow for flow in audited.cells}
        for task in audited.plan.tasks:
            for year in task.due:
                flow = flows.get(stops(task.due[year]))
                if flow is not None:
                    yield from _judged_due(material, audited, task, year, flow, dated)


def _judged_due(
    material: Material,
    audited: Audited,
    task: Task,
    year: int,
    flow: Flow,
    dated: Mapping[tuple[Quantity, float], list[Statement]],
) -> Iterator[Found]:
    own = stops(re.sub(r"《[^《》]*》", lambda match: "〇" * len(match[0]), flow.text))
    after = [named for named in years(own) if named.last is not None and named.last > year]
    later = sorted({named.last for named in after if named.last is not None})
    period = audited.plan.period
    setting = Setting(start=period.start, end=period.end, year=year)
    found: list[tuple[str, Statement]] = []
    for figure in figures(flow, setting=setting):
        if figure.role != "commitment" or not figure.subject or figure.value in (0, 100):
            continue
        quantity = of_words(
            figure.subject, figure.unit, own[: figure.start], material.catalogue, figure.per or ""
        )
        same = dated.get((quantity, figure.value), [])
        if same and all(each.year > year for each in same):
            found.append((f"{figure.subject} {amount(figure.value, figure.unit)}", same[0]))
    if not found and not later:
        return
    if found:
        items = "、".join(dict.fromkeys(words for words, _ in found))
        elsewhere = "、".join(f"{each} 年" for each in sorted({one.year for _, one in found}))
        said = f"{items}，正文到 {elsewhere}才达到"
    else:
        said = f"写有 {'、'.join(f'{each} 年' for each in later)}的内容"
    yield Found(
        f"工作清单「{task.title}」{year} 年一栏：{said}。请核对年度，或写明这一年应完成的部分。",
        (audited.part(flow, *_shown(flow, after)), *dict.fromkeys(one.side for _, one in found)),
        (float(year), *(float(one.year) for _, one in found), *map(float, later if not found else ())),
    )


def _shown(flow: Flow, after: Sequence[Years]) -> tuple[int, int]:
    """What to quote of a cell: around the later years that it names, else its beginning."""
    if not after:
        return 0, min(len(flow.text), _SHOWN)
    return max(0, after[0].start - _SHOWN // 2), min(len(flow.text), after[-1].end + 4)


CHECKS = (
    Check(
        "task_units_differ",
        "任务",
        "同一任务的单位不一",
        "contradiction",
        "工作清单和正文写的牵头、责任单位不同；只差“和”字或局、委之称的算同一单位。",
        each_text(_in_charge),
        text=True,
    ),
    Check(
        "unit_two_names",
        "任务",
        "同一单位两种名称",
        "note",
        "任务里的单位名称只差“和”字或局、委之称。每件规划合成一条。",
        each_text(_two_names),
        text=True,
    ),
    Check(
        "due_year_differs",
        "任务",
        "清单的年度与正文不一",
        "doubt",
        "工作清单某年一栏里的目标，正文写的年份更晚；或这一栏里写有以后年份的内容。",
        _due,
        text=True,
    ),
)
