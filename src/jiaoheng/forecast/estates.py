"""New estates (住宅小区) as the census lists them, with what cannot be refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jiaoheng.census.snapshot import Census
from jiaoheng.forecast.outlook import ForecastError

_FIRST_YEAR = 1900
_MOST = 100.0


@dataclass(frozen=True)
class Estate:
    """An estate.

    Attributes
    ----------
    name, area : what it is called, and the code of its town.
    people : who will live there when it is full; None where neither that nor households × persons is known.
    households, persons : homes, and people in each; None where unknown.
    handover : the year in which the homes are handed over; None where unknown.
    occupied : the share of it that is lived in (0 to 1) in the year of the census; None where unknown.
    """

    name: str
    area: str
    people: float | None
    households: float | None = None
    persons: float | None = None
    handover: int | None = None
    occupied: float | None = None


def estates(census: Census, towns: Collection[str]) -> tuple[Estate, ...]:
    """The estates of a census, in its order; none where it has no such table.

    Parameters
    ----------
    towns : the codes of the towns that the forecast is of.

    Raises
    ------
    ForecastError
        A figure that cannot be: the message names the year, the estate and the column.
    """
    return tuple(_estate(row, census.year, towns) for row in census.table("housing").to_pylist())


def _estate(row: Mapping[str, object], year: int, towns: Collection[str]) -> Estate:
    name, area = str(row["name"] or row["estate_code"]), str(row["area_code"])
    place = f"{year} 年 › 住宅小区 › {name}"
    if area not in towns:
        raise ForecastError(f"{place}「镇街代码」：“{area}”不在镇街名录中。请补入名录，或改正代码。")
    households = _count(row["households"], f"{place}「规划户数」")
    persons = _count(row["persons_per_household"], f"{place}「户均人口」")
    planned = _count(row["planned_population"], f"{place}「规划人口数」")
    occupied = _count(row["occupancy"], f"{place}「入住率」")
    if occupied is not None and occupied > _MOST:
        raise ForecastError(f"{place}「入住率」：{occupied:g}% 超过 100%。请改正。")
    handover = _count(row["handover_year"], f"{place}「交付年份」")
    if handover is not None and handover < _FIRST_YEAR:
        raise ForecastError(f"{place}「交付年份」：{handover:g} 年早于 {_FIRST_YEAR} 年。请改正。")
    counted = households * persons if households is not None and persons is not None else None
    return Estate(
        name=name,
        area=area,
        people=counted if planned is None else planned,
        households=households,
        persons=persons,
        handover=None if handover is None else int(handover),
        occupied=None if occupied is None else occupied / _MOST,
    )


def _count(value: object, place: str) -> float | None:
    if value is None:
        return None
    number = float(str(value))
    if not 0 <= number < float("inf"):
        raise ForecastError(f"{place}：{number:g} 不是可能的数。请改正。")
    return number
