"""What a method would have said, year by year, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jiaoheng.forecast.method import Method
from jiaoheng.forecast.series import Array, Series


@dataclass(frozen=True)
class Trial:
    """A method tried from rolling origins: at each it saw the counts up to that year, and nothing after it.

    Attributes
    ----------
    series : the whole series.
    method : what was tried.
    origins : the years of the last count that was seen, oldest first.
    leads : 1, 2, … years ahead.
    forecast : (origins, leads, areas, grades); NaN where the method says nothing or the year has not come.
    actual : the same shape: what was counted then; NaN where nothing was.
    """

    series: Series
    method: Method
    origins: tuple[int, ...]
    leads: tuple[int, ...]
    forecast: Array
    actual: Array

    def known_at(self, year: int) -> Trial:
        """What of it was known at a year: earlier origins, and only the targets that had come by then."""
        kept = [at for at, origin in enumerate(self.origins) if origin < year]
        forecast, actual = self.forecast[kept].copy(), self.actual[kept].copy()
        for at, index in enumerate(kept):
            for lead in self.leads:
                if self.origins[index] + lead > year:
                    forecast[at, lead - 1] = actual[at, lead - 1] = np.nan
        origins = tuple(self.origins[index] for index in kept)
        return Trial(self.series, self.method, origins, self.leads, forecast, actual)


def tried(series: Series, method: Method, *, horizon: int, origins: Sequence[int] | None = None) -> Trial:
    """Try a method from rolling origins.

    Parameters
    ----------
    series : the counts.
    horizon : the most years ahead.
    origins : the years to forecast from; where None, every year that has three before it and one after it
        (the second year on, where the series is shorter than that).

    Returns
    -------
    Trial
        Targets after the last year of the series are NaN.
    """
    first = min(3, max(0, len(series.years) - 2))
    chosen = tuple(series.years[first:-1] if origins is None else sorted(origins))
    shape = (len(chosen), horizon, len(series.areas), len(series.grades))
    forecast, actual = np.full(shape, np.nan), np.full(shape, np.nan)
    for at, origin in enumerate(chosen):
        since = series.years.index(origin) + 1
        ahead = min(horizon, len(series.years) - since)
        if ahead < 1:
            continue
        said = method.forecast(series.until(origin), ahead)
        forecast[at, :ahead] = said.transpose(1, 0, 2)
        actual[at, :ahead] = series.pupils[:, since : since + ahead].transpose(1, 0, 2)
    return Trial(series, method, chosen, tuple(range(1, horizon + 1)), forecast, actual)
