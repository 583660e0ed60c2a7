"""Scores one pupil by the fitness standard, in plain Python: what each item says, and why there is no total.

`jiaoheng.standards.fitness.frame` scores millions; the tests hold the two to one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaoheng.errors import JiaohengError
from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_rules import FitnessItem
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.standards.fitness.units import bmi_units, plausible, units
from jiaoheng.standards.fitness.words import BETWEEN, EXEMPT, MISSING, NO_GRADE, NO_SEX, beyond, beyond_input
from jiaoheng.terms import Grade, Sex


class FitnessError(JiaohengError):
    """A measurement that the standard does not know, or results that cannot be read."""


@dataclass(frozen=True)
class ItemScore:
    """What one item came to.

    Attributes
    ----------
    item, name : its id and Chinese name.
    weight : what it counts for, in hundredths.
    value : as it was judged, in the item's unit; None where it is unknown.
    points : 0 to 100; None where the value is unknown.
    level : 优秀 to 不及格, of the body mass index 正常, 超重 …; empty where the value is unknown.
    bonus : points on top.
    reason : why it is unknown; empty where it is known.
    """

    item: str
    name: str
    weight: int
    value: float | None = None
    points: int | None = None
    level: str = ""
    bonus: int = 0
    reason: str = ""


@dataclass(frozen=True)
class PupilScore:
    """What a pupil came to.

    Attributes
    ----------
    items : every item that a pupil of this sex and grade must do.
    standard : 标准分, of at most 100; None where an item is unknown.
    bonus : 附加分 of the items that are known.
    total : 学年总分; None where an item is unknown.
    level : 优秀, 良好, 及格 or 不及格; empty where there is no total.
    reason : why there is no total, or why it was given; empty where it was worked out.
    """

    items: tuple[ItemScore, ...]
    standard: float | None
    bonus: int
    total: float | None
    level: str
    reason: str


def score_pupil(
    sex: str,
    grade: str,
    values: Mapping[str, float | None],
    *,
    exempt: bool = False,
    rules: Fitness | None = None,
) -> PupilScore:
    """Score a pupil.

    Parameters
    ----------
    sex : ``male`` or ``female``, 男 or 女, or the code.
    grade : ``g1`` to ``g12``, its Chinese name, or the code of the national system (11 to 33).
    values : by the ids of items and inputs (``height``, ``weight``), in their units: cm, kg, ml, s, times.
        The body mass index is worked out where both height and weight are known, else taken from ``bmi``.
    exempt : whether the pupil is exempt (免予执行).
    rules : the standard; that of 2014 where left out.

    Raises
    ------
    FitnessError
        A value of something that the standard does not know.
    """
    rules = rules or fitness()
    known = {*rules.items, *(each.id for each in rules.rules.inputs)}
    for name in values:
        if name not in known:
            raise FitnessError(f"没有名为“{name}”的体测项目。{nearest(name, known) or '请改正。'}")
    who = Sex.named(sex), Grade.named(grade)
    if exempt:
        return _exempt(rules)
    if who[0] is None:
        return _none(NO_SEX)
    if who[1] is None or (who[0], who[1]) not in rules.weights:
        return _none(NO_GRADE)
    items = tuple(
        _score(rules, item, who[0], who[1], weight, values)
        for item, weight in rules.weights[who[0], who[1]].items()
    )
    bonus = sum(item.bonus for item in items)
    reason = BETWEEN.join(item.name + item.reason for item in items if item.reason)
    if reason:
        return PupilScore(items, None, bonus, None, "", reason)
    hundredths = sum(item.points * item.weight for item in items if item.points is not None)
    total = min(hundredths + 100 * bonus, 100 * rules.rules.total.most)
    if (rounded := rules.rules.total.rounded) is not None:
        part = 10 ** (2 - rounded)
        total = (2 * total + part) // (2 * part) * part
    return PupilScore(items, hundredths / 100, bonus, total / 100, level_of(total / 100, rules), "")


def level_of(points: float, rules: Fitness) -> str:
    """The word for a total or for an item's points."""
    return next(level.name for level in rules.rules.levels if points >= level.least)


def _exempt(rules: Fitness) -> PupilScore:
    total = rules.rules.exempt.total
    return PupilScore((), None, 0, total, "" if total is None else level_of(total, rules), EXEMPT)


def _none(reason: str) -> PupilScore:
    return PupilScore((), None, 0, None, "", reason)


def _score(
    rules: Fitness, item_id: str, sex: Sex, grade: Grade, weight: int, values: Mapping[str, float | None]
) -> ItemScore:
    item = rules.items[item_id]
    if item.better == "bands":
        found, reason = _bmi(rules, item, values)
    else:
        found, reason = _judged(item, values)
    if found is None:
        return ItemScore(item_id, item.name, weight, reason=reason)
    step = rules.scales[item_id, sex, grade].at(found)
    value = found / item.scale
    if item.better == "bands":
        band = rules.rules.bands[step]
        return ItemScore(item_id, item.name, weight, value, band.points, band.name)
    bonus = rules.bonuses.get((item_id, sex, grade))
    return ItemScore(
        item_id,
        item.name,
        weight,
        value,
        step,
        level_of(step, rules),
        bonus.at(found) if bonus else 0,
    )


def _judged(item: FitnessItem, values: Mapping[str, float | None]) -> tuple[int | None, str]:
    """The value of an item in smallest units, or why there is none."""
    value = values.get(item.id)
    if value is None:
        return None, MISSING
    if not plausible(value, item):
        return None, beyond(item)
    return units(value, item), ""


def _bmi(rules: Fitness, item: FitnessItem, values: Mapping[str, float | None]) -> tuple[int | None, str]:
    """The body mass index from height and weight, else as it was given."""
    height, weight = (values.get(each.id) for each in rules.inputs)
    if height is None or weight is None:
        return _judged(item, values)
    for given, of in zip((height, weight), rules.inputs, strict=True):
        if not plausible(given, of):
            return None, beyond_input(of)
    found = bmi_units(weight, height, item)
    if not plausible(found / item.scale, item):
        return None, beyond(item)
    return found, ""


__all__ = ["FitnessError", "ItemScore", "PupilScore", "level_of", "score_pupil"]
