"""What differs between the schools of a year and those of the year before, and is not in the register yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.census.changes.model import Change
from jiaoheng.census.changes.names import likeness, normal
from jiaoheng.census.changes.notation import write
from jiaoheng.census.changes.proposals import Proposal, origins, successors
from jiaoheng.census.changes.register import Register
from jiaoheng.census.changes.schools import School, schools_of
from jiaoheng.census.snapshot import Census
from jiaoheng.terms import ChangeKind

WORDS = {
    "gone": "上年有，今年没有",
    "new": "今年新出现",
    "renamed": "同一标识码，名称变了",
    "contradicted": "与台账不符",
}
"""What a difference is, for people."""

_MEND = "请删去或改正这条台账，或用 --replace 重新导入当年的学校文件。"


@dataclass(frozen=True)
class Difference:
    """A school that somebody must decide about.

    Attributes
    ----------
    what : a key of `WORDS`.
    old, new : the school in the year before and in the year; None where it is not there.
    proposals : what may have happened, the likeliest first.
    said : for ``contradicted``, what the register says and where.
    """

    what: str
    old: School | None
    new: School | None
    proposals: tuple[Proposal, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two years held against each other: what is not settled, and what the register has settled."""

    year: int
    year_before: int
    unsettled: tuple[Difference, ...]
    settled: tuple[Change, ...]


def compare(before: Census, after: Census, register: Register) -> Comparison:
    """What differs between two years and is not settled by the register.

    Parameters
    ----------
    before, after : the snapshots of two years, the earlier first.
    register : the changes that were confirmed.
    """
    old, new = schools_of(before), schools_of(after)
    changes = register.between(before.year, after.year)
    real = [change for change in changes if change.kind != ChangeKind.DISTINCT]
    gone = [old[code] for code in old if code not in new and not _left(code, real)]
    come = [new[code] for code in new if code not in old and not _came(code, real)]
    items = [
        *_codes(gone, come, {code: school for code, school in new.items() if code in old}, changes),
        *_names(old, new, real),
        *_contradictions(old, new, real, register),
    ]
    return Comparison(after.year, before.year, tuple(items), changes)


def _left(code: str, changes: list[Change]) -> bool:
    return any(code in change.codes_before and change.kind != ChangeKind.RENAMED for change in changes)


def _came(code: str, changes: list[Change]) -> bool:
    return any(code in change.codes_after for change in changes)


def _codes(
    gone: list[School], come: list[School], staying: dict[str, School], changes: tuple[Change, ...]
) -> Iterator[Difference]:
    """Codes that are gone or new. Two that are each other's likeliest match are one difference."""
    barred: dict[str, set[str]] = {}
    for change in changes:
        if change.kind == ChangeKind.DISTINCT:
            barred.setdefault(change.codes_before[0], set()).add(change.codes_after[0])
    forward = {old.code: successors(old, come, staying, not_these=barred.get(old.code, ())) for old in gone}
    back: dict[str, list[Proposal]] = {}
    for proposals in forward.values():
        for each in proposals:
            if each.kind == ChangeKind.RECODED:
                back.setdefault(each.word.partition("=")[2], []).append(each)
    backward = {new.code: origins(new, staying, back.get(new.code, [])) for new in come}
    by_code = {new.code: new for new in come}
    paired = set()
    for old in gone:
        best = forward[old.code][0]
        match = by_code.get(best.word.partition("=")[2]) if best.kind == ChangeKind.RECODED else None
        if match is not None and backward[match.code][0].word == best.word:
            paired.add(match.code)
        else:
            match = None
        yield Difference("gone", old, match, forward[old.code])
    for new in come:
        if new.code not in paired:
            yield Difference("new", None, new, backward[new.code])


def _names(old: dict[str, School], new: dict[str, School], changes: list[Change]) -> Iterator[Difference]:
    """Schools of one code whose name is another: a new way to write the old one does not count."""
    for code, school in new.items():
        was = old.get(code)
        if was is None or not was.name or not school.name or normal(was.name) == normal(school.name):
            continue
        said = [party for change in changes for party in change.after if party.code == code]
        if any(normal(party.name) == normal(school.name) for party in said if party.name):
            continue
        alike = likeness(was.name, school.name, town=school.town)
        reasons = (
            (f"标识码没有变；名称相近（{alike:.2f}）",)
            if alike >= 0.5
            else ("标识码没有变；名称不像，请核对是否填错了标识码",)
        )
        score = round((1 + alike) / 2, 3)
        proposal = Proposal(f"{code}={school.name}", ChangeKind.RENAMED, score, reasons)
        yield Difference("renamed", was, school, (proposal,))


def _contradictions(
    old: dict[str, School], new: dict[str, School], changes: list[Change], register: Register
) -> Iterator[Difference]:
    """Entries that the snapshot of the year belies."""
    lines = dict(zip(map(id, register.changes), register.lines, strict=False))
    for change in changes:
        if change.kind == ChangeKind.RENAMED:
            continue
        later = [each for each in changes if each.year > change.year]
        place = f"{register.path}:{lines.get(id(change), 1)}"
        said = f"{place} 记 {change.year} 年{change.kind.label}（{write(change)}）"
        for code in change.codes_before:
            if code in new and code not in change.codes_after and not _came(code, later):
                yield Difference(
                    "contradicted", old.get(code), new[code], said=f"{said}，而今年仍有 {code}。{_MEND}"
                )
        for code in change.codes_after:
            if code not in new and not _left(code, later):
                yield Difference(
                    "contradicted", old.get(code), None, said=f"{said}，而今年没有 {code}。{_MEND}"
                )


__all__ = ["WORDS", "Comparison", "Difference", "compare"]
