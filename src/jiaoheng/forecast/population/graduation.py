"""Five-year age groups into single years of age: Sprague's multipliers, never below nobody."""

from __future__ import annotations

import numpy as np

from jiaoheng.forecast.population.fault import PopulationError
from jiaoheng.forecast.series import Array

_FIRST = np.array(
    [
        [0.3616, -0.2768, 0.1488, -0.0336],
        [0.2640, -0.0960, 0.0400, -0.0080],
        [0.1840, 0.0400, -0.0320, 0.0080],
        [0.1200, 0.1360, -0.0720, 0.0160],
        [0.0704, 0.1968, -0.0848, 0.0176],
    ]
)
_SECOND = np.array(
    [
        [0.0336, 0.2272, -0.0752, 0.0144],
        [0.0080, 0.2320, -0.0480, 0.0080],
        [-0.0080, 0.2160, -0.0080, 0.0000],
        [-0.0160, 0.1840, 0.0400, -0.0080],
        [-0.0176, 0.1408, 0.0912, -0.0144],
    ]
)
_MIDDLE = np.array(
    [
        [-0.0128, 0.0848, 0.1504, -0.0240, 0.0016],
        [-0.0016, 0.0144, 0.2224, -0.0416, 0.0064],
        [0.0064, -0.0336, 0.2544, -0.0336, 0.0064],
        [0.0064, -0.0416, 0.2224, 0.0144, -0.0016],
        [0.0016, -0.0240, 0.1504, 0.0848, -0.0128],
    ]
)
_WIDTH = 5
_LEAST_GROUPS = 4


def single_years(groups: Array) -> Array:
    """Persons by single year of age, from persons by groups of five.

    Sprague's fifth-difference osculatory multipliers (H. S. Shryock, J. S. Siegel, The Methods and Materials
    of Demography, appendix C): single years add up to their group. Where a group would have fewer than
    nobody at an age, it is drawn towards equal years, just so far that the lowest is nobody.

    Parameters
    ----------
    groups : (..., groups), persons in closed groups of five years, youngest first; an open last group (100
        and over) is left out by the caller. NaN where not counted makes the years that use it NaN.

    Returns
    -------
    Array
        (..., 5 × groups).

    Raises
    ------
    PopulationError
        Fewer than four groups, or a negative count.
    """
    count = groups.shape[-1]
    if count < _LEAST_GROUPS:
        raise PopulationError(
            f"只有 {count} 个五岁组，至少要有 {_LEAST_GROUPS} 个才能分到各岁。请补充年龄组。"
        )
    for *_, at in np.argwhere(groups < 0):
        raise PopulationError(f"{_WIDTH * at}—{_WIDTH * at + 4} 岁组的人数为负，请核对。")
    years: Array = np.concatenate([_of_group(groups, at) for at in range(count)], axis=-1)
    return years


def _of_group(groups: Array, at: int) -> Array:
    """(..., 5): the single years of one group, from it and its neighbours."""
    count = groups.shape[-1]
    if at < 2:
        used, multipliers = groups[..., :4], (_FIRST, _SECOND)[at]
    elif at >= count - 2:
        used, multipliers = groups[..., -4:], (_FIRST, _SECOND)[count - 1 - at][::-1, ::-1]
    else:
        used, multipliers = groups[..., at - 2 : at + 3], _MIDDLE
    raw = used @ multipliers.T
    equal = groups[..., at : at + 1] / _WIDTH
    lowest = raw.min(axis=-1, keepdims=True)
    kept = np.divide(equal, equal - lowest, out=np.ones_like(equal), where=lowest < 0)
    years: Array = np.maximum(equal + kept * (raw - equal), 0.0) if (lowest < 0).any() else raw
    return years
