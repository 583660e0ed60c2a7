"""The gap between pupils and seats, by town, zone and stage, and how likely a shortage is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.forecast.outlook import Outlook
from jiaoheng.places.flows import Flows
from jiaoheng.places.supply import STAGES, Supply

GAP: dict[str, pl.DataType] = {
    "area": pl.String(),
    "zone": pl.String(),
    "stage": pl.String(),
    "year": pl.Int64(),
    "supply": pl.Float64(),
    "demand": pl.Float64(),
    "demand_low": pl.Float64(),
    "demand_high": pl.Float64(),
    "gap": pl.Float64(),
    "gap_low": pl.Float64(),
    "gap_high": pl.Float64(),
    "shortage_chance": pl.Float64(),
    "shortage": pl.Float64(),
    "empty": pl.Float64(),
}
"""Columns of `Gap.frame`, in seats, unrounded. ``area`` and ``zone`` are both null for the whole county.
``gap`` is demand less supply: above zero seats are lacking. ``…_low`` to ``…_high`` hold 80 of 100 futures.
``shortage_chance`` is a share from 0 to 1; ``shortage`` and ``empty`` are the seats that lack, or stand
empty, on the average over all futures. What depends on a school whose seats are unknown is null."""

SEED = 20160101


@dataclass(frozen=True)
class Gap:
    """Pupils against seats.

    Attributes
    ----------
    frame : columns `GAP`.
    outlook, supply : what it was computed from.
    zones : the towns of each zone.
    public : whether only public seats count, and those that the government pays for.
    flows : by stage, who crosses between towns, where pupils are counted where they live.
    notes : what was missing or supposed, a sentence each.
    """

    frame: pl.DataFrame
    outlook: Outlook
    supply: Supply
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    public: bool = False
    notes: tuple[str, ...] = ()
    flows: Mapping[str, Flows] = field(default_factory=dict)

    def weights(self, stage: str, areas: Sequence[str]) -> dict[str, float]:
        """Of a town's pupils to come, the share that these areas are to have seats for, where not none."""
        return _weights(self.flows.get(stage), areas)


def gap_of(
    outlook: Outlook,
    supply: Supply,
    *,
    zones: Mapping[str, tuple[str, ...]] | None = None,
    public: bool = False,
    moving_to_public: Mapping[str, Mapping[int, float]] | None = None,
    flows: Mapping[str, Flows] | None = None,
    seed: int = SEED,
) -> Gap:
    """Hold the pupils to come against the seats.

    Parameters
    ----------
    zones : towns by zone.
    public : count public seats and purchased ones only, and of the pupils the share that has them now.
    moving_to_public : by stage and year from which it holds, a share of all pupils who then need public seats
        beside those that have them now.
    flows : count pupils of these stages in the town in which they live, not in that in which they study.

    Returns
    -------
    Gap
        For the county, every town and every zone. A seat in one town is no seat in another: the county may
        have enough where a town has not.
    """
    named = dict(zones or {})
    units: list[tuple[str | None, str | None, tuple[str, ...]]] = [(None, None, outlook.areas)]
    units += [(area, None, (area,)) for area in outlook.areas]
    units += [(None, zone, areas) for zone, areas in named.items()]
    rows: list[dict[str, object]] = []
    for stage in (stage for stage in STAGES if stage in outlook.stages):
        shares = {
            area: _public_share(supply, area, stage, outlook.years, (moving_to_public or {}).get(stage, {}))
            for area in outlook.areas
        }
        for area, zone, areas in units:
            weights = _weights((flows or {}).get(stage), areas)
            point, futures = _demand(outlook, stage, weights, shares if public else None)
            seats = supply.seats(areas, stage, outlook.years, public=public)
            late = supply.futures(areas, stage, outlook.years, draws=len(futures), seed=seed, public=public)
            if point.any() or np.nan_to_num(seats).any() or np.isnan(seats).any():
                rows += _rows(area, zone, stage, outlook.years, point, futures, seats, late)
    notes = [*outlook.notes, *supply.notes]
    if supply.coming:
        notes.append(supply.late.says())
    notes.append(
        "学生按居住的镇街计：跨镇街就读的，算在居住地。"
        if flows
        else "学生按就读学校所在的镇街计：跨镇街就读的，已经算在就读地。"
    )
    frame = pl.DataFrame(rows, schema=GAP)
    return Gap(frame, outlook, supply, named, public, tuple(dict.fromkeys(notes)), dict(flows or {}))


def _weights(flows: Flows | None, areas: Sequence[str]) -> dict[str, float]:
    if flows is None:
        return dict.fromkeys(areas, 1.0)
    here = [flows.areas.index(area) for area in areas]
    shares = flows.origins[here].sum(axis=0)
    given = zip(flows.areas, shares.tolist(), strict=True)
    return {area: share for area, share in given if share > 0} or dict.fromkeys(areas, 0.0)


def _demand(
    outlook: Outlook,
    stage: str,
    weights: Mapping[str, float],
    shares: Mapping[str, NDArray[np.float64]] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(years,) and (draws, years)."""
    one = np.ones(len(outlook.years))
    parts = [(area, weight * (one if shares is None else shares[area])) for area, weight in weights.items()]
    point = np.sum([outlook.pupils(stage, area) * share for area, share in parts], axis=0)
    futures = np.sum([outlook.futures(stage, area) * share[None] for area, share in parts], axis=0)
    return point, futures


def _public_share(
    supply: Supply, area: str, stage: str, years: tuple[int, ...], moving: Mapping[int, float]
) -> NDArray[np.float64]:
    """(years,): the share of pupils who have public or purchased seats, as it is now, and those who will."""
    here = [school for school in supply.schools if school.area == area and school.stage == stage]
    pupils = sum(school.pupils for school in here)
    served = sum(school.pupils if school.public else min(school.purchased, school.pupils) for school in here)
    now = served / pupils if pupils else 1.0
    steps = [max((moving[since] for since in moving if since <= year), default=0.0) for year in years]
    return np.minimum(1.0, now + np.array(steps))


def _rows(
    area: str | None,
    zone: str | None,
    stage: str,
    years: tuple[int, ...],
    point: NDArray[np.float64],
    futures: NDArray[np.float64],
    seats: NDArray[np.float64],
    late: NDArray[np.float64],
) -> list[dict[str, object]]:
    lacking = futures - late
    rows = []
    for at, year in enumerate(years):
        low, high = np.percentile(futures[:, at], [10, 90])
        row: dict[str, object] = {"area": area, "zone": zone, "stage": stage, "year": year}
        row |= {"demand": float(point[at]), "demand_low": float(low), "demand_high": float(high)}
        if np.isfinite(seats[at]):
            gap = lacking[:, at]
            below, above = np.percentile(gap, [10, 90])
            row |= {
                "supply": float(seats[at]),
                "gap": float(point[at] - seats[at]),
                "gap_low": float(below),
                "gap_high": float(above),
                "shortage_chance": float(np.mean(gap > 0)),
                "shortage": float(np.maximum(gap, 0).mean()),
                "empty": float(np.maximum(-gap, 0).mean()),
            }
        rows.append(row)
    return rows
