"""What a table is for: indicators, an allocation, a score card, tasks, projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from jiaoheng.plans.reading.tables.cells import is_figure
from jiaoheng.plans.reading.tables.columns import roles
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

Kind = Literal["indicators", "allocation", "score_card", "tasks", "projects", "other"]

_UNITS_OF_WORK = re.compile(r"牵头|责任(?:单位|部门|科室|人)|配合单位|负责")
_TASKS = re.compile(r"任务|工作|举措|措施|重点|事项")
_TASK_TITLES = re.compile(r"(?:任务|工作|责任|重点)(?:清单|分工|分解|台账|安排)|分工方案|任务表$")
_PROJECTS = re.compile(
    r"项目名称|学校名称|建设项目|建设内容|建设规模|建设性质|投资|建设年限|建设地点|开工|竣工|占地"
)
_CARD = re.compile(
    r"分值|评分标准|评价标准|评估标准|评价内容|考核内容|考核标准|评分细则|得分|评分办法|赋分|计分"
)
_POINTS = re.compile(r"[(（]\d+(?:\.\d+)?分[)）]")
_PLACES = re.compile(r"(?:学校|幼儿园|园所|单位|项目|工程)名称|学校|幼儿园|建设项目")
_LONGEST_HEAD = 10
_AREA_HEADS = re.compile(r"地区|区域|县|区|市|镇|街|乡|辖区|属地|行政区划|单位|学校|片区")
_AREA = re.compile(
    r".{1,12}(?:镇|街道|乡|县|区|市|市直|开发区|合计|总计|新区|办事处|管委会|村)|合计|总计|小计|全[市县区]"
)


def kind(table: Table) -> Kind:
    """The kind of `table`, by its heads, its title and its cells."""
    heads = " ".join(table.columns)
    rows = [row for row in table.rows if heading(row) is None]
    if not rows:
        return "other"
    if _CARD.search(heads) and (_POINTS.search(_words(table)) or "分值" in heads or "得分" in heads):
        return "score_card"
    if _is_allocation(table):
        return "allocation"
    if len(_PROJECTS.findall(heads)) >= 2:
        return "projects"
    layout = roles(table)
    values = [at for at, role in enumerate(layout) if role == "value"]
    figures = [is_figure(row[at].text) for row in rows for at in values if row[at].text]
    if "name" in layout and _PLACES.fullmatch(table.columns[layout.index("name")]):
        return "other"
    if values and "name" in layout and figures and sum(figures) / len(figures) > 0.4:
        return "indicators"
    if _UNITS_OF_WORK.search(heads) and (_TASKS.search(heads) or _TASK_TITLES.search(table.title)):
        return "tasks"
    return "other"


def _words(table: Table) -> str:
    return "".join(cell.text for row in table.rows for cell in row)


def _is_allocation(table: Table) -> bool:
    """Whether the rows are areas and the other columns figures."""
    rows = [row for row in table.rows if heading(row) is None]
    first = next((at for at in range(len(table.columns)) if not _numbers(rows, at)), None)
    if first is None or len(table.columns) < first + 2:
        return False
    areas = sum(_AREA.fullmatch(row[first].text) is not None for row in rows) / len(rows)
    head = table.columns[first]
    said = len(head) <= _LONGEST_HEAD and _AREA_HEADS.search(head) is not None
    rest = [row[at].text for row in rows for at in range(first + 1, len(table.columns)) if row[at].text]
    figures = sum(is_figure(text) for text in rest) / len(rest) if rest else 0
    return figures > 0.7 and areas > (0.3 if said else 0.6)


def _numbers(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    return all(is_figure(row[at].text) for row in rows if row[at].text)
