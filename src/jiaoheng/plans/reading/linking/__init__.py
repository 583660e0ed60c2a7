"""Finds the measure of the catalogue that can follow what a plan names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jiaoheng.packs import Catalogue, Measure
from jiaoheng.plans.reading.linking.names import Key, key, said_stages


@dataclass(frozen=True)
class Link:
    """The measure that follows a name, and the stage of its row; or why there is none.

    Attributes
    ----------
    measure : id of the measure; None where none follows.
    stage : the row of the measure; None where it has one row, or where the name speaks of all.
    unlinked : the reason, in Chinese; set exactly where `measure` is None.
    """

    measure: str | None = None
    stage: str | None = None
    unlinked: str | None = None


def link(name: str, unit: str, group: str, catalogue: Catalogue) -> Link:
    """The measure that `name` names, by the packs' names and aliases, in whatever wording.

    It would rather link nothing than the wrong thing: the words must say the same, the stage of the name
    (else of its group) must be that of a row, and the unit must be of the same kind.

    Parameters
    ----------
    name : as the plan prints it.
    unit : as printed; empty where nothing is.
    group : the group row of the table that it stands under (``学前教育``); empty where there is none.
    catalogue : the measures to choose from.
    """
    said = key(name)
    around = frozenset() if said.stages else said_stages(group)
    found = _named(name, said, around, catalogue)
    if not found:
        return Link(unlinked=f"口径库中没有与「{name}」相同的指标名称或别名。")
    fitting = [each for each in found if not around or _within(each, around)]
    if not fitting:
        names = _list(each.measure for each in found)
        return Link(unlinked=f"「{name}」属于“{group}”，口径「{names}」没有这个学段。")
    alike = [each for each in fitting if _same_kind(unit, each.measure.unit)]
    if not alike:
        other = fitting[0].measure
        return Link(unlinked=f"单位“{unit}”与口径「{other.name}」的单位“{other.unit}”不同。")
    if len({each.measure.id for each in alike}) > 1:
        return Link(
            unlinked=f"「{name}」与几个口径都相近：{_list(each.measure for each in alike)}。请指定一个。"
        )
    measure, stage = alike[0].measure, _stage(alike, around)
    if stage is None and around and not all(_within(_Entry(measure, row), around) for row in measure.rows):
        return Link(unlinked=f"口径「{measure.name}」按学段分别计算，没有“{group}”的合计。")
    return Link(measure.id, stage)


class _Entry(NamedTuple):
    measure: Measure
    stage: str | None


def _named(name: str, said: Key, around: frozenset[str], catalogue: Catalogue) -> list[_Entry]:
    """What the name may mean: what its group makes of it first, then the packs' very words, then others."""
    aliases, names = _index(_Same(catalogue))
    under = Key(said.words, around)
    if around and under in aliases:
        return aliases[under]
    exact = catalogue.named(name)
    entry = _Entry(exact.measure, exact.stage) if exact else None
    if entry and (not around or _within(entry, around)):
        return [entry]
    if around and under in names:
        return names[under]
    return [entry] if entry else aliases.get(said) or names.get(said) or []


def _within(entry: _Entry, around: frozenset[str]) -> bool:
    """Whether an entry has a row for one of the stages that a group speaks of."""
    rows = (entry.stage,) if entry.stage else entry.measure.rows
    return not rows or any(row in _parts(stage) or stage in _parts(row) for stage in around for row in rows)


def _stage(found: list[_Entry], around: frozenset[str]) -> str | None:
    stages = {each.stage for each in found}
    if len(stages) == 1 and None not in stages:
        return found[0].stage
    said = [row for row in found[0].measure.rows if row in around]
    return said[0] if len(said) == 1 else None


_PARTS = {
    "compulsory": {"primary", "junior"},
    "upper_secondary": {"senior", "vocational"},
    "school": {"primary", "junior", "senior", "compulsory"},
    "all": {"preschool", "primary", "junior", "senior", "vocational", "special", "compulsory", "school"},
}


def _parts(stage: str) -> set[str]:
    return {stage} | _PARTS.get(stage, set())


_KINDS = (
    {"%", "％"},
    {"人", "名", "位"},
    {"个", "所", "间", "座", "家", "项", "支", "班"},
    {"平方米", "㎡", "m²"},
    {"比值", "系数", "人/教师", "人/教职工", "是=1", "级"},
)


def _same_kind(printed: str, unit: str) -> bool:
    """Whether two units count the same kind of thing; a plan may leave its unit out."""
    return not printed or printed == unit or any({printed, unit} <= kind for kind in _KINDS)


def _list(measures: Iterable[Measure]) -> str:
    return "、".join(dict.fromkeys(measure.name for measure in measures))


_Index = dict[Key, list[_Entry]]


@dataclass(frozen=True, eq=False)
class _Same:
    """A catalogue told apart by being itself, so that its index is made once."""

    catalogue: Catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=8)
def _index(same: _Same) -> tuple[_Index, _Index]:
    """What aliases say and what names say; a name without a stage also stands for each of its rows."""
    aliases: _Index = {}
    names: _Index = {}
    for measure in same.catalogue.measures.values():
        for alias in measure.aliases:
            _enter(aliases, alias.name, alias.stage, measure)
        _enter(names, measure.name, None, measure)
    return aliases, names


def _enter(index: _Index, name: str, stage: str | None, measure: Measure) -> None:
    said = key(name)
    only = measure.rows[0] if len(measure.rows) == 1 else None
    keys = {said: stage or only}
    if not said.stages:
        rows = (stage,) if stage else measure.rows
        keys |= {Key(said.words, frozenset({row})): row for row in rows}
    for each, row in keys.items():
        index.setdefault(each, []).append(_Entry(measure, row))
