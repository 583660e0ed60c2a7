"""Numerators and denominators at the grains above the school: areas, the county, the county's stages.

These tables are small once their records are counted, so the rest is worked out in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import narwhals as nw
import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.columns import schema_of
from jiaoheng.measures.recipes import Term
from jiaoheng.measures.records import COUNTED, counted_from
from jiaoheng.measures.sums import Numbers, leaves
from jiaoheng.packs import COUNTY_COLUMNS, Catalogue, Fact
from jiaoheng.packs.expression import Node, Type
from jiaoheng.packs.expression.nodes import Call
from jiaoheng.terms import FinanceItem

REGISTERS = frozenset({"projects", "housing"})
"""Tables that list things: an area that has no line in them has none of the things, and its sums are 0."""


def area_sums(census: Census, numbers: Numbers, catalogue: Catalogue) -> pl.DataFrame:
    """The terms of every area.

    Returns
    -------
    polars.DataFrame
        ``key`` (area code; the region's code where a table speaks of the whole county; ``""`` for records
        that name no area), ``listed`` (whether the area is in the census), ``n<i>``, ``d<i>``, ``k<i>``,
        ``t<i>``.
    """
    frame = _areas(census)
    facts = _facts(catalogue, numbers)
    for table, nodes in facts.items():
        if not census.has(table):
            nothing = [pl.lit(None, pl.Float64).alias(COUNTED + name) for name in nodes]
            frame = frame.with_columns(*nothing, pl.lit(False).alias(f"in_{table}"))
            continue
        rows = _rows(census, table).with_columns(pl.col("area_code").fill_null(""))
        counts = _counted(rows, table, nodes, ["area_code"]).with_columns(pl.lit(True).alias(f"in_{table}"))
        frame = frame.join(counts, on="area_code", how="full", coalesce=True)
        frame = frame.with_columns(pl.col(f"in_{table}").fill_null(False), pl.col("listed").fill_null(False))
        if table in REGISTERS:
            frame = frame.with_columns(_none_is_zero(table, name, node) for name, node in nodes.items())
    schema: dict[str, Type] = {**schema_of("areas"), **{COUNTED + id_: "number" for id_ in catalogue.facts}}
    scopes = {
        term: pl.any_horizontal("listed", *(f"in_{name}" for name in sorted(_tables(catalogue, term))))
        for term in numbers
    }
    return _worked(frame.rename({"area_code": "key"}), ["key", "listed"], numbers, schema, scopes)


def county_sums(census: Census, numbers: Numbers, catalogue: Catalogue) -> pl.DataFrame:
    """The terms of the county as a whole: one row; ``key`` is the region's code."""
    values: dict[str, object] = {}
    # A file of the prefecture may bring the rows of other counties too.
    rows = [row for row in census.table("county").to_pylist() if row["region_code"] == census.region]
    for name in schema_of("county"):
        values[name] = rows[0][name] if rows else None
    values |= finance(census) | {"census_year": census.year}
    schema: dict[str, Type] = {**schema_of("county"), **COUNTY_COLUMNS}
    schema |= dict.fromkeys(finance(census), "number")
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, schema=_dtypes(schema))
    for table, nodes in _facts(catalogue, numbers).items():
        schema |= {COUNTED + name: "number" for name in nodes}
        if census.has(table):
            counts = _counted(_rows(census, table), table, nodes, [])
            frame = pl.concat([frame, counts], how="horizontal")
        else:
            frame = frame.with_columns(pl.lit(None, pl.Float64).alias(COUNTED + name) for name in nodes)
    frame = frame.with_columns(pl.lit(census.region).alias("key"))
    return _worked(frame, ["key"], numbers, schema)


def county_stage_sums(census: Census, numbers: Numbers) -> pl.DataFrame:
    """The terms of the county by stage: ``key`` is the region's code."""
    schema = schema_of("county_stages")
    rows = census.table("county_stages").to_pylist()
    data = {name: [row[name] for row in rows] for name in schema}
    frame = pl.DataFrame(data, schema=_dtypes(schema)).with_columns(pl.lit(census.region).alias("key"))
    return _worked(frame, ["key", "stage"], numbers, schema)


