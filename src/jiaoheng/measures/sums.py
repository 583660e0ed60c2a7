"""Numerators and denominators of all measures, summed over groups of schools in one pass over the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals as nw
import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine
from jiaoheng.measures.base import DERIVED, Wanted, school_frame, shared_columns
from jiaoheng.measures.columns import schema_of
from jiaoheng.measures.recipes import Term
from jiaoheng.measures.records import COUNTED
from jiaoheng.packs import BASE_COLUMNS, GROUPED_TABLES, Catalogue
from jiaoheng.packs.expression import Node, Type

Frame = nw.LazyFrame[Any]

_SUMMED = re.compile(r"[ndktqg]\d")

WEIGHTS = "split_weight"
"""The parameter that says how resources of a school are shared out among its stages."""


Numbers = Mapping[Term, int]
"""The number of each term. Its sums stand in columns of that number: ``n`` numerator, ``d`` denominator,
``k`` rows known, ``t`` rows in scope, ``q`` squared deviations from the group's ratio, weighted by ``d``."""


def row_frame(
    census: Census, engine: Engine, numbers: Numbers, catalogue: Catalogue, keys: Sequence[str]
) -> Frame:
    """One row per school and stage: ``stage``, the columns `keys`, and for every term its value in that row.

    ``n<i>`` and ``d<i>`` are null unless the row is in scope and both are known; ``t<i>`` is 1 for a row in
    scope, else 0. Where the scope itself is not known, a row counts as in scope, and as unknown.
    """
    base = school_frame(census, engine, wanted(catalogue, numbers), weights=split_weights(catalogue))
    nodes = list(dict.fromkeys(node for term in numbers for node in term.nodes))
    names = {node: f"x{place}" for place, node in enumerate(nodes)}
    trees = {name: node for node, name in names.items()}
    worked = engines.derive(base, trees, school_schema(catalogue)) if trees else base
    columns: list[nw.Expr] = []
    for term, place in numbers.items():
        columns += _masked(place, term, names)
    return worked.select("stage", *(_filled(key).alias(key) for key in keys), *columns)


def leaves(term: Term) -> tuple[str, ...]:
    """The columns whose absence can leave a term unknown, in the order of its columns ``g<i>_<j>``."""
    names = set(term.leaves) - {"stage"}
    if names & {column.name for column in shared_columns()}:
        names.add("stage_share")
    return tuple(sorted(names))


def school_gaps(
    census: Census, engine: Engine, numbers: Numbers, catalogue: Catalogue, *, keys: Sequence[str]
) -> pl.DataFrame:
    """How many rows of each group lack each column that a term is made of.

    Returns
    -------
    polars.DataFrame
        `keys`, ``stage``, and ``g<i>_<j>``: of the rows that are in the scope of term i and not known, how
        many lack its column j (see `leaves`).
    """
    groups = [*keys, "stage"]
    base = school_frame(census, engine, wanted(catalogue, numbers), weights=split_weights(catalogue))
    nodes = list(dict.fromkeys(node for term in numbers for node in term.nodes))
    names = {node: f"x{place}" for place, node in enumerate(nodes)}
    worked = engines.derive(base, {name: node for node, name in names.items()}, school_schema(catalogue))
    split = {column.name for column in shared_columns()}
    columns: dict[str, nw.Expr] = {}
    for term, place in numbers.items():
        unknown = nw.col(names[term.numerator]).is_null()
        if term.denominator is not None:
            unknown = unknown | nw.col(names[term.denominator]).is_null()
        if term.where is not None:
            where = nw.col(names[term.where])
            unknown = (unknown | where.is_null()) & nw.when(~where).then(nw.lit(False)).otherwise(
                nw.lit(True)
            )
        for at, leaf in enumerate(leaves(term)):
            gap = nw.col(leaf).is_null()
            # A share that is not known is the fault of the pupils, not of the resource.
            gap = gap & ~nw.col("stage_share").is_null() if leaf in split else gap
            columns[f"g{place}_{at}"] = (unknown & gap).cast(nw.Int64)
    rows = worked.select("stage", *(_filled(key).alias(key) for key in keys), **columns)
    return _collected(rows.group_by(*groups).agg(**{name: nw.col(name).sum() for name in columns}))


def _masked(place: int, term: Term, names: Mapping[Node, str]) -> list[nw.Expr]:
    numerator = nw.col(names[term.numerator])
    denominator = nw.col(names[term.denominator]) if term.denominator is not None else None
    conditions = [] if denominator is None else [~denominator.is_null(), ~numerator.is_null()]
    scope = nw.lit(1)
    if term.where is not None:
        where = nw.col(names[term.where])
        conditions.append(where)
        scope = nw.when(~where).then(nw.lit(0)).otherwise(nw.lit(1))
    both: nw.Expr | None = None
    for condition in conditions:
        both = condition if both is None else both & condition
    found = [(numerator if both is None else nw.when(both).then(numerator)).alias(f"n{place}")]
    if denominator is not None and both is not None:
        found.append(nw.when(both).then(denominator).alias(f"d{place}"))
    return [*found, scope.alias(f"t{place}")]


