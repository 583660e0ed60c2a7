"""Pupils for ``python -m benchmarks.fitness``: measurements spread around what the tables ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from jiaoheng.standards.fitness import fitness
from jiaoheng.terms import Grade, Sex

CHUNK = 1_000_000
PUPILS_OF_A_SCHOOL = 580
MISSING = 0.004
"""The share of measurements that are blank; as many again cannot be (0)."""


def write_pupils(path: Path, pupils: int) -> None:
    """Write a Parquet file of so many pupils, a million at a time."""
    frames = []
    for number, first in enumerate(range(0, pupils, CHUNK)):
        part = path.with_suffix(f".{number}.parquet")
        _chunk(first, min(CHUNK, pupils - first), number).write_parquet(part)
        frames.append(part)
    pl.scan_parquet(frames).sink_parquet(path)
    for part in frames:
        part.unlink()


def _chunk(first: int, size: int, seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    rules = fitness()
    groups = list(rules.weights)
    group = random.integers(0, len(groups), size)
    columns: dict[str, np.ndarray] = {}
    height = np.round(random.normal(115, 5, size) + 5.2 * (group % 12), 1)
    index = np.round(random.normal(17.5, 3, size) + 0.3 * (group % 12), 1)
    columns["height"] = _spoilt(height, random)
    columns["weight"] = _spoilt(np.round(np.maximum(index, 11) * (height / 100) ** 2, 1), random)
    for item in rules.items.values():
        if item.better != "bands":
            columns[item.id] = _spoilt(_values(item.id, group, groups, random), random)
    sexes = np.array([sex.value for sex, _ in groups])
    grades = np.array([grade.value for _, grade in groups])
    return pl.DataFrame(
        {
            "row": np.arange(first, first + size),
            "school": np.arange(first, first + size) // PUPILS_OF_A_SCHOOL,
            "sex": sexes[group],
            "grade": grades[group],
            **{name: pl.Series(values).fill_nan(None) for name, values in columns.items()},
        }
    )


def _values(
    item: str, group: np.ndarray, groups: list[tuple[Sex, Grade]], random: np.random.Generator
) -> np.ndarray:
    """A normal spread over the scale of each group, on the item's own grid; NaN where it is not done."""
    rules = fitness()
    middles, spreads = np.full(len(groups), np.nan), np.zeros(len(groups))
    for number, key in enumerate(groups):
        if item in rules.weights[key]:
            cuts = rules.scales[item, *key].cuts
            middles[number], spreads[number] = np.mean(cuts), (cuts[-1] - cuts[0]) / 3
    units = np.rint(middles[group] + spreads[group] * random.standard_normal(len(group)))
    scale = rules.items[item].scale
    least, most = rules.items[item].least * scale, rules.items[item].most * scale
    return np.round(np.clip(units, least, most) / scale, rules.items[item].decimals)


def _spoilt(values: np.ndarray, random: np.random.Generator) -> np.ndarray:
    chance = random.random(len(values))
    return np.where(chance < MISSING, np.nan, np.where(chance < 2 * MISSING, -999.0, values))
