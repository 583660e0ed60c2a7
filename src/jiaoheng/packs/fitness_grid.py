"""Reads the score tables of the fitness standard: a line a level, a column a grade, as they are printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaoheng.packs.fitness_rules import FitnessItem
from jiaoheng.packs.yaml_lines import PackError
from jiaoheng.terms import Grade

GRADES = tuple(grade for grade in Grade if grade.code)
"""The grades that the standard knows: 1 to 12."""

_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")


@dataclass(frozen=True)
class GridRow:
    """One line: its number in the file, its words, and its cells that are filled, by grade."""

    line: int
    words: tuple[str, ...]
    cells: Mapping[Grade, str]


def read_grid(path: Path, words: Sequence[str]) -> tuple[GridRow, ...]:
    """The lines of a CSV whose columns are ``words`` and then one for each grade.

    Raises
    ------
    PackError
        The file cannot be read, has other columns, or a line of another length.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PackError(f"{path}：无法读取（{error.strerror}）。请检查路径和权限。") from None
    except UnicodeDecodeError:
        raise PackError(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 后重试。") from None
    reader = csv.reader(io.StringIO(text))
    wanted = [*words, *(grade.value for grade in GRADES)]
    if [word.strip() for word in next(reader, [])] != wanted:
        raise PackError(f"{path}:1: 表头应是 {','.join(wanted)}。请改正。")
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(wanted):
            raise PackError(f"{path}:{reader.line_num}: 有 {len(cells)} 列，应有 {len(wanted)} 列。请改正。")
        clean = [cell.strip() for cell in cells]
        filled = {grade: cell for grade, cell in zip(GRADES, clean[len(words) :], strict=True) if cell}
        rows.append(GridRow(reader.line_num, tuple(clean[: len(words)]), filled))
    return tuple(rows)


def threshold(text: str, item: FitnessItem) -> int:
    """A cell in the smallest units of its item: 10.2 s are 102, 3:40 are 220.

    Raises
    ------
    ValueError
        It is no such number, or finer than the item is measured, or beyond the item's bounds.
    """
    scale = item.scale
    if item.form == "clock" and (clock := _CLOCK.fullmatch(text)):
        units = (60 * int(clock[1]) + int(clock[2])) * scale
    elif number := _NUMBER.fullmatch(text):
        if len(number[1] or "") > item.decimals:
            raise ValueError(f"“{text}”的小数多于 {item.decimals} 位")
        whole, _, decimals = text.partition(".")
        units = int(whole + decimals.ljust(item.decimals, "0"))
    else:
        raise ValueError(f"“{text}”不是{'时间（写作 3:40）' if item.form == 'clock' else '数'}")
    if not item.least <= units / scale <= item.most:
        raise ValueError(f"“{text}”不在{item.name}的合理范围（{item.least:g} 至 {item.most:g}）")
    return units


__all__ = ["GRADES", "GridRow", "read_grid", "threshold"]
