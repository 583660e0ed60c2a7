"""The progress file of a plan: ``<plan>.progress.yaml`` beside it, with entries that are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from jiaoheng.census import journal
from jiaoheng.census.locking import exclusive
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import yaml_lines
from jiaoheng.packs.yaml_lines import Location, PackError, nearest
from jiaoheng.plans.following.entries import AnyEntry, Entry, Evidence, FollowUp
from jiaoheng.plans.following.evidence import folder_of, keep
from jiaoheng.plans.following.items import Key
from jiaoheng.plans.following.matters import order_faults
from jiaoheng.plans.following.standing import key_of
from jiaoheng.plans.model import Plan
from jiaoheng.terms import Term

_SUFFIX = ".progress.yaml"

_HEAD = (
    "# 规划进展台账：各单位报告的任务、项目进展，和督办的每一步，一条一项，新的加在后面。\n"
    "# 进展：task（任务序号）和 year，或 project（项目编号）；day 报告日期，by 报告单位，\n"
    "#       state 未开始、进行中、已完成、已调整（滞后由期限算出，不填写）。\n"
    "# 督办：step 反馈、整改、复查、约谈、通报；to 对象，due 整改期限，passed 复查是否通过。\n"
    "# 只写单位，不写个人姓名。可以手工修改；数字编号请加引号。\n"
    "entries:\n"
)


class ProgressFileError(JiaohengError):
    """The progress file cannot be used; one line for each fault, ``file:line: what``."""


@dataclass(frozen=True)
class Ledger:
    """Every entry of a plan's progress file, in its order. ``lines`` has the line of each, for messages."""

    path: Path
    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = field(default=(), compare=False)


def is_progress_file(path: Path) -> bool:
    """Whether a file beside the plans is a progress file, by its name."""
    return path.name.endswith(_SUFFIX)


def path_of(plan_path: Path) -> Path:
    """Where the progress file of a plan file lies."""
    return plan_path.with_name(f"{plan_path.stem}{_SUFFIX}")


def load(path: Path, plan: Plan) -> Ledger:
    """The progress file at `path`; empty where there is none.

    Raises
    ------
    ProgressFileError
        With every fault of the file, one to a line: also an entry about what `plan` does not have, and a
        follow-up step out of order.
    """
    ledger = _parse(path) if path.exists() else Ledger(path)
    faults = [
        f"{path}:{ledger.lines[place]}: {problem}"
        for place, problem in sorted(faults_of(ledger.entries, plan))
    ]
    if faults:
        raise ProgressFileError("\n".join(faults))
    return ledger


def add(
    path: Path, plan: Plan, entries: Sequence[Entry], *, files: Iterable[tuple[Evidence, bytes]] = ()
) -> tuple[Entry, ...]:
    """Write entries behind those of the progress file, all or none; those that were new.

    One that the file has already is not written again.

    Parameters
    ----------
    files : the evidence of the entries; kept before them, so that no entry names a file that is not there.

    Raises
    ------
    ProgressFileError
        The file has faults, or an entry does not fit behind those that it has.
    OSError
        The disk refused; the file is as it was.
    """
    with exclusive(path.with_name(".lock")):
        known = load(path, plan).entries
        said = {entry.said() for entry in known}
        new: list[Entry] = []
        for entry in entries:
            if entry.said() not in said:
                said.add(entry.said())
                new.append(entry)
        together = (*known, *new)
        if faults := list(dict.fromkeys(problem for _, problem in sorted(faults_of(together, plan)))):
            raise ProgressFileError("\n".join(faults))
        if new:
            for evidence, content in files:
                keep(folder_of(path), evidence, content)
            _append(path, new, together)
        return tuple(new)


def faults_of(entries: Sequence[Entry], plan: Plan) -> Iterator[tuple[int, str]]:
    """What is wrong with entries: the place of each that is, and what; see `load`."""
    chains: dict[Key, list[tuple[int, FollowUp]]] = {}
    for place, entry in enumerate(entries):
        key = key_of(entry, plan)
        if key is None:
            yield place, _unknown(entry, plan)
        elif isinstance(entry, FollowUp):
            chains.setdefault(key, []).append((place, entry))
    for key, chain in chains.items():
        for number, problem in order_faults([step for _, step in chain]):
            place, step = chain[number]
            yield place, f"{key} {step.day} 的{step.step.label}：{problem}"


def _unknown(entry: Entry, plan: Plan) -> str:
    if entry.project is not None:
        ids = [project.id for project in plan.projects]
        return f"规划里没有编号为“{entry.project}”的项目。{nearest(entry.project, ids) or '请核对编号。'}"
    task = next((task for task in plan.tasks if task.number == entry.task), None)
    if task is None:
        numbers = [task.number for task in plan.tasks]
        return f"规划里没有序号为“{entry.task}”的任务。{nearest(entry.task or '', numbers) or '请核对序号。'}"
    years = "、".join(str(year) for year in sorted(task.due))
    if not years:
        return f"任务{task.number}不分年度。请删去 year。"
    return f"任务{task.number}分年度（{years}）。请写明是哪一年 year。"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    entries: tuple[AnyEntry, ...] | None = None


def _parse(path: Path) -> Ledger:
    try:
        located = yaml_lines.read(path)
        entries = yaml_lines.build(_File, located).entries or ()
    except PackError as error:
        raise ProgressFileError(str(error)) from None
    places: list[Location] = [("entries", place) for place in range(len(entries))]
    return Ledger(path, entries, tuple(map(located.line, places)))


def _append(path: Path, new: Sequence[Entry], together: tuple[Entry, ...]) -> None:
    def proved(beside: Path) -> bool:
        try:
            return _parse(beside).entries == together
        except ProgressFileError:
            return False

    try:
        journal.append(path, "entries", [_plain(entry) for entry in new], head=_HEAD, proved=proved)
    except journal.JournalError as error:
        raise ProgressFileError(str(error)) from None


_FIRST = (
    *("task", "project", "year", "day", "by"),
    *("state", "step", "percent", "finished", "passed", "to", "due"),
)
"""The keys that open an entry, in this order; the others follow."""


def _plain(entry: Entry) -> dict[str, Any]:
    content = {name: value for name, value in entry if value not in (None, ())}
    order = [name for name in _FIRST if name in content] + [name for name in content if name not in _FIRST]
    return {name: _value(name, content[name]) for name in order}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Term):
        return value.label
    if isinstance(value, BaseModel):
        # Whether something is withdrawn is said only where it is.
        kept = {key: item for key, item in value if item is not None and item is not False}
        return journal.Flow({key: _value(key, item) for key, item in kept.items()})
    if isinstance(value, tuple):
        return [_value(name, item) for item in value]
    if isinstance(value, str) and name in ("task", "project", "sha256"):
        return journal.Quoted(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


__all__ = ["Ledger", "ProgressFileError", "add", "faults_of", "is_progress_file", "load", "path_of"]
