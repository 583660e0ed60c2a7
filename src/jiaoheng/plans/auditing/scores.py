"""Score cards: items against their part and the whole, and whether an item's points can be had at all."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan
from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import ScoreCard, ScoreCardItem

_POINTS = re.compile(r"[计得记给加](\d+(?:\.\d+)?)分")
_NUMBERED = re.compile(r"(?:^|(?<=[。；)）]))(?=\d[.．、](?!\d))")
_SOFT = re.compile(r"每[增减少有提高降低一项个]|按.{0,10}比例(?:计分|折算)?的?得分|扣")
_LEVEL = re.compile(
    r"(?P<subject>[^，。；]{4,40}?)(?P<before>达到?|超过|高于|不低于|不少于|不足|不满|低于|少于)?"
    r"(?P<value>\d+(?:\.\d+)?)%?(?P<after>以上|以下|以内)?"
)


def _card_total(audited: Audited) -> Iterator[Found]:
    for card in audited.plan.score_cards:
        added = math.fsum(item.points for item in card.items)
        if card.total is not None and not math.isclose(added, card.total):
            yield Found(
                f"《{card.title or '评分表'}》各项分值相加 {added:g} 分，总分写 {card.total:g} 分，"
                f"相差 {abs(added - card.total):g} 分。请核对各项分值。",
                (replace(audited.at(card.passage), quote=card.title),),
                (added, card.total),
            )


def _part_totals(audited: Audited) -> Iterator[Found]:
    for card in audited.plan.score_cards:
        parts: dict[str, list[ScoreCardItem]] = defaultdict(list)
        for item in card.items:
            for head in item.path:
                parts[head].append(item)
        off = [
            (head, stated, added)
            for head, items in parts.items()
            if (stated := _stated(audited, card, head)) is not None
            and not math.isclose(added := math.fsum(item.points for item in items), stated)
        ]
        if math.isclose(math.fsum(added - stated for _, stated, added in off), 0):
            # What one part has too much another lacks: an item stands under the wrong head, a page cut it.
            continue
        for head, stated, added in off:
            yield Found(
                f"《{card.title or '评分表'}》「{head}」写 {stated:g} 分，其下各项相加 {added:g} 分。"
                "请核对各项分值。",
                tuple(side for item in parts[head] for side in _sides(audited, item)),
                (added, stated),
            )


def _stated(audited: Audited, card: ScoreCard, head: str) -> float | None:
    """The points that are printed behind a head: 二、加强教师队伍建设（40分）."""
    source, start = audited.source, card.passage.start
    if source is None or start is None:
        return None
    words = r"\s*".join(re.escape(sign) for sign in head if not sign.isspace())
    found = re.compile(rf"{words}\s*[（(](\d+(?:\.\d+)?)\s*分").search(
        source.plain, start, card.passage.end or start
    )
    return float(found[1]) if found else None


@dataclass(frozen=True)
class _Part:
    """A numbered criterion: the most that it gives, and the level that it asks for."""

    most: float
    subject: str
    low: float | None
    high: float | None

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


def _reachable(audited: Audited) -> Iterator[Found]:
    for card in audited.plan.score_cards:
        for item in card.items:
            parts = _numbered(item.criteria)
            if len(parts) < 2 or _SOFT.search(item.criteria):
                continue
            added, most = math.fsum(part.most for part in parts), _most(parts)
            if not math.isclose(added, item.points):
                yield Found(
                    f"「{item.name}」满分 {item.points:g} 分，各条最高分相加 {added:g} 分。请核对各条分值。",
                    _sides(audited, item),
                    (added, item.points),
                )
            elif most < item.points:
                yield Found(
                    f"「{item.name}」满分 {item.points:g} 分，但有的条款不能同时满足，最多得 {most:g} 分。"
                    "请改为分档计分，或调整各条分值。",
                    _sides(audited, item),
                    (most, item.points),
                    severity="doubt",
                )


def _numbered(criteria: str) -> list[_Part]:
    """The numbered criteria; none where one of them gives no points of its own."""
    pieces = [piece for piece in _NUMBERED.split(criteria) if re.match(r"\d[.．、]", piece)]
    scored = [piece for piece in pieces if _POINTS.search(piece)]
    return [_part(piece) for piece in scored] if len(scored) == len(pieces) else []


def _part(piece: str) -> _Part:
    most = max(float(points) for points in _POINTS.findall(piece))
    level = _LEVEL.match(re.sub(r"[（(][^（）()]*[）)]", "", piece[2:]))
    if level is None:
        return _Part(most, "", None, None)
    value = float(level["value"])
    below = level["before"] in ("不足", "不满", "低于", "少于") or level["after"] in ("以下", "以内")
    return _Part(most, bare(level["subject"]), None if below else value, value if below else None)


def _most(parts: Sequence[_Part]) -> float:
    """The most that can be had at once: criteria of one subject hold for one value of it."""
    total = math.fsum(part.most for part in parts if not part.subject)
    for subject in {part.subject for part in parts if part.subject}:
        own = [part for part in parts if part.subject == subject]
        bounds = [bound for part in own for bound in (part.low, part.high) if bound is not None]
        values = [value for bound in bounds for value in (bound - 1e-9, bound, bound + 1e-9)]
        total += max(math.fsum(part.most for part in own if part.holds(value)) for value in values)
    return total


def _sides(audited: Audited, item: ScoreCardItem) -> tuple[Side, ...]:
    side = audited.at(item.passage)
    return (replace(side, quote=item.name),)


CHECKS = (
    Check(
        "score_total",
        "算术",
        "评分表总分不等于各项之和",
        "error",
        "评分表各项分值相加不等于总分。",
        each_plan(_card_total),
    ),
    Check(
        "score_part",
        "算术",
        "评分表分组分值不等于各项之和",
        "error",
        "标题后写明的分值（40分）与其下各项之和不等；一组多出的正好是另一组缺少的，是换页错位，不算。",
        each_plan(_part_totals),
    ),
    Check(
        "score_reachable",
        "算术",
        "评分项的满分得不到",
        "error",
        "编号的各条最高分相加不等于该项满分；或两条互相排斥（80%以上、不满80%），满分无法得到。"
        "按比例、按次计分和扣分的不查。",
        each_plan(_reachable),
    ),
)
