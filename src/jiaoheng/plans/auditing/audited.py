"""A plan beside the text that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from jiaoheng.plans.auditing.finding import Side
from jiaoheng.plans.model import Passage, Plan
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.commitments import settled
from jiaoheng.plans.reading.flow import Flow, flow
from jiaoheng.plans.reading.outline import Outline, outline
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.quantities import Figure
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import Table


@dataclass(frozen=True)
class Audited:
    """A plan and its text; `source` is None where the text is not at hand."""

    plan: Plan
    source: Source | None = None

    @cached_property
    def outline(self) -> Outline:
        """The structure of the text; empty without one."""
        return outline(self.source or Source(""), self.tables)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the text."""
        return tables.find(self.source) if self.source else ()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The running text, without its tables and the title page."""
        return tuple(each for each in self.outline.paragraphs if each.kind != "front")

    @cached_property
    def cells(self) -> tuple[Flow, ...]:
        """The cells of all tables, each once."""
        pieces = {
            cell.pieces: None for table in self.tables for row in table.rows for cell in row if cell.pieces
        }
        return tuple(flow(self.source, spans) for spans in pieces) if self.source else ()

    @cached_property
    def figures(self) -> tuple[tuple[Paragraph, tuple[Figure, ...]], ...]:
        """Each paragraph that holds figures, with all of them: promised, past or foreseen."""
        found = settled(self.paragraphs, self.plan.period)
        grouped = groupby(found, key=lambda pair: id(pair[0].flow))
        lists = [list(pairs) for _, pairs in grouped]
        by_flow = {id(paragraph.flow): paragraph for paragraph in self.paragraphs}
        return tuple((by_flow[id(pairs[0][0].flow)], tuple(figure for _, figure in pairs)) for pairs in lists)

    def part(self, flow: Flow, start: int, end: int) -> Side:
        """Characters ``start`` to ``end`` of a paragraph as a side of a finding."""
        span = flow.span(start, end)
        return self.side(span.start, span.end)

    def side(self, start: int, end: int) -> Side:
        """Characters ``start`` to ``end`` (exclusive) of the text as a side of a finding."""
        words = self.source.text[start:end] if self.source else ""
        return Side(self.plan.title, self.section(start), _one_line(words), start, end)

    def at(self, passage: Passage) -> Side:
        """Where an item of the plan stands, as a side of a finding."""
        quote = passage.quote
        if quote is None and self.source and passage.start is not None and passage.end is not None:
            quote = self.source.text[passage.start : passage.end]
        return Side(self.plan.title, passage.section, _one_line(quote or ""), passage.start, passage.end)

    def section(self, offset: int) -> str:
        """The headings above a place of the text, outermost first, joined by `` › ``."""
        found = bisect_right(self._starts, offset)
        return self._paths[found - 1] if found else ""

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in sorted(self.plan.sections, key=lambda section: section.start)]

    @cached_property
    def _paths(self) -> list[str]:
        paths, above = [], list[tuple[int, str]]()
        for section in sorted(self.plan.sections, key=lambda section: section.start):
            above = [(level, title) for level, title in above if level < section.level]
            above.append((section.level, _one_line(section.title)))
            paths.append(" › ".join(title for _, title in above))
        return paths


def _one_line(words: str) -> str:
    """`words` without line ends; of other white space one blank."""
    return " ".join("".join(line.strip() for line in words.splitlines()).split())
