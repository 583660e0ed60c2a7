"""Why a pupil has no total, in words: for one pupil and, as an expression, for a frame of them."""

from __future__ import annotations

import narwhals as nw

from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_rules import FitnessInput
from jiaoheng.standards.fitness.lookup import Lookup, among

MISSING = "缺测"
EXEMPT = "免予执行"
NO_SEX, NO_GRADE = "性别不明", "年级不明"
BETWEEN = "、"


def beyond(of: FitnessInput) -> str:
    """What is said of a value that cannot be."""
    return f"不合理（应在 {of.least:g} 至 {of.most:g} {of.unit}）"


def beyond_input(of: FitnessInput) -> str:
    """What is said of an item that is worked out from such a value."""
    return f"的{of.name}{beyond(of)}"


def reason(rules: Fitness, tables: Lookup, *, group: nw.Expr, given: nw.Expr) -> nw.Expr:
    """Why each pupil of a frame has no total; empty where there is one.

    Parameters
    ----------
    group : the number of the pupil's sex and grade; null where one is not known.
    given : the body mass index as it was given, before it was worked out.
    """
    parts = []
    grids = {grid.item: grid for slot in tables.slots for grid in slot.grids}
    for item in rules.rules.items:
        unknown = among(group, grids[item.id]) & nw.col(f"{item.id}_points").is_null()
        value = given if item is rules.bmi else nw.col(item.id)
        why = nw.when(value.is_null()).then(_said(item, MISSING)).otherwise(_said(item, beyond(item)))
        if item is rules.bmi:
            why = _why_no_bmi(rules, why)
        parts.append(nw.when(unknown).then(why))
    listed = nw.concat_str(parts, separator=BETWEEN, ignore_nulls=True)
    sex = nw.col("sex").is_in(sorted({sex.value for sex, _ in tables.groups}))
    nobody = nw.when(sex).then(nw.lit(NO_GRADE)).otherwise(nw.lit(NO_SEX))
    return (
        nw.when(nw.col("exempt"))
        .then(nw.lit(EXEMPT))
        .otherwise(nw.when(group.is_null()).then(nobody).otherwise(listed))
    )


def _why_no_bmi(rules: Fitness, otherwise: nw.Expr) -> nw.Expr:
    """Height, then weight, then the index itself, where both are there; else of the index as it was given."""
    both = ~nw.col("height").is_null() & ~nw.col("weight").is_null()
    why = _said(rules.bmi, beyond(rules.bmi))
    for of in reversed(rules.inputs):
        sound = (nw.col(of.id) >= of.least) & (nw.col(of.id) <= of.most)
        why = nw.when(sound).then(why).otherwise(_said(rules.bmi, beyond_input(of)))
    return nw.when(both).then(why).otherwise(otherwise)


def _said(item: FitnessInput, what: str) -> nw.Expr:
    return nw.lit(item.name + what)


__all__ = ["BETWEEN", "EXEMPT", "MISSING", "NO_GRADE", "NO_SEX", "beyond", "beyond_input", "reason"]
