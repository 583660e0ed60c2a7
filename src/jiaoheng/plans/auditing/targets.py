"""Targets that ask for nothing, for less than there is, or for what cannot be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from jiaoheng.plans.auditing.aims import Aim, aims, in_order
from jiaoheng.plans.auditing.check import Check, Found, Material
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.figures import amount, change
from jiaoheng.plans.interval import exact
from jiaoheng.plans.model import Baseline
from jiaoheng.plans.reading.source import plain

_PERCENT = ("%", "％")
_HOLDING = re.compile(r"保持|巩固|稳定|维持|继续|不低于基期")
_NO_SHARE = re.compile(
    r"毛入|增长|增幅|增速|增加|同比|工资|收入|待遇|相当于|容积率|完成率|利用率|使用率|比上年|倍"
)
"""Percentages that may pass 100: gross ratios, growth, one amount against another."""
_MAY_BE_GROSS = re.compile(r"入[学园]率")
"""May have been meant as a gross ratio, which its name does not say."""


def _below_baseline(material: Material) -> Iterator[Found]:
    for group in _by_quantity(material):
        behind = [(aim, aim.baseline) for aim in group if aim.baseline and _worse(aim, aim.baseline)]
        if not behind:
            continue
        aim, baseline = behind[0]
        away = abs(aim.highest - baseline.value)
        stated = "、".join(dict.fromkeys(f"{each.words}（{each.target.year}年）" for each, _ in behind))
        short = "低于" if aim.better == "higher" else "高于"
        yield Found(
            f"「{aim.name}」的目标{stated}{short}基期 {amount(baseline.value, aim.unit)}"
            f"（{baseline.year}年），相差{change(away, aim.unit)}：达到目标反而是退步。"
            f"请核对两个数；若只求保底，请写明“不{short}”并说明理由。",
            _sides(each for each, _ in behind),
            (aim.highest, baseline.value),
            severity="contradiction"
            if any(each.target.op in ("increase_to", "decrease_to") for each, _ in behind)
            else None,
        )


def _already_met(material: Material) -> Iterator[Found]:
    for group in _by_quantity(material):
        aim = group[-1]
        if aim.baseline is None or aim.better is None or aim.baseline.op not in ("=", ">="):
            continue
        if exact(aim.target.value) != exact(aim.baseline.value) or _at_the_end(aim):
            continue
        if aim.target.op in (">", "<") or _HOLDING.search(plain(aim.name + aim.side.quote)):
            continue
        yield Found(
            f"「{aim.name}」{aim.target.year}年的目标{aim.words}，{aim.baseline.year}年已是"
            f" {amount(aim.baseline.value, aim.unit)}：基期就已达到。请提高目标；若意在保持，请写明“保持”。",
            _sides([aim]),
            (aim.target.value, aim.baseline.value),
        )


def _over_hundred(material: Material) -> Iterator[Found]:
    for group in _by_quantity(material):
        over = [aim for aim in group if _past_hundred(aim) and not _NO_SHARE.search(aim.name)]
        if not over:
            continue
        aim = over[0]
        if _NO_SHARE.search(aim.measure_name):
            yield Found(
                f"「{aim.name}」的目标{aim.words}超过 100%，只有毛入学（园）率才可能。"
                "请在名称里写明“毛”，或改正数值。",
                _sides(over),
                (aim.target.value, 100),
                severity="note",
            )
            continue
        yield Found(
            f"「{aim.name}」的目标{aim.words}超过 100%，部分不可能多于全体。"
            f"请改正数值；{'若指毛入学（园）率' if '入' in aim.name else '若是与另一数相比'}，请写明。",
            _sides(over),
            (aim.target.value, 100),
            severity="doubt" if _MAY_BE_GROSS.search(aim.name) else None,
        )


def _under_zero(material: Material) -> Iterator[Found]:
    for audited in material.plans:
        for item in audited.plan.indicators:
            target = item.target
            if target is None:
                continue
            left = target.value
            if target.op == "decrease_by" and item.baseline is not None:
                left = item.baseline.value - target.value
            share = item.unit in _PERCENT and "增" not in item.name
            if left < 0 and (share or target.op == "decrease_by"):
                yield Found(
                    f"「{item.name}」的目标算来是 {amount(left, item.unit)}，小于 0。"
                    "请核对基期和降低的幅度。",
                    (audited.at(item.passage),),
                    (left, 0),
                )


def _by_quantity(material: Material) -> Iterator[list[Aim]]:
    """The aims of one quantity in one plan, in the order of their years; within a year tables first."""
    for audited in material.plans:
        groups: dict[tuple[str, ...], list[Aim]] = defaultdict(list)
        for aim in aims(audited, material.catalogue):
            groups[aim.quantity].append(aim)
        for group in groups.values():
            yield sorted(group, key=lambda aim: aim.target.year)


def _worse(aim: Aim, baseline: Baseline) -> bool:
    if baseline.op not in ("=", ">=", ">") or aim.target.year <= baseline.year:
        return False
    reached, start = exact(aim.highest), exact(baseline.value)
    if aim.better == "higher":
        return reached < start
    return aim.better == "lower" and baseline.op == "=" and reached > start


def _at_the_end(aim: Aim) -> bool:
    return aim.unit in _PERCENT and aim.target.value in (0, 100)


def _past_hundred(aim: Aim) -> bool:
    if aim.unit not in _PERCENT or aim.target.op in ("<", "<=", "~"):
        return False
    return aim.target.value > 100 or (aim.target.op == ">" and aim.target.value == 100)


def _sides(found: Iterable[Aim]) -> tuple[Side, ...]:
    every = [side for aim in found for side in (aim.side, aim.baseline_side) if side is not None]
    return tuple(sorted(dict.fromkeys(every), key=in_order))


CHECKS = (
    Check(
        "target_below_baseline",
        "目标",
        "目标不如基期",
        "doubt",
        "越大越好的量，目标小于基期；越小越好的，目标大于基期。方向取自“不低于”“不超过”等字样，没有的取自测算口径。"
        "写“提高到”却低于基期的，算矛盾。累计、新增的量不比。",
        _below_baseline,
    ),
    Check(
        "target_already_met",
        "目标",
        "基期已达到目标",
        "note",
        "目标与基期相等。百分比已到 100% 或 0 的、写明“保持”“巩固”的不算。",
        _already_met,
    ),
    Check(
        "target_over_hundred",
        "目标",
        "目标超过 100%",
        "error",
        "部分占全体的百分比，目标大于 100%（或写“大于 100%”）。毛入学率、增长率、与另一数相比的不算；"
        "入学率、入园率可能是漏写了“毛”，作疑点；口径是毛入学率而名称没有写“毛”的，只作提示。",
        _over_hundred,
    ),
    Check(
        "target_under_zero",
        "目标",
        "目标小于 0",
        "error",
        "百分比的目标小于 0，或降低的幅度大于基期。",
        _under_zero,
    ),
)
