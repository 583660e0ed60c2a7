"""The headings of the school-level exports that the statistics system gives, one form a stage.

A heading is its path from the outermost level in. The words are those of the official forms (教基1001,
1102, 2105 to 2107, 3112, 3115, 3118, 4148, 4149, 4153, 4155, 5170, 5176).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaoheng.census.example.directory import GRADES
from jiaoheng.census.example.pupil_counts import BANDS


@dataclass(frozen=True)
class Field:
    """A column of a form: its heading, and where its value is in the census; ``scale`` is the unit's size."""

    path: tuple[str, ...]
    table: str
    column: str
    scale: int = 1


_Item = tuple[tuple[str, ...], str]

TITLES: Mapping[str, str] = {
    "preschool": "幼儿园",
    "primary": "小学",
    "junior": "初中",
    "senior": "普通高中",
    "vocational": "中等职业教育",
    "special": "特殊教育",
}
"""The name of each stage's form, its sheet and its file."""

NAMED = 10
"""How many columns of a form name the school and hold no figure."""

_GRADE_NAMES = {
    "nursery": "托班",
    "k_mixed": "混合班",
    "k1": "小班",
    "k2": "中班",
    "k3": "大班",
    "g1": "一年级",
    "g2": "二年级",
    "g3": "三年级",
    "g4": "四年级",
    "g5": "五年级",
    "g6": "六年级",
    "g7": "一年级",
    "g8": "二年级",
    "g9": "三年级",
    "g10": "一年级",
    "g11": "二年级",
    "g12": "三年级",
}
_COURSES = {
    "morality_and_law": "道德与法治",
    "chinese": "语文",
    "mathematics": "数学",
    "foreign_language": "外语",
    "history": "历史",
    "geography": "地理",
    "science": "科学",
    "physics": "物理",
    "chemistry": "化学",
    "biology": "生物学",
    "information_technology": "信息科技",
    "physical_education": "体育与健康",
}
_MORE_COURSES = {
    "labour": "劳动",
    "integrated_practice": "综合实践活动",
    "psychology": "心理健康",
    "course_other": "其他",
    "not_teaching": "本学年不授课",
}
_DEGREES = {
    "doctor": "博士研究生",
    "master": "硕士研究生",
    "bachelor": "本科",
    "college": "专科",
    "secondary": "高中阶段",
    "below_secondary": "高中阶段以下",
}
_TITLES = {
    "full_senior": "正高级",
    "associate_senior": "副高级",
    "middle": "中级",
    "assistant": "助理级",
    "junior": "员级",
    "none": "未定职级",
}
_AGES = {
    "24": "24岁及以下",
    "25_29": "25-29岁",
    "30_34": "30-34岁",
    "35_39": "35-39岁",
    "40_44": "40-44岁",
    "45_49": "45-49岁",
    "50_54": "50-54岁",
    "55_59": "55-59岁",
    "60": "60岁及以上",
}
_WITH_COURSES = ("primary", "junior", "senior")
_COURSES_OF_NONE = {"primary": {"history", "geography", "physics", "chemistry", "biology"}}


def form(stage: str) -> tuple[Field, ...]:
    """The columns of a stage's form, in order; the first `NAMED` name the school."""
    return (
        *_school(),
        *_classes(stage),
        *_pupils(stage),
        *_staff(stage),
        *_teachers(stage),
        *_premises(stage),
    )


def _fields(table: str, items: Sequence[_Item]) -> list[Field]:
    return [Field(path, table, column) for path, column in items]


def _school() -> list[Field]:
    names = (
        ("统计三级", ""),
        ("所属镇街", "area_code"),
        ("学校(机构)标识码", "school_code"),
        ("学校(机构)名称", "name"),
        ("办学类型", "school_type"),
        ("办学性质", "ownership"),
        ("校数", "counted"),
        ("主校标识码", "main_school_code"),
        ("驻地城乡类型", "urban_rural_code"),
        ("地址", "address"),
    )
    return [Field((heading,), "schools", column) for heading, column in names]


