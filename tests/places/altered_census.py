"""A census of which some values are others: what nobody would import, but a file may say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa

from jiaoheng.census import Census


class Altered:
    """A census with the rows of one table changed where they match."""

    def __init__(
        self, census: Census, table: str, match: dict[str, object], values: dict[str, object]
    ) -> None:
        self._census, self._name = census, table
        frame = pl.DataFrame(census.table(table))
        fits = pl.all_horizontal(*(pl.col(column) == value for column, value in match.items()))
        self._table = frame.with_columns(
            pl.when(fits)
            .then(pl.lit(value, dtype=frame.schema[column]))
            .otherwise(pl.col(column))
            .alias(column)
            for column, value in values.items()
        ).to_arrow()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._census, name)

    def table(self, name: str) -> pa.Table:
        """The table, changed where it is the one."""
        return self._table if name == self._name else self._census.table(name)
