"""Forms of the old series, of the quality balance, on their side, of a county; faults of form packs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from form_books import Filled, Shape, write_forms
from form_meanings import ARTS, WANTED, At

from jiaoheng.census import dictionary
from jiaoheng.census.read import read
from jiaoheng.census.readers import form_layouts
from jiaoheng.census.reading import Reading
from jiaoheng.packs import form_layouts as packs
from jiaoheng.packs.yaml_lines import PackError

CODE, NAME = "2144000001", "东城小学"
COLUMNS = {name: tuple(table.by_name) for name, table in dictionary.tables().items()}
LIKE = {
    "基础基212": "教基2106",
    "基础基213": "教基2107",
    "基础基312": "教基3112",
    "基础基313": "教基3115",
    "基础基314": "教基3118",
    "基础基411": "教基4148",
    "基础基412": "教基4149",
    "基础基422": "教基4153",
    "基础基423": "教基4155",
    "基础基424": "教基4155",
    "基础基512": "教基5170",
    "基础基531": "教基5176",
    "教基4156": "教基4155",
    "教基3116": "教基3113",
    "教基3119": "教基3113",
}
"""Forms of which no original was found, and the form that they are read like."""


def figures(shape: Shape) -> dict[At, int]:
    cells = [(code, heading) for _, code in shape.rows for heading in shape.columns]
    return {at: 9000 if at[1] == ARTS else number for number, at in enumerate(cells, 1)}


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return reading.tables[table].to_pylist() if table in reading.tables else []


@pytest.mark.parametrize(("number", "like"), LIKE.items())
def test_a_form_of_which_no_original_was_found_is_read_like_its_successor(
    number: str, like: str, tmp_path: Path
) -> None:
    shape = WANTED[like][0]
    values = figures(shape)
    write_forms(
        tmp_path / "旧.xlsx", {f"{number}_小学": Filled(replace(shape, code=number), values, CODE, NAME)}
    )
    write_forms(tmp_path / "新.xlsx", {f"{like}_小学": Filled(shape, values, CODE, NAME)})
    old, new = read(tmp_path / "旧.xlsx"), read(tmp_path / "新.xlsx")
    assert old.rejections == ()
    assert [seen.name.split()[0] for seen in old.recognised] == [number]
    for table in ("schools", "school_stages"):
        assert rows(old, table) == rows(new, table)
    kept = [{key: row[key] for key in ("row", "column", "value")} for row in rows(old, "form_cells")]
    assert kept == [{key: row[key] for key in ("row", "column", "value")} for row in rows(new, "form_cells")]
    assert {row["form"] for row in rows(old, "form_cells")} <= {number}
    layout = next(layout for layout in form_layouts() if layout.layout.code == number)
    assert layout.layout.unverified or not layout.cells


@pytest.mark.parametrize("number", ["教基3112", "教基2106"])
def test_a_form_that_stands_on_its_side_is_read_the_same(number: str, tmp_path: Path) -> None:
    shape, _ = WANTED[number]
    values = {at: number for number, at in enumerate(figures(shape), 1)}
    names = {code: label for label, code in shape.rows}
    codes = [f"{place:02d}" for place, _ in enumerate(shape.columns, 1)]
    path = tmp_path / "横.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(number)
        page.write_string(0, 0, f"学校（机构）标识码：{CODE}")
        page.write_row(1, 0, ["指标名称", "代码", *names.values()])
        for line, (code, heading) in enumerate(zip(codes, shape.columns, strict=True), 2):
            page.write_row(line, 0, [heading[-1], code, *(values[row, heading] for row in names)])
    write_forms(tmp_path / "竖.xlsx", {number: Filled(shape, values, CODE, NAME)})
    aside, upright = read(path), read(tmp_path / "竖.xlsx")
    assert aside.rejections == ()
    (ours,), (theirs,) = rows(aside, "school_stages"), rows(upright, "school_stages")
    # 外省迁入 stands under 随迁子女 as a row; among columns nothing says so, and it stays a cell of the form.
    assert ours == {name: value for name, value in theirs.items() if "_other_" not in name}
    part = next(part for part in aside.parts if part.table == "form_cells")
    for row in part.data.to_dicts():
        place = aside.sources[part.source].place("form_cells", row["row"], row["_row"])
        column = "ABCDEFGHIJKLMNOP".index(place.cell.rstrip("0123456789"))
        assert values[list(names)[column - 2], shape.columns[place.row - 3]] == row["value"]


def test_two_rows_of_one_name_are_refused_where_one_is_wanted(tmp_path: Path) -> None:
    shape = Shape(
        "教基4149", "中小学教职工", (("教职工数",), ("专任教师",)), (("总计", "01"), ("总计", "02"))
    )
    write_forms(tmp_path / "一.xlsx", {"教基4149_小学": Filled(shape, figures(shape), CODE, NAME)})
    reading = read(tmp_path / "一.xlsx")
    assert "分不清用哪一格" in reading.rejections[0].reason
    assert "总计（02）" in reading.rejections[0].reason


def test_assets_written_as_a_list_with_units_are_read_like_the_form_of_one_row(tmp_path: Path) -> None:
    lines: list[tuple[str, str, float]] = [
        ("占地面积", "平方米", 1000),
        ("其中：绿化用地面积", "平方米", 200),
        ("图书", "册", 4000),
        ("数字终端数", "台", 50),
        ("其中：学生终端数", "台", 40),
        ("固定资产总值", "万元", 12.5),
        ("其中：教学仪器设备资产值", "万元", 2.5),
        ("网络多媒体教室", "间", 9),
    ]
    with xlsxwriter.Workbook(str(tmp_path / "一.xlsx")) as book:
        page = book.add_worksheet("教基5176")
        page.write_row(0, 0, ["学校(机构)标识码", CODE])
        page.write_row(1, 0, ["代码", "指标名称", "计量单位", "数值"])
        for number, line in enumerate(lines, 1):
            page.write_row(1 + number, 0, [f"{number:02d}", *line])
    reading = read(tmp_path / "一.xlsx")
    assert reading.rejections == ()
    (school,) = rows(reading, "schools")
    assert (school["land_area"], school["green_area"], school["books"]) == (1000, 200, 4000)
    assert (school["computers"], school["pupil_computers"], school["multimedia_rooms"]) == (50, 40, 9)
    assert (school["fixed_assets"], school["equipment_value"]) == (125_000, 25_000)


def test_the_children_s_form_of_the_old_series_is_read_with_a_blank_over_its_rows(tmp_path: Path) -> None:
    kinds = ["合计", "托班", "小班", "中班", "大班"]
    with xlsxwriter.Workbook(str(tmp_path / "一.xlsx")) as book:
        page = book.add_worksheet("Sheet1")
        page.write_row(0, 0, ["学校(机构)名称：东城幼儿园", "学校(机构)标识码：1144000001"])
        page.write_string(1, 0, "基础基311幼儿园、幼儿班分年龄幼儿数（单位：人）")
        page.merge_range(2, 1, 3, 1, "编号")
        page.merge_range(2, 2, 2, 6, "入园（班）人数")
        page.merge_range(2, 7, 2, 12, "在园（班）人数")
        page.merge_range(2, 13, 3, 13, "离园（班）人数")
        page.write_row(3, 2, [*kinds, "合计", "其中：女", *kinds[1:]])
        page.write_row(4, 0, ["甲", "乙", *range(1, 13)])
        page.write_row(5, 0, ["总计", "01", *range(101, 113)])
        page.write_row(6, 0, ["3岁", "02", *range(201, 213)])
        page.write_string(7, 0, "注：年龄按9月1日计算。")
    reading = read(tmp_path / "一.xlsx")
    assert (reading.rejections, reading.rows_read) == ((), 2)
    (row,) = rows(reading, "school_stages")
    assert (row["entrants"], row["pupils"], row["pupils_female"], row["graduates"]) == (101, 106, 107, 112)
    assert [row[f"pupils_{each}"] for each in ("nursery", "k1", "k2", "k3")] == [108, 109, 110, 111]
    assert {each["row"] for each in rows(reading, "form_cells")} == {"总计", "3岁"}


def test_forms_in_an_old_excel_file_are_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("教基4149_小学")
    page.write_merge(0, 0, 0, 4, "中小学教职工")
    page.write(1, 0, f"学校（机构）标识码：{CODE}")
    for column, heading in enumerate(["指标名称", "代码", "教职工数", "专任教师", "行政人员"]):
        page.write(2, column, heading)
    for line, cells in enumerate([["总计", "01", 50, 45, 5], ["#女", "02", 30, 28, 2]], 3):
        for column, cell in enumerate(cells):
            page.write(line, column, cell)
    book.save(str(tmp_path / "一.xls"))
    (row,) = rows(read(tmp_path / "一.xls"), "school_stages")
    assert (row["staff"], row["teachers"], row["staff_female"]) == (50, 45, 30)


def listed(path: Path, title: str, head: list[list[object]], lines: list[tuple[str, object]]) -> Path:
    """A form that is a list of fields with a value each."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("填报表")
        page.write_string(0, 0, title)
        for number, line in enumerate(head, 1):
            page.write_row(number, 0, line)
        top = len(head) + 2
        page.write_row(top, 0, ["序号", "指标名称", "计量单位", "填报值"])
        number = 0
        for offset, (label, value) in enumerate(lines, top + 1):
            if value is None:
                page.write_string(offset, 1, label)
                continue
            number += 1
            page.write_row(offset, 0, [number, label, "", value])
    return path


