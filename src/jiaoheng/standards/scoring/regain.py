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
        lacking = [node for node, holds in case.parts if holds is not True]
        if any(_worsens(node, by_name) for node in lacking):
            continue
        ask = "，且".join(_lacking(node, by_name, catalogue) for node in lacking)
        wins[ask] = max(min(case.points, item.points), wins.get(ask, 0.0))
    ordered = sorted(wins.items(), key=lambda win: win[1])
    return tuple(f"{ask}，得 {points(worth)} 分" for ask, worth in ordered)


def _worsens(node: Node, given: Mapping[str, Given]) -> bool:
    """Whether a condition could only be reached by making something worse: that is no advice."""
    found = _compared(node)
    if found is None:
        return False
    name, operator, _ = found
    against = {"higher": ("<", "<="), "lower": (">", ">=")}
    return operator in against.get(given[name].better, ())


def _compared(node: Node) -> tuple[str, str, float] | None:
    """Name, operator and bound of a condition that holds an input against a number."""
    if isinstance(node, Binary):
        match node.left, node.right:
            case Column(name=name), Number(value=bound):
                return name, node.operator, bound
            case Number(value=bound), Column(name=name):
                return name, _TURNED.get(node.operator, node.operator), bound
    return None


def _lacking(node: Node, given: Mapping[str, Given], catalogue: Catalogue) -> str:
    """One condition that does not hold, as what is to be done: ``…再提高 1.3 个百分点``."""
    if isinstance(node, Column):
        return f"做到「{given[node.name].label.removeprefix('是否')}」"
    if isinstance(node, Unary) and node.operator == "not" and isinstance(node.operand, Column):
        return f"不再有「{given[node.operand.name].label.removeprefix('是否')}」"
    found = _compared(node)
    distance = "" if found is None else _distance(given[found[0]], *found[1:])
    return distance or _told(node, given, catalogue)


def _distance(one: Given, operator: str, bound: float) -> str:
    if one.value is None or isinstance(one.value, bool) or operator not in (*_TURNED, "="):
        return ""
    up = bound > one.value if operator == "=" else operator in (">", ">=")
    side = {">": "超过", "<": "低于"}.get(operator, "达到" if up else "降到")
    away = abs(bound - one.value)
    target = amount(bound, one.unit, digits=one.digits)
    if away == 0:
        return f"「{one.label}」{side} {target}"
    verb = "再提高" if up else "再降低"
    return f"「{one.label}」{verb} {gap(away, one.unit, digits=one.digits)}（{side} {target}）"


def _told(node: Node, given: Mapping[str, Given], catalogue: Catalogue) -> str:
    """The condition in words."""
    named = with_columns(node, lambda column: Column(f"「{given[column.name].label}」"))
    return f"达到：{said(named, catalogue)}"
