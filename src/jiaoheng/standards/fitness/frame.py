"""Scores a frame of pupils by the fitness standard, on any engine, millions at a time.

Every item is one join with a table of its values (`jiaoheng.standards.fitness.lookup`); the rest is
arithmetic on whole numbers, so that all engines and `score_pupil` agree to the bit.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import narwhals as nw

from jiaoheng.engine import Engine
from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_rules import FitnessInput, FitnessItem
from jiaoheng.standards.fitness.lookup import Grid, Lookup, Slot, lookup
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.standards.fitness.units import FINEST
from jiaoheng.standards.fitness.words import reason

Frame = nw.LazyFrame[Any]

_GROUP, _NEEDED, _GIVEN = "_group", "_needed", "_given"


def score_frame(frame: Frame, engine: Engine, *, words: bool = False, rules: Fitness | None = None) -> Frame:
    """Score pupils.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        One row a pupil: ``sex`` and ``grade`` as the census stores them, and, as floats in their units, the
        items and inputs of the standard by their ids; one that is left out is unknown for all. ``exempt``
        (boolean) may say who is exempt. Other columns are kept.
    engine : the engine that the frame is of.
    words : whether to add ``reason`` and for each item ``<item>_level``, which take longer than all else.
    rules : the standard; that of 2014 where left out.

    Returns
    -------
    narwhals.LazyFrame
        The columns of `frame`, ``bmi`` as it was judged, and ``<item>_points`` and ``<item>_bonus`` of every
        item, ``standard``, ``bonus``, ``total`` and ``level``. No total is null, never 0. The order of the
        rows is the engine's.
    """
    rules = rules or fitness()
    tables = lookup(rules)
    names = frame.collect_schema().names()
    measured = [*(each.id for each in rules.rules.inputs), *rules.items]
    absent = [nw.lit(None).cast(nw.Float64()).alias(name) for name in measured if name not in names]
    absent += [] if "exempt" in names else [nw.lit(False).alias("exempt")]
    frame = frame.with_columns(*absent) if absent else frame
    frame = _with_group(frame, engine, tables)
    frame = frame.with_columns(nw.col("bmi").alias(_GIVEN), _bmi(rules).alias("bmi"))
    for number, slot in enumerate(tables.slots):
        frame = _joined(frame, engine, rules, slot, number)
    frame = frame.with_columns(*_items(rules, tables, words=words))
    frame = frame.with_columns(*_totals(rules, tables))
    frame = frame.with_columns(_level(nw.col("total"), rules).alias("level"))
    if words:
        why = reason(rules, tables, group=nw.col(_GROUP), given=nw.col(_GIVEN))
        frame = frame.with_columns(why.alias("reason"))
    kept = [*names, *(name for name in (*measured, "exempt") if name not in names)]
    made = [
        f"{item}_{what}"
        for item in rules.items
        for what in ("points", "bonus", *(["level"] if words else []))
    ]
    return frame.select(*kept, *made, "standard", "bonus", "total", "level", *(["reason"] if words else []))


def _with_group(frame: Frame, engine: Engine, tables: Lookup) -> Frame:
    """The number of each pupil's sex and grade, and how many items such a pupil must do."""
    groups = engine.from_arrow(tables.group_table).rename({"group": _GROUP, "needed": _NEEDED})
    return frame.join(groups, on=["sex", "grade"], how="left")


def _sound(value: nw.Expr, of: FitnessInput) -> nw.Expr:
    """A value where it can be, else null."""
    return nw.when((value >= of.least) & (value <= of.most)).then(value)


def _thousandths(value: nw.Expr) -> nw.Expr:
    return (value * FINEST + 0.5).floor().cast(nw.Int64())


