"""A bureau's own Word template, filled from a workspace; its tags; one to begin with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jiaoheng import reports
from jiaoheng.plans import Assessment
from jiaoheng.reports import word_template
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.pictures import Painter
from jiaoheng.reports.word_template import Values
from jiaoheng.workspace.files import put
from jiaoheng.workspace.workspace import Workspace


def fill_template(
    workspace: Workspace,
    template: Path,
    path: Path | None = None,
    *,
    year: int | None = None,
    plan: str | Path | None = None,
    assessment: Assessment | str = Assessment.ANNUAL,
) -> Path:
    """Fill a Word template with the figures of a year; the file that was written.

    Parameters
    ----------
    path : where to; into ``out/``, under the template's name and the year, where None.
    year, plan, assessment : as in `Workspace.report`.

    Raises
    ------
    WordTemplateError
        The template, or the file to write, is no .docx file; or one of its tags cannot be filled.
        Nothing is written then.
    """
    values = _values(workspace, year, plan, assessment)
    target = _word(path or workspace.folder / "out" / f"{values.inputs.year} {template.stem}.docx")
    if target.resolve() == template.resolve():
        raise word_template.WordTemplateError(f"{target}：不能写回模板本身。请用 -o 换一个名字。")
    return put(word_template.fill(template, values, Painter()), target)


def template_tags(
    workspace: Workspace,
    *,
    year: int | None = None,
    plan: str | Path | None = None,
    assessment: Assessment | str = Assessment.ANNUAL,
) -> Document:
    """Every tag that a template may use, with its present value."""
    return word_template.tags(_values(workspace, year, plan, assessment))


def write_starter(
    workspace: Workspace, path: Path, *, year: int | None = None, plan: str | Path | None = None
) -> Path:
    """Write a Word template that can be filled as it is, for a bureau to change.

    Raises
    ------
    WordTemplateError
        The name does not end in .docx; or the file is there already: somebody may have changed it.
    """
    if _word(path).exists():
        raise word_template.WordTemplateError(
            f"{path}：已有这个文件，可能已经改过，没有改动。请用 -o 换一个名字。"
        )
    values = _values(workspace, year, plan, Assessment.ANNUAL)
    return put(word_template.starter(values, created=date.today()), path)


def _word(path: Path) -> Path:
    """``path``, where it is a name that Word knows its own files by."""
    if path.suffix.lower() != ".docx":
        raise word_template.WordTemplateError(
            f"{path}：填好的模板是 Word 文档。请用 .docx 作扩展名；要 PDF 的，请用 Word 或 WPS 另存。"
        )
    return path


def _values(
    workspace: Workspace, year: int | None, plan: str | Path | None, assessment: Assessment | str
) -> Values:
    inputs = workspace.report_inputs(year=year, plan=plan, assessment=assessment)
    return Values(inputs, reports.compose(inputs), workspace.catalogue)