def _grades(stage: str) -> tuple[str, ...]:
    return ("nursery", *GRADES[stage], "k_mixed") if stage == "preschool" else GRADES[stage]


def _classes(stage: str) -> list[Field]:
    items: list[_Item] = [(("班数", "合计"), "classes")]
    if stage != "special":
        items += [(("班数", _GRADE_NAMES[grade]), f"classes_{grade}") for grade in _grades(stage)]
    if stage == "primary":
        items.append((("班数", "复式班"), "classes_multigrade"))
    items += [(("班额", heading), f"classes_size_{size}") for heading, size in _bands()]
    items.append((("最大班额",), "largest_class"))
    return _fields("school_stages", items)


def _bands() -> list[tuple[str, int]]:
    found, lower = [], 0
    for upper, size in BANDS:
        heading = f"{lower + 1}-{upper}人"
        found.append(("25人及以下" if not lower else "66人及以上" if size == 66 else heading, size))
        lower = upper
    return found


def _pupils(stage: str) -> list[Field]:
    enrolled = "在园幼儿数" if stage == "preschool" else "在校生数"
    items: list[_Item] = [(("毕业生数",), "graduates"), (("招生数", "合计"), "entrants")]
    if stage == "primary":
        years = ("未接受过", "一年", "两年", "三年")
        columns = ("no_preschool", "preschool_1", "preschool_2", "preschool_3")
        for year, column in zip(years, columns, strict=True):
            items.append((("招生数", "接受学前教育", year), f"entrants_{column}"))
    items += [((enrolled, "合计"), "pupils"), ((enrolled, "#女", "合计"), "pupils_female")]
    if stage != "special":
        items += [((enrolled, "#女", _GRADE_NAMES[grade]), f"female_{grade}") for grade in _grades(stage)]
    items.append(((enrolled, "#少数民族"), "pupils_minority"))
    if stage == "primary":
        items.append(((enrolled, "#复式班"), "multigrade"))
    if stage != "preschool":
        items.append(((enrolled, "#寄宿生"), "boarders"))
    if stage in _WITH_COURSES:
        for heading, column in (("#随迁子女", "migrants"), ("#进城务工人员随迁子女", "worker_migrants")):
            items += [
                ((enrolled, heading, "合计"), column),
                ((enrolled, heading, "外省迁入"), f"{column}_other_province"),
                ((enrolled, heading, "本省外县迁入"), f"{column}_other_county"),
            ]
    if stage in ("primary", "junior"):
        items.append(((enrolled, "#农村留守儿童"), "left_behind"))
    if stage in ("primary", "junior", "special"):
        items.append(((enrolled, "#残疾学生"), "disabled"))
    if stage != "special":
        items += [((enrolled, _GRADE_NAMES[grade]), f"pupils_{grade}") for grade in _grades(stage)]
    if stage in ("primary", "junior", "special"):
        items += [(("随班就读",), "disabled_inclusive"), (("送教上门",), "disabled_home")]
    items.append((("预计毕业生数",), "expected_graduates"))
    return _fields("school_stages", items)


def _staff(stage: str) -> list[Field]:
    kinds = [
        *(("合计", "staff"), ("#女", "staff_female"), ("#在编人员", "staff_established")),
        *(("行政人员", "administrators"), ("教辅人员", "auxiliaries"), ("工勤人员", "support_staff")),
    ]
    if stage == "preschool":
        kinds += [("园长", "heads"), ("保育员", "care_workers"), ("卫生保健人员", "health_workers")]
    kinds.append(("其他", "other_staff"))
    if stage != "preschool":
        kinds += [("校外教师", "external_teachers"), ("银龄教师", "silver_teachers")]
    return _fields("school_stages", [(("教职工数", heading), column) for heading, column in kinds])


