"""Which case decides an item, and the points that remain possible where something is not known."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.packs import Catalogue, ScoreCase, ScoreItem
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.scoring.cases import Weighed
from jiaoheng.standards.scoring.given import Given, points
from jiaoheng.standards.scoring.inputs import UNANSWERED
from jiaoheng.standards.scoring.regain import regain
from jiaoheng.standards.scoring.scored import ScoredItem, span


@dataclass(frozen=True)
class Possible:
    """A case that may decide (None: no case holds), and the points that it may then give."""

    case: ScoreCase | None
    low: float
    high: float


def possible(item: ScoreItem, weighed: Weighed) -> tuple[Possible, ...]:
    """Every way in which the item may turn out.

    The first case that holds decides. One that may hold is a way of its own and does not stop the search;
    where none is sure to hold, that none does is a way too, and gives nothing. Points are kept within 0 and
    the item's own.
    """
    ways: list[Possible] = []
    for case, found in zip(item.cases, weighed.cases, strict=True):
        if found.holds is False:
            continue
        if found.points is None:
            ways.append(Possible(case, 0.0, item.points))
        else:
            worth = min(max(float(f"{found.points:.12g}"), 0.0), item.points)
            ways.append(Possible(case, worth, worth))
        if found.holds:
            return tuple(ways)
    return (*ways, Possible(None, 0.0, 0.0))


def by_rule(item: ScoreItem, weighed: Weighed, given: tuple[Given, ...], catalogue: Catalogue) -> ScoredItem:
    """An item that its cases decide, taking it to apply."""
    ways = possible(item, weighed)
    low, high = min(way.low for way in ways), max(way.high for way in ways)
    told = "；".join(one.words for one in given if one.value is not None)
    told = f"{told}。" if told else ""
    missing = "、".join(_absent(one) for one in given if one.value is None)
    if low < high:
        why = f"{told}缺少{missing}，可得 {span(low, high)} 分。"
        case = ways[0].case if len(ways) == 1 else None
        return ScoredItem(item, low, high, "open", case, given, why, _wanted(given, high))
    if len({id(way.case) for way in ways}) > 1:
        why = f"{told}无论{missing}如何，都得 {points(low)} 分。"
        return ScoredItem(item, low, high, "any_case", None, given, why)
    case = ways[0].case
    if case is None:
        why = f"{told}不符合任何一种得分情形，得 0 分。"
    else:
        why = f"{told}按“{case.says}”，得 {points(low)} 分。"
    return ScoredItem(
        item,
        low,
        high,
        "case" if case else "no_case",
        case,
        given,
        why,
        regain(item, weighed, given, low, catalogue),
    )


def by_people(item: ScoreItem, answers: Answers | None) -> ScoredItem:
    """An item that an inspection group scores."""
    found = None if answers is None else answers.number(item.id)
    if found is None:
        why = f"由检查组评分，{UNANSWERED}，可得 {span(0, item.points)} 分。"
        return ScoredItem(item, 0.0, item.points, "open", None, (), why, (f"请填报「{item.name}」的得分",))
    answer = answers.answers[item.id] if answers is not None else None
    by = f"（{answer.by}）" if answer is not None and answer.by else ""
    note = f"：{answer.note}" if answer is not None and answer.note else ""
    return ScoredItem(item, found, found, "people", None, (), f"由人评分{by}，得 {points(found)} 分{note}。")


def _absent(one: Given) -> str:
    """``「…」（尚未填报）``"""
    return f"「{one.label}」（{one.reason}）" if one.reason else f"「{one.label}」"


def _wanted(given: tuple[Given, ...], high: float) -> tuple[str, ...]:
    """What must be told before the points are settled."""
    return tuple(
        f"请{'填报' if one.reason == UNANSWERED else '补齐'}「{one.label}」，最多可得 {points(high)} 分"
        for one in given
        if one.value is None
    )
