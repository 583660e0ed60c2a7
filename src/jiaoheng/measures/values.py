"""Measures as tables: long, with everything about each value, or wide, with a column per measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.measures import rules
from jiaoheng.measures.gather import Data, Gathered, Work, chosen
from jiaoheng.measures.groups import KEYS, grouping
from jiaoheng.measures.long import long_form
from jiaoheng.measures.outcome import NOT_APPLICABLE
from jiaoheng.measures.sums import KEYS as SCHOOL_KEYS
from jiaoheng.measures.sums import sums
from jiaoheng.packs import Catalogue, Measure

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
    extra: Iterable[Measure] = (),
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
    extra : measures that no pack has, made for the occasion; `ids` may name them.

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
    every = rules.in_force(catalogue or rules.catalogue(), year or census.year)
    if made := {measure.id: measure for measure in extra}:
        every = replace(every, measures={**every.measures, **made})
    measures = chosen(every, ids)
    work = Work.of(every, measures)
    with engines.open(engine) as opened:
        data = Data(census, opened, work.for_any([grouped_by]), [grouped_by])
    found = Gathered(data, grouped_by)
    whole = long_form(found, work, measures)
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
    every = rules.in_force(catalogue or rules.catalogue(), year or census.year)
    work = Work.of(every, chosen(every, ids))
    groupings = list(dict.fromkeys(grouping(one) for one in by))
    with engines.open(engine) as opened:
        data = Data(census, opened, work.for_any(groupings), groupings)
    # Kinds of schools are few and share their sums; areas are many, and schools need none.
    few = [one for one in groupings if one not in ("area", "school")]
    keys = [key for key in SCHOOL_KEYS if any(key in KEYS[one] for one in few)]
    cells = sums(data.schools, keys, data.work.varied) if few else None
    return {one: _wide(Gathered(data, one, cells=cells if one in few else None)) for one in groupings}


def _wide(found: Gathered) -> pl.DataFrame:
    work, by = found.work, found.by
    frames: dict[str | None, pl.DataFrame] = {}
    for part, recipes in work.by_slice.items():
        allowed = [recipe for recipe in recipes if work.allows(recipe, by)]
        if not allowed:
            continue
        columns = {recipe.measure.id: work.outcomes[recipe.measure.id].value for recipe in allowed}
        frame = found.frame(part).select("key", **columns)
        # Two measures can stand for the same group of stages, yet take other stages together.
        if part.label in frames:
            frame = frames[part.label].join(frame, on="key", how="full", coalesce=True)
        frames[part.label] = frame
    labelled = [frame.with_columns(stage=pl.lit(label, pl.String)) for label, frame in frames.items()]
    names = [recipe.measure.id for recipe in work.recipes if work.allows(recipe, by)]
    empty = pl.DataFrame(schema={"key": pl.String, "stage": pl.String} | dict.fromkeys(names, pl.Float64))
    return pl.concat([empty, *labelled], how="diagonal")
