"""Which rooms serve which stage in which year: the schedule of tidal seats (潮汐学位) as a table."""

from __future__ import annotations

from typing import Any

from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.reports.tables import Column, Table, number, table, text

_ACTIONS = {"convert": "转换", "build": "新建", "temporary": "临时班"}


def schedule_table(origin: Origin, prospect: Prospect) -> Table | None:
    """One row for each step, by year; None where no step is to be taken."""
    steps = prospect.schedule
    if steps is None or steps.is_empty():
        return None
    return table(
        "table-tidal",
        "潮汐学位安排",
        [
            Column("年份", kind="words"),
            Column("学校", kind="words"),
            Column("做法", kind="words"),
            Column("班", "个"),
            Column("学位", "个"),
            Column("可用", kind="words"),
            Column("费用", "万元"),
        ],
        [
            [
                text(f"{row['year']}年"),
                text(row["school"] or "（由镇街安排）"),
                text(_step(row)),
                number(float(row["classes"])),
                number(float(row["seats"])),
                text(f"{row['ready']}年"),
                number(row["cost"] / 10_000, 2),
            ]
            for row in steps.iter_rows(named=True)
        ],
        source=f"{origin.source}和预测",
        note="转换从所列年份的暑假开始；“可用”是学生可以入座的一年。",
        joined=1,
    )


def _step(row: dict[str, Any]) -> str:
    target = stage_label(row["to_stage"])
    if row["action"] == "convert":
        return f"{stage_label(row['from_stage'])}转{target}"
    return f"{_ACTIONS[row['action']]}{target}"
