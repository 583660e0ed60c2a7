"""What each cell of the official forms is, in words of the tests' own: heading and row to a column.

Written from the forms, not from the layout packs, which it checks.
"""

from __future__ import annotations

from collections.abc import Mapping

import form_books as books
from form_books import Heading, Shape

At = tuple[str, Heading]
"""A cell: the code of its row, the heading of its column."""

Wanted = dict[At, tuple[str, str | None, str]]
"""Cell to table, stage and column."""


def along(
    code: str, stage: str | None, columns: Mapping[str | Heading, str], table: str = "school_stages"
) -> Wanted:
    """A row of the form: heading to column."""
    return {
        (code, (head,) if isinstance(head, str) else head): (table, stage, column)
        for head, column in columns.items()
    }


def down(
    heading: str | Heading, stage: str | None, rows: Mapping[str, str], table: str = "school_stages"
) -> Wanted:
    """A column of the form: code of the row to column."""
    head = (heading,) if isinstance(heading, str) else heading
    return {(code, head): (table, stage, column) for code, column in rows.items()}


def grades(prefix: str, numbers: range) -> dict[str | Heading, str]:
    return {f"{'一二三四五六'[i]}年级": f"{prefix}_g{number}" for i, number in enumerate(numbers)}


BANDS = {f"{i:02d}": f"classes_size_{size}" for i, size in enumerate((*range(25, 66, 5), 66), 2)}
MIGRANTS = [
    *("migrants", "migrants_other_province", "migrants_other_county"),
    *("worker_migrants", "worker_migrants_other_province", "worker_migrants_other_county"),
]
DEGREES = ("doctor", "master", "bachelor", "college", "secondary", "below_secondary")
TITLES = ("full_senior", "associate_senior", "middle", "assistant", "junior", "none")
AGES = ("24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "60")
COURSES: dict[str | Heading, str] = {
    ("外语", "计"): "foreign_language",
    ("艺术", "音乐"): "music",
    ("艺术", "美术"): "fine_art",
    **dict(
        zip(
            ("道德与法治", "语文", "数学", "历史", "地理", "科学", "物理", "化学", "生物学", "信息科技"),
            (
                *("morality_and_law", "chinese", "mathematics", "history", "geography", "science"),
                *("physics", "chemistry", "biology", "information_technology"),
            ),
            strict=True,
        )
    ),
    "体育与健康": "physical_education",
    "劳动": "labour",
    "综合实践活动": "integrated_practice",
    "其他": "course_other",
    "本学年不授课": "not_teaching",
}


def pupils(stage: str, shape: Shape, first: int) -> Wanted:
    count = len([heading for heading in shape.columns if heading[0].endswith("年级")])
    numbers = range(first, first + count)
    names = [label for label, _ in shape.rows]
    kinds = {"#女": "pupils_female", "#少数民族": "pupils_minority", "#复式班": "multigrade"}
    kinds |= {"#寄宿生": "boarders", "#农村留守儿童": "left_behind"}
    rows = {f"{names.index(label) + 1:02d}": column for label, column in kinds.items() if label in names}
    start = names.index("#随迁子女") + 1
    rows |= {f"{start + i:02d}": column for i, column in enumerate(MIGRANTS)}
    rows.pop("02")  # 总计 × #女 says the same, and is read
    top = {"毕业生数": "graduates", "招生数": "entrants", "在校生数": "pupils", "#女": "pupils_female"}
    top |= {"预计毕业生数": "expected_graduates", **grades("pupils", numbers)}
    wanted = along("01", stage, top) | down("在校生数", stage, rows)
    wanted |= along("02", stage, grades("female", numbers))
    return {
        at: (table, own, column.replace("_g10", "_j4") if stage == "junior" else column)
        for at, (table, own, column) in wanted.items()
    }


def teachers_by_age(first: int, stage: str) -> Wanted:
    ages: dict[str | Heading, str] = {
        heading[0]: f"teachers_age_{age}"
        for heading, age in zip(books.FORM_4153.columns[2:], AGES, strict=True)
    }
    wanted = along(f"{first:02d}", stage, {"合计": "teachers", "#女": "teachers_female", **ages})
    rows = {f"{first + 2:02d}": "teachers_minority"}
    rows |= {f"{first + 3 + i:02d}": f"teachers_title_{title}" for i, title in enumerate(TITLES)}
    return wanted | down("合计", stage, rows)


def teachers_by_course(first: int, stage: str) -> Wanted:
    courses = {head: f"teachers_{course}" for head, course in COURSES.items()}
    wanted = along(f"{first:02d}", stage, {"合计": "teachers", "#女": "teachers_female", **courses})
    rows = {f"{first + 2:02d}": "teachers_minority"}
    rows |= {f"{first + 3 + i:02d}": f"teachers_{degree}" for i, degree in enumerate(DEGREES)}
    return wanted | down("合计", stage, rows)


PRESCHOOL = {"托班": "nursery", "小班": "k1", "中班": "k2", "大班": "k3", "混合班": "k_mixed"}
LAND, ROOMS = "占地面积（平方米）", "教室（间）"
FIXED = "固定资产总值（万元）"

WANTED: dict[str, tuple[Shape, Wanted]] = {
    "教基3112": (
        books.FORM_3112,
        pupils("primary", books.FORM_3112, 1)
        | along(
            "01",
            "primary",
            {
                ("接受学前教育", "未接受过"): "entrants_no_preschool",
                ("接受学前教育", "一年"): "entrants_preschool_1",
                ("接受学前教育", "两年"): "entrants_preschool_2",
                ("接受学前教育", "三年"): "entrants_preschool_3",
            },
        ),
    ),
    "教基3115": (books.FORM_3115, pupils("junior", books.FORM_3115, 7)),
    "教基3118": (books.FORM_3118, pupils("senior", books.FORM_3118, 10)),
    "教基3113": (books.FORM_3113, {}),
    "教基2105": (
        books.FORM_2105,
        along("01", "preschool", {"合计": "classes"} | {k: f"classes_{v}" for k, v in PRESCHOOL.items()})
        | along("02", "preschool", {"合计": "pupils"} | {k: f"pupils_{v}" for k, v in PRESCHOOL.items()})
        | along(
            "03", "preschool", {"合计": "pupils_female"} | {k: f"female_{v}" for k, v in PRESCHOOL.items()}
        ),
    ),
    "教基2106": (
        books.FORM_2106,
        along(
            "01",
            "primary",
            {"合计": "classes", "复式班": "classes_multigrade"} | grades("classes", range(1, 7)),
        )
        | down("合计", "primary", BANDS),
    ),
    "教基2107": (
        books.FORM_2107,
        along("01", "junior", {"合计": "classes", "四年级": "classes_j4"} | grades("classes", range(7, 10)))
        | down("合计", "junior", BANDS),
    ),
    "教基4148": (
        books.FORM_4148,
        along(
            "01",
            "preschool",
            {
                "教职工数": "staff",
                "园长": "heads",
                "专任教师": "teachers",
                "保健医": "health_workers",
                "保育员": "care_workers",
                "行政人员": "administrators",
                "教辅人员": "auxiliaries",
                "工勤人员": "support_staff",
                "其他": "other_staff",
            },
        )
        | down("教职工数", "preschool", {"02": "staff_female", "04": "staff_established"})
        | down(
            "专任教师",
            "preschool",
            {"02": "teachers_female", "03": "teachers_minority", "04": "teachers_established"},
        ),
    ),
    "教基4149": (
        books.FORM_4149,
        along(
            "01",
            "primary",
            {
                "教职工数": "staff",
                "专任教师": "teachers",
                "行政人员": "administrators",
                "教辅人员": "auxiliaries",
                "工勤人员": "support_staff",
                "其他": "other_staff",
                "校外教师": "external_teachers",
                "银龄教师": "silver_teachers",
            },
        )
        | down("教职工数", "primary", {"02": "staff_female", "04": "staff_established"})
        | down(
            "专任教师",
            "primary",
            {"02": "teachers_female", "03": "teachers_minority", "04": "teachers_established"},
        ),
    ),
    "教基4153": (
        books.FORM_4153,
        teachers_by_age(1, "preschool")
        | teachers_by_age(10, "primary")
        | teachers_by_age(19, "junior")
        | teachers_by_age(28, "senior")
        | teachers_by_age(37, "special"),
    ),
    "教基4155": (
        books.FORM_4155,
        teachers_by_course(1, "primary") | teachers_by_course(10, "junior"),
    ),
    "教基4067": (books.FORM_4067, along("01", None, {"中共党员": "party_members"}, "schools")),
    "教基5170": (
        books.FORM_5170,
        down(
            "校舍建筑面积",
            None,
            {
                "01": "building_area",
                "02": "teaching_area",
                "03": "classroom_area",
                "08": "library_area",
                "09": "indoor_sports_area",
                "12": "office_area",
                "15": "living_area",
                "16": "dormitory_area",
                "17": "canteen_area",
                "18": "toilet_area",
            },
            "schools",
        )
        | along("01", None, {"#危房": "dangerous_area"}, "schools"),
    ),
    "教基5176": (
        books.FORM_5176,
        along(
            "01",
            None,
            {
                (LAND, "计"): "land_area",
                (LAND, "其中", "绿化用地面积"): "green_area",
                (LAND, "其中", "运动场地面积"): "sports_ground_area",
                "图书（册）": "books",
                ("数字终端数（台）", "计"): "computers",
                ("数字终端数（台）", "#学生终端"): "pupil_computers",
                (ROOMS, "计"): "classrooms",
                (FIXED, "计"): "fixed_assets",
                (FIXED, "#教学仪器设备资产值", "计"): "equipment_value",
                (FIXED, "#教学仪器设备资产值", "#当年新增"): "equipment_value_new",
                (ROOMS, "普通教室", "#网络多媒体教室"): "multimedia_rooms",
                (ROOMS, "专用教室", "#网络多媒体教室"): "multimedia_rooms",
            },
            "schools",
        ),
    ),
    "教基1102续": (
        books.FORM_1102,
        {
            ("01", ("县级以上骨干教师",)): ("school_stages", "primary", "teachers_backbone"),
            ("02", ("县级以上骨干教师",)): ("school_stages", "junior", "teachers_backbone"),
        },
    ),
    "基础基211": (
        books.OLD_211,
        along(
            "01",
            "preschool",
            {"合计": "classes"} | {k: f"classes_{v}" for k, v in PRESCHOOL.items() if k != "混合班"},
        ),
    ),
    "基础基311": (
        books.OLD_311,
        along(
            "01",
            "preschool",
            {
                ("入园（班）人数", "合计"): "entrants",
                "离园（班）人数": "graduates",
                ("在园（班）人数", "合计"): "pupils",
                ("在园（班）人数", "其中：女"): "pupils_female",
                **{("在园（班）人数", k): f"pupils_{v}" for k, v in PRESCHOOL.items() if k != "混合班"},
            },
        ),
    ),
}
MONEY = {"fixed_assets", "equipment_value", "equipment_value_new"}
"""Columns that the forms give in 10,000 yuan."""

ARTS = ("艺术", "计")
