"""Where the headings of a sheet stand, and what the path of each column is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jiaoheng.census.readers import wide_layouts
from jiaoheng.census.readers.heading import Block, find_block, tidy, unit_of
from jiaoheng.census.readers.heading import Path as HeadingPath
from jiaoheng.census.readers.matching import fits, match
from jiaoheng.census.workbook import Range, Row

NEUTRAL = ("其中", "按.+分", "合计|计")


def block(rows: list[Row], merges: Sequence[Range] = ()) -> Block:
    found = find_block(rows, merges, lambda text: text == "学校名称")
    assert found is not None
    return found


def levels(rows: list[Row], merges: Sequence[Range] = ()) -> list[tuple[str, ...]]:
    return [path.levels for path in block(rows, merges).paths]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("占地面积（平方米）", "占地面积"),
        (" 学 校\n名　称 ", "学校名称"),
        ("#女", "女"),
        ("其中：女", "女"),
        ("其中", "其中"),
        ("1.在校生数", "在校生数"),
        ("（一）占地面积", "占地面积"),
        ("一、占地面积", "占地面积"),
        ("一年级", "一年级"),
        ("25—29岁", "25-29岁"),
        ("县级以上骨干教师（小学）", "县级以上骨干教师(小学)"),
        ("教学仪器设备资产值(单位：万元)", "教学仪器设备资产值"),
        ("在校生数：", "在校生数"),
    ],
)
def test_a_heading_is_compared_without_spaces_units_and_numbering(written: str, meant: str) -> None:
    assert tidy(written) == meant


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("占地面积（平方米）", "平方米"),
        ("设备值（万元）", "万元"),
        ("设备值，单位：万元", "万元"),
        ("骨干教师（小学）", ""),
    ],
)
def test_a_unit_is_what_stands_in_brackets(written: str, unit: str) -> None:
    assert unit_of(written) == unit


class TestBlock:
    def test_is_found_under_titles_and_remarks(self) -> None:
        rows: list[Row] = [
            ["某县小学基础数据", None, None],
            ["填表单位：某县教育局", None, "单位：人"],
            ["学校名称", "在校生数", "专任教师"],
            ["一小", 600, 30],
        ]
        found = block(rows)
        assert (found.first, found.last, found.data) == (2, 2, 3)
        assert found.title == ("某县小学基础数据", "填表单位：某县教育局", "单位：人")

    def test_takes_in_the_groups_above_a_heading_that_is_not_merged_downwards(self) -> None:
        rows: list[Row] = [
            ["某县小学"],
            ["基本情况", None, "在校生数", None],
            ["学校名称", "办学类型", "合计", "女"],
            ["一小", "小学", 600, 280],
        ]
        assert levels(rows)[2:] == [("在校生数", "合计"), ("在校生数", "女")]

    def test_passes_over_the_row_of_column_numbers(self) -> None:
        rows: list[Row] = [["学校名称", "办学类型", "在校生数"], ["甲", "乙", 1.0], ["一小", "小学", 600]]
        assert block(rows).data == 2

    def test_does_not_take_a_school_called_by_a_number_for_column_numbers(self) -> None:
        rows: list[Row] = [["学校名称", "在校生数", "专任教师"], ["61", 600, 30], ["62", 601, 31]]
        assert block(rows).data == 1

    def test_is_none_without_an_anchor(self) -> None:
        assert find_block([["姓名", "成绩"], ["甲", 90]], (), lambda text: text == "学校名称") is None

    def test_does_not_swallow_a_row_of_data_without_a_name(self) -> None:
        rows: list[Row] = [["学校名称", "办学类型", "在校生数"], [None, "小学", 600]]
        assert block(rows).data == 1


class TestPaths:
    def test_of_which_stands_under_the_heading_on_its_left(self) -> None:
        rows: list[Row] = [
            ["学校名称", "招生数", "在校生数", "#女", "#寄宿生", "毕业生数"],
            ["一小", 1, 2, 3, 4, 5],
        ]
        assert levels(rows)[3:5] == [("在校生数", "女"), ("在校生数", "寄宿生")]

    def test_of_which_in_a_group_speaks_of_the_group(self) -> None:
        rows: list[Row] = [
            ["学校名称", "在校生数", None, None],
            [None, "合计", "一年级", "#女"],
            ["一小", 600, 100, 280],
        ]
        merges = [((0, 0), (1, 0)), ((0, 1), (0, 3))]
        assert levels(rows, merges)[3] == ("在校生数", "女")

    def test_of_which_under_the_number_of_a_form_speaks_of_its_neighbour(self) -> None:
        rows: list[Row] = [
            ["学校名称", "教基3112", None],
            [None, "在校生数", "#女"],
            ["一小", 600, 280],
        ]
        assert levels(rows, [((0, 0), (1, 0)), ((0, 1), (0, 2))])[2] == ("教基3112", "在校生数", "女")

    def test_the_unit_of_a_group_is_that_of_its_columns(self) -> None:
        rows: list[Row] = [
            ["学校名称", "固定资产（万元）", None],
            [None, "计", "其中：设备值"],
            ["一小", 1, 2],
        ]
        found = block(rows, [((0, 0), (1, 0)), ((0, 1), (0, 2))])
        assert [path.unit for path in found.paths] == ["", "万元", "万元"]
        assert found.paths[2].text == "固定资产（万元）›其中：设备值"


class TestFits:
    @pytest.mark.parametrize(
        ("path", "pattern"),
        [
            ("在校生数›合计", "在校生数"),
            ("教基3112›在校生数›计", "在校生数"),
            ("专任教师›按学历分›本科", "专任教师›本科|大学本科"),
            ("占地面积›其中›运动场地面积", "占地面积›运动场地面积"),
            ("专任教师›合计", "专任教师›合计"),
        ],
    )
    def test_groups_and_totals_may_stand_between(self, path: str, pattern: str) -> None:
        assert fits(path.split("›"), pattern, NEUTRAL)

    @pytest.mark.parametrize(
        ("path", "pattern"),
        [
            ("在校生数›随迁子女›女", "在校生数›女"),
            ("在校生数", "在校生数›女"),
            ("在校生数›女", "在校生数"),
            ("教职工›合计", "专任教师"),
            ("合计", "在校生数"),
        ],
    )
    def test_another_group_may_not(self, path: str, pattern: str) -> None:
        assert not fits(path.split("›"), pattern, NEUTRAL)


class TestMatch:
    def targets(self, *texts: str, stage: str = "primary") -> list[str]:
        layout = next(each for each in wide_layouts() if each.id == "wide-school-export")
        paths = [
            HeadingPath(i, tuple(map(tidy, text.split("›"))), unit_of(text), text)
            for i, text in enumerate(texts)
        ]
        matched = match(paths, layout, stage=stage)
        places = {found.path.column: name for name, found in (matched.columns | matched.roles).items()}
        return [places.get(column, "") for column in range(len(texts))]

    def test_the_paths_of_the_published_scripts_are_known(self) -> None:
        assert self.targets(
            "在校生数›合计",
            "专任教师›#按学历分›硕士研究生",
            "专任教师›#按授课课程分›体育与健康",
            "专任教师›#按授课课程分›艺术›计",
            "教基1102›县级以上骨干教师(小学)",
            "占地面积及其他办学条件›占地面积(平方米)›其中›运动场地面积",
            "校舍›教学及辅助用房›计",
            "校舍›教学及辅助用房›室内体育用房",
            "占地面积及其他办学条件›教室(间)›网络多媒体教室",
            "教学仪器设备资产值(万元)",
            "统计三级",
        ) == [
            "school_stages.pupils",
            "school_stages.teachers_master",
            "school_stages.teachers_physical_education",
            "school_stages.teachers_art",
            "school_stages.teachers_backbone",
            "schools.sports_ground_area",
            "schools.teaching_area",
            "schools.indoor_sports_area",
            "schools.multimedia_rooms",
            "schools.equipment_value",
            "upper_area",
        ]

    def test_the_longest_pattern_wins(self) -> None:
        assert self.targets("校舍›教学及辅助用房›教室", "占地面积及其他办学条件›教室") == [
            "schools.classroom_area",
            "schools.classrooms",
        ]

    def test_the_total_of_teachers_is_preferred_to_the_teachers_among_the_staff(self) -> None:
        assert self.targets("教职工数›专任教师", "专任教师›合计") == ["", "school_stages.teachers"]

    def test_a_name_of_the_dictionary_is_known_without_a_pattern(self) -> None:
        assert self.targets("核定学位数（个）", "精品录播教室间数") == [
            "school_stages.capacity",
            "schools.recording_rooms",
        ]

    @pytest.mark.parametrize(
        ("stage", "target"),
        [("primary", "pupils_g2"), ("junior", "pupils_g8"), ("senior", "pupils_g11"), ("preschool", "")],
    )
    def test_second_grade_is_that_of_the_stage(self, stage: str, target: str) -> None:
        assert self.targets("在校生数›二年级", stage=stage) == [target and f"school_stages.{target}"]
