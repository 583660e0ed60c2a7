"""The roster of kindergartens: one row a kindergarten, in the words that counties use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from census_samples import REGION, join, reading, school

from jiaoheng import census
from jiaoheng.census.reading import Reading
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store

CODE = "1144000001"
ROW: dict[str, object] = {
    "序号": 1, "镇街": "城中街道", "幼儿园名称": "城中幼儿园", "幼儿园标识码": CODE, "办园性质": "普惠性民办",
    "等级": "市一级幼儿园", "举办者": "王某某", "园长": "李某某", "联系电话": "13800000000",
    "总班数": 9, "在园人数": 252, "小班人数": 75, "中班人数": 87, "大班人数": 90,
    "小班班数": 3, "中班班数": 3, "大班班数": 3, "教职工数": 31, "园长数": 1, "专任教师数": 18,
    "持证教师数": 18, "保育员": 9, "保健医": 1, "园舍面积": 2600, "户外场地面积": 1100.5, "图书册数": 2200,
}  # fmt: skip


def write(path: Path, rows: Sequence[Mapping[str, object]], *, title: str = "四会市幼儿园花名册") -> Path:
    headings = list(rows[0])
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Sheet1")
        page.merge_range(0, 0, 0, len(headings) - 1, title)
        page.write_row(1, 0, headings)
        for number, row in enumerate(rows, 2):
            for column, heading in enumerate(headings):
                if (value := row.get(heading)) is not None:
                    page.write(number, column, value)
        page.merge_range(len(rows) + 2, 0, len(rows) + 2, 3, "合计")
        page.write(
            len(rows) + 2, headings.index("在园人数") if "在园人数" in headings else 4, 252 * len(rows)
        )
    return path


@pytest.fixture
def snapshot(tmp_path: Path) -> Census:
    towns = reading("areas", [{"area_code": "441284001", "name": "城中街道"}])
    known = school(CODE, name="城中幼儿园", school_type="幼儿园")
    return Store(tmp_path / "census").commit(2025, join([towns, reading("schools", [known])]), region=REGION)


def read(tmp_path: Path, *rows: Mapping[str, object], census_: Census | None = None) -> Reading:
    return census.read(write(tmp_path / "花名册.xlsx", rows), census=census_)


def school_of(found: Reading) -> dict[str, Any]:
    (row,) = found.tables["schools"].to_pylist()
    return row


def test_a_row_gives_the_kindergarten_and_its_stage(tmp_path: Path, snapshot: Census) -> None:
    found = read(tmp_path, ROW, census_=snapshot)
    assert not found.rejections
    assert [each.layout for each in found.recognised] == ["roster-kindergartens"]
    assert school_of(found) == {
        "school_code": CODE,
        "name": "城中幼儿园",
        "area_code": "441284001",
        "school_type": "kindergarten",
        "ownership": "private",
        "inclusive": True,
        "kindergarten_level": "prefectural_first",
        "building_area": 2600,
        "outdoor_play_area": 1100.5,
        "books": 2200,
    }
    (stage,) = found.tables["school_stages"].to_pylist()
    assert stage == {
        "school_code": CODE, "stage": "preschool", "classes": 9, "pupils": 252,
        "pupils_k1": 75, "pupils_k2": 87, "pupils_k3": 90, "classes_k1": 3, "classes_k2": 3,
        "classes_k3": 3, "staff": 31, "heads": 1,
        "teachers": 18, "teachers_certified": 18, "care_workers": 9, "health_workers": 1,
    }  # fmt: skip


def test_names_of_persons_in_it_are_neither_kept_nor_repeated(tmp_path: Path, snapshot: Census) -> None:
    found = read(tmp_path, ROW, {**ROW, "幼儿园标识码": "1144000002", "等级": "甲"}, census_=snapshot)
    assert found.rejections
    assert any("「举办者」有 2 行写的不是举办者类型" in note for note in found.notes)
    everything = repr(found) + "".join(each.message() for each in found.rejections) + repr(found.tables)
    for value in ("王某某", "李某某", "13800000000"):
        assert value not in everything


@pytest.mark.parametrize(
    ("kind", "ownership", "inclusive"),
    [
        ("公办", "public", None),
        ("公办园", "public", None),
        ("集体办", "public", None),
        ("普惠性民办", "private", True),
        ("民办普惠性幼儿园", "private", True),
        ("普惠性", "private", True),
        ("民办（非普惠）", "private", False),
        ("普惠性非营利民办", "private", True),
        ("民办", "private", None),
    ],
)
def test_what_it_is_is_read_from_one_word(
    tmp_path: Path, snapshot: Census, kind: str, ownership: str, inclusive: bool | None
) -> None:
    row = school_of(read(tmp_path, {**ROW, "办园性质": kind}, census_=snapshot))
    assert (row["ownership"], row.get("inclusive")) == (ownership, inclusive)


def test_a_plain_private_one_is_not_inclusive_where_the_column_names_those_that_are(
    tmp_path: Path, snapshot: Census
) -> None:
    other = {**ROW, "幼儿园标识码": "1144000002", "幼儿园名称": "东城幼儿园", "办园性质": "民办"}
    found = read(tmp_path, ROW, other, census_=snapshot)
    assert {row["name"]: row["inclusive"] for row in found.tables["schools"].to_pylist()} == {
        "城中幼儿园": True,
        "东城幼儿园": False,
    }


@pytest.mark.parametrize(
    ("level", "stored", "standardised"),
    [
        ("省一级", "provincial_first", None),
        ("广东省一级幼儿园", "provincial_first", None),
        ("市一级", "prefectural_first", None),
        ("县（区）一级", "county_first", None),
        ("区一级", "county_first", None),
        ("未评级", "ungraded", None),
        ("规范化幼儿园", "ungraded", True),
        ("未达规范化", "ungraded", False),
    ],
)
def test_levels_are_read_as_counties_write_them(
    tmp_path: Path, snapshot: Census, level: str, stored: str, standardised: bool | None
) -> None:
    row = school_of(read(tmp_path, {**ROW, "等级": level}, census_=snapshot))
    assert (row["kindergarten_level"], row.get("standardised")) == (stored, standardised)


def test_what_is_no_level_and_no_kind_is_refused_with_its_place(tmp_path: Path, snapshot: Census) -> None:
    found = read(tmp_path, {**ROW, "等级": "甲等", "办园性质": "其它"}, census_=snapshot)
    assert [each.message() for each in found.rejections] == [
        "花名册.xlsx › Sheet1 › 第 3 行「办园性质」：看不出是公办还是民办。请填公办、民办或普惠性民办。",
        "花名册.xlsx › Sheet1 › 第 3 行「等级」：不是幼儿园等级。"
        "请填省一级、市一级、县一级、规范化或未评级。",
    ]


@pytest.mark.parametrize(
    ("owner", "ownership", "organiser"),
    [
        ("县级教育部门", "public", "county_education"),
        ("民办", "private", "private"),
        ("城中村委会", "public", None),
        ("镇人民政府", "public", None),
    ],
)
def test_the_organiser_settles_the_ownership_where_no_column_says_it(
    tmp_path: Path, snapshot: Census, owner: str, ownership: str, organiser: str | None
) -> None:
    row = {key: value for key, value in ROW.items() if key != "办园性质"} | {"举办者": owner}
    found = school_of(read(tmp_path, row, census_=snapshot))
    assert (found["ownership"], found.get("organiser")) == (ownership, organiser)


def test_a_kindergarten_without_a_code_is_found_by_its_name_or_shown_what_it_is_like(
    tmp_path: Path, snapshot: Census
) -> None:
    without = {key: value for key, value in ROW.items() if key != "幼儿园标识码"}
    assert school_of(read(tmp_path, without, census_=snapshot))["school_code"] == CODE
    found = read(tmp_path, {**without, "幼儿园名称": "四会市城中中心幼儿园"}, census_=snapshot)
    (rejection,) = found.rejections
    assert "最像的是“城中幼儿园”（1144000001）" in rejection.message()
    assert "jiaoheng changes 工作区 confirm 1144000001=四会市城中中心幼儿园" in rejection.message()


def test_headings_in_two_rows_are_read_too(tmp_path: Path, snapshot: Census) -> None:
    path = tmp_path / "花名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Sheet1")
        for column, heading in enumerate(("幼儿园名称", "幼儿园标识码", "镇街", "性质")):
            page.merge_range(0, column, 1, column, heading)
        for first, group in ((4, "小班"), (6, "中班")):
            page.merge_range(0, first, 0, first + 1, group)
            page.write_row(1, first, ["班数", "人数"])
        page.merge_range(0, 8, 0, 9, "教职工数")
        page.write_row(1, 8, ["合计", "保育员"])
        page.write_row(2, 0, ["城中幼儿园", CODE, "城中街道", "公办", 3, 75, 3, 87, 31, 9])
    (stage,) = census.read(path, census=snapshot).tables["school_stages"].to_pylist()
    names = ("classes_k1", "pupils_k1", "classes_k2", "pupils_k2", "staff", "care_workers")
    assert [stage[name] for name in names] == [3, 75, 3, 87, 31, 9]


def test_what_only_the_roster_knows_outweighs_a_name_that_the_export_takes_for_a_count(
    tmp_path: Path, snapshot: Census
) -> None:
    row = {
        "幼儿园名称": "城中幼儿园",
        "标识码": CODE,
        "所属镇街": "城中街道",
        "性质": "公办",
        "等级": "市一级",
        "园长": "王某",
        "联系电话": "0758-3333333",
        "在园幼儿数": 180,
        "教职工数": 30,
        "专任教师": 12,
        "保育员": 6,
    }
    found = read(tmp_path, row, census_=snapshot)
    assert not found.rejections
    assert [each.layout for each in found.recognised] == ["roster-kindergartens"]
    assert school_of(found)["kindergarten_level"] == "prefectural_first"
