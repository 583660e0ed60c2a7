"""Holds what came of a damaged book against what its draft knows: every fault as one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from jiaoheng.census.reading import ROW, Reading, Rejection
from jiaoheng.census.workbook import column_letters

from .books import REFUSED, Draft, Head, Line, Page, Spot, secrets
from .oracle import agrees, could_be

_LONGEST = 1500
"""A message is for a person: it never repeats a cell of 32,000 signs."""

_SETTLED = {
    *("stage", "school_code", "area_code", "ownership", "main_school_code", "urban_rural_code", "id_check")
}
"""Columns that a reader works out where the file has none."""

_ROWS = re.compile(r"第 ?([\d、]+)(?: 等 (\d+))? ?行")
_WHOLE_SHEET = re.compile(r"，未读取?。|这张表未导入|内容与 .* 完全相同")


@dataclass(frozen=True)
class Outcome:
    """What came of a book.

    Attributes
    ----------
    reading : what reading it gave; None where the file was refused.
    stored : the tables that an import would store, those rows left out that are refused.
    message : why the file, or all of it, was refused.
    crash : a traceback; empty where nothing crashed.
    """

    reading: Reading | None = None
    stored: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    message: str = ""
    crash: str = ""

    @property
    def kind(self) -> str:
        """In a word."""
        if self.crash:
            return "crash"
        if self.reading is None:
            return "file refused"
        if not self.reading.rejections:
            return "read whole"
        return "rows refused" if self.reading.rows_accepted else "all rows refused"


def judge(draft: Draft, outcome: Outcome) -> list[str]:
    """Everything that is wrong with what came of a draft; empty where all is right."""
    if outcome.crash:
        return [outcome.crash]
    faults = [*_leaks(outcome)]
    if outcome.message:
        faults += _message(draft, outcome.message)
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
        faults += _rejection(draft, rejection)
    faults += [fault for note in reading.notes for fault in _note(draft, note)]
    if not draft.opaque:
        for page in draft.written:
            faults += _Sheet(draft, page, reading).faults()
    return faults


def _leaks(outcome: Outcome) -> Iterator[str]:
    texts = [outcome.message]
    frames = list(outcome.stored.values())
    if outcome.reading is not None:
        texts += [rejection.message() for rejection in outcome.reading.rejections]
        texts += outcome.reading.notes
        frames += [part.data for part in outcome.reading.parts]
    for frame in frames:
        for name in frame.columns:
            if frame[name].dtype == pl.String:
                texts += [text for text in frame[name].unique() if text]
    everything = "\n".join(texts)
    for secret in secrets():
        if secret in everything:
            line = next(text for text in texts if secret in text)
            yield f"shows a person ({secret}): {line[:200]}"


def _message(draft: Draft, message: str) -> Iterator[str]:
    if draft.name not in message:
        yield f"names no file: {message[:300]}"
    yield from _readable(message)


def _readable(message: str) -> Iterator[str]:
    if not re.search("[\u4e00-\u9fff]", message) or not message.rstrip().endswith(("。", "？", "…")):
        yield f"is no Chinese sentence: {message[:300]}"
    if len(message) > _LONGEST:
        yield f"is {len(message)} signs long: {message[:100]}"
    if re.search(r"Traceback|Error\b|Exception|None\b|\bnan\b", message):
        yield f"speaks of the program: {message[:300]}"


def _rejection(draft: Draft, rejection: Rejection) -> Iterator[str]:
    said = rejection.message()
    yield from _message(draft, said)
    if not rejection.reason or not rejection.mend:
        yield f"says not how to mend: {said}"
    if rejection.row is not None and rejection.sheet == "" and draft.form in ("xlsx", "xls"):
        yield f"names no sheet: {said}"
    if (
        rejection.row is None
        and rejection.sheet
        and rejection.sheet not in {page.name for page in draft.pages}
    ):
        yield f"names a sheet that is not there: {said}"


def _note(draft: Draft, note: str) -> Iterator[str]:
    yield from _readable(note)
    if draft.file not in note:
        yield f"a note names no file: {note}"


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
        for one, other in self.draft.rivals:
            if one in stored_tags and other in stored_tags:
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
        return refused or any(_WHOLE_SHEET.search(note) for note in self._notes)

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
        # A group's total from which parts are taken is not known where a part is not.
        if value is None and head.target == "school_stages.teachers_art":
            return True
        # A column that is told not to be read gives nothing.
        return right or (value is None and self._is_told(column))

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


def _shown(line: Line) -> str:
    return " | ".join(str(spot.value)[:20] for spot in line.spots[:6])


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 120 else text[:120] + "…"


__all__ = ["Outcome", "judge"]
