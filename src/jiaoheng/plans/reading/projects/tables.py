"""Building projects of tables: a row each, with what is built, where, for how much, when, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from jiaoheng.plans.model import Passage, Project
from jiaoheng.plans.reading.projects.words import kind_of, public_of, stage_of
from jiaoheng.plans.reading.quantities.years import years
from jiaoheng.plans.reading.tables import cells, kinds
from jiaoheng.plans.reading.tables.table import Cell, Table, heading
from jiaoheng.plans.reading.tasks.units import units
from jiaoheng.terms import ProjectKind, Stage

Column = Literal["name", "kind", "area", "seats", "investment", "years", "lead", "stage", "content"]

_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("lead", re.compile(r"责任|牵头|实施单位|建设单位|主管|业主|负责")),
    ("seats", re.compile(r"学位")),
    ("investment", re.compile(r"投资|资金|经费")),
    ("years", re.compile(r"年限|起止|工期|时间|年度|完成|竣工|开工|投入使用|建成")),
    ("kind", re.compile(r"性质|建设类型|建设方式|项目类型|类别")),
    ("area", re.compile(r"地点|地址|位置|选址|镇街|镇\(街\)|区域|所在|属地")),
    ("stage", re.compile(r"学段|学校类型|办学类型")),
    ("content", re.compile(r"内容|规模|概况")),
    ("name", re.compile(r"项目名称|学校名称|名称|项目$|学校$")),
)
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")
_SEATS = re.compile(
    r"(?P<n>\d[\d,]*(?:\.\d+)?万?)\s*个?(?:座)?(?:新增)?学位|学位(?:数)?(?P<m>\d[\d,]*(?:\.\d+)?万?)个?"
)
_UNIT = re.compile(r"(?P<scale>[万亿])元")
_SCALES = {"万": 1e4, "亿": 1e8}


def of_tables(tables: Iterable[Table]) -> Iterator[Project]:
    """The projects of the project tables, in their order; what a row does not say is None."""
    for table in tables:
        if kinds.kind(table) == "projects":
            yield from _of_table(table)


def _of_table(table: Table) -> Iterator[Project]:
    columns = _columns(table)
    if "name" not in columns:
        return
    group = ""
    for row, line in enumerate(table.rows, start=1):
        head = heading(line)
        if head is not None:
            group = head.text
            continue
        name = line[columns["name"]]
        if name.span is None or _TOTAL.match(name.text) or cells.nothing(name.text):
            continue
        yield _project(table, row, line, columns, group)


def _columns(table: Table) -> dict[Column, int]:
    """Which column holds what: each kind once, the first that fits."""
    found: dict[Column, int] = {}
    for at, head in enumerate(table.columns):
        words = "".join(head.split())
        kind = next((column for column, pattern in _HEADS if pattern.search(words)), None)
        if kind is not None and kind not in found:
            found[kind] = at
    return found


def _project(
    table: Table, row: int, line: tuple[Cell, ...], columns: dict[Column, int], group: str
) -> Project:
    def said(column: Column) -> str:
        text = line[columns[column]].text if column in columns else ""
        return "" if cells.nothing(text) else text

    name = said("name")
    places = [cell.span for cell in line if cell.span is not None]
    start_year, due_year = _years(said("years"))
    return Project(
        id=f"{name}:{row}",
        name=name,
        kind=_kind(said("kind"), f"{name}{said('content')}", group),
        stage=_stage(said("stage"), name, group),
        area=said("area") or None,
        seats=_seats(said("seats"), said("content")),
        public=public_of(f"{name}{said('kind')}"),
        start_year=start_year,
        due_year=due_year,
        investment=_money(
            said("investment"), table.columns[columns["investment"]] if said("investment") else ""
        ),
        lead=units(said("lead")),
        passage=Passage(
            section=table.title or "项目表",
            row=row,
            quote=line[columns["name"]].printed,
            start=min(place.start for place in places),
            end=max(place.end for place in places),
            confidence=round(0.95 * table.sure, 3),
        ),
    )


def _kind(said: str, name: str, group: str) -> ProjectKind | None:
    """What the column of its kind says, else the name with the contents, else the group row."""
    named = ProjectKind.named(said) if said else None
    return named or kind_of(said) or kind_of(name) or kind_of(group)


def _stage(said: str, name: str, group: str) -> Stage | None:
    return (Stage.named(said) if said else None) or stage_of(name) or Stage.named(group)


def _years(said: str) -> tuple[int | None, int | None]:
    """The first and the last year of 2022-2024; a single year is the one that it is due in."""
    found = years(said if re.search("[年期]", said) else re.sub(r"((?:19|20)\d\d)(?!\d)", r"\1年", said))
    if not found or found[0].first is None:
        return None, None
    first, last = found[0].first, found[-1].last
    return (first if first != last else None), last


def _seats(said: str, content: str) -> int | None:
    number = cells.number(re.sub(r"个|座", "", said)) if said else None
    if number is None and (found := _SEATS.search(content)):
        number = cells.number(found["n"] or found["m"])
    return int(number) if number is not None and number == int(number) and number >= 0 else None


def _money(said: str, head: str) -> float | None:
    """Yuan; the unit stands in the cell or in the head, and without one the figure says nothing."""
    unit = _UNIT.search(said) or _UNIT.search(head)
    number = cells.number(re.sub(r"[约万亿]*元?$|^约", "", said))
    if number is None or (unit is None and "元" not in said + head):
        return None
    return float(f"{number * (_SCALES[unit['scale']] if unit else 1):.12g}")
