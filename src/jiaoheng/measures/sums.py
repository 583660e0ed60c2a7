"""Numerators and denominators of all measures: their values in every row of the base frame, and their sums.

The engine makes the base frame, and counts the records of persons that may be millions. What is left has one
row per school and stage. That fits in memory even for a nation, and is worked out there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

WEIGHTS = "split_weight"
"""The parameter that says how resources of a school are shared out among its stages."""

KEYS = ("school_code", "area_code", "urban_rural", "ownership")
"""The columns by which schools are grouped."""

Numbers = Mapping[Term, int]
"""The number of each term. Its sums stand in columns of that number: ``n`` numerator, ``d`` denominator,
``k`` rows known, ``t`` rows in scope, ``q`` squared deviations from the group's ratio, weighted by ``d``,
and ``g<i>_<j>`` rows not known that lack its column j (see `leaves`)."""

SUMMED = re.compile(r"[ndktqg](\d+)")
"""The name of a column of sums, and the number of its term."""


@dataclass(frozen=True)
class SchoolRows:
    """One row per school and stage.

    Attributes
    ----------
    base : `KEYS`, ``stage``, and every column that a term reads.
    values : `KEYS` (``""`` where they are not known), ``stage``, and ``n<i>``, ``d<i>``, ``t<i>`` for each
        term: numerator and denominator are null unless the row is in scope and both are known; ``t`` is 1 for
        a row in scope, else 0 (no column for a term without a scope). Where the scope is not known, a row is
        in scope, and unknown.
    """

    base: pl.DataFrame
    values: pl.DataFrame
    numbers: Numbers


def school_rows(census: Census, engine: Engine, numbers: Numbers, catalogue: Catalogue) -> SchoolRows:
    """Make the base frame, and work out every term in every row of it."""
    needed = wanted(catalogue, numbers)
    frame = school_frame(census, engine, needed, weights=split_weights(catalogue))
    read = {name for term in numbers for node in term.nodes for name in node.columns()}
    read |= {leaf for term in numbers for leaf in leaves(term)}
    kept = [name for name in sorted(read) if name not in (*KEYS, "stage")]
    # Sums of floats depend on the order of the rows: sorted, they are the same in every run, on every engine.
    base = _collected(frame.select(*KEYS, "stage", *kept)).sort("school_code", "stage")
    return SchoolRows(base, _values(base, numbers, catalogue), numbers)


def _values(base: pl.DataFrame, numbers: Numbers, catalogue: Catalogue) -> pl.DataFrame:
    names = {node: f"x{place}" for place, node in enumerate(_nodes(numbers))}
    worked = base.lazy()
    if names:
        trees = {name: node for node, name in names.items()}
        worked = engines.derive(nw.from_native(worked), trees, school_schema(catalogue)).to_native()
    columns: list[pl.Expr] = []
    for term, place in numbers.items():
        parts = {"nd"[at]: pl.col(names[node]) for at, node in enumerate(_parts(term))}
        known = [part.is_not_null() for part in parts.values()] if len(parts) > 1 else []
        if term.where is not None:
            where = pl.col(names[term.where])
            known.append(where)
            columns.append(where.fill_null(True).cast(pl.Int8).alias(f"t{place}"))
        both = pl.all_horizontal(known) if known else None
        columns += [
            (part if both is None else pl.when(both).then(part)).alias(f"{letter}{place}")
            for letter, part in parts.items()
        ]
    return worked.select(pl.col(KEYS).fill_null(""), "stage", *columns).collect()


def sums(rows: SchoolRows, keys: Sequence[str], varied: Iterable[Term] = ()) -> pl.DataFrame:
    """The sums of all terms over the schools of each group and stage.

    Parameters
    ----------
    keys : some of `KEYS`; together with ``stage`` they make the groups.
    varied : the terms whose weighted squared deviations are wanted too.

    Returns
    -------
    polars.DataFrame
        `keys`, ``stage``, and the columns of `Numbers`.
    """
    groups = [*keys, "stage"]
    whole = [place for term, place in rows.numbers.items() if term.where is None]
    if "school_code" in keys:
        known = (pl.col(f"n{p}").is_not_null().cast(pl.Int8).alias(f"k{p}") for p in rows.numbers.values())
        every = (pl.lit(1, pl.Int8).alias(f"t{place}") for place in whole)
        return rows.values.select(*groups, pl.col(r"^[ndt]\d+$"), *known, *every)
    found = rows.values.group_by(groups, maintain_order=True).agg(
        pl.col(r"^[nd]\d+$").sum(),
        pl.col(r"^t\d+$").sum(),
        pl.col(r"^n\d+$").count().name.map(lambda name: f"k{name[1:]}"),
        pl.len().alias("rows"),
    )
    found = found.with_columns(pl.col("rows").alias(f"t{place}") for place in whole).drop("rows")
    places = [rows.numbers[term] for term in varied]
    if not places:
        return found
    # In order: what is summed up further, by thirds of a school, would else differ in its last digit.
    return found.join(_deviations(rows, found, groups, places), on=groups, maintain_order="left")


def _deviations(rows: SchoolRows, found: pl.DataFrame, groups: list[str], places: list[int]) -> pl.DataFrame:
    """Squared deviations from the ratio of each group.

    A second pass, because the difference of large sums would lose the digits of a small variation.
    """
    means = found.lazy().select(*groups, *(_ratio(place).alias(f"m{place}") for place in places))
    beside = rows.values.lazy().join(means, on=groups, maintain_order="left")
    squares = [
        (pl.col(f"d{place}") * (pl.col(f"n{place}") / pl.col(f"d{place}") - pl.col(f"m{place}")) ** 2)
        .sum()
        .alias(f"q{place}")
        for place in places
    ]
    return beside.group_by(groups).agg(squares).collect()


def gaps(rows: SchoolRows, keys: Sequence[str], terms: Iterable[Term]) -> pl.DataFrame:
    """How many rows of each group and stage lack each column that a term is made of.

    Returns
    -------
    polars.DataFrame
        `keys`, ``stage``, and ``g<i>_<j>`` for each of `terms`.
    """
    split = {column.name for column in shared_columns()}
    columns: list[pl.Expr] = []
    for term in terms:
        place = rows.numbers[term]
        unknown = pl.col(f"n{place}").is_null()
        unknown = unknown if term.where is None else unknown & (pl.col(f"t{place}") > 0)
        for at, leaf in enumerate(leaves(term)):
            gap = unknown & pl.col(leaf).is_null()
            # A share that is not known is the fault of the pupils, not of the resource.
            gap = gap & pl.col("stage_share").is_not_null() if leaf in split else gap
            columns.append(gap.sum().cast(pl.Int64).alias(f"g{place}_{at}"))
    groups = rows.values.select(pl.col(keys).name.prefix("by "), pl.col(r"^[nt]\d+$"))
    both = pl.concat([rows.base, groups], how="horizontal")
    by = [*(pl.col(f"by {key}").alias(key) for key in keys), "stage"]
    return both.group_by(by).agg(columns)


def leaves(term: Term) -> tuple[str, ...]:
    """The columns whose absence can leave a term unknown, in the order of its columns ``g<i>_<j>``."""
    names = set(term.leaves) - {"stage"}
    if names & {column.name for column in shared_columns()}:
        names.add("stage_share")
    return tuple(sorted(names))


def rolled_up(cells: pl.DataFrame, keys: Sequence[str], varied: Iterable[int] = ()) -> pl.DataFrame:
    """Sums over larger groups, made of the sums over smaller ones.

    Squared deviations are put together by ``Σ q_g + Σ d_g (m_g − m)²`` (Chan, Golub and LeVeque 1979).
    """
    columns = [name for name in cells.columns if SUMMED.match(name)]
    apart = []
    for place in varied:
        whole = pl.col(f"n{place}").sum().over(keys) / pl.col(f"d{place}").sum().over(keys)
        own = pl.col(f"n{place}") / pl.col(f"d{place}")
        moved = pl.when(pl.col(f"d{place}") > 0).then(pl.col(f"d{place}") * (own - whole) ** 2).otherwise(0.0)
        apart.append((pl.col(f"q{place}").fill_null(0.0) + moved).alias(f"q{place}"))
    return cells.with_columns(apart).group_by(keys, maintain_order=True).agg(pl.col(columns).sum())


def wanted(catalogue: Catalogue, terms: Iterable[Term]) -> Wanted:
    """What the base frame must hold for `terms`."""
    leaves = frozenset(name for term in terms for node in term.nodes for name in node.columns())
    counted: dict[str, dict[str, Node]] = {}
    # What is added up over the stages of a school must be filled before it is.
    asked = {name for name in ("classes", "migrants") if f"school_compulsory_{name}" in leaves}
    summed = {"pupils"} | asked
    filled = {
        id_ for id_ in summed if (known := catalogue.facts.get(id_)) is not None and known.records is not None
    }
    ids = {name.removeprefix(COUNTED) for name in leaves if name.startswith(COUNTED)}
    for id_ in sorted(ids | filled):
        fact = catalogue.facts[id_]
        node = catalogue.records_node(fact)
        if node is not None:
            assert fact.records is not None
            counted.setdefault(fact.records.table, {})[id_] = node
        elif fact.table in GROUPED_TABLES:
            counted.setdefault(fact.table, {})[id_] = catalogue.fact_node(fact)
    return Wanted(
        columns=leaves | summed,
        counted=counted,
        filled=frozenset(filled),
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


def _nodes(numbers: Numbers) -> list[Node]:
    return list(dict.fromkeys(node for term in numbers for node in term.nodes))


def _parts(term: Term) -> list[Node]:
    return [node for node in (term.numerator, term.denominator) if node is not None]


def _ratio(place: int) -> pl.Expr:
    return pl.when(pl.col(f"d{place}") > 0).then(pl.col(f"n{place}") / pl.col(f"d{place}"))


def _collected(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    return cast(pl.DataFrame, frame.collect("polars").to_native())
