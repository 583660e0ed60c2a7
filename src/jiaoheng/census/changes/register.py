"""The register of school changes: ``register/changes.yaml`` in the workspace.

Entries are only ever added at the end, so what a person has written into the file (comments, order) stays.
Each addition takes the place of the file as a whole: what was acknowledged outlives a crash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from jiaoheng.census import journal
from jiaoheng.census.changes.model import Change, Party
from jiaoheng.census.files import sync_folder
from jiaoheng.census.locking import exclusive
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import yaml_lines
from jiaoheng.packs.yaml_lines import Located, PackError
from jiaoheng.terms import ChangeKind

FILE = Path("register") / "changes.yaml"
"""Where a workspace keeps it."""

_HEAD = (
    "# 学校变更台账：学校更名、换标识码、合并、拆分、新办、撤销的记录，一条一项，新的加在后面。\n"
    "# kind：renamed 更名，recoded 换标识码，merged 合并，split 拆分，opened 新办，closed 撤销，\n"
    "#       distinct 不是同一所（看着像而不是）。from 是上年的学校，to 是当年的学校。\n"
    "# 可以手工修改；标识码请加引号。\n"
    "changes:\n"
)


class RegisterError(JiaohengError):
    """The register cannot be used; for the file one line for each fault, ``file:line: what``."""


@dataclass(frozen=True)
class Register:
    """Every change that was confirmed.

    ``lines`` has the line of each in ``path``, for messages; both are empty for a register made in memory.
    """

    changes: tuple[Change, ...] = ()
    path: Path = FILE
    lines: tuple[int, ...] = field(default=(), compare=False)

    def between(self, from_year: int, to_year: int) -> tuple[Change, ...]:
        """What changed after the census of one year and up to that of another, in the order of the years."""
        chosen = [change for change in self.changes if from_year < change.year <= to_year]
        return tuple(sorted(chosen, key=lambda change: change.year))


def load(folder: Path) -> Register:
    """The register of a workspace; empty where there is none.

    Raises
    ------
    RegisterError
        With every fault of the file, one to a line.
    """
    path = folder / FILE
    return _parse(path) if path.exists() else Register(path=path)


def add(folder: Path, changes: Sequence[Change]) -> tuple[Register, int]:
    """Write changes into a workspace's register, all or none; the register, and how many were new.

    One that is there already is not written again.

    Raises
    ------
    RegisterError
        The file has faults, or an entry of it says otherwise.
    OSError
        The disk refused; the file is as it was.
    """
    path = folder / FILE
    if not path.parent.is_dir():
        path.parent.mkdir()
        sync_folder(folder)
    with exclusive(path.with_name(".lock")):
        known = load(folder)
        new: list[Change] = []
        for change in changes:
            if not any(change.says_the_same(each) for each in (*known.changes, *new)):
                new.append(change)
        if faults := [fault for change in new for fault in _against(change, known)]:
            raise RegisterError("\n".join(faults))
        if new:
            _append(path, new, expected=(*known.changes, *new))
        return load(folder), len(new)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: tuple[Change, ...] | None = None


def _parse(path: Path) -> Register:
    try:
        located = yaml_lines.read(path)
        changes = yaml_lines.build(_File, located).changes or ()
    except PackError as error:
        raise RegisterError(str(error)) from None
    lines = tuple(located.line(("changes", index)) for index in range(len(changes)))
    register = Register(changes, path, lines)
    faults = [fault for index in range(len(changes)) for fault in _repeated(register, located, index)]
    if faults:
        raise RegisterError("\n".join(faults))
    return register


def _repeated(register: Register, located: Located, index: int) -> Iterator[str]:
    before = Register(register.changes[:index], register.path, register.lines[:index])
    for problem, line in _conflicts(register.changes[index], before):
        yield located.message(
            ("changes", index), f"{problem}，而第 {line} 行已有不同的记录。请删去其中一条。"
        )


def _against(change: Change, known: Register) -> Iterator[str]:
    for problem, line in _conflicts(change, known):
        yield f"{known.path}:{line}: {problem}，这里已有不同的记录。请先核实；要改，先在文件中删去这一条。"


def _conflicts(change: Change, known: Register) -> Iterator[tuple[str, int]]:
    """What of a change an entry of the register says otherwise, and that entry's line."""
    for other, line in zip(known.changes, known.lines, strict=True):
        if other.year != change.year:
            continue
        kinds = {change.kind, other.kind}
        if ChangeKind.DISTINCT in kinds:
            pair = other if other.kind == ChangeKind.DISTINCT else change
            rest = change if pair is other else other
            if (
                rest.kind != ChangeKind.DISTINCT
                and pair.codes_before[0] in rest.codes_before
                and pair.codes_after[0] in rest.codes_after
            ):
                yield f"{pair.codes_before[0]} 与 {pair.codes_after[0]} 是不是同一所，{change.year} 年", line
            continue
        if ChangeKind.RENAMED in kinds and kinds != {ChangeKind.RENAMED}:
            continue
        for code in sorted({*change.codes_before} & {*other.codes_before}):
            yield f"{code} 在 {change.year} 年的去向", line
        for code in sorted(({*change.codes_after} & {*other.codes_after}) - {*change.codes_before}):
            yield f"{code} 在 {change.year} 年的来历", line


def _append(path: Path, new: Sequence[Change], *, expected: tuple[Change, ...]) -> None:
    def proved(beside: Path) -> bool:
        try:
            return _parse(beside).changes == expected
        except RegisterError:
            return False

    try:
        journal.append(path, "changes", [_plain(change) for change in new], head=_HEAD, proved=proved)
    except journal.JournalError as error:
        raise RegisterError(str(error)) from None


def _plain(change: Change) -> dict[str, Any]:
    entry: dict[str, Any] = {"year": change.year, "kind": change.kind.value}
    for name, side in (("from", change.before), ("to", change.after)):
        if side:
            entry[name] = [_party(party) for party in side]
    entry |= {"confirmed_by": change.confirmed_by, "confirmed_on": change.confirmed_on}
    return entry | {
        name: text for name, text in (("note", change.note), ("evidence", change.evidence)) if text
    }


def _party(party: Party) -> journal.Flow:
    plain = journal.Flow(code=journal.Quoted(party.code))
    if party.name:
        plain["name"] = party.name
    if party.share is not None:
        plain["share"] = party.share
    return plain


__all__ = ["FILE", "Register", "RegisterError", "add", "load"]
