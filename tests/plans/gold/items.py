"""When what was read is the gold item (`…_found`), and when it is right in all that matters (`…_right`).

Every test takes the item as read and the gold item. An item as read has its span at its top or in its
`passage`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .words import alike, bare, squeezed

Item = dict[str, Any]
Test = Callable[[Item, Item], bool]

_KINDS = {"new": {"new"}, "expand": {"extend"}, "rebuild": {"rebuild"}}
"""What the reader may call a gold file's kinds of project; every other kind answers to ``other``."""

_POINTS = re.compile(r"计\s*(\d+(?:\.\d+)?)\s*分")


def span(item: Item) -> tuple[int, int]:
    """Where an item stands in the text; an empty span before the text where it does not say."""
    place = item if item.get("start") is not None else item.get("passage") or {}
    start, end = place.get("start"), place.get("end")
    return (-1, -1) if start is None or end is None else (start, end)


def length(item: Item) -> int:
    """How many characters an item's span has."""
    start, end = span(item)
    return end - start


def _overlaps(read: Item, gold: Item) -> bool:
    start, end = span(read)
    places = [span(gold), *gold.get("pieces", ()), *gold.get("also", ())]
    return any(start < stop and begin < end for begin, stop in places)


def head(plan: Item) -> list[Item]:
    """The title and the period of a plan, as two items."""
    return [{"part": part, "value": plan.get(part)} for part in ("title", "period")]


def same_part(read: Item, gold: Item) -> bool:
    return bool(read["part"] == gold["part"] and read["value"])


def same_head(read: Item, gold: Item) -> bool:
    if not same_part(read, gold):
        return False
    mine, theirs = read["value"], gold["value"]
    return squeezed(mine) == squeezed(theirs) if isinstance(theirs, str) else bool(mine == theirs)


def section_tests(text: str) -> tuple[Test, Test]:
    """Found: begins at the same character. Right: also the same words (without Markdown's stars), depth."""

    def found(read: Item, gold: Item) -> bool:
        first, second = sorted((span(read)[0], gold["start"]))
        return first >= 0 and not text[first:second].strip()

    def right(read: Item, gold: Item) -> bool:
        words = squeezed(text[gold["start"] : gold["end"]].replace("**", ""))
        return found(read, gold) and read["level"] == gold["level"] and squeezed(read["title"]) == words

    return found, right


def _year(end: Item | None) -> int | None:
    return None if end is None else end["year"]


def indicator_found(read: Item, gold: Item) -> bool:
    """Found: the row, and the year, if it prints a target at all."""
    return _overlaps(read, gold) and _year(read.get("target")) == _year(gold["target"])


def indicator_right(read: Item, gold: Item) -> bool:
    """Right: also name, unit, baseline, comparator, target, property."""
    return (
        indicator_found(read, gold)
        and squeezed(read["name"]) == squeezed(gold["name"])
        and squeezed(read.get("unit") or "") == squeezed(gold["unit"])
        and _same(read.get("baseline"), gold["baseline"], ("year", "value"))
        and _same(read.get("target"), gold["target"], ("year", "op", "value", "value_max"))
        and read.get("property") == gold["property"]
    )


def _same(read: Item | None, gold: Item | None, keys: tuple[str, ...]) -> bool:
    if read is None or gold is None:
        return read is gold
    return all(read.get(key) == gold.get(key) for key in keys)


def commitment_found(read: Item, gold: Item) -> bool:
    """Found: the span holds the figure, and the value is the same."""
    start, end = span(read)
    return start <= gold["figure"] < end and _same(read, gold, ("value",))


def commitment_right(read: Item, gold: Item) -> bool:
    """Right: also the upper end, the comparator, the unit and the year."""
    return (
        commitment_found(read, gold)
        and _same(read, gold, ("value_max", "op", "year"))
        and squeezed(read.get("unit") or "") == squeezed(gold["unit"])
    )


def subject(commitment: Item) -> str:
    return str(commitment.get("subject") or "")


def task_found(read: Item, gold: Item) -> bool:
    """Found: the title, and a place in the text that both name."""
    return bare(read["title"]) == bare(gold["title"]) and _overlaps(read, gold)


def task_right(read: Item, gold: Item) -> bool:
    """Right: also the number, the units, and what is due in each year, to the character count."""
    years = {year: due["chars"] for year, due in gold["years"].items() if due}
    due = {year: len("".join(words.split())) for year, words in (read.get("due") or {}).items() if words}
    return (
        task_found(read, gold)
        and squeezed(str(read["number"])).rstrip(".、") == squeezed(gold["number"])
        and due == years
        and _names(read["lead"]) == _names(gold["lead"])
        and _names(read["responsible"]) == _names(gold["responsible"])
    )


def _names(units: list[str]) -> list[str]:
    return [squeezed(unit) for unit in units]


def project_found(read: Item, gold: Item) -> bool:
    """Found: the name, and a place in the text that both name."""
    return alike(read["name"], gold["name"]) and _overlaps(read, gold)


def project_right(read: Item, gold: Item) -> bool:
    """Right: also what is built, and the year where the plan gives one."""
    kind, names = read.get("kind"), _KINDS.get(gold["kind"])
    same = kind not in {"new", "extend", "rebuild"} if names is None else kind in names
    return project_found(read, gold) and same and read.get("due_year") == gold["year"]


def cells(tables: list[Item]) -> list[Item]:
    """Every figure of the allocation tables, with its area and its column; the total is a row like others."""
    return [
        {"table": table.get("title") or "", "area": row["area"], "column": column, "value": value}
        for table in tables
        for row in (*table["rows"], *([table["total"]] if table.get("total") else []))
        for column, value in zip(table["columns"], row["values"], strict=False)
    ]


def cell_found(read: Item, gold: Item) -> bool:
    return all(squeezed(read[key]) == squeezed(gold[key]) for key in ("table", "area", "column"))


def cell_right(read: Item, gold: Item) -> bool:
    return cell_found(read, gold) and bool(read["value"] == gold["value"])


def card_items(cards: list[Item]) -> list[Item]:
    """Every item of the score cards, and each card's total as one more."""
    return [
        entry
        for card in cards
        for entry in (*card["items"], {"name": f"{card['title']} 合计", "points": card["total"], "path": []})
    ]


def card_item_found(read: Item, gold: Item) -> bool:
    return bare(read["name"]).endswith(bare(gold["name"]))


def card_item_right(read: Item, gold: Item) -> bool:
    """Right: also the points, the group (the gold path's first), and the points of the criteria's cases."""
    group = bare(gold["path"][0]) if gold["path"] else ""
    cases = [float(points) for points in _POINTS.findall(read.get("criteria") or "")]
    return (
        card_item_found(read, gold)
        and read["points"] == gold["points"]
        and group in "".join(bare(step) for step in read["path"])
        and cases == [points for points, _ in gold.get("cases", ())]
    )
