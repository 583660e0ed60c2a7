"""Seats of a workspace: pupils to come against seats, with warnings, as tables and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from jiaoheng.forecast import Outlook
from jiaoheng.forecast.enrolment import Years, outlooks
from jiaoheng.forecast.scenario import BASELINE, Scenario, scenario_named
from jiaoheng.packs import Catalogue, SeatWarning
from jiaoheng.packs.seat_warning import LEVELS
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.places import Gap, flows, gap_of, read_supposed, supply, warned
from jiaoheng.places.decompose import Changes, decompose
from jiaoheng.reports.seats import Fall, Part
from jiaoheng.terms import label
from jiaoheng.workspace.errors import WorkspaceError

WARNING = "four_colour_seat_warning"
"""The rule of warning that is taken where nobody names one: an example, and it says so."""

_LATER = 5

AREA = ("area", "zone")
FIGURES = {
    "name": "地区",
    "stage": "学段",
    "year": "年份",
    "supply": "学位（个）",
    "demand": "预计在校生（人）",
    "gap": "缺口（个，负为余）",
    "gap_low": "缺口下限（八成区间）",
    "gap_high": "缺口上限（八成区间）",
    "shortage_chance": "缺学位的可能",
    "empty": "平均空余（个）",
    "level": "预警",
    "reason": "理由",
}
"""Columns of `seat_figures`, and their Chinese headings."""


class Held(Years, Protocol):
    """A workspace, as far as seats go."""

    @property
    def catalogue(self) -> Catalogue:
        """Its rules."""


@dataclass(frozen=True)
class Seats:
    """The gap under a scenario, and what is warned of.

    Attributes
    ----------
    table : the gap's frame (`places.GAP`) with the warnings (`places.WARNED`) and ``name``.
    """

    gap: Gap
    rule: SeatWarning
    table: pl.DataFrame
    names: Mapping[str, str]

    @property
    def red(self) -> bool:
        """Whether anything is warned of in the gravest colour."""
        return bool((self.table["level"] == "red").any())


def seats(
    held: Held,
    *,
    until: int | None = None,
    scenario: str = BASELINE,
    norms: Mapping[str, int] | None = None,
    public: bool = False,
    living: bool = False,
    warning: str | None = None,
) -> Seats:
    """Pupils to come against seats, in the county, its towns and zones.

    Parameters
    ----------
    norms : pupils in a class by stage; where given, seats of that stage are classes times the norm instead of
        the rated capacity.
    public : public seats only, and those that the government pays for.
    living : count pupils in the town in which they live, not in that in which they study.
    warning : the id or the name of a rule of warning; `WARNING` where None.

    Raises
    ------
    JiaohengError
        Something cannot be forecast, supposed or found; the message says what and where.
    """
    rule = rule_named(held.catalogue, warning)
    found = outlooks(held, [scenario], until=until)[0]
    chosen = scenario_named(scenario, folder=held.folder / "scenarios")
    return of_outlook(held, found, chosen, rule, norms=norms, public=public, living=living)


def of_outlook(
    held: Held,
    outlook: Outlook,
    scenario: Scenario,
    rule: SeatWarning,
    *,
    norms: Mapping[str, int] | None = None,
    public: bool = False,
    living: bool = False,
    year: int | None = None,
) -> Seats:
    """The same for a forecast that was made already."""
    census = held.census(held.years[-1] if year is None else year)
    supposed = read_supposed(held.folder)
    names = {str(row["area_code"]): str(row["name"]) for row in census.table("areas").to_pylist()}
    given = {**scenario.class_size, **(norms or {})}
    seats_there = supply(
        census,
        basis="classes" if given else "rated",
        norms=given,
        supposed=supposed,
        delay=scenario.projects.delay,
        cancelled=scenario.projects.cancelled,
    )
    crossing, assumed = flows(census, outlook.areas, supposed.flows) if living else ({}, ())
    gap = gap_of(
        outlook,
        replace(seats_there, notes=(*seats_there.notes, *assumed)),
        flows=crossing,
        zones=supposed.zones_of(names),
        public=public,
        moving_to_public=scenario.private_to_public,
    )
    called = pl.coalesce(
        pl.col("area").replace_strict(names, default=None, return_dtype=pl.String), "zone", pl.lit("全县")
    )
    table = warned(gap, rule, names=names).with_columns(name=called)
    return Seats(gap, rule, table, names)


def rule_named(catalogue: Catalogue, wanted: str | None) -> SeatWarning:
    """A rule of warning by its id, its name, or the id of its document."""
    rules = catalogue.seat_warnings
    meant = wanted or WARNING
    for rule in rules.values():
        if meant in (rule.id, rule.name, rule.document.id) or meant.replace("-", "_") == rule.id:
            return rule
    known = "、".join(f"{rule.id}（{rule.name}）" for rule in rules.values())
    raise WorkspaceError(f"没有预警规则“{meant}”。{nearest(meant, rules)}有：{known}。")


def falls(found: Seats) -> tuple[Fall, ...]:
    """Why the county's gap changes up to each stage's tightest year, for the pictures.

    Where next year is the tightest already, seats empty from then on: the fifth year shows how.
    """
    whole = found.table.filter(
        pl.col("area").is_null(), pl.col("zone").is_null(), pl.col("gap").is_not_null()
    )
    result = []
    for stage in whole["stage"].unique(maintain_order=True):
        by_gap = whole.filter(pl.col("stage") == stage).sort("gap", descending=True)["year"]
        years = sorted(by_gap)
        last = by_gap[0] if by_gap[0] != years[0] else years[min(_LATER, len(years)) - 1]
        changes = decompose(found.gap, stage, last)
        if changes is not None and changes.parts:
            result.append(_fall(changes))
    return tuple(result)


def seat_figures(found: Seats, *, by: str = "area", stages: Sequence[str] = ()) -> pl.DataFrame:
    """The table by county, town or zone: columns of `FIGURES`, in seats, unrounded."""
    table = _of(found, by)
    if stages:
        table = table.filter(pl.col("stage").is_in(stages))
    return table.select(*FIGURES)


def seat_reasons(found: Seats) -> tuple[str, ...]:
    """Why each place and stage is warned of: the first year of its gravest level, the gravest first."""
    order = pl.col("level").replace_strict(dict(zip(LEVELS, range(4), strict=True)), default=None)
    rows = (
        found.table.filter(pl.col("level").is_in(LEVELS))
        .sort(order, "year", "stage", "area", nulls_last=True)
        .unique(["area", "zone", "stage"], keep="first", maintain_order=True)
    )
    return tuple(rows["reason"])


def write_seats(figures: pl.DataFrame, path: Path) -> Path:
    """Write the table as .csv or .xlsx, with Chinese headings and words.

    Raises
    ------
    WorkspaceError
        The extension is another.
    """
    words = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝", "none": "无", "unknown": "不明"}
    named = figures.with_columns(
        pl.col("stage").map_elements(lambda each: label("stage", each), return_dtype=pl.String),
        pl.col("level").replace_strict(words, default=None),
    ).rename(FIGURES)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise WorkspaceError(f"{path.name}：只能写成 .csv 或 .xlsx。请改扩展名。")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        named.write_csv(path, include_bom=True)
    else:
        named.write_excel(path, worksheet="学位", float_precision=1, autofit=True, freeze_panes=(1, 3))
    return path


def seats_document(found: Seats, *, by: str) -> dict[str, Any]:
    """The same as plain data, with the rule, the assumptions, and what was missing."""
    return {
        "scenario": found.gap.outlook.scenario,
        "year": found.gap.supply.year,
        "public": found.gap.public,
        "flows": [row for each in found.gap.flows.values() for row in each.frame().to_dicts()],
        "warning": {
            "id": found.rule.id,
            "name": found.rule.name,
            "clause": found.rule.clause,
            "document": found.rule.document.title,
        },
        "late_projects": {
            "chances": list(found.gap.supply.late.chances),
            "seen": found.gap.supply.late.seen,
        },
        "seats": [
            {key: row[key] for key in (*AREA, *FIGURES, "demand_low", "demand_high", "shortage", "value")}
            for row in _of(found, by).iter_rows(named=True)
        ],
        "falls": [
            {
                "stage": fall.stage,
                "first": fall.first,
                "last": fall.last,
                "start": fall.start,
                "end": fall.end,
            }
            | {"parts": {part.name: part.value for part in fall.parts}}
            for fall in falls(found)
        ],
        "notes": list(found.gap.notes),
    }


def _of(found: Seats, by: str) -> pl.DataFrame:
    if by == "county":
        return found.table.filter(pl.col("area").is_null() & pl.col("zone").is_null())
    return found.table.filter(pl.col("zone").is_null() if by == "area" else pl.col("area").is_null())


def _fall(changes: Changes) -> Fall:
    parts = tuple(Part(part.name, part.value) for part in changes.parts)
    return Fall(changes.stage, changes.first, changes.last, changes.start, parts)
