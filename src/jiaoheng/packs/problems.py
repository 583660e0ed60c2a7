"""What may be wrong with an expression in a pack, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.expression import ExpressionError, Node, Schema, Type, check
from jiaoheng.packs.grains import GRAIN_LABELS, grain_of
from jiaoheng.packs.models import Document, Entry
from jiaoheng.packs.yaml_lines import nearest

_TYPES: dict[Type, str] = {"number": "数", "boolean": "条件（是或否）", "text": "文字", "null": "缺失"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one key of an entry or a document, and how to mend it."""

    of: Entry | Document
    key: str
    text: str


def unfit(
    entry: Entry, key: str, node: Node, schema: Schema, catalogue: Catalogue, *, wanted: Sequence[Type]
) -> Iterator[Problem]:
    """What keeps an expression from being worked out over the names of `schema`, to a `wanted` type."""
    for name in sorted(node.columns() - schema.keys()):
        there = _elsewhere(name, catalogue)
        hint = nearest(name, schema) or "请改用这张表的列，或同一粒度的统计项。"
        advice = f"它在：{there}，不能在这里混用。请改用同一粒度的量。" if there else hint
        yield Problem(entry, key, f"这里没有名为「{name}」的列或统计项。{advice}")
        return
    try:
        found = check(node, schema)
    except ExpressionError as error:
        yield Problem(entry, key, str(error))
        return
    if found not in wanted:
        should = "或".join(_TYPES[each] for each in wanted)
        yield Problem(entry, key, f"算式的结果是{_TYPES[found]}，应是{should}。请改正。")


def _elsewhere(name: str, catalogue: Catalogue) -> str:
    places = [f"表 {table}" for table, own in catalogue.columns.items() if name in own]
    if fact := catalogue.facts.get(name):
        grain = grain_of(fact.table)
        places.append(f"统计项（{GRAIN_LABELS[grain]}）" if grain else "统计项")
    return "、".join(places)
