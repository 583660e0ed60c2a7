"""One region's census of one year, as it was imported: immutable, hashed, read when asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from jiaoheng.census import dictionary, provenance
from jiaoheng.census.manifest import FILE, Manifest, from_json
from jiaoheng.census.reading import Cell, Place
from jiaoheng.census.schema import conform, empty
from jiaoheng.engine import Engine
from jiaoheng.errors import JiaohengError

PROVENANCE = "provenance"


class SnapshotDamagedError(JiaohengError):
    """A file of a snapshot is missing or was changed after the import."""


@dataclass(frozen=True)
class Census:
    """A snapshot. Nothing is read until it is asked for; every file is checked against its hash first."""

    folder: Path
    manifest: Manifest
    hash: str
    _tables: dict[str, pa.Table] = field(default_factory=dict, repr=False, compare=False)
    _checked: dict[str, pl.DataFrame | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def region(self) -> str:
        """The code of the county (GB/T 2260)."""
        return self.manifest.region

    @property
    def year(self) -> int:
        """The year whose 1 September the census describes."""
        return self.manifest.year

    @property
    def version(self) -> int:
        """The number of the version, from 1."""
        return self.manifest.version

    def has(self, name: str) -> bool:
        """Whether the snapshot holds any row of that table."""
        dictionary.table(name)
        return name in self.manifest.files

    def table(self, name: str) -> pa.Table:
        """The table with all columns of the dictionary, typed; null where missing, empty where there is none.

        Raises
        ------
        SnapshotDamagedError
            Its file was changed after the import.
        """
        if name not in self._tables:
            if self.has(name):
                self._check(name)
                self._tables[name] = conform(pq.read_table(self._path(name)), name)
            else:
                self._tables[name] = empty(name)
        return self._tables[name]

    def scan(self, name: str, engine: Engine) -> nw.LazyFrame[Any]:
        """The same table as a lazy frame of an engine.

        Raises
        ------
        SnapshotDamagedError
            Its file was changed after the import.
        """
        if self.has(name) and self.manifest.dictionary == dictionary.version():
            self._check(name)
            return engine.scan(self._path(name))
        # No file, or one whose columns are those of an older dictionary.
        return engine.from_arrow(self.table(name))

    def provenance(self, table: str, key: Sequence[object] | object, column: str) -> tuple[Place, ...]:
        """Where a value came from; several places where files of one import agree on it.

        Parameters
        ----------
        table, column : the names in the dictionary.
        key : the values of the table's key, in order; a single value may stand alone.

        Returns
        -------
        tuple of Place
            Empty where no file had the column for that row.
        """
        dictionary.table(table)[column]
        return provenance.find(self._provenance(), self.manifest.sources, table, key, column)

    def places(self, cells: Sequence[Cell]) -> dict[Cell, tuple[Place, ...]]:
        """Where many values came from, as `provenance` says it of one; without those of no file."""
        return provenance.find_all(self._provenance(), self.manifest.sources, cells) if cells else {}

    def verify(self) -> None:
        """Check every file against the manifest.

        Raises
        ------
        SnapshotDamagedError
            A file is missing or was changed; the message names it.
        """
        for name in self.manifest.files:
            check_file(self.folder, self.manifest, name)

    def _provenance(self) -> pl.DataFrame:
        self._check(PROVENANCE)
        known = self._checked[PROVENANCE]
        if known is None:
            known = self._checked[PROVENANCE] = pl.read_parquet(self._path(PROVENANCE))
        return known

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def _check(self, name: str) -> None:
        if name not in self._checked:
            check_file(self.folder, self.manifest, name)
            self._checked[name] = None


def load(folder: Path) -> Census:
    """The snapshot in a version's folder; reads its manifest and looks for its files, no more.

    Raises
    ------
    SnapshotDamagedError
        The manifest cannot be read, or a file is missing or cut short.
    """
    try:
        content = (folder / FILE).read_bytes()
        manifest = from_json(content)
        for name, entry in manifest.files.items():
            if (folder / f"{name}.parquet").stat().st_size != entry.bytes:
                raise ValueError(name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotDamagedError(
            f"{folder}：快照不完整或已损坏（{error}）。请从备份恢复，或重新导入原文件。"
        ) from None
    return Census(folder=folder, manifest=manifest, hash=hashlib.sha256(content).hexdigest())


def check_file(folder: Path, manifest: Manifest, name: str) -> None:
    """Prove that a file of the snapshot is as it was imported; read in pieces, for it may be of any size.

    Raises
    ------
    SnapshotDamagedError
        It cannot be read, or was changed.
    """
    path = folder / f"{name}.parquet"
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from None
    _compare(path, found, manifest.files[name].sha256)


def checked_bytes(folder: Path, manifest: Manifest, name: str) -> bytes:
    """The bytes of a file of the snapshot, the very ones that were proved.

    Raises
    ------
    SnapshotDamagedError
        As `check_file`.
    """
    path = folder / f"{name}.parquet"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    _compare(path, hashlib.sha256(content).hexdigest(), manifest.files[name].sha256)
    return content


def _unreadable(path: Path, error: OSError) -> SnapshotDamagedError:
    return SnapshotDamagedError(f"{path}：无法读取（{error.strerror}）。请从备份恢复，或重新导入原文件。")


def _compare(path: Path, found: str, known: str) -> None:
    if found != known:
        raise SnapshotDamagedError(
            f"{path}：内容与清单中的校验值不符，导入后被改动过。请从备份恢复，或重新导入原文件。"
        )
