"""Reads a series from a long table: one row for each area, year and grade.

What is not in the table is taken thus, and never otherwise:

- A blank count is not known. A zero is a zero.
- An area without any row in the years before its first or after its last is not there: zero. In a year
  between those it is not known.
- Where an area has rows for a year, but not of a grade: a grade that it has in no year is zero. A grade that
  it has in other years is not known — unless the table leaves zeros out, which it shows by holding no zero at
  all while some areas never have a grade that others have: then the years before the grade's first and after
  its last are zero, and so is a year between counts of which one is below ten.
- An area that others are part of is, where it has no count, the sum of its parts; see `AreaTree.summed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.forecast.area_tree import AreaTree, area_tree
from jiaoheng.forecast.grade_order import GradeOrder, grade_order
from jiaoheng.forecast.long_rows import read_rows
from jiaoheng.forecast.series import Array, Series, SeriesError

_FEW = 10
_NAMED = 5


@dataclass(frozen=True)
class LongTable:
    """A series, and what a reader should know of the table that it came from, a sentence each."""

    series: Series
    notes: tuple[str, ...]


def read_series(path: Path | str) -> Series:
    """The counts of a long table; see `read_long_table`, which also says what was noticed."""
    return read_long_table(path).series


def read_long_table(path: Path | str) -> LongTable:
    """Read a long table.

    Parameters
    ----------
    path : a .csv, .csv.gz or .xlsx with the columns ``area, year, grade, pupils`` and perhaps ``parent``
        (地区, 年份, 年级, 人数, 上级). Rows of grade ``B`` (出生) hold the births of that calendar year.

    Raises
    ------
    SeriesError
        Something in it is not understood or contradicts itself; the message names file, line and column.
    FileError
        The file cannot be opened.
    """
    path = Path(path)
    rows = read_rows(path)
    tree = _tree(path.name, rows)
    counted, born = rows.filter(~pl.col("births")), rows.filter(pl.col("births"))
    if counted.is_empty():
        raise SeriesError(f"{path.name}：只有出生人数，没有各年级的人数。请补上年级的行。")
    order = grade_order(counted["grade"].unique(maintain_order=True), file=path.name)
    years = tuple(range(int(counted["year"].min()), int(counted["year"].max()) + 1))  # type: ignore[arg-type]
    given, written = _counts(counted, tree, order, years)
    _refuse_two_spellings(path.name, counted, order)
    pupils, notes = _without_rows(given, written, tree, years)
    pupils = tree.summed(pupils)
    births, births_from = _births(born, tree, years)
    series = Series(
        tree.areas, years, order.grades, pupils, order.feeders, births, births_from, tree.parents, tree.labels
    )
    return LongTable(series, tuple(notes + _remarks(counted, born, series)))


def _tree(file: str, rows: pl.DataFrame) -> AreaTree:
    stated = rows.filter(pl.col("parent").is_not_null()).select("area", "parent", "line")
    stated = stated.unique(["area", "parent"], keep="first", maintain_order=True)
    twice = stated.filter(pl.col("area").is_duplicated()).sort("area", "line", maintain_order=True)
    if not twice.is_empty():
        one, other = twice.row(0, named=True), twice.row(1, named=True)
        raise SeriesError(
            f"{file} › 第 {other['line']} 行「parent（上级）」：地区“{one['area']}”的上级是"
            f"“{other['parent']}”，"
            f"第 {one['line']} 行却是“{one['parent']}”。一个地区只能有一个上级：同名的请改成不同的名称，"
            "改属的请各年都写现在的上级。"
        )
    parents = dict(stated.select("area", "parent").iter_rows())
    lines = dict(stated.select("area", "line").iter_rows())
    return area_tree(rows["area"].unique(maintain_order=True).to_list(), parents, lines, file=file)


def _counts(
    counted: pl.DataFrame, tree: AreaTree, order: GradeOrder, years: tuple[int, ...]
) -> tuple[Array, NDArray[np.bool_]]:
    """(areas, years, grades) of what is written: the counts, and where a row is, with or without a count."""
    shape = (len(tree.areas), len(years), len(order.grades))
    counts, written = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    place = (
        _index(counted["area"], {area: at for at, area in enumerate(tree.areas)}),
        counted["year"].to_numpy() - years[0],
        _index(counted["grade"], order.index),
    )
    counts[place] = counted["pupils"].fill_null(np.nan).to_numpy()
    written[place] = True
    return counts, written


def _index(names: pl.Series, index: dict[str, int]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = names.replace_strict(index, return_dtype=pl.Int64).to_numpy()
    return found


def _refuse_two_spellings(file: str, counted: pl.DataFrame, order: GradeOrder) -> None:
    numbered = counted.with_columns(pl.col("grade").replace_strict(order.index).alias("which"))
    again = numbered.filter(pl.struct("area", "year", "which").is_duplicated()).sort("area", "year", "which")
    if not again.is_empty():
        one, other = again.row(0, named=True), again.row(1, named=True)
        raise SeriesError(
            f"{file} › 第 {one['line']}、{other['line']} 行："
            f"“{one['grade']}”和“{other['grade']}”是同一个年级，"
            f"地区“{one['area']}”{one['year']} 年写了两次。请留一行。"
        )


def _without_rows(
    given: Array, written: NDArray[np.bool_], tree: AreaTree, years: tuple[int, ...]
) -> tuple[Array, list[str]]:
    """What is not in the table, by the rules at the head of this file."""
    counts = given.copy()
    own: NDArray[np.bool_] = np.any(written, axis=(1, 2))
    there: NDArray[np.bool_] = np.any(written, axis=2)
    open_ = _between(there)
    reported: NDArray[np.bool_] = np.any(there, axis=0)
    absent = own[:, None] & ~open_ & reported[None, :]
    counts[absent] = 0
    has: NDArray[np.bool_] = np.expand_dims(np.any(written, axis=1), 1)
    never = np.expand_dims(there, 2) & ~has
    counts[never] = 0
    notes = [*_moves(open_, own, tree, years)]
    missing = np.expand_dims(there, 2) & has & ~written
    sparse = not (given == 0).any() and bool((np.expand_dims(own, (1, 2)) & ~has).any())
    if sparse and missing.any():
        zero = missing & (~_between(written) | _beside_few(given))
        counts[zero] = 0
        notes.append(f"表中没有写零，缺的 {int(zero.sum())} 行（某地区某年没有的年级）按 0 人计。")
        missing &= ~zero
    if missing.any():
        area, year, _ = np.argwhere(missing)[0]
        case = f"“{tree.areas[area]}”{years[year]} 年"
        notes.append(f"有 {int(missing.sum())} 个年级的人数没有写（如{case}），按未知处理，不按 0。")
    gaps = own[:, None] & open_ & ~there & reported[None, :]
    if gaps.any():
        area, year = np.argwhere(gaps)[0]
        notes.append(
            f"有 {int(gaps.any(axis=1).sum())} 个地区中间缺年（如“{tree.areas[area]}”缺 {years[year]} 年），"
            "缺的按未知处理；上级的合计中用其前一年的数，占到 2% 以上的合计为未知。"
        )
    if not reported.all():
        empty = "、".join(str(year) for year, known in zip(years, reported, strict=True) if not known)
        notes.append(f"全表没有 {empty} 年的数据，按未知处理。")
    return counts, notes


def _between(there: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Along the years (axis 1): from the first to the last that is there."""
    since = np.maximum.accumulate(there, axis=1)
    until = np.maximum.accumulate(there[:, ::-1], axis=1)[:, ::-1]
    return np.logical_and(since, until)


