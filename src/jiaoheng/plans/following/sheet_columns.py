"""The columns of the workbook that units fill in: what the writer writes, the reader looks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

REPORTS, STEPS, GUIDE = "进展", "督办", "填报说明"
"""The names of the sheets."""

TITLE = "进展填报表"
UNIT, DAY = "报告单位", "报告日期"
NUMBER, KEPT, EVIDENCE = "编号", "登记", "佐证材料"
RECORDED = "已登记"

_NAMED = re.compile(rf"《(.+)》{TITLE}")


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and whether the unit fills it in."""

    heading: str
    width: int
    fill: bool = False
    kind: str = "text"


REPORT_COLUMNS = (
    Column(NUMBER, 22),
    Column("任务或项目", 24),
    Column("应完成的内容", 36),
    Column("负责单位", 14),
    Column("期限", 12),
    Column("目前状态", 22),
    Column("上次报告", 28),
    Column("状态", 10, fill=True, kind="state"),
    Column("进度%", 9, fill=True, kind="percent"),
    Column("完成日期", 12, fill=True, kind="date"),
    Column("完成情况", 36, fill=True),
    Column(EVIDENCE, 24, fill=True),
    Column("调整后期限", 12, fill=True, kind="date"),
    Column("批准单位", 14, fill=True),
    Column("批准文号", 18, fill=True),
)

STEP_COLUMNS = (
    Column(KEPT, 8),
    Column(NUMBER, 22, fill=True, kind="number"),
    Column("办理", 12, fill=True, kind="step"),
    Column("日期", 12, fill=True, kind="date"),
    Column("办理单位", 16, fill=True),
    Column("对象", 20, fill=True),
    Column("整改期限", 12, fill=True, kind="date"),
    Column("内容", 40, fill=True),
    Column(EVIDENCE, 24, fill=True),
)


def title_of(plan_title: str) -> str:
    """What the sheets of a plan's workbook open with."""
    return f"《{plan_title}》{TITLE}"


def plan_named_in(text: str) -> str | None:
    """The plan whose workbook a sheet with this opening belongs to."""
    found = _NAMED.search(text)
    return found[1] if found else None
