"""The values and thresholds of items: one row for each item, school and stage, ready to be judged."""

from __future__ import annotations

from datetime import date
from typing import cast

import narwhals as nw
import polars as pl

from jiaoheng.measures.many import VALUES
from jiaoheng.packs import Catalogue, Exemption, Item, Op, Threshold, Within
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.judge import judged
from jiaoheng.standards.questions import APPLIES, CONDITION, THRESHOLD, WITHIN, expression, name_of
from jiaoheng.standards.result import told_by_numerator
from jiaoheng.standards.verdict import ITEMS, Verdict

KEYS = ("key", "stage")


def item_rows(
    item: Item,
    computed: pl.DataFrame,
    catalogue: Catalogue,
    *,
    unit: str,
    day: date,
    answers: Answers | None,
) -> pl.DataFrame:
    """The judged rows of one item, with the columns of `ITEMS`.

    Parameters
    ----------
    computed : the long form of every measure that was asked for, at the level at which the item is judged.
    unit : the code of the county.
    day : the day whose exemptions are in force.
    answers : what was declared, if anything.
    """
    rows = _judged(item, computed, unit, answers)
    for exemption in item.exemptions:
        rows = _exempted(rows, item, exemption, computed, catalogue, day=day, answers=answers)
    school = pl.col("key") if item.judged == "school" else pl.lit(None, pl.String)
    name = pl.col("key_name") if item.judged == "school" else pl.lit(None, pl.String)
    return rows.with_columns(
        unit=pl.lit(unit),
        item=pl.lit(item.id),
        school=school,
        school_name=name,
        amount=_amount(item, catalogue),
    ).select(pl.col(name).cast(dtype) for name, dtype in ITEMS.items())


def _judged(item: Item, computed: pl.DataFrame, unit: str, answers: Answers | None) -> pl.DataFrame:
    rows = _values(item, computed, unit, answers)
    op, value, within = compared(item)
    rows = _with_threshold(rows, "threshold", value, name_of(item, THRESHOLD), computed)
    rows = _with_within(rows, within, item, computed).with_columns(op=pl.lit(op, pl.String))
    rows = _where_it_applies(rows, item, computed)
    return _verdicts(rows).with_columns(exemption=pl.lit(None, pl.String))


def compared(item: Item) -> tuple[Op, Threshold, Within | None]:
    """The comparator and thresholds of an item; a condition and an answer of yes or no must be 1."""
    if item.op is None or item.value is None:
        return ">=", 1.0, None
    return item.op, item.value, item.within


def _values(item: Item, computed: pl.DataFrame, unit: str, answers: Answers | None) -> pl.DataFrame:
    if item.declared is None:
        measure = item.measure or name_of(item, CONDITION)
        own = computed.filter(pl.col("measure") == measure).select(VALUES.keys())
        part = item.measure is not None and item.stages
        return own.filter(pl.col("stage").is_in(item.stages)) if part else own
    value: float | None
    if item.declared == "yes_no":
        said = None if answers is None else answers.yes(item.id)
        value = None if said is None else float(said == item.expects)
    else:
        value = None if answers is None else answers.number(item.id)
    known = value is not None
    row = {
        "key": unit,
        "key_name": "",
        "stage": None,
        "value": value,
        "numerator": None,
        "denominator": None,
        "status": "known" if known else "unknown",
        "reason": None if known else "尚未填报",
    }
    return pl.DataFrame([row], schema=VALUES)


def _with_threshold(
    rows: pl.DataFrame, column: str, value: Threshold | None, asked: str, computed: pl.DataFrame
) -> pl.DataFrame:
    if isinstance(value, dict):
        by_stage = pl.col("stage").replace_strict(value, default=None, return_dtype=pl.Float64)
        return rows.with_columns(by_stage.alias(column))
    if expression(value):
        return _with_asked(rows, column, asked, computed)
    return rows.with_columns(pl.lit(value, pl.Float64).alias(column))


def _with_asked(rows: pl.DataFrame, column: str, asked: str, computed: pl.DataFrame) -> pl.DataFrame:
    """The rows, with the value of an expression that was asked for beside each."""
    found = computed.filter(pl.col("measure") == asked).select(*KEYS, pl.col("value").alias(column))
    if found["stage"].null_count() == len(found) and rows["stage"].null_count() < len(rows):
        return rows.join(found.select("key", column), on="key", how="left")
    return rows.join(found, on=KEYS, how="left", nulls_equal=True)


def _where_it_applies(rows: pl.DataFrame, item: Item, computed: pl.DataFrame) -> pl.DataFrame:
    """Rows for which there is nothing to ask do not apply; several stages at once do where one does."""
    if item.applies is None:
        return rows
    asked = _with_asked(rows, "applies", name_of(item, APPLIES), computed)
    nothing = pl.col("applies") == 0
    return asked.with_columns(
        status=pl.when(nothing).then(pl.lit("not_applicable")).otherwise(pl.col("status")),
        reason=pl.when(nothing).then(pl.lit(item.applies.otherwise)).otherwise(pl.col("reason")),
    ).drop("applies")


