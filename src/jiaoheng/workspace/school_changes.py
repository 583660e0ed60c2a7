"""What became of schools since the year before: compared, confirmed by a person, kept in the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng import terms
from jiaoheng.census import Census, SnapshotDamagedError, changes
from jiaoheng.census.changes import Change, Comparison, Difference, NotationError, Proposal, School
from jiaoheng.census.changes.sheet import Answer, read_sheet, write_sheet
from jiaoheng.census.store import Store
from jiaoheng.errors import JiaohengError


class ChangesError(JiaohengError):
    """School changes cannot be compared or confirmed as asked."""


def compare(folder: Path, store: Store, year: int) -> Comparison | None:
    """The year's schools against those of the last year before it; None where one of them has no schools."""
    before = _before(store, year)
    after = store.snapshot(year) if year in store.years() else None
    if before is None or after is None or not (before.has("schools") and after.has("schools")):
        return None
    return changes.compare(before, after, changes.load(folder))


def confirm(
    folder: Path,
    store: Store,
    words: Sequence[str],
    *,
    year: int,
    by: str,
    on: date,
    distinct: bool = False,
    note: str = "",
    evidence: str = "",
) -> tuple[tuple[Change, ...], int]:
    """Write what a person says into the register, all of it or nothing.

    Returns
    -------
    tuple
        The changes that were said, and how many of them were not in the register yet.

    Raises
    ------
    ChangesError, NotationError, RegisterError
        A word means nothing, names a school that is not there, or contradicts the register.
    """
    if not words:
        raise ChangesError(f"没有写明是什么变更。请写成 {changes.FORMS} 之一，或用 --workbook 给出核对表。")
    answers = [Answer(word, distinct, evidence, note, 0) for word in words]
    return _write(folder, store, answers, year=year, by=by, on=on, file="")


def write_questions(path: Path, comparison: Comparison, *, region: str, overwrite: bool) -> Path:
    """Write the differences into a workbook to be filled in.

    Raises
    ------
    ChangesError
        The file is there already: it may be the one that somebody has filled in.
    """
    if path.exists() and not overwrite:
        raise ChangesError(
            f"{path}：已有这个文件，可能已经填过，没有改动。请换一个名字，或加 --overwrite 覆盖。"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_sheet(path, comparison, region=region)
    return path


def confirm_sheet(
    folder: Path, store: Store, path: Path, *, year: int, by: str, on: date
) -> tuple[tuple[Change, ...], int]:
    """The same, of a workbook that a person has filled in."""
    answers = read_sheet(path, year=year)
    return _write(folder, store, answers, year=year, by=by, on=on, file=path.name)


def advice(folder: Path, store: Store, year: int) -> str:
    """One line for whoever has just imported: how many schools are not matched, and what to do next."""
    try:
        comparison = compare(folder, store, year)
    except SnapshotDamagedError as error:
        # The import is done and stands; what it is compared with is another matter.
        return f"没有与上年的学校比较：{error}"
    if comparison is None or not comparison.unsettled:
        return ""
    counts = [
        f"{changes.WORDS[what]} {count} 所"
        for what in changes.WORDS
        if (count := sum(item.what == what for item in comparison.unsettled))
    ]
    return (
        f"与 {comparison.year_before} 年的学校相比：{'，'.join(counts)}。"
        f"请运行 jiaoheng changes {folder} --year {comparison.year} 核对。"
    )


def document(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain data."""
    return {
        "year": comparison.year,
        "year_before": comparison.year_before,
        "unsettled": [_item(each) for each in comparison.unsettled],
        "settled": [
            {"change": changes.to_word(each), **each.model_dump(mode="json", by_alias=True)}
            for each in comparison.settled
        ],
    }


def _write(
    folder: Path, store: Store, answers: Sequence[Answer], *, year: int, by: str, on: date, file: str
) -> tuple[tuple[Change, ...], int]:
    if not by.strip():
        raise ChangesError("没有写明是谁确认的。请加 --by 姓名。")
    names = _names(store, year)
    said, faults = [], []
    for answer in answers:
        place = f"{file} › 第 {answer.row} 行：" if file else ""
        try:
            change = changes.from_word(
                answer.word,
                year=year,
                by=by.strip(),
                on=on,
                names=names,
                distinct=answer.distinct,
                note=answer.note,
                evidence=answer.evidence,
            )
        except NotationError as error:
            faults.append(f"{place}{error}")
            continue
        faults += [f"{place}{fault}" for fault in _unknown(change, names, year)]
        said.append(change)
    if faults:
        raise ChangesError("\n".join([*faults, "什么都没有登记。"]))
    _, new = changes.add(folder, said)
    return tuple(said), new


def _unknown(change: Change, names: tuple[Mapping[str, str], Mapping[str, str]], year: int) -> list[str]:
    """Schools that a change names and that no snapshot has: most often a code with a wrong digit."""
    faults = []
    for side, known, when in (
        (change.before, set(names[0]), "上年"),
        (change.after, {*names[1], *change.codes_before} if names[1] else set(), f"{year} 年"),
    ):
        for party in side:
            if known and party.code not in known:
                faults.append(
                    f"{when}的学校里没有 {party.code}。请核对标识码；还没有导入的学校，先导入再登记。"
                )
    return faults


def _names(store: Store, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """Code to name, in the last year before and in the year; empty where there is no snapshot."""
    before = _before(store, year)
    after = store.snapshot(year) if year in store.years() else None
    return _school_names(before), _school_names(after)


def _before(store: Store, year: int) -> Census | None:
    years = [each for each in store.years() if each < year]
    return store.snapshot(years[-1]) if years else None


def _school_names(census: Census | None) -> dict[str, str]:
    if census is None:
        return {}
    rows = census.table("schools").select(["school_code", "name"]).to_pylist()
    return {row["school_code"]: row["name"] or "" for row in rows}


def _item(item: Difference) -> dict[str, Any]:
    return {
        "what": item.what,
        "words": changes.WORDS[item.what],
        "before": _school(item.old),
        "after": _school(item.new),
        "proposals": [_proposal(each) for each in item.proposals],
        "said": item.said or None,
    }


def _school(school: School | None) -> dict[str, Any] | None:
    if school is None:
        return None
    return {
        "code": school.code,
        "name": school.name,
        "area": school.town,
        "type": terms.label("school_type", school.school_type),
        "pupils": school.pupils,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "change": proposal.word,
        "kind": proposal.kind.value,
        "score": proposal.score,
        "reasons": list(proposal.reasons),
    }


__all__ = [
    "ChangesError",
    "advice",
    "compare",
    "confirm",
    "confirm_sheet",
    "document",
    "write_questions",
]
