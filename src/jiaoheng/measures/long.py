"""Lays the results of measures out as rows, and says of each that has no value why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from jiaoheng.measures.gather import Gathered, Slice, Work, slices
from jiaoheng.measures.reasons import not_allowed, why
from jiaoheng.measures.recipes import Recipe
from jiaoheng.packs import Measure

_FIELDS: Mapping[str, pl.DataType] = {
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "known": pl.Int64(),
    "total": pl.Int64(),
    "cause": pl.String(),
}

_BLANK = {"known": 0, "total": 0, "cause": "not_allowed"}


def long_form(found: Gathered, work: Work, measures: Sequence[Measure]) -> pl.DataFrame:
    """One row per measure, slice and group, in that order.

    Parameters
    ----------
    found : the sums of a grouping.
    work : all recipes, those that cannot be grouped in this way too.

    Returns
    -------
    polars.DataFrame
        ``measure``, ``stage``, ``key``, ``value``, ``numerator``, ``denominator``, ``known``, ``total``,
        ``cause`` (see `outcome.Cause`, or ``not_allowed``), ``key_name`` and ``reason``.
    """
    by_slice: dict[Slice, list[Recipe]] = {}
    for measure in measures:
        for part in slices(measure):
            by_slice.setdefault(part, []).append(work.by_id[measure.id])
    pieces = {
        (recipe.measure.id, part): piece
        for part, recipes in by_slice.items()
        for recipe, piece in zip(recipes, _of_slice(found, work, part, recipes), strict=True)
    }
    ordered = [pieces[measure.id, part] for measure in measures for part in slices(measure)]
    schema = {"measure": pl.String, "stage": pl.String, "key": pl.String} | dict(_FIELDS)
    whole = pl.concat(ordered) if ordered else pl.DataFrame(schema=schema)
    whole = whole.join(found.members, on="key", how="left", maintain_order="left")
    return whole.with_columns(pl.Series("reason", _reasons(whole, found, work), pl.String))


def _of_slice(found: Gathered, work: Work, part: Slice, recipes: Sequence[Recipe]) -> list[pl.DataFrame]:
    """The rows of each recipe. All are worked out in one go: Polars runs them side by side."""
    frame = found.frame(part)
    columns: list[pl.Expr] = []
    for place, recipe in enumerate(recipes):
        if work.allows(recipe, found.by):
            result = found.work.outcomes[recipe.measure.id]
            made = {name: getattr(result, name).cast(dtype) for name, dtype in _FIELDS.items()}
        else:
            made = {name: pl.lit(_BLANK.get(name), dtype) for name, dtype in _FIELDS.items()}
        columns += [expression.alias(f"{name} {place}") for name, expression in made.items()]
    worked = frame.select("key", *columns)
    pieces = []
    for place, recipe in enumerate(recipes):
        same = {"measure": recipe.measure.id, "stage": part.label}
        given = [
            pl.Series(name, [value], pl.String).new_from_index(0, len(worked)) for name, value in same.items()
        ]
        fields = [worked[f"{name} {place}"].alias(name) for name in _FIELDS]
        pieces.append(pl.DataFrame([*given, worked["key"], *fields]))
    return pieces


def _reasons(whole: pl.DataFrame, found: Gathered, work: Work) -> list[str | None]:
    """The reason of each row, None where it has a value. Only where something is missing is it looked for."""
    unknown = whole.filter(pl.col("cause") != "known").select("measure", "stage").unique()
    wanted: dict[Slice, list[Recipe]] = {}
    for id_, stage in unknown.iter_rows():
        recipe = work.by_id[id_]
        part = next(part for part in slices(recipe.measure) if part.label == stage)
        wanted.setdefault(part, []).append(recipe)
    rows = {part: _rows(found, work, part, recipes) for part, recipes in wanted.items()}
    parts = {(recipe.measure.id, part.label): part for part, recipes in wanted.items() for recipe in recipes}
    reasons: list[str | None] = []
    for id_, stage, key, cause in whole.select("measure", "stage", "key", "cause").iter_rows():
        if cause == "known":
            reasons.append(None)
        elif cause == "not_allowed":
            reasons.append(not_allowed(work.by_id[id_], found.by))
        else:
            part = parts[id_, stage]
            row = rows[part][key]
            reasons.append(
                why(cause, work.by_id[id_], row, part, found.by, work.catalogue, found.work.numbers)
            )
    return reasons


def _rows(found: Gathered, work: Work, part: Slice, recipes: Iterable[Recipe]) -> dict[str, dict[str, Any]]:
    allowed = [recipe for recipe in recipes if work.allows(recipe, found.by)]
    terms = dict.fromkeys(term for recipe in allowed for term in recipe.terms)
    return {row["key"]: row for row in found.gaps(part, terms).iter_rows(named=True)} if allowed else {}
