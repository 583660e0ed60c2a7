"""How a plan stands as a document of its own, for those who follow it: also what the units wrote."""

from __future__ import annotations

from datetime import date

from jiaoheng.plans.following import Following, Standing
from jiaoheng.reports import projects, standings, tasks
from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Line
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text


def document(
    following: Following,
    *,
    region: tuple[str, str],
    unit: str,
    lost: tuple[str, ...],
    warning: str,
    today: date,
) -> Document:
    """Tasks, projects, every item in full, every step of the follow-up chain.

    Parameters
    ----------
    region : code and name.
    unit : whose items these are; empty for all.
    lost : sentences about evidence that is not as it was recorded.
    """
    details: list[Block] = [Grid(_items(following))]
    steps = _steps(following)
    if steps:
        details.append(Grid(steps))
    if lost:
        details.append(Grid(_lost(lost)))
    chapters = (
        Chapter("tasks", "任务", tuple(tasks.blocks(following))),
        Chapter("projects", "项目", tuple(projects.blocks(following))),
        Chapter("details", "明细", tuple(details)),
    )
    return Document(
        title=f"《{following.plan.title}》任务和项目进展",
        subtitle=unit,
        facts=(
            Line("监测对象", f"{region[1]}（{region[0]}）"),
            Line("状态截至", day(following.as_of)),
            Line("生成日期", day(today)),
        ),
        warning=warning,
        chapters=tuple(chapter for chapter in chapters if chapter.blocks),
        issuer=region[1],
        created=today,
    )


def _items(following: Following) -> Table:
    return table(
        "table-items",
        "各项任务和项目",
        [
            Column("编号", kind="words"),
            Column("任务或项目", kind="words"),
            Column("应完成的内容", kind="words"),
            Column("负责单位", kind="words"),
            Column("期限", kind="words"),
            Column("期限的依据", kind="words"),
            Column("状态", kind="words"),
            Column("进度", "%"),
            Column("完成日期", kind="words"),
            Column("逾期", "天"),
            Column("最近一次报告", kind="words"),
            Column("报告的内容", kind="words"),
            Column("佐证材料", "份"),
        ],
        [_item(standing) for standing in following.standings],
        source=standings.source(following),
        compact=True,
    )


def _item(standing: Standing) -> list[Cell]:
    item, last, change = standing.item, standing.last, standing.adjustment
    words = item.words
    if change and change.words:
        words = f"{words}（调整为：{change.words}）"
    basis = item.due.basis
    if change and standing.due != item.due.on:
        basis = f"{change.approved_by} {change.document}调整，原为 {item.due.on}"
    return [
        text(str(item.key)),
        text(item.title),
        Cell(words, words or None),
        text("、".join(standing.answering) or "没有写明"),
        standings.due_cell(standing.due),
        text(basis),
        standings.state_cell(standing),
        number(last.percent) if last and last.percent is not None else Cell("", None),
        Cell(str(standing.finished or ""), str(standing.finished or "") or None),
        number(standing.days_late),
        standings.last_report(standing),
        Cell((last.words or "") if last else "", None),
        number(sum(len(report.evidence) for report in standing.reports)),
    ]


def _steps(following: Following) -> Table | None:
    rows = [
        [
            text(standings.named(standing)),
            text(step.step.label + {True: "通过", False: "不通过", None: ""}[step.passed]),
            text(str(step.day)),
            text(step.by),
            Cell("、".join(step.to), None),
            Cell(str(step.due or ""), str(step.due or "") or None),
            Cell(step.words or "", None),
        ]
        for standing in following.standings
        for matter in standing.matters
        for step in matter.steps
    ]
    if not rows:
        return None
    return table(
        "table-steps",
        "督办的每一步",
        [
            Column("事项", kind="words"),
            Column("办理", kind="words"),
            Column("日期", kind="words"),
            Column("办理单位", kind="words"),
            Column("对象", kind="words"),
            Column("整改期限", kind="words"),
            Column("内容", kind="words"),
        ],
        rows,
    )


def _lost(lost: tuple[str, ...]) -> Table:
    return table(
        "table-evidence-lost",
        "应当核实的佐证材料",
        [Column("佐证材料", kind="words")],
        [[text(line)] for line in lost],
    )
