"""One school on two rows: joined where they complete each other, noted where equal, refused where not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from census_samples import KEY

from jiaoheng import census
from jiaoheng.census.reading import Reading

CODE = "2144000001"
BASE = ["学校名称", "学校标识码", "镇街", "办学类型", "办学性质"]
SCHOOL = ["贞山学校", CODE, "贞山街道", "九年一贯制学校", "公办"]


def write(
    path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]], sheet: str = "Sheet1"
) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate([headings, *rows]):
            page.write_row(number, 0, row)
    return path


def stages(reading: Reading) -> dict[str, dict[str, Any]]:
    return {row["stage"]: row for row in reading.tables["school_stages"].to_pylist()}


def test_the_stages_of_a_nine_year_school_on_two_rows_are_one_school(tmp_path: Path) -> None:
    rows = [[*SCHOOL, "小学", 600, 9000], [*SCHOOL, "初中", 300, ""]]
    reading = census.read(write(tmp_path / "义务教育.xlsx", [*BASE, "学段", "在校生数", "占地面积"], rows))
    assert not reading.rejections
    (school,) = reading.tables["schools"].to_pylist()
    assert school["land_area"] == 9000
    assert {stage: row["pupils"] for stage, row in stages(reading).items()} == {"primary": 600, "junior": 300}
    assert (
        "义务教育.xlsx › Sheet1：主键相同、内容互补的行已合为一条学校记录：第 2、3 行（2144000001）。"
        in reading.notes
    )


@pytest.mark.parametrize("names", [("（小学部）", "（初中部）"), ("小学部", "初中部"), ("(小学部)", "")])
def test_parts_that_only_the_name_tells_apart_are_one_school(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [[f"贞山学校{part}", *SCHOOL[1:], pupils] for part, pupils in zip(names, (600, 300), strict=True)]
    reading = census.read(write(tmp_path / "初中.xlsx", [*BASE, "在校生数"], rows))
    assert not reading.rejections
    assert [row["name"] for row in reading.tables["schools"].to_pylist()] == ["贞山学校"]
    assert {stage: row["pupils"] for stage, row in stages(reading).items()} == {"primary": 600, "junior": 300}


def test_a_part_with_a_code_of_its_own_is_a_school_of_its_own(tmp_path: Path) -> None:
    rows = [["贞山学校小学部", *SCHOOL[1:], 600], ["贞山学校初中部", "3144000002", *SCHOOL[2:], 300]]
    reading = census.read(write(tmp_path / "初中.xlsx", [*BASE, "在校生数"], rows))
    assert [row["name"] for row in reading.tables["schools"].to_pylist()] == [
        "贞山学校小学部",
        "贞山学校初中部",
    ]


def test_rows_of_one_stage_that_complete_each_other_are_one(tmp_path: Path) -> None:
    rows = [[*SCHOOL, 600, ""], [*SCHOOL, "", 40]]
    reading = census.read(write(tmp_path / "小学.xlsx", [*BASE, "在校生数", "专任教师数"], rows))
    assert not reading.rejections
    assert (stages(reading)["primary"]["pupils"], stages(reading)["primary"]["teachers"]) == (600, 40)


def test_a_row_written_twice_counts_once_and_is_noted(tmp_path: Path) -> None:
    row = [*SCHOOL, 600]
    reading = census.read(write(tmp_path / "小学.xlsx", [*BASE, "在校生数"], [row, row]))
    assert not reading.rejections
    assert stages(reading)["primary"]["pupils"] == 600
    assert (reading.rows_read, reading.rows_accepted) == (2, 2)
    assert "小学.xlsx › Sheet1：重复的行只记一次：第 3 行同第 2 行。" in reading.notes


def test_a_pupil_written_twice_is_noted_by_row_alone(tmp_path: Path) -> None:
    headings = ["学籍号", "姓名", "学校标识码", "年级", "性别"]
    row = ["G441284201501010011", "李某某", CODE, "三年级", "男"]
    reading = census.read(write(tmp_path / "学生.xlsx", headings, [row, row], "学生"), key=KEY)
    assert reading.tables["pupils"].num_rows == 1
    assert "学生.xlsx › 学生：重复的行只记一次：第 3 行同第 2 行。" in reading.notes


def test_two_figures_for_one_school_are_refused_with_both_cells(tmp_path: Path) -> None:
    rows = [[*SCHOOL, 600, 40], [*SCHOOL, 601, 41]]
    reading = census.read(write(tmp_path / "小学.xlsx", [*BASE, "在校生数", "专任教师数"], rows))
    assert [each.message() for each in reading.rejections] == [
        "小学.xlsx › Sheet1 › 第 2 行「在校生数」："
        "学校标识码 2144000001、学段 小学 的内容不一致：这里（F2）是 600，"
        "小学.xlsx › Sheet1 › F3 是 601；「专任教师数」也不同。请改正其中一处，或只保留一行。",
        "小学.xlsx › Sheet1 › 第 3 行「在校生数」："
        "学校标识码 2144000001、学段 小学 的内容不一致：这里（F3）是 601，"
        "小学.xlsx › Sheet1 › F2 是 600；「专任教师数」也不同。请改正其中一处，或只保留一行。",
    ]


def test_two_names_under_one_code_ask_which_is_meant(tmp_path: Path) -> None:
    rows = [[*SCHOOL, 600], ["城中小学", *SCHOOL[1:], 600]]
    reading = census.read(write(tmp_path / "小学.xlsx", [*BASE, "在校生数"], rows))
    message = reading.rejections[0].message()
    assert "这里（A2）是“贞山学校”，小学.xlsx › Sheet1 › A3 是“城中小学”" in message
    assert "若是两所学校，请改正其中一个标识码" in message
    assert reading.rows_rejected == 2


def test_a_campus_under_the_code_of_its_main_school_asks_for_its_own(tmp_path: Path) -> None:
    rows = [[*SCHOOL, 1, 600, ""], [*SCHOOL, 0, 80, "城中小学"]]
    rows.append(["城中小学", "2144000002", *SCHOOL[2:], 1, 500, ""])
    headings = [*BASE, "校数", "在校生数", "主校名称"]
    reading = census.read(write(tmp_path / "小学.xlsx", headings, rows))
    assert reading.rows_rejected == 2
    message = reading.rejections[0].message()
    assert "这里（F2）是“是”，小学.xlsx › Sheet1 › F3 是“否”" in message
    assert "不计校数的校区、教学点要用自己的标识码" in message


def test_campus_rows_with_codes_of_their_own_point_to_their_main_school(tmp_path: Path) -> None:
    rows = [[*SCHOOL, 1, 600], ["贞山学校东校区", "2144000009", *SCHOOL[2:], 0, 80]]
    reading = census.read(write(tmp_path / "小学.xlsx", [*BASE, "校数", "在校生数"], rows))
    assert not reading.rejections
    campus = next(row for row in reading.tables["schools"].to_pylist() if row["school_code"] == "2144000009")
    assert (campus["counted"], campus["main_school_code"]) == (False, CODE)


def test_two_files_that_contradict_each_other_are_told_apart(tmp_path: Path) -> None:
    one = write(tmp_path / "小学.xlsx", [*BASE, "占地面积", "在校生数"], [[*SCHOOL, 9000, 600]], "小学")
    two = write(tmp_path / "初中.xlsx", [*BASE, "占地面积", "在校生数"], [[*SCHOOL, 9500, 300]], "初中")
    reading = census.read([one, two])
    assert [each.message() for each in reading.rejections] == [
        f"{here}.xlsx › {here} › 第 2 行「占地面积」："
        f"学校标识码 2144000001 的内容不一致：这里（F2）是 {mine}，"
        f"{there}.xlsx › {there} › F2 是 {other}。"
        f"请核实后改正其中一处；若以 {there}.xlsx 为准，请先只导入其他文件，再单独导入它。"
        for here, mine, there, other in (("小学", 9000, "初中", 9500), ("初中", 9500, "小学", 9000))
    ]
    assert reading.rows_rejected == 2
