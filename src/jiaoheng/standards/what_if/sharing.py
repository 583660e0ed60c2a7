"""Takes a share of the people and things of one row, to the last whole one, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jiaoheng.census import dictionary

Row = dict[str, Any]

NOT_CURRENT = ("graduates", "entrants", "expected_")
"""How the names of columns begin that are of the group 学生 and speak of other pupils than today's."""


@dataclass(frozen=True)
class Family:
    """Columns that, where they are all known, add up to a head: grades to pupils, degrees to teachers."""

    head: str
    parts: tuple[str, ...]


def of_group(*groups: str) -> tuple[str, ...]:
    """The counts of ``school_stages`` in these groups of the dictionary."""
    return tuple(
        column.name
        for column in dictionary.table("school_stages").columns
        if column.group in groups and column.type in ("integer", "number")
    )


def pupil_columns() -> tuple[str, ...]:
    """What is counted of today's pupils of a school and stage."""
    own = of_group("学生", "分年级学生", "分年级女生")
    return tuple(name for name in own if not name.startswith(NOT_CURRENT))


def families() -> tuple[Family, ...]:
    """The families of ``school_stages``."""
    return (
        Family("pupils", of_group("分年级学生")),
        Family("pupils_female", of_group("分年级女生")),
        Family("teachers", of_group("教师学历")),
        Family("teachers", of_group("教师职称")),
        Family("teachers", of_group("教师年龄")),
        Family("classes", of_group("分年级班级")),
        Family("classes", of_group("分班额班级")),
    )


def take(row: Row, columns: Iterable[str], share: Fraction) -> Row:
    """Take a share (0 to 1) of each column out of a row; what was taken, with null for what is not known.

    Whole numbers stay whole (half up), and the parts of a family still add up to their head on both sides.
    """
    taken: Row = {}
    for name in columns:
        taken[name] = _part(row[name], share)
    for family in families():
        parts = [name for name in family.parts if name in taken and row[name] is not None]
        head = taken.get(family.head)
        if head is not None and sum(row[name] for name in parts) == row[family.head]:
            amounts = split([row[name] for name in parts], head)
            taken.update(zip(parts, amounts, strict=True))
    for name, amount in taken.items():
        row[name] = None if amount is None else row[name] - amount
    return taken


def give(row: Row, taken: Row) -> None:
    """Add what was taken to another row; a sum with an unknown part is unknown."""
    for name, amount in taken.items():
        row[name] = None if amount is None or row[name] is None else row[name] + amount


def split(counts: Sequence[int], wanted: int) -> list[int]:
    """``wanted`` of all the counts together, in proportion (largest remainder), never more than there are."""
    whole = sum(counts)
    if whole == 0:
        return [0] * len(counts)
    floors = [count * wanted // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda place: (-(counts[place] * wanted % whole), place))
    for place in order[: wanted - sum(floors)]:
        floors[place] += 1
    return floors


def _part(value: float | None, share: Fraction) -> float | None:
    if value is None:
        return None
    if isinstance(value, int):
        return int(value * share + Fraction(1, 2))
    return value if share == 1 else float(value * float(share))
