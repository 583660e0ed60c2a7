"""What people changed in a plan that was read stays when the document is read again.

Three plans meet: as it was read *before*, *mine* as people left it since, and as it is read *now*. A field
that people changed is theirs; all others are as read now. What they took out stays out, what they added
stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from jiaoheng.plans.model import Allocation, AllocationRow, Plan

Item = BaseModel


@dataclass(frozen=True)
class Kept:
    """The plan with what people changed, and one Chinese sentence for each change that was kept."""

    plan: Plan
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    """A list of a plan.

    Attributes
    ----------
    label : its Chinese name.
    name, identity : what names an item to a person; what tells it from the others.
    moved : an item with what people changed, and the item as read now: the parts that people changed stand
        where the document now has them.
    """

    label: str
    name: Callable[[Any], str]
    identity: Callable[[Any], str]
    moved: Callable[[Any, Any], Any] = lambda changed, now: changed


def _rows_moved(changed: Allocation, now: Allocation) -> Allocation:
    every = (*now.rows, *([now.total] if now.total else []))
    places = {row.area: {"start": row.start, "end": row.end} for row in every}

    def moved(row: AllocationRow) -> AllocationRow:
        return row.model_copy(update=places.get(row.area, {"start": None, "end": None}))

    total = moved(changed.total) if changed.total else None
    return changed.model_copy(update={"rows": tuple(map(moved, changed.rows)), "total": total})


_KINDS: dict[str, _Kind] = {
    "indicators": _Kind("指标", lambda each: each.name, lambda each: each.id),
    "commitments": _Kind(
        "承诺",
        lambda each: each.subject,
        lambda each: f"{each.passage.section}|{each.subject}|{each.passage.quote}",
    ),
    "tasks": _Kind("任务", lambda each: each.title, lambda each: f"{each.number}|{each.title}"),
    "projects": _Kind("项目", lambda each: each.name, lambda each: each.name),
    "allocations": _Kind("分配表", lambda each: each.title, lambda each: each.title, _rows_moved),
    "score_cards": _Kind("评分表", lambda each: each.title, lambda each: each.title),
}
_SINGLE = {
    "title": "标题",
    "number": "文号",
    "issuer": "发文机关",
    "region": "地区",
    "period": "规划期",
    "published": "发布日期",
}


def keep(before: Plan, mine: Plan, now: Plan) -> Kept:
    """`now` with all that differs between `before` and `mine`."""
    notes: list[str] = []
    update: dict[str, Any] = {}
    for field, label in _SINGLE.items():
        if getattr(mine, field) != getattr(before, field):
            update[field] = getattr(mine, field)
            if getattr(mine, field) != getattr(now, field):
                notes.append(f"{label}：保留手工填写的内容。")
    for field, kind in _KINDS.items():
        merged = _Merge(kind, getattr(before, field), getattr(mine, field), getattr(now, field))
        update[field] = tuple(merged.run())
        notes += merged.notes
    return Kept(now.model_copy(update=update), tuple(notes))


class _Merge:
    """One list of the three plans."""

    def __init__(
        self, kind: _Kind, before: Sequence[Item], mine: Sequence[Item], now: Sequence[Item]
    ) -> None:
        self._kind, self._before, self._mine, self._now = kind, before, mine, now
        self.notes: list[str] = []

    def run(self) -> Iterator[Item]:
        edited = self._edited()
        again = {key: i for i, key in enumerate(self._keys(self._before))}
        met: set[int] = set()
        for key, item in zip(self._keys(self._now), self._now, strict=True):
            i = again.get(key)
            if i is None:
                yield item
                continue
            met.add(i)
            theirs = edited.get(i)
            if theirs is None:
                self._note(item, "已经手工删去，没有再加。")
            else:
                yield self._merged(self._before[i], theirs, item)
        for i, item in edited.items():
            if i not in met and item != self._before[i]:
                self._note(item, "手工改过，但原文里已经没有这一处，请核对。")
                yield _displaced(item)
        yield from self._added(edited)

    def _edited(self) -> dict[int, Item]:
        """For each item as read before, what people made of it; those that they took out are missing."""
        found: dict[int, Item] = {}
        self._matched: set[int] = set()
        for same in (_whole, _place, self._kind.identity):
            places: dict[Any, list[int]] = {}
            for i, item in enumerate(self._before):
                if i not in found:
                    places.setdefault(same(item), []).append(i)
            for j, item in enumerate(self._mine):
                if j not in self._matched and places.get(same(item)):
                    found[places[same(item)].pop(0)] = item
                    self._matched.add(j)
        return found

    def _added(self, edited: dict[int, Item]) -> Iterator[Item]:
        for j, item in enumerate(self._mine):
            if j not in self._matched:
                self._note(item, "是手工添加的，保留。")
                yield item

    def _merged(self, before: Item, mine: Item, now: Item) -> Item:
        changed = {
            field: getattr(mine, field)
            for field in type(now).model_fields
            if getattr(mine, field) != getattr(before, field)
        }
        different = [field for field, value in changed.items() if value != getattr(now, field)]
        if different:
            self._note(mine, f"保留手工改过的 {'、'.join(different)}。")
        return self._kind.moved(now.model_copy(update=changed), now) if changed else now

    def _note(self, item: Item, words: str) -> None:
        self.notes.append(f"{self._kind.label}「{self._kind.name(item)}」{words}")

    def _keys(self, items: Sequence[Item]) -> list[str]:
        """What tells each item from the others; of those alike, which of them it is."""
        seen: Counter[str] = Counter()
        keys = []
        for item in items:
            key = self._kind.identity(item)
            seen[key] += 1
            keys.append(f"{key}#{seen[key]}")
        return keys


def _displaced(item: Any) -> Any:
    """An item that the document holds no more: offsets into the former text would show other words."""
    nowhere = item.passage.model_copy(update={"line": None, "start": None, "end": None})
    return item.model_copy(update={"passage": nowhere})


def _whole(item: Any) -> str:
    return repr(item)


def _place(item: Any) -> tuple[int | None, int | None] | str:
    """Where an item stands, which people seldom change; of one without a place, the item itself."""
    place = item.passage
    return _whole(item) if place.start is None else (place.start, place.end)
