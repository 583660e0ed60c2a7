"""Keeps why findings of experience are right as they stand: one YAML file a year, which anybody can read.

An explanation belongs to the values that it explains: when these change, the question is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from jiaoheng.census import files
from jiaoheng.census.checking.finding import Explanation, Finding
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import yaml_lines

_HEAD = "# 经验校验的说明。由 jiaoheng check --explain 写入；values 变了，说明就不再适用。\n"

Identity = tuple[str, str, tuple[str, ...]]


class ExplanationError(JiaohengError):
    """What was given as explanations cannot be taken; nothing was stored."""


class Entry(BaseModel):
    """One explanation as it stands in the file. ``values`` is the fingerprint of what it explains."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: str
    item: str = ""
    key: tuple[str, ...]
    values: str
    reason: str
    who: str = ""
    when: date

    @property
    def identity(self) -> Identity:
        """The finding that it belongs to."""
        return self.check, self.item, self.key


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    explanations: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a person wrote beside a finding: ``row`` is where, for messages."""

    identity: Identity
    values: str
    reason: str
    who: str
    row: int


def path_of(folder: Path, year: int) -> Path:
    """The file of a year, in the workspace's ``explanations`` folder."""
    return folder / "explanations" / f"{year}.yaml"


def load(folder: Path, year: int) -> tuple[Entry, ...]:
    """The explanations of a year; empty where there is no file.

    Raises
    ------
    PackError
        The file was changed by hand and is not valid; the message names the line.
    """
    path = path_of(folder, year)
    return yaml_lines.load(_File, path).explanations if path.exists() else ()


def explained(findings: Iterable[Finding], entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """The findings with the explanations that still fit their values. Findings of logic take none."""
    known = {(entry.identity, entry.values): entry for entry in entries}
    found = []
    for finding in findings:
        entry = known.get((finding.identity, finding.fingerprint))
        if entry is not None and not finding.must_be_mended:
            finding = replace(finding, explanation=Explanation(entry.reason, entry.who, entry.when))
        found.append(finding)
    return tuple(found)


def taken(
    answers: Sequence[Answer],
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    *,
    today: date,
    file: str,
) -> tuple[Entry, ...]:
    """The explanations with the answers put in; those of findings that are gone stay as a record.

    Raises
    ------
    ExplanationError
        An answer is for a finding that must be mended, or whose values changed since the workbook was
        written, or that is not there; nothing is taken then.
    """
    present = {finding.identity: finding for finding in findings}
    faults = []
    kept = {entry.identity: entry for entry in entries}
    for answer in answers:
        where = f"{file} › 第 {answer.row} 行："
        finding = present.get(answer.identity)
        if finding is None:
            faults.append(f"{where}现在没有这一处发现。请重新运行 jiaoheng check --workbook 取得新的结果表。")
        elif finding.must_be_mended:
            faults.append(
                f"{where}“{finding.check.name}”是逻辑校验，须改正数据，不能用说明代替。请删去这一行的说明。"
            )
        elif finding.fingerprint != answer.values:
            faults.append(f"{where}{finding.unit}的数已经变了。请用新的结果表重新填写说明。")
        else:
            check, item, key = answer.identity
            kept[answer.identity] = Entry(
                check=check,
                item=item,
                key=key,
                values=answer.values,
                reason=answer.reason,
                who=answer.who,
                when=today,
            )
    if faults:
        raise ExplanationError("\n".join([*faults[:20], "没有保存任何说明。请改正后重试。"]))
    return tuple(kept.values())


def save(folder: Path, year: int, entries: Sequence[Entry]) -> Path:
    """Write the file of a year, whole or not at all; its path."""
    path = path_of(folder, year)
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(entries, key=lambda entry: entry.identity)
    data = {"explanations": [_plain(entry) for entry in ordered]}
    text = _HEAD + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    files.replace(path, text.encode())
    return path


class _Dumper(yaml.SafeDumper):
    """Writes a day that several entries share out in each of them."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _plain(entry: Entry) -> dict[str, object]:
    plain = entry.model_dump(mode="python")
    plain["key"] = list(entry.key)
    return {name: value for name, value in plain.items() if value != ""}
