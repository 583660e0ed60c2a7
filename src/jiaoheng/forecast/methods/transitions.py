"""How pupils go from grade to grade, and from birth to the first grade: log ratios and what each weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiaoheng.forecast.series import BIRTHS, Array, Series

ORDINARY = 0.7
"""A ratio is a cohort's while its logarithm is this near the `usual`: beyond it a school opened or closed."""

_LONGEST_LAG = 8
_AGES = {"k1": 3, "g1": 6}
"""How old children are by law when they enter; of other grades the data tell."""


@dataclass(frozen=True)
class Lag:
    """How old the children of the first grade are: the births so many years before, in these parts."""

    years: int
    later: float

    def born(self, series: Series, year: int) -> Array:
        """(areas,): the births that enter in a year; NaN where they are not known."""
        recent, older = series.entering(self.years, year), series.entering(self.years + 1, year)
        return recent if self.later == 0.0 else (1.0 - self.later) * recent + self.later * older


@dataclass(frozen=True)
class Transitions:
    """What was seen of each step.

    Attributes
    ----------
    log_ratio : (areas, years less one, grades): the logarithm of pupils over those they came from; NaN where
        there was no ordinary step.
    size : the same shape: how many pupils the ratio rests on (the harmonic mean of both counts); 0 where NaN.
    lag : how births enter, or None where births do not say.
    """

    log_ratio: Array
    size: Array
    lag: Lag | None


def transitions(series: Series) -> Transitions:
    """Every step that was seen. Births count where the series has them for enough years."""
    lag = _lag(series)
    before = _before(series, lag)
    after = series.pupils[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log((after + 0.5) / (before + 0.5))
        size = 2.0 / (1.0 / after + 1.0 / before)
    entry = np.array([feeder == BIRTHS for feeder in series.feeders])
    # Births are not pupils: their ratio may be anything, so long as there are any.
    limit = np.where(entry, np.inf, ORDINARY)
    off = np.abs(ratio - usual(series)[:, None])
    seen = np.isfinite(ratio) & (before > 0) & (after > 0) & (off < limit) & ~apart(series)[:, None]
    return Transitions(np.where(seen, ratio, np.nan), np.where(seen, size, 0.0), lag)


def usual(series: Series) -> Array:
    """(areas, grades): the log ratio that ordinary steps lie around.

    It is 0, all of a class moving up together, except where grades part: of those who leave junior school
    some go to senior and some to vocational schools. There it is the area's own median; towns of a county
    have none, see `apart`.
    """
    found = np.zeros((len(series.areas), len(series.grades)))
    for grade in np.flatnonzero(_parting(series)):
        after, before = series.pupils[:, 1:, grade], series.pupils[:, :-1, series.feeders[grade]]
        stepped = (after > 0) & (before > 0)
        for area in np.flatnonzero(_whole(series) & stepped.any(axis=1)):
            came, left = after[area][stepped[area]], before[area][stepped[area]]
            found[area, grade] = np.median(np.log((came + 0.5) / (left + 0.5)))
    return found


def apart(series: Series) -> NDArray[np.bool_]:
    """(areas, grades): where the grade below, in the same area, says nothing of those who enter.

    A town's senior or vocational school takes pupils from the whole county: it keeps its share of the county
    (`coherence`), whatever the town's own junior school did.
    """
    found: NDArray[np.bool_] = ~_whole(series)[:, None] & _parting(series)[None]
    return found


def _parting(series: Series) -> NDArray[np.bool_]:
    """(grades,): whether other grades take pupils from the same one."""
    return np.array([feeder >= 0 and series.feeders.count(feeder) > 1 for feeder in series.feeders])


def _whole(series: Series) -> NDArray[np.bool_]:
    """(areas,): whether most who leave one school of the area find the next one there."""
    whole: NDArray[np.bool_] = ~series.leaves | (series.levels == 0)
    return whole


def _before(series: Series, lag: Lag | None) -> Array:
    """(areas, years less one, grades): where the pupils of a grade were the year before."""
    feeders = [max(0, feeder) for feeder in series.feeders]
    before = series.pupils[:, :-1][:, :, feeders].copy()
    for grade, feeder in enumerate(series.feeders):
        if feeder == BIRTHS:
            before[:, :, grade] = np.nan
            if lag is not None:
                born = [lag.born(series, year) for year in series.years[1:]]
                before[:, :, grade] = np.stack(born, axis=1) if born else before[:, :, grade]
    return before


def _lag(series: Series) -> Lag | None:
    """The age of entry under which the entrants of all areas follow their births most closely."""
    if BIRTHS not in series.feeders or not series.births.size:
        return None
    entrants = series.pupils[:, :, series.feeders.index(BIRTHS)]
    age = _AGES.get(series.grades[series.feeders.index(BIRTHS)])
    found: list[tuple[float, Lag]] = []
    for years in range(_LONGEST_LAG + 1) if age is None else (age,):
        for later in (0.0, 1 / 3):
            lag = Lag(years, later)
            born = np.stack([lag.born(series, year) for year in series.years], axis=1)
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.log((entrants + 0.5) / (born + 0.5))
            step = np.diff(np.where((entrants > 0) & (born > 0), ratio, np.nan), axis=1)
            weight = np.where(np.isfinite(step), np.sqrt(np.nan_to_num(entrants[:, 1:])), 0.0)
            if np.isfinite(step).any(axis=0).sum() >= 3:
                found.append((float((weight * np.abs(np.nan_to_num(step))).sum() / weight.sum()), lag))
    return min(found, key=lambda each: each[0])[1] if found else None
