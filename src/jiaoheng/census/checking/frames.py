"""Lays beside each row of a table what its checks ask for: last year's values, sums, counts from records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
import shapely

from jiaoheng import engine
from jiaoheng.census import dictionary
from jiaoheng.census.checking.view import View
from jiaoheng.packs import Catalogue
from jiaoheng.packs import check_names as names
from jiaoheng.packs.expression import Type

_POLARS: Mapping[Type, pl.DataType] = {"number": pl.Float64(), "text": pl.String(), "boolean": pl.Boolean()}
_CENSUS_DAY = (9, 1)


def frame(view: View, table: str, wanted: Collection[str], catalogue: Catalogue) -> pl.DataFrame:
    """The rows of a table with the names that checks want.

    Parameters
    ----------
    view : the census.
    table : whose rows are checked.
    wanted : names of `jiaoheng.packs.check_names`.
    catalogue : the facts that ``roster_`` counts.

    Returns
    -------
    polars.DataFrame
        The table's key and the wanted names; null where unknown, so also where there is no year before.
    """
    keys = dictionary.table(table).key
    rows = view.table(table)
    if table in names.OF_SCHOOLS:
        rows = _with_schools(view, rows, wanted)
    derived = {*names.EVERYWHERE, *names.DERIVED.get(table, ())}.intersection(_bases(wanted))
    rows = rows.with_columns(_derived(view, rows, table, sorted(derived)))
    for prefix, add in _PREFIXES.items():
        some = [name for name in wanted if name.startswith(prefix) and name not in rows.columns]
        if some:
            rows = add(view, table, rows, some, catalogue)
    return rows.select(*keys, *(name for name in wanted if name not in keys))


def _with_schools(view: View, rows: pl.DataFrame, wanted: Collection[str]) -> pl.DataFrame:
    """The rows with the columns of their school that are wanted and not their own."""
    schools = view.table("schools")
    more = [name for name in _bases(wanted) if name in schools.columns and name not in rows.columns]
    if not more:
        return rows
    return rows.join(schools.select("school_code", *more), on="school_code", how="left")


def _bases(wanted: Collection[str]) -> list[str]:
    """The wanted names, and the columns that ``same_`` and ``others_`` read."""
    read = [
        name.removeprefix(prefix)
        for name in wanted
        for prefix in (names.SAME, names.OTHERS)
        if name.startswith(prefix)
    ]
    return list(dict.fromkeys([*wanted, *read]))


# --- last year ---


def _last(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    schema = names.names_of(table, catalogue)
    if view.last is None:
        return rows.with_columns(pl.lit(None, _POLARS[schema[name]]).alias(name) for name in wanted)
    keys = list(dictionary.table(table).key)
    plain = [name.removeprefix(names.LAST) for name in wanted]
    before = frame(view.last, table, plain, catalogue)
    if "school_code" in keys:
        before = _moved(before, keys, view.homes)
    if table == "county":
        # A county has one row, whatever it was called.
        return pl.concat([rows, _renamed(before, plain).head(1)], how="horizontal")
    return rows.join(_renamed(before, plain, keys), on=keys, how="left")


def _renamed(before: pl.DataFrame, plain: Sequence[str], keys: Sequence[str] = ()) -> pl.DataFrame:
    return before.select(*keys, *(pl.col(name).alias(f"{names.LAST}{name}") for name in plain))


def _moved(before: pl.DataFrame, keys: Sequence[str], homes: Mapping[str, str | None]) -> pl.DataFrame:
    """Last year's rows under this year's codes: those of merged schools are added up."""
    if not homes:
        return before
    codes = pl.Series(list(homes), dtype=pl.String)
    moves = pl.DataFrame({"school_code": codes, "_home": pl.Series(list(homes.values()), dtype=pl.String)})
    gone = [code for code, home in homes.items() if home is None]
    kept = before.filter(~pl.col("school_code").is_in(gone)).join(moves, on="school_code", how="left")
    kept = kept.with_columns(pl.coalesce("_home", "school_code").alias("school_code")).drop("_home")
    values = [name for name in kept.columns if name not in keys]
    return kept.group_by(keys, maintain_order=True).agg(
        _sum(name) if kept.schema[name].is_numeric() else _only(name) for name in values
    )


def _sum(name: str) -> pl.Expr:
    """The sum, unknown as soon as one part is."""
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).otherwise(None).alias(name)


def _only(name: str) -> pl.Expr:
    return pl.when(pl.col(name).n_unique() == 1).then(pl.col(name).first()).otherwise(None).alias(name)


# --- sums and counts of other tables ---


def _roster(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    keys = ["school_code", "stage"]
    facts = {name.removeprefix(names.ROSTER): name for name in wanted}
    by_table: dict[str, dict[str, Any]] = {}
    for fact, name in facts.items():
        records = catalogue.facts[fact].records
        assert records is not None
        by_table.setdefault(records.table, {})[name] = catalogue.records_node(catalogue.facts[fact])
    for source, nodes in by_table.items():
        lazy = nw.from_native(view.table(source).lazy())
        counted = engine.aggregate(lazy, keys, nodes, catalogue.columns[source])
        rows = rows.join(counted.collect("polars").to_native(), on=keys, how="left")
    return rows


def _total(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    sums = _sums(view.table("school_stages"), names.TOTAL, wanted, ["school_code"])
    return rows.join(sums, on="school_code", how="left")


def _schools(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    stages = view.table("school_stages")
    if table == "county_stages":
        return rows.join(_sums(stages, names.SCHOOLS, wanted, ["stage"]), on="stage", how="left")
    of_stages = [name for name in wanted if name.removeprefix(names.SCHOOLS) in stages.columns]
    of_schools = [name for name in wanted if name not in of_stages]
    for source, some in ((stages, of_stages), (view.table("schools"), of_schools)):
        if some:
            rows = rows.join(_sums(source, names.SCHOOLS, some, []), how="cross")
    return rows


def _population(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    return rows.join(_sums(view.table("population"), names.POPULATION, wanted, []), how="cross")


def _rows(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    """How many rows other tables have; unknown for a table that was not imported."""
    if table == "schools":
        for name in wanted:
            source = view.table(name.removeprefix(names.ROWS))
            counted = source.group_by("school_code").agg(pl.len().cast(pl.Float64).alias(name))
            rows = rows.join(counted, on="school_code", how="left")
        some = [name for name in wanted if view.table(name.removeprefix(names.ROWS)).height]
        return rows.with_columns(pl.col(name).fill_null(0.0) for name in some)
    counts = {name: view.table(name.removeprefix(names.ROWS)).height or None for name in wanted}
    return rows.with_columns(pl.lit(count, pl.Float64).alias(name) for name, count in counts.items())


def _sums(source: pl.DataFrame, prefix: str, wanted: Sequence[str], by: list[str]) -> pl.DataFrame:
    """One row a group; unknown where a part is unknown, or where there is none."""
    sums = [
        pl.when(pl.col(name.removeprefix(prefix)).is_not_null().all() & (pl.len() > 0))
        .then(pl.col(name.removeprefix(prefix)).sum())
        .otherwise(None)
        .cast(pl.Float64)
        .alias(name)
        for name in wanted
    ]
    return source.group_by(by).agg(sums) if by else source.select(sums)


# --- rows that are alike ---


def _same(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    columns = [name.removeprefix(names.SAME) for name in wanted]
    return rows.with_columns(
        pl.when(pl.col(column).is_not_null()).then(pl.len().over(column)).cast(pl.Float64).alias(name)
        for column, name in zip(columns, wanted, strict=True)
    )


def _others(
    view: View, table: str, rows: pl.DataFrame, wanted: Sequence[str], catalogue: Catalogue
) -> pl.DataFrame:
    key = dictionary.table(table).key[0]
    who = pl.col("name") if "name" in rows.columns else pl.col(key)
    for name in wanted:
        column = name.removeprefix(names.OTHERS)
        alike = rows.select(column, key, (who + "（" + pl.col(key) + "）").alias("_who")).filter(
            pl.col(column).is_not_null() & pl.col(column).is_duplicated()
        )
        pairs = alike.join(alike, on=column, suffix="_other").filter(pl.col(key) != pl.col(f"{key}_other"))
        others = pairs.group_by(key, maintain_order=True).agg(pl.col("_who_other").str.join("、").alias(name))
        rows = rows.join(others, on=key, how="left")
    return rows


_Add = Callable[[View, str, pl.DataFrame, Sequence[str], Catalogue], pl.DataFrame]

_PREFIXES: Mapping[str, _Add] = {
    names.LAST: _last,
    names.ROSTER: _roster,
    names.TOTAL: _total,
    names.SCHOOLS: _schools,
    names.POPULATION: _population,
    names.ROWS: _rows,
    names.SAME: _same,
    names.OTHERS: _others,
}


# --- what a row says of itself ---


def _derived(
    view: View, rows: pl.DataFrame, table: str, wanted: Sequence[str]
) -> Iterator[pl.Expr | pl.Series]:
    for name in wanted:
        if name == "year":
            yield pl.lit(float(view.year)).alias(name)
        elif name in ("region", "province"):
            yield pl.lit(view.region if name == "region" else view.region[:2]).alias(name)
        elif name == "point":
            yield pl.format("{}，{}", pl.col("longitude").round(5), pl.col("latitude").round(5)).alias(name)
        elif name == "age":
            yield _age(view.year).alias(name)
        elif name in ("in_county", "in_area"):
            yield _inside(view, rows, by_area=name == "in_area").alias(name)
        else:
            yield _of_code(name, "school_code" if table == "schools" else "area_code").alias(name)


def _of_code(name: str, column: str) -> pl.Expr:
    code = pl.col(column)
    if name == "code_length":
        digits = code.str.contains(r"^[0-9]+$")
        return pl.when(digits).then(code.str.len_chars()).otherwise(0).cast(pl.Float64)
    start, length = {"code_kind": (0, 2), "code_province": (2, 2), "code_county": (0, 6)}[name]
    return code.str.slice(start, length)


def _age(year: int) -> pl.Expr:
    """Whole years on the day of the census."""
    birth = pl.col("birth_date")
    month, day = _CENSUS_DAY
    later = (birth.dt.month() > month) | ((birth.dt.month() == month) & (birth.dt.day() > day))
    return (year - birth.dt.year() - later.cast(pl.Int32)).cast(pl.Float64)


def _inside(view: View, rows: pl.DataFrame, *, by_area: bool) -> pl.Series:
    """Whether each row's point lies in the county, or in its own area; unknown without boundaries."""
    areas = {
        code: shapely.make_valid(shape)
        for code, text in view.table("areas").select("area_code", "boundary").iter_rows()
        if text and (shape := shapely.from_wkt(text, on_invalid="ignore")) is not None
    }
    whole = (
        bool(areas) and len(areas) == view.table("areas").filter(pl.col("area_code") != view.region).height
    )
    county = shapely.union_all(list(areas.values())) if whole else None
    if county is not None:
        shapely.prepare(county)
    found: list[bool | None] = []
    for area, x, y in rows.select("area_code", "longitude", "latitude").iter_rows():
        shape = areas.get(area) if by_area else county
        found.append(
            None if shape is None or x is None or y is None else bool(shapely.intersects_xy(shape, x, y))
        )
    return pl.Series(found, dtype=pl.Boolean)
