"""Reads rosters: one row a person or a class, known by the names of its headings.

Identifiers become keyed hashes and names are read past; no message repeats either. Columns are parsed as
columns, so a roster of 100,000 pupils takes a moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiaoheng import terms
from jiaoheng.census import dictionary, values
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.assemble import Draft, Given, Problem, assemble, cells_of
from jiaoheng.census.readers.heading import Block, find_block, paths_of
from jiaoheng.census.readers.known import Areas, Known, Schools
from jiaoheng.census.readers.matching import Match, match
from jiaoheng.census.readers.outside import outside
from jiaoheng.census.readers.rosters.gaps import grades_within_stages, school_of_file, sex_and_birth
from jiaoheng.census.readers.stages import stage_named, stage_of_grade
from jiaoheng.census.reading import Reading, Rejection, join
from jiaoheng.census.workbook import Book, Cell, Row, Sheet, column_letters
from jiaoheng.packs.layouts import Layout


def recognise_roster(sheet: Sheet, layout: Layout) -> int:
    """How many columns of a sheet a roster layout knows; 0 where the sheet is no such roster."""
    block = heading_block(sheet, layout)
    if block is None:
        return 0
    matched = match(block.paths, layout)
    table = dictionary.table(layout.layout.table)
    # Without its own identifier a sheet that mentions pupils is no roster of pupils.
    own = [name for name in table.key if name not in ("school_code", "stage")]
    known = set(matched.of_table(table.name))
    if "person" in matched.roles and not table.of_persons:
        return 0
    if not known.issuperset(own) or len(known) < layout.layout.least:
        return 0
    # A sheet of identity numbers may be of pupils or of teachers: what it lacks of either tells which.
    lacking = [column.name for column in table.columns if column.required and column.name not in known]
    return max(1, len(known) - len(set(lacking) - {"school_code", "stage"}))


def read_roster(
    book: Book, layout: Layout, *, known: Known | None = None, key: bytes | None = None
) -> Reading:
    """Read every sheet that is a roster of the layout's table.

    Parameters
    ----------
    book : the file.
    layout : the layout pack that knows its headings.
    known : schools and areas of the workspace, for rosters that name them without a code.
    key : the workspace's key for identifiers of persons.
    """
    readings = [_read_sheet(book, sheet, layout, known or Known(), key) for sheet in book.visible]
    if not any(reading.sources or reading.rejections for reading in readings):
        anchors = "、".join(layout.layout.anchors[:3])
        mend = f"表头中应有“{anchors}”之一；或用映射文件写明各列。"
        refused = Rejection(book.file, "", None, "", "", f"没有找到{layout.layout.name}的表头", mend)
        return Reading(rejections=(refused,))
    return join(readings)


def _read_sheet(book: Book, sheet: Sheet, layout: Layout, known: Known, key: bytes | None) -> Reading:
    where = f"{book.file} › {sheet.name}" if sheet.name else book.file
    block = heading_block(sheet, layout)
    if block is None:
        blank = not any(map(any, sheet.rows))
        return Reading(notes=() if blank else (f"{where}：没有{layout.layout.name}的表头，未读。",))
    matched = match(block.paths, layout)
    refused = [
        Rejection(book.file, sheet.name, None, fault.path.text, "", fault.reason, fault.mend)
        for fault in matched.faults
    ]
    label = min(found.path.column for found in matched.columns.values())
    head = layout.layout
    found = bodies.split(sheet.rows, block.data, label, totals=head.totals, remarks=head.notes)
    rows = [sheet.rows[position] for position in found.data]
    numbers = [position + 1 for position in found.data]
    texts = (sheet.name, *block.title, book.file)
    draft = _draft(layout, rows, numbers, matched, known, texts)
    notes = [f"{where}：{note}" for note in draft.notes]
    draft = replace(draft, notes=())
    if passed := found.passed_over():
        notes.append(f"{where}：不是数据、未读：{passed}。")
    if matched.unknown:
        notes.append(f"{where}：没有对应的列、未读：{_unknown(layout, matched)}。")
    notes += [f"{where}：{note}" for note in outside(sheet.rows, block, found.data)]
    return join([assemble(book, sheet.name, draft, key=key), Reading(rejections=tuple(refused))], notes=notes)


def heading_block(sheet: Sheet, layout: Layout) -> Block | None:
    """The headings of a roster; None where the sheet has none that the layout knows."""
    anchors = frozenset(layout.layout.anchors)
    block = find_block(sheet.rows, sheet.merges, lambda text: text in anchors)
    while block is not None and block.first < block.last:
        # A first person without an identifier looks like a row of subheadings. Those make columns known.
        paths = paths_of(sheet.rows[block.first : block.last], block.first, sheet.merges)
        if len(match(paths, layout).columns) < len(match(block.paths, layout).columns):
            break
        block = replace(block, last=block.last - 1, data=block.last, paths=paths)
    return block


def _unknown(layout: Layout, matched: Match) -> str:
    """The columns that are not read: by letter where a row shifted into the headings could be a person's."""
    paths = matched.unknown[:12]
    if dictionary.table(layout.layout.table).of_persons:
        return "、".join(f"{column_letters(path.column)} 列" for path in paths)
    return f"「{'」「'.join(path.text for path in paths)}」"


