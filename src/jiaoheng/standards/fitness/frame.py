"""Scores a frame of pupils by the fitness standard, on any engine, millions at a time.

Every item is one join with a table of its values (`jiaoheng.standards.fitness.lookup`); the rest is
arithmetic on whole numbers, so that all engines and `score_pupil` agree to the bit.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import narwhals as nw

from jiaoheng.engine import Engine
from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_rules import FitnessInput, FitnessItem
from jiaoheng.standards.fitness.lookup import NOT_ASKED, Grid, Lookup, Slot, among, lookup
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.standards.fitness.units import FINEST
from jiaoheng.standards.fitness.words import reason

Frame = nw.LazyFrame[Any]

_GROUP, _GIVEN, _INDEX = "_group", "_given", "_index"


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
    measured = [*(each.id for each in rules.inputs), *rules.items]
    absent = [nw.lit(None).cast(nw.Float64()).alias(name) for name in measured if name not in names]
    absent += [] if "exempt" in names else [nw.lit(False).alias("exempt")]
    frame = frame.with_columns(*absent) if absent else frame
    groups = engine.from_arrow(tables.group_table).rename({"group": _GROUP})
    frame = with_bmi(frame.join(groups, on=["sex", "grade"], how="left"), rules)
    for number, slot in enumerate(tables.slots):
        frame = _joined(frame, engine, rules, slot, number)
    frame = frame.with_columns(*_items(rules, tables, words=words))
    frame = frame.with_columns(*_totals(rules, tables, exempt="exempt" in names))
    frame = frame.with_columns(_level(nw.col("total"), rules).alias("level"))
    if words:
        why = reason(rules, tables, group=nw.col(_GROUP), given=nw.col(_GIVEN))
        frame = frame.with_columns(why.alias("reason"))
    kept = [*names, *(name for name in (*measured, "exempt") if name not in names)]
    whats = ("points", "bonus", "level") if words else ("points", "bonus")
    made = [f"{item}_{what}" for item in rules.items for what in whats]
    return frame.select(*kept, *made, "standard", "bonus", "total", "level", *(["reason"] if words else []))


def with_bmi(frame: Frame, rules: Fitness) -> Frame:
    """The frame with the body mass index as it is judged: of height and weight where both are known, else as
    given.

    All numbers are whole and below 2**53, and what is no half is further from one than a quotient can err:
    rounding the quotient of two columns is exact.
    """
    item, (tall, heavy) = rules.bmi, rules.inputs
    high, heft = (_thousandths(sound(nw.col(each.id), each)) for each in (tall, heavy))
    frame = frame.with_columns(
        nw.col(item.id).alias(_GIVEN),
        (high * high).alias("_under"),
        (heft * 10**7 * item.scale).alias("_over"),
    )
    quotient = nw.col("_over") / nw.col("_under")
    worked_out = {"up": -((-quotient).floor()), "down": quotient.floor(), "half_up": (quotient + 0.5).floor()}
    unknown = nw.col(tall.id).is_null() | nw.col(heavy.id).is_null()
    units = (
        nw.when(unknown).then(_units(sound(nw.col(_GIVEN), item), item)).otherwise(worked_out[item.rounding])
    )
    frame = frame.with_columns(units.alias(_INDEX))
    least, most = item.least * item.scale, item.most * item.scale
    index = nw.col(_INDEX)
    frame = frame.with_columns(nw.when((index >= least) & (index <= most)).then(index).alias(_INDEX))
    return frame.with_columns(_decimal(nw.col(_INDEX), item.decimals).alias(item.id))


def sound(value: nw.Expr, of: FitnessInput) -> nw.Expr:
    """A value where it can be, else null."""
    return nw.when((value >= of.least) & (value <= of.most)).then(value)


def _thousandths(value: nw.Expr) -> nw.Expr:
    return (value * FINEST + 0.5).floor()


def _units(value: nw.Expr, item: FitnessItem, offset: int = 0, width: int = 1) -> nw.Expr:
    """How many times ``width`` smallest units a value is above ``offset``, rounded as the item's rule says.

    To take the nearest thousandth and to divide it whole is one floor; the half of a thousandth keeps the
    result further from a whole number than a float can err.
    """
    part = FINEST // item.scale
    shift = {"up": part - 1, "down": 0, "half_up": part // 2}[item.rounding]
    step = part * width
    return (value * (FINEST / step) + (shift - offset * part + 0.5) / step).floor()


def _decimal(units: nw.Expr, decimals: int) -> nw.Expr:
    """Whole numbers over a power of ten; where an engine multiplies by 0.1 instead, rounding mends it."""
    return (units / int(10**decimals)).round(decimals)


def _joined(frame: Frame, engine: Engine, rules: Fitness, slot: Slot, number: int) -> Frame:
    """The frame with what one slot's table says of each pupil."""
    # Where the group is not known, nor is the key.
    step: nw.Expr = nw.when(~nw.col(_GROUP).is_null()).then(nw.lit(float(NOT_ASKED)))
    for grid in slot.grids:
        step = nw.when(among(nw.col(_GROUP), grid)).then(_key(rules, slot, grid)).otherwise(step)
    key = f"_key{number}"
    table = engine.from_arrow(slot.table)
    table = table.rename({name: f"_{name}{number}" for name in slot.table.column_names})
    return frame.with_columns(step.cast(nw.Int32()).alias(key)).join(table, on=key, how="left")


