"""Score cards out of a table: what is marked, with how many points, by which criteria."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.plans.model import Passage, ScoreCard, ScoreCardItem
from jiaoheng.plans.reading.tables.cells import number
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

_CRITERIA = re.compile(r"内容|标准|细则|办法|要点|方法|说明|依据|要求|方式|备注|材料")
_POINT_HEADS = re.compile(r"分值|分数|赋分|满分|标准分|权重|^分$|得分")
_POINTS = re.compile(r"\s*[(（]\s*(?:满分|共|计)?(\d+(?:\.\d+)?)\s*分\s*[)）]")
_NUMBER = re.compile(r"(\d{1,3})[.．、)）]")
_LEAD = re.compile(r"[(（]?\d{1,3}[.．、)）]\s*")


@dataclass(frozen=True)
class _Item:
    """An item with the headings above it: for each its words and its points."""

    path: tuple[tuple[str, float | None], ...]
    cell: Cell
    points: float
    criteria: tuple[Cell, ...]
    moved: bool = False


def read(table: Table) -> ScoreCard:
    """The score card that a table of kind ``score_card`` states; its `total` is the sum of its items' points.

    Items that a page break printed beside the wrong group are put back where their numbers and the groups'
    points agree that they belong.
    """
    items = _put_back(_merged(_items(table)))
    return ScoreCard(
        title=table.title,
        total=sum(item.points for item in items) if items else None,
        items=tuple(_finished(table, item) for item in items),
        passage=Passage(
            section=table.title or "表", start=table.span.start, end=table.span.end, confidence=table.sure
        ),
    )


def _items(table: Table) -> list[_Item]:
    """One item a row: the last column that names one before the criteria, or the criterion itself."""
    points_at = [at for at, head in enumerate(table.columns) if _POINT_HEADS.search(head)]
    criteria_at = [
        at
        for at, head in enumerate(table.columns)
        if _CRITERIA.search(head) and at not in points_at and at > 0
    ]
    first = min([*criteria_at, *points_at[-1:]], default=len(table.columns))
    levels = [at for at in range(first) if at not in points_at and not _numbers_only(table, at)]
    found = []
    for row in table.rows:
        if heading(row) is not None or not levels:
            continue
        own = levels[-1]
        named = [at for at in levels if row[at].text]
        if not named:
            continue
        own = named[-1]
        points = _points(row, own, points_at)
        if points is None:
            continue
        path = tuple(
            (_words(row[at].text), _said(row[at].text)) for at in levels if at < own and row[at].text
        )
        found.append(_Item(path, row[own], points, tuple(row[at] for at in criteria_at if row[at].text)))
    return found


def _merged(items: Sequence[_Item]) -> list[_Item]:
    """Rows whose item is one merged cell: one item with all their criteria, or, where each row has points
    of its own, an item for each criterion."""
    found: list[_Item] = []
    for item in items:
        last = found[-1] if found else None
        if last is not None and last.cell == item.cell and _POINTS.search(item.cell.text):
            found[-1] = replace(last, criteria=(*last.criteria, *item.criteria))
        else:
            found.append(item)
    shared = [item.cell for item in found]
    return [
        replace(item, path=(*item.path, (_words(item.cell.text), None)), cell=item.criteria[0], criteria=())
        if shared.count(item.cell) > 1 and item.criteria
        else item
        for item in found
    ]


def _put_back(items: Sequence[_Item]) -> list[_Item]:
    """Items under the groups whose points they make up, where the printed grouping does not add up."""
    groups = list(dict.fromkeys(item.path for item in items))
    if len(groups) < 2 or any(not path or path[-1][1] is None for path in groups) or _adds_up(items, groups):
        return list(items)
    parts: list[list[_Item]] = []
    for item in items:
        found = _NUMBER.match(item.cell.text)
        if not parts or found is None or int(found[1]) != len(parts[-1]) + 1 or int(found[1]) == 1:
            parts.append([])
        parts[-1].append(item)
    if len(parts) != len(groups):
        return list(items)
    moved = [
        replace(item, path=path, moved=item.path != path)
        for path, part in zip(groups, parts, strict=True)
        for item in part
    ]
    return moved if _adds_up(moved, groups) else list(items)


def _adds_up(items: Sequence[_Item], groups: Sequence[tuple[tuple[str, float | None], ...]]) -> bool:
    return all(
        abs(sum(item.points for item in items if item.path == path) - (path[-1][1] or 0)) < 1e-6
        for path in groups
    )


def _finished(table: Table, item: _Item) -> ScoreCardItem:
    span = item.cell.span or table.span
    return ScoreCardItem(
        path=tuple(words for words, _ in item.path),
        name=_LEAD.sub("", _words(item.cell.text), count=1) or item.cell.text,
        points=item.points,
        criteria=" ".join(cell.text for cell in item.criteria),
        passage=Passage(
            section=table.title or "表",
            start=span.start,
            end=max([span.end, *(cell.span.end for cell in item.criteria if cell.span)]),
            confidence=round(table.sure * (0.8 if item.moved else 1), 2),
        ),
    )


def _points(row: Sequence[Cell], own: int, points_at: Sequence[int]) -> float | None:
    """The points of a row: those that its item says in brackets, else those of the column for them."""
    said = _said(row[own].text)
    if said is not None:
        return said
    after = [at for at in points_at if at > own] or list(points_at)
    values = [number(re.sub(r"分$", "", row[at].text)) for at in after]
    return next((value for value in values if value is not None), None)


def _said(text: str) -> float | None:
    found = _POINTS.search(text)
    return float(found[1]) if found else None


def _words(text: str) -> str:
    return _POINTS.sub("", text, count=1).strip() or text


def _numbers_only(table: Table, at: int) -> bool:
    texts = [row[at].text for row in table.rows if row[at].text]
    return bool(texts) and all(re.fullmatch(r"[\d.、()（）]+", text) for text in texts)
