"""Tidal seats for a workspace: rooms that move between stages over the wave, as a plan and as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng.forecast import Outlook
from jiaoheng.places.tidal import Rules, Tidal, frame, plan, problem_of, read_rules, sentences
from jiaoheng.places.tidal.solve import SECONDS
from jiaoheng.workspace.workspace import Workspace

TIDAL_RULES = Path(__file__).parent / "data" / "tidal.yaml"
"""Rules to begin with; their costs are made up, and say so."""


@dataclass(frozen=True)
class TidalPlan:
    """The plan of a county, and what was missing or supposed for it."""

    found: Tidal
    notes: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """For a report or a screen."""
        return (*sentences(self.found), *self.notes)


def plan_tidal(
    workspace: Workspace,
    outlook: Outlook,
    *,
    rules: Path | Rules | None = None,
    year: int | None = None,
    quantile: float | None = None,
    seconds: float = SECONDS,
) -> TidalPlan:
    """The schedule of conversions that leaves least shortage, then needs least new building.

    Parameters
    ----------
    outlook : the pupils to come.
    rules : what may be converted; None: `TIDAL_RULES`.
    year : of the census; None: the newest.
    quantile : of the futures that the seats are to suffice for; None: the forecast itself.
    """
    census = workspace.census(year)
    given = rules if isinstance(rules, Rules) else read_rules(rules or TIDAL_RULES)
    tables = {name: pl.DataFrame(census.table(name)) for name in ("schools", "school_stages")}
    projects = pl.DataFrame(census.table("projects")) if census.has("projects") else None
    named = pl.DataFrame(census.table("areas")) if census.has("areas") else None
    areas = {} if named is None else dict(named.select("area_code", "name").iter_rows())
    problem, notes = problem_of(
        outlook,
        given,
        schools=tables["schools"],
        stages=tables["school_stages"],
        projects=projects,
        areas={code: name for code, name in areas.items() if code in outlook.areas},
        quantile=quantile,
    )
    return TidalPlan(plan(problem, seconds=seconds), notes)


def tidal_data(planned: TidalPlan) -> dict[str, Any]:
    """A tidal plan as plain data; costs in yuan."""
    found = planned.found
    return {
        "years": list(found.problem.years),
        "proven": found.proven,
        "certified": dict(zip(("shortage", "seats", "cost"), found.certified, strict=True)),
        "score": vars(found.checked.score),
        "bound": vars(found.bound),
        "untouched": vars(found.untouched.score),
        "steps": frame(found).to_dicts(),
        "short": [
            {"area": zone or None, "stage": stage, "year": year, "pupils": pupils}
            for (zone, stage, year), pupils in sorted(found.checked.short.items())
        ],
        "sentences": list(planned.sentences),
        "seconds": found.seconds,
    }