def _key(rules: Fitness, slot: Slot, grid: Grid) -> nw.Expr:
    item = rules.items[grid.item]
    if item is rules.bmi:
        step = ((nw.col(_INDEX) - grid.offset + 0.5) / grid.width).floor()
    else:
        step = _units(sound(nw.col(item.id), item), item, grid.offset, grid.width)
    return nw.col(_GROUP) * slot.stride + step


def _items(rules: Fitness, tables: Lookup, *, words: bool) -> list[nw.Expr]:
    found: list[nw.Expr] = []
    for number, slot in enumerate(tables.slots):
        for grid in slot.grids:
            mine = among(nw.col(_GROUP), grid)
            points = nw.when(mine).then(nw.col(f"_points{number}"))
            found.append(points.alias(f"{grid.item}_points"))
            bonus = nw.col(f"_bonus{number}") if slot.has_bonus else nw.lit(0)
            found.append(nw.when(mine & ~points.is_null()).then(bonus).alias(f"{grid.item}_bonus"))
            if words:
                word = nw.col(f"_band{number}") if grid.item == rules.bmi.id else _level(points, rules)
                found.append(word.alias(f"{grid.item}_level"))
    return found


def _totals(rules: Fitness, tables: Lookup, *, exempt: bool) -> list[nw.Expr]:
    """``standard``, ``bonus`` and ``total``; without an item there is no sum."""
    numbers = range(len(tables.slots))
    hundredths = reduce(add, (nw.col(f"_weighted{n}") for n in numbers))
    bonuses = [nw.col(f"_bonus{n}") for n in numbers if tables.slots[n].has_bonus]
    bonus = reduce(add, (each.fill_null(0) for each in bonuses), nw.lit(0))
    whole = hundredths + 100 * bonus
    most = 100 * rules.rules.total.most
    total = nw.when(whole > most).then(nw.lit(most)).otherwise(whole)
    if (rounded := rules.rules.total.rounded) is not None:
        part = 10 ** (2 - rounded)
        total = ((total + (part / 2 + 0.5)) / part).floor() * part
    found = {"standard": _decimal(hundredths, 2), "bonus": bonus, "total": _decimal(total, 2)}
    if exempt:
        given = nw.lit(rules.rules.exempt.total).cast(nw.Float64())
        none = {"standard": nw.lit(None).cast(nw.Float64()), "bonus": nw.lit(0), "total": given}
        found = {
            name: nw.when(nw.col("exempt")).then(none[name]).otherwise(each) for name, each in found.items()
        }
    return [each.alias(name) for name, each in found.items()]


def _level(points: nw.Expr, rules: Fitness) -> nw.Expr:
    return reduce(
        lambda rest, level: nw.when(points >= level.least).then(nw.lit(level.name)).otherwise(rest),
        reversed(rules.rules.levels),
        nw.lit(None).cast(nw.String()),
    )


__all__ = ["score_frame"]
