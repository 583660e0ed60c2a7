"""Reads any workbook or CSV as a mapping file says."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaoheng.census import dictionary, values
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.assemble import Constant, Draft, Given, Problem, assemble
from jiaoheng.census.readers.heading import cell_text, paths_of
from jiaoheng.census.readers.mappings.columns import Table, cells_for
from jiaoheng.census.readers.mappings.expressions import Masks, evaluate
from jiaoheng.census.readers.mappings.model import Mapping, TableMapping
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.workbook import Book, Sheet, open_book
from jiaoheng.packs.yaml_lines import Location, PackError, nearest


def read_mapped(path: Path | str, mapping: Mapping, *, key: bytes | None = None) -> Reading:
    """Read a file as a mapping says.

    Parameters
    ----------
    path : a workbook or a CSV.
    mapping : from `load_mapping`.
    key : the workspace's key for identifiers of persons.

    Raises
    ------
    FileError
        The file cannot be opened.
    PackError
        The mapping names sheets or headings that the file does not have; with ``file:line`` of the mapping
        and the nearest heading.
    """
    book = _open(Path(path), mapping)
    sheets = _sheets(book, mapping)
    readings = [_read_sheet(book, sheet, headings, mapping, key) for sheet, headings in sheets]
    read = [sheet for sheet, _ in sheets]
    return join(readings, notes=[*book.notes(read), *_not_read(book, read, mapping)])


def _open(path: Path, mapping: Mapping) -> Book:
    """The file; a CSV with the encoding and the delimiter that the mapping names."""
    form = mapping.content.file
    try:
        return open_book(path, encoding=form.encoding, delimiter=form.delimiter)
    except (UnicodeError, LookupError):
        problem = f"文件 {path.name} 不是 {form.encoding} 编码。请改正，或删去此项让程序自己认。"
        raise mapping.error(("file", "encoding"), problem) from None


@dataclass(frozen=True)
class _Headings:
    """The headings of a sheet: the word as it is compared, to the columns that have it."""

    where: str
    columns: Map[str, tuple[int, ...]]
    texts: Map[int, str]
    of_persons: bool = False
    """Then what stands in the heading row is not listed: a wrong number of the row would show persons."""

    def missing(self, word: str) -> str:
        """Why a heading cannot be used, in Chinese; empty where it can."""
        found = self.columns.get(_squeezed(word), ())
        if not found:
            if self.of_persons:
                close = "请核对这个表头，以及 file.heading_row 是否就是表头行。"
            else:
                close = nearest(word, self.texts.values()) or self._listed()
            return f"{self.where} 里没有表头「{word}」。{close}"
        if len(found) > 1:
            return f"表头「{word}」在 {self.where} 里出现 {len(found)} 次，分不清用哪一列。请在文件里改名。"
        return ""

    def _listed(self) -> str:
        texts = list(self.texts.values())
        if not texts:
            return "表头行是空的，请核对 file.heading_row。"
        return f"它的表头有：{'、'.join(texts[:8])}{'等' * (len(texts) > 8)}。请改正映射文件或表头。"


def _sheets(book: Book, mapping: Mapping) -> list[tuple[Sheet, _Headings]]:
    """The sheets to read: those named, or all that have the headings; an error where none has."""
    named = mapping.content.file.sheets
    for index, name in enumerate(named):
        if book.sheet(name) is None:
            sheets = [sheet.name for sheet in book.sheets]
            problem = f"文件 {book.file} 没有工作表「{name}」。{nearest(name, sheets)}"
            raise mapping.error(("file", "sheets", index), problem)
    chosen = [sheet for sheet in book.sheets if sheet.name in named] if named else list(book.visible)
    found = []
    first_fault: PackError | None = None
    for sheet in chosen:
        headings = _headings(book, sheet, mapping)
        faults = [
            mapping.located.message(place, problem)
            for place, word in _words(mapping)
            if (problem := headings.missing(word))
        ]
        if not faults:
            found.append((sheet, headings))
            continue
        fault = PackError("\n".join(dict.fromkeys(faults)))
        if named:
            raise fault
        first_fault = first_fault or fault
    if not found and first_fault is not None:
        raise first_fault
    return found


def _not_read(book: Book, read: Sequence[Sheet], mapping: Mapping) -> list[str]:
    """Notes on sheets that hold something and are not read, unless the mapping names those that are."""
    if mapping.content.file.sheets:
        return []
    return [
        f"{_where(book, sheet)}：没有映射文件所写的表头，未读取。"
        for sheet in book.visible
        if sheet not in read and any(cell_text(cell) for row in sheet.rows for cell in row)
    ]


def _headings(book: Book, sheet: Sheet, mapping: Mapping) -> _Headings:
    form = mapping.content.file
    first = form.heading_row - form.heading_rows
    rows = sheet.rows[first : form.heading_row]
    if form.heading_rows == 1:
        cells = rows[0] if rows else []
        texts = {column: text for column, cell in enumerate(cells) if (text := cell_text(cell))}
    else:
        texts = {path.column: path.text for path in paths_of(rows, first, sheet.merges)}
    columns: dict[str, tuple[int, ...]] = {}
    for column, text in texts.items():
        columns[_squeezed(text)] = (*columns.get(_squeezed(text), ()), column)
    of_persons = any(dictionary.table(each.table).of_persons for each in mapping.content.tables)
    return _Headings(_where(book, sheet), columns, texts, of_persons)


def _words(mapping: Mapping) -> list[tuple[Location, str]]:
    """Every heading that the mapping names, and where."""
    found: list[tuple[Location, str]] = []
    for index, each in enumerate(mapping.content.tables):
        for name, origin in each.columns.items():
            place: Location = ("tables", index, "columns", name)
            found += [(place, word) for word in origin.headings]
    return found + [(place, word) for place, node in mapping.expressions() for word in sorted(node.columns())]


def _read_sheet(
    book: Book, sheet: Sheet, headings: _Headings, mapping: Mapping, key: bytes | None
) -> Reading:
    places = {word: found[0] for word, found in headings.columns.items()}
    first = mapping.content.file.heading_row
    again = bodies.headings_again(sheet.rows, first)
    repeated = frozenset(again)
    body = (row for row in range(first, len(sheet.rows)) if row not in repeated)
    numbers = [row + 1 for row in body if any(cell_text(cell) for cell in sheet.rows[row])]
    table = Table([sheet.rows[number - 1] for number in numbers], places, _squeezed)
    masks, problems = evaluate(mapping, table)
    kept = masks.read()
    notes = _passed_over(book, sheet, masks, numbers)
    if again:
        passed = bodies.Body((), (), (), again).passed_over()
        notes.append(f"{_where(book, sheet)}：不是数据、未读：{passed}。")
    table, masks = table.take(kept), masks.take(kept)
    moved = {position: new for new, position in enumerate(kept)}
    problems = [
        Problem(moved[each.position], each.column, each.heading, each.reason, each.mend)
        for each in problems
        if each.position in moved
    ]
    columns: list[Given] = []
    constants: dict[tuple[str, int], dict[str, Constant]] = {}
    for group, each in enumerate(mapping.content.tables):
        given, wrong = _table(mapping, group, each, table, masks)
        columns += given
        problems += wrong
        constants[each.table, group] = _constants(each)
    draft = Draft(
        numbers=[numbers[position] for position in kept],
        columns=columns,
        constants=constants,
        problems=problems,
        notes=notes,
        distinct=frozenset(each.table for each in mapping.content.tables if each.distinct),
    )
    return assemble(book, sheet.name, draft, key=key)


def _table(
    mapping: Mapping, group: int, mapped: TableMapping, table: Table, masks: Masks
) -> tuple[list[Given], list[Problem]]:
    """The columns for one table; blank in rows that its condition leaves out."""
    given: list[Given] = []
    problems: list[Problem] = []
    chosen = masks.where(group)
    for name, origin in mapped.columns.items():
        if origin.constant is not None:
            continue
        column = dictionary.table(mapped.table)[name]
        found, wrong = cells_for(origin, column, table, masks.results(group, name), mapping.content.script)
        cells = found.cells
        if chosen is not None:
            cells = [cell if take else None for cell, take in zip(cells, chosen, strict=True)]
            wrong = [each for each in wrong if chosen[each.position]]
        target = f"{mapped.table}.{name}"
        given.append(Given(target, found.origin, found.heading, cells, origin.factor, group))
        problems += wrong
    return given, problems


def _constants(mapped: TableMapping) -> dict[str, Constant]:
    found: dict[str, Constant] = {}
    for name, origin in mapped.columns.items():
        if origin.constant is not None:
            value = values.parse(origin.constant, dictionary.table(mapped.table)[name])
            if isinstance(value, str | int | float | bool):
                found[name] = value
    return found


def _passed_over(book: Book, sheet: Sheet, masks: Masks, numbers: Sequence[int]) -> list[str]:
    where = _where(book, sheet)
    notes = []
    for said, gone in (("skip", masks.skipped()), ("where", masks.left_out())):
        if gone:
            shown = "、".join(str(numbers[position]) for position in gone[:8])
            more = f" 等 {len(gone)}" if len(gone) > 8 else ""
            notes.append(f"{where}：按映射文件的 {said} 条件不读第 {shown}{more} 行。")
    return notes


def _where(book: Book, sheet: Sheet) -> str:
    return f"{book.file} › {sheet.name}" if sheet.name else book.file


def _squeezed(text: str) -> str:
    return "".join(values.clean(text).split())


__all__ = ["read_mapped"]
