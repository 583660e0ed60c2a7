"""A county's targets beside its prefecture's and province's, and what national documents demand."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.demands import Demand, demands
from jiaoheng.plans.auditing.aims import Aim, aims
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, Material
from jiaoheng.plans.figures import amount
from jiaoheng.plans.interval import exact
from jiaoheng.plans.reading.source import plain

_LEVELS = {"national": "国家", "provincial": "省"}
_SIGNS = {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于"}


def _below_the_plan_above(material: Material) -> Iterator[Found]:
    for lower in material.plans:
        for upper in material.plans:
            if _is_above(upper.plan.region.code, lower.plan.region.code) or _is_named_above(upper, lower):
                yield from _short_of(lower, upper, material.catalogue)


def _short_of(lower: Audited, upper: Audited, catalogue: Catalogue) -> Iterator[Found]:
    asked = _last(aims(upper, catalogue))
    for quantity, own in _last(aims(lower, catalogue)).items():
        above = asked.get(quantity)
        if above is None or above.target.year != own.target.year or above.better != own.better:
            continue
        if not _falls_short(own, above.target.value):
            continue
        yield Found(
            f"「{own.name}」{own.target.year}年的目标{own.words}，"
            f"{'低于' if own.better == 'higher' else '高于'}《{upper.plan.title}》的{above.words}。"
            "请与上级规划衔接；确有理由的，请写明。",
            (own.side, above.side),
            (own.target.value, above.target.value),
        )


def _below_requirements(material: Material) -> Iterator[Found]:
    catalogue = material.catalogue
    demanded = [demand for demand in demands(catalogue) if demand.level in _LEVELS]
    for audited in material.plans:
        for own in _last(aims(audited, catalogue)).values():
            for demand in demanded:
                if own.quantity[:2] != (demand.measure, demand.stage):
                    continue
                if own.better == demand.better and _falls_short(own, demand.value):
                    yield Found(_sentence(own, demand), (own.side,), (own.target.value, demand.value))


def _sentence(own: Aim, demand: Demand) -> str:
    document = demand.item.document
    number = f"（{document.number}）" if document.number else ""
    doubt = "（这一数值尚未核对原文）" if demand.item.unverified else ""
    return (
        f"「{own.name}」{own.target.year}年的目标{own.words}，达不到{_LEVELS[demand.level]}"
        f"《{document.title}》{number}的要求：{_SIGNS[demand.op]} {amount(demand.value, own.unit)}"
        f"（{demand.item.clause}）{doubt}。照此目标通不过评估，请提高，或写明哪一年达到。"
    )


def _last(found: tuple[Aim, ...]) -> dict[tuple[str, ...], Aim]:
    """The last aim of each quantity; of one year the first that stands there, which is the table's."""
    last: dict[tuple[str, ...], Aim] = {}
    for aim in found:
        known = last.get(aim.quantity)
        if aim.better is not None and (known is None or aim.target.year > known.target.year):
            last[aim.quantity] = aim
    return last


def _falls_short(own: Aim, value: float) -> bool:
    if own.better == "higher":
        return exact(own.highest) < exact(value)
    return exact(own.target.value) > exact(value)


def _is_above(code: str | None, other: str | None) -> bool:
    """Whether the region of `code` (GB/T 2260) holds that of `other`; unknown codes hold nothing."""
    if code is None or other is None:
        return False
    kept = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return code != other and len(kept) < 6 and other.startswith(kept)


def _is_named_above(upper: Audited, lower: Audited) -> bool:
    """Whether, codes unknown, the lower plan's title names both regions in a row (某市某县)."""
    one, other = upper.plan.region, lower.plan.region
    if one.code is not None and other.code is not None:
        return False
    return one.name != other.name and one.name + other.name in plain(lower.plan.title)


CHECKS = (
    Check(
        "target_below_plan_above",
        "衔接",
        "目标不如上级规划",
        "doubt",
        "同一测算口径（没有口径的看名称）、同一年份，县的目标不如所在市、省规划的目标。上下级由行政区划代码判断，没有代码的看标题（某市某县）。",
        _below_the_plan_above,
    ),
    Check(
        "target_below_requirement",
        "衔接",
        "目标达不到国家要求",
        "doubt",
        "规划最后一年的目标，达不到国家督导评估文件对同一口径的要求。要求即标准里按县、按校判定的项目，各有条款。",
        _below_requirements,
    ),
)
