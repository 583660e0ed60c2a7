"""A formula without a value is refused where it stands; it never empties what was known."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jiaoheng.census import read
from jiaoheng.census.store import Store
from jiaoheng.census.template import write_template
from jiaoheng.census.workbook import open_book


def _book(path: Path, *, pupils: object, error: bool = False) -> Path:
    write_template(path, year=2025, tables=["schools", "school_stages"])
    book = openpyxl.load_workbook(path)
    _fill(
        book["学校"],
        学校标识码="2144000001",
        学校名称="中心小学",
        镇街代码="1",
        办学类型="小学",
        办学性质="公办",
    )
    cell = _fill(book["学校分学段"], 学校标识码="2144000001", 学段="小学", 在校生数=pupils)
    if error:
        cell.data_type = "e"
    book.save(path)
    return path


def _fill(sheet, **values):
    headings = {str(c.value).split("（")[0]: c.column for c in sheet[2] if c.value}
    for name, value in values.items():
        cell = sheet.cell(row=3, column=headings[name], value=value)
    return cell


@pytest.mark.parametrize(
    ("value", "error", "said"), [("#REF!", True, "#REF!"), ("=100+200", False, "未计算")]
)
def test_a_formula_without_a_value_is_refused_at_its_cell(
    tmp_path: Path, value: str, error: bool, said: str
) -> None:
    reading = read(_book(tmp_path / "a.xlsx", pupils=value, error=error), year=2025)
    assert len(reading.rejections) == 1
    assert "在校生数" in reading.rejections[0].column
    assert said in reading.rejections[0].reason
    assert reading.rows_read == reading.rows_accepted + reading.rows_rejected


def test_a_formula_with_a_value_is_read(tmp_path: Path) -> None:
    assert not read(_book(tmp_path / "a.xlsx", pupils=300), year=2025).rejections


def test_error_cells_take_the_blanks_place_and_nothing_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "#DIV/0!"
    book.active["C3"] = 5
    book.save(tmp_path / "b.xlsx")
    rows = open_book(tmp_path / "b.xlsx").sheets[0].rows
    assert rows[1][1] == "#DIV/0!"
    assert rows[2][2] == 5


def test_a_value_that_is_emptied_is_said(tmp_path: Path) -> None:
    store = Store(tmp_path / "census")
    store.commit(2025, read(_book(tmp_path / "a.xlsx", pupils=300), year=2025), region="441284")
    after = store.commit(2025, read(_book(tmp_path / "b.xlsx", pupils=None), year=2025), region="441284")
    assert any("「在校生数」1 个（2144000001）" in note for note in after.manifest.notes)
    again = store.commit(2025, read(_book(tmp_path / "b.xlsx", pupils=None), year=2025), region="441284")
    assert not any("改为空白" in note for note in again.manifest.notes)
