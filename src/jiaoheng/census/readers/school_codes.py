"""The school's code of each row of a wide export: as given, or by the school's name.

Nobody takes one school for another: where a name is not exactly that of one known school, the user is shown
which it is most like, and decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jiaoheng.census import dictionary, values
from jiaoheng.census.readers.assemble import Given, Problem, cells_of
from jiaoheng.census.readers.known import Known, Place, Schools
from jiaoheng.census.readers.matching import Found, Match
from jiaoheng.census.workbook import Row

_SCHOOL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{2,23}")


def school_codes(
    rows: Sequence[Row], match: Match, known: Known
) -> tuple[Given, list[str | None], list[Problem]]:
    """The code of each row, None where a problem says why there is none.

    Returns
    -------
    tuple
        The codes as the column ``schools.school_code``, as a list, and the problems.
    """
    given, named = match.columns.get("schools.school_code"), match.columns.get("schools.name")
    schools = Schools(known.schools, former=known.former)
    origin = given or named
    assert origin is not None
    codes: list[str | None] = []
    problems: list[Problem] = []

    def refuse(position: int, at: Found, reason: str, mend: str) -> None:
        problems.append(Problem(position, at.path.column, at.path.text, reason, mend))

    said, faults = _codes_given(rows, given)
    for position, row in enumerate(rows):
        code, name = said[position], cell(row, named)
        if named is not None and not name:
            refuse(position, named, "没有填写学校名称", "请补填。")
        if fault := faults.get(position):
            refuse(position, origin, fault.reason, fault.mend)
        elif code and not _SCHOOL_CODE.fullmatch(code):
            refuse(position, origin, f"“{code[:30]}”不是学校标识码", "请改为 10 位标识码。")
        elif not code:
            fits = schools.named(name) if name else ()
            code = fits[0].code if len(fits) == 1 else None
            if code is None:
                refuse(position, origin, *_no_code(schools, name, fits, column=given is not None))
        codes.append(code)
    column = Given("schools.school_code", origin.path.column, origin.path.text, tuple(codes))
    return column, codes, problems


def cell(row: Row, found: Found | None) -> str:
    """The cleaned text of a row's cell; empty where it says nothing."""
    if found is None or found.path.column >= len(row):
        return ""
    text = values.clean(row[found.path.column])
    return "" if text in values.BLANKS else text


def listed(places: Sequence[Place]) -> str:
    """Schools or areas by name and code, for a message."""
    return "、".join(f"“{place.name}”（{place.code}）" for place in places[:5])


def _no_code(schools: Schools, name: str, fits: Sequence[Place], *, column: bool) -> tuple[str, str]:
    """Why a row without a code cannot be read, and how to mend it."""
    ask = "请填写学校标识码。" if column else "请在表中加上「学校标识码」一列。"
    if fits:
        return f"没有学校标识码，而名为“{name}”的学校有{listed(fits)}", ask
    like = schools.like(name) if name else ()
    if not like:
        return "没有学校标识码", ask
    return (
        f"没有学校标识码，也没有名为“{name}”的学校，最像的是{listed(like)}",
        f"若是同一所，请运行 jiaoheng changes 工作区 confirm {like[0].code}={name} --year 年份 --by 姓名，"
        f"再重新导入；若不是，{ask}",
    )


def _codes_given(
    rows: Sequence[Row], given: Found | None
) -> tuple[Sequence[str | None], Mapping[int, values.CellError]]:
    """The codes as the column of codes has them, and the cells that are none."""
    if given is None:
        return [None] * len(rows), {}
    column = dictionary.table("schools")["school_code"]
    codes, faults = values.parse_column(cells_of(rows, given.path.column), column)
    return [str(code) if code is not None else None for code in codes], faults


__all__ = ["cell", "listed", "school_codes"]