def _with_within(
    rows: pl.DataFrame, within: Within | None, item: Item, computed: pl.DataFrame
) -> pl.DataFrame:
    if within is None:
        return rows.with_columns(within=pl.lit(None, pl.Float64))
    if within.share is not None:
        return rows.with_columns(within=pl.col("threshold") * within.share)
    return _with_threshold(rows, "within", within.value, name_of(item, WITHIN), computed)


def _verdicts(rows: pl.DataFrame) -> pl.DataFrame:
    return cast(pl.DataFrame, judged(nw.from_native(rows.lazy())).to_native().collect())


def _exempted(
    rows: pl.DataFrame,
    item: Item,
    exemption: Exemption,
    computed: pl.DataFrame,
    catalogue: Catalogue,
    *,
    day: date,
    answers: Answers | None,
) -> pl.DataFrame:
    """Rows that are not met may be, by the exemption: it decides where its conditions are known to hold."""
    first, last = exemption.effective_from, exemption.effective_to
    if (first and day < first) or (last and day > last):
        return rows
    if exemption.needs and (answers is None or not answers.yes(exemption.id)):
        return rows
    other = _other_way(rows, item, exemption, computed)
    keys = list(KEYS)
    side = other.select(*keys, *(pl.col(name).alias(f"other {name}") for name in _TAKEN), "holds")
    both = rows.join(side, on=keys, how="left", nulls_equal=True)
    bad = pl.col("verdict").is_in([Verdict.FAILED, Verdict.WITHIN, Verdict.UNKNOWN])
    won = pl.col("other verdict").is_in([Verdict.MET, Verdict.NOT_APPLICABLE])
    nearer = (pl.col("verdict") == Verdict.FAILED) & (pl.col("other verdict") == Verdict.WITHIN)
    better = (bad & won) | nearer
    taken = better & pl.col("holds").fill_null(False)
    open_ = (
        pl.col("verdict").is_in([Verdict.FAILED, Verdict.WITHIN])
        & (pl.col("holds").is_null() | (pl.col("holds") & (pl.col("other verdict") == Verdict.UNKNOWN)))
        & (better | (pl.col("other verdict") == Verdict.UNKNOWN))
    )
    unclear = pl.lit(f"是否适用「{exemption.name}」尚不清楚：所需数据不全")
    decided = both.with_columns(
        *(
            pl.when(taken).then(pl.col(f"other {name}")).otherwise(pl.col(name)).alias(name)
            for name in _TAKEN
            if name != "verdict"
        ),
        verdict=pl.when(taken)
        .then(pl.col("other verdict"))
        .when(open_)
        .then(pl.lit(Verdict.UNKNOWN.value))
        .otherwise(pl.col("verdict")),
        exemption=pl.when(taken).then(pl.lit(exemption.id)).otherwise(pl.col("exemption")),
        reason=pl.when(open_).then(unclear).when(taken).then(None).otherwise(pl.col("reason")),
    )
    return decided.select(rows.columns)


_TAKEN = ("value", "numerator", "denominator", "threshold", "margin", "verdict")


def _other_way(rows: pl.DataFrame, item: Item, exemption: Exemption, computed: pl.DataFrame) -> pl.DataFrame:
    """The same schools judged by the exemption, and whether its condition ``holds``."""
    own = rows
    if exemption.measure is not None:
        own = computed.filter(pl.col("measure") == exemption.measure).select(VALUES.keys())
        own = own.join(rows.select(*KEYS, "op", "threshold"), on=KEYS, how="semi", nulls_equal=True)
        own = own.join(rows.select(*KEYS, "op", "threshold", "within"), on=KEYS, how="left", nulls_equal=True)
    if exemption.value is not None:
        asked = name_of(item, THRESHOLD, exemption)
        own = _with_threshold(own.drop("threshold"), "threshold", exemption.value, asked, computed)
        own = own.with_columns(within=pl.lit(None, pl.Float64))
    if exemption.excuses:
        own = own.with_columns(verdict=pl.lit(Verdict.NOT_APPLICABLE.value))
    else:
        own = _verdicts(own.drop("margin", "verdict", strict=False))
    if exemption.when is None:
        return own.with_columns(holds=pl.lit(True))
    asked = name_of(item, CONDITION, exemption)
    holds = computed.filter(pl.col("measure") == asked).select(*KEYS, holds=pl.col("value") == 1)
    return own.join(holds, on=KEYS, how="left", nulls_equal=True)


def _amount(item: Item, catalogue: Catalogue) -> pl.Expr:
    """The margin in the unit of the numerator, where that has one."""
    if not told_by_numerator(item, catalogue):
        return pl.col("margin")
    return pl.col("margin") * pl.col("denominator") / catalogue.measures[item.measure or ""].factor
