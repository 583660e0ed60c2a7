"""Children ten years on, from one census alone: those it missed, and those who move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import yaml

from jiaoheng.forecast.population.fault import PopulationError
from jiaoheng.forecast.series import Array


@dataclass(frozen=True)
class Counted:
    """One census of many counties. All arrays are (areas,), in persons; NaN where not counted.

    Attributes
    ----------
    children : aged 0 to 4.
    residents, registered : the usual residents (常住人口), and those with household registration (户籍人口).
    urban : residents of cities and towns (城镇人口).
    """

    areas: tuple[str, ...]
    children: Array
    residents: Array
    registered: Array
    urban: Array


@dataclass(frozen=True)
class Known:
    """What was known beforehand; see ``data/cohort_china.yaml`` for values and sources.

    Attributes
    ----------
    moved_in_decade : the share of all who live away from their registration that moved in the last ten years.
    children_move : how often children live away from their registration, relative to people of all ages.
    missed : the children aged 0 to 4 whom the census missed, relative to those it counted, in the nation.
    within_policy : the quantile of counties, by children per resident, up to which nobody is missed.
    """

    moved_in_decade: float
    children_move: float
    missed: float
    within_policy: float


def children_ten_years_on(counted: Counted, known: Known | None = None) -> Array:
    """(areas,): those aged 10 to 14 ten years after a census that counted them as 0 to 4.

    The cohort, times those missed (`found_again`), times those who move (`moves`). Deaths between these ages
    (under 1 %) are left out.

    Raises
    ------
    PopulationError
        A negative count, or more urban residents than residents, with the area.
    """
    known = known or of_china()
    _refuse_nonsense(counted)
    result: Array = counted.children * found_again(counted, known) * moves(counted, known)
    return result


def found_again(counted: Counted, known: Known) -> Array:
    """(areas,): how many times as many as were counted there are: 1 and more.

    Births beyond what policy allowed are those that were hidden. They are read off the children per resident:
    what a county has above the quantile of those within policy. The nation's missed are shared by it.
    """
    share = counted.children / counted.residents
    within = np.nanquantile(share, known.within_policy)
    beyond = np.maximum(0.0, 1.0 - within / share)
    total = np.nansum(beyond * counted.children)
    if total == 0:
        return np.full(share.shape, 1.0 + known.missed)
    factor: Array = 1.0 + known.missed * np.nansum(counted.children) / total * beyond
    return factor


def moves(counted: Counted, known: Known) -> Array:
    """(areas,): children after ten years of moves, relative to those before; they add up to as many.

    The logarithm of residents to registered is what all moves so far have come to. It goes on by the share
    that the last decade had in it, and children move less than their elders. A county's own gap also holds
    people who live two streets from where they are registered; it is replaced by what counties as urban have
    (a line through the counties, each as heavy as its residents): people go from villages to towns.
    """
    gap = np.log(counted.residents / counted.registered)
    urban = counted.urban / counted.residents
    usable = np.isfinite(gap) & np.isfinite(urban)
    weight = np.sqrt(counted.residents[usable])[:, None]
    design = np.column_stack([np.ones(urban.shape), urban])
    line, *_ = np.linalg.lstsq(design[usable] * weight, gap[usable] * weight[:, 0], rcond=None)
    factor = np.exp(known.moved_in_decade * known.children_move * (design @ line))
    balance = np.nansum(counted.children * factor) / np.nansum(
        np.where(np.isfinite(factor), counted.children, np.nan)
    )
    balanced: Array = factor / balance
    return balanced


@cache
def of_china() -> Known:
    """The values that come with the package."""
    text = resources.files("jiaoheng.forecast").joinpath("data", "cohort_china.yaml").read_text("utf-8")
    return Known(**{name: float(entry["value"]) for name, entry in yaml.safe_load(text).items()})


def _refuse_nonsense(counted: Counted) -> None:
    for label, counts in (
        ("0—4 岁人口", counted.children),
        ("常住人口", counted.residents),
        ("户籍人口", counted.registered),
        ("城镇人口", counted.urban),
    ):
        for at in np.flatnonzero(counts < 0):
            raise PopulationError(f"{counted.areas[at]}的{label}是 {counts[at]:g}。人数不能为负，请核对。")
    for at in np.flatnonzero(counted.urban > counted.residents):
        raise PopulationError(f"{counted.areas[at]}的城镇人口多于常住人口，请核对。")
