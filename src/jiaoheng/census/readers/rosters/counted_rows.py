"""What each row of a file of persons says: the school, the stage, the result. No value is ever repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from jiaoheng import terms
from jiaoheng.census import values
from jiaoheng.census.readers.assemble import Problem, cells_of
from jiaoheng.census.readers.forms.schools import school_in, stages_of_type
from jiaoheng.census.readers.known import Known, Schools
from jiaoheng.census.readers.matching import Found, Match
from jiaoheng.census.readers.stages import stage_named, stage_of_grade
from jiaoheng.census.workbook import Cell, Row
from jiaoheng.packs.layouts import Layout, LayoutCounts


@dataclass
class Schooling:
    """The school and the stage of each row; None where a problem says why there is none."""

    codes: list[str | None] = field(default_factory=list)
    stages: list[str | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, rows: Sequence[Row], matched: Match, known: Known, layout: Layout, texts: Sequence[str]
    ) -> Self:
        """From the columns, else from what the sheet and the file are called (``texts``)."""
        result = cls()
        result.codes = _codes(rows, matched, known, texts, result)
        result.stages = _stages(rows, matched, known, layout, texts, result)
        return result


@dataclass
class Outcomes:
    """The result of each row as its index in the layout's results; None where it has none."""

    found: list[int | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Row], matched: Match, counts: LayoutCounts, numbers: Sequence[int]) -> Self:
        """From the word, else from the score."""
        result = cls()
        words = {word: index for index, each in enumerate(counts.results) for word in each.words}
        said, total = matched.roles.get("result"), matched.roles.get("score")
        differing: list[int] = []
        labels = "、".join(each.words[0] for each in counts.results)
        for position, (word, points) in enumerate(zip(_texts(rows, said), _texts(rows, total), strict=True)):
            by_word = words.get(word)
            by_points = _by_score(points, counts)
            if word in counts.none:
                result.found.append(None)
                continue
            if said is not None and word and by_word is None:
                problem = Problem(position, said.path.column, said.path.text, f"内容不是{labels}", "请改正。")
                result.problems.append(problem)
            if total is not None and points and by_points is None and not word:
                problem = Problem(
                    position, total.path.column, total.path.text, "不是分数", "请填 0 至 120 的数。"
                )
                result.problems.append(problem)
            if by_word is not None and by_points is not None and by_word != by_points:
                differing.append(numbers[position])
            result.found.append(by_points if by_word is None else by_word)
        none = sum(each is None for each in result.found) - len(result.problems)
        if none:
            result.notes.append(f"有 {none} 行没有总分和等级（免予执行、未测或缺项），不计入测试人数。")
        if differing:
            shown = "、".join(map(str, differing[:8]))
            result.notes.append(
                f"有 {len(differing)} 行的等级与总分不符（第 {shown} 行），按等级计。请核对。"
            )
        return result


_HIGHEST = 120.0
"""The highest total that the standard knows: 100 and at most 20 on top."""


def _by_score(text: str, counts: LayoutCounts) -> int | None:
    try:
        points = float(text)
    except ValueError:
        return None
    if not 0 <= points <= _HIGHEST:
        return None
    return next((index for index, each in enumerate(counts.results) if points >= each.least), None)


def _codes(
    rows: Sequence[Row], matched: Match, known: Known, texts: Sequence[str], result: Schooling
) -> list[str | None]:
    given, named = matched.columns.get("school_stages.school_code"), matched.roles.get("school")
    schools = Schools(known.schools, former=known.former)
    if given is None and named is None:
        return _one_school(rows, known, texts, result)
    if given is not None:
        said = ["".join(text.split()).removeprefix("'") for text in _texts(rows, given)]
        codes: dict[str, str | None] = {text: known.now(text) if text else None for text in set(said)}
        for old in sorted(text for text, code in codes.items() if code not in (None, text)):
            rows_of_old = said.count(old)
            result.notes.append(f"旧标识码 {old} 按变更台账记为 {codes[old]}（{rows_of_old} 行）。")
        fits = {
            text: code if not known.schools or schools.has_code(code or "") else None
            for text, code in codes.items()
        }
        origin, reason = given, "填写的学校标识码不在学校表中"
    else:
        assert named is not None
        said, origin, reason = _texts(rows, named), named, "填写的学校不在学校表中"
        found = {text: schools.named(text) if text else () for text in set(said)}
        fits = {text: places[0].code if len(places) == 1 else None for text, places in found.items()}
    for position, text in enumerate(said):
        if fits[text] is None:
            why, mend = (reason, "请先导入学校表，或改正。") if text else ("没有填写学校", "请补填。")
            result.problems.append(Problem(position, origin.path.column, origin.path.text, why, mend))
    return [fits[text] for text in said]


def _one_school(
    rows: Sequence[Row], known: Known, texts: Sequence[str], result: Schooling
) -> list[str | None]:
    """A file of one school says which in its title, its sheet or its own name."""
    for text in texts:
        who = school_in(text, known)
        if who.code:
            code = known.now(who.code)
            result.notes.append(f"没有学校一列，按名称记为 {code}。")
            return [code] * len(rows)
    reason = "看不出是哪所学校"
    mend = "请加上「学校标识码」一列，或把学校名称写进文件名、工作表名。"
    result.problems += [Problem(position, -1, "", reason, mend) for position in range(len(rows))]
    return [None] * len(rows)


def _stages(
    rows: Sequence[Row], matched: Match, known: Known, layout: Layout, texts: Sequence[str], result: Schooling
) -> list[str | None]:
    column, grade = matched.columns.get("school_stages.stage"), matched.roles.get("grade")
    said = {text: terms.lookup("stage", text) for text in set(_texts(rows, column))}
    grades = {text: stage_of_grade(terms.lookup("grade", text) or "") for text in set(_texts(rows, grade))}
    of_file = stage_named(texts, layout)
    found: list[str | None] = []
    for position, (stage_text, grade_text) in enumerate(
        zip(_texts(rows, column), _texts(rows, grade), strict=True)
    ):
        stage = (
            said[stage_text] or grades[grade_text] or of_file or _only_stage(known, result.codes[position])
        )
        found.append(stage)
        if stage is None:
            origin = grade or column
            at, heading = (origin.path.column, origin.path.text) if origin else (-1, "")
            reason, mend = "看不出学段", "请填年级编号（11 至 16、21 至 23、31 至 33）或学段。"
            result.problems.append(Problem(position, at, heading, reason, mend))
    return found


def _only_stage(known: Known, code: str | None) -> str | None:
    stages = stages_of_type(known.types.get(code or ""))
    return stages[0] if len(stages) == 1 else None


def _texts(rows: Sequence[Row], found: Found | None) -> list[str]:
    """The cells of a column as clean texts, empty where they say nothing or there is no such column."""
    if found is None:
        return [""] * len(rows)
    cells: list[Cell] = cells_of(rows, found.path.column)
    clean = {
        cell: values.clean(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
        for cell in set(cells)
    }
    return ["" if clean[cell] in values.BLANKS else clean[cell] for cell in cells]


__all__ = ["Outcomes", "Schooling"]
