"""Keeps the snapshots of a workspace: a folder per year and version, never changed once it is there.

::

    <folder>/2025/v0001/schools.parquet, school_stages.parquet, …, provenance.parquet, manifest.json
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from jiaoheng.census import coverage, dictionary, emptied, provenance
from jiaoheng.census.files import publish, remove_leftovers, sync_folder
from jiaoheng.census.laying import ImportRefusedError, NothingToImportError, lay
from jiaoheng.census.locking import exclusive
from jiaoheng.census.manifest import FILE, FileEntry, Manifest, Previous, Totals, content_hash
from jiaoheng.census.reading import Reading
from jiaoheng.census.schema import empty, schema
from jiaoheng.census.snapshot import PROVENANCE, Census, SnapshotDamagedError, checked_bytes, load
from jiaoheng.errors import JiaohengError

_VERSION = re.compile(r"v(\d{4,})")


class NoSnapshotError(JiaohengError):
    """The store has no such snapshot."""


class DiskError(JiaohengError):
    """The disk refused a write; the snapshots are as they were."""


@dataclass(frozen=True)
class Store:
    """The snapshots in ``folder``, the workspace's ``census`` folder."""

    folder: Path

    def years(self) -> tuple[int, ...]:
        """The years that have a snapshot, in order."""
        if not self.folder.is_dir():
            return ()
        years = sorted(int(path.name) for path in self.folder.iterdir() if re.fullmatch(r"\d{4}", path.name))
        return tuple(year for year in years if self.versions(year))

    def versions(self, year: int) -> tuple[int, ...]:
        """The complete versions of a year, in order. What a killed import left behind does not count."""
        return tuple(number for number in self._numbers(year) if self._load(year, number) is not None)

    def snapshot(self, year: int, version: int | None = None) -> Census:
        """The current snapshot of a year, or the version asked for.

        Raises
        ------
        NoSnapshotError
            There is none; the message says which there are.
        """
        numbers = self._numbers(year) if version is None else [version]
        for number in reversed(numbers):
            census = self._load(year, number)
            if census is not None:
                return census
        if version is not None and self._numbers(year):
            raise NoSnapshotError(f"{year} 年没有第 {version} 版快照。现有版本：{self.versions(year)}。")
        years = "、".join(map(str, self.years())) or "无"
        raise NoSnapshotError(f"{year} 年没有快照（现有年份：{years}）。请先导入该年的文件。")

    def commit(
        self,
        year: int,
        reading: Reading,
        *,
        region: str,
        accept_partial: bool = False,
        replace: bool = False,
    ) -> Census:
        """Import a reading: lay it over the year's current snapshot, as a new version.

        Rows meet by key. A column that a file has overwrites, also with null; other columns stay. All or
        nothing: the new version is there whole, or the old one stays, even if the program is killed.

        Parameters
        ----------
        year : the year of the census.
        reading : what `census.read` gave.
        region : the county's code; must be that of the snapshots before.
        accept_partial : take the rows that are right, though others are refused.
        replace : the tables of the reading take the place of those before, instead of being laid over them.

        Returns
        -------
        Census
            The new version. If it holds the same values as the one before, its notes say so.

        Raises
        ------
        ImportRefusedError
            Rows contradict each other, lack what is required or refer to nothing.
        DiskError, StoreBusyError, SnapshotDamagedError
            See there; the snapshots are as they were.
        """
        try:
            home = self.folder / str(year)
            if not home.is_dir():
                home.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
            with exclusive(self.folder / ".lock"):
                remove_leftovers(home)
                base = self.snapshot(year) if self.versions(year) else None
                if base is not None and base.region != region:
                    raise JiaohengError(
                        f"{year} 年的快照属于 {base.region}，不能导入 {region} 的数据。请检查行政区划代码。"
                    )
                tables, kept = lay(base, reading, accept_partial=accept_partial, replace=replace)
                return self._publish(base, year, kept, tables, region, replace)
        except OSError as error:
            raise DiskError(
                f"{self.folder}：写入失败（{error.strerror or error}），原有快照没有变化。"
                "请检查磁盘空间和权限后重新导入。"
            ) from error

    def _publish(
        self,
        base: Census | None,
        year: int,
        reading: Reading,
        tables: Mapping[str, pl.DataFrame],
        region: str,
        replace: bool,
    ) -> Census:
        number = max(self._numbers(year), default=0) + 1
        files, entries = _contents(base, tables)
        known, sources = provenance.extend(
            pl.read_parquet(checked_bytes(base.folder, base.manifest, PROVENANCE))
            if base is not None
            else pl.DataFrame(schema=provenance.SCHEMA),
            base.manifest.sources if base is not None else (),
            reading,
            version=number,
            replaced=tables if replace else (),
        )
        content = content_hash(entries)
        notes = list(reading.notes)
        if "schools" in tables or (base is not None and base.has("schools")):
            notes += coverage.notes(*(_after(base, tables, name) for name in ("schools", "school_stages")))
        notes += emptied.notes(None if replace else base, tables)
        if base is not None and base.manifest.content == content:
            notes.append(f"本次导入没有改变任何数据，与第 {base.version} 版相同。")
        files[PROVENANCE], entries[PROVENANCE] = _encode(known.to_arrow())
        manifest = Manifest(
            region=region,
            year=year,
            version=number,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            dictionary=dictionary.version(),
            content=content,
            files=entries,
            sources=sources,
            totals=Totals(reading.rows_read, reading.rows_accepted, reading.rows_rejected),
            previous=None if base is None else Previous(base.version, base.hash),
            notes=tuple(notes),
        )
        folder = self._version_folder(year, number)
        publish(
            folder,
            {**{f"{name}.parquet": data for name, data in files.items()}, FILE: manifest.to_json()},
        )
        return load(folder)

    def _version_folder(self, year: int, number: int) -> Path:
        return self.folder / str(year) / f"v{number:04d}"

    def _numbers(self, year: int) -> list[int]:
        """All version folders of a year, complete or not."""
        home = self.folder / str(year)
        if not home.is_dir():
            return []
        matches = (_VERSION.fullmatch(path.name) for path in home.iterdir())
        return sorted(int(match[1]) for match in matches if match)

    def _load(self, year: int, number: int) -> Census | None:
        try:
            return load(self._version_folder(year, number))
        except SnapshotDamagedError:
            return None


def _contents(
    base: Census | None, tables: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, bytes], dict[str, FileEntry]]:
    """The files of the new version: tables that the import touched anew, the others byte for byte."""
    files: dict[str, bytes] = {}
    entries: dict[str, FileEntry] = {}
    for name in dictionary.tables():
        if name in tables:
            if tables[name].height:
                files[name], entries[name] = _encode(tables[name].to_arrow().cast(schema(name)))
        elif base is not None and base.has(name):
            files[name] = checked_bytes(base.folder, base.manifest, name)
            entries[name] = base.manifest.files[name]
    return files, entries


def _after(base: Census | None, tables: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    """A table as it stands after the import."""
    if name in tables:
        return tables[name]
    return pl.DataFrame(empty(name) if base is None else base.table(name))


def _encode(table: pa.Table) -> tuple[bytes, FileEntry]:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    data = sink.getvalue().to_pybytes()
    return data, FileEntry(hashlib.sha256(data).hexdigest(), len(data), table.num_rows)


__all__ = ["DiskError", "ImportRefusedError", "NoSnapshotError", "NothingToImportError", "Store"]
