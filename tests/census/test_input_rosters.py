"""The rosters from which schools fill in official forms: no school column, identity numbers, plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from census_samples import KEY, REGION, reading, school

from jiaoheng import census
from jiaoheng.census.reading import Reading
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store

CODE = "3144000001"
GIRL, MAN = "44128420110305264X", "441284198506123014"
"""Valid numbers by GB 11643: born 2011-03-05, a girl; born 1985-06-12, a man."""

PUPIL = {
    "序号": 1, "姓名": "李某某", "身份证号": GIRL, "少数民族": "否", "学段": "初中", "年级": "二年级",
    "寄宿生": "是", "留守": "否",
}  # fmt: skip
TEACHER = {
    "序号": 1, "姓名": "王某某", "身份证号": MAN, "人员类型": "专任教师", "少数民族": "否",
    "政治面貌": "中共党员", "最高学历": "大学本科", "职称": "中小学一级教师", "学段": "初中", "科目": "语文",
}  # fmt: skip


def write(path: Path, rows: Sequence[Mapping[str, object]], *, title: str = "") -> Path:
    headings = list(rows[0])
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Sheet1")
        first = 0
        if title:
            page.merge_range(0, 0, 0, len(headings) - 1, title)
            first = 1
        page.write_row(first, 0, headings)
        for number, row in enumerate(rows, first + 1):
            page.write_row(number, 0, [row.get(heading, "") for heading in headings])
    return path


@pytest.fixture
def snapshot(tmp_path: Path) -> Census:
    known = school(CODE, name="四会市贞山中学", school_type="初级中学")
    return Store(tmp_path / "census").commit(2025, reading("schools", [known]), region=REGION)


def one(found: Reading, table: str) -> dict[str, Any]:
    assert not found.rejections
    (row,) = found.tables[table].to_pylist()
    return row


def test_the_roster_of_pupils_of_a_school_is_read_whole(tmp_path: Path, snapshot: Census) -> None:
    found = census.read(write(tmp_path / "四会市贞山中学学生.xlsx", [PUPIL]), census=snapshot, key=KEY)
    row = one(found, "pupils")
    assert [each.layout for each in found.recognised] == ["roster-pupils"]
    assert row.pop("pupil_id").startswith("h1:")
    assert {name: row[name] for name in row if row[name] is not None} == {
        "school_code": CODE, "stage": "junior", "grade": "g8", "minority": False, "boarder": True,
        "left_behind": False, "sex": "female", "birth_date": date(2011, 3, 5), "id_check": "valid",
    }  # fmt: skip
    assert any("没有学校一列，按名称记为 3144000001" in note for note in found.notes)
    assert any("没有性别、出生日期列，按「身份证号」推出" in note for note in found.notes)
    assert GIRL not in repr(found) + repr(found.tables) + "".join(found.notes)


def test_the_roster_of_teachers_of_a_school_is_read_whole(tmp_path: Path, snapshot: Census) -> None:
    path = write(tmp_path / "教师.xlsx", [TEACHER], title="四会市贞山中学教师名册")
    found = census.read(path, census=snapshot, key=KEY)
    row = one(found, "teachers")
    assert [each.layout for each in found.recognised] == ["roster-teachers"]
    assert row.pop("teacher_id").startswith("h1:")
    assert {name: row[name] for name in row if row[name] is not None} == {
        "school_code": CODE, "stage": "junior", "kind": "teacher", "minority": False, "title": "middle",
        "qualification": "bachelor", "course": "chinese", "sex": "male", "birth_date": date(1985, 6, 12),
        "id_check": "valid",
    }  # fmt: skip
    assert "中共党员" not in repr(found) + repr(found.tables)


@pytest.mark.parametrize(
    ("stage", "grade", "stored"),
    [("初中", "一年级", "g7"), ("初中", "九年级", "g9"), ("小学", "三年级", "g3"), ("高中", "一年级", "g10"),
     ("初中", "初二", "g8")],
)  # fmt: skip
def test_a_grade_counts_within_its_stage(
    tmp_path: Path, snapshot: Census, stage: str, grade: str, stored: str
) -> None:
    path = write(tmp_path / "四会市贞山中学.xlsx", [{**PUPIL, "学段": stage, "年级": grade}])
    assert one(census.read(path, census=snapshot, key=KEY), "pupils")["grade"] == stored


def test_the_stage_in_the_name_of_the_file_counts_where_no_column_says_it(
    tmp_path: Path, snapshot: Census
) -> None:
    rows = [{name: value for name, value in PUPIL.items() if name != "学段"}]
    path = write(tmp_path / "四会市贞山中学学生.xlsx", rows, title="初中学生名册")
    row = one(census.read(path, census=snapshot, key=KEY), "pupils")
    assert (row["stage"], row["grade"]) == ("junior", "g8")


def test_a_number_with_a_fault_says_neither_sex_nor_birth(tmp_path: Path, snapshot: Census) -> None:
    path = write(tmp_path / "四会市贞山中学.xlsx", [{**PUPIL, "身份证号": GIRL[:-1] + "9"}])
    row = one(census.read(path, census=snapshot, key=KEY), "pupils")
    assert (row.get("sex"), row.get("birth_date"), row["id_check"]) == (None, None, "check_digit")


def test_what_the_roster_says_itself_is_not_overruled_by_the_number(tmp_path: Path, snapshot: Census) -> None:
    path = write(tmp_path / "四会市贞山中学.xlsx", [{**PUPIL, "性别": "男"}])
    row = one(census.read(path, census=snapshot, key=KEY), "pupils")
    assert (row["sex"], row["id_check"]) == ("male", "sex_differs")


def test_a_list_that_adds_a_column_for_some_pupils_is_left_as_it_is(tmp_path: Path, snapshot: Census) -> None:
    path = write(
        tmp_path / "四会市贞山中学寄宿.xlsx", [{"学籍号": f"G{GIRL}", "姓名": "李某某", "寄宿生": "是"}]
    )
    found = census.read(path, census=snapshot, key=KEY, form="roster-pupils")
    assert {"sex", "birth_date", "school_code"}.isdisjoint(found.tables["pupils"].column_names)


def test_a_roster_of_no_known_school_asks_for_it(tmp_path: Path, snapshot: Census) -> None:
    found = census.read(write(tmp_path / "学生.xlsx", [PUPIL]), census=snapshot, key=KEY)
    with pytest.raises(census.ImportRefusedError, match="学校标识码"):
        Store(tmp_path / "census").commit(2025, found, region=REGION)
