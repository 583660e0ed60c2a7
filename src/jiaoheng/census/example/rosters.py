"""Writes the rosters of pupils, staff and classes. Names are made up and say so: 学生000123."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.example.exports import SYNTHETIC
from jiaoheng.census.example.forms import TITLES
from jiaoheng.census.example.published import NAME
from jiaoheng.census.example.quick_sheet import QuickSheet

Cells = Sequence[str | float | int | None]

PUPILS = {
    "pupil_id": "全国学籍号",
    "name": "姓名",
    "school_code": "学校标识码",
    "stage": "学段",
    "grade": "年级",
    "class_code": "班级编号",
    "sex": "性别",
    "birth_date": "出生日期",
    "minority": "是否少数民族",
    "boarder": "是否寄宿",
    "migrant": "是否随迁子女",
    "worker_migrant": "是否进城务工人员随迁子女",
    "left_behind": "是否农村留守儿童",
    "disabled": "是否残疾",
    "home_area": "居住镇街",
    "new_entrant": "是否新生",
}
TEACHERS = {
    "teacher_id": "身份证件号",
    "name": "姓名",
    "school_code": "学校标识码",
    "stage": "学段",
    "kind": "人员类型",
    "sex": "性别",
    "birth_date": "出生日期",
    "minority": "是否少数民族",
    "employment": "用工形式",
    "qualification": "最高学历",
    "title": "专业技术职务",
    "course": "授课课程",
    "backbone": "骨干教师级别",
    "certified": "教师资格证",
    "head": "是否校长（园长）",
    "dual_qualified": "是否双师型",
    "early_childhood": "学前教育专业",
    "rotation_eligible": "符合交流条件",
    "rotated": "是否交流轮岗",
    "training_hours": "五年累计培训学时",
    "hired": "入职年份",
}
CLASSES = {
    "school_code": "学校标识码",
    "stage": "学段",
    "class_code": "班级编号",
    "grade": "年级",
    "pupils": "学生数",
    "pupils_female": "女生数",
    "multigrade": "是否复式班",
}


def write_pupils(path: Path, tables: Mapping[str, pa.Table], stage: str, *, year: int) -> None:
    """Write the roster of a stage's pupils."""
    pupils = tables["pupils"]
    own = pc.equal(pupils["stage"], stage)
    # The running number of a name is that in the county, so that no two stages have the same.
    first = pc.index(own, value=True).as_py()
    write_roster(path, "pupils", pupils.filter(own), PUPILS, f"{TITLES[stage]}学生名册", tables, first, year)


def write_teachers(path: Path, tables: Mapping[str, pa.Table], *, year: int) -> None:
    """Write the roster of all staff."""
    write_roster(path, "teachers", tables["teachers"], TEACHERS, "教职工名册", tables, 0, year)


def write_classes(path: Path, tables: Mapping[str, pa.Table], *, year: int) -> None:
    """Write the list of all classes."""
    write_roster(path, "classes", tables["classes"], CLASSES, "班级名册", tables, 0, year)


def write_roster(
    path: Path,
    table: str,
    data: pa.Table,
    headings: Mapping[str, str],
    title: str,
    tables: Mapping[str, pa.Table],
    first: int,
    year: int,
) -> None:
    """Write any records as one sheet; ``first`` is the running number of the first made-up name, from 0."""
    columns = [_cells(table, name, data, tables, first) for name in headings]
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title, worksheet_class=QuickSheet)
        bold = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        head = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        sheet.merge_range(
            0, 0, 0, len(headings) - 1, f"{NAME}{year}年{title}（合成的{SYNTHETIC}，人员均系虚构）", bold
        )
        sheet.write_row(1, 0, list(headings.values()), head)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, len(headings) - 1, 12)
        sheet.freeze_panes(2, 2)
        sheet.write_columns(2, columns)


def _cells(table: str, name: str, data: pa.Table, tables: Mapping[str, pa.Table], first: int) -> Cells:
    if name == "name":
        kind = "学生" if table == "pupils" else "教职工"
        return [f"{kind}{number:06d}" for number in range(first + 1, first + 1 + data.num_rows)]
    column = dictionary.table(table)[name]
    values = data[name].to_pylist()
    if name == "home_area":
        areas = tables["areas"]
        towns = dict(zip(areas["area_code"].to_pylist(), areas["name"].to_pylist(), strict=True))
        return [towns[value] for value in values]
    if column.type == "boolean":
        return _named({True: "是", False: "否"}, values)
    if column.type == "term":
        return _named({str(member.value): member.label for member in terms.CODE_LISTS[column.codes]}, values)
    if column.type == "date":
        return _named({day: day.strftime("%Y%m%d") for day in set(values)}, values)
    return list(values)


def _named(names: Mapping[object, str], values: Sequence[object]) -> Cells:
    return [names.get(value) for value in values]
