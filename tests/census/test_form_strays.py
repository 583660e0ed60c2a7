"""Rows of a form that have lost what names them: none goes unsaid, none passes for another's."""

from __future__ import annotations

import itertools
from pathlib import Path

import form_books as books
import openpyxl
import pytest
from form_books import Filled, Shape, write_forms

from jiaoheng.census import Reading, read

SCHOOL = "2144000001"


def written(path: Path, shape: Shape) -> tuple[Path, dict[tuple[str, books.Heading], int]]:
    """The form of a primary school with another figure in every cell."""
    numbers = itertools.count(1001)
    values = {(code, heading): next(numbers) for _, code in shape.rows for heading in shape.columns}
    write_forms(path, {f"{shape.code}_小学": Filled(shape, values, SCHOOL, "东城小学")})
    return path, values


def figures(reading: Reading) -> set[float]:
    return {
        float(value)
        for table in reading.tables.values()
        for row in table.to_pylist()
        for value in row.values()
        if isinstance(value, int | float)
    }


def test_a_row_without_name_and_code_is_named(tmp_path: Path) -> None:
    path, values = written(tmp_path / "报表.xlsx", books.FORM_3112)
    book = openpyxl.load_workbook(path)
    page = book.active
    row = next(cell.row for (cell,) in page.iter_rows(max_col=1) if "寄宿" in str(cell.value))
    page.cell(row, 1).value = page.cell(row, 2).value = None
    book.save(path)
    reading = read(path)
    assert [note for note in reading.notes if f"第 {row} 行有数，却没有行名和代码，未读" in note]
    assert reading.rows_accepted == len(books.FORM_3112.rows) - 1
    lost = {values["05", heading] for heading in books.FORM_3112.columns}
    assert figures(reading) == set(values.values()) - lost


@pytest.mark.parametrize("column", [1, 3])
def test_a_remark_between_the_rows_ends_nothing(tmp_path: Path, column: int) -> None:
    path, values = written(tmp_path / "报表.xlsx", books.FORM_3113)
    book = openpyxl.load_workbook(path)
    page = book.active
    page.insert_rows(9)
    page.cell(9, column).value = "备注：以下数据待核实。"
    book.save(path)
    assert figures(read(path)) == set(values.values())


def test_rows_above_the_first_stage_are_of_no_stage(tmp_path: Path) -> None:
    stages, first = books.FORM_4153.rows, 9
    # The rows of 学前教育 without that of its name; then 小学 and all below it.
    shape = Shape(books.FORM_4153.code, books.FORM_4153.title, books.FORM_4153.columns, stages[1:])
    path, values = written(tmp_path / "报表.xlsx", shape)
    reading = read(path)
    assert any("看不出学段的" in note for note in reading.notes)
    (primary,) = [row for row in reading.tables["school_stages"].to_pylist() if row["stage"] == "primary"]
    assert primary["teachers"] == values[stages[first][1], ("合计",)]
    assert figures(reading) == set(values.values())


def test_a_table_below_that_is_no_form_is_named(tmp_path: Path) -> None:
    path, values = written(tmp_path / "报表.xlsx", books.FORM_3112)
    book = openpyxl.load_workbook(path)
    page = book.active
    first = page.max_row + 2
    for row, cells in enumerate((["指标名称", "代码", "本县自设项"], ["乒乓球台", "01", 77]), first):
        for column, cell in enumerate(cells, 1):
            page.cell(row, column).value = cell
    book.save(path)
    reading = read(path)
    assert figures(reading) == set(values.values())
    assert any(f"第 {first + 1} 行的表认不出是哪种报表，未读取" in note for note in reading.notes)
