"""Reads whatever files a bureau has: tells what each is, and joins what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from jiaoheng import terms
from jiaoheng.census import readers
from jiaoheng.census.following import follow
from jiaoheng.census.lineage import Former
from jiaoheng.census.merge import merge_parts, settle, upsert
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.schema import empty, schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template_read import is_template, read_template
from jiaoheng.census.workbook import Book, FileError, Row, Sheet, open_book
from jiaoheng.packs.layouts import Layout

_SHOWN_HEADINGS = 12
_LONG_NUMBER = re.compile(r"\d{6}")


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
) -> Reading:
    """Read files of any kind that is known: our template, a wide export, a roster, or a table with a mapping.

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
    if mapping is not None:
        if form is not None:
            raise FileError("版式（form）与映射文件（mapping）只能给一个。请去掉其中一个。")
        rules = readers.load_mapping(mapping)
        mapped = join(readers.read_mapped(path, rules, key=key) for path in paths)
        return settle(follow(mapped, former or Former()))
    books, notes = _distinct([open_book(path) for path in paths])
    templates = [book for book in books if is_template(book)]
    reading = join((read_template(book, key=key, year=year) for book in templates), notes=notes)
    others = [book for book in books if book not in templates]
    jobs, more = _jobs(others, form, layouts)
    reading = join([reading], notes=[*_remarks(books), *_hidden(others), *more])
    for book, layout in jobs:
        # A file may name schools and towns that another is just bringing in.
        known = readers.Known.of(_Seen(census, reading), former=former)
        if layout.layout.kind == "roster":
            found = readers.read_roster(book, layout, known=known, key=key)
        else:
            found = readers.read_wide(book, layout, known=known, stage=stage)
        reading = join([reading, found])
    return settle(follow(reading, former or Former()))


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


def _jobs(
    books: Sequence[Book], form: str | None, folder: Path | None
) -> tuple[list[tuple[Book, Layout]], list[str]]:
    """Which sheets to read by which layout, those that bring schools before those that name them."""
    jobs: list[tuple[Book, Layout]] = []
    notes: list[str] = []
    for book in books:
        if form:
            jobs.append((book, _layout(form, folder)))
            continue
        sheets: dict[str, list[Sheet]] = {}
        passed = []
        for sheet in book.visible:
            layout = _recognise(sheet, folder)
            if layout is not None:
                sheets.setdefault(layout.id, []).append(sheet)
            elif any(map(any, sheet.rows)):
                passed.append(sheet.name)
        if not sheets:
            raise FileError(_unknown(book))
        jobs += [(replace(book, sheets=tuple(some)), _layout(name, folder)) for name, some in sheets.items()]
        notes += [f"{book.file} › {name}：认不出是哪种表，未读取。" for name in passed]
    return sorted(jobs, key=lambda job: job[1].layout.kind == "roster"), notes


def _layout(form: str, folder: Path | None) -> Layout:
    known = {layout.id: layout for layout in readers.layouts(folder)}
    if form not in known:
        raise FileError(f"没有版式“{form}”。可用：{'、'.join(known)}；或用映射文件写明各列。")
    return known[form]


def _recognise(sheet: Sheet, folder: Path | None) -> Layout | None:
    """The layout that knows most headings of the sheet."""
    best, most = None, 0
    for layout in readers.layouts(folder):
        know = readers.recognise_roster if layout.layout.kind == "roster" else readers.recognise_wide
        score = know(sheet, layout)
        if score > most:
            best, most = layout, score
    return best


def _is_data(row: Row) -> bool:
    """Whether a row may be a person's, which no message repeats: it has a figure, a long number or a sex."""
    return any(
        cell is not None
        and (
            not isinstance(cell, str)
            or _LONG_NUMBER.search(cell) is not None
            or any(terms.lookup(codes, cell.strip()) for codes in ("sex", "grade"))
        )
        for cell in row
    )


def _unknown(book: Book) -> str:
    seen = []
    for sheet in book.visible:
        rows = [row for row in sheet.rows[:20] if not _is_data(row)]
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
