"""Tells what each sheet of the files is: an official form, a wide export, a roster; asks where two fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from jiaoheng import terms
from jiaoheng.census import dictionary, readers
from jiaoheng.census.personal import without_numbers
from jiaoheng.census.readers import FormSheet
from jiaoheng.census.workbook import Book, Cell, FileError, Row, Sheet, column_letters
from jiaoheng.packs.form_layouts import FormLayout
from jiaoheng.packs.layouts import Layout

_AnyLayout = TypeVar("_AnyLayout", Layout, FormLayout)

_SHOWN_HEADINGS = 12
_SHOWN_ROWS = 8
_LONG_NUMBER = re.compile(r"\d{6}")


class AmbiguousLayoutError(FileError):
    """Several layouts fit a sheet equally well. ``choices``: the id and the name of each."""

    def __init__(self, file: str, sheet: str, choices: Sequence[tuple[str, str]]) -> None:
        self.file = file
        self.sheet = sheet
        self.choices = tuple(choices)
        place = " › ".join(part for part in (file, sheet) if part)
        names = "、".join(f"{name}（{id_}）" for id_, name in choices)
        super().__init__(f"{place}：像{len(choices)}种表：{names}，分不清是哪一种。请用 --form 指明版式。")


Choose = Callable[[AmbiguousLayoutError], str]
"""Asks a person which of the choices it is; gives the id."""


@dataclass
class Jobs:
    """Which sheets to read by which layout. ``notes``: what was passed over.

    ``counted``: files of persons that are counted together, by the id of their layout.
    """

    tables: list[tuple[Book, Layout]] = field(default_factory=list)
    counted: dict[str, tuple[Layout, list[Book]]] = field(default_factory=dict)
    forms: list[FormSheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def recognise(
    books: Sequence[Book],
    *,
    form: str | None = None,
    folder: Path | None = None,
    choose: Choose | None = None,
    year: int | None = None,
) -> Jobs:
    """What every sheet is, tables that bring schools before those that name them.

    Parameters
    ----------
    books : the files.
    form : the id of the layout that all of them have, where a person says so.
    folder : a folder with the workspace's own layouts.
    choose : asks which of several layouts a sheet has.
    year : the year of the files; forms changed in 2021.

    Raises
    ------
    AmbiguousLayoutError
        Several layouts fit equally, and there is nobody to ask.
    FileError
        Nobody can tell what a file is.
    """
    jobs = Jobs()
    for book in books:
        if form is not None:
            _as_told(book, form, folder, jobs)
        else:
            _by_content(book, folder, choose, year, jobs)
    jobs.tables.sort(key=lambda job: job[1].layout.kind != "wide")
    for book, layout in jobs.tables:
        if layout.layout.kind == "counted":
            jobs.counted.setdefault(layout.id, (layout, []))[1].append(book)
    jobs.tables = [job for job in jobs.tables if job[1].id not in jobs.counted]
    return jobs


def _as_told(book: Book, form: str, folder: Path | None, jobs: Jobs) -> None:
    layout = _layout(form, folder)
    if not isinstance(layout, FormLayout):
        jobs.tables.append((book, layout))
        return
    found = [_form_sheet(book, sheet, layout, folder) for sheet in book.visible]
    if not any(each.forms for each in found):
        raise FileError(
            f"{book.file}：没有找到“{layout.layout.label}”的行和列。"
            "请核对 --form，或改用教衡模板，或用 --mapping 给出映射文件。"
        )
    jobs.forms += [each for each in found if each.forms]


def _by_content(book: Book, folder: Path | None, choose: Choose | None, year: int | None, jobs: Jobs) -> None:
    sheets: dict[str, list[Sheet]] = {}
    forms: list[FormSheet] = []
    passed: list[str] = []
    strange: list[str] = []
    for sheet in book.visible:
        found = readers.find_forms(sheet, readers.form_layouts(folder), year=year)
        table = None if found.forms else _table_layout(book, sheet, folder, choose)
        if table is None and found.equal:
            chosen = _ask(book, sheet, found.equal, choose)
            found = readers.find_forms(sheet, readers.form_layouts(folder), wanted=chosen)
        if found.forms:
            forms.append(FormSheet(book, sheet, found.forms))
            if found.unread:
                jobs.notes.append(_beside(book, sheet, found.unread))
        elif table is not None:
            sheets.setdefault(table.id, []).append(sheet)
        elif not found.strange and any(map(any, sheet.rows)):
            passed.append(sheet.name)
        if table is None:
            strange += [f"{sheet.name}：{number}" for number in found.strange]
    if not sheets and not forms:
        raise FileError(_unknown(book))
    for id_, some in sheets.items():
        layout = _layout(id_, folder)
        assert isinstance(layout, Layout)
        jobs.tables.append((replace(book, sheets=tuple(some)), layout))
    jobs.forms += forms
    jobs.notes += [f"{book.file} › {name}：认不出是哪种表，未读取。" for name in passed]
    jobs.notes += [f"{book.file} › {each} 还没有版式，未读取。" for each in strange]


def _beside(book: Book, sheet: Sheet, unread: Sequence[int]) -> str:
    where = f"{book.file} › {sheet.name}" if sheet.name else book.file
    rows = "、".join(str(position + 1) for position in unread[:_SHOWN_ROWS])
    more = f" 等 {len(unread)}" if len(unread) > _SHOWN_ROWS else ""
    return f"{where}：第 {rows}{more} 行的表认不出是哪种报表，未读取。请核对它的表头。"


_RECOGNISE: Mapping[str, Callable[[Sheet, Layout], int]] = {
    "wide": readers.recognise_wide,
    "roster": readers.recognise_roster,
    "counted": readers.recognise_counted,
}


def _form_sheet(book: Book, sheet: Sheet, layout: FormLayout, folder: Path | None) -> FormSheet:
    found = readers.find_forms(sheet, readers.form_layouts(folder), wanted=layout)
    return FormSheet(book, sheet, found.forms)


def _table_layout(book: Book, sheet: Sheet, folder: Path | None, choose: Choose | None) -> Layout | None:
    """The table layout that knows most headings of the sheet; of equals the one that extends
    another comes first, then the workspace's own."""
    score: dict[str, int] = {}
    layouts = {layout.id: layout for layout in readers.layouts(folder)}
    for layout in layouts.values():
        score[layout.id] = _RECOGNISE[layout.layout.kind](sheet, layout)
    most = max(score.values())
    if not most:
        return None
    best = [layout for layout in layouts.values() if score[layout.id] == most]
    extended = {layout.layout.extends for layout in best}
    best = [layout for layout in best if layout.id not in extended]
    built_in = readers.layouts()
    own = [layout for layout in best if layout not in built_in] or best
    return own[0] if len(own) == 1 else _ask(book, sheet, own, choose)


