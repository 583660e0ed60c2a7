"""What a plan says, as data: indicators with their targets and paths, commitments, tasks, projects.

Everything names the passage of the document that it came from, so that a person can check it and a program
that reads documents can fill it in. Values stand in base units (45000 人, not 4.5 万人); percentages as
printed.
"""

from __future__ import annotations

import builtins
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Strict, Tag, model_validator

from jiaoheng.terms import ProjectKind, Stage

Comparator = Literal[
    ">=", ">", "=", "<", "<=", "~", "range", "increase_to", "increase_by", "decrease_to", "decrease_by"
]
"""How a figure binds. ``=`` is a bare figure, ``~`` is 左右 or 约, ``range`` runs from value to value_max."""


def _year(value: int) -> int:
    if not 1949 <= value <= 2100:
        raise ValueError(f"年份 {value} 不在 1949—2100 之间。请改为四位的公历年份。")
    return value


def _name(value: str) -> str:
    if not value.strip():
        raise ValueError("这一项不能为空。请填写文字。")
    return value


Year = Annotated[int, Strict(), AfterValidator(_year)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Words = Annotated[str, Strict(), AfterValidator(_name)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(_Model):
    """Where in the document something stands.

    Attributes
    ----------
    section : the way through the headings, joined by `` › ``, down to the table where there is one.
    row : the row of the table, its head not counted, from 1.
    quote : the words as printed.
    start, end : character offsets in the text as read.
    confidence : 0 to 1, how sure the reader was; 1 where a person wrote or settled it.
    """

    section: Words
    row: int | None = Field(default=None, ge=1)
    quote: str | None = None
    line: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    confidence: float = Field(default=1, ge=0, le=1)


class Baseline(_Model):
    """The value that a plan starts from (基期); `op` where the document prints a comparator with it."""

    year: Year
    value: Number
    op: Comparator = "="
    printed: str | None = None


class Target(_Model):
    """A value to reach by a year.

    Attributes
    ----------
    op : the comparator as printed; ``=`` where only a figure is printed.
    value_max : the upper end of a ``range``.
    printed : the cell or words as printed, where they are more than the figure (``达标``, ``74.48%%``).
    tolerance : for ``~``, the share of the value that it allows either way, where the document states one.
    """

    year: Year
    op: Comparator
    value: Number
    value_max: Number | None = None
    printed: str | None = None
    tolerance: float | None = Field(default=None, ge=0, lt=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.op == "range" and self.value_max is None:
            raise ValueError("op 为 range 时须写上限 value_max。")
        if self.op == "range" and self.value_max is not None and self.value_max < self.value:
            raise ValueError(f"上限 {self.value_max:g} 小于下限 {self.value:g}。请对调 value 和 value_max。")
        if self.op != "range" and self.value_max is not None:
            raise ValueError("只有 op 为 range 时才写 value_max。请删去它，或把 op 改为 range。")
        if self.op != "~" and self.tolerance is not None:
            raise ValueError("只有 op 为 ~（左右、约）时才写 tolerance。请删去它。")
        return self


def _some(value: tuple[Target, ...]) -> tuple[Target, ...]:
    if not value:
        raise ValueError("至少要写一个目标值。请补上。")
    return value


# Not a minimal length: pydantic would report a list whose only item is at fault a second time, as empty.
Targets = Annotated[tuple[Target, ...], AfterValidator(_some)]


class YearlyPath(_Model):
    """The yearly values that a plan states on the way to a target, and where it states them."""

    points: Targets
    passage: Passage | None = None


def _kind_of_path(value: Any) -> str:
    return "path" if isinstance(value, str) else "points"


Path = Annotated[
    Annotated[Literal["linear"], Tag("path")] | Annotated[YearlyPath, Tag("points")],
    # Without it a fault would be reported once for each kind; the tags are the keys that messages name.
    Discriminator(_kind_of_path),
]


class Indicator(_Model):
    """One line of a plan's indicator table.

    Attributes
    ----------
    role : ``goal``, or ``projection`` for a figure that the plan foresees and does not pursue (a population).
    cumulative : the target counts what is added in all years after the baseline's; the baseline is one
        year's.
    property : 约束性, 预期性, or None where the document says neither.
    measure, stage : the measure of the catalogue that follows it, and the stage of its row.
    targets : one a year, oldest first; empty where the plan prints none, which is said and not left out.
    unlinked : why no measure follows it; set exactly where `measure` is None.
    responsible : the units that the table names beside it.
    path : ``linear`` from the baseline through the targets, or the yearly values that the document states.
    """

    id: Words
    group: str = ""
    name: Words
    unit: str = ""
    role: Literal["goal", "projection"] = "goal"
    property: Literal["约束性", "预期性"] | None = None
    measure: str | None = None
    stage: str | None = None
    unlinked: str | None = None
    cumulative: bool = False
    baseline: Baseline | None = None
    targets: tuple[Target, ...]
    path: Path = "linear"
    responsible: tuple[Words, ...] = ()
    passage: Passage
    note: str | None = None

    @builtins.property
    def target(self) -> Target | None:
        """The last target: what the indicator is judged by in the end; None where the plan prints none."""
        return self.targets[-1] if self.targets else None

    @builtins.property
    def stated(self) -> tuple[Target, ...]:
        """All that is stated to be reached, oldest first: the points of the path and the targets."""
        points = () if self.path == "linear" else self.path.points
        by_year = {point.year: point for point in (*points, *self.targets)}
        return tuple(by_year[year] for year in sorted(by_year))

    @builtins.property
    def milestones(self) -> tuple[Target, ...]:
        """What is stated on the way to the last target."""
        return self.stated[:-1]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.measure is None and not self.unlinked:
            raise ValueError(f"指标「{self.name}」没有 measure。请写测算口径的编号，或在 unlinked 写明原因。")
        if self.measure is not None and self.unlinked is not None:
            raise ValueError(f"指标「{self.name}」同时写了 measure 和 unlinked。请只留一个。")
        _ascending(f"指标「{self.name}」的 targets", [target.year for target in self.targets])
        if self.path != "linear":
            years = [point.year for point in self.path.points]
            _ascending(f"指标「{self.name}」的 path", years)
            if self.target is None:
                raise ValueError(f"指标「{self.name}」写了 path 而没有目标。请把最后一年的数写进 targets。")
            if years[-1] > self.target.year:
                last = f"path 到 {years[-1]} 年，晚于目标年 {self.target.year} 年"
                raise ValueError(f"指标「{self.name}」的 {last}。请删去以后各年。")
        return self


class Commitment(_Model):
    """A figure that the text promises outside the indicator tables.

    Attributes
    ----------
    baseline : where the sentence gives one (由 A 提高到 B).
    per : for a standing duty, the time that it is reckoned by, as printed (``每年``, ``每学期``, ``每5年``).
    """

    subject: Words
    unit: str = ""
    target: Target
    baseline: Baseline | None = None
    per: str | None = None
    measure: str | None = None
    stage: str | None = None
    passage: Passage


class Section(_Model):
    """A heading and what stands under it.

    Attributes
    ----------
    level : its depth in the document from 1.
    title : its words as printed.
    start, heading_end, end : where these begin and end, and where what stands under it ends.
    """

    level: Annotated[int, Strict(), Field(ge=1)]
    title: Words
    start: int = Field(ge=0)
    heading_end: int | None = Field(default=None, ge=0)
    end: int = Field(ge=0)


class AllocationRow(_Model):
    """What one area gets.

    Attributes
    ----------
    values : one a column, None where nothing is printed.
    start, end : where the row stands in the text as read; None where the plan was written by hand.
    """

    area: Words
    values: tuple[Number | None, ...]
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)


class Allocation(_Model):
    """A table that shares a task out among areas.

    Attributes
    ----------
    columns : full names (``outer › inner``).
    total : the row that totals the others, as printed; None where there is none.
    """

    title: str = ""
    unit: str = ""
    columns: tuple[Words, ...]
    rows: tuple[AllocationRow, ...]
    total: AllocationRow | None = None
    passage: Passage


class ScoreCardItem(_Model):
    """One item of a score card: the headings above it, its points, and its criteria as printed."""

    path: tuple[Words, ...] = ()
    name: Words
    points: Number
    criteria: str = ""
    passage: Passage


class ScoreCard(_Model):
    """A table by which others will mark: its items and the points that they make together."""

    title: str = ""
    total: Number | None = None
    items: tuple[ScoreCardItem, ...]
    passage: Passage


class Doubt(_Model):
    """What the reader could not settle by itself.

    Attributes
    ----------
    id : the same each time that the same document is read.
    about : what the doubt is about, as the reader took it (``indicators/学前三年毛入园率/target``).
    question : for a person to answer, in Chinese.
    options : what the reader holds possible, the likeliest first; empty where anything may be the answer.
    answer : what a person settled; None until then. It stays when the document is read again.
    """

    id: Words
    about: Words
    question: Words
    options: tuple[str, ...] = ()
    answer: str | None = None
    passage: Passage


class Task(_Model):
    """A task: what is due in each year, who leads (牵头单位) and who takes part (责任单位).

    Attributes
    ----------
    number : as printed in the task table; of a task that only the text gives, the way to it (``四（一）``).
    group : the heading of the table that it stands under.
    also : where else the document states the same task.
    """

    number: Words
    group: str = ""
    title: Words
    due: dict[Year, str] = Field(default_factory=dict)
    lead: tuple[Words, ...] = ()
    responsible: tuple[Words, ...] = ()
    passage: Passage
    also: tuple[Passage, ...] = ()


class Project(_Model):
    """A building project that the plan names. Investment in yuan; `area` as printed."""

    id: Words
    name: Words
    kind: ProjectKind | None = None
    stage: Stage | None = None
    area: str | None = None
    seats: int | None = None
    public: bool | None = None
    start_year: Year | None = None
    due_year: Year | None = None
    investment: Number | None = None
    lead: tuple[Words, ...] = ()
    passage: Passage


class Region(_Model):
    """The region that the plan is for, with its GB/T 2260 code; None where a document did not tell it."""

    code: Words | None = None
    name: Words


class Period(_Model):
    """The first and the last year of the plan."""

    start: Year
    end: Year

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"规划期的 end {self.end} 早于 start {self.start}。请对调或改正。")
        return self


class Document(_Model):
    """The document that the plan was taken from."""

    title: Words
    source: str | None = None
    file: str | None = None
    sha256: str | None = None
    text: str | None = None
    """The file beside the plan that holds the text as read, into which all offsets point."""


class Plan(_Model):
    """A region's plan: who issued it, for which years, and all that it promises."""

    title: Words
    number: str | None = None
    issuer: Words | None = None
    region: Region
    period: Period
    published: date | None = None
    document: Document
    indicators: tuple[Indicator, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    tasks: tuple[Task, ...] = ()
    projects: tuple[Project, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    score_cards: tuple[ScoreCard, ...] = ()
    sections: tuple[Section, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def _ascending(what: str, years: list[int]) -> None:
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise ValueError(f"{what} 的年份 {years} 不是从早到晚各一次。请按年份排好，每年只写一次。")
