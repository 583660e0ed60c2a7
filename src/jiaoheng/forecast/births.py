"""Births to come, where only those that were are known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
import yaml

from jiaoheng.forecast.series import Array, Series

_DECAY = 0.5
"""What a year's births count beside those of the year after, where the level of today is taken."""


def with_births_to_come(series: Series, until: int) -> Series:
    """The series with births up to a year: those of today, moved along the national path.

    The level is the mean of the last years, each counting half of the year after it, so that one lucky year
    does not decide; it is taken for the county, and shared among towns as the births of those years were. A
    town's own trend is not carried on: it is noise in most (some have thirty births a year).

    Parameters
    ----------
    until : the last birth year that is wanted.

    Returns
    -------
    Series
        The same where births are not known at all.
    """
    known = series.births.shape[1]
    last = series.births_from + known - 1
    if known == 0 or until <= last or not np.isfinite(series.births[:, -1]).any():
        return series
    level = _level(series.births)
    path = [index(year) / index(last) for year in range(last + 1, until + 1)]
    coming = level[:, None] * np.array(path)[None]
    return replace(series, births=np.concatenate([series.births, coming], axis=1))


def index(year: int) -> float:
    """National births of a year over those of 2024; the first and the last year that are known hold on."""
    path = _path()
    return path[min(max(year, min(path)), max(path))]


def source() -> str:
    """Where the national path comes from."""
    return str(_file()["source"])


@cache
def _file() -> dict[str, object]:
    text = resources.files("jiaoheng.forecast").joinpath("data", "births_path.yaml").read_text("utf-8")
    loaded: dict[str, object] = yaml.safe_load(text)
    return loaded


@cache
def _path() -> dict[int, float]:
    path = _file()["index"]
    if not isinstance(path, dict):
        raise TypeError("births_path.yaml: index is a table of years")
    return {int(year): float(value) for year, value in path.items()}


def _level(births: Array) -> Array:
    """(areas,): the births of today, apart from the luck of single years."""
    recent = births[:, -3:]
    weight = _DECAY ** np.arange(recent.shape[1])[::-1] * np.isfinite(recent)
    total = weight.sum(axis=1)
    summed = (weight * np.nan_to_num(recent)).sum(axis=1)
    level: Array = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return level
