"""Measures of every school and of every county of a snapshot that holds many counties at once.

Each county has its own sums, its own mean and its own variation, and all are worked out in one pass. What a
county keeps as a whole (finance, surveys, population) is not looked at: a snapshot of many counties has it of
none. For the figures of one county, and the full reasons where there are none, see `compute`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.measures import rules
from jiaoheng.measures.gather import Data, Gathered, Slice, Work, chosen, slices
from jiaoheng.measures.outcome import NOT_APPLICABLE, Outcome
from jiaoheng.measures.recipes import Recipe
from jiaoheng.measures.sums import SUMMED, SchoolRows, sums
from jiaoheng.packs import Catalogue, Measure

COUNTY_DIGITS = 6
"""A code of an area begins with that of its county (GB/T 2260)."""

VALUES: Mapping[str, pl.DataType] = {
    "key": pl.String(),
    "key_name": pl.String(),
    "stage": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "status": pl.String(),
    "reason": pl.String(),
}
"""The columns of a table of values: those of `jiaoheng.measures.SCHEMA` that are not the same throughout."""

_REASONS: Mapping[str, str] = {
    "out_of_scope": "不在统计范围内",
    "alone": "只有一所学校，没有校际差异",
    "zero": "分母或合计为 0",
    "few": "可比较的学校不足两所",
    "not_here": "所用的数据不按学校统计，多县合算时不计",
}
_OTHERWISE = "所需数据不全"


@dataclass(frozen=True)
class ManyValues:
    """What `compute_many` found.

    Attributes
    ----------
    schools, counties : by the id of a measure, its values, with the columns of `VALUES`. ``key`` is the code
        of a school or of a county, ``key_name`` that of its county.
    units : the codes of the counties (``""`` for schools whose area is not known).
    """

    schools: Mapping[str, pl.DataFrame]
    counties: Mapping[str, pl.DataFrame]
    units: tuple[str, ...]


def compute_many(
    census: Census,
    *,
    by_school: Iterable[str],
    by_county: Iterable[str],
    engine: str = "duckdb",
    catalogue: Catalogue | None = None,
    extra: Iterable[Measure] = (),
) -> ManyValues:
    """Work out measures for every school, and others for every county, of a snapshot of many counties.

    Parameters
    ----------
    census : the snapshot; a school lies in the county whose code its area's code begins with.
    by_school, by_county : ids of measures.
    engine, catalogue, extra : as for `compute`.

    Raises
    ------
    UnknownMeasureError, PackError, EngineError
        A measure, a rule or an engine is not as it should be.
    """
    every = rules.in_force(catalogue or rules.catalogue(), census.year)
    every = replace(every, measures={**every.measures, **{measure.id: measure for measure in extra}})
    of_schools, of_counties = chosen(every, by_school), chosen(every, by_county)
    work = Work.of(every, dict.fromkeys((*of_schools, *of_counties)))
    with engines.open(engine) as opened:
        data = Data(census, opened, work, ["school"])
    units = pl.col("area_code").str.head(COUNTY_DIGITS)
    codes = data.schools.values.select(key=units).unique().sort("key")
    homes = data.schools.values.select(key="school_code", key_name=units).unique()
    gathered = Gathered(data, "school")
    frames = {
        part: gathered.frame(part).join(homes, on="key", how="left", maintain_order="left")
        for part in _parts(of_schools)
    }
    schools = {measure.id: _values(work, measure, frames) for measure in of_schools}
    cells = _cells(data.schools, units, work) if of_counties else pl.DataFrame()
    frames = {part: _of_counties(cells, codes, part, work) for part in _parts(of_counties)}
    counties = {measure.id: _values(work, measure, frames) for measure in of_counties}
    return ManyValues(schools, counties, tuple(codes["key"]))


def _parts(measures: Iterable[Measure]) -> dict[Slice, None]:
    return dict.fromkeys(part for measure in measures for part in slices(measure))


def _cells(rows: SchoolRows, units: pl.Expr, work: Work) -> pl.DataFrame:
    """The sums over the schools of each county and stage: counties take the place of areas."""
    by_county = replace(rows, values=rows.values.with_columns(area_code=units))
    return sums(by_county, ["area_code"], work.varied).rename({"area_code": "key"})


def _of_counties(cells: pl.DataFrame, codes: pl.DataFrame, part: Slice, work: Work) -> pl.DataFrame:
    """One row for each county, with the sums over its schools of the stages of `part`."""
    here = cells.filter(pl.col("stage").is_in(part.stages)) if part.stages else cells
    names = [name for name in cells.columns if SUMMED.match(name)]
    if len(part.stages) != 1:
        here = here.group_by("key", maintain_order=True).agg(pl.col(names).sum())
    frame = codes.join(here, on="key", how="left", maintain_order="left")
    counts = [f"{letter}{place}" for place in work.at("school").values() for letter in "kt"]
    blank = [
        pl.lit(None, pl.Float64).alias(f"{letter}{place}")
        for place in work.at("school").values()
        for letter in "dq"
        if f"{letter}{place}" not in names
    ]
    return frame.with_columns(pl.col(counts).fill_null(0), *blank, key_name="key")


def _values(work: Work, measure: Measure, frames: Mapping[Slice, pl.DataFrame]) -> pl.DataFrame:
    recipe = work.by_id[measure.id]
    made = work.outcomes[measure.id] if _of_schools_alone(work, recipe) else None
    parts = [_laid_out(frames[part], part, made) for part in slices(measure)]
    return pl.concat([pl.DataFrame(schema=VALUES), *parts])


def _of_schools_alone(work: Work, recipe: Recipe) -> bool:
    if recipe.kind == "mean":
        return all(_of_schools_alone(work, work.by_id[id_]) for id_ in recipe.mean_of)
    return recipe.grains <= {"school"}


def _laid_out(frame: pl.DataFrame, part: Slice, made: Outcome | None) -> pl.DataFrame:
    nothing = pl.lit(None, pl.Float64)
    cause = pl.lit("not_here") if made is None else made.cause
    worked = frame.lazy().select(
        "key",
        "key_name",
        cause=cause,
        value=nothing if made is None else made.value,
        numerator=nothing if made is None else made.numerator.cast(pl.Float64),
        denominator=nothing if made is None else made.denominator.cast(pl.Float64),
    )
    status = (
        pl.when(pl.col("cause") == "known")
        .then(pl.lit("known"))
        .when(pl.col("cause").is_in(NOT_APPLICABLE))
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("unknown"))
    )
    reason = pl.col("cause").replace_strict(_REASONS, default=_OTHERWISE, return_dtype=pl.String)
    return worked.select(
        "key",
        "key_name",
        pl.lit(part.label, pl.String).alias("stage"),
        "value",
        "numerator",
        "denominator",
        status.alias("status"),
        pl.when(pl.col("cause") != "known").then(reason).alias("reason"),
    ).collect()
