"""How far a method's forecasts have fallen from what came, by size and years ahead, and so will again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from jiaoheng.forecast.series import Array

GROWTH = 2 / 3
"""Errors grow with the years ahead to this power. English authorities' own forecasts go from 1.13 % at one
year to 2.34 % at three (Department for Education, pupil-place scorecards 2022 to 2024): a power of 0.66."""

SHOCK_GROWTH = 1 / 2
"""What all areas share is a sum of yearly shocks, independent of each other: a random walk. In the same
figures the authorities' common error is 1.0 % at one year and 1.5 % at three: 0.95 % a year."""

SHOCK, PLACE, NOISE = 0.0095, 0.01, 0.15
"""Before anything is known, one year ahead: the relative error that all areas share, the one of an area's own
(together they are the English authorities' 1.4 %), and the pupils' own coming and going, as variance over
their number (Poisson for the one grade in twelve that enters; one pupil in thirty leaves, one comes)."""

WORTH = 3.0
"""How many past origins the expectation before anything is known is worth."""

_PLACES_WORTH = 8.0
_LEAST = 1.0
_SHOCKS = (np.arange(31) + 0.5) / 31
_TAILS = (np.arange(81) + 0.5) / 81
_SIZES = 12


@dataclass(frozen=True)
class Spread:
    """The errors of a method, relative to what it said: a shock that all share, and what is an area's own.

    Attributes
    ----------
    shock : the shared relative error one year ahead, as a standard deviation.
    trust : its degrees of freedom: the origins that it was seen from, and those that were expected.
    sizes, places : the logarithm of the size of an area, and the relative error of its own one year ahead, in
        units of what was expected of that size.
    growth : (leads,): how often larger the errors of an area's own are so many years ahead.
    tails : quantiles of an area's own errors in those units, at equal steps of chance.
    tried : the most years ahead that could be tried; beyond them errors are taken to grow as is usual.
    """

    shock: float
    trust: float
    sizes: Array
    places: Array
    growth: Array
    tails: Array
    tried: int = 0

    def place(self, size: Array) -> Array:
        """The relative error of an area's own, one year ahead, as a standard deviation."""
        found: Array = expected_place(size) * np.interp(np.log(size), self.sizes, self.places)
        return found

    def grown(self, lead: int) -> float:
        """How often larger an area's own errors are ``lead`` years ahead than one."""
        if lead <= len(self.growth):
            return float(self.growth[lead - 1])
        return float(self.growth[-1] * (lead / len(self.growth)) ** GROWTH)

    def shared(self, lead: int) -> float:
        """The relative error that all areas share, ``lead`` years ahead."""
        return float(self.shock * lead**SHOCK_GROWTH)

    def quantiles(self, size: Array, lead: int, chances: Array) -> Array:
        """(chances, *size.shape): the relative error that is not exceeded with these chances."""
        known = np.isfinite(size) & (size > 0)
        found = np.full((len(chances), *size.shape), np.nan)
        if not known.any():
            return found
        ends = np.log([size[known].min(), size[known].max()])
        knots = np.linspace(ends[0], ends[1], _SIZES if ends[1] > ends[0] else 1)
        shocks = self.shared(lead) * student(self.trust)
        own = self.grown(lead) * self.place(np.exp(knots))
        sums = shocks[None, :, None] + own[:, None, None] * self.tails[None, None, :]
        at_knots = np.quantile(sums.reshape(len(knots), -1), chances, axis=1)
        for at, values in enumerate(at_knots):
            found[at][known] = np.interp(np.log(size[known]), knots, values)
        return found


def expected_place(size: Array) -> Array:
    """The relative error of an area's own before anything is known, one year ahead: a standard deviation."""
    found: Array = np.sqrt(PLACE**2 + NOISE / np.maximum(size, _LEAST))
    return found


def expected(leads: int) -> Spread:
    """What to expect before a method was ever tried."""
    growth = np.arange(1.0, leads + 1.0, dtype=np.float64) ** GROWTH
    return Spread(SHOCK, WORTH, np.zeros(1), np.ones(1), growth, _normal())


