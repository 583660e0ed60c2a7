"""The chapter on the plan's tasks: how they stand, by year and by unit, what is late, what is followed up."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.plans.following import Following, TaskStanding
from jiaoheng.reports import standings
from jiaoheng.reports.blocks import Block, Figures, Grid, Notice, Paragraph, Sentence
from jiaoheng.reports.numbers import day
from jiaoheng.reports.standings import MARKS, ORDER
from jiaoheng.reports.tables import Cell, Column, Table, table, text


def blocks(following: Following) -> Iterator[Block]:
    """The chapter; nothing where the plan has no tasks."""
    parts = following.of("task")
    if not parts:
        return
    if standings.unreported(following.standings) == len(following.standings):
        yield Notice(f"规划有 {len(following.tasks)} 项任务，还没有单位报告进展，不能说明完成情况。")
        return
    yield Paragraph((sentence(following), *_open(following)))
    years = sorted({part.item.due.on.year for part in parts})
    chart = standings.chart(
        [(f"{year}年", [part for part in parts if part.item.due.on.year == year]) for year in years],
        id="tasks-by-year",
        title="各年度任务的状态",
        unit="项",
        cited=standings.source(following),
        on=following.as_of,
    )
    if chart:
        yield Figures((chart,))
    found = (
        standings.by_year(following, parts, id="table-tasks-by-year", caption="各年度任务的状态"),
        standings.by_unit(following, parts, id="table-tasks-by-unit", caption="各单位任务的状态"),
        standings.late(following, parts, id="table-tasks-late", caption="滞后的任务"),
        standings.matters(following, parts, id="table-tasks-followed-up", caption="督办中的任务"),
        _matrix(following),
    )
    for one in found:
        if one:
            yield Grid(one)


def sentence(following: Following) -> Sentence:
    """How the tasks stand, in one sentence."""
    tasks, parts = following.tasks, following.of("task")
    split = f"，按年度分为 {len(parts)} 项" if len(parts) > len(tasks) else ""
    silent = standings.unreported(parts)
    said = f"；其中 {silent} 项没有单位报告" if silent else ""
    text = (
        f"截至{day(following.as_of)}，规划的 {len(tasks)} 项任务{split}："
        f"{standings.counted(parts, '项')}{said}。"
    )
    return Sentence(text, f"来源：{standings.source(following)}")


def _open(following: Following) -> Iterator[Sentence]:
    matters = [matter for part in following.of("task") for matter in part.matters]
    if not matters:
        return
    waiting = [matter for matter in matters if matter.waiting_for]
    overdue = sum(matter.overdue(following.as_of) > 0 for matter in waiting)
    late = f"，其中 {overdue} 件整改逾期" if overdue else ""
    yield Sentence(
        f"督导反馈 {len(matters)} 件，{len(matters) - len(waiting)} 件已经复查通过，"
        f"{len(waiting)} 件还没有了结{late}。"
    )


def _matrix(following: Following) -> Table:
    """One row a task, one column a year: where every part stands."""
    tasks = following.tasks
    years = sorted({part.item.due.on.year for task in tasks for part in task.parts})
    return table(
        "table-tasks",
        "各项任务的状态",
        [
            Column("任务", kind="words"),
            Column("负责单位", kind="words"),
            Column("总体", kind="words"),
            *(Column(f"{year}年", kind="words") for year in years),
        ],
        [_row(task, years) for task in tasks],
        source=standings.source(following),
        note="总体：有一年滞后即为滞后，各年都完成才是完成。空格表示规划在这一年没有安排。",
        compact=True,
    )


def _row(task: TaskStanding, years: list[int]) -> list[Cell]:
    by_year = {part.item.due.on.year: part for part in task.parts}
    units = dict.fromkeys(unit for part in task.parts for unit in part.answering)
    return [
        text(f"{task.number} {task.title}"),
        text("、".join(units) or "没有写明"),
        Cell(task.state.label, ORDER.index(task.state), status=MARKS[task.state]),
        *(standings.state_cell(by_year[year]) if year in by_year else Cell("", None) for year in years),
    ]
