"""Damaged wide exports: whatever a cell holds, nothing crashes and no row is lost unsaid."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from test_wide import CENTRAL, CODE, COLUMNS, NAME, NINE, POINT
from wide_books import write_wide

from jiaoheng.census.readers import read_wide, wide_layouts
from jiaoheng.census.readers.known import Known, Place
from jiaoheng.census.reading import Reading
from jiaoheng.census.workbook import Book, Cell, Range, Sheet, open_book

ROWS = 12
TITLE_AND_HEADINGS = 7
GARBAGE = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "-", "——", "合计", "注：", "#REF!", "#DIV/0!", "１２", "12,34", "1e400", "=1+1", "是", "0"]
    ),
    st.text(max_size=12),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.times(),
)
HITS = st.lists(
    st.tuples(st.integers(0, TITLE_AND_HEADINGS + ROWS), st.integers(0, len(COLUMNS) - 1), GARBAGE),
    max_size=12,
)


def clean() -> tuple[list[list[Cell]], list[Range]]:
    """A sheet of a dozen schools and its merged cells, as a reader sees them in a workbook that was
    written."""
    schools = []
    for number in range(ROWS):
        school = (CENTRAL, POINT, NINE)[number % 3]
        # A name of its own for every main school, so that each point finds one.
        name = str(school[NAME]).replace("龙甫", f"龙甫{'甲乙丙丁'[number // 3]}")
        schools.append(school | {NAME: name, CODE: f"21440{number:05}"})
    with tempfile.TemporaryDirectory() as folder:
        (sheet,) = open_book(write_wide(Path(folder) / "小学.xlsx", COLUMNS, schools)).sheets
        return sheet.rows, sheet.merges


CLEAN, MERGES = clean()


def read(rows: list[list[Cell]], known: Known | None = None) -> Reading:
    sheet = Sheet("小学", False, lambda: rows, lambda: MERGES)
    layout = next(each for each in wide_layouts() if each.id == "wide-school-export")
    return read_wide(Book("小学.xlsx", "0" * 64, (sheet,)), layout, known=known)


def named_rows(reading: Reading) -> set[int]:
    """The rows that notes and rejections speak of."""
    spoken = " ".join(note for note in reading.notes if "未读" in note)
    listed = {int(number) for group in re.findall(r"第 ([\d、]+)", spoken) for number in group.split("、")}
    return listed | {rejection.row for rejection in reading.rejections if rejection.row}


def test_the_sheet_is_read_whole_before_it_is_damaged() -> None:
    reading = read(CLEAN)
    assert reading.rejections == ()
    assert reading.rows_accepted == ROWS


@given(HITS)
@settings(max_examples=150, deadline=None)
def test_every_row_is_accepted_or_rejected_or_named_as_no_data(hits: list[tuple[int, int, Cell]]) -> None:
    rows = [list(row) for row in CLEAN]
    for row, column, cell in hits:
        if row < len(rows):
            rows[row][column] = cell
    reading = read(rows, Known(areas=(Place("441284101", "龙甫镇"), Place("441284001", "东城街道"))))
    assert reading.rows_read == reading.rows_accepted + reading.rows_rejected
    assert len({rejection.row for rejection in reading.rejections if rejection.row}) == reading.rows_rejected
    for rejection in reading.rejections:
        assert rejection.message()
        assert rejection.reason
        assert rejection.mend
    if not reading.sources:
        # The headings themselves are gone: the whole sheet is refused.
        assert reading.rejections
        return
    accepted = {row["row"] for row in reading.rows.to_pylist()}
    everything = {
        number + 1
        for number in range(TITLE_AND_HEADINGS, len(rows))
        if any(cell not in ("", None) for cell in rows[number])
    }
    lost = everything - accepted - named_rows(reading)
    assert not lost


@given(st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(7, len(COLUMNS) - 1), GARBAGE), max_size=8))
@settings(max_examples=80, deadline=None)
def test_a_row_that_was_not_touched_reads_as_before(hits: list[tuple[int, int, Cell]]) -> None:
    rows = [list(row) for row in CLEAN]
    for row, column, cell in hits:
        rows[TITLE_AND_HEADINGS + row][column] = cell
    touched = {f"21440{row:05}" for row, _, _ in hits}
    before = {row["school_code"]: row for row in read(CLEAN).tables["school_stages"].to_pylist()}
    reading = read(rows)
    after = {row["school_code"]: row for row in reading.tables["school_stages"].to_pylist()}
    for code in before.keys() - touched:
        assert after[code] == before[code]
    refused = {f"21440{(rejection.row or 0) - TITLE_AND_HEADINGS - 1:05}" for rejection in reading.rejections}
    assert refused <= touched
