"""What the checks look at: the tables of a census, of the year before, and of the version before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from jiaoheng.census import dictionary
from jiaoheng.census.schema import schema
from jiaoheng.census.snapshot import Census


@dataclass(frozen=True, eq=False)
class View:
    """The tables of one year, read when they are asked for.

    Attributes
    ----------
    year, region : of the census.
    load : gives a table with all its columns; empty where there is none.
    last : the year before; None where it was not imported.
    before : the version before, of the same year.
    homes : for a school of the year before, the code under which it goes on; a school that is not named
        keeps its code, and one that maps to None (it was closed, or split) has no successor.
    renamed : the codes of schools whose new name is registered.
    """

    year: int
    region: str
    load: Callable[[str], pl.DataFrame]
    last: View | None = None
    before: View | None = None
    homes: Mapping[str, str | None] = field(default_factory=dict)
    renamed: Collection[str] = ()
    _tables: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> pl.DataFrame:
        """A table of the census."""
        if name not in self._tables:
            self._tables[name] = self.load(name)
        return self._tables[name]


def view_of(
    census: Census,
    *,
    last: Census | None = None,
    before: Census | None = None,
    homes: Mapping[str, str | None] | None = None,
    renamed: Collection[str] = (),
) -> View:
    """The view of snapshots.

    Parameters
    ----------
    census : what is checked.
    last : the snapshot of the year before.
    before : the version before, of the same year.
    homes, renamed : see `View`.
    """
    return View(
        census.year,
        census.region,
        lambda name: pl.DataFrame(census.table(name)),
        last=None if last is None else view_of(last),
        before=None if before is None else view_of(before),
        homes=homes or {},
        renamed=renamed,
    )


def view_of_rows(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    year: int = 2025,
    region: str = "441284",
    last: View | None = None,
    before: View | None = None,
    homes: Mapping[str, str | None] | None = None,
) -> View:
    """The view of a few rows that are given as they are, for the examples of checks."""

    def load(name: str) -> pl.DataFrame:
        types = pl.DataFrame(schema(name).empty_table()).schema
        return pl.DataFrame(list(tables.get(name, ())), schema=types)

    strange = [name for name in tables if name not in dictionary.tables()]
    if strange:
        dictionary.table(strange[0])
    return View(year, region, load, last=last, before=before, homes=homes or {})
