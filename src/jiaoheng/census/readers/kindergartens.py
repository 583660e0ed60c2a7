"""Reads what a roster of kindergartens says in its own words: 普惠性民办, 省一级, who runs it.

The organiser's column may hold the name of a person or a company. What is no type of organiser is never
kept or repeated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jiaoheng import terms
from jiaoheng.census import values
from jiaoheng.census.readers.assemble import Given, Problem
from jiaoheng.census.readers.matching import Found, Match
from jiaoheng.census.workbook import Row

_PRIVATE = re.compile(r"民办|民营|私立|私人|个人|公民|社会力量")
_PUBLIC = re.compile(
    r"公办|公立|国有|教育(?:部门|局|办)|政府|街道办|村委|村民委|居委|集体|部队|机关|事业单位|其他部门|妇联|附设"
)
_NOT_INCLUSIVE = re.compile(r"非普惠|未普惠|不是?普惠")
_INCLUSIVE = re.compile(r"普惠")
_LEVELS = (
    (re.compile(r"省.{0,3}(?:一级|示范)"), "provincial_first"),
    (re.compile(r"市.{0,3}(?:一级|示范)"), "prefectural_first"),
    (re.compile(r"[县区].{0,3}(?:一级|示范)"), "county_first"),
    (re.compile(r"未评|未定|无等级|未达|未上等级|未参评"), "ungraded"),
)
_NOT_STANDARDISED = re.compile(r"(?:非|未|不)(?:达)?.{0,2}规范")
_STANDARDISED = re.compile(r"规范")


@dataclass
class Kindergartens:
    """What was worked out for the rows of a roster."""

    columns: list[Given] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def kindergartens(rows: Sequence[Row], match: Match) -> Kindergartens:
    """Ownership, inclusiveness, level, organiser of each row; nothing where the sheet is no such roster."""
    result = Kindergartens()
    _kinds(rows, match, result)
    _inclusive(rows, match, result)
    _levels(rows, match, result)
    _owners(rows, match, result)
    return result


def _kinds(rows: Sequence[Row], match: Match, result: Kindergartens) -> None:
    """公办 or 民办; and whether it is inclusive, where the column tells one from the other."""
    found = match.roles.get("kindergarten_kind")
    if found is None:
        return
    texts = [_text(row, found) for row in rows]
    owners: list[str | None] = []
    for position, text in enumerate(texts):
        owner = _ownership(text)
        if text and owner is None:
            _refuse(result, position, found, "看不出是公办还是民办", "请填公办、民办或普惠性民办。")
        owners.append(owner)
    _give(result, "schools.ownership", found, owners)
    if "schools.inclusive" not in match.columns and any(map(_INCLUSIVE.search, texts)):
        inclusive = [
            None if owner != "private" else "是" if _is_inclusive(text) else "否"
            for text, owner in zip(texts, owners, strict=True)
        ]
        _give(result, "schools.inclusive", found, inclusive)


def _inclusive(rows: Sequence[Row], match: Match, result: Kindergartens) -> None:
    """普惠 and 非普惠 for 是 and 否."""
    found = match.columns.get("schools.inclusive")
    if found is None:
        return
    texts = [_text(row, found) for row in rows]
    words = [
        ("是" if _is_inclusive(text) else "否") if _INCLUSIVE.search(text) else text or None for text in texts
    ]
    _give(result, "schools.inclusive", found, words)


def _levels(rows: Sequence[Row], match: Match, result: Kindergartens) -> None:
    """The level, however the county writes it; 规范化 is no level and has a column of its own."""
    found = match.roles.get("kindergarten_level")
    if found is None:
        return
    levels: list[str | None] = []
    standardised: list[str | None] = []
    for position, row in enumerate(rows):
        text = _text(row, found)
        level = terms.lookup("kindergarten_level", text) or next(
            (name for pattern, name in _LEVELS if pattern.search(text)), None
        )
        regular = "否" if _NOT_STANDARDISED.search(text) else "是" if _STANDARDISED.search(text) else None
        if text and level is None and regular is None:
            _refuse(result, position, found, "不是幼儿园等级", "请填省一级、市一级、县一级、规范化或未评级。")
        levels.append(level or ("ungraded" if regular else None))
        standardised.append(regular)
    _give(result, "schools.kindergarten_level", found, levels)
    if "schools.standardised" not in match.columns and any(standardised):
        _give(result, "schools.standardised", found, standardised)


def _owners(rows: Sequence[Row], match: Match, result: Kindergartens) -> None:
    """The organiser's type where the column says one; a name says at most 公办 or 民办."""
    found = match.roles.get("owner")
    if found is None:
        return
    texts = [_text(row, found) for row in rows]
    types = [terms.lookup("organiser", text) if text else None for text in texts]
    if "schools.organiser" not in match.columns and any(types):
        _give(result, "schools.organiser", found, types)
    if not {"schools.ownership", "kindergarten_kind"} & {*match.columns, *match.roles}:
        owners = [
            ("private" if each == "private" else "public") if each else _ownership(text)
            for text, each in zip(texts, types, strict=True)
        ]
        _give(result, "schools.ownership", found, owners)
    names = sum(bool(text) and each is None for text, each in zip(texts, types, strict=True))
    if names:
        result.notes.append(f"「{found.path.text}」有 {names} 行写的不是举办者类型（可能是名称），没有存入。")


def _ownership(text: str) -> str | None:
    """公办 or 民办, by what a text says; a text that says both says neither."""
    known = terms.lookup("ownership", text)
    if known:
        return known
    private, public = _PRIVATE.search(text), _PUBLIC.search(text)
    if text and bool(private) != bool(public):
        return "private" if private else "public"
    return "private" if _INCLUSIVE.search(text) and not public else None


def _is_inclusive(text: str) -> bool:
    return bool(_INCLUSIVE.search(text)) and not _NOT_INCLUSIVE.search(text)


def _give(result: Kindergartens, target: str, found: Found, cells: Sequence[str | None]) -> None:
    result.columns.append(Given(target, found.path.column, found.path.text, tuple(cells)))


def _refuse(result: Kindergartens, position: int, found: Found, reason: str, mend: str) -> None:
    result.problems.append(Problem(position, found.path.column, found.path.text, reason, mend))


def _text(row: Row, found: Found) -> str:
    text = values.clean(row[found.path.column]) if found.path.column < len(row) else ""
    return "" if text in values.BLANKS else "".join(text.split())


__all__ = ["Kindergartens", "kindergartens"]
