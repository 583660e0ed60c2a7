"""One region's yearly census: the dictionary, the readers of Excel and CSV, the store of snapshots.

A snapshot is immutable, hashed and versioned; every value in it can be followed back to a file, sheet and
cell. ``read`` turns files into a `Reading`, `Store.commit` lays that over the snapshot, `Census` is what
everybody else works with, and ``write_template`` makes the workbook that a clerk fills in.
"""

from jiaoheng.census.dictionary import Column, Table, table, tables
from jiaoheng.census.read import read
from jiaoheng.census.reading import Place, Reading, Rejection
from jiaoheng.census.recognise import AmbiguousLayoutError, Choose
from jiaoheng.census.snapshot import Census, SnapshotDamagedError
from jiaoheng.census.store import ImportRefusedError, NoSnapshotError, Store
from jiaoheng.census.template import write_template

__all__ = [
    "AmbiguousLayoutError",
    "Census",
    "Choose",
    "Column",
    "ImportRefusedError",
    "NoSnapshotError",
    "Place",
    "Reading",
    "Rejection",
    "SnapshotDamagedError",
    "Store",
    "Table",
    "read",
    "table",
    "tables",
    "write_template",
]
