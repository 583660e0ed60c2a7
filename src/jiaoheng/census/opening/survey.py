"""Looks over the XML of a sheet before the workbook library sees it: how far it reaches, and what it hides.

The library makes room for every cell up to the last one that holds anything: a single cell in XFD1048576 asks
for half a terabyte and ends the process. It also reads formulas without a value as blanks, and does not say
which rows are hidden. One pass over the inflated bytes finds all of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from jiaoheng.census.formula_faults import faults_in
from jiaoheng.census.opening.package import Package, damaged
from jiaoheng.census.opening.tags import Places, plain_cells, tags
from jiaoheng.census.sheets import FileError, column_letters

MOST_SHEET = 512 * 2**20
"""The largest sheet in bytes of XML: about a million rows of fifteen columns."""
MOST_STRINGS = 256 * 2**20
MOST_DISTINCT = 5_000_000
MOST_CELLS = 16_000_000
"""Cells from A1 to the last one that holds anything, blanks counted: they take up to 800 MB."""
MOST_TEXT = 512 * 2**20
"""What the texts of one sheet may come to, in bytes, when every cell has its own copy."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

_LONGEST = 4 * 2**20
"""The most bytes of XML between one cell and the next."""

_TAG = re.compile(
    rb"<(?:[^\s<>/\"'=:]++:)?(row|c)(?=[\s/>])((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>(?=(</)?)", re.DOTALL
)
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_NUMBER = re.compile(rb"\b(r|min|max)=[\"']([0-9]{1,7})[\"']")
_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v\s*>\s*([0-9]{1,9})")


@dataclass(frozen=True)
class Strings:
    """The texts that cells share. ``sizes`` has the bytes of XML of each."""

    sizes: Places

    @property
    def longest(self) -> int:
        """The bytes of the longest; 0 where there is none."""
        return int(self.sizes.max(initial=0))


@dataclass
class Survey:
    """What one pass over a sheet found. ``faults`` are formulas without a value, by cell from 0."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def reach(self, row: int, column: int) -> None:
        """There is a cell in that row and column, counted from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def survey_sheet(package: Package, part: str, sheet: str, strings: Strings) -> Survey:
    """One pass over the part that holds a sheet.

    Raises
    ------
    FileError
        The sheet reaches too far, is too large, or is damaged. The message names file and sheet.
    """
    found = Survey()
    blocks = list(_check_blocks(package, part, sheet, found))
    cells = sum(blocks)
    _hold_to_limits(package.file, sheet, found)
    if cells * strings.longest > MOST_TEXT and _text_size(package, part, strings) > MOST_TEXT:
        raise FileError(
            f"{package.file} › {sheet}：各单元格的文字合计超过 {MOST_TEXT // 2**20} MB，未读取。"
            "请删去过长的文字，另存为 .xlsx 再导入。"
        )
    return found


def survey_strings(package: Package) -> Strings:
    """How many texts the sheets share, and how long each is."""
    positions: list[Places] = []
    offset, carry, declared = 0, b"", 0
    for piece in package.pieces("xl/sharedStrings.xml", most=MOST_STRINGS):
        if not offset:
            declared = max(
                map(int, re.findall(rb"ount\s*=\s*[\"']([0-9]{1,30})[\"']", piece[:4096])), default=0
            )
        if len(piece) > _LONGEST // 8 and b"<" not in piece:
            raise too_long(package.file)
        buffer = carry + piece
        here = np.frombuffer(buffer, np.uint8)
        marks = tags(here, b"si")
        positions.append(marks + (offset - len(carry)))
        offset += len(piece)
        carry = buffer[-4:]
    if not offset:
        return Strings(np.zeros(0, np.int64))
    # A carried tail can show the same tag twice.
    starts = np.unique(np.concatenate(positions))
    if declared > offset or len(starts) > MOST_DISTINCT:
        raise FileError(
            f"{package.file}：共享文字的数目（{max(declared, len(starts))}）不合理，文件已损坏或过大。"
            "请用 Excel 打开并另存为 .xlsx，或拆成几个文件。"
        )
    return Strings(np.diff(starts, append=offset))


def too_long(file: str, sheet: str = "") -> FileError:
    """The error for a cell that holds a text of megabytes."""
    where = f"{file} › {sheet}" if sheet else file
    return FileError(
        f"{where}：有单元格的文字过长（上百万字），未读取。请在 Excel 中删去它，另存为 .xlsx 再导入。"
    )