SCHOOL: list[tuple[str, object]] = [
    ("一、基本指标", None),
    ("学校类型", "九年一贯制学校"),
    ("建校年份", 1985),
    ("校舍建筑面积", 12000.5),
    ("二、资源配置", None),
    ("教学及辅助用房总面积", 6000),
    ("运动场地面积", 8000),
    ("教学仪器设备资产值（账面原值）", 350.5),
    ("网络多媒体教室间数", 40),
    ("小学部数据", None),
    ("学生人数（在校人数）", 900),
    ("班级数", 20),
    ("教学及辅助用房面积", 3700),
    ("专任教师总人数", 50),
    ("专科学历教师人数", 10),
    ("本科学历教师人数", 38),
    ("县级及以上骨干教师人数", 9),
    ("初中部数据", None),
    ("学生人数（在校人数）", 480),
    ("专任教师总人数", 40),
    ("毕业年级三年前初一时在校学生人数", 150),
    ("毕业年级三年转入学生人数", 2),
    ("三、政府保障", None),
    ("近5年培训满360学时专任教师人数", 88),
    ("上年度公用经费预算总额", 120),
    ("学校有无特色课程", "有"),
]


def test_the_quality_balance_form_of_a_school_is_read_by_part_and_in_yuan(tmp_path: Path) -> None:
    head: list[list[object]] = [["学校（机构）名称：城南学校", "", "学校（机构）标识码：3144000009"]]
    reading = read(listed(tmp_path / "学校.xlsx", "义务教育优质均衡学校数据采集表", head, SCHOOL))
    assert reading.rejections == ()
    (school,) = rows(reading, "schools")
    assert (school["school_type"], school["opened"]) == ("nine_year_school", 1985)
    assert school["teaching_area"] == 6000
    assert (school["equipment_value"], school["public_funds"]) == (3_505_000, 1_200_000)
    stages = {row["stage"]: row for row in rows(reading, "school_stages")}
    assert (stages["primary"]["pupils"], stages["primary"]["teachers_college"]) == (900, 10)
    assert (stages["junior"]["pupils"], stages["junior"]["cohort_start"]) == (480, 150)
    kept = {row["row"]: row["value"] for row in rows(reading, "form_cells")}
    assert kept["政府保障›近5年培训满360学时专任教师人数"] == 88
    assert any("不是数字、未读" in note for note in reading.notes)


