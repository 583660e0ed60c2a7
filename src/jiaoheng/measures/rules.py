"""The rules that measures are worked out by: every pack that comes with Jiaoheng, and a county's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jiaoheng import packs
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import Catalogue

CENSUS_DAY = (9, 1)
"""The census counts everything as of the first of September; so do the rules that hold."""


def catalogue(extra: Path | None = None) -> Catalogue:
    """Every fact and measure, proved against the data dictionary; read once while the files stay as they are.

    Parameters
    ----------
    extra : a folder with a county's own packs (``*.yaml``); it need not exist.

    Raises
    ------
    PackError
        A pack is wrong; the message names file and line.
    """
    own = sorted(extra.glob("*.yaml")) if extra is not None else []
    files = (*packs.builtin_paths(), *own)
    return _loaded(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=8)
def _loaded(files: tuple[tuple[Path, int, int], ...]) -> Catalogue:
    return packs.load([path for path, _, _ in files], columns=all_columns())


def in_force(every: Catalogue, year: int) -> Catalogue:
    """The rules of the day of that year's census; years with the same rules share one catalogue."""
    return _on(_Same(every), year)


@dataclass(frozen=True, eq=False)
class _Same:
    """A catalogue told apart by being itself: to compare what it holds would take longer than to make it."""

    catalogue: Catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=64)
def _on(every: _Same, year: int) -> Catalogue:
    found = every.catalogue.on(date(year, *CENSUS_DAY))
    chosen = (
        *found.parameters.values(),
        *found.facts.values(),
        *found.measures.values(),
        *found.standards.values(),
        *found.items.values(),
        *found.score_cards.values(),
        *found.score_items.values(),
    )
    return _shared(every, _Entries(tuple(id(entry) for entry in chosen), found))


@dataclass(frozen=True, eq=False)
class _Entries:
    """A catalogue told apart by the entries that it holds."""

    ids: tuple[int, ...]
    catalogue: Catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Entries) and other.ids == self.ids

    def __hash__(self) -> int:
        return hash(self.ids)


@lru_cache(maxsize=64)
def _shared(every: _Same, entries: _Entries) -> Catalogue:
    return entries.catalogue
