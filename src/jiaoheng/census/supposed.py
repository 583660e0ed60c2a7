"""A census as it would be if some of its tables were others: in memory, with the snapshot untouched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from jiaoheng.census import dictionary
from jiaoheng.census.manifest import FileEntry
from jiaoheng.census.reading import Cell, Place, key_text
from jiaoheng.census.schema import conform
from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine

MARK = "假设"
"""What stands before the hash of such a census, and where a supposed value is said to come from."""


@dataclass(frozen=True)
class Supposed(Census):
    """A census with some tables replaced; everything that works on a snapshot works on it.

    A value that differs from the snapshot's comes from no file: its place says so.
    """

    base: Census = field(kw_only=True)
    replaced: Mapping[str, pa.Table] = field(kw_only=True, repr=False, compare=False)

    def table(self, name: str) -> pa.Table:
        """The replaced table, or that of the snapshot."""
        return self.replaced[name] if name in self.replaced else self.base.table(name)

    def scan(self, name: str, engine: Engine) -> nw.LazyFrame[Any]:
        """The same table as a lazy frame of an engine."""
        if name in self.replaced:
            return engine.from_arrow(self.replaced[name])
        return self.base.scan(name, engine)

    def provenance(self, table: str, key: Sequence[object] | object, column: str) -> tuple[Place, ...]:
        """Where a value came from, or that it is supposed."""
        if table in self.replaced and self._value(self.replaced[table], table, key, column) != self._value(
            self.base.table(table), table, key, column
        ):
            return (_supposed(),)
        return self.base.provenance(table, key, column)

    def places(self, cells: Sequence[Cell]) -> dict[Cell, tuple[Place, ...]]:
        """Where many values came from, as `provenance` says it of one."""
        known = self.base.places(cells)
        found = {
            cell: self.provenance(cell.table, cell.key, cell.column)
            if cell.table in self.replaced
            else known.get(cell, ())
            for cell in cells
        }
        return {cell: places for cell, places in found.items() if places}

    def verify(self) -> None:
        """Check the snapshot below."""
        self.base.verify()

    @staticmethod
    def _value(data: pa.Table, table: str, key: Sequence[object] | object, column: str) -> object:
        wanted = key_text(key)
        keys = zip(*(data[name].to_pylist() for name in dictionary.table(table).key), strict=True)
        for place, own in enumerate(keys):
            if key_text(own) == wanted:
                return data[column][place].as_py()
        return None


def suppose(base: Census, tables: Mapping[str, pa.Table], *, note: str = MARK) -> Census:
    """The census with these tables in the place of its own; the very same census where nothing differs.

    Parameters
    ----------
    tables : by name; rows in any order.
    note : what is supposed; it joins the notes of the manifest.
    """
    ordered = {name: _in_order(conform(data, name), name) for name, data in tables.items()}
    replaced = {
        name: data for name, data in ordered.items() if not data.equals(_in_order(base.table(name), name))
    }
    if not replaced:
        return base
    entries = {name: _entry(data) for name, data in replaced.items()}
    files = {name: entry for name, entry in {**base.manifest.files, **entries}.items() if entry.rows}
    said = "\n".join(f"{name} {entries[name].sha256}" for name in sorted(entries))
    digest = hashlib.sha256(f"{base.hash}\n{said}\n".encode()).hexdigest()
    manifest = replace(base.manifest, files=files, notes=(*base.manifest.notes, note))
    return Supposed(base.folder, manifest, f"{MARK}-{digest}", base=base, replaced=replaced)


def _supposed() -> Place:
    return Place("", "", MARK, 0)


def _entry(data: pa.Table) -> FileEntry:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, data.schema) as writer:
        writer.write_table(data.combine_chunks())
    content = sink.getvalue()
    return FileEntry(hashlib.sha256(content).hexdigest(), content.size, data.num_rows)


def _in_order(data: pa.Table, table: str) -> pa.Table:
    keys = [(name, "ascending") for name in dictionary.table(table).key]
    return data.take(pc.sort_indices(data, sort_keys=keys)).combine_chunks()
