"""Gathers the values of one form into rows of census tables, with the cell that each came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from jiaoheng import terms
from jiaoheng.census import dictionary, values
from jiaoheng.census.formula_faults import FAULTS
from jiaoheng.census.readers.forms.columns import FieldValue
from jiaoheng.census.readers.forms.finding import Form
from jiaoheng.census.readers.forms.matching import At, Hit
from jiaoheng.census.reading import ROW, Part, Reading, Recognised, Rejection, Source
from jiaoheng.census.rows import POLARS_TYPES
from jiaoheng.census.workbook import Book, Cell, Sheet, column_letters

_CELLS = "form_cells"
_Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Stored:
    """A value and its place: the row of the sheet from 0, and the address."""

    value: values.Value
    position: int
    address: str


@dataclass
class Records:
    """What one form gives.

    Parameters
    ----------
    code : the school's code, or the county's for a form of the county.
    stages : the stages of the school, the lowest first. Of another stage a form gives something only where
        it says more than blanks and zeros (a class attached to the school).
    """

    book: Book
    sheet: Sheet
    form: Form
    code: str
    stages: Sequence[str]
    _rows: dict[_Key, dict[str, _Stored]] = field(default_factory=dict)
    _rest: list[tuple[At, str, float]] = field(default_factory=list)
    _rejections: list[Rejection] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _undivided: list[str] = field(default_factory=list)
    _homeless: int = 0

    def take_fields(self, found: Iterable[FieldValue]) -> None:
        """Take what stands beside labels."""
        for each in found:
            if each.error is not None:
                self._refuse(each.position, each.column, each.label, each.error.reason, each.error.mend)
            elif (key := self._key(each.target, None)) is not None:
                name = each.target.partition(".")[2]
                self._store(key, name, each.value, each.position, each.column)

    def take_cells(self) -> None:
        """Take the cells of the table."""
        match = self.form.match
        for doubt in match.doubts:
            self._refuse(doubt.cell.position, doubt.cell.column, doubt.cell.text, doubt.reason, doubt.mend)
        lacking = {hit.stage for hit in match.hits if hit.stage} | {
            cell.stage for cell in match.rest if cell.stage
        }
        lacking -= {*self.form.stages(self.sheet.rows), *self.stages}
        for hit in match.hits:
            if hit.stage not in lacking:
                self._take_hit(hit)
        for target, parts in self.form.layout.less.items():
            self._take_less(target, parts)
        for cell in match.rest:
            if cell.stage not in lacking:
                self._keep(cell, cell.stage)

    def notes(self) -> list[str]:
        """Remarks for the user."""
        where = f"{self.book.file} › {self.sheet.name}" if self.sheet.name else self.book.file
        found = []
        if self._words:
            more = f"等 {len(self._words)} 格" if len(self._words) > 6 else ""
            found.append(f"{where}：不是数字、未读：{'、'.join(self._words[:6])}{more}。")
        if self._undivided:
            zh = "、".join(dict.fromkeys(self._undivided))
            why = "学校有几个学段，表中不分学段的" if len(self.stages) > 1 else "看不出学段的"
            found.append(f"{where}：{why}“{zh}”只存入报表细项。")
        if self._homeless:
            why = "县表没有细项" if self.form.layout.layout.subject == "county" else "看不出学校有哪些学段"
            found.append(f"{where}：{why}，有 {self._homeless} 个没有对应列的数未存。")
        return found

    def reading(self, school: str, notes: Sequence[str]) -> Reading:
        """The reading; rows with a fault give nothing."""
        bad = {rejection.row for rejection in self._rejections if rejection.row is not None}
        sources: list[dict[str, dict[str, str]]] = []
        parts: list[tuple[int, str, pl.DataFrame]] = []
        for (table, key), row in self._rows.items():
            kept = {name: each for name, each in row.items() if each.position + 1 not in bad}
            if kept:
                parts.append((_source(sources, table, key, kept), table, _frame(table, key, kept)))
        cells = [each for each in self._rest if each[0].position + 1 not in bad]
        if cells:
            parts.append((self._cell_source(sources, cells), _CELLS, self._cell_frame(cells)))
        read = self._read_rows()
        label = self.form.layout.layout.label
        stages = "、".join(dict.fromkeys(terms.label("stage", stage) for stage in self._stages_given()))
        return Reading(
            parts=tuple(Part(table, source, data) for source, table, data in parts),
            sources=tuple(
                Source(self.book.file, self.book.sha256, self.sheet.name, columns) for columns in sources
            ),
            rejections=tuple(sorted(self._rejections, key=lambda each: (each.row or 0, each.cell))),
            rows_read=len(read),
            rows_accepted=len(read - bad),
            rows_rejected=len(read & bad),
            notes=tuple(notes),
            recognised=(
                Recognised(
                    self.book.file, self.sheet.name, self.form.layout.id, label, school, stages, len(read)
                ),
            ),
        )

    def _take_hit(self, hit: Hit) -> None:
        table, _, name = hit.target.partition(".")
        column = dictionary.table(table)[name]
        key = self._key(hit.target, hit.stage)
        if key is None:
            if table == "school_stages":
                self._undivided.append(column.zh)
            for cell in hit.cells:
                self._keep(cell, hit.stage)
            return
        figures: list[values.Value] = []
        for cell, factor in zip(hit.cells, hit.factors, strict=True):
            try:
                figures.append(values.parse(self._raw(cell), column, factor=factor))
            except values.CellError as error:
                self._refuse(cell.position, cell.column, cell.text, error.reason, error.mend)
                return
        value = figures[0] if len(figures) == 1 else _sum(figures)
        places = "+".join(f"{column_letters(cell.column)}{cell.position + 1}" for cell in hit.cells)
        self._rows.setdefault(key, {})[name] = _Stored(value, hit.cells[0].position, places)

    def _take_less(self, target: str, parts: Sequence[str]) -> None:
        """A total less the parts that have columns of their own; unknown where a part is."""
        table, _, name = target.partition(".")
        for (own, _), row in self._rows.items():
            total = row.get(name) if own == table else None
            pieces = [row[part] for each in parts if (part := each.partition(".")[2]) in row]
            if total is None or not pieces:
                continue
            figures = [each.value for each in (total, *pieces)]
            if not all(isinstance(figure, int | float) for figure in figures):
                row[name] = _Stored(None, total.position, total.address)
                continue
            whole, *rest = [float(figure) for figure in figures if isinstance(figure, int | float)]
            left = whole - sum(rest)
            if left < 0:
                self._rejections.append(
                    Rejection(
                        self.book.file,
                        self.sheet.name,
                        total.position + 1,
                        dictionary.table(table)[name].zh,
                        total.address,
                        f"计 {whole:g} 小于其中各项之和",
                        "请核对这几列。",
                    )
                )
                continue
            kind = dictionary.table(table)[name].type
            value = int(left) if kind == "integer" else left
            row[name] = _Stored(value, total.position, total.address)

    def _keep(self, cell: At, stage: str | None) -> None:
        """A figure that leads to no column; a word is named in the notes."""
        raw = self._raw(cell)
        if isinstance(raw, str) and raw in FAULTS:
            self._refuse(
                cell.position,
                cell.column,
                cell.text,
                f"公式的结果是 {raw}",
                "请改正公式，或直接填数；在 Excel 中保存后再导入。",
            )
            return
        try:
            value = values.parse(raw, dictionary.table(_CELLS)["value"])
        except values.CellError:
            self._words.append(f"{column_letters(cell.column)}{cell.position + 1}")
            return
        own = stage or (self.stages[0] if self.stages else None)
        if not isinstance(value, int | float):
            return
        if own is None or self.form.layout.layout.subject == "county":
            self._homeless += 1
        else:
            self._rest.append((cell, own, float(value)))

    def _key(self, target: str, stage: str | None) -> _Key | None:
        """The row of a census table that a value belongs to; None where its stage cannot be told."""
        table = target.partition(".")[0]
        if table in ("schools", "county"):
            return table, (self.code,)
        if stage is None and len(self.stages) == 1 and not self._is_divided(target):
            stage = self.stages[0]
        if stage is None:
            return None
        return table, (stage,) if table == "county_stages" else (self.code, stage)

    def _is_divided(self, target: str) -> bool:
        """Whether rows of stages give the column: what stands outside them is then a total of no stage."""
        return any(hit.stage is not None and hit.target == target for hit in self.form.match.hits)

    def _store(self, key: _Key, name: str, value: values.Value, position: int, column: int) -> None:
        if name not in dictionary.table(key[0]).key:
            address = f"{column_letters(column)}{position + 1}"
            self._rows.setdefault(key, {})[name] = _Stored(value, position, address)

    def _refuse(self, position: int, column: int, heading: str, reason: str, mend: str) -> None:
        address = f"{column_letters(column)}{position + 1}"
        self._rejections.append(
            Rejection(self.book.file, self.sheet.name, position + 1, heading, address, reason, mend)
        )

    def _raw(self, cell: At) -> Cell:
        row = self.sheet.rows[cell.position]
        return row[cell.column] if cell.column < len(row) else None

    def _read_rows(self) -> set[int]:
        """The rows of the sheet that the form has, as Excel counts them."""
        lines = {line.position + 1 for line in self.form.table.lines} if self.form.table else set()
        given = {each.position + 1 for row in self._rows.values() for each in row.values()}
        return lines | given | {each.row for each in self._rejections if each.row is not None}

    def _stages_given(self) -> list[str]:
        found = [key[-1] for table, key in self._rows if table in ("school_stages", "county_stages")]
        return found or [cell.stage for cell, _, _ in self._rest[:1] if cell.stage]

    def _cell_source(
        self, sources: list[dict[str, dict[str, str]]], cells: Sequence[tuple[At, str, float]]
    ) -> int:
        """Letters stand under the heading of the sheet's column, which is part of each figure's key."""
        upright = self._is_upright()
        letters = {
            (cell.heading if upright else cell.row): column_letters(cell.column) for cell, _, _ in cells
        }
        return _place(sources, _CELLS, letters)

    def _cell_frame(self, cells: Sequence[tuple[At, str, float]]) -> pl.DataFrame:
        head = self.form.layout.layout
        form = head.code or head.name
        rows = [
            (self.code, stage, form, cell.row, cell.heading, value, cell.position + 1)
            for cell, stage, value in cells
        ]
        names = dictionary.table(_CELLS).columns
        schema = {column.name: POLARS_TYPES[column.type] for column in names} | {ROW: pl.Int32()}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _is_upright(self) -> bool:
        table = self.form.table
        if table is None or not self.form.match.rest:
            return True
        cell = self.form.match.rest[0]
        path = next(path for path in table.columns if path.column == cell.column)
        return cell.column_levels == path.levels


def _sum(figures: Sequence[values.Value]) -> values.Value:
    """The sum of several cells; missing where one of them is: missing is not zero."""
    numbers = [figure for figure in figures if isinstance(figure, int | float)]
    return sum(numbers) if len(numbers) == len(figures) else None


def _source(
    sources: list[dict[str, dict[str, str]]], table: str, key: Sequence[str], row: dict[str, _Stored]
) -> int:
    letters = dict.fromkeys(dictionary.table(table).key, "")
    return _place(sources, table, letters | {name: each.address for name, each in row.items()})


def _place(sources: list[dict[str, dict[str, str]]], table: str, letters: dict[str, str]) -> int:
    """The first source of the sheet that says nothing of the table yet."""
    for index, known in enumerate(sources):
        if known.setdefault(table, letters) is letters:
            return index
    sources.append({table: letters})
    return len(sources) - 1


def _frame(table: str, key: Sequence[str], row: dict[str, _Stored]) -> pl.DataFrame:
    columns = dictionary.table(table)
    given: dict[str, values.Value] = dict(zip(columns.key, key, strict=True))
    given |= {name: each.value for name, each in row.items()}
    data: list[pl.Series] = [
        pl.Series(name, [value], dtype=POLARS_TYPES[columns[name].type]) for name, value in given.items()
    ]
    first = min(each.position for each in row.values())
    return pl.DataFrame([*data, pl.Series(ROW, [first + 1], dtype=pl.Int32)])


__all__ = ["Records"]