def finance(census: Census) -> dict[str, float | None]:
    """The lines of the county's money turned into columns: ``<item>`` and ``<item>_last_year``, in yuan."""
    names = [item.value for item in FinanceItem]
    found: dict[str, float | None] = {f"{name}{end}": None for name in names for end in ("", "_last_year")}
    for row in census.table("finance").to_pylist():
        found[row["item"]] = row["amount"]
        found[f"{row['item']}_last_year"] = row["amount_last_year"]
    return found


def _areas(census: Census) -> pl.DataFrame:
    columns = schema_of("areas")
    data = census.table("areas").to_pydict()
    frame = pl.DataFrame({name: data[name] for name in columns}, schema=_dtypes(columns))
    return frame.with_columns(pl.lit(True).alias("listed"))


def _rows(census: Census, table: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(census.table(table)))


def _counted(rows: pl.DataFrame, table: str, nodes: Mapping[str, Node], keys: Sequence[str]) -> pl.DataFrame:
    frame = counted_from(nw.from_native(rows.lazy()), table, nodes, keys)
    return cast(pl.DataFrame, frame.collect("polars").to_native())


def _facts(catalogue: Catalogue, terms: Iterable[Term]) -> dict[str, dict[str, Node]]:
    """By table, the facts that the terms want counted."""
    found: dict[str, dict[str, Node]] = {}
    for fact in _counted_facts(catalogue, terms):
        found.setdefault(fact.table, {})[fact.id] = catalogue.fact_node(fact)
    return found


def _tables(catalogue: Catalogue, term: Term) -> frozenset[str]:
    return frozenset(fact.table for fact in _counted_facts(catalogue, [term]))


def _counted_facts(catalogue: Catalogue, terms: Iterable[Term]) -> list[Fact]:
    leaves = {name for term in terms for node in term.nodes for name in node.columns()}
    ids = sorted(name.removeprefix(COUNTED) for name in leaves if name.startswith(COUNTED))
    return [catalogue.facts[id_] for id_ in ids]


def _none_is_zero(table: str, name: str, node: Node) -> pl.Expr:
    column = pl.col(COUNTED + name)
    adds = all(
        part.function in ("sum", "count", "known", "if") for part in node.walk() if isinstance(part, Call)
    )
    return pl.when(pl.col(f"in_{table}") | (not adds)).then(column).otherwise(0.0).alias(COUNTED + name)


def _worked(
    frame: pl.DataFrame,
    keep: Sequence[str],
    numbers: Numbers,
    schema: Mapping[str, Type],
    scopes: Mapping[Term, pl.Expr] | None = None,
) -> pl.DataFrame:
    """The value of each term in each row of a small frame."""
    nodes = list(dict.fromkeys(node for term in numbers for node in term.nodes))
    names = {node: f"x{place}" for place, node in enumerate(nodes)}
    lazy = nw.from_native(frame.lazy())
    derived = engines.derive(lazy, {name: node for node, name in names.items()}, schema).collect("polars")
    worked = cast(pl.DataFrame, derived.to_native())
    columns: list[pl.Expr] = []
    for term, place in numbers.items():
        scope = scopes[term] if scopes else pl.lit(True)
        parts = [names[node] for node in (term.numerator, term.denominator) if node is not None]
        known = pl.all_horizontal(scope, *(pl.col(part).is_not_null() for part in parts))
        columns += [
            pl.when(known).then(pl.col(part)).alias(f"{'nd'[at]}{place}") for at, part in enumerate(parts)
        ]
        for at, leaf in enumerate(leaves(term)):
            columns.append((scope & ~known & pl.col(leaf).is_null()).cast(pl.Int64).alias(f"g{place}_{at}"))
        columns += [known.cast(pl.Int64).alias(f"k{place}"), scope.cast(pl.Int64).alias(f"t{place}")]
    return worked.select(*keep, *columns)


def _dtypes(schema: Mapping[str, Type]) -> dict[str, pl.DataType]:
    types: dict[str, pl.DataType] = {"number": pl.Float64(), "text": pl.String(), "boolean": pl.Boolean()}
    return {name: types[kind] for name, kind in schema.items()}
