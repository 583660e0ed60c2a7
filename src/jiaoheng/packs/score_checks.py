"""Proves the score cards of a catalogue: that points add up, and that every case can be worked out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.expression import ExpressionError, Type
from jiaoheng.packs.problems import Problem, unfit
from jiaoheng.packs.score_card import Input, ScoreCard, ScoreItem
from jiaoheng.packs.yaml_lines import nearest


def score_card_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Score cards and items that cannot be scored."""
    for item in catalogue.score_items.values():
        yield from _item_problems(item, catalogue)
    for card in catalogue.score_cards.values():
        yield from _card_problems(card, catalogue)


def input_types(item: ScoreItem) -> dict[str, Type]:
    """What each input of an item is: a number, or yes or no."""
    return {
        name: "boolean" if one.declared == "yes_no" or one.item is not None else "number"
        for name, one in item.inputs.items()
    }


def _card_problems(card: ScoreCard, catalogue: Catalogue) -> Iterator[Problem]:
    items = catalogue.score_items_of(card)
    if not items:
        yield Problem(card, "id", f"评分表「{card.name}」没有任何项目。请在「score_items」里写上。")
        return
    total = math.fsum(item.points for item in items)
    if not math.isclose(total, card.total, rel_tol=0, abs_tol=1e-9):
        problem = f"各项满分之和是 {total:g} 分，评分表写的是 {card.total:g} 分。请改正其中一个。"
        yield Problem(card, "total", problem)
    yield from _key_problems(items)
    seen: dict[str, str] = {}
    for group, codes in card.groups.items():
        for code in codes:
            if code in seen:
                yield Problem(card, "groups", f"{code} 同时在「{seen[code]}」和「{group}」组里。请删去一个。")
            seen[code] = group


def _key_problems(items: tuple[ScoreItem, ...]) -> Iterator[Problem]:
    """Inputs that share an answer must ask the same, and no two questions may go by one name."""
    asked: dict[str, tuple[object, ...]] = {item.id: (item.id,) for item in items if item.scored == "people"}
    for item in items:
        for name, one in item.inputs.items():
            if one.declared is None:
                continue
            key, question = item.key_of(name), (one.declared, one.asks, one.unit)
            if asked.setdefault(key, question) != question:
                problem = f"填报编号「{key}」已用于另一个问题。请换一个「key」，或把问题写得一样。"
                yield Problem(item, f"inputs.{name}", problem)


def _item_problems(item: ScoreItem, catalogue: Catalogue) -> Iterator[Problem]:
    if item.card not in catalogue.score_cards:
        hint = nearest(item.card, catalogue.score_cards) or "请改正编号。"
        yield Problem(item, "card", f"没有评分表「{item.card}」。{hint}")
    for name, one in item.inputs.items():
        yield from _input_problems(item, name, one, catalogue)
    types = input_types(item)
    texts = [("applies", item.applies, "boolean")]
    for place, case in enumerate(item.cases):
        texts.append((f"cases.{place}.when", case.when, "boolean"))
        if isinstance(case.points, str):
            texts.append((f"cases.{place}.points", case.points, "number"))
    for key, text, wanted in texts:
        if text is None:
            continue
        try:
            node = catalogue.node(text)
        except ExpressionError as error:
            yield Problem(item, key, str(error))
            continue
        yield from unfit(item, key, node, types, catalogue, wanted=(wanted,))  # type: ignore[arg-type]


def _input_problems(item: ScoreItem, name: str, one: Input, catalogue: Catalogue) -> Iterator[Problem]:
    key = f"inputs.{name}"
    if name in catalogue.parameters:
        yield Problem(item, key, f"输入「{name}」与参数同名，会盖住它。请换一个名字。")
    if one.measure is not None:
        measure = catalogue.measures.get(one.measure)
        if measure is None:
            hint = nearest(one.measure, catalogue.measures) or "请从测算指标目录中选一个编号。"
            yield Problem(item, f"{key}.measure", f"没有编号为「{one.measure}」的测算指标。{hint}")
        elif (one.stage or "") not in (measure.rows or ("",)) and not (
            one.stage is None and len(measure.rows) == 1
        ):
            stages = "、".join(measure.rows) or "（不分学段，请删去 stage）"
            yield Problem(item, f"{key}.stage", f"「{measure.name}」应写明学段，可用：{stages}。")
    if one.item is not None and one.item not in catalogue.items:
        hint = nearest(one.item, catalogue.items) or "请改正编号。"
        yield Problem(item, f"{key}.item", f"没有标准项目「{one.item}」。{hint}")
