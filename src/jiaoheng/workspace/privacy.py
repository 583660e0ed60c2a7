"""What a workspace holds of persons, how it is kept, and what of it stands in other files."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import polars as pl
import pyarrow.compute as pc
from docx.oxml.ns import qn

from jiaoheng.census import Census, Store, dictionary, identity
from jiaoheng.census.dictionary import Column
from jiaoheng.census.identity_check import outcomes
from jiaoheng.census.workbook import FileError, open_book
from jiaoheng.disclosure import LEAST

_NUMBER = re.compile(rb"(?<![0-9A-Za-z])[GLJ]?([0-9]{17}[0-9X])(?![0-9A-Za-z])")
_SEARCHED = (".xlsx", ".xlsm", ".docx", ".csv", ".txt", ".html", ".json", ".xml", ".yaml")
_TABLES = (".xlsx", ".csv", ".html", ".docx")


@dataclass(frozen=True)
class Key:
    """The workspace's key: present, absent or damaged; its permissions in octal, "" if unknown."""

    state: str
    mode: str

    @property
    def private(self) -> bool:
        """Whether nobody but its owner may read or change it."""
        return not self.mode or int(self.mode, 8) & 0o077 == 0


@dataclass(frozen=True)
class HeldTable:
    """A table of persons in one version of a year.

    ``columns`` : the Chinese names of the dictionary's columns by class; ``hashed``: whether every identifier
    is indeed a hash; ``current``: whether this version is the one in use.
    """

    year: int
    version: int
    table: str
    rows: int
    columns: dict[str, tuple[str, ...]]
    hashed: bool
    current: bool
    folder: str


@dataclass(frozen=True)
class Exposure:
    """A file of the workspace that says too much.

    ``numbers`` : identity numbers found in it, each once; ``small_counts``: rows with a small count of what
    is sensitive.
    """

    file: str
    numbers: int
    small_counts: int

    @property
    def advice(self) -> str:
        """What to do with the file."""
        if self.small_counts:
            return "公布前用 --publish 重新写出"
        return "不要外传；用完删除"


@dataclass(frozen=True)
class Holdings:
    """All that a workspace holds of persons."""

    key: Key
    tables: tuple[HeldTable, ...]
    files: tuple[Exposure, ...]

    @property
    def to_mend(self) -> tuple[str, ...]:
        """What should not stay as it is, in whole sentences."""
        found = []
        if self.key.state == "damaged":
            found.append(f"{identity.KEY_FILE} 已损坏，请从备份恢复；换用新密钥会使历年的同一个人对不上。")
        elif self.key.state == "absent" and self.tables:
            found.append(f"有个人记录而没有 {identity.KEY_FILE}，以后导入的人与以前的对不上。请从备份恢复。")
        if not self.key.private:
            found.append(f"{identity.KEY_FILE} 其他人也能读取。请运行 chmod 600 {identity.KEY_FILE}。")
        found += [
            f"{one.folder} 的个人标识没有全部加密。请删除这个版本，重新导入原文件。"
            for one in self.tables
            if not one.hashed
        ]
        found += [
            f"{one.file} 有 {one.small_counts} 个过小的敏感人数。公布前请用 --publish 重新写出。"
            for one in self.files
            if one.small_counts
        ]
        return tuple(found)


def holdings(folder: Path, store: Store, *, sensitive: Iterable[str], least: int = LEAST) -> Holdings:
    """Look through a workspace.

    Parameters
    ----------
    sensitive : the names of measures whose small counts should not be published.
    """
    names = frozenset(sensitive)
    return Holdings(
        key=_key(folder / identity.KEY_FILE),
        tables=tuple(_tables(folder, store)),
        files=tuple(_files(folder, names, least)),
    )


def _key(path: Path) -> Key:
    if not path.exists():
        return Key("absent", "")
    mode = f"{stat.S_IMODE(os.stat(path).st_mode):04o}" if os.name != "nt" else ""
    try:
        identity.load_or_create_key(path.parent)
    except identity.KeyFileError:
        return Key("damaged", mode)
    return Key("present", mode)


def _tables(folder: Path, store: Store) -> Iterator[HeldTable]:
    persons = [table for table in dictionary.tables().values() if table.of_persons]
    for year in store.years():
        versions = store.versions(year)
        for version in versions:
            census = store.snapshot(year, version)
            for table in persons:
                if census.has(table.name):
                    yield HeldTable(
                        year=year,
                        version=version,
                        table=table.name,
                        rows=census.manifest.files[table.name].rows,
                        columns=_by_class(table.columns),
                        hashed=_is_hashed(census, table),
                        current=version == versions[-1],
                        folder=str(census.folder.relative_to(folder)),
                    )


def _by_class(columns: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    classes = dict.fromkeys(column.personal for column in columns)
    return {name: tuple(one.zh for one in columns if one.personal == name) for name in classes}


def _is_hashed(census: Census, table: dictionary.Table) -> bool:
    data = census.table(table.name)
    return all(
        pc.all(pc.match_substring_regex(data[column.name], identity.HASHED)).as_py() is not False
        for column in table.columns
        if column.rule.stored == "hash"
    )


def _files(folder: Path, sensitive: frozenset[str], least: int) -> Iterator[Exposure]:
    """Files beside the snapshots that hold identity numbers or small counts."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if inside[0] == "census" or path.suffix.lower() not in _SEARCHED or not path.is_file():
            continue
        numbers = _numbers(_contents(path))
        small = sum(_is_small(row, sensitive, least) for row in _rows(path)) if inside[0] == "out" else 0
        if numbers or small:
            yield Exposure(str(path.relative_to(folder)), numbers, small)


def _contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of what is packed into it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                yield parts.read(name)
    else:
        yield path.read_bytes()


def _numbers(contents: Iterable[bytes]) -> int:
    """How many identity numbers there are, each once; what has no right check digit is some other number."""
    found = {number.decode() for content in contents for number in _NUMBER.findall(content)}
    return int((outcomes(pl.Series(sorted(found), dtype=pl.String)) == "valid").sum())


Said = dict[str, object]


def _rows(path: Path) -> Iterator[Said]:
    """The rows of the tables of measures that a file has, by heading."""
    if path.suffix.lower() not in _TABLES:
        return
    for table in _grids(path):
        heading: list[str] = []
        for row in table:
            words = [str(cell).partition("（")[0].strip() for cell in row]
            if {"指标", "分子", "分母"} <= set(words):
                heading = words
            elif heading:
                yield dict(zip(heading, row, strict=False))


def _grids(path: Path) -> Iterator[Iterable[Sequence[object]]]:
    if path.suffix.lower() == ".docx":
        # Cell by cell through python-docx a table of a thousand rows takes minutes.
        for table in docx.Document(str(path)).element.body.iter(qn("w:tbl")):
            rows = (row.iter(qn("w:tc")) for row in table.iter(qn("w:tr")))
            yield (["".join(cell.itertext(qn("w:t"))) for cell in row] for row in rows)
        return
    try:
        yield from (sheet.rows for sheet in open_book(path).sheets)
    except FileError:
        return


def _is_small(row: Said, sensitive: frozenset[str], least: int) -> bool:
    if str(row.get("指标")) not in sensitive:
        return False
    counts = [_count(row.get(name)) for name in ("分子", "分母")]
    return any(count is not None and 0 < count < least for count in counts)


def _count(cell: object) -> float | None:
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return None
