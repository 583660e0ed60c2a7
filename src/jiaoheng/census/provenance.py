"""Remembers for every row of a snapshot which rows of which sheets it came from, and finds the cell again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from jiaoheng.census.manifest import ImportedSource
from jiaoheng.census.reading import KEY_SEPARATOR, Cell, Place, Reading, key_text

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
    cell = Cell(table, key_text(key), column)
    return _newest(rows.select("source", "row").iter_rows(), sources, cell)


def find_all(
    known: pl.DataFrame, sources: Sequence[ImportedSource], cells: Sequence[Cell]
) -> dict[Cell, tuple[Place, ...]]:
    """The same for many cells at once; a cell that no file gave is left out."""
    wanted = pl.DataFrame(
        list({(cell.table, cell.key) for cell in cells}),
        schema={"table": pl.String, "key": pl.String},
        orient="row",
    )
    rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for table, key, source, row in known.join(wanted, on=["table", "key"], how="semi").iter_rows():
        rows.setdefault((table, key), []).append((source, row))
    found = {
        cell: _newest(rows.get((cell.table, cell.key), ()), sources, cell) for cell in dict.fromkeys(cells)
    }
    return {cell: places for cell, places in found.items() if places}


def _newest(
    rows: Iterable[tuple[int, int]], sources: Sequence[ImportedSource], cell: Cell
) -> tuple[Place, ...]:
    """Of the rows of sources that gave a table's row, the places of the last import that had the column."""
    places: list[Place] = []
    newest = 0
    for number, row in rows:
        imported = sources[number]
        letters = imported.source.columns.get(cell.table, {})
        if cell.table == "form_cells":
            name = _heading(letters, cell.key)
        else:
            name = cell.column if cell.column in letters else None
        if name is None or imported.version < newest:
            continue
        if imported.version > newest:
            newest = imported.version
            places.clear()
        found = imported.source.places(cell.table, name, row)
        places += [place for place in found if place not in places]
    return tuple(places)


def _heading(letters: Mapping[str, str], key: str) -> str | None:
    """The heading under which a form's source has the letters of a figure: the last of the figure's key, or
    the one before it in a form that stands on its side."""
    return next((part for part in key.split(KEY_SEPARATOR)[:-3:-1] if part in letters), None)


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
