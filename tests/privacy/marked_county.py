"""A workspace whose rosters carry marks: whatever is found again elsewhere has leaked."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import xlsxwriter

from jiaoheng import workspace
from jiaoheng.census import dictionary

REGION, YEAR = "441284", 2025
SCHOOLS = ("2144000001", "2144000002")

PUPIL_NAME, TEACHER_NAME = "甄隐名", "贾师讳"
PUPIL_ID, OTHER_PUPIL_ID = "G441284201507196615", "G441284201508206627"
TEACHER_ID = "440125198611230018"
NAMES = (PUPIL_NAME, TEACHER_NAME)
NUMBERS = (PUPIL_ID, PUPIL_ID[1:], OTHER_PUPIL_ID, TEACHER_ID)
# Facts of one person that no table of counts holds.
CLASS, BORN, HOURS, HIRED = "密班九", "2015-07-19", "417.25", "1987"
FACTS = (CLASS, BORN, "20150719", HOURS)

PUPIL_HEADINGS = [
    "学籍号",
    "姓名",
    "学校标识码",
    "年级",
    "班级",
    "性别",
    "出生日期",
    "是否少数民族",
    "是否残疾",
]
TEACHER_HEADINGS = ["身份证件号", "姓名", "学校标识码", "学段", "人员类型", "性别", "出生日期", "最高学历",
                    "职称", "培训学时", "入职年份", "是否持教师资格证"]  # fmt: skip


def pupil(**other: object) -> list[object]:
    """A row of the roster of pupils; by heading, what is otherwise."""
    row: dict[str, object] = dict(
        zip(
            PUPIL_HEADINGS,
            [PUPIL_ID, PUPIL_NAME, SCHOOLS[0], "三年级", CLASS, "男", BORN, "是", "是"],
            strict=True,
        )
    )
    return list((row | other).values())


def teacher(**other: object) -> list[object]:
    """A row of the roster of teachers."""
    values = [TEACHER_ID, TEACHER_NAME, SCHOOLS[0], "小学", "专任教师", "女", "1986-11-23", "本科", "中级"]
    row = dict(zip(TEACHER_HEADINGS, [*values, HOURS, HIRED, "是"], strict=True))
    return list((row | other).values())


def book(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]], sheet: str = "名册") -> Path:
    """A workbook of one sheet."""
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet(sheet)
        for line, row in enumerate([headings, *rows]):
            for place, cell in enumerate(row):
                page.write(line, place, cell)
    return path


def county(folder: Path) -> workspace.Workspace:
    """A workspace of two schools, nothing of persons yet."""
    shutil.copytree(_built(), folder)
    return workspace.open(folder)


@cache
def _built() -> Path:
    """The same, made once in a process: a template has every table and takes a while."""
    folder = Path(tempfile.mkdtemp()) / "county"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    ws = workspace.init(folder, region=REGION, name="四会市")
    path = ws.template(folder / "schools.xlsx", year=YEAR)
    made = openpyxl.load_workbook(path)
    same = {"镇街代码": "441284001", "办学类型": "小学", "办学性质": "公办", "城乡分类代码": "镇中心区"}
    for line, code in enumerate(SCHOOLS, start=3):
        _fill(made, "schools", line, {"学校标识码": code, "学校名称": f"第{code[-1]}小学"} | same)
        own: dict[str, object] = {"学校标识码": code, "学段": "小学", "在校生数": 450, "班级数": 10}
        _fill(made, "school_stages", line, own)
    made.save(path)
    done = ws.import_files([path], year=YEAR)
    assert done.census is not None, [rejection.message() for rejection in done.reading.rejections]
    return folder


def _fill(made: openpyxl.Workbook, table: str, line: int, values: dict[str, object]) -> None:
    sheet = made[dictionary.table(table).zh]
    places = {str(cell.value).split("（")[0]: cell.column for cell in sheet[2] if cell.value}
    for name, value in values.items():
        sheet.cell(line, places[name], value)


def found_in(folder: Path, marks: Sequence[str]) -> list[tuple[str, str]]:
    """Every file below the folder (its name, its bytes, what is packed into it) that holds a mark."""
    return [
        (mark, str(path.relative_to(folder)))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for mark in marks
        if mark in path.name or any(mark in text for text in _texts(path))
    ]


def _texts(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    yield from _decoded(content)
    if path.suffix == ".parquet":
        yield pl.read_parquet(path).cast(pl.String, strict=False).write_csv()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                yield name
                yield from _decoded(parts.read(name))


def _decoded(content: bytes) -> Iterator[str]:
    for code in ("utf-8", "utf-16-le", "gb18030"):
        yield content.decode(code, errors="ignore")
    yield content[1:].decode("utf-16-le", errors="ignore")
