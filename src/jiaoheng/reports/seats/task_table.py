"""The table of tasks of seats to build (学位建设任务表), each held against the projects that there are."""

from __future__ import annotations

from collections.abc import Sequence

from jiaoheng.places.tasks import SCOPE_WORDS, SUM, VERDICT_WORDS, Held
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

_MARKS = {"met": "met", "on_course": "on_track", "short": "missed", "unknown": "unknown"}


def task_table(origin: Origin, held: Sequence[Held]) -> Table | None:
    """One row for each task, those of an area under one name, sums last; None where there is no task."""
    if not held:
        return None
    # The sum of an area stands under its tasks, the sum of all at the end.
    areas = list(dict.fromkeys(one.task.area for one in held if one.task.area != SUM))
    rows = [one for area in (*areas, SUM) for one in held if one.task.area == area]
    return table(
        "table-seat-tasks",
        "学位建设任务与项目对照",
        [
            Column("地区", kind="words"),
            Column("学段", kind="words"),
            Column("结论", kind="words"),
            Column("任务", "个"),
            Column("已投用", "个"),
            Column("在建", "个"),
            Column("规划", "个"),
            Column("逾期或期后", "个"),
            Column("没有项目", "个"),
        ],
        [
            [
                text(one.task.area),
                text(SCOPE_WORDS[one.task.scope]),
                Cell(
                    VERDICT_WORDS[one.verdict],
                    VERDICT_WORDS[one.verdict],
                    status=_MARKS[one.verdict],
                    title=f"学位数或年份不明的项目：{'、'.join(one.unknown)}" if one.unknown else "",
                ),
                number(one.task.seats),
                number(one.done),
                number(one.under_way),
                number(one.planned),
                number(one.late),
                number(one.missing),
            ]
            for one in rows
        ],
        source=origin.source,
        note="学位数或年份不明的项目不计入；有这样的项目而任务没有完成的，无法判断。",
        compact=True,
        joined=1,
    )
