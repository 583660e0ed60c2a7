"""What was forecast from the same counts before, kept: back-tests ask for it again from every later year."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from jiaoheng.forecast.method import Forecaster
from jiaoheng.forecast.series import Array, Series

_AHEAD = 5
"""Years ahead that are forecast even if fewer are asked for: the next back-test asks for them."""

_MOST = 64_000_000
"""Bytes that are kept of each method; what was asked for longest ago goes first."""


def remembered(forecast: Forecaster) -> Forecaster:
    """The same forecast, made once for the same counts.

    What it says of a year must not depend on how many years further it is asked for. Its years ahead are the
    second axis; what is returned cannot be written to.
    """
    kept: OrderedDict[bytes, Array] = OrderedDict()

    def again(series: Series, ahead: int) -> Array:
        key = fingerprint(series)
        said = kept.pop(key, None)
        if said is None or said.shape[1] < ahead:
            said = forecast(series, max(ahead, _AHEAD))
            said.flags.writeable = False
        kept[key] = said
        while len(kept) > 1 and sum(each.nbytes for each in kept.values()) > _MOST:
            kept.popitem(last=False)
        return said[:, :ahead]

    return again


def fingerprint(series: Series) -> bytes:
    """What a method may look at: counts, births, years, grades and how areas lie in each other."""
    found = hashlib.blake2b(digest_size=16)
    shape = (series.years, series.grades, series.feeders, series.births_from, series.pupils.shape)
    found.update(repr((shape, series.births.shape)).encode())
    found.update(repr(series.parents).encode())
    found.update(series.pupils.tobytes())
    found.update(series.births.tobytes())
    return found.digest()
