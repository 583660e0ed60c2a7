"""The score tables of the fitness standard as step functions, and the proof that nothing in them is amiss."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jiaoheng.packs.fitness_grid import GRADES, GridRow, read_grid, threshold
from jiaoheng.packs.fitness_rules import FitnessItem, FitnessRules
from jiaoheng.packs.yaml_lines import PackError, nearest
from jiaoheng.terms import Grade, Sex

Key = tuple[str, Sex, Grade]
"""An item, a sex and a grade: what a column of the official tables is for."""

_SEXES = {sex.value: sex for sex in Sex}


@dataclass(frozen=True)
class Scale:
    """A step function of whole numbers.

    Attributes
    ----------
    cuts : where it steps, rising; a value at a cut is on the step above.
    values : what it is on each step: one more than there are cuts.
    """

    cuts: tuple[int, ...]
    values: tuple[int, ...]

    def at(self, units: int) -> int:
        """Its value at so many smallest units."""
        return self.values[bisect_right(self.cuts, units)]


@dataclass(frozen=True)
class Column:
    """A column of the tables: thresholds in smallest units and the lines on which they stand, best first."""

    thresholds: Mapping[int, int]
    lines: Mapping[int, int]

    def scale(self, item: FitnessItem) -> Scale:
        """The points of every value."""
        best_first = sorted(self.thresholds.items(), reverse=True)
        if item.better == "higher":
            cuts = [cut for _, cut in reversed(best_first)]
            return Scale(tuple(cuts), (0, *(points for points, _ in reversed(best_first))))
        return Scale(tuple(cut + 1 for _, cut in best_first), (*(points for points, _ in best_first), 0))


def read_columns(path: Path, rules: FitnessRules) -> dict[Key, Column]:
    """The columns of ``scores.csv``, proved.

    Raises
    ------
    PackError
        A line for each fault: a level that is missing, given twice or unknown, a cell that is no threshold, a
        column that does not rise or fall.
    """
    items = {item.id: item for item in rules.items if item.better != "bands"}
    found: dict[Key, dict[int, tuple[int, int]]] = {}
    faults: list[tuple[int, str]] = []
    for row in read_grid(path, ("item", "sex", "points")):
        fault = _row_fault(row, items, rules)
        if fault:
            faults.append((row.line, fault))
            continue
        item, sex, points = items[row.words[0]], _SEXES[row.words[1]], int(row.words[2])
        for grade, text in row.cells.items():
            levels = found.setdefault((item.id, sex, grade), {})
            if points in levels:
                faults.append(
                    (
                        row.line,
                        f"{_called(item, sex, grade)}的 {points} 分写了两次。请删去一行。",
                    )
                )
                continue
            try:
                levels[points] = threshold(text, item), row.line
            except ValueError as error:
                faults.append((row.line, f"{_called(item, sex, grade)}：{error}。请改正。"))
                levels[points] = 0, row.line
    broken = {line for line, _ in faults}
    columns = {}
    for key, levels in found.items():
        thresholds = {points: cut for points, (cut, _) in levels.items()}
        column = Column(thresholds, {points: line for points, (_, line) in levels.items()})
        columns[key] = column
        if not broken & set(column.lines.values()):
            faults += _column_faults(key, column, items[key[0]], rules)
    _refuse(path, faults)
    return columns


def read_bands(path: Path, rules: FitnessRules) -> dict[tuple[Sex, Grade], Scale]:
    """The bands of the body mass index in ``bmi.csv``: positions in ``rules.bands``, proved.

    Raises
    ------
    PackError
        A line for each fault.
    """
    item = next(item for item in rules.items if item.better == "bands")
    bands = [band.id for band in rules.bands[1:]]
    found: dict[tuple[Sex, Grade], dict[str, int]] = {}
    faults: list[tuple[int, str]] = []
    last = 1
    for row in read_grid(path, ("band", "sex")):
        last, (band, sex) = row.line, row.words
        if band not in bands:
            faults.append((row.line, f"没有要写起点的分段“{band}”。{nearest(band, bands) or '请改正。'}"))
        elif sex not in _SEXES:
            faults.append((row.line, f"性别“{sex}”应是 {' 或 '.join(Sex)}。请改正。"))
        else:
            for grade, text in row.cells.items():
                cuts = found.setdefault((_SEXES[sex], grade), {})
                name = _called(item, _SEXES[sex], grade)
                if band in cuts:
                    faults.append((row.line, f"{name}的“{band}”写了两次。请删去一行。"))
                try:
                    cuts[band] = threshold(text, item)
                except ValueError as error:
                    faults.append((row.line, f"{name}：{error}。请改正。"))
    for sex in Sex:
        for grade in GRADES:
            cuts = found.get((sex, grade), {})
            rising = [cuts[band] for band in bands if band in cuts]
            name = _called(item, sex, grade)
            if missing := [band for band in bands if band not in cuts]:
                faults.append((last, f"{name}缺少分段：{'、'.join(missing)}。请补上。"))
            elif any(low >= high for low, high in pairwise(rising)):
                faults.append((last, f"{name}各段的起点应一段比一段高。请改正。"))
    _refuse(path, faults)
    positions = tuple(range(len(rules.bands)))
    return {key: Scale(tuple(cuts[band] for band in bands), positions) for key, cuts in found.items()}


def bonus_scale(column: Column, item: FitnessItem, beyond: Sequence[int]) -> Scale:
    """The points on top: one for each step beyond the threshold of the best level."""
    best = column.thresholds[max(column.thresholds)]
    if item.better == "higher":
        return Scale(tuple(best + step for step in beyond), tuple(range(len(beyond) + 1)))
    cuts = tuple(best - step + 1 for step in reversed(beyond))
    return Scale(cuts, tuple(range(len(beyond), -1, -1)))


def _row_fault(row: GridRow, items: Mapping[str, FitnessItem], rules: FitnessRules) -> str:
    name, sex, points = row.words
    if name not in items:
        return f"rules.yaml 里没有按档计分的项目“{name}”。{nearest(name, items) or '请改正。'}"
    if sex not in _SEXES:
        return f"性别“{sex}”应是 {' 或 '.join(Sex)}。请改正。"
    levels = _levels(name, rules)
    if points not in map(str, levels):
        return f"{items[name].name}没有“{points}”分这一档，应是 {'、'.join(map(str, levels))} 之一。请改正。"
    return "" if row.cells else "这一行没有数。请补上，或删去这一行。"


def _levels(item: str, rules: FitnessRules) -> list[int]:
    return [points for points in rules.points if points not in rules.without.get(item, ())]


def _column_faults(
    key: Key, column: Column, item: FitnessItem, rules: FitnessRules
) -> Iterator[tuple[int, str]]:
    """Levels that are missing, and thresholds out of order.

    The lowest levels may be left out where nothing is below the last threshold: one pull-up.
    """
    name = _called(item, key[1], key[2])
    levels = _levels(item.id, rules)
    lowest = min(column.thresholds)
    floor = item.better == "higher" and column.thresholds[lowest] == 1
    missing = [
        points for points in levels if points not in column.thresholds and not (floor and points < lowest)
    ]
    if missing:
        line = column.lines[min(column.lines, key=lambda points: abs(points - missing[0]))]
        yield line, f"{name}缺少 {'、'.join(map(str, missing))} 分的标准。请补上。"
    present = [points for points in levels if points in column.thresholds]
    for better, worse in pairwise(present):
        high, low = column.thresholds[better], column.thresholds[worse]
        if (high <= low) if item.better == "higher" else (high >= low):
            yield (
                column.lines[worse],
                f"{name}：{worse} 分的标准不比 {better} 分（第 {column.lines[better]} 行）的低。请改正。",
            )


def _called(item: FitnessItem, sex: Sex, grade: Grade) -> str:
    return f"{item.name}{grade.label}{sex.label}生"


def _refuse(path: Path, faults: Sequence[tuple[int, str]]) -> None:
    if faults:
        raise PackError("\n".join(f"{path}:{line}: {text}" for line, text in sorted(set(faults))))


__all__ = ["Column", "Key", "Scale", "bonus_scale", "read_bands", "read_columns"]
