"""Measures as tables: long, with everything about each value, or wide, with a column per measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.measures import rules
from jiaoheng.measures.gather import Gathered, Slice, Work, chosen, in_force, slices
from jiaoheng.measures.groups import grouping
from jiaoheng.measures.outcome import NOT_APPLICABLE, outcome
from jiaoheng.measures.reasons import not_allowed, why
from jiaoheng.measures.recipes import Recipe
from jiaoheng.packs import Catalogue

SCHEMA = pl.Schema(
    {
        "measure": pl.String(),
        "year": pl.Int64(),
        "by": pl.String(),
        "key": pl.String(),
        "key_name": pl.String(),
        "stage": pl.String(),
        "value": pl.Float64(),
        "numerator": pl.Float64(),
        "denominator": pl.Float64(),
        "known": pl.Int64(),
        "total": pl.Int64(),
        "coverage": pl.Float64(),
        "status": pl.String(),
        "reason": pl.String(),
    }
)
"""The columns of the long form."""


def compute(
    census: Census,
    ids: str | Iterable[str] | None = None,
    *,
    by: str = "county",
    engine: str = "duckdb",
    catalogue: Catalogue | None = None,
    year: int | None = None,
) -> pl.DataFrame:
    """Work out measures, one row per measure, group and stage.

    Parameters
    ----------
    census : the snapshot.
    ids : ids, names or aliases of measures; all where None.
    by : ``county``, ``area``, ``school``, ``urban_rural`` or ``ownership``.
    engine : ``duckdb``, ``polars`` or ``spark``.
    catalogue : the rules; those that come with Jiaoheng where None.
    year : the year whose rules hold (those in force on 1 September), where it is not the census's own.

    Returns
    -------
    polars.DataFrame
        With the columns of `SCHEMA`. ``key`` is the code of the group (``""`` for schools of which it is not
        known), ``stage`` a stage, the word for several stages together, or null for a measure without stages.
        ``value`` is unrounded, in the measure's unit: the sum of numerators over the sum of denominators of
        the rows where both are known, times the factor. ``known`` of ``total`` rows in scope were used;
        ``coverage`` is their ratio (null where nothing is in scope). ``status`` is ``known``, ``unknown`` or
        ``not_applicable``, with a ``reason`` in Chinese for the last two.

    Raises
    ------
    UnknownMeasureError, GroupingError, PackError, EngineError
        A measure, a grouping, a rule or an engine is not as it should be.

    Notes
    -----
    A sum, and a ratio whose parts come from different tables, needs all its rows: one that is missing would
    count as zero. A ratio over the same rows is taken over those that are known, with its coverage beside it.
    """
    grouped_by = grouping(by)
    every = in_force(catalogue or rules.catalogue(), year or census.year)
    measures = chosen(every, ids)
    work = Work.of(every, measures)
    with engines.open(engine) as opened:
        found = Gathered(census, opened, work.allowed(grouped_by), grouped_by)
        parts = [
            _long(
                found, work.by_id[measure.id], part, allowed=work.allows(work.by_id[measure.id], grouped_by)
            )
            for measure in measures
            for part in slices(measure)
        ]
        whole = pl.concat(parts) if parts else pl.DataFrame(schema=_LONG)
        whole = _with_reasons(whole, found, work)
    return whole.with_columns(
        year=pl.lit(census.year, pl.Int64),
        by=pl.lit(by),
        coverage=pl.when(pl.col("total") > 0).then(pl.col("known") / pl.col("total")),
        status=pl.when(pl.col("cause") == "known")
        .then(pl.lit("known"))
        .when(pl.col("cause").is_in([*NOT_APPLICABLE, "not_allowed"]))
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("unknown")),
    ).select(SCHEMA.names())


_KEPT = ("measure", "key", "key_name", "stage", "value", "numerator", "denominator", "known", "total")

_LONG = pl.Schema({name: SCHEMA[name] for name in _KEPT} | {"cause": pl.String()})


def _long(found: Gathered, recipe: Recipe, part: Slice, *, allowed: bool) -> pl.DataFrame:
    frame = found.frame(part)
    work = found.work
    names = {"measure": pl.lit(recipe.measure.id), "stage": pl.lit(part.label, pl.String)}
    if not allowed:
        nothing = {
            name: pl.lit(None, dtype) for name, dtype in _LONG.items() if name not in ("key", "key_name")
        }
        blank = nothing | names | {"known": pl.lit(0), "total": pl.lit(0), "cause": pl.lit("not_allowed")}
        return frame.select("key", "key_name", **blank).select(_LONG.names()).cast(_LONG)
    result = outcome(recipe, work.numbers, work.by_id)
    columns = {
        name: getattr(result, name)
        for name in ("value", "numerator", "denominator", "known", "total", "cause")
    }
    return frame.select("key", "key_name", **names, **columns).select(_LONG.names()).cast(_LONG)


def _with_reasons(whole: pl.DataFrame, found: Gathered, work: Work) -> pl.DataFrame:
    """Add ``reason``. What is missing is only looked for where something is."""
    unknown = whole.filter(pl.col("cause") != "known").select("measure", "stage", "key", "cause")
    wanted: dict[Slice, set[Recipe]] = {}
    for id_, stage in unknown.select("measure", "stage").unique().iter_rows():
        recipe = work.by_id[id_]
        part = next(part for part in slices(recipe.measure) if part.label == stage)
        wanted.setdefault(part, set()).add(recipe)
    rows: dict[Slice, dict[str, dict[str, object]]] = {}
    for part, recipes in wanted.items():
        terms = {term for recipe in recipes if recipe.measure.id in found.work.by_id for term in recipe.terms}
        frame = found.gaps(part, sorted(terms, key=found.work.numbers.__getitem__))
        rows[part] = {row["key"]: row for row in frame.iter_rows(named=True)}
    reasons = []
    parts = {(recipe.measure.id, part.label): part for part, all_ in wanted.items() for recipe in all_}
    for id_, stage, key, cause in unknown.iter_rows():
        recipe, part = work.by_id[id_], parts[id_, stage]
        if cause == "not_allowed":
            reasons.append(not_allowed(recipe, found.by))
        else:
            row = rows[part][key]
            reasons.append(why(cause, recipe, row, part, found.by, work.catalogue, found.work.numbers))
    said = unknown.drop("cause").with_columns(pl.Series("reason", reasons, pl.String))
    return whole.join(
        said, on=["measure", "stage", "key"], how="left", nulls_equal=True, maintain_order="left"
    )


def table(
    census: Census,
    ids: str | Iterable[str] | None = None,
    *,
    by: str = "county",
    engine: str = "duckdb",
    catalogue: Catalogue | None = None,
    year: int | None = None,
) -> pl.DataFrame:
    """Work out measures, one row per group and stage, one column per measure.

    The parameters are those of `compute`, and so are the values; a measure that cannot be grouped in this way
    has no column. Coverage and reasons are left out, which is what makes it fast.

    Returns
    -------
    polars.DataFrame
        ``key``, ``stage`` (null for measures without stages), and a Float64 column per measure, null where it
        is unknown or does not apply.
    """
    return tables(census, ids, by=(by,), engine=engine, catalogue=catalogue, year=year)[by]


def tables(
    census: Census,
    ids: str | Iterable[str] | None = None,
    *,
    by: Sequence[str],
    engine: str = "duckdb",
    catalogue: Catalogue | None = None,
    year: int | None = None,
) -> dict[str, pl.DataFrame]:
    """`table` for several groupings at once; the schools are read once for all that are not ``school``."""
    every = in_force(catalogue or rules.catalogue(), year or census.year)
    work = Work.of(every, chosen(every, ids))
    with engines.open(engine) as opened:
        return {
            one: _wide(Gathered(census, opened, work.allowed(grouping(one)), grouping(one))) for one in by
        }


def _wide(found: Gathered) -> pl.DataFrame:
    by_slice: dict[Slice, list[Recipe]] = {}
    for recipe in found.work.recipes:
        for part in slices(recipe.measure):
            by_slice.setdefault(part, []).append(recipe)
    frames = []
    for part, recipes in by_slice.items():
        columns = {
            recipe.measure.id: outcome(recipe, found.work.numbers, found.work.by_id).value
            for recipe in recipes
        }
        frames.append(
            found.frame(part).select("key", pl.lit(part.label, pl.String).alias("stage"), **columns)
        )
    names = [recipe.measure.id for recipe in found.work.recipes]
    return pl.concat(frames, how="diagonal").select("key", "stage", *names)
