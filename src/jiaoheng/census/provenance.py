"""Remembers for every row of a snapshot which rows of which sheets it came from, and finds the cell again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from jiaoheng.census.manifest import ImportedSource
from jiaoheng.census.reading import Place, Reading, key_text

SCHEMA = pl.Schema({"table": pl.String(), "key": pl.String(), "source": pl.Int32(), "row": pl.Int32()})


def extend(
    known: pl.DataFrame,
    known_sources: Sequence[ImportedSource],
    reading: Reading,
    *,
    version: int,
    replaced: Collection[str] = (),
) -> tuple[pl.DataFrame, tuple[ImportedSource, ...]]:
    """What is known, and what this reading adds.

    Parameters
    ----------
    known, known_sources : the provenance of the version before, and its sources.
    reading : what is being imported, as version ``version``.
    replaced : tables that the import replaces whole; what was known of them is dropped.

    Returns
    -------
    tuple
        The rows, and the sources that they number. A row whose every column has been overwritten since is
        dropped.
    """
    added = pl.DataFrame(reading.rows).cast(SCHEMA).unique(maintain_order=True)
    if replaced:
        known = known.filter(~pl.col("table").is_in(list(replaced)))
    if known.height and added.height:
        known = _without_overwritten(known, known_sources, added, reading)
    sources = (*known_sources, *(ImportedSource(version, source) for source in reading.sources))
    added = added.with_columns(pl.col("source") + len(known_sources))
    return pl.concat([known, added]), sources


def find(
    known: pl.DataFrame,
    sources: Sequence[ImportedSource],
    table: str,
    key: Sequence[object] | object,
    column: str,
) -> tuple[Place, ...]:
    """The places that the present value of a cell came from: those of the last import that had the column."""
    rows = known.filter((pl.col("table") == table) & (pl.col("key") == key_text(key)))
    places: list[Place] = []
    newest = 0
    for number, row in rows.select("source", "row").iter_rows():
        imported = sources[number]
        letters = imported.source.columns.get(table, {})
        name = _heading(letters, key) if table == "form_cells" else column if column in letters else None
        if name is None or imported.version < newest:
            continue
        if imported.version > newest:
            newest = imported.version
            places.clear()
        place = imported.source.place(table, name, row)
        if place not in places:
            places.append(place)
    return tuple(places)


def _heading(letters: Mapping[str, str], key: Sequence[object] | object) -> str | None:
    """The heading under which a form's source has the letters of a figure: the last of the figure's key, or
    the one before it in a form that stands on its side."""
    parts = key[:-3:-1] if isinstance(key, (tuple, list)) else ()
    return next((str(part) for part in parts if part in letters), None)


def _without_overwritten(
    known: pl.DataFrame, known_sources: Sequence[ImportedSource], added: pl.DataFrame, reading: Reading
) -> pl.DataFrame:
    pairs = (
        known.join(added, on=["table", "key"], suffix="_new").select("table", "source", "source_new").unique()
    )
    covered = [
        (table, old, new)
        for table, old, new in pairs.iter_rows()
        if set(known_sources[old].source.columns.get(table, {}))
        <= set(reading.sources[new].columns.get(table, {}))
    ]
    if not covered:
        return known
    covering = pl.DataFrame(
        covered,
        schema={"table": pl.String, "source": pl.Int32, "source_new": pl.Int32},
        orient="row",
    )
    rows_of_new = added.select("table", "key", pl.col("source").alias("source_new"))
    gone = covering.join(rows_of_new, on=["table", "source_new"]).select("table", "key", "source").unique()
    return known.join(gone, on=["table", "key", "source"], how="anti", maintain_order="left")
