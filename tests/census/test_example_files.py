"""What is written as Excel files is read back as it was: the bureau's way in, end to end."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from example_tables import tables
from openpyxl import load_workbook

from jiaoheng import census
from jiaoheng.census import example
from jiaoheng.census.schema import conform

KEY = b"0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Path]]:
    return example.write_files(tmp_path_factory.mktemp("files"), tables(), [2016, 2020, 2025])


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_the_files_of_a_year_give_back_its_tables(files: dict[int, list[Path]], year: int) -> None:
    reading = census.read(files[year], key=KEY, year=year)
    assert [rejection.message() for rejection in reading.rejections] == []
    assert not [note for note in reading.notes if "没有对应的列" in note or "相差" in note]
    found = reading.tables
    for name, table in tables()[year].items():
        if table.num_rows == 0:
            assert name not in found
            continue
        key = list(census.table(name).key)
        ours, theirs = pl.DataFrame(table), pl.DataFrame(conform(found[name], name))
        if name in ("pupils", "teachers"):
            # Identifiers are hashed on the way in: their number is compared, and all that stands beside them.
            assert theirs[key[0]].n_unique() == ours[key[0]].n_unique()
            ours, theirs = ours.drop(key), theirs.drop(key)
            key = ours.columns
        assert theirs.sort(key).equals(ours.sort(key)), name


def test_every_workbook_says_that_it_is_synthetic(files: dict[int, list[Path]]) -> None:
    for path in (path for year in files for path in files[year]):
        book = load_workbook(path, read_only=True)
        title = str(book.worksheets[0]["A1"].value)
        assert "模拟数据" in title + path.name, path.name


def test_a_nine_year_school_stands_in_two_exports_with_one_set_of_premises(
    files: dict[int, list[Path]],
) -> None:
    rows = []
    for stage in ("小学", "初中"):
        path = next(path for path in files[2020] if path.name == f"2020 {stage}.xlsx")
        sheet = list(load_workbook(path)[stage].iter_rows(values_only=True))
        heading = next(row for row in sheet if "学校(机构)名称" in row)
        area = sheet[sheet.index(heading)].index("校舍建筑面积(平方米)")
        rows.append(next(row[area] for row in sheet if "四会市玉城学校" in row))
    assert rows[0] == rows[1] is not None


def test_an_export_is_headed_as_the_system_heads_it(files: dict[int, list[Path]]) -> None:
    path = next(path for path in files[2025] if path.name == "2025 小学.xlsx")
    sheet = load_workbook(path)["小学"]
    assert len(sheet.merged_cells.ranges) > 30
    texts = {cell.value for row in sheet.iter_rows(max_row=7) for cell in row}
    assert {
        "#按学历分",
        "#按授课课程分",
        "体育与健康",
        "艺术",
        "其中",
        "运动场地面积",
        "校数",
        "统计三级",
    } <= texts
    last = [row[3].value for row in sheet.iter_rows(min_row=sheet.max_row - 1)]
    assert last[0] == "合计"
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("注：")
