"""The grains at which facts live, and the names that an expression may use at each.

A grain is what one row stands for:

- ``school``: a counted school and one of its stages, the base frame of measures.
- ``area``: a township or street.
- ``county_stage``: the county and one stage.
- ``county``: the county.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from jiaoheng.packs.expression import Type
from jiaoheng.terms import FinanceItem

Grain = Literal["school", "area", "county_stage", "county"]
GRAINS: tuple[Grain, ...] = ("school", "area", "county_stage", "county")

GRAIN_LABELS: dict[Grain, str] = {
    "school": "学校（分学段）",
    "area": "镇街",
    "county_stage": "县（分学段）",
    "county": "县",
}

ROW_TABLES: dict[str, Grain] = {
    "school_stages": "school",
    "schools": "school",
    "areas": "area",
    "county_stages": "county_stage",
    "county": "county",
    "finance": "county",
}
"""Tables of which a row is a row of the grain. ``finance`` is turned first: a column for each item."""

GROUPED_TABLES: dict[str, Grain] = {
    "classes": "school",
    "pupils": "school",
    "teachers": "school",
    "population": "area",
    "births": "area",
    "housing": "area",
    "projects": "area",
    "survey": "county",
}
"""Tables of which many rows make one row of the grain: facts of them are aggregates."""

BASE_COLUMNS: dict[str, Type] = {
    "urban_rural": "text",
    "school_pupils": "number",
    "school_compulsory_pupils": "number",
    "school_compulsory_classes": "number",
    "school_compulsory_migrants": "number",
    "stage_count": "number",
    "school_stage_count": "number",
    "compulsory_stage_count": "number",
    "stage_share": "number",
}
"""Columns that the base frame of measures adds to those of schools and school_stages."""

COUNTY_COLUMNS: dict[str, Type] = {"census_year": "number"}
"""What the county has beside its table's columns: the year that the census is of."""

Columns = Mapping[str, Mapping[str, Type]]
"""The columns of each census table and their types."""


def grain_of(table: str) -> Grain | None:
    """The grain to which facts of a table belong; None for a table that has no facts."""
    return ROW_TABLES.get(table) or GROUPED_TABLES.get(table)


def table_columns(table: str, columns: Columns) -> dict[str, Type]:
    """The names that an expression over the rows of one table may use."""
    if table == "finance":
        items = [item.value for item in FinanceItem]
        return {name: "number" for item in items for name in (item, f"{item}_last_year")}
    return dict(columns.get(table, {}))


def grain_columns(grain: Grain, columns: Columns) -> dict[str, Type]:
    """The columns of a grain, without facts."""
    found: dict[str, Type] = {}
    for table, own in ROW_TABLES.items():
        if own == grain:
            found |= table_columns(table, columns)
    added = {"school": BASE_COLUMNS, "county": COUNTY_COLUMNS}
    return found | added.get(grain, {})
