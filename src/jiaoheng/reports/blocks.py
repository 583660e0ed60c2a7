"""What a report is made of, whatever it is written as: chapters of blocks, in reading order.

Chapters are composed once; each renderer (HTML here) sets the same blocks in its own way. ``kind``
names the block to the renderer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from jiaoheng.reports.charts import Chart
from jiaoheng.reports.tables import Table


@dataclass(frozen=True)
class Sentence:
    """A whole sentence with its figures, and where they come from: year, source, coverage."""

    text: str
    cited: str = ""

    def __str__(self) -> str:
        return f"{self.text}（{self.cited}）" if self.cited else self.text


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    kind: ClassVar[str] = "paragraph"
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Points:
    """A numbered list of sentences."""

    kind: ClassVar[str] = "points"
    sentences: tuple[Sentence, ...]
    title: str = ""


@dataclass(frozen=True)
class Notice:
    """A remark that stands apart from the running text."""

    kind: ClassVar[str] = "notice"
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Figures:
    """Charts shown together; ``columns`` is how many stand side by side where there is room."""

    kind: ClassVar[str] = "figures"
    charts: tuple[Chart, ...]
    columns: int = 1


@dataclass(frozen=True)
class Choice:
    """Charts of which a reader sees one at a time and picks which."""

    kind: ClassVar[str] = "choice"
    id: str
    label: str
    charts: tuple[Chart, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Slides:
    """Charts of the same thing at one time after another: a reader slides through them.

    ``printed`` are those (from 0) that stand on paper, where nothing slides.
    """

    kind: ClassVar[str] = "slides"
    id: str
    label: str
    charts: tuple[Chart, ...]
    names: tuple[str, ...]
    printed: tuple[int, ...]

    @property
    def on_paper(self) -> tuple[Chart, ...]:
        return tuple(self.charts[place] for place in self.printed)


@dataclass(frozen=True)
class Grid:
    """A table."""

    kind: ClassVar[str] = "grid"
    table: Table


@dataclass(frozen=True)
class Status:
    """Where an indicator stands: the mark's name, and the word that says the same."""

    mark: str
    word: str


@dataclass(frozen=True)
class Line:
    """A name and what stands beside it."""

    name: str
    text: str


@dataclass(frozen=True)
class Card:
    """One indicator: three figures that matter most, more figures, its path, its sources."""

    kind: ClassVar[str] = "card"
    id: str
    title: str
    property: str
    status: Status
    sentence: str
    key: tuple[Line, ...]
    details: tuple[Line, ...]
    sources: tuple[Line, ...]
    chart: Chart | None


Block = Paragraph | Points | Notice | Heading | Figures | Choice | Slides | Grid | Card


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter. ``id`` is its anchor."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report: cover and chapters. ``warning`` stands on the cover, where nobody can miss it.

    ``issuer`` and ``created`` are what the properties of a file say of who made it, and when.
    """

    title: str
    subtitle: str
    facts: tuple[Line, ...]
    warning: str
    chapters: tuple[Chapter, ...]
    issuer: str = ""
    created: date | None = None

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in reading order."""
        found: list[Chart] = []
        for block in (block for chapter in self.chapters for block in chapter.blocks):
            if isinstance(block, Figures | Choice | Slides):
                found += block.charts
            elif isinstance(block, Card) and block.chart:
                found.append(block.chart)
        return tuple(found)