def _check_blocks(package: Package, part: str, sheet: str, found: Survey) -> Iterator[int]:
    """Look over the sheet block by block; gives the number of cells of each."""
    at = (0, 0)
    for block in _blocks(package, part, sheet):
        here = np.frombuffer(block, np.uint8)
        cells = tags(here, b"c")
        plain = plain_cells(here, cells)
        if plain is None:
            at = _reach_of_tags(package.file, sheet, block, found, at)
        elif len(cells):
            rows, columns, blank = plain
            at = int(rows[-1]), int(columns[-1])
            if not blank.all():
                found.reach(int(rows[~blank].max()), int(columns[~blank].max()))
        if len(tags(here, b"f")) or b't="e"' in block or b"t='e'" in block:
            found.faults.update(faults_in(block))
        _note_hidden(block, found)
        yield len(cells)


def _blocks(package: Package, part: str, sheet: str) -> Iterator[bytes]:
    """The sheet's XML, cut only where a row or a cell begins."""
    carry, ended = b"", False
    for piece in package.pieces(part, most=MOST_SHEET):
        if ended:
            yield piece
            continue
        if (not carry and piece[:2] in (b"\xff\xfe", b"\xfe\xff")) or b"\x00" in piece[:64]:
            raise damaged(package.file, sheet)  # UTF-16, of which the library would read nothing at all
        buffer = carry + piece
        cut = max(map(buffer.rfind, (b"<row", b"<c ", b":row", b":c ")))
        cut = buffer.rfind(b"<", 0, cut + 1)
        if cut > 0:
            yield buffer[:cut]
            carry = buffer[cut:]
        elif _END.search(buffer):
            yield buffer
            carry, ended = b"", True
        elif len(buffer) > _LONGEST:
            raise too_long(package.file, sheet)
        else:
            carry = buffer
    yield carry


def _reach_of_tags(
    file: str, sheet: str, block: bytes, found: Survey, at: tuple[int, int]
) -> tuple[int, int]:
    """Follow rows and cells one by one, those without an address too; gives where the block ends."""
    row, column = at
    for tag in _TAG.finditer(block):
        address = _ADDRESS.search(tag[2])
        said = (address[1] or address[2] or b"") if address else None
        if tag[1] == b"row":
            row, column = int(said) if said and said.isdigit() and len(said) < 8 else row + 1, 0
            continue
        if said is None:
            column += 1
        elif cell := _CELL.fullmatch(said):
            row, column = int(cell[2]), _column(cell[1])
        else:
            raise damaged(file, sheet)
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise damaged(file, sheet)
        if not (tag[2].endswith(b"/") or tag[3]):
            found.reach(max(row, 1), column)
    return row, column


def _hold_to_limits(file: str, sheet: str, found: Survey) -> None:
    if found.rows > MOST_ROWS or found.columns > MOST_COLUMNS:
        raise damaged(file, sheet)
    if found.rows * found.columns > MOST_CELLS:
        raise FileError(
            f"{file} › {sheet}：内容到了第 {found.rows} 行、{column_letters(found.columns - 1)} 列，"
            f"共 {found.rows * found.columns} 格，超过上限 {MOST_CELLS // 10_000} 万格。"
            "请删去数据区以外的内容（在 Excel 中按 Ctrl+End 可找到最后一格），或拆成几个文件再导入。"
        )


def _text_size(package: Package, part: str, strings: Strings) -> int:
    """The bytes of all texts of a sheet, each counted as often as a cell has it."""
    total = 0
    for block in _blocks(package, part, ""):
        indexes = np.array([int(found) for found in _SHARED.findall(block)], np.int64)
        total += int(strings.sizes[indexes[indexes < len(strings.sizes)]].sum())
    return total


def _note_hidden(block: bytes, found: Survey) -> None:
    if b"hidden=" in block:
        for tag in _HIDDEN_ROW.finditer(block):
            found.hidden_rows.update(
                int(number) - 1 for name, number in _NUMBER.findall(tag[1]) if name == b"r"
            )
        for tag in _HIDDEN_COLUMN.finditer(block):
            ends = dict(_NUMBER.findall(tag[1]))
            if {b"min", b"max"} <= ends.keys():
                last = min(int(ends[b"max"]), MOST_COLUMNS)
                found.hidden_columns.update(range(int(ends[b"min"]) - 1, last))
    found.filtered = found.filtered or b"autoFilter" in block


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column
