"""The yearly plan of building: the fewest seats that keep the chance of a shortage below a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Step:
    """Seats that must open in a year.

    Attributes
    ----------
    start : the year in which building must begin.
    in_time : whether that year is still to come.
    chance : of a shortage in this year after the seats of this and earlier years are open.
    """

    zone: str
    stage: str
    year: int
    seats: int
    start: int
    in_time: bool
    chance: float


def building_plan(
    futures: Mapping[tuple[str, str], NDArray[np.floating]],
    supply: Mapping[tuple[str, str], Sequence[int]],
    *,
    years: Sequence[int],
    norms: Mapping[str, int],
    lead: int,
    now: int,
    chance: float = 0.2,
) -> tuple[Step, ...]:
    """The steps, by zone, stage and year. Seats once built stay, so the sum up to each year is the least.

    Parameters
    ----------
    futures : (draws, years) pupils in equally likely futures, by zone and stage.
    supply : seats by year, projects under way counted.
    norms : pupils in a class by stage; seats come in whole classes.
    lead : years from the beginning of building to its opening.
    now : the first year in which building can begin.
    chance : the share of futures with a shortage that is allowed.
    """
    if not 0 <= chance < 1:
        raise ValueError(f"chance must be in [0, 1), not {chance}")
    steps = []
    for (zone, stage), draws in sorted(futures.items()):
        built, norm = 0, norms[stage]
        for at, year in enumerate(years):
            short = np.sort(draws[:, at].astype(np.float64)) - supply[zone, stage][at]
            allowed = int(np.floor(chance * len(short) + 1e-9))
            # The largest shortage but for the futures that may be short: no more than these exceed it.
            needed = float(short[len(short) - 1 - allowed]) - 1e-3
            classes = max(int(np.ceil((needed - built) / norm)), 0)
            if classes:
                built += classes * norm
                left = float(np.mean(short - 1e-3 > built))
                steps.append(Step(zone, stage, year, classes * norm, year - lead, year - lead >= now, left))
    return tuple(steps)
