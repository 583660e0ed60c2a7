"""The arithmetic of new estates (住宅小区) as a table, line by line."""

from __future__ import annotations

from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.reports.tables import Column, Table, number, table, text


def housing_table(origin: Origin, prospect: Prospect) -> Table | None:
    """One row for each line of each scenario that counts estates; None where none does."""
    rows = [
        [
            text(outlook.scenario),
            text(line.label),
            text(line.formula),
            text("不详") if line.value is None else number(line.value, 1),
            text(line.unit),
            text(line.source),
        ]
        for outlook in prospect.outlooks
        for line in outlook.housing
    ]
    if not rows:
        return None
    return table(
        "table-housing",
        "新建住宅小区的学位测算",
        [
            Column("情景", kind="words"),
            Column("项目", kind="words"),
            Column("算法", kind="words"),
            Column("数值"),
            Column("单位", kind="words"),
            Column("依据", kind="words"),
        ],
        rows,
        source=f"{origin.source}和预测",
        note="平常年份的住宅交付已含在升级率中，预测只增加超出的部分。",
        joined=1,
    )
