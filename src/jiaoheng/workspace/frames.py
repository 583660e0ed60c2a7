"""The measures that the monitoring report shows: which, of which years, by what groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from jiaoheng import measures
from jiaoheng.census import Census
from jiaoheng.packs import Catalogue
from jiaoheng.plans import Plan
from jiaoheng.reports import selection
from jiaoheng.workspace.lookups import measures_of

REPORT_ENGINE = "polars"
"""A report asks many small questions, for which planning is most of the work: Polars plans them fastest."""


@dataclass(frozen=True)
class Frames:
    """The measures that a report shows, in the long form of `measures.compute`.

    ``county`` has every year; the others the report's year and, where there is one, the year of the baseline.
    """

    county: pl.DataFrame
    areas: pl.DataFrame
    schools: pl.DataFrame
    urban_rural: pl.DataFrame
    ownership: pl.DataFrame


def gather_frames(plan: Plan, censuses: Sequence[Census], catalogue: Catalogue) -> Frames:
    """All that the report shows: every measure of its own year, and of the rest what it draws on.

    ``censuses`` end with the report's year.
    """
    *before, last = censuses
    groups = list(selection.BY_GROUP)
    varied = [each.id for each in catalogue.measures.values() if each.of in selection.OVER_YEARS]
    over_years = dict.fromkeys([*selection.OVER_YEARS, *varied, *measures_of(plan)])
    start = [each for each in before if each.year == plan.period.start - 1]

    def history(some: Sequence[Census], ids: Iterable[str], by: str) -> pl.DataFrame:
        return measures.history(some, ids, by=by, engine=REPORT_ENGINE, catalogue=catalogue)

    everything = measures.compute(last, engine=REPORT_ENGINE, catalogue=catalogue)
    return Frames(
        county=pl.concat([history(before, over_years, "county"), everything]),
        areas=history([*start, last], groups, "area"),
        schools=history([last], groups, "school"),
        urban_rural=history([last], groups, "urban_rural"),
        ownership=history([last], groups, "ownership"),
    )