def _beside_few(given: Array) -> NDArray[np.bool_]:
    """Whether the count of the last year before, or of the first year after, is below ten."""
    before, after = given.copy(), given.copy()
    for year in range(1, given.shape[1]):
        before[:, year] = np.where(np.isnan(before[:, year]), before[:, year - 1], before[:, year])
        back = given.shape[1] - 1 - year
        after[:, back] = np.where(np.isnan(after[:, back]), after[:, back + 1], after[:, back])
    few: NDArray[np.bool_] = (before < _FEW) | (after < _FEW)
    return few


def _moves(
    open_: NDArray[np.bool_], own: NDArray[np.bool_], tree: AreaTree, years: tuple[int, ...]
) -> list[str]:
    closed = [
        f"{tree.areas[area]}（{years[np.flatnonzero(open_[area])[-1]]} 年止）"
        for area in np.flatnonzero(own & ~open_[:, -1])
    ]
    opened = [
        f"{tree.areas[area]}（{years[np.flatnonzero(open_[area])[0]]} 年起）"
        for area in np.flatnonzero(own & ~open_[:, 0])
    ]
    notes = []
    if closed:
        notes.append(f"{_some(closed)}之后没有数据，按已撤销（0 人）处理；若是漏报，请补上各行，人数留空。")
    if opened:
        notes.append(f"{_some(opened)}之前没有数据，按尚未设立（0 人）处理。")
    return notes


def _some(names: list[str]) -> str:
    shown = "、".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等 {len(names)} 个地区"


def _births(born: pl.DataFrame, tree: AreaTree, years: tuple[int, ...]) -> tuple[Array, int]:
    """(areas, birth years) and the first of those."""
    if born.is_empty():
        return np.full((len(tree.areas), 0), np.nan), years[0]
    first, last = int(born["year"].min()), int(born["year"].max())  # type: ignore[arg-type]
    births = np.full((len(tree.areas), last - first + 1), np.nan)
    area = _index(born["area"], {name: at for at, name in enumerate(tree.areas)})
    births[area, born["year"].to_numpy() - first] = born["pupils"].fill_null(np.nan).to_numpy()
    return tree.summed(births), first


def _remarks(counted: pl.DataFrame, born: pl.DataFrame, series: Series) -> list[str]:
    notes = []
    parts = counted.filter(pl.col("pupils") != pl.col("pupils").round())
    if not parts.is_empty():
        notes.append(f"有 {parts.height} 行的人数不是整数（首见于第 {parts['line'][0]} 行），照用。")
    if born.is_empty():
        notes.append("没有出生人数（年级写 B 的行），最低年级按以往各年的入学人数推算。")
    silent = [
        series.areas[area] for area in np.flatnonzero(series.leaves & np.isnan(series.pupils).all((1, 2)))
    ]
    if silent:
        notes.append(f"{_some(silent)}没有各年级的人数，不作预测。")
    return notes
