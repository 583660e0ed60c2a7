"""Reads the workbook that a unit has filled in: every row that says something, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from jiaoheng.census import values
from jiaoheng.census.dates import date_of
from jiaoheng.census.sheets import Cell, FileError, Row, Sheet
from jiaoheng.census.workbook import open_book
from jiaoheng.plans.following.recording import STATE_WORDS, STEP_WORDS, Saying
from jiaoheng.plans.following.sheet_columns import (
    DAY,
    EVIDENCE,
    KEPT,
    NUMBER,
    RECORDED,
    REPORT_COLUMNS,
    STEP_COLUMNS,
    TITLE,
    UNIT,
    plan_named_in,
)
from jiaoheng.plans.following.states import State

_HEAD_WITHIN = 10
"""The headings stand within so many rows; people put lines above them."""

_BETWEEN_FILES, _BETWEEN_UNITS = r"[；;\n]+", r"[、，,；;\s]+"


@dataclass(frozen=True)
class Filled:
    """A row that somebody filled in.

    Attributes
    ----------
    place : file, sheet and row, for messages.
    item : the number in its first column.
    files : the names of its evidence, which lies beside the workbook.
    faults : its cells that nobody can follow, each with its place; `saying` is then not whole.
    """

    place: str
    item: str
    saying: Saying
    files: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filling:
    """A workbook that came back: the plan that it names, its rows, and what is wrong outside of them."""

    plan_title: str
    rows: tuple[Filled, ...]
    faults: tuple[str, ...]


def read_sheet(path: Path, *, by: str = "") -> Filling:
    """What a unit filled into the workbook, in the order of its rows.

    Parameters
    ----------
    by : the unit, where the workbook leaves its cell empty.

    Raises
    ------
    FileError
        It is no such workbook.
    """
    book = open_book(path)
    plan_title = ""
    rows: list[Filled] = []
    faults: list[str] = []
    for sheet in book.visible:
        opening = [_text(cell) for row in sheet.rows[:_HEAD_WITHIN] for cell in row]
        named = next((name for text in opening if (name := plan_named_in(text))), None)
        head = _head(sheet)
        if named is None or head is None:
            continue
        if named != (plan_title := plan_title or named):
            raise FileError(
                f"{book.file}：一张表是《{plan_title}》的，另一张是《{named}》的。请分成两个文件登记。"
            )
        page = _Page(f"{book.file} › {sheet.name}", sheet.rows, head, by)
        rows += page.steps() if "办理" in page.columns else page.reports()
        faults += page.faults
    if not plan_title:
        raise FileError(
            f"{book.file}：不是规划进展填报表（没有“《…》{TITLE}”的标题和「{NUMBER}」一列）。"
            "请用 jiaoheng plan follow 工作区 --workbook 文件 生成。"
        )
    return Filling(plan_title, tuple(rows), tuple(faults))


def _head(sheet: Sheet) -> int | None:
    """The row of the headings, from 0."""
    for place, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        texts = [_text(cell) for cell in row]
        if NUMBER in texts and ("状态" in texts or "办理" in texts):
            return place
    return None


@dataclass
class _Page:
    """One sheet while it is read; what is wrong goes to `faults`, until a row takes what is its own."""

    place: str
    rows: Sequence[Row]
    head: int
    by: str
    faults: list[str] = field(default_factory=list)
    columns: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        texts = [_text(cell) for cell in self.rows[self.head]]
        self.columns = {text: place for place, text in enumerate(texts) if text}

    def reports(self) -> Iterator[Filled]:
        filled = list(self._filled([column.heading for column in REPORT_COLUMNS if column.fill]))
        if not filled:
            return
        above = [cell for row in self.rows[: self.head] for cell in row]
        by, day = _words(_after(above, UNIT)) or self.by, self._day(_after(above, DAY), DAY, self.place)
        if not by:
            self._fault(self.place, UNIT, "没有填。请填写报告单位")
        if day is None and not _text(_after(above, DAY)):
            self._fault(self.place, DAY, "没有填。请填写报告日期")
        seen: dict[str, int] = {}
        for number, cells in filled:
            place, item, outside = f"{self.place} › 第 {number} 行", _words(cells[NUMBER]), len(self.faults)
            if item in seen:
                self._fault(place, NUMBER, f"“{item}”在第 {seen[item]} 行已填过。请只留一行")
            seen.setdefault(item, number)
            word = _text(cells.get("状态"))
            self._choose(word, STATE_WORDS, "状态", place)
            words = _words(cells.get("完成情况"))
            saying = Saying(
                word,
                day or date.min,
                by,
                words=words,
                percent=self._percent(cells.get("进度%"), place),
                finished=self._day(cells.get("完成日期"), "完成日期", place),
                due=self._day(cells.get("调整后期限"), "调整后期限", place),
                approved_by=_words(cells.get("批准单位")),
                document=_words(cells.get("批准文号")),
            )
            files = _parts(cells.get(EVIDENCE), _BETWEEN_FILES)
            yield Filled(place, item, saying, files, self._taken(outside))

    def steps(self) -> Iterator[Filled]:
        for number, cells in self._filled([column.heading for column in STEP_COLUMNS if column.fill]):
            if _text(cells.get(KEPT)) == RECORDED:
                continue
            place, outside = f"{self.place} › 第 {number} 行", len(self.faults)
            day = self._day(cells.get("日期"), "日期", place)
            if day is None and not _text(cells.get("日期")):
                self._fault(place, "日期", "没有填。请填写日期")
            word, by = _text(cells.get("办理")), _words(cells.get("办理单位"))
            self._choose(word, STEP_WORDS, "办理", place)
            if not by:
                self._fault(place, "办理单位", "没有填。请填写单位")
            saying = Saying(
                word,
                day or date.min,
                by,
                words=_words(cells.get("内容")),
                to=_parts(cells.get("对象"), _BETWEEN_UNITS),
                due=self._day(cells.get("整改期限"), "整改期限", place),
            )
            files = _parts(cells.get(EVIDENCE), _BETWEEN_FILES)
            yield Filled(place, _words(cells[NUMBER]), saying, files, self._taken(outside))

    def _filled(self, fill: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Cell]]]:
        """The rows in which something was filled in, each with its number from 1 and its cells by heading."""
        for number, row in enumerate(self.rows[self.head + 1 :], start=self.head + 2):
            cells = {name: row[place] if place < len(row) else None for name, place in self.columns.items()}
            if any(_text(cells.get(name)) for name in fill):
                if not _text(cells[NUMBER]):
                    self._fault(f"{self.place} › 第 {number} 行", NUMBER, "没有填。请填写任务或项目的编号")
                    continue
                yield number, cells

    def _day(self, cell: Cell, heading: str, place: str) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = _text(cell)
        day = date_of(text) if text else None
        if text and day is None:
            self._fault(place, heading, f"“{text}”不是日期。请写成 2025-09-30")
        return day

    def _percent(self, cell: Cell, place: str) -> float | None:
        text = _text(cell).rstrip("%％")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        # A cell that was typed with its sign holds 0.6 for 60 %; half a per cent nobody reports.
        if not 0 <= number <= 100 or 0 < number < 1:
            self._fault(place, "进度%", f"“{text}”不对。请填 0 至 100 的数，如 60，不带百分号")
            return None
        return number

    def _choose(self, word: str, allowed: Sequence[str], heading: str, place: str) -> None:
        if word not in allowed:
            problem = f"“{word}”不在可选的范围" if word else "没有填"
            if State.named(word) is State.LATE:
                problem = f"“{word}”由期限和报告日期算出，不能填写"
            self._fault(place, heading, f"{problem}。请从 {'、'.join(allowed)} 中选一个")

    def _taken(self, outside: int) -> tuple[str, ...]:
        """The faults since there were so many `outside` the row, which are its own."""
        own = tuple(self.faults[outside:])
        del self.faults[outside:]
        return own

    def _fault(self, place: str, heading: str, problem: str) -> None:
        self.faults.append(f"{place}「{heading}」：{problem}。")


def _after(cells: Sequence[Cell], heading: str) -> Cell:
    """The cell to the right of a label; None where the label is not there."""
    texts = [_text(cell) for cell in cells]
    place = texts.index(heading) + 1 if heading in texts else len(cells)
    return cells[place] if place < len(cells) else None


def _text(cell: Cell) -> str:
    """The text of a cell for comparing: half-width, without the spaces around it."""
    return values.clean(_words(cell))


def _words(cell: Cell) -> str:
    """The text of a cell as a person wrote it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _parts(cell: Cell, separators: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(separators, _words(cell)) if part.strip())


__all__ = ["Filled", "Filling", "read_sheet"]
