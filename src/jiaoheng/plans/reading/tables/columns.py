"""What the columns of a table hold, told by their heads and, where these are silent, by their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading.tables.cells import is_figure, nothing
from jiaoheng.plans.reading.tables.head_words import (
    FIVE_YEAR_PLAN,
    FIVE_YEARS,
    START,
    YEAR,
    Role,
    is_property,
    named,
)
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

Timing = Literal["baseline", "target", "growth"]

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})年?[—\-~～–－至到]+((?:19|20)\d{2})(?!\d)")
_GOAL = re.compile(r"目标|规划|预测|预期|计划|预计|到期|期末|末")
_GROWTH = re.compile(r"年均|增速|增长|增幅|提高幅度|年递增")
_SUM = re.compile(r"累计|合计|共|新增")


@dataclass(frozen=True)
class When:
    """What a value column is for: a year, and whether it is past or aimed at."""

    timing: Timing
    year: int
    cumulative: bool = False
    sure: float = 1.0


def roles(table: Table) -> tuple[Role, ...]:
    """What each column of `table` holds, first by its head, then by what stands in it."""
    rows = [row for row in table.rows if heading(row) is None]
    found: list[Role | None] = [_by_head(head) for head in table.columns]
    for place, role in enumerate(found):
        cells = [row[place] for row in rows]
        if role in (None, "other") or (role == "group" and _share(cells, is_property) > 0.5):
            found[place] = _by_cells(cells)
    if "name" not in found:
        words = _first_words(found, rows)
        if words is not None:
            found[words] = "name"
    first_name = found.index("name") if "name" in found else 0
    for place in range(first_name):
        if found[place] is None:
            found[place] = "group"
    names = [place for place, role in enumerate(found) if role == "name"]
    for place in names[:-1]:
        found[place] = "ordinal" if _share([row[place] for row in rows], _is_ordinal) > 0.8 else "group"
    return tuple(role or "other" for role in found)


def when(head: str, period: Period) -> When:
    """What year a value column is for, and whether it is the baseline's or a target's."""
    words = "".join(head.split())
    year, span = _year(words), _YEARS.search(words)
    growth = _GROWTH.search(words) is not None
    if year is None:
        if growth or "累计" in words:
            return When("growth", period.end, cumulative=not growth or "累计" in words, sure=0.7)
        if START.search(words):
            return When("baseline", period.start - 1, sure=0.7)
        return When("target", period.end, cumulative="累计" in words, sure=0.7)
    if growth:
        return When("growth", year, cumulative="累计" in words, sure=0.7)
    summed = span is not None or _SUM.search(words) is not None
    if year < period.start or (START.search(words) and not _GOAL.search(words)):
        return When("baseline", year, cumulative=summed)
    return When("target", year, cumulative=summed)


def _year(words: str) -> int | None:
    span = _YEARS.search(words)
    if span is not None:
        return int(span[2])
    found = YEAR.findall(words)
    if found:
        return int(found[-1])
    five = FIVE_YEAR_PLAN.search(words)
    return FIVE_YEARS[five[0]] if five else None


def _by_head(head: str) -> Role | None:
    """The role of a column by its full name: the innermost part that names one."""
    for part in reversed(head.split(" › ")):
        role = named(part)
        if role is not None:
            return role
    return "value" if YEAR.search(head) and len(head) < 30 else None


def _by_cells(cells: Sequence[Cell]) -> Role | None:
    if _share(cells, is_property) > 0.5:
        return "property"
    if _share(cells, lambda text: is_figure(text) or nothing(text)) > 0.6:
        return "ordinal" if _share(cells, _is_ordinal) == 1 and len(cells) > 2 and _counts(cells) else "other"
    return None


def _first_words(found: Sequence[Role | None], rows: Sequence[Sequence[Cell]]) -> int | None:
    """The last column before the first value or unit that has words of its own in each row."""
    stop = next((place for place, role in enumerate(found) if role in ("value", "unit")), len(found))
    free = [place for place in range(stop) if found[place] in (None, "other")]
    return free[-1] if free else next((place for place in range(stop) if found[place] == "group"), None)


def _share(cells: Sequence[Cell], holds: Callable[[str], bool]) -> float:
    """The share of the cells with words that `holds` is true of; 0 where there are none."""
    texts = [cell.text for cell in cells if cell.text]
    return sum(map(holds, texts)) / len(texts) if texts else 0.0


def _is_ordinal(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}|[(（]\d{1,3}[)）]|\d{1,3}[.、]", text) is not None


def _counts(cells: Sequence[Cell]) -> bool:
    numbers = [int(re.sub(r"\D", "", cell.text)) for cell in cells if cell.text]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
