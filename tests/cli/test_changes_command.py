"""`jiaoheng changes`: from last year's files to a register that later imports follow."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import yaml

from jiaoheng import workspace

HEADINGS = ["学校名称", "学校标识码", "镇街", "办学类型", "办学性质", "在校生数"]
OLD = [
    ["四会市城中小学", "2144000001", "城中街道", "小学", "公办", 812],
    ["龙甫镇中心小学", "2144000002", "龙甫镇", "小学", "公办", 430],
    ["龙甫镇营脚小学", "2144000005", "龙甫镇", "小学", "公办", 41],
]
NEW = [
    ["四会市城中学校", "3144000009", "城中街道", "九年一贯制学校", "公办", 850],
    ["龙甫镇中心小学", "2144000002", "龙甫镇", "小学", "公办", 470],
]


def write(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("小学")
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the schools of two years. Read it; a test that writes copies it first."""
    folder = tmp_path_factory.mktemp("changes")
    made = workspace.init(folder / "county", region="441284")
    for year, rows in ((2024, OLD), (2025, NEW)):
        done = made.import_files([write(folder / f"{year}.xlsx", rows)], year=year)
        assert done.census is not None
    return made.folder


@pytest.fixture
def county(imported: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(imported, tmp_path / "county"))


def test_an_import_says_how_many_schools_are_not_matched_and_what_to_run(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    done = jiaoheng("import", county, write(tmp_path / "2025.xlsx", NEW), "--year", "2025")
    assert done.code == 0
    assert "与 2024 年的学校相比：上年有，今年没有 2 所。" in done.out
    assert f"jiaoheng changes {county} --year 2025" in done.out


def test_changes_are_listed_confirmed_rejected_and_then_followed(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    listed = jiaoheng("changes", county, "--year", "2025", "--json")
    assert listed.code == 1
    document = json.loads(listed.out)
    proposals = {item["before"]["code"]: item["proposals"] for item in document["unsettled"]}
    assert proposals["2144000001"][0]["change"] == "2144000001=3144000009"
    assert proposals["2144000001"][0]["score"] > 0.8
    assert proposals["2144000001"][0]["reasons"]
    words = ["2144000001=3144000009", "2144000005+2144000002=2144000002"]
    nobody = jiaoheng("changes", county, "confirm", *words, "--year", "2025")
    assert (nobody.code, "--by" in nobody.err) == (2, True)
    done = jiaoheng(
        "changes", county, "confirm", *words, "--year", "2025", "--by", "张敏", "--evidence", "批文"
    )
    assert done.code == 0, done.err
    assert "已登记 2 项" in done.out
    entries = yaml.safe_load((county / "register" / "changes.yaml").read_text("utf-8"))["changes"]
    assert [entry["kind"] for entry in entries] == ["recoded", "merged"]
    assert entries[0]["from"] == [{"code": "2144000001", "name": "四会市城中小学"}]
    assert jiaoheng("changes", county, "--year", "2025").code == 0

    roster = [
        ["学籍号", "姓名", "学校标识码", "年级", "性别"],
        ["G441284201501010011", "甲", "2144000001", "三年级", "男"],
        ["G441284201501010012", "乙", "2144000005", "三年级", "女"],
    ]
    path = tmp_path / "学生.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("学生")
        for number, row in enumerate(roster):
            sheet.write_row(number, 0, row)
    imported = jiaoheng("import", county, path, "--year", "2025", "--json")
    assert imported.code == 0, imported.out
    notes = json.loads(imported.out)["notes"]
    assert "文件中的旧标识码 2144000001 按变更台账记为 3144000009（1 行）。" in notes
    assert "文件中的旧标识码 2144000005 按变更台账记为 2144000002（1 行）。" in notes


def test_a_rejected_pair_leaves_both_schools_to_be_decided(
    county: Path, jiaoheng: Callable[..., object]
) -> None:
    done = jiaoheng(
        "changes", county, "reject", "2144000001=3144000009", "--year", "2025", "--by", "张敏", "--json"
    )
    assert done.code == 0
    left = json.loads(done.out)["unsettled"]
    assert [item["proposals"][0]["change"] for item in left] == [
        "2144000001=无",
        "2144000005=无",
        "无=3144000009",
    ]


def test_the_workbook_is_filled_and_sent_back(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    path = tmp_path / "核对.xlsx"
    assert jiaoheng("changes", county, "--year", "2025", "--workbook", path).code == 1
    again = jiaoheng("changes", county, "--year", "2025", "--workbook", path)
    assert (again.code, "--overwrite" in again.err) == (2, True)
    book = openpyxl.load_workbook(path)
    page = book.active
    headings = {cell.value: cell.column for cell in page[3]}
    for row in range(4, page.max_row + 1):
        if page.cell(row, headings["建议"]).value in ("2144000001=3144000009", "2144000005=无"):
            page.cell(row, headings["结论"], "对")
    book.save(path)
    done = jiaoheng("changes", county, "confirm", "--workbook", path, "--year", "2025", "--by", "张敏")
    assert (done.code, "已登记 2 项" in done.out) == (0, True)
    twice = jiaoheng("changes", county, "confirm", "--workbook", path, "--year", "2025", "--by", "张敏")
    assert "已登记 0 项（其中 2 项已在台账中）" in twice.out
    assert jiaoheng("changes", county, "--year", "2025").code == 0


def test_a_code_that_no_snapshot_has_is_refused_and_nothing_is_written(
    county: Path, jiaoheng: Callable[..., object]
) -> None:
    done = jiaoheng(
        "changes", county, "confirm", "2144000005=无", "2144000099=3144000009", "--year", "2025", "--by", "张"
    )
    assert done.code == 2
    assert "上年的学校里没有 2144000099" in done.err
    assert not (county / "register" / "changes.yaml").exists()


def test_confirming_nothing_is_told_how_a_change_is_written(
    county: Path, jiaoheng: Callable[..., object]
) -> None:
    done = jiaoheng("changes", county, "confirm", "--year", "2025", "--by", "张敏")
    assert (done.code, "甲+乙=乙" in done.err) == (2, True)


def test_a_year_with_nothing_before_it_says_so(county: Path, jiaoheng: Callable[..., object]) -> None:
    done = jiaoheng("changes", county, "--year", "2024")
    assert (done.code, "没有可比的学校" in done.err) == (2, True)