def fitted(forecast: Array, actual: Array, prior: Spread) -> Spread:
    """The spread of past errors.

    An origin's errors are not independent: a year of shock is one event, however many areas it met. What
    areas share is therefore learnt from origins, and only what is an area's own from areas.

    Parameters
    ----------
    forecast, actual : (origins, leads, areas), in pupils; NaN where not tried or not known.
    prior : what was expected; it is worth `WORTH` origins.
    """
    size = np.where(np.isfinite(actual) & (forecast >= _LEAST), forecast, np.nan)
    if not np.isfinite(size).any():
        return prior
    leads = np.arange(1, forecast.shape[1] + 1)
    relative = (actual - size) / size
    shared = _weighted_median(relative, size)
    number = np.isfinite(relative).sum(axis=2)
    seen = number.sum(axis=1) > 0
    each = np.nanmean((shared[seen] / leads**SHOCK_GROWTH) ** 2, axis=1)
    trust = WORTH + seen.sum()
    shock = float(np.sqrt((WORTH * prior.shock**2 + each.sum()) / trust))
    own = relative - shared[:, :, None]
    own *= np.sqrt(number / np.maximum(number - 1, 1))[:, :, None]
    own[number < 2] = np.nan
    if not np.isfinite(own).any():
        tried = int(leads[number.sum(axis=0) > 0].max())
        return Spread(shock, trust, prior.sizes, prior.places, prior.growth, prior.tails, tried)
    steps = np.array([prior.grown(int(lead)) for lead in leads])
    units = own / (steps[:, None] * prior.place(np.where(np.isfinite(size), size, 1.0)))
    sizes, ratios = _by_size(size, units)
    logs = np.log(np.where(np.isfinite(size), size, 1.0))
    units /= np.interp(logs, sizes, ratios)
    growth = steps * _by_lead(units)
    units /= (growth / steps)[:, None]
    kept = units[np.isfinite(units)]
    weight = len(kept) / (len(kept) + 10 * _PLACES_WORTH)
    tails = weight * np.quantile(kept, _TAILS) + (1 - weight) * prior.tails
    places = ratios * np.interp(sizes, prior.sizes, prior.places)
    tried = int(leads[number.sum(axis=0) > 0].max())
    return Spread(shock, trust, sizes, places, growth, tails, tried)


def _weighted_median(values: Array, weights: Array) -> Array:
    """(origins, leads): the median over areas, each as heavy as it is large."""
    order = np.argsort(values, axis=2)
    heavy = np.nan_to_num(np.take_along_axis(weights, order, axis=2))
    heaped = np.cumsum(heavy, axis=2)
    at = (heaped < heaped[:, :, -1:] / 2).sum(axis=2)
    at = np.minimum(at, values.shape[2] - 1)
    found: Array = np.take_along_axis(np.take_along_axis(values, order, axis=2), at[:, :, None], axis=2)[
        :, :, 0
    ]
    return found


def _by_size(size: Array, units: Array) -> tuple[Array, Array]:
    """Knots of the logarithm of size, and how far the errors there are from what was expected."""
    known = np.isfinite(units)
    logs, far = np.log(size[known]), np.abs(units[known])
    overlapping = max(1.0, known.any(axis=2).sum() / max(1, known.any(axis=(1, 2)).sum()))
    parts = int(np.clip(len(far) / overlapping / 30, 1, 10))
    order = np.argsort(logs, kind="stable")
    knots, ratios = np.zeros(parts), np.ones(parts)
    for at, part in enumerate(np.array_split(order, parts)):
        count = len(part) / overlapping
        level = np.quantile(far[part], 0.683)
        knots[at] = np.median(logs[part])
        ratios[at] = np.sqrt((_PLACES_WORTH + count * level**2) / (_PLACES_WORTH + count))
    return knots, np.maximum(ratios, 1e-3)


def _by_lead(units: Array) -> Array:
    """(leads,): errors at a lead against those at all leads; the last one tried stands for later ones."""
    known = np.isfinite(units)
    level = np.median(np.abs(units[known]))
    found, last = np.ones(units.shape[1]), 1.0
    for lead in range(units.shape[1]):
        at = known[:, lead]
        origins = at.any(axis=1).sum()
        if origins and level > 0:
            here = np.median(np.abs(units[:, lead][at]))
            last = float(np.clip(here / level, 0.3, 3.0) ** (origins / (origins + 2)))
        found[lead] = last
    return found


@cache
def _drawn(freedom: float) -> Array:
    """Quantiles of Student's t at `_SHOCKS`, by summing its density."""
    steps = np.linspace(-60, 60, 240_001)
    density = (1 + steps**2 / freedom) ** (-(freedom + 1) / 2)
    heaped = np.cumsum(density)
    found: Array = np.interp(_SHOCKS, heaped / heaped[-1], steps)
    return found


def student(freedom: float) -> Array:
    """Equally likely values of Student's t."""
    return _drawn(float(freedom))


@cache
def _normal() -> Array:
    steps = np.linspace(-8, 8, 32_001)
    heaped = np.cumsum(np.exp(-(steps**2) / 2))
    found: Array = np.interp(_TAILS, heaped / heaped[-1], steps)
    return found
