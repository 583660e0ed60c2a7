"""Valid books of every kind, as the project's own writers make them."""

from __future__ import annotations

import hmac
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from jiaoheng.census import dictionary
from jiaoheng.census.example import rosters
from jiaoheng.census.example.exports import write_export
from jiaoheng.census.example.forms import TITLES, form
from jiaoheng.census.template import HIDDEN_SHEET, write_template

from . import forms
from .county import KEY, PERSONS, STAGES, YEAR, census, secret_name, secret_number, tables
from .draft import Draft, Head, Line, Page, Rng, Spot, copied, opened

KINDS = (
    *("template", *(f"wide {stage}" for stage in STAGES), "pupils", "teachers", "classes", "mapped"),
    *(f"form {number}" for number in forms.SHAPES),
    "fitness",
)

MAPPING = """\
name: 本县学校一览
tables:
  - table: schools
    columns:
      school_code: 代码
      name: 校名
      area_code: 镇街代码
      school_type: 类型
      ownership: {from: 公民办, lookup: {公: 公办, 民: 民办}}
      equipment_value: {from: 设备（万元）, factor: 10000}
      land_area: 占地
  - table: school_stages
    columns:
      school_code: 代码
      stage: 学段
      pupils: 学生
      classes: 班
"""


def draw(kind: str, rng: Rng) -> Draft:
    """A fresh valid book of a kind, with some of the county's rows, never more than 40."""
    if kind == "template":
        whole = _template()
        chosen = rng.sample([page.name for page in whole if page.data], rng.choice((1, 1, 2)))
        pages = [page for page in whole if page.name in chosen or page.name == HIDDEN_SHEET]
        draft = Draft(kind, f"{YEAR} 填报模板", copied(pages))
    elif kind.startswith("wide"):
        stage = kind.split()[1]
        draft = Draft(kind, f"{YEAR} {TITLES[stage]}", copied(_export(stage)))
    elif kind.startswith("form"):
        number = kind.split()[1]
        draft = Draft(kind, f"东区小学 教基{number}", copied(forms.form(number)))
    elif kind == "fitness":
        draft = Draft(kind, "体质健康测试成绩", copied(forms.fitness()))
    elif kind == "mapped":
        draft = Draft(kind, "学校一览", copied(_mapped()), mapping=True)
    else:
        draft = Draft(kind, f"{YEAR} {_ROSTERS[kind][2]}", copied(_roster(kind)))
    for page in draft.pages if not kind.startswith("form") else ():
        _thin(page, rng)
    return draft


def _thin(page: Page, rng: Rng) -> None:
    """Leave out some rows of data, so that no two books of a kind are alike."""
    data = page.data
    # 合计 of a wide export sums what is there, and a campus needs its main school: those stay whole.
    if len(data) > 8:
        gone = set(rng.sample(data, rng.randrange(len(data) - 5)))
        page.lines = [line for number, line in enumerate(page.lines) if number not in gone]


_ROSTERS: Mapping[str, tuple[Callable[..., None], Mapping[str, str], str]] = {
    "pupils": (rosters.write_pupils, rosters.PUPILS, "小学学生名册"),
    "teachers": (rosters.write_teachers, rosters.TEACHERS, "教职工名册"),
    "classes": (rosters.write_classes, rosters.CLASSES, "班级名册"),
}


@cache
def _roster(kind: str) -> list[Page]:
    write, headings, _ = _ROSTERS[kind]
    data = tables()[kind]
    if kind == "pupils":
        data = data.filter(pa.compute.equal(data["stage"], "primary"))
        page = opened(lambda path: write(path, {**tables(), "pupils": data}, "primary", year=YEAR))[0]
    else:
        page = opened(lambda path: write(path, tables(), year=YEAR))[0]
    heads = [Head(f"{kind}.{name}" if dictionary.table(kind)[name].stored else "") for name in headings]
    _mark(page, heads, heading=1, records=data.to_pylist())
    if kind in PERSONS:
        _name_persons(page, list(headings).index("name"), kind)
    return [page]


@cache
def _export(stage: str) -> list[Page]:
    page = opened(lambda path: write_export(path, tables(), stage, year=YEAR))[0]
    fields = form(stage)
    depth = max(len(each.path) for each in fields)
    heads = [Head(f"{each.table}.{each.column}" if each.column else "", each.scale) for each in fields]
    schools = {row["school_code"]: row for row in tables()["schools"].to_pylist()}
    records = [
        {**schools[row["school_code"]], **row}
        for row in tables()["school_stages"].to_pylist()
        if row["stage"] == stage
    ]
    _mark(page, heads, heading=2, depth=depth, records=records, skip=1)
    return [page]


