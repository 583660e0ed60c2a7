"""Holds what came of a damaged book against what its draft knows: every fault as one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from jiaoheng.census.reading import ROW, Reading
from jiaoheng.census.workbook import column_letters

from . import messages
from .draft import REFUSED, Draft, Head, Line, Page, Spot
from .messages import Outcome
from .oracle import agrees, could_be, numbers_of

_SETTLED = {
    *("stage", "school_code", "area_code", "ownership", "main_school_code", "urban_rural_code"),
    *("id_check", "sex", "birth_date"),
}
"""Columns that a reader works out where the file has none."""

_ROWS = re.compile(r"第 ?([\d、]+)(?: 等 (\d+))? ?行")
_WHOLE_SHEET = re.compile(r"，未读取?。|这张表未导入|内容与 .* 完全相同")


def judge(draft: Draft, outcome: Outcome) -> list[str]:
    """Everything that is wrong with what came of a draft; empty where all is right."""
    if outcome.crash:
        return [outcome.crash]
    faults = [*messages.leaks(outcome)]
    if outcome.message:
        faults += messages.message(draft, outcome.message)
    if outcome.reading is None:
        if draft.harmless:
            faults.append(f"refused, though nothing is wrong: {outcome.message}")
        return faults
    reading = outcome.reading
    if reading.rows_read != reading.rows_accepted + reading.rows_rejected:
        faults.append(
            f"{reading.rows_read} rows read, {reading.rows_accepted} + {reading.rows_rejected} told"
        )
    for rejection in reading.rejections:
        faults += messages.rejection(draft, rejection)
    faults += [fault for note in reading.notes for fault in messages.note(draft, note)]
    if not draft.opaque:
        for page in draft.written:
            faults += _kind_of_sheet(draft)(draft, page, reading).faults()
    return faults


@dataclass(frozen=True)
class _Sheet:
    """One page of a draft, and what the reading says of it."""

    draft: Draft
    page: Page
    reading: Reading

    def faults(self) -> Iterator[str]:
        """What is wrong with its rows and its values."""
        lost, stored_tags = [], set()
        for number, line in enumerate(self.page.lines, 1):
            stored = self.rows.get(number)
            if stored and not line.tag and line.role != "foreign":
                yield f"{self.page.name} row {number} is no data ({line.role}) and is stored: {_shown(line)}"
            if not line.tag:
                continue
            if stored:
                yield from self._values(number, line, stored)
            elif number not in self.named and not self.whole:
                lost.append(number)
            stored_tags |= {line.tag} if stored else set()
            if self.draft.harmless and not line.touched and not stored:
                yield f"{self.page.name} row {number} is right and was not taken: {self._said(number)}"
        for one, other, spot in self.draft.rivals:
            if one in stored_tags and other in stored_tags and self._is_read(spot):
                yield f"{self.page.name}: rows that contradict each other are both stored: {one}, {other}"
        if len(lost) > self.unnamed:
            yield f"{self.page.name} rows {lost} are lost without a word"

    @cached_property
    def rows(self) -> dict[int, list[tuple[str, dict[str, object]]]]:
        """What is stored of each row: the tables and their values."""
        found: dict[int, list[tuple[str, dict[str, object]]]] = {}
        for part in self.reading.parts:
            if self._is_here(self.reading.sources[part.source].sheet):
                for row in part.data.iter_rows(named=True):
                    found.setdefault(row[ROW], []).append((part.table, row))
        return found

    @cached_property
    def named(self) -> set[int]:
        """The rows that refusals and notes name."""
        rows = {each.row for each in self.reading.rejections if each.row and self._is_here(each.sheet)}
        return rows | {int(row) for found in self._listed for row in found[1].split("、") if row}

    @cached_property
    def unnamed(self) -> int:
        """How many rows the notes count beyond those that they name."""
        return sum(int(found[2]) - len(found[1].split("、")) for found in self._listed if found[2])

    @cached_property
    def _listed(self) -> list[re.Match[str]]:
        return [found for note in self._notes for found in _ROWS.finditer(note)]

    @cached_property
    def _notes(self) -> list[str]:
        alone = len(self.draft.written) == 1
        return [note for note in self.reading.notes if alone or self.page.name in note]

    @cached_property
    def whole(self) -> bool:
        """Whether the sheet, or the file, was refused whole or named as not read."""
        headings = {number + 1 for number in self.page.head_rows}
        refused = any(
            (each.row is None and each.sheet in ("", self.page.name))
            or (each.row in headings and self._is_here(each.sheet))
            for each in self.reading.rejections
        )
        return refused or any(_WHOLE_SHEET.search(note) and not _ROWS.search(note) for note in self._notes)

    def _is_here(self, sheet: str) -> bool:
        return sheet == self.page.name or len(self.draft.written) == 1

    def _said(self, number: int) -> str:
        return "; ".join(each.message() for each in self.reading.rejections if each.row in (number, None))[
            :300
        ]

    def _values(
        self, number: int, line: Line, stored: Iterable[tuple[str, dict[str, object]]]
    ) -> Iterator[str]:
        fed = {head.target for head in self.page.heads}
        for table, values in stored:
            for name, value in values.items():
                target = f"{table}.{name}"
                if name == ROW or target in fed or name in _SETTLED or value is None:
                    continue
                # A column that this kind of book passes over, and another kind reads.
                if any(could_be(value, spot.value, Head(target)) for spot in line.spots):
                    continue
                yield f"{self.page.name} row {number}: {target} is {value!r}, and no column gives it"
        tables = {table for table, _ in stored}
        for column, head in enumerate(self.page.heads):
            table, _, name = head.target.partition(".")
            if not head.target or (table == "areas" and table not in tables):
                continue
            spot = line.spots[column] if column < len(line.spots) else Spot()
            found = [values.get(name) for each, values in stored if each == table]
            if not any(self._right(value, spot, head, column) for value in found or [None]):
                where = f"{self.page.name} {column_letters(column)}{number} {head.target}"
                yield f"{where}: {_short(spot.value)} became {_short(found)}; right: {_short(spot.may)}"

    def _right(self, value: object, spot: Spot, head: Head, column: int) -> bool:
        if spot.may is None:
            right = could_be(value, spot.value, head)
        else:
            right = any(agrees(value, each) for each in spot.may if each != REFUSED)
        # A group's total less its parts, and the main school of a campus, hang on other cells of the row.
        if head.target in ("school_stages.teachers_art", "schools.main_school_code"):
            return right or not self.draft.harmless
        if head.target.endswith((".sex", ".birth_date")) and self._says_nothing(column, spot):
            # An identity number says both.
            return True
        # A column that is told not to be read gives nothing.
        return right or (value is None and self._is_told(column))

    def _is_read(self, spot: Spot) -> bool:
        """Whether the column of a cell of this page is read."""
        places = (
            column for line in self.page.lines for column, each in enumerate(line.spots) if each is spot
        )
        return any(not self._is_told(column) for column in places)

    def _says_nothing(self, column: int, spot: Spot) -> bool:
        return could_be(None, spot.value, self.page.heads[column]) or self._is_told(column)

    def _is_told(self, column: int) -> bool:
        """Whether a message or a note says that the column is not read, by its heading or its letters."""
        said = [each.message() for each in self.reading.rejections if each.row is None]
        said += [note for note in self._notes if re.search("没有对应的列|不在数据字典|没有表头", note)]
        heading = "".join("".join(self.page.headings(column)[-1:]).split())
        for text in said:
            if f"{column_letters(column)} 列" in text or re.search(r"等 \d+ 列", text):
                return True
            if heading and re.search(rf"[「“›]{re.escape(heading)}[」”]", "".join(text.split())):
                return True
        return False


class _Form(_Sheet):
    """A page of an official form: its figures, each of them another, are found by what they are."""

    def faults(self) -> Iterator[str]:
        """Figures that are nowhere, or that stand nowhere in the form."""
        contradicted = any(
            "内容不一致" in each.reason and self._is_here(each.sheet) for each in self.reading.rejections
        )
        # One figure that two forms of a school contradict refuses what the form says of the school.
        if self.whole or contradicted or not self.page.data:
            return
        stored = {
            _ten_digits(float(value))
            for part in self.reading.parts
            for row in part.data.drop(ROW).iter_rows()
            for value in row
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        for number, line in enumerate(self.page.lines, 1):
            if not line.tag or number in self.named:
                continue
            for column, (head, spot) in enumerate(zip(self.page.heads, line.spots, strict=False)):
                if f"{column_letters(column)}{number}" in self._words:
                    continue
                if head.target and not self._is_stored(spot, stored) and not self._is_told(column):
                    yield f"{self.page.name} {column_letters(column)}{number}: {_short(spot.value)} is lost"
        written = {
            figure
            for page in self.draft.written
            for line in page.lines
            for spot in line.spots
            for figure in _figures(numbers_of(spot.value))
        }
        for value in stored - written:
            yield f"{self.page.name}: {value} is stored and stands nowhere"
        if self.draft.harmless and self.reading.rejections:
            yield f"is right and was refused: {self.reading.rejections[0].message()}"

    @cached_property
    def _words(self) -> set[str]:
        """The cells that the notes name as no figures."""
        return {cell for note in self._notes if "不是数字" in note for cell in re.findall(r"[A-Z]+\d+", note)}

    def _is_stored(self, spot: Spot, stored: set[float]) -> bool:
        wanted = [*numbers_of(spot.value)] if spot.may is None else list(spot.may)
        figures = _figures(each for each in wanted if isinstance(each, int | float))
        return not figures or None in wanted or bool(figures & stored)


def _figures(numbers: Iterable[float]) -> set[float]:
    """The numbers, and what they are where they are in 万元."""
    return {_ten_digits(number * factor) for number in numbers for factor in (1.0, 1e4)}


def _ten_digits(number: float) -> float:
    """The number without the error of binary fractions."""
    return float(f"{number:.10g}")


class _Counted(_Sheet):
    """A page of persons who are counted: every row is counted, or refused, or named as no data."""

    def faults(self) -> Iterator[str]:
        """Rows that nobody counts."""
        if self.whole:
            return
        known = self.reading.rows_read + len(self.named) + self.unnamed
        if known < len(self.page.data):
            yield f"{self.page.name}: of {len(self.page.data)} rows {known} are known"


def _kind_of_sheet(draft: Draft) -> type[_Sheet]:
    return _Form if draft.kind.startswith("form") else _Counted if draft.kind == "fitness" else _Sheet


def _shown(line: Line) -> str:
    return " | ".join(str(spot.value)[:20] for spot in line.spots[:6])


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 120 else text[:120] + "…"


__all__ = ["Outcome", "judge"]
