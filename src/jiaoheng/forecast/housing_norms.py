"""What an estate needs: seats per thousand residents (千人学位数), and how fast it fills, from the packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiaoheng.forecast.outlook import ForecastError
from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.models import Parameter

SEATS = {
    "preschool": "seats_per_thousand_kindergarten",
    "primary": "seats_per_thousand_primary",
    "junior": "seats_per_thousand_junior",
    "senior": "seats_per_thousand_senior",
}
"""The parameter of each stage that has one."""
MOVING_IN = ("estate_occupied_at_handover", "estate_years_to_fill")
"""The parameters that say how fast an estate fills."""


@dataclass(frozen=True)
class HousingNorms:
    """Norms of new estates.

    Attributes
    ----------
    seats : seats per thousand residents, by stage.
    at_handover : the share of the families who will ever live there that do so in the year of hand-over.
    years : years after which all of them do.
    sources : where each stage's norm is from, and under ``moving_in`` where the filling is from.
    """

    seats: Mapping[str, float]
    at_handover: float
    years: float
    sources: Mapping[str, str]

    def moved_in(self, since: int) -> float:
        """The share (0 to 1) of the families that have moved in, in a year after hand-over; 0 before it."""
        if since < 0:
            return 0.0
        return min(1.0, self.at_handover + (1.0 - self.at_handover) * since / self.years)


def housing_norms(catalogue: Catalogue) -> HousingNorms:
    """The norms in force.

    Raises
    ------
    ForecastError
        A county's own pack gives a parameter a value that cannot be.
    """
    seats, sources = {}, {}
    for stage, named in SEATS.items():
        parameter = catalogue.parameters[named]
        value = parameter.at(stage)
        if value is None:
            continue
        if not 0 <= value <= 1000:
            raise ForecastError(f"参数「{named}」：每千人 {value:g} 个学位不可能。请改为 0 至 1000 的数。")
        seats[stage], sources[stage] = value, _source(parameter)
    first, years = (catalogue.parameters[each] for each in MOVING_IN)
    share, length = first.at("primary"), years.at("primary")
    if share is None or not 0 <= share <= 100:
        raise ForecastError(f"参数「{first.id}」应是 0 至 100 的百分数。请改正。")
    if length is None or not 0 < length <= 50:
        raise ForecastError(f"参数「{years.id}」应大于 0，不超过 50 年。请改正。")
    return HousingNorms(seats, share / 100, length, {**sources, "moving_in": _source(first)})


def _source(parameter: Parameter) -> str:
    said = f"{parameter.document.title}，{parameter.clause}"
    return f"{said}（待核实：{parameter.unverified}）" if parameter.unverified else said
