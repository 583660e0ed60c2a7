"""Reads plan documents into plan files, and settles what was doubtful in them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jiaoheng import measures, plans
from jiaoheng.plans import Period, Plan
from jiaoheng.plans.model import Doubt
from jiaoheng.plans.reading import keeping
from jiaoheng.plans.reading.answers import parsed_period, refusal
from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.read import read
from jiaoheng.workspace import settings
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.files import put

_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class PlanReading:
    """A document as read.

    Attributes
    ----------
    plan : what it says, with what people settled or changed before.
    text : the text as read, into which the plan's offsets point; None where it is not at hand.
    path : the plan file that was written; None where none was asked for.
    notes : what of the hands of people was kept, one Chinese sentence each.
    """

    plan: Plan
    text: str | None
    path: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Doubt, ...]:
        """What is left for a person to settle."""
        return tuple(doubt for doubt in self.plan.doubts if doubt.answer is None)


def read_plan(
    document: Path, output: Path | None = None, *, period: str | None = None, region: str | None = None
) -> PlanReading:
    """Read a plan document; with `output` write the plan there, its text and a copy as read beside it.

    Where `output` holds the plan as it was read before, the answers that people gave and all that they
    changed in it stay.

    Parameters
    ----------
    period : the plan's years as ``2021-2025``, where the document does not say or was misread.
    region : 6-digit code; of a plan in a workspace, the workspace's.

    Raises
    ------
    ReadingError
        The document cannot be read.
    WorkspaceError
        `output` is no YAML file, or a plan that was not made by reading.
    """
    before, mine = _known(output) if output else (None, None)
    years = _years(period) or (_changed_period(before, mine) if before and mine else None)
    place = _region(region) or (mine.region.code if mine else None) or _workspace_region(output)
    source = open_document(document)
    now = read(
        source,
        period=years,
        region=place,
        catalogue=measures.catalogue(_packs(output)),
        answers=_answers(mine) if mine else {},
    )
    if output is None:
        return PlanReading(now, source.text)
    if plan_text(output).resolve() == document.resolve():
        raise WorkspaceError(
            f"{output}：规划的文本会写到 {document}，那是原文件，没有改动。请用 -o 换一个名字。"
        )
    now = now.model_copy(
        update={
            "document": now.document.model_copy(
                update={"file": _beside(document, output), "text": plan_text(output).name}
            )
        }
    )
    kept = keeping.keep(before, mine, now) if before and mine else keeping.Kept(now, ())
    put(source.text.encode(), plan_text(output))
    put(now.model_dump_json(indent=1).encode(), as_read_path(output))
    put(plans.dumps(kept.plan).encode(), output)
    return PlanReading(kept.plan, source.text, output, kept.notes)


def plan_doubts(path: Path) -> tuple[Doubt, ...]:
    """What was doubtful when the plan was read, with the answers that people gave."""
    return plans.load(path).doubts


def settle_plan(path: Path, doubt: str, answer: str) -> PlanReading:
    """Write a person's answer to a doubt into the plan file, and let it take effect.

    The document is read again where it is at hand as it was; else the answer waits until it is.

    Raises
    ------
    WorkspaceError
        The plan has no doubt of that id, or the answer does not answer it.
    """
    mine = plans.load(path)
    found = [each for each in mine.doubts if each.id.startswith(doubt)] if doubt else []
    if len(found) != 1:
        raise WorkspaceError(f"{path}：{_no_such_doubt(doubt, mine.doubts, len(found))}")
    if fault := refusal(found[0].about, answer):
        raise WorkspaceError(f"{path} 的疑问 {found[0].id}：{fault}没有改动。")
    answered = tuple(
        each.model_copy(update={"answer": answer.strip()}) if each == found[0] else each
        for each in mine.doubts
    )
    put(plans.dumps(mine.model_copy(update={"doubts": answered})).encode(), path)
    document = path.parent / mine.document.file if mine.document.file else None
    if document is None or not document.is_file() or not as_read_path(path).is_file():
        note = "没有找到原文件，这个答复在下次读入时生效。"
        return PlanReading(plans.load(path), _text_beside(path), path, (note,))
    return read_plan(document, path)


def _no_such_doubt(doubt: str, known: tuple[Doubt, ...], found: int) -> str:
    if not known:
        return "没有疑问要答复。"
    what = f"有 {found} 处疑问的编号以“{doubt}”开头" if found else f"没有编号为“{doubt}”的疑问"
    return f"{what}。全部编号：{'、'.join(each.id for each in known)}。请写出其中一个。"


def plan_text(plan: Path) -> Path:
    """Where the text of a plan's document stands: beside the plan file."""
    return plan.with_suffix(".txt")


def _text_beside(plan: Path) -> str | None:
    path = plan_text(plan)
    return path.read_bytes().decode() if path.is_file() else None


def as_read_path(plan: Path) -> Path:
    """Where the plan stands as the reader wrote it, before people changed it."""
    return plan.with_suffix(".read.json")


def _known(output: Path) -> tuple[Plan | None, Plan | None]:
    """The plan at `output` as it was read, and as people left it."""
    if output.suffix not in _YAML:
        raise WorkspaceError(f"{output}：规划写成 YAML 文件。请用 .yaml 作扩展名。")
    if not output.exists():
        return None, None
    mine = plans.load(output)
    as_read = as_read_path(output)
    if not as_read.is_file():
        raise WorkspaceError(
            f"{output}：已有这个规划，旁边没有 {as_read.name}，不是读入写出的，没有改动。请用 -o 换一个名字。"
        )
    try:
        return Plan.model_validate_json(as_read.read_bytes()), mine
    except ValueError:
        raise WorkspaceError(
            f"{as_read}：不是读入时写下的内容，不能分清哪些是手工改的，没有改动。请用 -o 换一个名字。"
        ) from None


def _answers(mine: Plan) -> Mapping[str, str]:
    return {each.id: each.answer for each in mine.doubts if each.answer is not None}


def _years(period: str | None) -> Period | None:
    if period is None:
        return None
    years = parsed_period(period)
    if years is None:
        raise WorkspaceError(f"规划期“{period}”不对。请写起止年份，如 2021-2025。")
    return years


def _changed_period(before: Plan, mine: Plan) -> Period | None:
    return mine.period if mine.period != before.period else None


def _region(code: str | None) -> str | None:
    if code is not None and not re.fullmatch(r"\d{6}", code):
        raise WorkspaceError(f"“{code}”不是 6 位行政区划代码。请改正，如 441284。")
    return code


def _workspace(output: Path | None) -> Path | None:
    """The workspace whose `plans/` folder a plan file lies in."""
    folder = output.resolve().parent.parent if output else None
    return folder if folder and (folder / settings.FILE_NAME).is_file() else None


def _workspace_region(output: Path | None) -> str | None:
    folder = _workspace(output)
    return settings.load(folder).region.code if folder else None


def _packs(output: Path | None) -> Path | None:
    folder = _workspace(output)
    return folder / "packs" if folder else None


def _beside(document: Path, output: Path) -> str:
    """The way from the plan file to its document; only its name where it lies elsewhere."""
    try:
        return Path(os.path.relpath(document.resolve(), output.resolve().parent)).as_posix()
    except ValueError:
        return document.name
