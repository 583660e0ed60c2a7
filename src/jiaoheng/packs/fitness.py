"""The fitness standard 国家学生体质健康标准 as data: loaded, and proved to say one thing of every pupil.

A folder holds it: ``rules.yaml`` (items, weights, bonuses, levels), ``scores.csv`` and ``bmi.csv`` (the
official score tables, a line a level and a column a grade).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jiaoheng.packs import yaml_lines
from jiaoheng.packs.fitness_grid import GRADES
from jiaoheng.packs.fitness_rules import FitnessInput, FitnessItem, FitnessRules
from jiaoheng.packs.fitness_scales import Column, Key, Scale, bonus_scale, read_bands, read_columns
from jiaoheng.packs.yaml_lines import Location, PackError
from jiaoheng.terms import Grade, Sex

FITNESS_2014 = Path(__file__).parent / "data" / "fitness_2014"


@dataclass(frozen=True, eq=False)
class Fitness:
    """The standard; one is equal to none but itself.

    Attributes
    ----------
    rules : items, weights, bonuses and levels.
    weights : what each item that a pupil must do counts for, in hundredths, by sex and grade; in the order
        of ``rules.items``; each adds up to 100.
    scales : the points of a value in smallest units, by item, sex and grade; of the body mass index, the
        position of its band.
    bonuses : the points on top, likewise; only where there are any.
    """

    rules: FitnessRules
    weights: Mapping[tuple[Sex, Grade], Mapping[str, int]]
    scales: Mapping[Key, Scale]
    bonuses: Mapping[Key, Scale]

    @cached_property
    def items(self) -> Mapping[str, FitnessItem]:
        """The items by their ids, in order."""
        return {item.id: item for item in self.rules.items}

    @cached_property
    def inputs(self) -> tuple[FitnessInput, FitnessInput]:
        """Height and weight."""
        found = {each.id: each for each in self.rules.inputs}
        return found["height"], found["weight"]

    @cached_property
    def bmi(self) -> FitnessItem:
        """The item that is worked out from height and weight."""
        return next(item for item in self.rules.items if item.better == "bands")


def load_fitness(folder: Path = FITNESS_2014) -> Fitness:
    """Read the standard from a folder and prove it.

    Raises
    ------
    PackError
        With every fault found, a line for each: ``file:line: what, how to mend``.
    """
    located = yaml_lines.read(folder / "rules.yaml")
    rules = yaml_lines.build(FitnessRules, located)
    if faults := [located.message(place, text) for place, text in _rule_faults(rules)]:
        raise PackError("\n".join(faults))
    columns = read_columns(folder / "scores.csv", rules)
    bands = read_bands(folder / "bmi.csv", rules)
    if faults := [located.message(place, text) for place, text in _weight_faults(rules, columns)]:
        raise PackError("\n".join(faults))
    bmi = next(item.id for item in rules.items if item.better == "bands")
    items = {item.id: item for item in rules.items}
    return Fitness(
        rules=rules,
        weights={(sex, grade): _weights_of(rules, columns, sex, grade) for sex in Sex for grade in GRADES},
        scales={key: column.scale(items[key[0]]) for key, column in columns.items()}
        | {(bmi, *key): scale for key, scale in bands.items()},
        bonuses={
            (bonus.item, sex, grade): bonus_scale(
                columns[bonus.item, sex, grade], items[bonus.item], bonus.beyond
            )
            for bonus in rules.bonuses
            for sex in Sex
            for grade in bonus.grades
            if (bonus.item, sex, grade) in columns
        },
    )


def _weights_of(rules: FitnessRules, columns: Mapping[Key, Column], sex: Sex, grade: Grade) -> dict[str, int]:
    """The items of a pupil and what they count for."""
    named = next((each.items for each in rules.weights if grade in each.grades), {})
    return {
        item.id: named[item.id]
        for item in rules.items
        if item.id in named and (item.better == "bands" or (item.id, sex, grade) in columns)
    }


def _rule_faults(rules: FitnessRules) -> Iterator[tuple[Location, str]]:
    """What can be told without the tables."""
    if [item.better for item in rules.items].count("bands") != 1:
        yield ("items",), "应有且只有一个项目的「better」是 bands（体重指数）。请改正。"
    if {each.id for each in rules.inputs} != {"height", "weight"}:
        yield ("inputs",), "应是 height（身高）和 weight（体重）。请改正。"
    for section in ("inputs", "items", "bands"):
        ids = [each.id for each in getattr(rules, section)]
        for place, id_ in enumerate(ids):
            if id_ in ids[:place]:
                yield (section, place, "id"), f"「{id_}」重复。请改名或删去。"
    known = {item.id: item.better for item in rules.items}
    for id_ in rules.without:
        if id_ not in known:
            yield ("without", id_), f"没有项目「{id_}」。{yaml_lines.nearest(id_, known) or '请改正。'}"
    for place, weights in enumerate(rules.weights):
        for id_ in weights.items:
            if id_ not in known:
                hint = yaml_lines.nearest(id_, known) or "请改正。"
                yield ("weights", place, "items", id_), f"没有项目「{id_}」。{hint}"
    for place, bonus in enumerate(rules.bonuses):
        if known.get(bonus.item, "bands") == "bands":
            hint = yaml_lines.nearest(bonus.item, known) or "请改正。"
            yield ("bonuses", place, "item"), f"没有按档计分的项目「{bonus.item}」。{hint}"


def _weight_faults(rules: FitnessRules, columns: Mapping[Key, Column]) -> Iterator[tuple[Location, str]]:
    """Grades without weights or with two, weights that do not add up, tables and bonuses of nobody."""
    named = Counter(grade for each in rules.weights for grade in each.grades)
    for grade in GRADES:
        if named[grade] != 1:
            yield ("weights",), f"{grade.label}的权重写了 {named[grade]} 次，应为 1 次。请改正。"
    for place, each in enumerate(rules.weights):
        for grade in each.grades:
            if grade not in GRADES:
                yield ("weights", place, "grades"), f"标准不管{grade.label}。请删去。"
                continue
            for sex in Sex:
                found = _weights_of(rules, columns, sex, grade)
                if (total := sum(found.values())) != 100:
                    parts = "、".join(f"{id_} {weight}" for id_, weight in found.items())
                    who = f"{grade.label}{sex.label}生"
                    text = f"{who}的权重合计 {total}（{parts}），应为 100。请改正权重或评分表。"
                    yield ("weights", place, "items"), text
        for id_ in each.items:
            if id_ in {key[0] for key in columns} and not any(
                (id_, sex, grade) in columns for sex in Sex for grade in each.grades
            ):
                yield (
                    ("weights", place, "items", id_),
                    f"评分表里没有这些年级的「{id_}」。请删去或补上评分表。",
                )
    for id_, sex, grade in columns:
        if id_ not in _weights_of(rules, columns, sex, grade):
            yield ("weights",), f"评分表里有{grade.label}{sex.label}生的「{id_}」，权重里没有。请补上或删去。"
    taken: set[tuple[str, Grade]] = set()
    for place, bonus in enumerate(rules.bonuses):
        for grade in bonus.grades:
            if (bonus.item, grade) in taken:
                yield ("bonuses", place, "grades"), f"{grade.label}的「{bonus.item}」附加分写了两次。请删去。"
            taken.add((bonus.item, grade))
            if not any((bonus.item, sex, grade) in columns for sex in Sex):
                yield ("bonuses", place, "grades"), f"评分表里没有{grade.label}的「{bonus.item}」。请删去。"


__all__ = ["FITNESS_2014", "Fitness", "load_fitness"]
