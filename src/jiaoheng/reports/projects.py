"""The chapter on the plan's building projects: how they stand, when they were finished, and their seats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiaoheng.plans import Project
from jiaoheng.plans.following import Following, Standing
from jiaoheng.reports import charts, standings
from jiaoheng.reports.blocks import Block, Figures, Grid, Notice, Paragraph, Sentence
from jiaoheng.reports.charts import ACCENT, Chart
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

_UNSAID = "没有写明"


def blocks(following: Following) -> Iterator[Block]:
    """The chapter; nothing where the plan has no projects."""
    found = following.of("project")
    if not found:
        return
    if standings.unreported(following.standings) == len(following.standings):
        yield Notice(f"规划有 {len(found)} 个项目，还没有单位报告进展，不能说明完成情况。")
        return
    yield Paragraph((sentence(following), *_seats(found)))
    drawn = _finished(following, found)
    if drawn:
        yield Figures((drawn,))
    tables = (
        standings.by_year(following, found, id="table-projects-by-year", caption="项目的状态"),
        standings.by_unit(following, found, id="table-projects-by-unit", caption="各单位项目的状态"),
        standings.late(following, found, id="table-projects-late", caption="滞后的项目"),
        standings.matters(following, found, id="table-projects-followed-up", caption="督办中的项目"),
        _listed(following, found),
    )
    for one in tables:
        if one:
            yield Grid(one)


def sentence(following: Following) -> Sentence:
    """How the projects stand, in one sentence."""
    found = following.of("project")
    silent = standings.unreported(found)
    said = f"；其中 {silent} 个没有单位报告" if silent else ""
    text = f"截至{day(following.as_of)}，规划的 {len(found)} 个项目：{standings.counted(found, '个')}{said}。"
    return Sentence(text, f"来源：{standings.source(following)}")


def _seats(found: Sequence[Standing]) -> Iterator[Sentence]:
    """The seats that the plan states; of a project without them nothing is added as 0."""
    known = [(each, each.item.project.seats) for each in found if each.item.project]
    stated = [(each, seats) for each, seats in known if seats is not None]
    if not stated:
        yield Sentence("规划没有写明各项目的学位数，不能合计。")
        return
    total = sum(seats for _, seats in stated)
    done = sum(seats for each, seats in stated if each.finished)
    rest = len(found) - len(stated)
    more = f"；另有 {rest} 个项目没有写明学位数，没有计入" if rest else ""
    yield Sentence(
        f"写明学位数的 {len(stated)} 个项目共 {shown(total)} 个学位，已完成的有 {shown(done)} 个{more}。"
    )


def _finished(following: Following, found: Sequence[Standing]) -> Chart | None:
    """Projects by the year in which they were finished."""
    finished = [each.finished.year for each in found if each.finished]
    if not finished:
        return None
    period = following.plan.period
    years = range(min(period.start, *finished), max(period.start, following.as_of.year, *finished) + 1)
    counts = {year: finished.count(year) for year in years}
    said = "、".join(f"{year}年 {count} 个" for year, count in counts.items())
    return Chart(
        id="projects-finished",
        title="各年完成的项目数",
        unit="个",
        source=standings.source(following),
        date=day(following.as_of),
        alt=f"各年完成的项目数：{said}。",
        option=charts.base(
            grid={"left": 44, "right": 16, "top": 22, "bottom": 28},
            xAxis=charts.categories([f"{year}年" for year in years]),
            yAxis=charts.numbers(low=0, minInterval=1),
            series=[
                {
                    "type": "bar",
                    "barMaxWidth": 46,
                    "itemStyle": {"color": ACCENT},
                    "data": [
                        {"value": count, "tip": [f"{year}年完成", f"{count} 个"]}
                        for year, count in counts.items()
                    ],
                }
            ],
        ),
        height=220,
    )


def _listed(following: Following, found: Sequence[Standing]) -> Table:
    return table(
        "table-projects",
        "各项目的状态",
        [
            Column("项目", kind="words"),
            Column("状态", kind="words"),
            Column("期限", kind="words"),
            Column("建设性质", kind="words"),
            Column("学段", kind="words"),
            Column("镇（街道）", kind="words"),
            Column("学位", "个"),
            Column("最近一次报告", kind="words"),
        ],
        [_row(standing, standing.item.project) for standing in found if standing.item.project],
        source=standings.source(following),
        note=f"“{_UNSAID}”指规划没有写。规划没有写期限的项目，按规划期末计。",
        compact=True,
    )


def _row(standing: Standing, project: Project) -> list[Cell]:
    return [
        text(project.name),
        standings.state_cell(standing),
        standings.due_cell(standing.due),
        _said(project.kind.label if project.kind else None),
        _said(project.stage.label if project.stage else None),
        _said(project.area),
        _said(None) if project.seats is None else number(project.seats),
        standings.last_report(standing),
    ]


def _said(words: str | None) -> Cell:
    return Cell(words or _UNSAID, words)
