"""Readers of files that are not ours: wide school-level exports, rosters, and any table with a mapping file.

``read_wide`` and ``read_roster`` know headings by the layout packs in ``packs/data/forms``; ``read_mapped``
follows a mapping that the user wrote. All give a `Reading`.
"""

from functools import cache
from pathlib import Path

from jiaoheng.census import dictionary
from jiaoheng.census.readers.known import Known
from jiaoheng.census.readers.mapped import read_mapped
from jiaoheng.census.readers.mapping import load_mapping
from jiaoheng.census.readers.roster import read_roster, recognise_roster
from jiaoheng.census.readers.wide import read_wide, recognise_wide
from jiaoheng.packs import layouts as _packs
from jiaoheng.packs.layouts import Layout


@cache
def layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The built-in layouts and those in the folder `extra`."""
    columns = {name: tuple(table.by_name) for name, table in dictionary.tables().items()}
    return _packs.load_all(columns=columns, extra=extra)


def wide_layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The layouts of wide exports."""
    return tuple(layout for layout in layouts(extra) if layout.layout.kind == "wide")


def roster_layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The layouts of rosters."""
    return tuple(layout for layout in layouts(extra) if layout.layout.kind == "roster")


__all__ = [
    "Known",
    "layouts",
    "load_mapping",
    "read_mapped",
    "read_roster",
    "read_wide",
    "recognise_roster",
    "recognise_wide",
    "roster_layouts",
    "wide_layouts",
]
