"""Works out what a wide export says in other words than a census: towns by name, main schools, 城区 for a
code.

Each function gives a value for every data row, or a problem that names the cell. Nothing is guessed: where
two schools fit, the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jiaoheng import terms
from jiaoheng.census import dictionary, values
from jiaoheng.census.readers.assemble import Given, Problem
from jiaoheng.census.readers.kindergartens import kindergartens
from jiaoheng.census.readers.known import Areas, Known, Place, Schools
from jiaoheng.census.readers.matching import Found, Match
from jiaoheng.census.readers.school_codes import cell, listed, school_codes
from jiaoheng.census.workbook import Cell, Row

_TYPE_CODE = re.compile(r"^\d{2,5}[-.、:]?(?=[^\d])")
_GROUP_CODES = {"urban": "111", "town": "121", "rural": "220"}
"""The code that stands for 城区, 镇区, 乡村 where a file gives no more; it falls into the same group."""


@dataclass
class Resolved:
    """What was worked out for a sheet."""

    columns: list[Given] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new_areas: bool = False


def resolve(rows: Sequence[Row], match: Match, known: Known) -> Resolved:
    """Everything that the data rows of a sheet say indirectly.

    Parameters
    ----------
    rows : the data rows, full width.
    match : what the headings are.
    known : the schools and areas of the workspace.
    """
    result = Resolved()
    column, codes, problems = school_codes(rows, match, known)
    result.columns.append(column)
    result.problems += problems
    _areas(rows, match, known, codes, result)
    _urban_rural(rows, match, result)
    _school_types(rows, match, result)
    _ownership(rows, match, result)
    _main_schools(rows, match, known, codes, result)
    roster = kindergartens(rows, match)
    result.columns += roster.columns
    result.problems += roster.problems
    result.notes += roster.notes
    for target, found in match.columns.items():
        if found.entry.less:
            _less(rows, match, target, found, result)
    return result


def _areas(
    rows: Sequence[Row], match: Match, known: Known, codes: Sequence[str | None], result: Resolved
) -> None:
    """The town of each school: by code or name among the known areas; where none is known, the name is its
    code."""
    fine, coarse = match.roles.get("area"), match.roles.get("upper_area")
    found = fine or coarse
    if found is None:
        return
    areas = Areas(known.areas)
    resolved: list[str | None] = []
    for position, row in enumerate(rows):
        text = cell(row, fine) or cell(row, coarse)
        home = known.homes.get(codes[position] or "")
        if not areas:
            resolved.append(text or None)
            continue
        code = areas.find(text) if text else None
        if code is None and text and fine is not None and cell(row, fine):
            reason = f"“{text}”不在本县的镇街表中"
            mend = f"{areas.nearest(text)}请改正名称，或先在镇街表中加上它。"
            result.problems.append(Problem(position, found.path.column, found.path.text, reason, mend))
        resolved.append(code or home)
    if areas and fine is None and not any(resolved):
        # The column names the county itself, which is no area of the county.
        return
    result.columns.append(Given("schools.area_code", found.path.column, found.path.text, tuple(resolved)))
    if not areas:
        result.new_areas = True
        result.notes.append(
            f"还没有镇街表：暂以「{found.path.text}」的内容作镇街代码。导入镇街表后请重新导入。"
        )


def _urban_rural(rows: Sequence[Row], match: Match, result: Resolved) -> None:
    found = match.roles.get("urban_rural")
    if found is None:
        return
    grouped = False
    resolved: list[str | None] = []
    for position, row in enumerate(rows):
        text = cell(row, found)
        code = terms.lookup("urban_rural_code", text) or terms.lookup("urban_rural_code", text[:3])
        group = terms.lookup("urban_rural", text) if text and code is None else None
        if group is not None:
            code, grouped = _GROUP_CODES[group], True
        if text and code is None:
            reason, mend = f"“{text[:30]}”不是城乡分类", "请填三位代码（111 等），或城区、镇区、乡村。"
            result.problems.append(Problem(position, found.path.column, found.path.text, reason, mend))
        resolved.append(code)
    result.columns.append(
        Given("schools.urban_rural_code", found.path.column, found.path.text, tuple(resolved))
    )
    if grouped:
        result.notes.append("文件只分城区、镇区、乡村，城乡分类代码记为 111、121、220，只用于归入这三类。")


def _school_types(rows: Sequence[Row], match: Match, result: Resolved) -> None:
    """办学类型 without the number that some exports put before it (``211-小学``)."""
    found = match.columns.get("schools.school_type")
    if found is None:
        return
    texts = [cell(row, found) for row in rows]
    if any(_TYPE_CODE.match(text) for text in texts):
        stripped = tuple(_TYPE_CODE.sub("", text) or None for text in texts)
        result.columns.append(Given("schools.school_type", found.path.column, found.path.text, stripped))


def _ownership(rows: Sequence[Row], match: Match, result: Resolved) -> None:
    """公办 or 民办 from the organiser, where the file has no column for it: only organiser 10 is private."""
    found = match.columns.get("schools.organiser")
    if found is None or "schools.ownership" in match.columns:
        return
    organisers = [terms.lookup("organiser", cell(row, found)) for row in rows]
    owners = tuple(each and ("private" if each == "private" else "public") for each in organisers)
    result.columns.append(Given("schools.ownership", found.path.column, found.path.text, owners))


def _main_schools(
    rows: Sequence[Row], match: Match, known: Known, codes: Sequence[str | None], result: Resolved
) -> None:
    """The main school of each row that does not count (校数 0): as given, or as its name opens.

    Where a row does not say whether it counts, the main school that it names is kept.
    """
    counted, given = match.columns.get("schools.counted"), match.roles.get("main_school")
    if counted is None and given is None:
        return
    named = match.columns["schools.name"]
    counts = [_counts(row, counted) for row in rows]
    here = [
        Place(code, cell(row, named))
        for row, code, counts_here in zip(rows, codes, counts, strict=True)
        if code and counts_here is not False
    ]
    schools = Schools([*here, *known.schools], former=known.former)
    origin = given or named
    mains: list[str | None] = []
    for position, (row, code) in enumerate(zip(rows, codes, strict=True)):
        main, said, counts_here = None, cell(row, given), counts[position]
        if counts_here is False or (counts_here is None and said not in ("", code)):
            fits, text = _main(schools, said, cell(row, named), code)
            main = fits[0].code if len(fits) == 1 else None
            if main is None:
                reason, mend = _no_main(fits, text, named=not said)
                result.problems.append(Problem(position, origin.path.column, origin.path.text, reason, mend))
        mains.append(main)
    if any(mains) or given is not None:
        result.columns.append(
            Given("schools.main_school_code", origin.path.column, origin.path.text, tuple(mains))
        )


def _counts(row: Row, counted: Found | None) -> bool | None:
    """Whether a school counts; None where the cell says nothing, or nothing that can be read."""
    if counted is None:
        return None
    text = row[counted.path.column] if counted.path.column < len(row) else None
    try:
        value = values.parse(text, dictionary.table("schools")["counted"])
    except values.CellError:
        return None
    return value if isinstance(value, bool) else None


def _main(schools: Schools, given: str, name: str, code: str | None) -> tuple[tuple[Place, ...], str]:
    if not given:
        return schools.main_of(name, own_code=code), name
    if schools.has_code(given):
        return (Place(given, given),), given
    return schools.named(given), given


def _no_main(fits: Sequence[Place], text: str, *, named: bool) -> tuple[str, str]:
    ask = "请加上「主校标识码」一列并填写。" if named else "请填主校的标识码。"
    if fits:
        return f"主校可能是{listed(fits)}", ask
    if named:
        return f"校数为 0，却找不到名称是“{text}”开头部分的主校", ask
    return f"主校“{text}”不在本表，也不在已有的学校中", ask


def _less(rows: Sequence[Row], match: Match, target: str, found: Found, result: Resolved) -> None:
    """A group's total less the parts that have columns of their own; null where a part is not known."""
    parts = [match.columns[name] for name in found.entry.less if name in match.columns]
    if not parts:
        return
    table, _, name = target.partition(".")
    column = dictionary.table(table)[name]
    rest: list[Cell] = []
    for position, row in enumerate(rows):
        try:
            total = _figure(row, found, column)
            pieces = [_figure(row, part, column) for part in parts]
        except values.CellError:
            # The total is read as it stands, so that the refusal names its own cell.
            rest.append(row[found.path.column] if found.path.column < len(row) else None)
            continue
        if total is None or any(piece is None for piece in pieces):
            rest.append(None)
            continue
        left = total - sum(piece for piece in pieces if piece is not None)
        if left < 0:
            reason = f"计 {total:g} 小于其中各项之和"
            result.problems.append(
                Problem(position, found.path.column, found.path.text, reason, "请核对这几列。")
            )
        rest.append(max(left, 0))
    result.columns.append(Given(target, found.path.column, found.path.text, tuple(rest)))


def _figure(row: Row, found: Found, column: dictionary.Column) -> float | None:
    value = values.parse(row[found.path.column] if found.path.column < len(row) else None, column)
    return float(value) if isinstance(value, int | float) else None


__all__ = ["Resolved", "resolve"]
