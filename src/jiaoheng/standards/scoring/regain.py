"""What would win lost points back: for each better case, the conditions that do not hold yet."""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.measures.words import said
from jiaoheng.packs import Catalogue, ScoreItem
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import Binary, Column, Number, Unary, with_columns
from jiaoheng.standards.scoring.cases import Weighed
from jiaoheng.standards.scoring.given import Given, amount, gap, points

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def regain(
    item: ScoreItem, weighed: Weighed, given: tuple[Given, ...], now: float, catalogue: Catalogue
) -> tuple[str, ...]:
    """What the county would have to reach for more points, the nearest case first.

    Cases that ask for the same are told once, with the most points that they give.
    """
    by_name = {one.name: one for one in given}
    wins: dict[str, float] = {}
    for case in weighed.cases:
        if case.points is None or case.points <= now or case.holds is not False:
            continue
        lacking = [_lacking(node, by_name, catalogue) for node, holds in case.parts if holds is not True]
        ask = "，且".join(lacking)
        wins[ask] = max(min(case.points, item.points), wins.get(ask, 0.0))
    ordered = sorted(wins.items(), key=lambda win: win[1])
    return tuple(f"{ask}，得 {points(worth)} 分" for ask, worth in ordered)


def _lacking(node: Node, given: Mapping[str, Given], catalogue: Catalogue) -> str:
    """One condition that does not hold, as what is to be done: ``…再提高 1.3 个百分点``."""
    if isinstance(node, Column):
        return f"做到「{given[node.name].label}」"
    if isinstance(node, Unary) and node.operator == "not" and isinstance(node.operand, Column):
        return f"不再有「{given[node.operand.name].label}」"
    if isinstance(node, Binary):
        match node.left, node.right:
            case Column(name=name), Number(value=bound):
                return _distance(given[name], node.operator, bound) or _told(node, given, catalogue)
            case Number(value=bound), Column(name=name):
                operator = _TURNED.get(node.operator, "")
                return _distance(given[name], operator, bound) or _told(node, given, catalogue)
    return _told(node, given, catalogue)


def _distance(one: Given, operator: str, bound: float) -> str:
    if one.value is None or isinstance(one.value, bool) or operator not in _TURNED:
        return ""
    verb, side = ("再提高", "达到") if operator in (">", ">=") else ("再降低", "降到")
    away = abs(bound - one.value)
    target = amount(bound, one.unit, digits=one.digits)
    if operator in (">", "<"):
        side = "超过" if operator == ">" else "低于"
    if away == 0:
        return f"「{one.label}」{side} {target}"
    return f"「{one.label}」{verb} {gap(away, one.unit, digits=one.digits)}（{side} {target}）"


def _told(node: Node, given: Mapping[str, Given], catalogue: Catalogue) -> str:
    """The condition in words."""
    named = with_columns(node, lambda column: Column(f"「{given[column.name].label}」"))
    return f"达到：{said(named, catalogue)}"
