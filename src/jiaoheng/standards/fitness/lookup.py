"""The score tables as tables to join with: a row for each value that may occur, not thousands of cases.

Values are whole numbers of an item's steps: the coarsest grid on which all its cuts lie (a second for a run,
10 ml for the vital capacity). Items of which no pupil does two (1000 m of boys, 800 m of girls) share one
table, so that a pupil is joined seven times and not eleven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

import pyarrow as pa

from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_scales import Scale
from jiaoheng.terms import Grade, Sex

Group = tuple[Sex, Grade]


@dataclass(frozen=True)
class Grid:
    """The values of one item as steps.

    Attributes
    ----------
    item : the item.
    groups : the numbers of the sexes and grades that do it: positions in `Lookup.groups`.
    offset, width : a value of so many smallest units is on step ``(units - offset) // width``.
    last : the highest step that is told from those above; 0 is the lowest that is told from those below.
    """

    item: str
    groups: tuple[int, ...]
    offset: int
    width: int
    last: int


@dataclass(frozen=True)
class Slot:
    """Items that share a table, and the table.

    ``table`` has ``key`` (group times ``stride`` plus step), ``points``, ``weighted`` (points times weight,
    in hundredths) and, where there are such, ``bonus`` and ``band``.
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

    ``groups`` are the sexes and grades of the standard; ``group_table`` has ``sex``, ``grade``, ``group``
    (its number) and ``needed`` (how many items a pupil of it must do).
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
                "needed": pa.array([len(rules.weights[group]) for group in groups], pa.int32()),
            }
        ),
        tuple(_slot(rules, groups, items) for items in _shared(rules)),
    )


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
    stride = max(grid.last for grid in grids) + 1
    rows = [row for grid in grids for row in _rows(rules, groups, grid, stride)]
    names = ["key", "points", "weighted"]
    names += ["bonus"] if any(key[0] in items for key in rules.bonuses) else []
    names += ["band"] if rules.bmi.id in items else []
    columns = {
        name: pa.array([row[name] for row in rows], pa.string() if name == "band" else pa.int32())
        for name in names
    }
    return Slot(grids, stride, pa.table(columns))


def _grid(rules: Fitness, groups: Sequence[Group], item: str) -> Grid:
    mine = tuple(number for number, group in enumerate(groups) if item in rules.weights[group])
    cuts = sorted(
        {cut for number in mine for scale in _scales(rules, item, groups[number]) for cut in scale.cuts}
    )
    width = gcd(*(cut - cuts[0] for cut in cuts)) or 1
    offset = cuts[0] - width
    return Grid(item, mine, offset, width, (cuts[-1] - offset) // width)


def _rows(
    rules: Fitness, groups: Sequence[Group], grid: Grid, stride: int
) -> list[dict[str, int | str | None]]:
    rows: list[dict[str, int | str | None]] = []
    bands = rules.rules.bands
    for number in grid.groups:
        group = groups[number]
        weight = rules.weights[group][grid.item]
        scale, *more = _scales(rules, grid.item, group)
        for step in range(grid.last + 1):
            units = grid.offset + step * grid.width
            found = scale.at(units)
            band = bands[found] if grid.item == rules.bmi.id else None
            points = band.points if band else found
            rows.append(
                {
                    "key": number * stride + step,
                    "points": points,
                    "weighted": points * weight,
                    "bonus": more[0].at(units) if more else 0,
                    "band": band.name if band else None,
                }
            )
    return rows


def _scales(rules: Fitness, item: str, group: Group) -> list[Scale]:
    """The scale of an item and, where it has one, that of its points on top."""
    bonus = rules.bonuses.get((item, *group))
    return [rules.scales[item, *group]] + ([bonus] if bonus else [])


__all__ = ["Grid", "Lookup", "Slot", "lookup"]
