"""Commands about a bureau's own Word template: fill it, list its tags, write one to begin with."""

from __future__ import annotations

from pathlib import Path

from jiaoheng import workspace
from jiaoheng.cli import options as o
from jiaoheng.cli.output import show_json, show_table, show_text, show_written, steps
from jiaoheng.reports.blocks import Document, Grid


def template_word(
    folder: o.Folder,
    output: o.StarterFile = None,
    year: o.Year = None,
    plan: o.Plan = None,
    as_json: o.AsJson = False,
) -> None:
    """写出一个 Word 模板：其中的标签可以直接生成文档，也可以改成本单位的样子。"""
    ws = workspace.open(folder)
    path = workspace.write_starter(ws, output or ws.folder / "out" / "报告模板.docx", year=year, plan=plan)
    show_written(path, as_json=as_json)
    if not as_json:
        show_text(f"改好后运行：jiaoheng report {folder} --template '{path}'")


def fill(
    ws: workspace.Workspace,
    template: Path,
    output: Path | None,
    *,
    year: int | None,
    plan: str | None,
    assessment: str,
    as_json: bool,
) -> None:
    """Fill a template and say where the document is."""
    with steps("报告", total=1) as step:
        step("计算并填写模板")
        written = workspace.fill_template(ws, template, output, year=year, plan=plan, assessment=assessment)
    show_written(written, as_json=as_json)


def list_tags(document: Document, output: Path | None, *, as_json: bool) -> None:
    """Print all tags with their present values, or write them as a file."""
    if output:
        show_written(workspace.write(document, output), as_json=as_json)
        return
    tables = [
        block.table for chapter in document.chapters for block in chapter.blocks if isinstance(block, Grid)
    ]
    if as_json:
        show_json(
            {
                table.caption: [
                    {column.head: cell.text for column, cell in zip(table.columns, row, strict=True)}
                    for row in table.rows
                ]
                for table in tables
            }
        )
        return
    for table in tables:
        show_table(
            table.caption,
            {str(place): column.head for place, column in enumerate(table.columns)},
            [{str(place): cell.text for place, cell in enumerate(row)} for row in table.rows],
        )
