"""Reads a filled template back: finds each column by its heading, wherever it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaoheng.census import dictionary
from jiaoheng.census.dictionary import Column, Table
from jiaoheng.census.readers.outside import bare_columns
from jiaoheng.census.reading import Reading, Rejection, join
from jiaoheng.census.rows import Target, read_rows
from jiaoheng.census.template import COVER_SHEET, HIDDEN_SHEET, LAYOUT_VERSION, MARK
from jiaoheng.census.template_sheet import HELPER
from jiaoheng.census.values import clean
from jiaoheng.census.workbook import Book, Cell, FileError, Row, Sheet, column_letters

_HEADING_ROWS = 10
"""The headings are looked for in so many rows: somebody may have put a title above."""


@dataclass(frozen=True)
class Mark:
    """What the hidden sheet says. ``sheets``: name of the sheet to name of the table."""

    dictionary: str
    year: int
    region: str
    sheets: Mapping[str, str]


@dataclass(frozen=True)
class _Headings:
    """Where the columns of a table stand. ``row`` is the heading row, counted from 0."""

    row: int
    columns: Mapping[str, int]
    continued: Mapping[str, Sequence[int]]
    unknown: Sequence[str]
    faults: Sequence[tuple[int, str, str, str]]


def is_template(book: Book) -> bool:
    """Whether the book is our template: it carries the hidden sheet."""
    return book.sheet(HIDDEN_SHEET) is not None


def read_template(book: Book, *, key: bytes | None = None, year: int | None = None) -> Reading:
    """Read every table of a filled template.

    Parameters
    ----------
    book : a book for which `is_template` holds.
    key : the workspace's key for identifiers of persons.
    year : the year that is being imported, where known; a template of another year is an error.

    Raises
    ------
    FileError
        The hidden sheet is damaged, or the template is of another year or a later version.
    """
    mark = read_mark(book)
    if year is not None and mark.year != year:
        raise FileError(
            f"{book.file}：这是 {mark.year} 年的模板，而要导入的是 {year} 年。"
            f"请检查年份，或换用 {year} 年的模板。"
        )
    readings = []
    for name, table in mark.sheets.items():
        sheet = book.sheet(name)
        if sheet is None:
            readings.append(Reading(notes=(f"{book.file}：没有工作表“{name}”，这张表未导入。",)))
        else:
            readings.append(_read_sheet(book, sheet, dictionary.table(table), key))
    notes = []
    if mark.dictionary != dictionary.version():
        notes.append(f"{book.file}：模板来自另一版数据字典，按栏目名称读取。")
    known = {*mark.sheets, COVER_SHEET}
    notes += [
        f"{book.file}：工作表“{sheet.name}”不是模板中的表，未读取。"
        for sheet in book.visible
        if sheet.name not in known
    ]
    return join(readings, notes=notes)


def read_mark(book: Book) -> Mark:
    """What the hidden sheet says.

    Raises
    ------
    FileError
        It is damaged, or of a later version than this program knows.
    """
    sheet = book.sheet(HIDDEN_SHEET)
    lines = [[clean(cell) for cell in row] for row in sheet.rows] if sheet is not None else []
    pairs = {line[0]: line[1] for line in lines if len(line) > 1 and line[0] != "sheet"}
    sheets = {line[1]: line[2] for line in lines if len(line) > 2 and line[0] == "sheet"}
    try:
        if int(pairs[MARK]) > LAYOUT_VERSION:
            raise FileError(f"{book.file}：模板的版本比程序新。请升级教衡后再导入。")
        year = int(pairs["year"])
    except (KeyError, ValueError):
        raise FileError(f"{book.file}：模板的隐藏工作表已损坏。请重新生成模板，把数据粘贴过去。") from None
    known = {name: table for name, table in sheets.items() if table in dictionary.tables()}
    return Mark(pairs.get("dictionary", ""), year, pairs.get("region", ""), known)


def _read_sheet(book: Book, sheet: Sheet, table: Table, key: bytes | None) -> Reading:
    found = _find_headings(sheet.rows, table)
    if found is None:
        if not any(clean(cell) for row in sheet.rows for cell in row):
            return Reading()
        return _refused(
            book, sheet, [(-1, "", "找不到栏目行", "请恢复第 2 行的栏目名称，或重新生成模板。")], 0
        )
    faults = list(found.faults)
    body = sheet.rows[found.row + 1 :]
    filled = any(clean(cell) for row in body for cell in row)
    if not filled:
        return Reading()
    for name in table.key:
        if name not in found.columns:
            zh = table[name].zh
            faults.append((-1, zh, f"缺少主键栏目“{zh}”", "请补上这一列，它用来辨认每一行。"))
    if faults:
        return _refused(book, sheet, faults, found.row + 1)
    notes = [f"{book.file} › {sheet.name}：{heading}不在数据字典中，未读取。" for heading in found.unknown]
    headed = {column for column, cell in enumerate(sheet.rows[found.row]) if _heading(cell)}
    notes += [f"{book.file} › {sheet.name}：{note}" for note in bare_columns(body, headed)]
    target = Target(
        table=table.name,
        columns=found.columns,
        headings={name: table[name].heading for name in found.columns},
    )
    return read_rows(
        book,
        sheet.name,
        _joined(body, found),
        [target],
        first_row=found.row + 2,
        key=key,
        notes=notes,
    )


def _find_headings(rows: Sequence[Row], table: Table) -> _Headings | None:
    """The row of the first ten that names most columns."""
    names = _names(table)
    best, most = -1, 0
    for index, row in enumerate(rows[:_HEADING_ROWS]):
        count = sum(_heading(cell) in names for cell in row)
        if count > most:
            best, most = index, count
    return None if best < 0 else _headings(rows[best], best, table, names)


def _headings(row: Row, index: int, table: Table, names: Mapping[str, tuple[str, int]]) -> _Headings:
    columns: dict[str, int] = {}
    continued: dict[str, list[tuple[int, int]]] = {}
    unknown: list[str] = []
    faults: list[tuple[int, str, str, str]] = []
    for position, cell in enumerate(row):
        heading = _heading(cell)
        if not heading or (heading == HELPER and HELPER not in names):
            continue
        if heading not in names:
            column = _with_other_unit(heading, table)
            if column is None:
                # In a sheet of persons a heading may be a name that a shifted row has put there.
                place = f"{column_letters(position)} 列的栏目"
                unknown.append(place if table.of_persons else f"栏目“{str(cell).strip()}”")
            else:
                reason = f"栏目“{heading}”的单位与数据字典不符，应为“{column.heading}”"
                faults.append((position, heading, reason, "请恢复栏目名称，并按该单位填写数值。"))
            continue
        name, part = names[heading]
        if part:
            continued.setdefault(name, []).append((part, position))
        elif name in columns:
            reason = f"栏目重复，{column_letters(columns[name])} 列与 {column_letters(position)} 列相同"
            faults.append((position, table[name].heading, reason, "请删去其中一列。"))
        else:
            columns[name] = position
    order = {name: [position for _, position in sorted(parts)] for name, parts in continued.items()}
    return _Headings(index, columns, order, unknown, faults)


def _names(table: Table) -> dict[str, tuple[str, int]]:
    """Every heading that is a column: with its unit or without, and how far into a long text it is."""
    names: dict[str, tuple[str, int]] = {}
    for column in table.columns:
        names[_heading(column.heading)] = (column.name, 0)
        names[_heading(column.zh)] = (column.name, 0)
        if column.type == "text":
            for part in range(1, 100):
                names[_heading(f"{column.heading}（续{part}）")] = (column.name, part)
    return names


def _with_other_unit(heading: str, table: Table) -> Column | None:
    bare = heading.rsplit("(", 1)[0] if heading.endswith(")") else ""
    return next((column for column in table.columns if column.unit and bare == _heading(column.zh)), None)


def _heading(cell: Cell) -> str:
    return "".join(clean(cell).split()) if isinstance(cell, str) else ""


def _joined(body: Sequence[Row], found: _Headings) -> Sequence[Row]:
    """The rows with long texts put together again in their first column."""
    continued = {
        found.columns[name]: parts for name, parts in found.continued.items() if name in found.columns
    }
    if not continued:
        return body
    rows = [list(row) for row in body]
    for row in rows:
        for first, parts in continued.items():
            if any(part < len(row) and row[part] for part in parts):
                row[first] = "".join(str(row[part] or "") for part in (first, *parts) if part < len(row))
    return rows


def _refused(book: Book, sheet: Sheet, faults: Sequence[tuple[int, str, str, str]], first: int) -> Reading:
    """Nothing of the sheet can be read: every row of it that holds anything is refused."""
    count = sum(1 for row in sheet.rows[first:] if any(clean(cell) for cell in row))
    rejections = tuple(
        Rejection(
            file=book.file,
            sheet=sheet.name,
            row=first if position >= 0 else None,
            column=heading,
            cell=f"{column_letters(position)}{first}" if position >= 0 else "",
            reason=reason,
            mend=mend,
        )
        for position, heading, reason, mend in faults
    )
    return Reading(rejections=rejections, rows_read=count, rows_rejected=count)
