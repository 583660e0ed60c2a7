"""Random tables of counts as bureaus publish them: few persons, many zeros, schools below townships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from outsider import is_below


@dataclass(frozen=True)
class Case:
    """A table, and how it adds up."""

    table: pl.DataFrame
    dimensions: tuple[str, ...]
    hierarchy: Mapping[str, tuple[Mapping[str, str], ...]]
    of: str | None

    @property
    def leaves(self) -> list[tuple[str, ...]]:
        return list(self.table.select(self.dimensions).iter_rows())

    @property
    def wholes(self) -> dict[tuple[str, ...], int] | None:
        return None if self.of is None else dict(zip(self.leaves, self.table[self.of], strict=True))

    def with_true(self, published: pl.DataFrame) -> pl.DataFrame:
        """The published cells, the counts of all of them in a column ``true``."""
        counts = dict(zip(self.leaves, self.table["count"], strict=True))
        true = [
            sum(
                count
                for leaf, count in counts.items()
                if all(
                    is_below(one, label, self.hierarchy.get(name, ()))
                    for name, one, label in zip(self.dimensions, leaf, labels, strict=True)
                )
            )
            for labels in published.select(self.dimensions).iter_rows()
        ]
        return published.with_columns(true=pl.Series(true, dtype=pl.Int64))


def random_case(seed: int) -> Case:
    """One to three dimensions; the first may have townships and districts, and a second way to add up."""
    rng = np.random.default_rng(seed)
    ways = int(rng.integers(1, 4))
    sizes = [int(rng.integers(2, (13, 6, 4)[ways - 1] + 1)) for _ in range(ways)]
    names = ("school", "stage", "sex")[:ways]
    labels = [[f"{name}{place}" for place in range(size)] for name, size in zip(names, sizes, strict=True)]
    hierarchy: dict[str, tuple[Mapping[str, str], ...]] = {}
    if rng.random() < 0.7:
        towns = {label: f"town{rng.integers(0, max(2, sizes[0] // 2))}" for label in labels[0]}
        if rng.random() < 0.5:
            towns |= {town: f"district{rng.integers(0, 2)}" for town in sorted(set(towns.values()))}
        trees = [towns]
        if rng.random() < 0.3:
            trees.append({label: ("city", "country")[int(rng.integers(0, 2))] for label in labels[0]})
        hierarchy["school"] = tuple(trees)
    rows = [row for row in product(*labels) if rng.random() > 0.12] or [tuple(one[0] for one in labels)]
    means = rng.choice([0.3, 2.0, 8.0, 60.0], size=len(rows), p=[0.3, 0.3, 0.25, 0.15])
    counts = rng.poisson(rng.gamma(0.8, means / 0.8))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    table = pl.DataFrame(columns | {"count": counts.astype(int)})
    of = None
    if rng.random() < 0.4:
        of = "pupils"
        others = rng.choice([0, 1, 3, 20, 200], size=len(rows), p=[0.05, 0.05, 0.1, 0.3, 0.5])
        table = table.with_columns(pl.Series(of, counts + rng.poisson(others)).cast(pl.Int64))
    return Case(table, names, hierarchy, of)
