"""A sheet for many rows: their XML is put together column by column, ten times faster than cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from jiaoheng.census.workbook import column_letters


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes its lower rows as columns; the upper rows are written as usual."""

    _first = 0
    _columns: Sequence[Sequence[str | float | int | None]] = ()

    def write_columns(self, first: int, columns: Sequence[Sequence[str | float | int | None]]) -> None:
        """Give the rows from ``first`` (counted from 0) on, below everything that is written otherwise.

        Parameters
        ----------
        columns : one sequence for each column, all equally long; None leaves a cell empty.
        """
        self._first, self._columns = first, columns

    def _write_dimension(self) -> None:
        height = self._first + (len(self._columns[0]) if self._columns else 0)
        width = max(len(self._columns), 1)
        self._xml_empty_tag("dimension", [("ref", f"A1:{column_letters(width - 1)}{height}")])

    def _write_rows(self) -> None:
        super()._write_rows()
        cells = [self._cells(column) for column in self._columns]
        letters = [column_letters(index) for index in range(len(cells))]
        # A row is one text with a slot for its number and one for each cell's content.
        pattern = "".join(f'<c r="{letter}%s"%s</c>' for letter in letters)
        numbers = [str(self._first + 1 + row) for row in range(len(cells[0]) if cells else 0)]
        for number, row in zip(numbers, zip(*cells, strict=True), strict=True):
            content = pattern % tuple(chain.from_iterable((number, cell) for cell in row))
            self.fh.write(f'<row r="{number}">{content}</row>')

    def _cells(self, column: Sequence[str | float | int | None]) -> list[str]:
        """What stands after the address of each cell of a column."""
        made: dict[str | float | int | None, str] = {value: self._cell(value) for value in set(column)}
        return [made[value] for value in column]

    def _cell(self, value: str | float | int | None) -> str:
        if value is None:
            return ">"
        if isinstance(value, str):
            return f' t="inlineStr"><is><t>{escape(value)}</t></is>'
        return f"><v>{value!r}</v>"
