"""Reads files of persons of which nothing is kept but how many there are: the fitness system's export.

Persons are counted by school, stage and result as the rows are read. An identifier serves to find a person
who stands in two rows, and is then forgotten: it is neither stored nor hashed.

All such files of an import are one count: a school may come in a file a grade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from jiaoheng.census import dictionary, values
from jiaoheng.census.readers import body as bodies
from jiaoheng.census.readers.assemble import Problem, cells_of
from jiaoheng.census.readers.known import Known
from jiaoheng.census.readers.matching import match
from jiaoheng.census.readers.rosters.counted_rows import Outcomes, Schooling
from jiaoheng.census.readers.rosters.persons import heading_block
from jiaoheng.census.reading import ROW, Part, Place, Reading, Recognised, Rejection, Source, join
from jiaoheng.census.workbook import Book, Sheet, column_letters
from jiaoheng.packs.layouts import Layout, LayoutCounts

_SCHEMA = pl.Schema(
    {
        "sheet": pl.Int32(),
        "row": pl.Int32(),
        "school": pl.String(),
        "stage": pl.String(),
        "outcome": pl.Int32(),
        "person": pl.String(),
    }
)


def recognise_counted(sheet: Sheet, layout: Layout) -> int:
    """How many headings of a sheet the layout knows; 0 where the sheet is no such file."""
    block = heading_block(sheet, layout)
    if block is None:
        return 0
    known = len(block.paths) - len(match(block.paths, layout).unknown)
    return known if known >= layout.layout.least else 0


def read_counted(books: Sequence[Book], layout: Layout, *, known: Known) -> Reading:
    """Count the persons of all these files.

    Parameters
    ----------
    books : the files; together they are one count.
    layout : the layout pack that knows their headings.
    known : the schools of the workspace.

    Returns
    -------
    Reading
        One row a school and stage, with the numbers; every row of a file counts as accepted or refused.
    """
    counts = layout.layout.counts
    assert counts is not None
    sheets = [
        _read_sheet(book, sheet, layout, known, index)
        for index, (book, sheet) in enumerate((book, sheet) for book in books for sheet in book.visible)
    ]
    rows = pl.concat([pl.DataFrame(schema=_SCHEMA), *(each.rows for each in sheets)])
    rows, twice, clashes = _once_each(rows)
    totals = _totals(rows, counts)
    firsts = rows.group_by("sheet", "school", "stage", maintain_order=True).agg(pl.col("row").min())
    return join(
        _reading(each, index, firsts, totals, twice, clashes, sheets, layout)
        for index, each in enumerate(sheets)
    )


@dataclass(frozen=True)
class _Counted:
    """What a sheet's rows are, one by one; ``numbers`` has the Excel row of every data row."""

    book: Book
    sheet: str
    rows: pl.DataFrame
    numbers: Sequence[int]
    person: tuple[int, str]
    rejections: tuple[Rejection, ...]
    refused: int
    notes: tuple[str, ...]


def _read_sheet(book: Book, sheet: Sheet, layout: Layout, known: Known, index: int) -> _Counted:
    nothing = pl.DataFrame(schema=_SCHEMA)
    block = heading_block(sheet, layout)
    if block is None:
        return _Counted(book, sheet.name, nothing, (), (0, ""), (), 0, ())
    matched = match(block.paths, layout)
    head = layout.layout
    label = min((each.path.column for each in matched.roles.values()), default=0)
    found = bodies.split(sheet.rows, block.data, label, totals=head.totals, remarks=head.notes)
    rows = [sheet.rows[position] for position in found.data]
    numbers = [position + 1 for position in found.data]
    refused = [
        Rejection(book.file, sheet.name, None, fault.path.text, "", fault.reason, fault.mend)
        for fault in matched.faults
    ]
    if not {"score", "result"} & matched.roles.keys():
        reason, mend = "没有「总分」「总分等级」，不是成绩表", "请从体质健康系统导出带总分等级的结果表。"
        refused.append(Rejection(book.file, sheet.name, None, "", "", reason, mend))
        return _Counted(book, sheet.name, nothing, numbers, (0, ""), tuple(refused), len(rows), ())
    assert head.counts is not None
    schooling = Schooling.of(rows, matched, known, layout, (sheet.name, *block.title, book.file))
    outcomes = Outcomes.of(rows, matched, head.counts, numbers)
    problems = [*schooling.problems, *outcomes.problems]
    bad = {problem.position for problem in problems}
    person = matched.roles.get("person")
    people = (
        [values.clean(cell) or None for cell in cells_of(rows, person.path.column)]
        if person
        else [None] * len(rows)
    )
    frame = pl.DataFrame(
        {
            "sheet": [index] * len(rows),
            "row": numbers,
            "school": schooling.codes,
            "stage": schooling.stages,
            "outcome": outcomes.found,
            "person": [None if one in values.BLANKS else one for one in people],
        },
        schema=_SCHEMA,
    )
    kept = frame.filter(~pl.int_range(pl.len()).is_in(sorted(bad)))
    notes = [*schooling.notes, *outcomes.notes]
    if passed := found.passed_over():
        notes.insert(0, f"不是数据、未读：{passed}。")
    if matched.unknown:
        letters = "、".join(f"{column_letters(path.column)} 列" for path in matched.unknown[:12])
        notes.append(f"没有对应的列、未读：{letters}。")
    where = f"{book.file} › {sheet.name}" if sheet.name else book.file
    return _Counted(
        book,
        sheet.name,
        kept,
        numbers,
        (person.path.column, person.path.text) if person else (0, ""),
        (*refused, *_rejections(book, sheet.name, problems, numbers)),
        len(bad),
        tuple(f"{where}：{note}" for note in notes),
    )


