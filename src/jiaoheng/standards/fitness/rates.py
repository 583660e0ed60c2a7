"""How many of the pupils of a class, a school, a county did well: counts by level, and their shares.

``good_or_better`` is the rate of the measure of that name: 优秀 and 良好 over all who have a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from jiaoheng.packs.fitness import Fitness
from jiaoheng.standards.fitness.rules import fitness

Frame = nw.LazyFrame[Any]

SHARES = {
    "excellent_rate": ("excellent",),
    "good_or_better": ("excellent", "good"),
    "passed": ("excellent", "good", "pass"),
}
"""Shares in percent of those who were tested, and the levels that they count."""


def rates(scored: Frame, by: Sequence[str] = (), *, rules: Fitness | None = None) -> Frame:
    """Counts and shares of scored pupils.

    Parameters
    ----------
    scored : what `score_frame` gives.
    by : its columns to group by; none for one row of all.
    rules : the standard; that of 2014 where left out.

    Returns
    -------
    narwhals.LazyFrame
        ``by``, ``pupils``, ``exempt``, ``tested`` (who have a total), the number on each level
        (``excellent``, ``good``, ``pass``, ``fail``), and `SHARES` in percent, null where nobody was tested.
    """
    rules = rules or fitness()
    levels = rules.rules.levels
    counts = [
        nw.len().alias("pupils"),
        nw.col("exempt").cast(nw.Int64()).sum().alias("exempt"),
        (~nw.col("total").is_null()).cast(nw.Int64()).sum().alias("tested"),
        *(_on(rules, place).cast(nw.Int64()).sum().alias(level.id) for place, level in enumerate(levels)),
    ]
    counted = scored.group_by(*by).agg(*counts) if by else scored.select(*counts)
    counted = counted.with_columns(
        nw.col(name).cast(nw.Int64())
        for name in ("pupils", "exempt", "tested", *(each.id for each in levels))
    )
    tested = nw.when(nw.col("tested") > 0).then(nw.col("tested"))
    return counted.with_columns(
        (nw.sum_horizontal(*parts) * 100 / tested).alias(name) for name, parts in SHARES.items()
    )


def _on(rules: Fitness, place: int) -> nw.Expr:
    """Whether a total is on a level; numbers are compared faster than words."""
    levels, total = rules.rules.levels, nw.col("total")
    on = total >= levels[place].least
    on = on if place == 0 else on & (total < levels[place - 1].least)
    return nw.when(total.is_null()).then(nw.lit(False)).otherwise(on)


__all__ = ["SHARES", "rates"]