def _teachers(stage: str) -> list[Field]:
    items: list[_Item] = [
        (("专任教师", "合计"), "teachers"),
        (("专任教师", "#女"), "teachers_female"),
        (("专任教师", "#少数民族"), "teachers_minority"),
        (("专任教师", "#在编人员"), "teachers_established"),
    ]
    if stage == "preschool":
        items.append((("专任教师", "#学前教育专业"), "teachers_early_childhood"))
    if stage == "vocational":
        items += [
            (("专任教师", "#专业课"), "teachers_vocational"),
            (("专任教师", "#双师型"), "teachers_dual"),
        ]
    items += _by("#按学历分", _DEGREES, "teachers_")
    items += _by("#按专业技术职务分", _TITLES, "teachers_title_")
    items += _by("#按年龄分", _AGES, "teachers_age_")
    if stage in _WITH_COURSES:
        none = _COURSES_OF_NONE.get(stage, set())
        items += _by("#按授课课程分", {k: v for k, v in _COURSES.items() if k not in none}, "teachers_")
        arts = ("专任教师", "#按授课课程分", "艺术")
        items += [((*arts, "计"), "teachers_art"), ((*arts, "音乐"), "teachers_music")]
        items.append(((*arts, "美术"), "teachers_fine_art"))
        items += _by("#按授课课程分", _MORE_COURSES, "teachers_")
    backbone = {"primary": "(小学)", "junior": "(初中)", "senior": "(高中)", "preschool": "(幼儿园)"}
    items.append((("教基1102", "县级以上骨干教师" + backbone.get(stage, "")), "teachers_backbone"))
    return _fields("school_stages", items)


def _by(group: str, names: Mapping[str, str], prefix: str) -> list[_Item]:
    return [(("专任教师", group, heading), prefix + name) for name, heading in names.items()]


def _premises(stage: str) -> list[Field]:
    land, floor, more = "占地面积(平方米)", "校舍建筑面积(平方米)", "占地面积及其他办学条件"
    teaching, living = "教学及辅助用房", "生活用房"
    fields = _fields(
        "schools",
        [
            ((more, land, "合计"), "land_area"),
            ((more, land, "其中", "绿化用地面积"), "green_area"),
            ((more, land, "其中", "运动场地面积"), "sports_ground_area"),
            ((more, "图书(册)"), "books"),
        ],
    )
    if stage != "preschool":
        fields += _fields(
            "schools",
            [
                ((more, "电子图书(册)"), "ebooks"),
                ((more, "数字终端(台)", "合计"), "computers"),
                ((more, "数字终端(台)", "#学生终端"), "pupil_computers"),
                ((more, "计算机教室(间)"), "computer_rooms"),
                ((more, "实验室(间)"), "laboratories"),
            ],
        )
    fields += _fields(
        "schools",
        [
            ((more, "教室(间)", "合计"), "classrooms"),
            ((more, "教室(间)", "#网络多媒体教室"), "multimedia_rooms"),
        ],
    )
    fields += [
        Field((more, "固定资产总值(万元)"), "schools", "fixed_assets", 10000),
        Field((more, "教学仪器设备资产值(万元)", "合计"), "schools", "equipment_value", 10000),
        Field((more, "教学仪器设备资产值(万元)", "#当年新增"), "schools", "equipment_value_new", 10000),
    ]
    return fields + _fields(
        "schools",
        [
            ((floor, "合计"), "building_area"),
            ((floor, "#危房"), "dangerous_area"),
            ((floor, teaching, "合计"), "teaching_area"),
            ((floor, teaching, "教室"), "classroom_area"),
            ((floor, teaching, "图书室"), "library_area"),
            ((floor, teaching, "其中", "室内体育用房"), "indoor_sports_area"),
            ((floor, "行政办公用房"), "office_area"),
            ((floor, living, "合计"), "living_area"),
            ((floor, living, "学生宿舍(公寓)"), "dormitory_area"),
            ((floor, living, "食堂"), "canteen_area"),
            ((floor, living, "厕所"), "toilet_area"),
            (("中共党员",), "party_members"),
        ],
    )
