"""Which method a level takes: the one that the past was kindest to, if the difference is more than luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jiaoheng.forecast.method import Forecaster, Method
from jiaoheng.forecast.methods.remembered import remembered
from jiaoheng.forecast.methods.transitions import transitions
from jiaoheng.forecast.outlook import Chosen
from jiaoheng.forecast.series import Array, Series
from jiaoheng.forecast.trial import Trial, tried

_HORIZON = 5
"""Leads that are tried: further ahead a short history has too few origins to tell methods apart."""

_ENOUGH = 4
"""Origins that it takes to leave the method that is taken otherwise."""

_LUCK = 2.0
"""How many standard errors a method must be better by."""

_WORST = 1.0
"""An area's relative error counts no more than this: one that all but vanished says nothing of a method."""

_LEVELS = ("总体", "各地区")


def choose(series: Series, methods: Sequence[Method]) -> tuple[Chosen, ...]:
    """For each level of the areas the method to take, of those given.

    Parameters
    ----------
    series : what is known; nothing after its last year is used.
    methods : the first one is taken unless another was better from at least four origins by more than two
        standard errors (of the difference, over origins): the least of many noisy errors is no discovery.
        Where births are known, simple methods, which do not look at them, are compared but not taken.

    Returns
    -------
    tuple[Chosen, ...]
        By level from the top. Errors are the mean over areas of the relative error of all grades together (at
        most 100 %), then over leads and origins. Empty where the history is too short to try anything.
    """
    trials = [tried(series, method, horizon=_HORIZON) for method in methods] if len(series.years) > 1 else []
    # A turn in births that has not reached the schools is in no past error: who does not look misses it.
    looking = len(series.years) > 1 and transitions(series).lag is not None
    allowed = [not (looking and method.peer) for method in methods]
    levels = range(int(series.levels.max()) + 1)
    return tuple(
        _chosen(level, methods, allowed, [_errors(trial, level) for trial in trials]) for level in levels
    )


def by_choice(methods: Sequence[Method]) -> Forecaster:
    """A forecast in which each level takes the method that `choose` finds for it at the time.

    Each method is tried once from each year, however many later years its choice is made at.
    """
    methods = [replace(method, forecast=remembered(method.forecast)) for method in methods]

    def forecast(series: Series, ahead: int) -> Array:
        taken = [chosen.method for chosen in choose(series, methods)]
        said = {method.id: method.forecast(series, ahead) for method in methods if method.id in taken}
        found = np.full((len(series.areas), ahead, len(series.grades)), np.nan)
        for level, method in enumerate(taken):
            own = series.levels == level
            found[own] = said[method][own]
        return found

    return forecast


def _errors(trial: Trial, level: int) -> Array:
    """(origins, leads): the mean relative error of a level's areas; NaN where nothing could be compared."""
    own = trial.series.levels == level
    said, came = trial.forecast[:, :, own].sum(axis=3), trial.actual[:, :, own].sum(axis=3)
    known = np.isfinite(said) & (came > 0)
    off = np.minimum(np.abs(np.divide(said, came, out=np.ones_like(said), where=known) - 1.0), _WORST)
    count = known.sum(axis=2)
    total = np.where(known, off, 0.0).sum(axis=2)
    errors: Array = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return errors


def _chosen(level: int, methods: Sequence[Method], allowed: Sequence[bool], errors: list[Array]) -> Chosen:
    name = _LEVELS[level] if level < len(_LEVELS) else f"第 {level + 1} 级地区"
    first = methods[0]
    if not errors or not np.isfinite(errors[0]).any():
        return Chosen(level, first.id, first.name, {}, f"{name}历年太短，不能回测，取{first.name}。")
    # Every method is held to the targets that all of them could speak of.
    shared = np.logical_and.reduce([np.isfinite(each) for each in errors])
    if not shared.any():
        return Chosen(level, first.id, first.name, {}, f"{name}各法没有可比的年份，取{first.name}。")
    means = [float(100.0 * each[shared].mean()) for each in errors]
    percent = {method.id: mean for method, mean in zip(methods, means, strict=True)}
    best = int(np.argmin(np.where(allowed, means, np.inf)))
    tried_from = int(shared.any(axis=1).sum())
    against = methods[best]
    head = f"{name}从 {tried_from} 个年份回测，"
    if best == 0:
        least = int(np.argmin(means))
        if least:
            blind = f"{methods[least].name} {means[least]:.2f}%，但它不看已知的出生人口"
            reason = f"{head}{first.name}平均误差 {means[0]:.2f}%；{blind}，不取。"
            return Chosen(level, first.id, first.name, percent, reason)
        second = int(np.argsort(means)[1]) if len(means) > 1 else 0
        rest = f"，其次是{methods[second].name}（{means[second]:.2f}%）" if second else ""
        reason = f"{head}{first.name}误差最小，平均 {means[0]:.2f}%{rest}。"
        return Chosen(level, first.id, first.name, percent, reason)
    gap = f"{against.name}平均误差 {means[best]:.2f}%，{first.name} {means[0]:.2f}%"
    if _is_more_than_luck(np.where(shared, errors[0] - errors[best], np.nan)):
        reason = f"{head}{gap}，差别超出年际波动，取{against.name}。"
        return Chosen(level, against.id, against.name, percent, reason)
    reason = f"{head}{gap}，差别在年际波动之内，仍取{first.name}。"
    return Chosen(level, first.id, first.name, percent, reason)


def _is_more_than_luck(gain: Array) -> bool:
    """Whether the gain over (origins, leads) is large beside what it varies by from origin to origin."""
    rows = np.isfinite(gain).any(axis=1)
    if rows.sum() < _ENOUGH:
        return False
    each = np.nanmean(gain[rows], axis=1)
    error = float(each.std(ddof=1)) / np.sqrt(len(each))
    return bool(each.mean() > _LUCK * error)
