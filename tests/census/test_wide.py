"""Wide school-level exports: found by their headings, whatever their order, and joined over stages."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from wide_books import write_wide

from jiaoheng.census import merge
from jiaoheng.census.read import read as census_read
from jiaoheng.census.readers import read_wide, wide_layouts
from jiaoheng.census.readers.known import Known, Place
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.workbook import open_book

NAME, CODE, DISTRICT = ("学校名称",), ("学校（机构）标识码",), ("统计三级",)
TYPE, ORGANISER, COUNTED, PLACE = ("办学类型",), ("举办者类型",), ("校数",), ("城乡分类代码",)
PUPILS, GIRLS = ("在校生数", "合计"), ("在校生数", "#女")
GRADES = [("在校生数", f"{number}年级") for number in "一二三四五六"]
TEACHERS = ("专任教师", "合计")
DOCTOR, MASTER = ("专任教师", "#按学历分", "博士研究生"), ("专任教师", "#按学历分", "硕士研究生")
BACHELOR, COLLEGE = ("专任教师", "#按学历分", "本科"), ("专任教师", "#按学历分", "专科")
CHINESE = ("专任教师", "#按授课课程分", "语文")
PE = ("专任教师", "#按授课课程分", "体育与健康")
ART = ("专任教师", "#按授课课程分", "艺术", "计")
MUSIC = ("专任教师", "#按授课课程分", "艺术", "音乐")
FINE_ART = ("专任教师", "#按授课课程分", "艺术", "美术")
BACKBONE = ("教基1102", "县级以上骨干教师(小学)")
BACKBONE_JUNIOR = ("教基1102", "县级以上骨干教师(初中)")
OTHERS = "占地面积及其他办学条件"
LAND = (OTHERS, "占地面积（平方米）", "计")
SPORTS = (OTHERS, "占地面积（平方米）", "其中", "运动场地面积")
ROOMS = (OTHERS, "教室（间）", "计")
MULTIMEDIA = (OTHERS, "教室（间）", "其中", "网络多媒体教室")
EQUIPMENT = (OTHERS, "固定资产总值（万元）", "其中：教学仪器设备资产值（万元）")
TEACHING, INDOOR = ("校舍", "教学及辅助用房", "计"), ("校舍", "教学及辅助用房", "室内体育用房")
LABORATORY = ("校舍", "教学及辅助用房", "实验室")

COLUMNS = [
    *(NAME, CODE, DISTRICT, TYPE, ORGANISER, COUNTED, PLACE, PUPILS, GIRLS, *GRADES, TEACHERS),
    *(DOCTOR, MASTER, BACHELOR, COLLEGE, CHINESE, PE, ART, MUSIC, FINE_ART, BACKBONE, BACKBONE_JUNIOR),
    *(LAND, SPORTS, ROOMS, MULTIMEDIA, EQUIPMENT, TEACHING, INDOOR, LABORATORY),
]
CENTRAL = {
    NAME: "龙甫镇中心小学",
    CODE: "2144000001",
    DISTRICT: "龙甫镇",
    TYPE: "小学",
    ORGANISER: "县级教育部门",
    COUNTED: 1,
    PLACE: "121",
    PUPILS: 600,
    GIRLS: 280,
    **dict.fromkeys(GRADES, 100),
    TEACHERS: 32,
    DOCTOR: 0,
    MASTER: 2,
    BACHELOR: 20,
    COLLEGE: 10,
    CHINESE: 12,
    PE: 3,
    ART: 4,
    MUSIC: 2,
    FINE_ART: 1,
    BACKBONE: 7,
    BACKBONE_JUNIOR: 0,
    LAND: 12000.5,
    SPORTS: 4000,
    ROOMS: 20,
    MULTIMEDIA: 18,
    EQUIPMENT: 120.5,
    TEACHING: 4000,
    INDOOR: 300,
    LABORATORY: 90,
}
POINT = {
    NAME: "龙甫镇中心小学营脚教学点",
    CODE: "2144000002",
    DISTRICT: "龙甫镇",
    TYPE: "教学点",
    ORGANISER: "县级教育部门",
    COUNTED: 0,
    PLACE: "220",
    PUPILS: 30,
    GIRLS: 12,
    TEACHERS: 3,
    LAND: 900,
    SPORTS: 300,
    ROOMS: 4,
    MULTIMEDIA: 2,
    EQUIPMENT: 3,
    TEACHING: 200,
    INDOOR: 0,
}
NINE = {
    NAME: "玉城学校",
    CODE: "3144000009",
    DISTRICT: "东城街道",
    TYPE: "九年一贯制学校",
    ORGANISER: "民办",
    COUNTED: 1,
    PLACE: "111",
    PUPILS: 900,
    GIRLS: 400,
    **dict.fromkeys(GRADES, 150),
    TEACHERS: 45,
    LAND: 30000,
    SPORTS: 12000,
    ROOMS: 60,
    MULTIMEDIA: 55,
    EQUIPMENT: 500,
    TEACHING: 9000,
    INDOOR: 800,
}


@pytest.fixture
def primary(tmp_path: Path) -> Path:
    return write_wide(
        tmp_path / "四会市小学.xlsx",
        COLUMNS,
        [CENTRAL, POINT, NINE],
        below=["注：本表由统计系统导出。", "填表人：张三"],
    )


def read(path: Path, **options: object) -> Reading:
    layout = next(each for each in wide_layouts() if each.id == "wide-school-export")
    return read_wide(open_book(path), layout, **options)  # type: ignore[arg-type]


def rows_of(reading: Reading, table: str, *key: str) -> dict[object, dict[str, object]]:
    return {
        tuple(row[name] for name in key) if len(key) > 1 else row[key[0]]: row
        for row in reading.tables[table].to_pylist()
    }


def test_headings_of_four_levels_become_columns_of_schools_and_stages(primary: Path) -> None:
    reading = read(primary)
    assert reading.rejections == ()
    assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (3, 3, 0)
    stage = rows_of(reading, "school_stages", "school_code", "stage")[("2144000001", "primary")]
    assert stage["pupils"] == 600
    assert stage["pupils_female"] == 280
    assert [stage[f"pupils_g{grade}"] for grade in range(1, 7)] == [100] * 6
    assert stage["teachers"] == 32
    degrees = ("doctor", "master", "bachelor", "college")
    assert [stage[f"teachers_{name}"] for name in degrees] == [0, 2, 20, 10]
    assert stage["teachers_chinese"] == 12
    assert stage["teachers_physical_education"] == 3
    assert stage["teachers_backbone"] == 7
    school = rows_of(reading, "schools", "school_code")["2144000001"]
    assert school["name"] == "龙甫镇中心小学"
    assert (school["school_type"], school["ownership"]) == ("primary_school", "public")
    assert school["urban_rural_code"] == "121"
    assert (school["land_area"], school["sports_ground_area"]) == (12000.5, 4000)
    assert (school["teaching_area"], school["indoor_sports_area"]) == (4000, 300)
    assert (school["classrooms"], school["multimedia_rooms"]) == (20, 18)


def test_ten_thousand_yuan_become_yuan(primary: Path) -> None:
    schools = rows_of(read(primary), "schools", "school_code")
    assert schools["2144000001"]["equipment_value"] == 1_205_000


def test_equipment_without_a_unit_in_the_heading_is_in_ten_thousand_yuan(tmp_path: Path) -> None:
    bare, plain = ("教学仪器设备资产值",), ("教学仪器设备资产值（元）",)
    for heading, value in ((bare, 1_205_000), (plain, 120.5)):
        columns = [NAME, CODE, PUPILS, TEACHERS, heading]
        row = {NAME: "一小", CODE: "2144000001", PUPILS: 600, TEACHERS: 32, heading: 120.5}
        reading = read(write_wide(tmp_path / "小学.xlsx", columns, [row]))
        assert rows_of(reading, "schools", "school_code")["2144000001"]["equipment_value"] == value


def test_a_heading_in_a_unit_of_another_kind_is_refused(tmp_path: Path) -> None:
    heading = ("教学仪器设备资产值（平方米）",)
    columns = [NAME, CODE, PUPILS, TEACHERS, heading]
    row = {NAME: "一小", CODE: "2144000001", PUPILS: 600, TEACHERS: 32, heading: 120.5}
    reading = read(write_wide(tmp_path / "小学.xlsx", columns, [row]))
    assert [rejection.reason for rejection in reading.rejections] == ["单位「平方米」不能换算为元"]


def test_the_art_column_keeps_what_is_neither_music_nor_fine_art(primary: Path) -> None:
    stage = rows_of(read(primary), "school_stages", "school_code", "stage")[("2144000001", "primary")]
    assert (stage["teachers_art"], stage["teachers_music"], stage["teachers_fine_art"]) == (1, 2, 1)


def test_a_laboratory_area_is_not_taken_for_a_number_of_laboratories(primary: Path) -> None:
    assert "laboratories" not in read(primary).tables["schools"].column_names


def test_columns_in_another_order_with_strange_ones_between_read_the_same(
    primary: Path, tmp_path: Path
) -> None:
    strange = ("教基9999", "以后才有的指标")
    shuffled = [strange, *COLUMNS[20:], *COLUMNS[1:20][::-1], NAME]
    other = write_wide(tmp_path / "小学.xlsx", shuffled, [CENTRAL | {strange: 5}, POINT, NINE], above=[])
    one, two = read(primary), read(other)
    for table in ("schools", "school_stages"):
        names = sorted(one.tables[table].column_names)
        assert (
            two.tables[table]
            .select(names)
            .sort_by("school_code")
            .equals(one.tables[table].select(names).sort_by("school_code"))
        )
    assert any("以后才有的指标" in note for note in two.notes)


def test_headings_without_merged_cells_are_filled_from_the_left(primary: Path, tmp_path: Path) -> None:
    plain = write_wide(tmp_path / "小学.xlsx", COLUMNS, [CENTRAL, POINT, NINE], merged=False)
    one, two = read(primary), read(plain)
    assert two.tables["school_stages"].equals(one.tables["school_stages"])
    assert two.tables["schools"].equals(one.tables["schools"])


def test_provenance_points_at_the_cell_of_the_export(primary: Path) -> None:
    reading = read(primary)
    letters = reading.sources[0].columns
    assert letters["schools"]["name"] == "A"
    assert letters["schools"]["school_code"] == letters["school_stages"]["school_code"] == "B"
    assert letters["schools"]["area_code"] == "C"
    assert letters["school_stages"]["pupils"] == "H"
    rows = {(row["table"], row["key"]): row["row"] for row in reading.rows.to_pylist()}
    # Two rows of title, four of headings, one of column numbers.
    assert rows[("schools", "2144000001")] == 8
    assert rows[("school_stages", "3144000009\x1fprimary")] == 10


def test_text_numbers_with_commas_and_full_width_digits_are_numbers(tmp_path: Path) -> None:
    columns = [NAME, CODE, PUPILS, TEACHERS, LAND]
    row = {NAME: " 一小 ", CODE: 2144000001.0, PUPILS: "１，２３４", TEACHERS: "60 ", LAND: "12,000.5"}
    reading = read(write_wide(tmp_path / "小学.xlsx", columns, [row]))
    assert reading.rejections == ()
    stage = rows_of(reading, "school_stages", "school_code", "stage")[("2144000001", "primary")]
    assert (stage["pupils"], stage["teachers"]) == (1234, 60)
    assert rows_of(reading, "schools", "school_code")["2144000001"]["land_area"] == 12000.5


def test_a_blank_is_missing_and_not_zero(primary: Path) -> None:
    stage = rows_of(read(primary), "school_stages", "school_code", "stage")[("2144000002", "primary")]
    assert stage["teachers_master"] is None


class TestStage:
    def test_junior_grade_one_is_grade_seven(self, tmp_path: Path) -> None:
        columns = [NAME, CODE, PUPILS, GRADES[0], TEACHERS, BACKBONE, BACKBONE_JUNIOR]
        row = {NAME: "一中", CODE: "3144000001", PUPILS: 900, GRADES[0]: 310, TEACHERS: 70}
        row |= {BACKBONE: 1, BACKBONE_JUNIOR: 9}
        reading = read(write_wide(tmp_path / "四会市初中.xlsx", columns, [row]))
        stage = rows_of(reading, "school_stages", "school_code", "stage")[("3144000001", "junior")]
        assert (stage["pupils_g7"], stage["teachers_backbone"]) == (310, 9)

    @pytest.mark.parametrize(
        ("file", "sheet", "title", "stage"),
        [
            ("四会市小学.xlsx", "Sheet1", "基础数据", "primary"),
            ("导出1.xlsx", "教基1001_初中", "基础数据", "junior"),
            ("导出2.xlsx", "Sheet1", "2025年普通高中学校基础数据", "senior"),
            ("小学初中.xlsx", "幼儿园", "基础数据", "preschool"),
            ("中等职业学校.xlsx", "Sheet1", "基础数据", "vocational"),
            ("特殊教育学校初中部.xlsx", "特殊教育", "基础数据", "special"),
        ],
    )
    def test_is_told_by_sheet_title_or_file(
        self, tmp_path: Path, file: str, sheet: str, title: str, stage: str
    ) -> None:
        row = {NAME: "某校", CODE: "2144000001", PUPILS: 9, TEACHERS: 3}
        columns = [NAME, CODE, PUPILS, TEACHERS]
        reading = read(write_wide(tmp_path / file, columns, [row], sheet=sheet, above=[title]))
        assert reading.tables["school_stages"]["stage"].to_pylist() == [stage]

    def test_that_nothing_tells_is_asked_for(self, tmp_path: Path) -> None:
        row = {NAME: "某校", CODE: "2144000001", PUPILS: 9, TEACHERS: 3}
        columns = [NAME, CODE, PUPILS, TEACHERS]
        path = write_wide(tmp_path / "导出.xlsx", columns, [row])
        assert [rejection.reason for rejection in read(path).rejections] == ["看不出是哪个学段"]
        assert read(path, stage="junior").rows_accepted == 1

    def test_by_row_when_there_is_a_column_for_it(self, tmp_path: Path) -> None:
        stage = ("学段",)
        columns = [NAME, CODE, stage, PUPILS, GRADES[0], TEACHERS]
        both = {NAME: "玉城学校", CODE: "3144000009", TEACHERS: 50}
        rows = [
            both | {stage: "小学", PUPILS: 900, GRADES[0]: 150},
            both | {stage: "初中", PUPILS: 400, GRADES[0]: 140},
            both | {stage: "大学", PUPILS: 1, GRADES[0]: 1},
        ]
        reading = read(write_wide(tmp_path / "导出.xlsx", columns, rows))
        stages = rows_of(reading, "school_stages", "stage")
        assert stages["primary"]["pupils_g1"] == 150
        assert stages["junior"]["pupils_g7"] == 140
        assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (3, 2, 1)
        assert reading.rejections[0].column == "学段"


class TestRowsThatAreNoData:
    def test_totals_and_notes_are_named_in_the_notes_and_not_read(self, tmp_path: Path) -> None:
        total = {NAME: "合  计", PUPILS: 1530, TEACHERS: 80}
        path = write_wide(
            tmp_path / "小学.xlsx",
            COLUMNS,
            [CENTRAL, POINT, NINE, total],
            below=["注：导出。", "制表人：张三"],
        )
        reading = read(path)
        assert (reading.rows_read, reading.rows_accepted) == (3, 3)
        assert any("合计行（第 11 行）、说明行（第 12、13 行）" in note for note in reading.notes)
        assert not any("相差" in note for note in reading.notes)

    def test_a_total_that_is_not_the_sum_is_reported(self, tmp_path: Path) -> None:
        total = {NAME: "合计", PUPILS: 1531, TEACHERS: 80}
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [total, CENTRAL, POINT, NINE]))
        (note,) = [note for note in reading.notes if "相差" in note]
        assert "第 8 行「合计」的「在校生数›合计」是 1531，各行相加是 1530，相差 1" in note

    def test_subtotals_stand_for_the_rows_above_or_below_them(self, tmp_path: Path) -> None:
        rows = [
            CENTRAL,
            POINT,
            {NAME: "龙甫镇小计", PUPILS: 630},
            NINE,
            {NAME: "东城街道小计", PUPILS: 900},
            {NAME: "总计", PUPILS: 1530},
        ]
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, rows))
        assert reading.rows_read == 3
        assert not any("相差" in note for note in reading.notes)

    def test_a_school_whose_row_is_blank_but_for_its_name_is_not_lost(self, tmp_path: Path) -> None:
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [CENTRAL, {NAME: "无码小学"}]))
        assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2, 1, 1)


class TestSchoolsThatDoNotCount:
    def test_find_their_main_school_by_how_they_are_called(self, primary: Path) -> None:
        schools = rows_of(read(primary), "schools", "school_code")
        assert schools["2144000002"]["counted"] is False
        assert schools["2144000002"]["main_school_code"] == "2144000001"
        assert schools["2144000001"]["main_school_code"] is None

    def test_are_those_that_say_zero_and_not_those_that_say_nothing(self, tmp_path: Path) -> None:
        silent = CENTRAL | {COUNTED: None}
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [silent]))
        assert reading.rejections == ()
        assert reading.tables["schools"]["counted"].to_pylist() == [None]

    def test_ask_when_two_schools_fit(self, tmp_path: Path) -> None:
        other = CENTRAL | {CODE: "2144000003"}
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [CENTRAL, other, POINT]))
        (rejection,) = reading.rejections
        assert rejection.row == 10
        assert "2144000001" in rejection.reason
        assert "2144000003" in rejection.reason
        assert "主校标识码" in rejection.mend
        assert (reading.rows_accepted, reading.rows_rejected) == (2, 1)

    def test_ask_when_no_school_fits(self, tmp_path: Path) -> None:
        orphan = POINT | {NAME: "营脚教学点"}
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [CENTRAL, orphan]))
        assert [rejection.row for rejection in reading.rejections] == [9]

    @pytest.mark.parametrize("said", ["2144000001", "龙甫镇中心小学"])
    def test_take_the_main_school_that_a_column_names(self, tmp_path: Path, said: str) -> None:
        main = ("所属主校",)
        rows = [CENTRAL, POINT | {NAME: "营脚教学点", main: said}]
        reading = read(write_wide(tmp_path / "小学.xlsx", [*COLUMNS, main], rows))
        assert reading.rejections == ()
        assert rows_of(reading, "schools", "school_code")["2144000002"]["main_school_code"] == "2144000001"


class TestAreas:
    KNOWN = Known(areas=(Place("441284101", "龙甫镇"), Place("441284001", "东城街道")))

    def test_are_found_by_name_with_or_without_their_suffix(self, tmp_path: Path) -> None:
        rows = [CENTRAL, NINE | {DISTRICT: "东城"}]
        town = [("所属镇街",) if heading == DISTRICT else heading for heading in COLUMNS]
        rows = [
            {("所属镇街",) if key == DISTRICT else key: value for key, value in row.items()} for row in rows
        ]
        reading = read(write_wide(tmp_path / "小学.xlsx", town, rows), known=self.KNOWN)
        schools = rows_of(reading, "schools", "school_code")
        assert schools["2144000001"]["area_code"] == "441284101"
        assert schools["3144000009"]["area_code"] == "441284001"
        assert "areas" not in reading.tables

    def test_that_are_unknown_are_refused_with_the_nearest(self, tmp_path: Path) -> None:
        town = ("所属镇街",)
        rows = [CENTRAL | {town: "龙埔镇"}]
        reading = read(write_wide(tmp_path / "小学.xlsx", [*COLUMNS, town], rows), known=self.KNOWN)
        (rejection,) = reading.rejections
        assert rejection.column == "所属镇街"
        assert "龙甫镇" in rejection.mend

    def test_stand_under_their_names_while_no_area_is_known(self, primary: Path) -> None:
        reading = read(primary)
        assert set(reading.tables["areas"]["area_code"].to_pylist()) == {"龙甫镇", "东城街道"}
        assert any("还没有镇街表" in note for note in reading.notes)

    def test_that_only_a_later_file_names_are_welcome_while_none_is_known(
        self, primary: Path, tmp_path: Path
    ) -> None:
        row = {NAME: "一中", CODE: "3144000001", DISTRICT: "城中街道", PUPILS: 900, TEACHERS: 70}
        junior = write_wide(tmp_path / "四会市初中.xlsx", COLUMNS, [row])
        reading = census_read([primary, junior])
        assert reading.rejections == ()
        assert set(reading.tables["areas"]["name"].to_pylist()) == {"龙甫镇", "东城街道", "城中街道"}

    def test_are_left_alone_when_the_column_names_the_county(self, tmp_path: Path) -> None:
        rows = [CENTRAL | {DISTRICT: "四会市"}]
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, rows), known=self.KNOWN)
        assert reading.rejections == ()
        assert "area_code" not in reading.tables["schools"].column_names


def test_a_school_without_a_code_is_found_by_its_name(tmp_path: Path) -> None:
    columns = [heading for heading in COLUMNS if heading != CODE]
    rows = [{key: value for key, value in CENTRAL.items() if key != CODE}]
    path = write_wide(tmp_path / "小学.xlsx", columns, rows)
    (rejection,) = read(path).rejections
    assert "学校标识码" in rejection.mend
    reading = read(path, known=Known(schools=(Place("2144000001", "龙甫镇中心小学"),)))
    assert reading.rejections == ()
    assert reading.tables["schools"]["school_code"].to_pylist() == ["2144000001"]


def test_the_groups_urban_town_rural_become_a_code_of_the_group(tmp_path: Path) -> None:
    reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, [CENTRAL | {PLACE: "乡村"}]))
    assert reading.tables["schools"]["urban_rural_code"].to_pylist() == ["220"]
    assert any("只用于归入" in note for note in reading.notes)


class TestNineYearSchool:
    def junior(self, tmp_path: Path, **changes: object) -> Reading:
        row = {key: value for key, value in NINE.items() if key not in GRADES} | {PUPILS: 400, GRADES[0]: 130}
        row |= {SPORTS: changes.get("sports", NINE[SPORTS])}
        return read(write_wide(tmp_path / "四会市初中.xlsx", COLUMNS, [row]))

    def test_has_one_row_of_buildings_and_one_of_each_stage(self, primary: Path, tmp_path: Path) -> None:
        joined = merge.settle(join([read(primary), self.junior(tmp_path)]))
        assert joined.rejections == ()
        codes = joined.tables["schools"]["school_code"].to_pylist()
        assert codes.count("3144000009") == 1
        stages = rows_of(joined, "school_stages", "school_code", "stage")
        assert stages[("3144000009", "primary")]["pupils"] == 900
        assert stages[("3144000009", "junior")]["pupils"] == 400

    def test_that_contradicts_itself_is_refused_at_both_places(self, primary: Path, tmp_path: Path) -> None:
        joined = merge.settle(join([read(primary), self.junior(tmp_path, sports=11000)]))
        files = {(rejection.file, rejection.row) for rejection in joined.rejections}
        assert files == {("四会市小学.xlsx", 10), ("四会市初中.xlsx", 8)}
        assert any("四会市小学.xlsx" in rejection.reason for rejection in joined.rejections)


class TestRefusals:
    def test_name_file_sheet_row_column_reason_and_what_to_do(self, tmp_path: Path) -> None:
        rows = [CENTRAL, NINE | {PUPILS: "３２O", TYPE: "九年学校"}]
        reading = read(write_wide(tmp_path / "小学.xlsx", COLUMNS, rows))
        first, second = reading.rejections
        assert (first.cell, second.cell) == ("D9", "H9")
        assert second.message() == (
            "小学.xlsx › Sheet1 › 第 9 行「在校生数›合计」：“３２O”不是整数。请改为阿拉伯数字。"
        )
        assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2, 1, 1)
        assert reading.tables["schools"]["school_code"].to_pylist() == ["2144000001"]

    def test_two_headings_for_one_column_name_both(self, tmp_path: Path) -> None:
        twin = ("教基3112", "在校生数")
        path = write_wide(tmp_path / "小学.xlsx", [*COLUMNS, twin], [CENTRAL | {twin: 601}])
        (rejection,) = read(path).rejections
        assert "在校生数›合计" in rejection.reason
        assert "教基3112›在校生数" in rejection.reason
        assert rejection.row is None

    def test_a_workbook_without_school_headings_is_refused(self, tmp_path: Path) -> None:
        path = write_wide(tmp_path / "小学.xlsx", [("姓名",), ("成绩",)], [{("姓名",): "甲", ("成绩",): 90}])
        assert [rejection.reason for rejection in read(path).rejections] == ["没有找到表头"]


def test_tables_are_typed_by_the_dictionary(primary: Path) -> None:
    tables = read(primary).tables
    assert tables["school_stages"].schema.field("pupils").type == pa.int64()
    assert tables["schools"].schema.field("land_area").type == pa.float64()