def test_a_school_of_one_stage_gives_it_what_its_form_says_of_the_whole_school(tmp_path: Path) -> None:
    lines: list[tuple[str, object]] = [
        ("二、资源配置", None),
        ("学校类型", "小学"),
        ("学生人数（在校人数）", 950),
        ("随迁子女在校生人数", 80),
        ("小学数据", None),
        ("学生人数（在校人数）", 900),
        ("班级数", 20),
        ("专任教师总人数", 50),
        ("三、政府保障", None),
        ("近5年培训满360学时专任教师人数", 44),
    ]
    head: list[list[object]] = [["学校标识码", CODE]]
    reading = read(listed(tmp_path / "学校.xlsx", "义务教育优质均衡学校数据采集表", head, lines))
    (row,) = rows(reading, "school_stages")
    assert (row["pupils"], row["migrants"], row["training_done"]) == (900, 80, 44)
    assert {each["row"]: each["value"] for each in rows(reading, "form_cells")} == {
        "资源配置›学生人数(在校人数)": 950
    }


def test_the_quality_balance_form_of_a_county_fills_the_county_s_row(tmp_path: Path) -> None:
    head: list[list[object]] = [["县（市、区）名称：四会市", "", "行政区划代码：441284"]]
    lines: list[tuple[str, object]] = [
        ("常住人口（万人）", 65.32),
        ("乡镇（街道）数", 13),
        ("特殊教育学校生均公用经费", 8000),
        ("符合条件的随迁子女数", 1200),
        ("在公办学校就读的随迁子女数", 1100),
        ("适龄残疾儿童少年数", 300),
        ("适龄残疾儿童少年入学人数", 294),
    ]
    reading = read(listed(tmp_path / "县.xlsx", "义务教育优质均衡县级数据采集表", head, lines))
    assert reading.rejections == ()
    (county,) = rows(reading, "county")
    assert (county["region_code"], county["name"]) == ("441284", "四会市")
    assert (county["resident_population"], county["townships"]) == (653_200, 13)
    assert (county["migrants_eligible"], county["migrants_public"]) == (1200, 1100)
    assert (county["disabled_school_age"], county["disabled_enrolled"]) == (300, 294)


