"""A standard over the years: each year by the rules of its day, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import polars as pl

from jiaoheng.standards.differences import DIFFERENCES, differences
from jiaoheng.standards.drivers import measure_below
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import ITEMS

COEFFICIENTS = pl.Schema(
    {
        "year": pl.Int64(),
        "item": pl.String(),
        "stage": pl.String(),
        "value": pl.Float64(),
        "cap": pl.Float64(),
        "verdict": pl.String(),
    }
)


@dataclass(frozen=True)
class History:
    """Assessments by one standard, the oldest year first.

    Attributes
    ----------
    assessed : of the years that could be assessed.
    left_out : why the others could not, by year: the standard was not in force, a file was damaged.
    """

    assessed: tuple[Assessed, ...]
    left_out: Mapping[int, str]

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Columns ``year`` and those of `ITEMS`."""
        empty = pl.DataFrame(schema={"year": pl.Int64, **ITEMS})
        frames = [
            found.rows.select(pl.lit(found.year, pl.Int64).alias("year"), pl.all()) for found in self.assessed
        ]
        return pl.concat([empty, *frames])

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Columns ``year`` (the later one) and those of `DIFFERENCES`; a school is followed by its code."""
        empty = pl.DataFrame(schema={"year": pl.Int64, **DIFFERENCES})
        frames = [
            differences(before, after).select(pl.lit(after.year, pl.Int64).alias("year"), pl.all())
            for before, after in pairwise(self.assessed)
        ]
        return pl.concat([empty, *frames])

    @cached_property
    def coefficients(self) -> pl.DataFrame:
        """The coefficients of variation by year, each with the cap of its day (columns of `COEFFICIENTS`)."""
        frames = []
        for found in self.assessed:
            wanted = [item.id for item in found.items if measure_below(found.catalogue, item)]
            rows = found.rows.filter(pl.col("item").is_in(wanted))
            frames.append(
                rows.select(
                    pl.lit(found.year, pl.Int64).alias("year"),
                    "item",
                    "stage",
                    "value",
                    pl.col("threshold").alias("cap"),
                    "verdict",
                )
            )
        return pl.concat([pl.DataFrame(schema=COEFFICIENTS), *frames])
