"""The command that scores measurements by the fitness standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from jiaoheng import terms, workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import notes, show_json, show_table, show_text, show_written, steps
from jiaoheng.standards.fitness import FitnessResults

_Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="体测成绩表（Excel 或 CSV），一人一行，写测得的数。")
]
_Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="DIR", help="自己的评分标准文件夹，默认国家标准（2014年修订）。"),
]
_Beside = Annotated[
    Path | None,
    typer.Option(
        "--beside", metavar="DIR", help="把得分写在原表各行的右边，副本放进这个文件夹；可以再导入。"
    ),
]
_SHOWN = 20
_RATES = {
    "name": "单位",
    "pupils": "学生>",
    "tested": "评定>",
    "excellent": "优秀>",
    "good": "良好>",
    "pass": "及格>",
    "fail": "不及格>",
    "good_or_better": "优良率>",
    "passed": "合格率>",
}


def fitness(
    files: _Files,
    output: o.TableFile = None,
    beside: _Beside = None,
    overwrite: o.Overwrite = False,
    rules: _Rules = None,
    as_json: o.AsJson = False,
) -> None:
    """体质健康评分：由测得的成绩算各项得分、总分、等级和优良率。有缺测或读不出的，返回 1。"""
    with steps("评分", total=1) as step:
        step("读成绩表并评分")
        results = workspace.score_fitness(files, rules=rules)
        written = [workspace.write_fitness(results, output)] if output else []
        if beside:
            written += workspace.write_fitness_beside(results, files, beside, overwrite=overwrite)
    if as_json:
        show_json(workspace.fitness_document(results) | {"files": [str(path) for path in written]})
    else:
        _show(results)
        for path in written:
            show_written(path, as_json=False)
    if results.falls_short:
        raise typer.Exit(1)


def _show(results: FitnessResults) -> None:
    for note in results.notes:
        notes.print(note, markup=False)
    rows = [_row("合计", results.rates().to_dicts()[0])]
    schools = results.rates("school").to_dicts()
    rows += [_row(row["school"], row) for row in schools] if len(schools) > 1 else []
    for row in results.rates("grade", "sex").to_dicts():
        grade = terms.label("grade", row["grade"]) or "年级不明"
        sex = terms.label("sex", row["sex"]) or "性别不明"
        rows.append(_row(f"{grade} {sex}", row))
    show_table(results.rules.rules.standard.name, _RATES, rows)
    for rejection in results.refused[:_SHOWN]:
        show_text(f"  · {rejection.message()}")
    unscored = results.unscored
    if not unscored.is_empty():
        show_text(f"有 {unscored.height} 人没有总分：")
    for row in unscored.head(_SHOWN).to_dicts():
        place = " › ".join(part for part in (row["file"], row["sheet"], f"第 {row['row']} 行") if part)
        show_text(f"  · {place}：{row['reason']}")
    if unscored.height > _SHOWN or len(results.refused) > _SHOWN:
        show_text("全部：用 -o 文件.xlsx 写成 Excel，或用 --json。")


def _row(name: str, row: dict[str, Any]) -> dict[str, str]:
    counts = {key: str(row[key]) for key in ("pupils", "tested", "excellent", "good", "pass", "fail")}
    shares = {key: "—" if row[key] is None else f"{row[key]:.1f}%" for key in ("good_or_better", "passed")}
    return {"name": name, **counts, **shares}
