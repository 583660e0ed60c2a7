"""Finds the columns of a workbook of measurements: who the pupil is, and what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiaoheng.census.readers.heading import Block, Path, find_block, tidy
from jiaoheng.census.workbook import Sheet, column_letters
from jiaoheng.packs.fitness import Fitness

_RESULT = frozenset({"得分", "评分", "等级", "附加分", "单项得分", "单项评分", "单项等级"})
"""Headings above or below an item's name that make it a score and no measurement."""

_READING = frozenset({"成绩", "测试成绩", "原始成绩", "测试值", "数值"})
"""Headings below an item's name that say that it is the measurement."""

_BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Columns:
    """Where everything stands in a sheet, columns counted from 0.

    Attributes
    ----------
    head, data : the last heading row, and the first row below the headings, from 0.
    title : the texts above them.
    measured : items and inputs to their headings; a column of two items (引体向上/仰卧起坐) is of both.
    roles : ``school``, ``class``, ``grade``, ``sex``, ``person``, ``exempt`` to their headings.
    twice : what has two columns, and both.
    """

    head: int
    data: int
    title: tuple[str, ...]
    measured: Mapping[str, Path]
    roles: Mapping[str, Path]
    twice: tuple[tuple[Path, Path], ...]

    @property
    def first(self) -> int:
        """The leftmost column that is known."""
        return min(path.column for path in (*self.measured.values(), *self.roles.values()))


def find_columns(sheet: Sheet, rules: Fitness) -> Columns | None:
    """The columns of a sheet; None where it has no heading of an item."""
    measured = _by_heading((each.id, each.headings) for each in (*rules.inputs, *rules.items.values()))
    items = _by_heading((each.id, each.headings) for each in rules.items.values())
    block = find_block(sheet.rows, sheet.merges, lambda text: bool(_named([text], items)))
    if block is None:
        return None
    roles = _by_heading(
        [
            *((name, getattr(rules.rules.columns, name)) for name in ("school", "grade", "sex", "person")),
            ("class", rules.rules.columns.class_),
            ("exempt", rules.rules.exempt.headings),
        ]
    )
    found, double = _assign(block, measured)
    of_roles, _ = _assign(block, roles)
    return Columns(block.last, block.data, block.title, found, of_roles, tuple(double))


def called(path: Path) -> str:
    """A column as a user finds it: its heading and its letter."""
    return f"「{path.text}」（{column_letters(path.column)} 列）"


def _by_heading(named: Iterable[tuple[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    """Headings as they are compared, to what they head."""
    found: dict[str, tuple[str, ...]] = {}
    for name, headings in named:
        for heading in headings:
            found[tidy(heading)] = (*found.get(tidy(heading), ()), name)
    return found


def _assign(
    block: Block, known: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Path], Iterator[tuple[Path, Path]]]:
    """What each known heading heads; of two that head one thing, the one preferred by the rules' order."""
    claims: dict[str, list[tuple[int, Path]]] = {}
    order = {heading: place for place, heading in enumerate(known)}
    for path in block.paths:
        heading = _named(path.levels, known)
        for name in known.get(heading, ()):
            claims.setdefault(name, []).append((order[heading], path))
    found = {name: min(claim, key=lambda each: each[0])[1] for name, claim in claims.items()}
    double = (
        (found[name], path)
        for name, claim in claims.items()
        for place, path in claim
        if path is not found[name] and place == min(each for each, _ in claim)
    )
    return found, double


def _named(levels: Sequence[str], known: Mapping[str, object]) -> str:
    """The known heading among the levels over a column; empty where it is of something else or of a score."""
    plain = [_BRACKETS.sub("", level) or level for level in levels]
    if _RESULT & set(plain):
        return ""
    own = [(level, bare) for level, bare in zip(levels, plain, strict=True) if bare not in _READING]
    if not own:
        return ""
    return next((text for text in own[-1] if text in known), "")


__all__ = ["Columns", "called", "find_columns"]
