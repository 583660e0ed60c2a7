"""The score tables as tables to join with: a row for each value that may occur, not thousands of cases.

Values are whole numbers of an item's steps: the coarsest grid on which all its cuts lie (a second for a run,
10 ml for the vital capacity). Items of which no pupil does two (1000 m of boys, 800 m of girls) share one
table, so that a pupil is joined seven times and not eleven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import floor, gcd
from operator import or_
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_scales import Scale
from jiaoheng.terms import Grade, Sex

Group = tuple[Sex, Grade]


NOT_ASKED = -1
"""The key of a pupil of whom none of a slot's items is asked: no points, and nothing to add."""


@dataclass(frozen=True)
class Grid:
    """The values of one item as steps.

    Attributes
    ----------
    item : the item.
    groups : the numbers of the sexes and grades that do it, as ranges with both ends.
    offset, width : a value of so many smallest units is on step ``(units - offset) // width``.
    steps : how many there are within the item's bounds.
    """

    item: str
    groups: tuple[tuple[int, int], ...]
    offset: int
    width: int
    steps: int


@dataclass(frozen=True)
class Slot:
    """Items that share a table, and the table.

    ``table`` has ``key`` (group times ``stride`` plus step), ``points``, ``weighted`` (points times weight,
    in hundredths) and, where there are such, ``bonus`` and ``band``; and a row for `NOT_ASKED`.
    """

    grids: tuple[Grid, ...]
    stride: int
    table: pa.Table

    @property
    def has_bonus(self) -> bool:
        """Whether any of its items has points on top."""
        return "bonus" in self.table.column_names


@dataclass(frozen=True)
class Lookup:
    """Everything that a frame of pupils is joined with.

    ``groups`` are the sexes and grades of the standard; ``group_table`` has ``sex``, ``grade`` and
    ``group``, its number.
    """

    groups: tuple[Group, ...]
    group_table: pa.Table
    slots: tuple[Slot, ...]


@lru_cache(maxsize=4)
def lookup(rules: Fitness) -> Lookup:
    """The tables of a standard."""
    groups = tuple(rules.weights)
    return Lookup(
        groups,
        pa.table(
            {
                "sex": [sex.value for sex, _ in groups],
                "grade": [grade.value for _, grade in groups],
                "group": pa.array(range(len(groups)), pa.int32()),
            }
        ),
        tuple(_slot(rules, groups, items) for items in _shared(rules)),
    )


def among(group: nw.Expr, grid: Grid) -> nw.Expr:
    """Whether a pupil of a group does the item; null where the group is not known."""
    # Engines make a join of a list to look in; ranges they compare.
    return reduce(or_, ((group >= first) & (group <= last) for first, last in grid.groups))


def _shared(rules: Fitness) -> list[list[str]]:
    """The items in lists of which no pupil does two."""
    slots: list[list[str]] = []
    for item in rules.items:
        free = (
            slot
            for slot in slots
            if not any(item in weights and set(slot) & weights.keys() for weights in rules.weights.values())
        )
        slot = next(free, None)
        if slot is None:
            slots.append([item])
        else:
            slot.append(item)
    return slots


def _slot(rules: Fitness, groups: Sequence[Group], items: Sequence[str]) -> Slot:
    grids = tuple(_grid(rules, groups, item) for item in items)
    stride = max(grid.steps for grid in grids)
    columns: dict[str, list[Any]] = {"key": [NOT_ASKED], "points": [None], "weighted": [0]}
    columns |= {"bonus": [0]} if any(key[0] in items for key in rules.bonuses) else {}
    columns |= {"band": [None]} if rules.bmi.id in items else {}
    for grid in grids:
        for number in _numbers(grid):
            found = _of_group(rules, groups[number], grid) | {"key": number * stride + np.arange(grid.steps)}
            for name, column in columns.items():
                column.extend(found[name])
    types = dict.fromkeys(columns, pa.int32()) | {"band": pa.string()}
    return Slot(
        grids, stride, pa.table({name: pa.array(each, types[name]) for name, each in columns.items()})
    )


def _grid(rules: Fitness, groups: Sequence[Group], item: str) -> Grid:
    of = rules.items[item]
    mine = [number for number, group in enumerate(groups) if item in rules.weights[group]]
    scales = [scale for number in mine for scale in _scales(rules, item, groups[number])]
    cuts = sorted({cut for scale in scales for cut in scale.cuts})
    width = gcd(*(cut - cuts[0] for cut in cuts)) or 1
    least, most = (floor(bound * of.scale) for bound in (of.least, of.most))
    offset = cuts[0] - -(-(cuts[0] - least) // width) * width
    return Grid(item, _ranges(mine), offset, width, (most + 1 - offset) // width + 1)


def _of_group(rules: Fitness, group: Group, grid: Grid) -> dict[str, Any]:
    """What a slot's table says of the steps of one item of one sex and grade."""
    units = grid.offset + grid.width * np.arange(grid.steps)
    scale, *more = (
        np.array(each.values)[np.searchsorted(each.cuts, units, side="right")]
        for each in _scales(rules, grid.item, group)
    )
    points, bands = scale, [None] * grid.steps
    if grid.item == rules.bmi.id:
        points = np.array([band.points for band in rules.rules.bands])[scale]
        bands = [rules.rules.bands[place].name for place in scale]
    weight = rules.weights[group][grid.item]
    bonus = more[0] if more else np.zeros(grid.steps, int)
    return {"points": points, "weighted": points * weight, "bonus": bonus, "band": bands}


def _ranges(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as ranges with both ends."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _numbers(grid: Grid) -> list[int]:
    return [number for first, last in grid.groups for number in range(first, last + 1)]


def _scales(rules: Fitness, item: str, group: Group) -> list[Scale]:
    """The scale of an item and, where it has one, that of its points on top."""
    bonus = rules.bonuses.get((item, *group))
    return [rules.scales[item, *group]] + ([bonus] if bonus else [])


__all__ = ["NOT_ASKED", "Grid", "Lookup", "Slot", "among", "lookup"]