def _draft(
    layout: Layout,
    rows: Sequence[Row],
    numbers: Sequence[int],
    matched: Match,
    known: Known,
    texts: Sequence[str],
) -> Draft:
    table = layout.layout.table
    columns = {
        found.entry.column: Given(
            found.entry.column,
            found.path.column,
            found.path.text,
            cells_of(rows, found.path.column),
            found.factor,
        )
        for found in matched.columns.values()
    }
    problems: list[Problem] = []
    notes: list[str] = []
    _codes_of_names(table, columns, rows, matched, known, problems)
    school = school_of_file(table, columns, texts, known)
    if school is not None:
        notes.append(f"没有学校一列，按名称记为 {school}。")
    grades_within_stages(table, columns, stage_named(texts, layout))
    _stages_of_grades(table, columns)
    _areas_of_names(columns, known, problems)
    if note := sex_and_birth(table, columns):
        notes.append(note)
    constants = {(table, 0): {"school_code": school}} if school is not None else {}
    return Draft(numbers, tuple(columns.values()), constants=constants, problems=problems, notes=notes)


def _codes_of_names(
    table: str,
    columns: dict[str, Given],
    rows: Sequence[Row],
    matched: Match,
    known: Known,
    problems: list[Problem],
) -> None:
    """The school's code from its name, where the roster has names and no codes."""
    found = matched.roles.get("school")
    target = f"{table}.school_code"
    if found is None or target in columns:
        return
    schools = Schools(known.schools, former=known.former)
    cells = cells_of(rows, found.path.column)
    fits = {cell: schools.named(values.clean(cell)) for cell in set(cells)}
    codes: list[Cell] = [fits[cell][0].code if len(fits[cell]) == 1 else None for cell in cells]
    columns[target] = Given(target, found.path.column, found.path.text, codes)
    for position, (cell, code) in enumerate(zip(cells, codes, strict=True)):
        if code is None:
            several = "、".join(place.code for place in fits[cell])
            if dictionary.table(table).of_persons:
                name = "填写的学校"
            else:
                name = f"名为“{values.clean(cell)[:30]}”的学校"
            reason = name + (f"有几所（{several}）" if several else "不在学校表中")
            mend = "请在表中加上「学校标识码」一列，或先导入学校表。"
            problems.append(Problem(position, found.path.column, found.path.text, reason, mend))


def _stages_of_grades(table: str, columns: dict[str, Given]) -> None:
    """The stage from the grade, where the roster does not say it."""
    target, grades = f"{table}.stage", columns.get(f"{table}.grade")
    if target in columns or grades is None:
        return
    stages = {
        cell: stage_of_grade(terms.lookup("grade", values.clean(cell)) or "") for cell in set(grades.cells)
    }
    columns[target] = Given(target, grades.origin, grades.heading, [stages[cell] for cell in grades.cells])


def _areas_of_names(columns: dict[str, Given], known: Known, problems: list[Problem]) -> None:
    """The code of the town where a pupil lives, from its name."""
    target, areas = "pupils.home_area", Areas(known.areas)
    given = columns.get(target)
    if given is None or not areas:
        return
    texts = {cell: values.clean(cell) for cell in set(given.cells)}
    codes = {cell: areas.find(text) for cell, text in texts.items()}
    for position, cell in enumerate(given.cells):
        if codes[cell] is None and texts[cell] not in values.BLANKS:
            mend = "请改正，或先在镇街表中加上它。"
            problems.append(Problem(position, given.origin, given.heading, "不在本县的镇街表中", mend))
    columns[target] = Given(target, given.origin, given.heading, [codes[cell] for cell in given.cells])


__all__ = ["heading_block", "read_roster", "recognise_roster"]
