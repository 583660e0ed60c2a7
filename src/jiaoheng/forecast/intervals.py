"""Intervals from a method's own past errors, by lead and by size of area.

The size of an error (in logarithms) is taken to be ``sqrt(1 + noise / pupils) * lead ** growth`` times a
quantile of what such standardised errors were, over all areas of a level and all years that had come (split
conformal prediction, Vovk and others 2005, with a scale). Areas share their bad years: the errors of a year
count for less the more they go together, and quantiles from few of them are widened as those of Student's t.
Where next to nothing was seen yet, a prior stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jiaoheng.forecast.series import BIRTHS, Array, Series
from jiaoheng.forecast.trial import Trial

COVERAGE = (0.50, 0.80, 0.95)
NORMAL = (0.674490, 1.281552, 1.959964)
"""The quantiles of the normal distribution for `COVERAGE`."""

Kind = Literal["total", "cohort", "entry"]
"""Of what: all grades; a grade whose pupils were there already; one that they have yet to enter."""

_PRIOR: Mapping[Kind, float] = {"total": 0.015, "cohort": 0.03, "entry": 0.06}
"""The standard error of a large area's forecast a year ahead, where nothing was seen (order of magnitude)."""

_PRIOR_YEARS = 3.0
_ALIKE = 0.25
"""How far the errors of a year are expected to go together before any were seen."""

_PRIOR_NOISE = 1000.0
_PRIOR_GROWTH: Mapping[Kind, float] = {"total": 0.65, "cohort": 0.5, "entry": 0.5}
"""Independent errors grow with the root of the lead, those of a wrong ratio with the lead itself."""

_GROWTH_APART = 0.25
_GROWTHS = np.linspace(0.4, 1.2, 9)
_NOISES = np.exp(np.linspace(0.0, np.log(1e5), 12))
_MOST = 4000


@dataclass(frozen=True)
class Spread:
    """How far a method is off in areas of a level.

    Attributes
    ----------
    noise : pupils at which chance doubles the variance of a large area.
    growth : the power of the lead with which errors grow.
    quantiles : for each of `COVERAGE`, the standardised error that is not exceeded.
    years : as how many independent errors those that were seen count.
    """

    noise: float
    growth: float
    quantiles: Array
    years: float

    def scale(self, pupils: Array, lead: Array | int) -> Array:
        """What a standardised error is multiplied with, in logarithms; the shapes are broadcast."""
        noise = np.sqrt(1.0 + self.noise / np.maximum(pupils, 1.0))
        scale: Array = noise * np.asarray(lead, dtype=np.float64) ** self.growth
        return scale


def spreads(trial: Trial, kind: Kind) -> tuple[Spread, ...]:
    """For each level, how far the method was off in all that the trial holds."""
    levels = trial.series.levels
    found: dict[int, Spread] = {}
    prior = _PRIOR[kind]
    # From the bottom: a large area is not expected to be worse than what remains of a small one's error.
    for level in range(int(levels.max()), -1, -1):
        found[level], prior = _spread(trial, kind, levels == level, prior)
    return tuple(found[level] for level in sorted(found))


def bounds(trial: Trial, *, by_grade: bool = False) -> tuple[Array, Array]:
    """The intervals that would have been given at each origin, from the errors that were known by then.

    Returns
    -------
    lower, upper : (coverages, origins, leads, areas), with ``by_grade`` (…, areas, grades); in pupils.
    """
    said = trial.forecast if by_grade else trial.forecast.sum(axis=3)
    lower, upper = (np.full((len(COVERAGE), *said.shape), np.nan) for _ in range(2))
    for at, origin in enumerate(trial.origins):
        off = half_widths(trial.known_at(origin), said[at], by_grade=by_grade)
        lower[:, at], upper[:, at] = around(said[at], off)
    return lower, upper


def half_widths(known: Trial, said: Array, *, by_grade: bool) -> Array:
    """(coverages, leads, areas[, grades]): half of the interval around a forecast, in logarithms."""
    series = known.series
    levels = series.levels
    off = np.full((len(COVERAGE), *said.shape), np.nan)
    kinds: tuple[Kind, ...] = ("cohort", "entry") if by_grade else ("total",)
    for kind in kinds:
        for level, spread in enumerate(spreads(known, kind)):
            own = levels == level
            for step in range(said.shape[0]):
                part = spread.scale(said[step][own], step + 1)
                part = spread.quantiles.reshape(-1, *[1] * part.ndim) * part
                if by_grade:
                    meant = _of_kind(series, kind, step + 1)
                    off[:, step, own] = np.where(meant, part, off[:, step, own])
                else:
                    off[:, step, own] = part
    return off


def around(said: Array, off: Array) -> tuple[Array, Array]:
    """The interval of a forecast; half a pupil stands for what counts cannot show."""
    lower = np.maximum(0.0, (said + 0.5) * np.exp(-off) - 0.5)
    upper = (said + 0.5) * np.exp(off) - 0.5
    return lower, upper


def depths(series: Series) -> NDArray[np.int64]:
    """(grades,): how many years before the pupils of a grade entered the first one."""
    depths = np.zeros(len(series.grades), dtype=np.int64)
    for grade, feeder in enumerate(series.feeders):
        while feeder != BIRTHS:
            depths[grade] += 1
            feeder = series.feeders[feeder]
    return depths


