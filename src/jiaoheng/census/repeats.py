"""Says which rows of one sheet are one row: written twice, or a school whose parts stand on two rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.reading import ROW, Part, Reading

_SHOWN = 8
_BESIDE_SCHOOLS = ("areas", "school_stages")
"""Tables whose rows repeat themselves by rights in a sheet of schools."""


def repeats(reading: Reading) -> tuple[str, ...]:
    """Notes on the rows of a sheet that share their key and agree; of persons only the rows are named."""
    sheets: dict[tuple[str, str], list[Part]] = {}
    for part in reading.parts:
        source = reading.sources[part.source]
        sheets.setdefault((source.file, source.sheet), []).append(part)
    notes: list[str] = []
    for (file, sheet), parts in sheets.items():
        where = f"{file} › {sheet}" if sheet else file
        notes += [f"{where}：{note}" for note in _notes(parts)]
    return tuple(notes)


def _notes(parts: Sequence[Part]) -> Iterator[str]:
    tables = dict.fromkeys(part.table for part in parts)
    for name in tables:
        if "schools" in tables and name in _BESIDE_SCHOOLS:
            continue
        rows = _repeated(name, [part for part in parts if part.table == name])
        if not rows:
            continue
        wanted = {row for group in rows.values() for row in group}
        said = _contents(
            parts if name == "schools" else [part for part in parts if part.table == name], wanted
        )
        twice, joined = [], []
        for key, group in rows.items():
            first: dict[frozenset[object], int] = {}
            for row in sorted(set(group)):
                if (other := first.setdefault(said[row], row)) != row:
                    twice.append(f"第 {row} 行同第 {other} 行")
            if len(first) > 1:
                lines = "、".join(str(row) for row in first.values())
                joined.append(f"第 {lines} 行" + ("" if dictionary.table(name).of_persons else f"（{key}）"))
        zh = dictionary.table(name).zh
        if twice:
            yield f"重复的行只记一次：{_listed(twice)}。"
        if joined:
            yield f"主键相同、内容互补的行已合为一条{zh}记录：{_listed(joined)}。"


def _repeated(name: str, parts: Sequence[Part]) -> dict[str, list[int]]:
    """The rows that share their key, by key."""
    keys = list(dictionary.table(name).key)
    stack = pl.concat([part.data.select(*keys, ROW) for part in parts]).unique(maintain_order=True)
    if stack.select(pl.struct(keys).n_unique()).item() == stack.height:
        return {}
    found: dict[str, list[int]] = {}
    for *key, row in stack.filter(pl.struct(keys).is_duplicated()).iter_rows():
        found.setdefault("、".join(map(str, key)), []).append(row)
    return found


def _contents(parts: Sequence[Part], rows: set[int]) -> Mapping[int, frozenset[object]]:
    """All that each of the rows says, in any table but that of areas, which takes each area once."""
    said: dict[int, set[object]] = {row: set() for row in rows}
    for part in (each for each in parts if each.table != "areas"):
        names = list(part.columns)
        some = part.data.filter(pl.col(ROW).is_in(list(rows)))
        for row, *values in some.select(ROW, *names).iter_rows():
            said[row] |= {
                (part.table, *pair) for pair in zip(names, values, strict=True) if pair[1] is not None
            }
    return {row: frozenset(each) for row, each in said.items()}


def _listed(items: Sequence[str]) -> str:
    more = f" 等 {len(items)} 处" if len(items) > _SHOWN else ""
    return "；".join(items[:_SHOWN]) + more


__all__ = ["repeats"]
