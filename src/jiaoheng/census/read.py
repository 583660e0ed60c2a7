"""Reads whatever files a bureau has: tells what each is, and joins what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from jiaoheng.census import readers
from jiaoheng.census.merge import merge_parts, settle, upsert
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.schema import empty, schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template_read import is_template, read_template
from jiaoheng.census.workbook import Book, FileError, open_book
from jiaoheng.packs.layouts import Layout

_SHOWN_HEADINGS = 12


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
) -> Reading:
    """Read files of any kind that is known: our template, a wide export, a roster, or a table with a mapping.

    Parameters
    ----------
    files : the workbooks and CSV files of one year.
    form : the id of the layout that the files have; else it is told from their headings.
    mapping : a mapping file that says what the columns of the files are.
    key : the workspace's key, with which identifiers of persons are hashed.
    stage : the stage of all rows, where neither column, sheet, title nor file name says it.
    year : the year that is being imported; a template of another year is an error.
    census : the snapshot before, for files that name schools and towns in words.
    layouts : a folder with the workspace's own layouts.

    Returns
    -------
    Reading
        All rows of all files. Those that cannot be read or contradict each other are among its rejections.

    Raises
    ------
    FileError
        A file cannot be opened, or nobody can tell what it is.
    """
    paths = [files] if isinstance(files, str | Path) else list(files)
    if not paths:
        raise FileError("没有给出要读取的文件。请给出至少一个 .xlsx 或 .csv 文件。")
    books, notes = _distinct([open_book(path) for path in paths])
    templates = [book for book in books if is_template(book)]
    reading = join((read_template(book, key=key, year=year) for book in templates), notes=notes)
    # Other files name schools and towns that a template may be just bringing in.
    for book in books:
        if book not in templates:
            known = readers.Known.of(_Seen(census, reading))
            reading = join([reading, _read_foreign(book, known, form=form, stage=stage, layouts=layouts)])
    return settle(reading)


def _distinct(books: Sequence[Book]) -> tuple[list[Book], list[str]]:
    """The books without those whose content was given before, and notes that say so."""
    first: dict[str, Book] = {}
    notes: list[str] = []
    for book in books:
        other = first.setdefault(book.sha256, book)
        if other is not book:
            notes.append(f"{book.file}：内容与 {other.file} 完全相同，只读一次。")
    return list(first.values()), notes


def _read_foreign(
    book: Book, known: readers.Known, *, form: str | None, stage: str | None, layouts: Path | None
) -> Reading:
    layout = _layout(form, layouts) if form else _recognise(book, layouts)
    if layout is None:
        raise FileError(_unknown(book))
    return readers.read_wide(book, layout, known=known, stage=stage)


def _layout(form: str, folder: Path | None) -> Layout:
    known = {layout.id: layout for layout in readers.layouts(folder)}
    if form not in known:
        raise FileError(f"没有版式“{form}”。可用：{'、'.join(known)}；或用映射文件写明各列。")
    return known[form]


def _recognise(book: Book, folder: Path | None) -> Layout | None:
    """The layout that knows most headings of the book."""
    best, most = None, 0
    for layout in readers.wide_layouts(folder):
        score = max((readers.recognise_wide(sheet, layout) for sheet in book.visible), default=0)
        if score > most:
            best, most = layout, score
    return best


def _unknown(book: Book) -> str:
    seen = []
    for sheet in book.visible:
        rows = [row for row in sheet.rows[:20] if any(isinstance(cell, str) and cell.strip() for cell in row)]
        fullest = max(
            rows,
            key=lambda row: sum(isinstance(cell, str) and bool(cell.strip()) for cell in row),
            default=[],
        )
        words = [cell.strip() for cell in fullest if isinstance(cell, str) and cell.strip()]
        more = "…" if len(words) > _SHOWN_HEADINGS else ""
        name = f"工作表“{sheet.name}”" if sheet.name else "文件"
        seen.append(f"{name}的栏目是 {'、'.join(words[:_SHOWN_HEADINGS]) or '（空）'}{more}")
    return (
        f"{book.file}：认不出是哪种表。{'；'.join(seen)}。"
        "请改用教衡模板，或用 --form 指明版式，或用 --mapping 给出映射文件。"
    )