def _of_kind(series: Series, kind: Kind, lead: int) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = depths(series) >= lead
    return there if kind == "cohort" else ~there


def _spread(trial: Trial, kind: Kind, own: NDArray[np.bool_], prior: float) -> tuple[Spread, float]:
    error, pupils, lead, target = _errors(trial, kind, own)
    if error.size == 0:
        quantiles = prior * np.array(NORMAL) * np.array([_widened(z, _PRIOR_YEARS) for z in NORMAL])
        return Spread(_PRIOR_NOISE, _PRIOR_GROWTH[kind], quantiles, 0.0), prior
    years = _independent(error, target)
    growth, noise = _shape(error, pupils, lead, years, _PRIOR_GROWTH[kind])
    standard = np.abs(error) / (np.sqrt(1.0 + noise / pupils) * lead**growth)
    seen = np.quantile(standard, COVERAGE)
    both = years + _PRIOR_YEARS
    expected = prior * np.array(NORMAL) * np.sqrt(1 + _PRIOR_NOISE / np.median(pupils))
    expected = expected / np.sqrt(1.0 + noise / np.median(pupils))
    square = (years * seen**2 + _PRIOR_YEARS * expected**2) / both
    widened = np.array([_widened(z, both) for z in NORMAL])
    spread = Spread(noise, growth, np.sqrt(square) * widened, years)
    return spread, min(prior, float(np.sqrt(square[1])) / NORMAL[1])


def _errors(trial: Trial, kind: Kind, own: NDArray[np.bool_]) -> tuple[Array, Array, Array, Array]:
    """Flat: log errors, the pupils forecast, the leads, the target years."""
    said, came = trial.forecast[:, :, own], trial.actual[:, :, own]
    if kind == "total":
        said, came = said.sum(axis=3), came.sum(axis=3)
    parts: list[tuple[Array, ...]] = []
    for at, origin in enumerate(trial.origins):
        for step, lead in enumerate(trial.leads):
            here, there = said[at, step], came[at, step]
            if kind != "total":
                meant = _of_kind(trial.series, kind, lead)
                here, there = here[:, meant], there[:, meant]
            known = np.isfinite(here) & np.isfinite(there) & (here > 0) & (there > 0)
            error = np.log((there[known] + 0.5) / (here[known] + 0.5))
            when = np.full(error.size, float(origin + lead))
            parts.append((error, here[known], np.full(error.size, float(lead)), when))
    if not parts:
        nothing = np.zeros(0)
        return nothing, nothing, nothing, nothing
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.concatenate([part[3] for part in parts]),
    )


def _independent(error: Array, target: Array) -> float:
    """As how many independent errors those count: the errors of a target year go together to some part."""
    _, year, count = np.unique(target, return_inverse=True, return_counts=True)
    limit = 3.0 * np.quantile(np.abs(error), 0.8) + 1e-9
    calm = np.clip(error, -limit, limit)
    means = np.bincount(year, weights=calm) / count
    within = float(np.mean((calm - means[year]) ** 2))
    between = float(np.mean(means**2)) - within / float(np.mean(count))
    seen = min(1.0, max(0.0, between / (between + within + 1e-12)))
    alike = (seen * count.size + _ALIKE * _PRIOR_YEARS) / (count.size + _PRIOR_YEARS)
    return float((count / (1.0 + (count - 1.0) * alike)).sum())


def _shape(error: Array, pupils: Array, lead: Array, years: float, expected: float) -> tuple[float, float]:
    """Growth and noise under which the errors are likeliest (Laplace), the growth drawn to its prior."""
    if error.size > _MOST:
        picked = np.linspace(0, error.size - 1, _MOST).astype(np.int64)
        error, pupils, lead = error[picked], pupils[picked], lead[picked]
    apart, weight = np.abs(error), min(1.0, years / error.size)
    best = (np.inf, expected, _PRIOR_NOISE)
    for growth in _GROWTHS:
        grown = lead**growth
        for noise in _NOISES:
            scale = np.sqrt(1.0 + noise / pupils) * grown
            mean = float(np.mean(apart / scale)) + 1e-9
            cost = weight * float(np.sum(np.log(mean * scale)))
            cost += 0.5 * ((growth - expected) / _GROWTH_APART) ** 2
            cost += 0.5 * (np.log(noise / _PRIOR_NOISE) / 2.0) ** 2
            best = min(best, (cost, float(growth), float(noise)))
    return best[1], best[2]


@lru_cache(maxsize=4096)
def _widened(normal: float, freedom: float) -> float:
    """Student's t quantile over the normal one (Abramowitz and Stegun 26.7.5); ``freedom`` is at least 2."""
    z, v = normal, max(2.0, freedom)
    t = z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    t += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    return t / z


def held(lower: Array, upper: Array, actual: Array) -> Sequence[float]:
    """For each coverage, the share of the counts that lay within; where nobody came, nothing is counted."""
    known = (actual > 0) & np.isfinite(lower[0])
    within = (actual >= lower) & (actual <= upper)
    return [float(each[known].mean()) if known.any() else float("nan") for each in within]