def _ask(book: Book, sheet: Sheet, equal: Sequence[_AnyLayout], choose: Choose | None) -> _AnyLayout:
    doubt = AmbiguousLayoutError(book.file, sheet.name, [(each.id, _label(each)) for each in equal])
    if choose is None:
        raise doubt
    chosen = choose(doubt)
    return next(each for each in equal if each.id == chosen)


def _label(layout: Layout | FormLayout) -> str:
    return layout.layout.label if isinstance(layout, FormLayout) else layout.layout.name


def _layout(form: str, folder: Path | None) -> Layout | FormLayout:
    known: dict[str, Layout | FormLayout] = {layout.id: layout for layout in readers.layouts(folder)}
    known |= {layout.id: layout for layout in readers.form_layouts(folder)}
    by_number = {code: layout for layout in readers.form_layouts(folder) for code in layout.codes}
    found = known.get(form) or by_number.get(form)
    if found is None:
        raise FileError(f"没有版式“{form}”。可用：{'、'.join(known)}；或用映射文件写明各列。")
    return found


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
            key=lambda row: sum(map(_is_text, row)),
            default=[],
        )
        words = [_heading(place, cell, sheet) for place, cell in enumerate(fullest) if _is_text(cell)]
        more = "…" if len(words) > _SHOWN_HEADINGS else ""
        name = f"工作表“{sheet.name}”" if sheet.name else "文件"
        seen.append(f"{name}的栏目是 {'、'.join(words[:_SHOWN_HEADINGS]) or '（空）'}{more}")
    return (
        f"{book.file}：认不出是哪种表。{'；'.join(seen)}。"
        "请改用教衡模板，或用 --form 指明版式，或用 --mapping 给出映射文件。"
    )


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _heading(place: int, cell: Cell, sheet: Sheet) -> str:
    """A heading as it may be told: in a sheet that may hold persons, an unknown one may be a name."""
    text = str(cell).strip()
    return (
        text if text in _known_headings() or not _may_hold_persons(sheet) else f"{column_letters(place)} 列"
    )


def _may_hold_persons(sheet: Sheet) -> bool:
    of_persons = _known_headings("pupils") | _known_headings("teachers")
    return any(
        str(cell).strip() in of_persons or without_numbers(str(cell)) != str(cell)
        for row in sheet.rows[:20]
        for cell in row
        if cell is not None
    )


@cache
def _known_headings(table: str | None = None) -> frozenset[str]:
    """The Chinese names of the dictionary's columns; those of a table that no other has."""
    tables = dictionary.tables()
    if table is None:
        return frozenset(zh for each in tables.values() for zh in each.by_zh)
    others = {zh for each in tables.values() if not each.of_persons for zh in each.by_zh}
    return frozenset(tables[table].by_zh) - others


__all__ = ["AmbiguousLayoutError", "Choose", "Jobs", "recognise"]
