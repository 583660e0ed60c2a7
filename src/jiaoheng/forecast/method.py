"""A method of forecasting: a name that people read, and a function from a history to the years after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiaoheng.forecast.series import Array, Series

Forecaster = Callable[[Series, int], Array]
"""From a history and a number of years to (areas, years ahead, grades). NaN where nothing can be said."""


@dataclass(frozen=True)
class Method:
    """A way to forecast.

    Attributes
    ----------
    id, name : ``pooled_progression``, 合并升级率法.
    forecast : see `Forecaster`. It sees nothing but the history that it is given.
    peer : whether it is one of the simple methods that ours is held against.
    """

    id: str
    name: str
    forecast: Forecaster
    peer: bool = False