def test_the_county_form_without_a_code_is_refused(tmp_path: Path) -> None:
    lines: list[tuple[str, object]] = [
        (f"{name}", 1) for name in ("常住人口", "乡镇数", "行政村数", "留守儿童数")
    ]
    reading = read(listed(tmp_path / "县.xlsx", "义务教育优质均衡县级数据采集表", [], lines))
    (refused,) = reading.rejections
    assert "行政区划代码" in refused.mend


PLAIN = """\
layout:
  id: my-form
  kind: form
  code: 教基7777
  name: 本县自定表
  source: 本县
  stage: primary
cells:
  - row: 总计
    columns:
      在校生数: school_stages.pupils
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("school_stages.pupils", "school_stages.pupil", 11, "没有列「pupil」。是不是「pupils」"),
        ("school_stages.pupils", "stages.pupils", 11, "没有表「stages」"),
        ("row: 总计", "row: 总计\n    column: 合计", 9, "写「row」和「columns」，或「column」和「rows」"),
        ("stage: primary", "stage: primary\n  stages: {小学: primary}", 1, "「stage」与「stages」只写其一"),
        ("stage: primary", "stage: primry", 7, "不在允许的范围"),
        ("code: 教基7777", "coed: 教基7777", 4, "不认识的键「coed」。是不是「code」"),
        ("cells:", "add: [schools.books]\ncells:", 8, "表式没有给出「schools.books」"),
        ("在校生数:", "在校 生数:", 11, "不是表头路径"),
    ],
)
def test_a_fault_of_a_form_pack_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(PLAIN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        packs.load(path, columns=COLUMNS)
    assert any(f"form.yaml:{line}: " in each and words in each for each in str(caught.value).splitlines()), (
        caught.value
    )


def test_a_county_adds_a_form_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "own.yaml").write_text(PLAIN, encoding="utf-8")
    shape = Shape("教基7777", "本县自定表", (("在校生数",), ("其他数",)), (("总计", "01"),))
    values = {("01", ("在校生数",)): 300, ("01", ("其他数",)): 7}
    write_forms(tmp_path / "表.xlsx", {"表": Filled(shape, values, CODE, NAME)})
    reading = read(tmp_path / "表.xlsx", layouts=folder)
    assert rows(reading, "school_stages") == [{"school_code": CODE, "stage": "primary", "pupils": 300}]
    assert rows(reading, "form_cells")[0]["value"] == 7
