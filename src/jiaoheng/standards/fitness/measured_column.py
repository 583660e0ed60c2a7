"""Reads a column of measurements: its values, which rows could not be read, and which were a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiaoheng.census.readers.heading import Path as Heading
from jiaoheng.census.reading import Rejection
from jiaoheng.census.workbook import Cell, Row, column_letters
from jiaoheng.packs.fitness_rules import FitnessInput
from jiaoheng.standards.fitness.headings import called
from jiaoheng.standards.fitness.measured import Measured, MeasuredError, read_measured

_TOLD = 8


@dataclass(frozen=True)
class MeasuredColumn:
    """What a column says.

    Attributes
    ----------
    heading : over it; None where the sheet has no such column.
    values : one a row, in the unit of what was measured; None where nothing is known.
    wrong : the rows (as in Excel) that could not be read, by reason and mend.
    guessed : the rows that could be read in two ways.
    """

    heading: Heading | None
    values: Sequence[float | None]
    wrong: Mapping[tuple[str, str], Sequence[int]]
    guessed: Sequence[int]

    def refused(self, file: str, sheet: str) -> Iterator[Rejection]:
        """One refusal for each cause, at the first row that has it."""
        for (reason, mend), rows in self.wrong.items():
            assert self.heading is not None
            more = f"（同样的共 {len(rows)} 行）" if len(rows) > 1 else ""
            cell = f"{column_letters(self.heading.column)}{rows[0]}"
            yield Rejection(file, sheet, rows[0], self.heading.text, cell, reason + more, mend)

    def notes(self) -> Iterator[str]:
        """What a user should look at."""
        if self.guessed and self.heading:
            rows = "、".join(map(str, self.guessed[:_TOLD])) + (" 等" if len(self.guessed) > _TOLD else "")
            yield (
                f"{called(self.heading)}有 {len(self.guessed)} 行只有一位小数（第 {rows} 行），"
                "按“分.秒”读，3.4 即 3 分 40 秒。请核对。"
            )


def read_column(
    rows: Sequence[Row],
    numbers: Sequence[int],
    heading: Heading | None,
    of: FitnessInput,
    untested: frozenset[str],
) -> MeasuredColumn:
    """Read a column.

    Parameters
    ----------
    rows, numbers : the rows of pupils, and their numbers in Excel.
    heading : over the column; None where there is none.
    of : what is measured.
    untested : words that say that nothing was measured.
    """
    if heading is None:
        return MeasuredColumn(None, [None] * len(rows), {}, ())
    # A million cells hold few different values; 1 and True are two of them.
    known: dict[tuple[type, Cell], Measured | MeasuredError] = {}
    values: list[float | None] = []
    wrong: dict[tuple[str, str], list[int]] = {}
    guessed: list[int] = []
    for row, number in zip(rows, numbers, strict=True):
        cell = row[heading.column] if heading.column < len(row) else None
        key = (type(cell), cell)
        if key not in known:
            known[key] = _read(cell, of, untested)
        said = known[key]
        if isinstance(said, MeasuredError):
            values.append(None)
            wrong.setdefault((said.reason, said.mend), []).append(number)
            continue
        values.append(said.value)
        if said.guessed:
            guessed.append(number)
    return MeasuredColumn(heading, values, wrong, guessed)


def _read(cell: Cell, of: FitnessInput, untested: frozenset[str]) -> Measured | MeasuredError:
    try:
        return read_measured(cell, of, untested)
    except MeasuredError as error:
        return error


__all__ = ["MeasuredColumn", "read_column"]
