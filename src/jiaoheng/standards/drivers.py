"""Which schools drive a coefficient of variation: each one's share, and what it would be without them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from jiaoheng import measures as measures_room
from jiaoheng.census.snapshot import Census
from jiaoheng.measures import coefficient_of_variation
from jiaoheng.packs import Catalogue, Item
from jiaoheng.standards.judge import SAME
from jiaoheng.standards.result import Assessed

DRIVERS = pl.Schema(
    {
        "item": pl.String(),
        "stage": pl.String(),
        "school": pl.String(),
        "school_name": pl.String(),
        "value": pl.Float64(),
        "mean": pl.Float64(),
        "weight": pl.Float64(),
        "share": pl.Float64(),
        "direction": pl.String(),
        "coefficient": pl.Float64(),
        "cap": pl.Float64(),
        "without": pl.Float64(),
        "levelled": pl.Float64(),
    }
)
"""One row for each item that is a coefficient, stage and school, the largest share first.

``value`` is the school's and ``mean`` the county's, in the unit of the measure below; ``weight`` the part of
the pupils that the school has. ``share`` is its part of the variance; shares of a coefficient add up to 1.
``direction`` is ``above``, ``below`` or ``at`` the mean. ``without`` is the coefficient if the school were
not there, ``levelled`` if it had exactly the mean; null where there would be nothing to compare.
"""


def drivers(
    census: Census, found: Assessed, *, catalogue: Catalogue | None = None, engine: str = "duckdb"
) -> pl.DataFrame:
    """Take the coefficients of an assessment apart into the schools that make them.

    Parameters
    ----------
    census, catalogue, engine : those that the assessment was made with.

    Returns
    -------
    polars.DataFrame
        Columns of `DRIVERS`. With weight ``w_i``, value ``X_i`` and mean ``X̄`` the coefficient is
        ``sqrt(Σ w_i (X_i − X̄)²) / X̄``, and the share of a school ``w_i (X_i − X̄)² / Σ w (X − X̄)²``.
        Means of several coefficients are left out: look at what they are the mean of.
    """
    of = {item.id: below for item in found.items if (below := measure_below(found.catalogue, item))}
    frames = [pl.DataFrame(schema=DRIVERS)]
    if of:
        by_school = measures_room.compute(
            census, dict.fromkeys(of.values()), by="school", engine=engine, catalogue=catalogue
        ).filter(pl.col("value").is_not_null() & (pl.col("denominator") > 0))
        for row in found.rows.filter(pl.col("item").is_in(list(of))).iter_rows(named=True):
            own = by_school.filter(
                (pl.col("measure") == of[row["item"]]) & pl.col("stage").eq_missing(pl.lit(row["stage"]))
            )
            frames.append(_taken_apart(row["item"], row["value"], row["threshold"], own))
    return pl.concat(frames)


def measure_below(catalogue: Catalogue, item: Item) -> str | None:
    """The measure whose coefficient an item looks at; None where it looks at no coefficient of one."""
    measure = catalogue.measures.get(item.measure) if item.measure else None
    return measure.of if measure is not None and measure.rollup == "variation" else None


def _taken_apart(item: str, value: float | None, cap: float | None, own: pl.DataFrame) -> pl.DataFrame:
    if value is None:
        return pl.DataFrame(schema=DRIVERS)
    amounts, pupils = own["numerator"].to_list(), own["denominator"].to_list()
    # The factor of the measure (100 for "per hundred") cancels out of everything but values and mean.
    factor = _factor(own)
    whole = math.fsum(pupils)
    mean = math.fsum(amounts) / whole
    apart = [
        count / whole * (amount / count - mean) ** 2 for amount, count in zip(amounts, pupils, strict=True)
    ]
    variance = math.fsum(apart)
    gaps = [amount / count - mean for amount, count in zip(amounts, pupils, strict=True)]
    frame = pl.DataFrame(
        {
            "item": [item] * len(own),
            "stage": own["stage"],
            "school": own["key"],
            "school_name": own["key_name"],
            "value": own["value"],
            "mean": [mean * factor] * len(own),
            "weight": [count / whole for count in pupils],
            "share": [each / variance if variance else None for each in apart],
            "direction": [_direction(gap, mean) for gap in gaps],
            "coefficient": [value] * len(own),
            "cap": [cap] * len(own),
            "without": [_without(amounts, pupils, place) for place in range(len(own))],
            "levelled": [_levelled(amounts, pupils, place, mean) for place in range(len(own))],
        },
        schema=DRIVERS,
    )
    return frame.sort("share", descending=True, nulls_last=True, maintain_order=True)


def _direction(gap: float, mean: float) -> str:
    if abs(gap) <= SAME * abs(mean):
        return "at"
    return "above" if gap > 0 else "below"


def _factor(own: pl.DataFrame) -> float:
    known = own.filter(pl.col("numerator") != 0).head(1)
    if known.is_empty():
        return 1.0
    row = known.row(0, named=True)
    return float(row["value"] * row["denominator"] / row["numerator"])


def _without(amounts: Sequence[float], pupils: Sequence[float], place: int) -> float | None:
    return coefficient_of_variation(
        [*amounts[:place], *amounts[place + 1 :]], [*pupils[:place], *pupils[place + 1 :]]
    )


def _levelled(amounts: Sequence[float], pupils: Sequence[float], place: int, mean: float) -> float | None:
    changed = [*amounts[:place], mean * pupils[place], *amounts[place + 1 :]]
    return coefficient_of_variation(changed, pupils)
