"""Writes official per-school forms as schools hand them in: title, number, school, merged heads, codes.

The headings here are those of the forms themselves, not of the layout packs: a layout that knows a form by
wrong words fails the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

Heading = tuple[str, ...]
Values = Mapping[tuple[str, Heading], Any]


@dataclass(frozen=True)
class Shape:
    """A form without figures: its number, title, the headings of its columns, the names of its rows.

    ``rows`` are label and code; rows of one label are told apart by their code.
    """

    code: str
    title: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[str, str], ...]
    unit: str = "人"


@dataclass(frozen=True)
class Filled:
    """A form of a school: figures by code of the row and heading of the column; blanks are left out."""

    shape: Shape
    values: Values
    school: str = ""
    name: str = ""
    blank_rows: tuple[int, ...] = ()
    shift: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ("注：本表由学校（机构）填报。", "填表人：张三")
    repeat_head_at: int | None = None
    full_width: bool = False
    head: tuple[str, ...] | None = None

    def cell(self, code: str, heading: Heading) -> Any:
        value = self.values.get((code, heading))
        if value is not None and self.full_width:
            return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        return value


@dataclass
class Written:
    """Where each figure was written: row code and heading to the address."""

    cells: dict[tuple[str, Heading], str] = field(default_factory=dict)


def write_forms(path: Path, sheets: Mapping[str, Filled | Sequence[Filled]]) -> dict[str, list[Written]]:
    """A workbook with a sheet for each name, the forms of a sheet one below another."""
    done: dict[str, list[Written]] = {}
    with xlsxwriter.Workbook(str(path)) as book:
        for name, forms in sheets.items():
            page = book.add_worksheet(name)
            line = 0
            for each in [forms] if isinstance(forms, Filled) else forms:
                written, line = _write(page, each, line)
                done.setdefault(name, []).append(written)
                line += 2
    return done


def _write(page: Any, form: Filled, line: int) -> tuple[Written, int]:
    down, right = form.shift
    line += down
    shape = form.shape
    depth = max(len(heading) for heading in shape.columns)
    last = right + 1 + len(shape.columns)
    page.merge_range(line, right, line, last, f"{shape.title}")
    page.write_string(line + 1, right, shape.code)
    page.write_string(line + 1, last, f"单位：{shape.unit}")
    line += 2
    for text in _head(form):
        page.write_string(line, right, text)
        line += 1
    line = _headings(page, shape, line, right, depth)
    written = Written()
    for number, (label, code) in enumerate(shape.rows):
        if number in form.blank_rows:
            line += 1
        if number == form.repeat_head_at:
            line = _headings(page, shape, line, right, depth)
        page.write_string(line, right, label)
        page.write_string(line, right + 1, code)
        for offset, heading in enumerate(shape.columns):
            value = form.cell(code, heading)
            if value is not None:
                page.write(line, right + 2 + offset, value)
                written.cells[code, heading] = f"{_letters(right + 2 + offset)}{line + 1}"
        line += 1
    for text in form.notes:
        page.write_string(line, right, text)
        line += 1
    return written, line


def _head(form: Filled) -> tuple[str, ...]:
    if form.head is not None:
        return form.head
    if not form.school and not form.name:
        return ()
    return (f"学校（机构）名称：{form.name}　　学校（机构）标识码：{form.school}",)


def _headings(page: Any, shape: Shape, top: int, right: int, depth: int) -> int:
    for offset, text in enumerate(("指标名称", "代码")):
        if depth > 1:
            page.merge_range(top, right + offset, top + depth - 1, right + offset, text)
        else:
            page.write_string(top, right + offset, text)
    for level in range(depth):
        for prefix, members in groupby(
            range(len(shape.columns)), key=lambda at, upto=level + 1: shape.columns[at][:upto]
        ):
            if len(prefix) <= level:
                continue
            columns = list(members)
            leaf = len(shape.columns[columns[0]]) == level + 1 and len(columns) == 1
            bottom = top + (depth - 1 if leaf else level)
            first, final = right + 2 + columns[0], right + 2 + columns[-1]
            if bottom > top + level or final > first:
                page.merge_range(top + level, first, bottom, final, prefix[-1])
            else:
                page.write_string(top + level, first, prefix[-1])
    for number, offset in enumerate(range(2 + len(shape.columns))):
        page.write(top + depth, right + offset, "甲乙"[number] if number < 2 else number - 1)
    return top + depth + 1


def _letters(column: int) -> str:
    return xlsxwriter.utility.xl_col_to_name(column)


def with_columns(shape: Shape, columns: Sequence[Heading]) -> Shape:
    """The same form with its columns in another order, or with others among them."""
    return replace(shape, columns=tuple(columns))


# --- the forms ---


def _numbered(*labels: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, f"{number:02d}") for number, label in enumerate(labels, 1))


def _flat(*names: str) -> tuple[Heading, ...]:
    return tuple((name,) for name in names)


_KINDS = (
    *("总计", "#女", "#少数民族", "#复式班", "#寄宿生", "#随迁子女", "外省迁入", "本省外县迁入"),
    *("#进城务工人员随迁子女", "外省迁入", "本省外县迁入", "#农村留守儿童"),
)
_PRIMARY = tuple(f"{number}年级" for number in "一二三四五六")
_JUNIOR, _SENIOR = _PRIMARY[:4], _PRIMARY[:3]
_BANDS = (
    *("25人及以下", "26-30人", "31-35人", "36-40人", "41-45人"),
    *("46-50人", "51-55人", "56-60人", "61-65人", "66人及以上"),
)
_DEGREES = ("博士研究生", "硕士研究生", "本科", "专科", "高中阶段", "高中阶段以下")
_TITLES = ("正高级", "副高级", "中级", "助理级", "员级", "未定职级")
_AGES = (
    *("24岁及以下", "25-29岁", "30-34岁", "35-39岁", "40-44岁"),
    *("45-49岁", "50-54岁", "55-59岁", "60岁及以上"),
)
_COURSES: tuple[Heading, ...] = (
    *_flat("合计", "#女", "道德与法治", "语文", "数学"),
    *(("外语", "计"), ("外语", "英语"), ("外语", "日语"), ("外语", "俄语")),
    *_flat("历史", "地理", "科学", "物理", "化学", "生物学", "信息科技", "体育与健康"),
    *(("艺术", "计"), ("艺术", "音乐"), ("艺术", "美术")),
    *_flat("劳动", "综合实践活动", "其他", "本学年不授课"),
)


def _by_stage(stages: Sequence[str], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    labels = [label for stage in stages for label in (stage, " #女", " #少数民族", *names)]
    return _numbered(*labels)


FORM_3112 = Shape(
    "教基3112",
    "小学分类型学生数",
    (
        *_flat("毕业生数", "招生数"),
        *((("接受学前教育", each)) for each in ("未接受过", "一年", "两年", "三年")),
        *_flat("在校生数", "#女", *_PRIMARY, "预计毕业生数"),
    ),
    _numbered(*_KINDS),
)
FORM_3115 = Shape(
    "教基3115",
    "初中分类型学生数",
    _flat("毕业生数", "招生数", "在校生数", "#女", *_JUNIOR, "预计毕业生数"),
    _numbered(*(kind for kind in _KINDS if kind != "#复式班")),
)
FORM_3118 = Shape(
    "教基3118",
    "普通高中分类型学生数",
    _flat("毕业生数", "招生数", "在校生数", "#女", *_SENIOR, "预计毕业生数"),
    _numbered(*(kind for kind in _KINDS if kind not in ("#复式班", "#农村留守儿童"))),
)
FORM_3113 = Shape(
    "教基3113",
    "小学分年龄学生数",
    _flat("招生数", "在校生数", "#女", *_PRIMARY),
    _numbered("总计", "5岁及以下", *(f"{age}岁" for age in range(6, 15)), "15岁及以上"),
)
FORM_2105 = Shape(
    "教基2105",
    "幼儿园班数",
    _flat("合计", "托班", "小班", "中班", "大班", "混合班"),
    _numbered("班数", "在园幼儿数", "#女"),
    unit="个、人",
)
FORM_2106 = Shape(
    "教基2106",
    "小学班数、班额情况",
    _flat("合计", *_PRIMARY, "复式班"),
    _numbered("合计", *_BANDS),
    unit="个",
)
FORM_2107 = Shape(
    "教基2107", "初中班数、班额情况", _flat("合计", *_JUNIOR), _numbered("合计", *_BANDS), unit="个"
)
FORM_4148 = Shape(
    "教基4148",
    "幼儿园教职工",
    _flat("教职工数", "园长", "专任教师", "保健医", "保育员", "行政人员", "教辅人员", "工勤人员", "其他"),
    _numbered("总计", "#女", "#少数民族", "#在编人员"),
)
FORM_4149 = Shape(
    "教基4149",
    "中小学教职工",
    _flat("教职工数", "专任教师", "行政人员", "教辅人员", "工勤人员", "其他", "校外教师", "银龄教师"),
    _numbered("总计", "#女", "#少数民族", "#在编人员", "#外籍人员"),
)
FORM_4153 = Shape(
    "教基4153",
    "基础教育学校专任教师分年龄情况",
    _flat("合计", "#女", *_AGES),
    _by_stage(("学前教育", "小学", "初中", "普通高中", "特殊教育学校"), _TITLES),
)
FORM_4155 = Shape(
    "教基4155", "义务教育阶段专任教师分课程、分学历情况", _COURSES, _by_stage(("小学", "初中"), _DEGREES)
)
FORM_4067 = Shape(
    "教基4067",
    "教职工其他情况",
    _flat("中共党员", "共青团员", "民主党派", "香港", "澳门", "台湾", "华侨", "少数民族"),
    _numbered("教职工", " #女", "专任教师", "小学", " #女"),
)
FORM_5170 = Shape(
    "教基5170",
    "中小学校舍情况",
    (("校舍建筑面积",), ("#危房",), ("当年新增",)),
    _numbered(
        *("总计", "一、教学及辅助用房", "教室", "专用教室", "理化生实验室", "其他", "公共教学用房"),
        *("图书阅览室", "室内体育用房", "心理辅导室", "其他", "二、行政办公用房", "教师办公室", "其他"),
        *("三、生活用房", "学生宿舍", "学生餐厅", "厕所", "其他", "四、其他用房"),
    ),
    unit="平方米",
)
FORM_5176 = Shape(
    "教基5176",
    "占地面积及其他办学条件",
    (
        *(("占地面积（平方米）", "计"), ("占地面积（平方米）", "其中", "绿化用地面积")),
        *(("占地面积（平方米）", "其中", "运动场地面积"), ("图书（册）",)),
        *(("数字终端数（台）", "计"), ("数字终端数（台）", "#学生终端")),
        *(("教室（间）", "计"), ("教室（间）", "普通教室", "#网络多媒体教室")),
        ("教室（间）", "专用教室", "#网络多媒体教室"),
        *(("固定资产总值（万元）", "计"), ("固定资产总值（万元）", "#教学仪器设备资产值", "计")),
        ("固定资产总值（万元）", "#教学仪器设备资产值", "#当年新增"),
    ),
    _numbered("总计"),
    unit="平方米、册、台、间、万元",
)
FORM_1102 = Shape(
    "教基1102续", "学校基本情况（续）", _flat("县级以上骨干教师", "心理健康教师"), _numbered("小学", "初中")
)
OLD_211 = Shape(
    "基础基211",
    "幼儿园、幼儿班班数",
    _flat("合计", "托班", "小班", "中班", "大班"),
    _numbered("合计"),
    unit="个",
)
OLD_311 = Shape(
    "基础基311",
    "幼儿园、幼儿班分年龄幼儿数",
    (
        *(("入园（班）人数", each) for each in ("合计", "托班", "小班", "中班", "大班")),
        *(("在园（班）人数", each) for each in ("合计", "其中：女", "托班", "小班", "中班", "大班")),
        ("离园（班）人数",),
    ),
    _numbered("总计", "2岁以下", "2岁", "3岁", "4岁", "5岁", "6岁及以上"),
)