def _rejections(
    book: Book, sheet: str, problems: Sequence[Problem], numbers: Sequence[int]
) -> Iterator[Rejection]:
    """One refusal for each cause, at the first row that has it: a file of a wrong school has 800."""
    groups: dict[tuple[int, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.column, problem.reason, problem.mend), []).append(problem)
    for (column, reason, mend), some in groups.items():
        row = numbers[some[0].position]
        more = f"（同样的共 {len(some)} 行）" if len(some) > 1 else ""
        cell = f"{column_letters(column)}{row}" if column >= 0 else ""
        yield Rejection(book.file, sheet, row, some[0].heading, cell, reason + more, mend)


def _once_each(
    rows: pl.DataFrame,
) -> tuple[pl.DataFrame, dict[int, int], dict[tuple[int, int], tuple[int, int]]]:
    """The rows with every person once.

    Returns
    -------
    tuple
        The rows; how many of each sheet said again what another had said; for each row that another of the
        same person contradicts (sheet, row), that other.
    """
    several = rows.filter(pl.col("person").is_not_null() & pl.col("person").is_duplicated())
    twice: dict[int, int] = {}
    clashes: dict[tuple[int, int], tuple[int, int]] = {}
    drop: list[tuple[int, int]] = []
    for _, group in several.group_by("person", maintain_order=True):
        said = group.select("school", "stage", "outcome").rows()
        places = group.select("sheet", "row").rows()
        if len(set(said)) > 1:
            for place, content in zip(places, said, strict=True):
                other = next(at for at, what in zip(places, said, strict=True) if what != content)
                clashes[place] = other
            drop += places
        else:
            for sheet, _row in places[1:]:
                twice[sheet] = twice.get(sheet, 0) + 1
            drop += places[1:]
    gone = pl.DataFrame(drop, schema={"sheet": pl.Int32, "row": pl.Int32}, orient="row")
    return rows.join(gone, on=["sheet", "row"], how="anti"), twice, clashes


def _totals(rows: pl.DataFrame, counts: LayoutCounts) -> pl.DataFrame:
    """How many of each school and stage have a result, and each result."""
    numbers = [pl.col("outcome").is_not_null().sum().alias(_column(counts.everybody))]
    numbers += [
        (pl.col("outcome") == index).fill_null(False).sum().alias(_column(each.column))
        for index, each in enumerate(counts.results)
        if each.column
    ]
    return rows.group_by("school", "stage").agg(each.cast(pl.Int64) for each in numbers)


def _reading(
    counted: _Counted,
    index: int,
    firsts: pl.DataFrame,
    totals: pl.DataFrame,
    twice: Mapping[int, int],
    clashes: Mapping[tuple[int, int], tuple[int, int]],
    sheets: Sequence[_Counted],
    layout: Layout,
) -> Reading:
    """What a sheet gives: the whole count of each of its schools, so that every sheet of it is a source."""
    table = layout.layout.table
    mine = [(row, other) for (sheet, row), other in clashes.items() if sheet == index]
    rejections = [*counted.rejections, *(_clash(counted, row, sheets, other) for row, other in mine)]
    here = firsts.filter(pl.col("sheet") == index).drop("sheet")
    data = (
        here.join(totals, on=["school", "stage"], maintain_order="left")
        .rename({"school": "school_code", "row": ROW})
        .with_columns(pl.col(ROW).cast(pl.Int32))
    )
    columns = {name: "" for name in data.columns if name != ROW}
    assert set(dictionary.table(table).key) <= columns.keys()
    notes = list(counted.notes)
    where = f"{counted.book.file} › {counted.sheet}" if counted.sheet else counted.book.file
    if twice.get(index):
        notes.append(f"{where}：有 {twice[index]} 行与前面的行是同一人、内容相同，只计一次。")
    source = Source(counted.book.file, counted.book.sha256, counted.sheet, {table: columns})
    refused = counted.refused + len(mine)
    return Reading(
        parts=(Part(table, 0, data),) if data.height else (),
        sources=(source,) if counted.numbers else (),
        rejections=tuple(rejections),
        rows_read=len(counted.numbers),
        rows_accepted=len(counted.numbers) - refused,
        rows_rejected=refused,
        notes=tuple(notes),
        recognised=(_recognised(counted, layout),) if counted.numbers else (),
    )


def _recognised(counted: _Counted, layout: Layout) -> Recognised:
    head = layout.layout
    return Recognised(counted.book.file, counted.sheet, head.id, head.name, "", "", len(counted.numbers))


def _clash(counted: _Counted, row: int, sheets: Sequence[_Counted], other: tuple[int, int]) -> Rejection:
    column, heading = counted.person
    theirs = sheets[other[0]]
    cell = f"{column_letters(theirs.person[0])}{other[1]}"
    place = Place(theirs.book.file, theirs.sheet, cell, other[1])
    return Rejection(
        counted.book.file,
        counted.sheet,
        row,
        heading,
        f"{column_letters(column)}{row}",
        f"与 {place} 是同一人，学校、学段或等级却不同",
        "请核实后删去其中一行。",
    )


def _column(target: str) -> str:
    return target.partition(".")[2]


__all__ = ["read_counted", "recognise_counted"]
