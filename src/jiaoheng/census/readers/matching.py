"""Matches the heading paths of a sheet with the columns that a layout pack knows.

The longest pattern wins. Where two equally long patterns of one entry find different headings, or two
entries claim one heading, nobody can tell which is meant: the column is not read, and the fault names both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jiaoheng.census import dictionary
from jiaoheng.census.readers.heading import SEPARATOR, Path, tidy
from jiaoheng.census.units import CONVERTED, FACTORS
from jiaoheng.packs.layouts import Layout, LayoutColumn

_TOTALS = ("合计", "计", "小计", "总计")


@dataclass(frozen=True)
class Found:
    """A heading that was recognised: the path, the entry of the layout, the factor to the base unit."""

    path: Path
    entry: LayoutColumn
    factor: float


@dataclass(frozen=True)
class Fault:
    """A heading that cannot be used, and why."""

    path: Path
    reason: str
    mend: str


@dataclass(frozen=True)
class Match:
    """What the headings of a sheet mean.

    Attributes
    ----------
    columns : ``table.column`` to the heading.
    roles : role to the heading.
    unknown : headings that the layout does not know.
    faults : headings that it knows and that cannot be used.
    """

    columns: Mapping[str, Found]
    roles: Mapping[str, Found]
    unknown: tuple[Path, ...]
    faults: tuple[Fault, ...] = field(default=())

    def of_table(self, table: str) -> dict[str, Found]:
        """The recognised columns of one table, by their name in it."""
        prefix = f"{table}."
        return {
            name.removeprefix(prefix): found
            for name, found in self.columns.items()
            if name.startswith(prefix)
        }


def match(paths: Sequence[Path], layout: Layout, *, stage: str | None = None) -> Match:
    """What each heading is.

    Parameters
    ----------
    paths : the headings of a sheet.
    layout : the pack that knows them.
    stage : the stage of the file; entries for other stages are left out. None for a file of all stages.
    """
    entries = _by_last_word(layout, stage)
    claims: dict[str, list[tuple[int, int, Path, LayoutColumn]]] = {}
    unknown: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        candidates = {id(entry): entry for word in _endings(path) for entry in entries.get(word, ())}
        scored = [
            (score, entry)
            for entry in candidates.values()
            if (score := _score(path, entry, layout)) is not None
        ]
        if not scored:
            unknown.append(path)
            continue
        longest = max(length for (length, _), _ in scored)
        winners = {
            entry.target: (score, entry)
            for score, entry in sorted(scored, key=lambda each: each[0])
            if score[0] == longest
        }
        if len(winners) > 1:
            names = "、".join(_name(target) for target in winners)
            faults.append(Fault(path, f"这一列既像{names}", "请改写表头，使它只有一个意思。"))
            continue
        target, ((length, preference), entry) = next(iter(winners.items()))
        claims.setdefault(target, []).append((length, preference, path, entry))
    found: dict[str, Found] = {}
    for target, claim in claims.items():
        _settle(target, claim, found, faults)
    columns = {target: each for target, each in found.items() if each.entry.column}
    roles = {target: each for target, each in found.items() if each.entry.role}
    return Match(columns, roles, tuple(unknown), tuple(faults))


def _by_last_word(layout: Layout, stage: str | None) -> dict[str, list[LayoutColumn]]:
    """The entries for a stage, by each word that a heading of theirs may end with."""
    found: dict[str, list[LayoutColumn]] = {}
    for entry in layout.columns:
        if not entry.stages or stage in entry.stages:
            for word in {word for pattern in entry.paths for word in _levels(pattern)[-1]}:
                found.setdefault(word, []).append(entry)
    for word, entry in _dictionary_names(layout).items():
        found.setdefault(word, [entry])
    return found


def _dictionary_names(layout: Layout) -> dict[str, LayoutColumn]:
    """The Chinese names of the dictionary, for headings that say no more and that no entry claims."""
    tables = (layout.layout.table,) if layout.layout.table else ("schools", "school_stages")
    found: dict[str, LayoutColumn] = {}
    for table in tables:
        for column in dictionary.table(table).columns:
            entry = LayoutColumn.model_construct(
                column=f"{table}.{column.name}", role=None, paths=(column.zh,), stages=(), unit="", less=()
            )
            found.setdefault(tidy(column.zh), entry)
    return found


def _endings(path: Path) -> list[str]:
    """The last heading, and those above it as far as it is a total (合计, 计)."""
    found = [path.levels[-1]]
    for level in reversed(path.levels[:-1]):
        if found[-1] not in _TOTALS:
            break
        found.append(level)
    return found


def _settle(
    target: str,
    claim: list[tuple[int, int, Path, LayoutColumn]],
    found: dict[str, Found],
    faults: list[Fault],
) -> None:
    """The heading that fits a target best; a tie is a fault."""
    if target == "skip":
        return
    best = max((length, preference) for length, preference, _, _ in claim)
    winners = [(path, entry) for length, preference, path, entry in claim if (length, preference) == best]
    if len(winners) > 1:
        both = "」和「".join(path.text for path, _ in winners)
        reason = f"「{both}」都像{_name(target)}，分不清用哪一列"
        faults.append(Fault(winners[0][0], reason, "请删去一列，或用映射文件写明。"))
        return
    path, entry = winners[0]
    factor = _factor(path, entry)
    if factor is None:
        base = dictionary.table(entry.column.partition(".")[0])[entry.column.partition(".")[2]].unit_zh
        faults.append(Fault(path, f"单位「{path.unit}」不能换算为{base}", "请改正表头里的单位。"))
        return
    found[target] = Found(path, entry, factor)


def _score(path: Path, entry: LayoutColumn, layout: Layout) -> tuple[int, int] | None:
    """How well an entry fits: levels matched, then its preference; None where it does not fit."""
    scores = [
        (len(pattern.split(SEPARATOR)), -preference)
        for preference, pattern in enumerate(entry.paths)
        if fits(path.levels, pattern, layout.layout.neutral)
    ]
    return max(scores, default=None)


def fits(levels: Sequence[str], pattern: str, neutral: Iterable[str]) -> bool:
    """Whether heading levels end with a pattern.

    Levels that only group (`neutral`) may stand between the pattern's, a total (合计, 计) after its last.
    What stands before its first is free.
    """
    wanted = _levels(pattern)
    rest = list(levels)
    while len(rest) > 1 and rest[-1] in _TOTALS and rest[-1] not in wanted[-1]:
        rest.pop()
    if not rest or rest[-1] not in wanted[-1]:
        return False
    rest.pop()
    for words in reversed(wanted[:-1]):
        while rest and rest[-1] not in words and _is_neutral(rest[-1], tuple(neutral)):
            rest.pop()
        if not rest or rest[-1] not in words:
            return False
        rest.pop()
    return True


def _factor(path: Path, entry: LayoutColumn) -> float | None:
    """What the column's numbers are multiplied by; None where the heading's unit is of another kind."""
    if not entry.column:
        return 1.0
    table, _, name = entry.column.partition(".")
    base = dictionary.table(table)[name].unit
    around = path.money if base == "yuan" else ""
    for unit in (path.unit, around, entry.unit):
        if unit in FACTORS and (base in CONVERTED or path.unit == unit):
            return conversion(unit, base)
    return 1.0


def conversion(unit: str, base: str) -> float | None:
    """What a number in `unit` (as a heading names it) is multiplied by to be in the dictionary's `base` unit.

    None where it cannot be; 1 for a unit that is not among those that are ever converted.
    """
    if unit not in FACTORS:
        return 1.0
    found, factor = FACTORS[unit]
    return factor if found == base else None


def _name(target: str) -> str:
    table, _, column = target.partition(".")
    if not column:
        return f"“{target}”"
    return f"“{dictionary.table(table)[column].zh}”"


@lru_cache(maxsize=4096)
def _levels(pattern: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(tidy(word) for word in level.split("|")) for level in pattern.split(SEPARATOR))


@lru_cache(maxsize=4096)
def _is_neutral(text: str, neutral: tuple[str, ...]) -> bool:
    return any(re.fullmatch(regex, text) for regex in neutral)


__all__ = ["Fault", "Found", "Match", "conversion", "fits", "match"]