@cache
def _template() -> list[Page]:
    with tempfile.TemporaryDirectory() as folder:
        filled = census(Path(folder))
        pages = opened(lambda path: write_template(path, year=YEAR, census=filled))
        records = {name: filled.table(name).to_pylist() for name in dictionary.tables()}
    for page in pages:
        table = next((each for each in dictionary.tables().values() if each.zh == page.name), None)
        if table is None:
            continue
        names = {column.heading: column.name for column in table.columns if column.stored}
        headings = [str(spot.value or "") for spot in page.lines[1].spots]
        heads = [Head(f"{table.name}.{names[text]}" if text in names else "") for text in headings]
        _mark(page, heads, heading=1, records=records[table.name])
        if table.name in PERSONS:
            _name_persons(page, next(i for i, text in enumerate(headings) if text == "姓名"), table.name)
            _number_persons(page, headings.index(table[table.key[0]].heading), table.name)
    return [page for page in pages if page.data or page.name == HIDDEN_SHEET]


@cache
def _mapped() -> list[Page]:
    headings = [
        "序号",
        "代码",
        "校名",
        "镇街代码",
        "类型",
        "公民办",
        "设备（万元）",
        "占地",
        "学段",
        "学生",
        "班",
    ]
    targets = ["", "schools.school_code", "schools.name", "schools.area_code", "schools.school_type"]
    targets += ["schools.ownership", "schools.equipment_value", "schools.land_area"]
    targets += ["school_stages.stage", "school_stages.pupils", "school_stages.classes"]
    heads = [Head(target, 10000 if target.endswith("equipment_value") else 1.0) for target in targets]
    lines = [Line([Spot(text) for text in headings], role="heading")]
    stages = {row["school_code"]: row for row in tables()["school_stages"].to_pylist()}
    records = []
    for number, school in enumerate(tables()["schools"].to_pylist(), 1):
        own = stages[school["school_code"]]
        # A campus names its main school in a column that this table does not have.
        if school["counted"] is False:
            continue
        record = {**school, **own}
        record["equipment_value"] = record["equipment_value"] or 0.0
        cells: list[Any] = [number, record["school_code"], record["name"], record["area_code"]]
        cells += [_label("schools.school_type", record), "公" if record["ownership"] == "public" else "民"]
        cells += [
            record["equipment_value"] / 10000,
            record["land_area"],
            _label("school_stages.stage", record),
        ]
        cells += [record["pupils"], record["classes"]]
        lines.append(Line([Spot(cell) for cell in cells]))
        records.append(record)
    page = Page("一览", lines, heads)
    _mark(page, heads, heading=0, records=records)
    return [page]


def _label(target: str, record: Mapping[str, object]) -> str:
    from jiaoheng import terms

    column = Head(target).column
    return terms.label(column.codes, str(record[column.name]))


def _mark(
    page: Page,
    heads: Sequence[Head],
    *,
    heading: int,
    records: Sequence[Mapping[str, object]],
    depth: int = 1,
    skip: int = 0,
) -> None:
    """Say which lines are headings and which are data, and what each cell of the data must become."""
    page.heads = list(heads)
    for line in page.lines[heading : heading + depth]:
        line.role = "heading"
    first = heading + depth + skip
    for number, (line, record) in enumerate(zip(page.lines[first:], records, strict=False)):
        line.role, line.tag = "data", f"{page.name} {number}"
        line.spots += [Spot() for _ in range(len(heads) - len(line.spots))]
        for head, spot in zip(heads, line.spots, strict=True):
            if head.target:
                spot.may = frozenset({_stored(head, record)})


def _stored(head: Head, record: Mapping[str, object]) -> object:
    value = record[head.column.name]
    if head.column.personal == "identifier" and value is not None:
        return hashed(str(value))
    return value


def hashed(text: str) -> str:
    """An identifier as a snapshot keeps it: what is hashed already stays."""
    if text.startswith("h1:"):
        return text
    return "h1:" + hmac.digest(KEY, text.upper().encode(), "sha256").hex()[:32]


def _name_persons(page: Page, column: int, table: str) -> None:
    for number, row in enumerate(page.data):
        page.lines[row].spots[column].value = secret_name(number + 500 * (table == "teachers"))


def _number_persons(page: Page, column: int, table: str) -> None:
    for number, row in enumerate(page.data):
        text = secret_number(number + 500 * (table == "teachers"))
        page.lines[row].spots[column] = Spot(text, frozenset({hashed(text)}))


def secrets() -> Iterator[str]:
    """What no message and no table may show: persons, and what stands in a file of this machine."""
    yield "root:x:0:0"
    for number in (*range(60), *range(500, 560)):
        yield secret_name(number)
        yield secret_number(number)
