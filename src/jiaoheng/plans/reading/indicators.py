"""The rows of indicator tables as indicators of the plan: linked, each named once, doubts as questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from jiaoheng.packs import Catalogue
from jiaoheng.plans.model import Indicator, Passage, Period
from jiaoheng.plans.reading.doubts import Question
from jiaoheng.plans.reading.linking import Link, link
from jiaoheng.plans.reading.outline import Outline, printed
from jiaoheng.plans.reading.settling import Said, settled
from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import Table
from jiaoheng.plans.reading.tables import indicators as in_table
from jiaoheng.plans.reading.tables.columns import when
from jiaoheng.plans.reading.tables.indicators import ReadIndicator, TableDoubt
from jiaoheng.plans.reading.tasks.units import units

_FORESEEN = re.compile(r"人口|出生|户籍人数")


class Indicators:
    """What the indicator tables of a document gave: the indicators, and what a person must settle."""

    def __init__(
        self,
        source: Source,
        outline: Outline,
        period: Period,
        catalogue: Catalogue | None,
        answered: Callable[[Question], str | None],
    ) -> None:
        self._source, self._outline, self._period = source, outline, period
        self._catalogue, self._answered = catalogue, answered
        self._names: Counter[str] = Counter()
        self.found: list[Indicator] = []
        self.questions: list[Question] = []

    def add(self, table: Table, number: int) -> None:
        """Read the rows of `table`, the document's table of that number."""
        rows = in_table.read(table, self._period)
        repeated = Counter(row.name for row in rows)
        for row in rows:
            self._add(table, number, row, repeated[row.name] > 1)

    def _add(self, table: Table, number: int, row: ReadIndicator, repeated: bool) -> None:
        ident = self._named(f"{row.group}·{row.name}" if repeated and row.group else row.name)
        passage = self._passage(table, number, row)
        said = Said(row.targets, row.baseline, row.cumulative)
        for doubt in (*row.doubts, *_untargeted(row, self._period)):
            question, year = self._question(table, row, ident, passage, doubt)
            self.questions.append(question)
            answer = self._answered(question)
            if answer is not None:
                said = settled(said, doubt.about, year, answer)
        found = self._link(row)
        self.found.append(
            Indicator(
                id=ident,
                group=row.group,
                name=row.name,
                unit=row.unit,
                role="projection" if _FORESEEN.search(row.name) and row.unit in ("人", "") else "goal",
                property=row.property,
                measure=found.measure,
                stage=found.stage,
                unlinked=found.unlinked,
                cumulative=said.cumulative,
                baseline=said.baseline,
                targets=said.targets,
                responsible=units(row.owners),
                passage=passage,
            )
        )

    def _link(self, row: ReadIndicator) -> Link:
        if self._catalogue is None:
            return Link(unlinked="读入时没有给出口径库。如有对应的口径，请在 measure 填写它的编号。")
        return link(row.name, row.unit, row.group, self._catalogue)

    def _named(self, name: str) -> str:
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name}-{self._names[name]}"

    def _passage(self, table: Table, number: int, row: ReadIndicator) -> Passage:
        way = [*self._outline.at(table.span.start), table.title or f"第 {number} 张表"]
        return Passage(
            section=" › ".join(way),
            row=row.row,
            quote=printed(self._source, [row.span])[:200],
            start=row.span.start,
            end=row.span.end,
            confidence=row.confidence,
        )

    def _question(
        self, table: Table, row: ReadIndicator, ident: str, passage: Passage, doubt: TableDoubt
    ) -> tuple[Question, int]:
        year = self._year(table, row.row, doubt.span)
        place = passage.model_copy(
            update={
                "quote": f"{row.name} {printed(self._source, [doubt.span])}",
                "start": doubt.span.start,
                "end": doubt.span.end,
            }
        )
        about = f"indicators/{ident}/{doubt.about}/{year}"
        return Question(about, doubt.question, doubt.options, place), year

    def _year(self, table: Table, row: int, span: Span) -> int:
        for column, cell in zip(table.columns, table.rows[row - 1], strict=True):
            if cell.span == span:
                return when(column, self._period).year
        return self._period.end


def _untargeted(row: ReadIndicator, period: Period) -> tuple[TableDoubt, ...]:
    """The question that a row asks whose cell for the target is empty: it is told, not left out."""
    if row.targets or any(doubt.about == "target" for doubt in row.doubts):
        return ()
    question = f"「{row.name}」没有印出 {period.end} 年的目标。目标值是多少？"
    return (TableDoubt("target", question, ("没有目标",), row.span),)


def structure_question(table: Table, number: int, section: Sequence[str]) -> Question:
    """Whether a table whose structure was guessed was read rightly."""
    name = table.title or f"第 {number} 张表"
    way = " › ".join([*section, name])
    passage = Passage(
        section=way, quote=name, start=table.span.start, end=table.span.end, confidence=round(table.sure, 2)
    )
    return Question(
        about=f"tables/{name}",
        question=f"表「{name}」的结构（{len(table.rows)} 行、{len(table.columns)} 列）是推断的，请对照原文。",
        options=("无误", "有误"),
        passage=passage,
    )
