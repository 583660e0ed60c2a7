"""Reads whatever files a bureau has: tells what each is, and joins what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from jiaoheng.census import readers
from jiaoheng.census.following import follow
from jiaoheng.census.lineage import Former
from jiaoheng.census.merge import merge_parts, settle, upsert
from jiaoheng.census.reading import ROW, Reading, Recognised, join
from jiaoheng.census.recognise import Choose, recognise
from jiaoheng.census.repeats import repeats
from jiaoheng.census.schema import empty, schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template_read import is_template, read_template
from jiaoheng.census.workbook import Book, FileError, open_book


@dataclass(frozen=True)
class _Seen:
    """The schools and areas of the snapshot before, and those of the files read so far."""

    base: Census | None
    reading: Reading

    def table(self, name: str) -> pa.Table:
        before = empty(name) if self.base is None else self.base.table(name)
        parts = [part for part in self.reading.parts if part.table == name]
        if not parts:
            return before
        return upsert(before, merge_parts(name, parts)).to_arrow().cast(schema(name))


def read(
    files: Sequence[Path | str] | Path | str,
    *,
    form: str | None = None,
    mapping: Path | str | None = None,
    key: bytes | None = None,
    stage: str | None = None,
    year: int | None = None,
    census: Census | None = None,
    layouts: Path | None = None,
    former: Former | None = None,
    choose: Choose | None = None,
) -> Reading:
    """Read files of any kind that is known: our template, an official form, a wide export, a roster, or a
    table with a mapping.

    Parameters
    ----------
    files : the workbooks and CSV files of one year.
    form : the id of the layout that the files have; else it is told from their headings.
    mapping : a mapping file that says what the columns of the files are; it then holds for all of them.
    key : the workspace's key, with which identifiers of persons are hashed.
    stage : the stage of all rows, where neither column, sheet, title nor file name says it.
    year : the year that is being imported; a template of another year is an error.
    census : the snapshot before, for files that name schools and towns in words.
    layouts : a folder with the workspace's own layouts.
    former : the old codes and names of schools, which files may still use.
    choose : asks a person which of several layouts a sheet has.

    Returns
    -------
    Reading
        All rows of all files. Those that cannot be read or contradict each other are among its rejections.

    Raises
    ------
    FileError
        A file cannot be opened, or nobody can tell what it is. `AmbiguousLayoutError` where two layouts fit
        equally and there is no `choose`.
    """
    paths = [files] if isinstance(files, str | Path) else list(files)
    if not paths:
        raise FileError("没有给出要读取的文件。请给出至少一个 .xlsx 或 .csv 文件。")
    if mapping is not None:
        if form is not None:
            raise FileError("版式（form）与映射文件（mapping）只能给一个。请去掉其中一个。")
        rules = readers.load_mapping(mapping)
        mapped = join(readers.read_mapped(path, rules, key=key) for path in paths)
        return _settled(mapped, former)
    books, notes = _distinct([open_book(path) for path in paths])
    templates = [book for book in books if is_template(book)]
    filled = (
        _said(read_template(book, key=key, year=year), "template", "教衡填报模板") for book in templates
    )
    reading = join(filled, notes=notes)
    others = [book for book in books if book not in templates]
    jobs = recognise(others, form=form, folder=layouts, choose=choose, year=year)
    reading = join([reading], notes=[*_remarks(books), *_hidden(others), *jobs.notes])
    for book, layout in jobs.tables:
        # A file may name schools and towns that another is just bringing in.
        known = readers.Known.of(_Seen(census, reading), former=former)
        if layout.layout.kind == "roster":
            found = readers.read_roster(book, layout, known=known, key=key)
        else:
            found = readers.read_wide(book, layout, known=known, stage=stage)
        reading = join([reading, _said(found, layout.id, layout.layout.name)])
    for layout, counted in jobs.counted.values():
        seen = _Seen(census, reading)
        known = readers.Known.of(seen, former=former)
        found = readers.read_counted(counted, layout, known=known)
        few = readers.missing_files(found, layout, seen.table("school_stages"))
        reading = join([reading, found], notes=few)
    if jobs.forms:
        known = readers.Known.of(_Seen(census, reading), former=former)
        reading = join([reading, readers.read_forms(jobs.forms, known=known)])
    return _settled(reading, former)


def _settled(reading: Reading, former: Former | None) -> Reading:
    """The reading by the codes that schools have now, without rows that contradict each other."""
    reading = settle(follow(reading, former or Former()))
    return replace(reading, notes=(*reading.notes, *repeats(reading)))


def _said(reading: Reading, layout: str, name: str) -> Reading:
    """The reading, which says what its sheets were taken for."""
    sheets = dict.fromkeys((source.file, source.sheet) for source in reading.sources)
    return replace(
        reading,
        recognised=tuple(
            Recognised(file, sheet, layout, name, "", "", _rows(reading, file, sheet))
            for file, sheet in sheets
        ),
    )


def _rows(reading: Reading, file: str, sheet: str) -> int:
    """How many rows of data a sheet has, taken or refused."""
    refused = {each.row for each in reading.rejections if (each.file, each.sheet) == (file, sheet)} - {None}
    sources = {i for i, each in enumerate(reading.sources) if (each.file, each.sheet) == (file, sheet)}
    taken = {row for part in reading.parts if part.source in sources for row in part.data[ROW]}
    return len(taken | refused)


def _distinct(books: Sequence[Book]) -> tuple[list[Book], list[str]]:
    """The books without those whose content was given before, and notes that say so."""
    first: dict[str, Book] = {}
    notes: list[str] = []
    for book in books:
        other = first.setdefault(book.sha256, book)
        if other is not book:
            notes.append(f"{book.file}：内容与 {other.file} 完全相同，只读一次。")
    return list(first.values()), notes


def _remarks(books: Sequence[Book]) -> list[str]:
    return [note for book in books for note in book.notes(book.visible)]


def _hidden(books: Sequence[Book]) -> list[str]:
    """Notes on sheets that are hidden: they are not read, for nobody could check what they hold."""
    return [
        f"{book.file} › {sheet.name}：工作表是隐藏的，未读取。需要时请取消隐藏再导入。"
        for book in books
        for sheet in book.sheets
        if sheet.hidden
    ]
