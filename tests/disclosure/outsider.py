"""An outsider who adds up and takes away: bounds every masked count from what was published alone.

His programme is over the finest cells; that of the protector is over all cells and the sums between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import polars as pl

from jiaoheng.disclosure import TOTAL

BEYOND = 100_000
"""What the outsider takes for impossible where no whole is public."""


@dataclass(frozen=True)
class Bounds:
    """What the outsider found of one masked cell."""

    labels: tuple[str, ...]
    low: int
    high: int


def attack(
    published: pl.DataFrame,
    *,
    dimensions: Sequence[str],
    count: str,
    leaves: Sequence[tuple[str, ...]],
    hierarchy: Mapping[str, Sequence[Mapping[str, str]]],
    wholes: Mapping[tuple[str, ...], int] | None = None,
    no_zeros: bool = False,
    least: int = 5,
) -> list[Bounds]:
    """Bound every masked cell.

    Parameters
    ----------
    published : the dimensions, the count (null where masked) and ``masked``.
    leaves : the finest cells that are known to exist.
    wholes : how many persons each of them is out of, where that is public.
    no_zeros : he knows that no masked count is zero, nor (of a whole of ``least`` and more) the whole.
    """
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for leaf in leaves:
        model.addVar(0.0, float(BEYOND if wholes is None else wholes[leaf]))
    masked = []
    for row in published.iter_rows(named=True):
        labels = tuple(row[name] for name in dimensions)
        below = [
            place
            for place, leaf in enumerate(leaves)
            if all(
                is_below(one, label, hierarchy.get(name, ()))
                for name, one, label in zip(dimensions, leaf, labels, strict=True)
            )
        ]
        if row["masked"]:
            whole = BEYOND * len(below) if wholes is None else sum(wholes[leaves[place]] for place in below)
            low, high = 0, whole
            if no_zeros:
                low = 1
                high = whole - 1 if wholes is not None and whole >= least else whole
            masked.append((labels, below))
        elif row[count] is None:
            continue
        else:
            low = high = row[count]
        model.addRow(
            float(low), float(high), len(below), np.array(below, dtype=np.int32), np.ones(len(below))
        )
    return [
        Bounds(labels, *(_end(model, below, len(leaves), most) for most in (False, True)))
        for labels, below in masked
    ]


def is_below(leaf: str, label: str, trees: Sequence[Mapping[str, str]]) -> bool:
    """Whether a finest label counts towards another."""
    if label in (leaf, TOTAL):
        return True
    for tree in trees:
        above = leaf
        while above in tree:
            above = tree[above]
            if above == label:
                return True
    return False


def _end(model: highspy.Highs, below: Sequence[int], size: int, most: bool) -> int:
    costs = np.zeros(size)
    costs[list(below)] = -1.0 if most else 1.0
    columns = np.arange(size, dtype=np.int32)
    model.changeColsCost(size, columns, costs)
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = np.array(model.getSolution().col_value)
    if np.abs(values - np.rint(values)).max() > 1e-6:
        whole = np.full(size, highspy.HighsVarType.kInteger)
        model.changeColsIntegrality(size, columns, whole)
        model.run()
        assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(model.getSolution().col_value)
        whole[:] = highspy.HighsVarType.kContinuous
        model.changeColsIntegrality(size, columns, whole)
    return round(float(values[list(below)].sum()))
