"""Reads the wide school-level export: one row a school, one file a stage, headings of several merged rows.

Each row gives a row of ``schools`` and one of ``school_stages``. A nine-year school stands in the 小学 and
in the 初中 file with the same buildings: both give the same row of ``schools``, and where they contradict
each other, joining the readings says so with both places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiaoheng.census import dictionary
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.assemble import Constant, Draft, Given, assemble, cells_of
from jiaoheng.census.readers.heading import Block, find_block
from jiaoheng.census.readers.known import Known
from jiaoheng.census.readers.matching import Match, match
from jiaoheng.census.readers.outside import outside
from jiaoheng.census.readers.resolve import resolve
from jiaoheng.census.readers.school_codes import cell
from jiaoheng.census.readers.school_parts import parts_of_schools, with_names
from jiaoheng.census.readers.stages import stage_named
from jiaoheng.census.reading import Reading, Rejection, join
from jiaoheng.census.workbook import Book, Row, Sheet
from jiaoheng.packs.layouts import Layout

_ADD_UP = ("人", "个", "m2", "yuan", "册", "台", "间")
"""Units whose figures a total row sums."""


def recognise_wide(sheet: Sheet, layout: Layout) -> int:
    """How many headings of a sheet a wide layout knows, those it reads past too; 0 where the sheet is no
    wide export."""
    block = _block(sheet, layout)
    if block is None:
        return 0
    fixed = layout.layout.constants.get("school_stages.stage")
    stage = fixed or stage_named((sheet.name, *block.title), layout)
    matched = match(block.paths, layout, stage=stage)
    named = "schools.name" in matched.columns
    figures = [
        name for name in matched.columns if name.startswith("school_stages.") or name.endswith("_area")
    ]
    enough = len(matched.columns) + len(matched.roles) >= layout.layout.least
    return len(block.paths) - len(matched.unknown) if named and figures and enough else 0


def read_wide(book: Book, layout: Layout, *, known: Known | None = None, stage: str | None = None) -> Reading:
    """Read every sheet of a wide export.

    Parameters
    ----------
    book : the file.
    layout : the layout pack that knows its headings.
    known : schools and areas of the workspace, for files that name them without a code.
    stage : the stage of all rows; else it is taken from a 学段 column, the sheet's name, the title, the
    file's name.

    Returns
    -------
    Reading
        A sheet without headings that the layout knows becomes a note, or a rejection where no sheet has any.
    """
    readings = [_read_sheet(book, sheet, layout, known or Known(), stage) for sheet in book.visible]
    if not any(reading.sources or reading.rejections for reading in readings):
        anchors = "、".join(layout.layout.anchors[:3])
        refused = _refuse(book, "", "", "没有找到表头", f"表头中应有“{anchors}”之一；或用映射文件写明各列。")
        return Reading(rejections=(refused,), notes=tuple(note for each in readings for note in each.notes))
    return join(readings)


def _read_sheet(book: Book, sheet: Sheet, layout: Layout, known: Known, stage: str | None) -> Reading:
    where = _place(book, sheet)
    block = _block(sheet, layout)
    if block is None:
        return Reading(notes=(f"{where}：没有学校级表头，未读。",) if any(map(any, sheet.rows)) else ())
    head = layout.layout
    fixed = head.constants.get("school_stages.stage")
    stage = fixed or stage or stage_named((sheet.name, *block.title, book.file), layout)
    matched = match(block.paths, layout, stage=stage)
    refused = [
        _refuse(book, sheet.name, fault.path.text, fault.reason, fault.mend) for fault in matched.faults
    ]
    name = matched.columns.get("schools.name")
    if name is None:
        refused.append(_refuse(book, sheet.name, "", "表头中没有学校名称", "请补上「学校名称」一列。"))
        return Reading(rejections=tuple(refused))
    found = bodies.split(sheet.rows, block.data, name.path.column, totals=head.totals, remarks=head.notes)
    parts = {} if fixed else parts_of_schools(sheet.rows, found.data, matched)
    by_row = matched.columns.get("school_stages.stage")
    if stage is None and by_row is None and not parts.keys() >= set(found.data):
        mend = "请在文件名或工作表名中写明（如“小学”），或加上「学段」一列。"
        refused.append(_refuse(book, sheet.name, "", "看不出是哪个学段", mend))
        return Reading(rejections=tuple(refused))
    groups = _by_stage(sheet.rows, found.data, matched, stage, parts)
    readings = []
    for each, positions in groups.items():
        matched_here = match(block.paths, layout, stage=each)
        rows = with_names(sheet.rows, positions, matched_here, parts)
        numbers = [position + 1 for position in positions]
        readings.append(_read_group(book, sheet, rows, numbers, matched_here, known, each, head.constants))
    notes = [*_notes(sheet.rows, found, matched), *outside(sheet.rows, block, found.data)]
    notes = [f"{where}：{note}" for note in notes]
    return join([*readings, Reading(rejections=tuple(refused))], notes=notes)


def _block(sheet: Sheet, layout: Layout) -> Block | None:
    anchors = frozenset(layout.layout.anchors)
    return find_block(sheet.rows, sheet.merges, lambda text: text in anchors)


def _by_stage(
    rows: Sequence[Row],
    data: Sequence[int],
    matched: Match,
    stage: str | None,
    parts: Mapping[int, tuple[str, str]],
) -> dict[str | None, list[int]]:
    """The data rows by stage: all the same, unless a 学段 column or a name (小学部) says otherwise."""
    column = matched.columns.get("school_stages.stage")
    if column is None:
        by_name: dict[str | None, list[int]] = {}
        for position in data:
            by_name.setdefault(parts[position][0] if position in parts else stage, []).append(position)
        return by_name or {stage: []}
    groups: dict[str | None, list[int]] = {}
    for position in data:
        said = cell(rows[position], column)
        # What is no stage keeps None: reading the cell refuses it.
        each = stage_named((said,), None) if said else stage
        groups.setdefault(each, []).append(position)
    return groups


def _read_group(
    book: Book,
    sheet: Sheet,
    rows: Sequence[Row],
    numbers: Sequence[int],
    matched: Match,
    known: Known,
    stage: str | None,
    fixed: Mapping[str, str],
) -> Reading:
    """The rows of one stage."""
    resolved = resolve(rows, matched, known)
    columns = {
        target: Given(
            target, found.path.column, found.path.text, cells_of(rows, found.path.column), found.factor
        )
        for target, found in matched.columns.items()
    }
    columns |= {each.target: each for each in resolved.columns}
    columns["school_stages.school_code"] = replace(
        columns["schools.school_code"], target="school_stages.school_code"
    )
    constants: dict[tuple[str, int], dict[str, Constant]] = {}
    for target, value in {**fixed, **({"school_stages.stage": stage} if stage else {})}.items():
        columns.pop(target, None)
        table, _, column = target.partition(".")
        constants.setdefault((table, 0), {})[column] = value
    if resolved.new_areas:
        area = columns["schools.area_code"]
        columns["areas.area_code"] = replace(area, target="areas.area_code")
        columns["areas.name"] = replace(area, target="areas.name")
    draft = Draft(
        numbers=numbers,
        columns=tuple(columns.values()),
        constants=constants,
        problems=resolved.problems,
        notes=[f"{_place(book, sheet)}：{note}" for note in resolved.notes],
        distinct=frozenset({"areas"}),
    )
    return assemble(book, sheet.name, draft)


def _notes(rows: Sequence[Row], found: bodies.Body, matched: Match) -> list[str]:
    notes = []
    if passed := found.passed_over():
        notes.append(f"不是数据、未读：{passed}。")
    if matched.unknown:
        shown = "」「".join(path.text for path in matched.unknown[:12])
        more = f"等 {len(matched.unknown)} 列" if len(matched.unknown) > 12 else ""
        notes.append(f"没有对应的列、未读：「{shown}」{more}。")
    columns = []
    for target, each in matched.columns.items():
        table, _, name = target.partition(".")
        column = dictionary.table(table)[name]
        if column.unit in _ADD_UP and column.type in ("integer", "number"):
            columns.append(bodies.Summed(each.path.column, column, each.path.text, each.factor))
    return [*notes, *bodies.check_totals(rows, found, columns)]


def _place(book: Book, sheet: Sheet) -> str:
    return f"{book.file} › {sheet.name}" if sheet.name else book.file


def _refuse(book: Book, sheet: str, heading: str, reason: str, mend: str) -> Rejection:
    return Rejection(book.file, sheet, None, heading, "", reason, mend)


__all__ = ["read_wide", "recognise_wide"]