def _shift(item: FitnessItem, part: int) -> int:
    """What to add before a whole division by ``part`` that is to round as the item's rule says."""
    return {"up": part - 1, "down": 0, "half_up": part // 2}[item.rounding]


def _step(grid: Grid, item: FitnessItem) -> nw.Expr:
    """On which step of its grid a value is; null where it is none or cannot be.

    Engines differ in how they divide what is below 0; all of that is on step 0 here.
    """
    part = FINEST // item.scale
    if item.better == "bands":
        # As it was judged: a whole number of units already.
        units = (nw.col(item.id) * item.scale + 0.5).floor().cast(nw.Int64())
        return ((units - grid.offset) // grid.width).clip(0, grid.last)
    parts = _thousandths(_sound(nw.col(item.id), item)) + (_shift(item, part) - grid.offset * part)
    return (parts // (part * grid.width)).clip(0, grid.last)


def _bmi(rules: Fitness) -> nw.Expr:
    """The body mass index as it is judged: of height and weight where both are known, else as given."""
    item, (tall, heavy) = rules.bmi, rules.inputs
    scale = item.scale
    part = FINEST // scale
    height = _thousandths(_sound(nw.col(tall.id), tall))
    over = _thousandths(_sound(nw.col(heavy.id), heavy)) * (10**7 * scale)
    under = height * height
    worked_out = {
        "up": (over + under - 1) // under,
        "down": over // under,
        "half_up": (2 * over + under) // (2 * under),
    }[item.rounding]
    given = (_thousandths(_sound(nw.col(item.id), item)) + _shift(item, part)) // part
    unknown = nw.col(tall.id).is_null() | nw.col(heavy.id).is_null()
    units = nw.when(unknown).then(given).otherwise(worked_out)
    return _sound(_decimal(units, item.decimals), item)


def _decimal(units: nw.Expr, decimals: int) -> nw.Expr:
    """Whole numbers over a power of ten; where an engine multiplies by 0.1 instead, rounding mends it."""
    return (units / int(10**decimals)).round(decimals)


def _joined(frame: Frame, engine: Engine, rules: Fitness, slot: Slot, number: int) -> Frame:
    """The frame with what one slot's table says of each pupil."""
    step = reduce(
        lambda rest, grid: (
            nw.when(nw.col(_GROUP).is_in(grid.groups))
            .then(_step(grid, rules.items[grid.item]))
            .otherwise(rest)
        ),
        slot.grids,
        nw.lit(None).cast(nw.Int64()),
    )
    key = f"_key{number}"
    table = engine.from_arrow(slot.table)
    table = table.rename({name: f"_{name}{number}" for name in slot.table.column_names})
    return frame.with_columns((nw.col(_GROUP) * slot.stride + step).cast(nw.Int32()).alias(key)).join(
        table, on=key, how="left"
    )


def _items(rules: Fitness, tables: Lookup, *, words: bool) -> list[nw.Expr]:
    found: list[nw.Expr] = []
    for number, slot in enumerate(tables.slots):
        for grid in slot.grids:
            mine = nw.col(_GROUP).is_in(grid.groups)
            points = nw.when(mine).then(nw.col(f"_points{number}"))
            found.append(points.alias(f"{grid.item}_points"))
            bonus = nw.col(f"_bonus{number}") if slot.has_bonus else nw.lit(0)
            found.append(nw.when(mine & ~points.is_null()).then(bonus).alias(f"{grid.item}_bonus"))
            if words:
                word = nw.col(f"_band{number}") if grid.item == rules.bmi.id else _level(points, rules)
                found.append(word.alias(f"{grid.item}_level"))
    return found


def _totals(rules: Fitness, tables: Lookup) -> list[nw.Expr]:
    """``standard``, ``bonus`` and ``total``."""
    numbers = range(len(tables.slots))
    known = sum(((~nw.col(f"_points{n}").is_null()).cast(nw.Int32()) for n in numbers), start=nw.lit(0))
    counts = ~nw.col("exempt") & (known == nw.col(_NEEDED))
    hundredths = reduce(lambda a, b: a + b, (nw.col(f"_weighted{n}").fill_null(0) for n in numbers))
    bonus = reduce(
        lambda a, b: a + b,
        (nw.col(f"_bonus{n}").fill_null(0) for n in numbers if tables.slots[n].has_bonus),
        nw.lit(0),
    )
    most = 100 * rules.rules.total.most
    total = nw.when(hundredths + 100 * bonus > most).then(nw.lit(most)).otherwise(hundredths + 100 * bonus)
    if (rounded := rules.rules.total.rounded) is not None:
        part = 10 ** (2 - rounded)
        total = (2 * total + part) // (2 * part) * part
    given = nw.lit(rules.rules.exempt.total).cast(nw.Float64())
    return [
        nw.when(counts).then(_decimal(hundredths, 2)).alias("standard"),
        nw.when(~nw.col("exempt")).then(bonus).otherwise(0).alias("bonus"),
        nw.when(nw.col("exempt"))
        .then(given)
        .otherwise(nw.when(counts).then(_decimal(total, 2)))
        .alias("total"),
    ]


def _level(points: nw.Expr, rules: Fitness) -> nw.Expr:
    return reduce(
        lambda rest, level: nw.when(points >= level.least).then(nw.lit(level.name)).otherwise(rest),
        reversed(rules.rules.levels),
        nw.lit(None).cast(nw.String()),
    )


__all__ = ["score_frame"]
