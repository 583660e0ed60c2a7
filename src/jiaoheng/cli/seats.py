"""The command that holds pupils to come against seats: gaps, warnings, tidal seats, tasks of building."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from jiaoheng import terms, workspace
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps
from jiaoheng.cli.rows import stage_name
from jiaoheng.forecast.scenario import BASELINE
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.seat_gaps import Seats
from jiaoheng.workspace.seat_tasks import TasksHeld, hold_tasks, tasks_data
from jiaoheng.workspace.tidal import TidalPlan, plan_tidal, tidal_data

_COLOURS = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝", "none": "无", "unknown": "不明"}
_AHEAD = 6


class By(StrEnum):
    """What the rows are of."""

    COUNTY = "county"
    AREA = "area"
    ZONE = "zone"


_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹。")]
_Until = Annotated[
    int | None, typer.Option("--until", help="算到哪一年，默认十五年以后。", min=1949, max=2200)
]
_Scenario = Annotated[str, typer.Option("--scenario", help="情景的名称或文件。")]
_Norm = Annotated[
    list[str] | None,
    typer.Option(
        "--norm", metavar="学段=人数", help="按班数乘以班额算学位，如 小学=45；可多次。默认按核定学位数。"
    ),
]
_Public = Annotated[bool, typer.Option("--public", help="只算公办学位和政府购买学位。")]
_Living = Annotated[
    bool, typer.Option("--living", help="学生按居住的镇街计，不按就读的镇街；按适龄人口推算跨镇街就读。")
]
_Warning = Annotated[str | None, typer.Option("--warning", help="预警规则的编号或名称。")]
_By = Annotated[By, typer.Option("--by", help="按全县、镇街还是片区列出。")]
_Tidal = Annotated[bool, typer.Option("--tidal", help="另算潮汐学位：各校教室哪年转作哪个学段，新建最少。")]
_Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="FILE", help="潮汐学位的规则（YAML），与 --tidal 合用。"),
]
_Tasks = Annotated[
    Path | None,
    typer.Option("--tasks", metavar="FILE", help="学位建设任务表（CSV、Excel），与建设项目对照。"),
]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="写成文件：扩展名是 .csv 或 .xlsx。")]
_AsJson = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 文档。")]


def seats(
    folder: _Folder,
    until: _Until = None,
    scenario: _Scenario = BASELINE,
    norm: _Norm = None,
    public: _Public = False,
    living: _Living = False,
    warning: _Warning = None,
    by: _By = By.AREA,
    tidal: _Tidal = False,
    rules: _Rules = None,
    tasks: _Tasks = None,
    output: _Output = None,
    as_json: _AsJson = False,
) -> None:
    """各镇街各学段哪年缺多少学位、余多少学位，可能有多大；按规则预警。有红色预警或任务落后时退出码为 1。"""
    if rules is not None and not tidal:
        raise WorkspaceError("--rules 是潮汐学位的规则，要与 --tidal 一起用。")
    ws = workspace.open(folder)
    with steps("学位", total=2 + tidal) as step:
        step("预测在校生，算学位余缺")
        found = workspace.seats(
            ws,
            until=until,
            scenario=scenario,
            norms=_norms(norm),
            public=public,
            living=living,
            warning=warning,
        )
        planned = None
        if tidal:
            step("算潮汐学位")
            planned = plan_tidal(ws, found.gap.outlook, rules=rules)
        step("对照任务")
        held = None if tasks is None else hold_tasks(ws, tasks, **_period(ws.census().year))
    for note in found.gap.notes:
        notes.print(note, markup=False)
    if output is not None:
        figures = workspace.seat_figures(found, by=by.value)
        show_written(workspace.write_seats(figures, output), as_json=as_json)
    elif as_json:
        show_json(_document(found, planned, held, by.value))
    else:
        _show(found, planned, held, by.value)
    if found.red or (held is not None and not held.met):
        raise typer.Exit(1)


def _norms(words: list[str] | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words or []:
        name, _, number = word.partition("=")
        stage = terms.lookup("stage", name.strip())
        if stage is None or not number.strip().isdigit() or not 10 <= int(number) <= 80:
            raise WorkspaceError(f"--norm “{word}”：请写成 学段=人数，如 小学=45；人数在 10 到 80 之间。")
        if stage in found:
            raise WorkspaceError(f"--norm：{name.strip()}写了两次。请只留一个。")
        found[stage] = int(number)
    return found


def _period(year: int) -> dict[str, int]:
    """The five-year plan that a year is in: tasks are of such a period."""
    first = (year - 1) // 5 * 5 + 1
    return {"since": first, "until": first + 4}


def _document(found: Seats, planned: TidalPlan | None, held: TasksHeld | None, by: str) -> dict[str, Any]:
    document = workspace.seats_document(found, by=by)
    if planned is not None:
        document["tidal"] = tidal_data(planned)
    if held is not None:
        document["tasks"] = tasks_data(held)
    return document


def _show(found: Seats, planned: TidalPlan | None, held: TasksHeld | None, by: str) -> None:
    figures = workspace.seat_figures(found, by=by)
    last = found.gap.supply.year + _AHEAD
    near = figures.filter(pl.col("year") <= last)
    title = f"学位余缺（情景：{found.gap.outlook.scenario}；预警：{found.rule.name}）"
    caption = f"缺口＝预计在校生－学位，负数为余。{last} 年以后的见 --output 或 --json。"
    columns = {
        "name": "地区",
        "stage": "学段",
        "year": "年份>",
        "supply": "学位>",
        "demand": "在校生>",
        "gap": "缺口>",
        "range": "八成区间>",
        "chance": "缺的可能>",
        "level": "预警",
    }
    show_table(title, columns, [_row(row) for row in near.iter_rows(named=True)], caption=caption)
    for line in workspace.seat_reasons(found):
        show_text(f"· {line}")
    if planned is not None:
        for line in planned.sentences:
            show_text(f"· {line}")
    if held is not None:
        for line in (*held.wrong, *(one.sentence for one in held.held)):
            show_text(f"· {line}")


def _row(row: dict[str, Any]) -> dict[str, str]:
    known = row["gap"] is not None
    return {
        "name": row["name"],
        "stage": stage_name(row["stage"]),
        "year": str(row["year"]),
        "supply": f"{row['supply']:.0f}" if known else "不明",
        "demand": f"{row['demand']:.0f}",
        "gap": f"{row['gap']:+.0f}" if known else "—",
        "range": f"{row['gap_low']:+.0f} 至 {row['gap_high']:+.0f}" if known else "—",
        "chance": f"{row['shortage_chance']:.0%}" if known else "—",
        "level": _COLOURS.get(row["level"] or "", "—"),
    }