def school_sums(
    census: Census,
    engine: Engine,
    numbers: Numbers,
    catalogue: Catalogue,
    *,
    keys: Sequence[str],
    varied: Sequence[Term] = (),
) -> pl.DataFrame:
    """The sums of all terms over the schools of each group and stage.

    Parameters
    ----------
    keys : columns of the base frame that make the groups, besides ``stage``. A missing key becomes ``""``.
    varied : the terms (among `numbers`) whose weighted squared deviations are wanted too.

    Returns
    -------
    polars.DataFrame
        `keys`, ``stage``, and ``n<i>``, ``d<i>``, ``k<i>``, ``t<i>``, ``q<i>`` for term i (see `Numbers`).
    """
    groups = [*keys, "stage"]
    rows = row_frame(census, engine, numbers, catalogue, keys)
    sums: dict[str, nw.Expr] = {"rows": nw.len()}
    for term, place in numbers.items():
        sums[f"n{place}"] = nw.col(f"n{place}").sum()
        sums[f"k{place}"] = nw.col(f"n{place}").count()
        sums[f"t{place}"] = nw.col(f"t{place}").sum()
        if term.denominator is not None:
            sums[f"d{place}"] = nw.col(f"d{place}").sum()
    found = _collected(rows.group_by(*groups).agg(**sums))
    if not varied:
        return found
    some = {term: numbers[term] for term in varied}
    return found.join(_deviations(census, engine, some, catalogue, found, keys), on=groups, how="left")


def _deviations(
    census: Census,
    engine: Engine,
    numbers: Numbers,
    catalogue: Catalogue,
    sums: pl.DataFrame,
    keys: Sequence[str],
) -> pl.DataFrame:
    """Squared deviations from the ratio of each group.

    A second pass, because the difference of large sums would lose the digits of a small variation.
    """
    groups = [*keys, "stage"]
    means = sums.select(*groups, *(_ratio(place).alias(f"m{place}") for place in numbers.values()))
    rows = row_frame(census, engine, numbers, catalogue, keys)
    beside = rows.join(engine.from_arrow(means.to_arrow()), on=groups, how="inner")
    squares = {}
    for place in numbers.values():
        apart = nw.col(f"n{place}") / nw.col(f"d{place}") - nw.col(f"m{place}")
        squares[f"q{place}"] = nw.col(f"d{place}") * apart * apart
    worked = beside.select(*groups, **squares)
    return _collected(worked.group_by(*groups).agg(**{name: nw.col(name).sum() for name in squares}))


def rolled_up(sums: pl.DataFrame, keys: Sequence[str], varied: Iterable[int] = ()) -> pl.DataFrame:
    """Sums over larger groups, made of the sums over smaller ones.

    Squared deviations are put together by ``Σ q_g + Σ d_g (m_g − m)²`` (Chan, Golub and LeVeque 1979).
    """
    columns = [name for name in sums.columns if _SUMMED.match(name)]
    apart = []
    for place in varied:
        whole = pl.col(f"n{place}").sum().over(keys) / pl.col(f"d{place}").sum().over(keys)
        own = pl.col(f"n{place}") / pl.col(f"d{place}")
        moved = pl.when(pl.col(f"d{place}") > 0).then(pl.col(f"d{place}") * (own - whole) ** 2).otherwise(0.0)
        apart.append((pl.col(f"q{place}").fill_null(0.0) + moved).alias(f"q{place}"))
    return sums.with_columns(apart).group_by(keys, maintain_order=True).agg(pl.col(columns).sum())


def wanted(catalogue: Catalogue, terms: Iterable[Term]) -> Wanted:
    """What the base frame must hold for `terms`."""
    leaves = frozenset(name for term in terms for node in term.nodes for name in node.columns())
    counted: dict[str, dict[str, Node]] = {}
    pupils = catalogue.facts.get("pupils")
    fills_pupils = pupils is not None and pupils.records is not None
    ids = {name.removeprefix(COUNTED) for name in leaves if name.startswith(COUNTED)}
    for id_ in sorted(ids | ({"pupils"} if fills_pupils else set())):
        fact = catalogue.facts[id_]
        node = catalogue.records_node(fact)
        if node is not None:
            assert fact.records is not None
            counted.setdefault(fact.records.table, {})[id_] = node
        elif fact.table in GROUPED_TABLES:
            counted.setdefault(fact.table, {})[id_] = catalogue.fact_node(fact)
    return Wanted(
        columns=leaves,
        counted=counted,
        filled=frozenset({"pupils"}) if fills_pupils else frozenset(),
    )


def school_schema(catalogue: Catalogue) -> dict[str, Type]:
    """The columns that a base frame may have."""
    own: dict[str, Type] = {**schema_of("schools"), **schema_of("school_stages"), **BASE_COLUMNS}
    own |= {name: "number" for name in DERIVED if name not in own}
    return own | {COUNTED + id_: "number" for id_ in catalogue.facts}


def split_weights(catalogue: Catalogue) -> Mapping[str, float]:
    """By stage, how many primary pupils one pupil counts for; 1 for a stage that the pack does not name."""
    parameter = catalogue.parameters.get(WEIGHTS)
    if parameter is None or not isinstance(parameter.value, dict):
        return {}
    return parameter.value


def _filled(key: str) -> nw.Expr:
    return nw.coalesce(nw.col(key), nw.lit(""))


def _ratio(place: int) -> pl.Expr:
    return pl.when(pl.col(f"d{place}") > 0).then(pl.col(f"n{place}") / pl.col(f"d{place}"))


def _collected(frame: Frame) -> pl.DataFrame:
    return cast(pl.DataFrame, frame.collect("polars").to_native())
