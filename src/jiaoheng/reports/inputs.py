"""All that a monitoring report is made of; whoever holds a workspace fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from jiaoheng.plans import Plan, Progress
from jiaoheng.plans.auditing import Finding
from jiaoheng.plans.following import Following
from jiaoheng.reports.seats.prospect import Prospect
from jiaoheng.standards import Assessed

# The census counts everything as of the first of September of its year.
CENSUS_DAY = (9, 1)
# By the last character of the region's name; every other region is a county.
WHOLE = {"市": "全市", "区": "全区"}


@dataclass(frozen=True)
class MeasureEntry:
    """What a reader must know about a measure.

    ``definition`` says numerator and denominator in Chinese words; ``document`` is the title and
    number of the document that defines the measure, ``clause`` the place in it. ``variation_of`` is
    the id of the measure whose variation between schools this one gives (empty for any other
    measure). ``additive``: a count, so that the whole is the sum of its parts. ``factor``: a ratio is
    numerator over denominator times this.
    """

    id: str
    name: str
    unit: str
    digits: int
    definition: str
    document: str
    clause: str
    variation_of: str = ""
    additive: bool = False
    factor: float = 1.0


@dataclass(frozen=True)
class SourceEntry:
    """One sheet (or CSV file) behind a snapshot's values; ``tables`` says in Chinese what it holds."""

    file: str
    sheet: str
    sha256: str
    tables: str


@dataclass(frozen=True)
class SnapshotEntry:
    """One yearly snapshot: version, hash, the sheets that it came from, how many rows each table holds.

    ``read``, ``accepted`` and ``rejected`` count the rows of the last import.
    """

    year: int
    version: str
    sha256: str
    sources: tuple[SourceEntry, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    read: int | None = None
    accepted: int | None = None
    rejected: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExplainedFinding:
    """A finding of experience that stands as it is, and why: no figure, no name of who said so."""

    check: str
    unit: str
    stage: str | None
    reason: str
    when: date


@dataclass(frozen=True)
class CheckResults:
    """How many findings the checks of the year's snapshot have, and those that were explained."""

    logic: int
    experience: int
    explained: tuple[ExplainedFinding, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Whose figures they are, of which year, and from which snapshots."""

    region_code: str
    region_name: str
    year: int
    synthetic: bool
    generated_on: date
    snapshots: tuple[SnapshotEntry, ...]

    @cached_property
    def as_of(self) -> date:
        """The day that the figures stand for."""
        return date(self.year, *CENSUS_DAY)

    @cached_property
    def snapshot(self) -> SnapshotEntry | None:
        """The snapshot of the year."""
        return next((entry for entry in self.snapshots if entry.year == self.year), None)

    @property
    def whole(self) -> str:
        """The whole region in two characters: 全市, 全区 or 全县, as its own name ends."""
        return WHOLE.get(self.region_name[-1:], "全县")

    @property
    def kind(self) -> str:
        """What the data are, in two or three words."""
        return "模拟数据" if self.synthetic else "教育事业统计"

    @property
    def warning(self) -> str:
        """What must be said before everything else; empty where the data are real."""
        if not self.synthetic:
            return ""
        return f"所用数据由程序生成，只用于演示，不代表{self.region_name}的真实情况，不得引用。"

    @cached_property
    def source(self) -> str:
        """How a figure of the year names its source."""
        version = f" {self.snapshot.version}" if self.snapshot else ""
        return f"{self.year}年{self.kind}快照{version}"

    def source_since(self, year: int) -> str:
        """How a run of years up to this one names its source."""
        return f"{year}—{self.year}年{self.kind}快照"


@dataclass(frozen=True)
class MonitoringInputs(Origin):
    """One region, one year, one plan.

    The frames are in the long form of `measures.compute` (measure, year, key, key_name, stage,
    value, coverage, status, reason, …): ``county`` with every year there is, the others with
    ``year`` at least and any earlier year that a change should be shown against.

    Parameters
    ----------
    period : the years that the plan covers, in words.
    assessment : annual, midterm or final.
    area_table : columns area_code, name, boundary (WKT, degrees), as in the census.
    school_table : columns school_code, name, area_code, school_type, ownership, urban_rural_code.
    births : births in the whole region by year; empty where they are not known.
    checks : what the checks of the year's snapshot found; None where they were not run.
    audit : what the audit of the plan found; None where there was none.
    following : how the plan's tasks and projects stand; None where they are not followed.
    standards : the assessments of the year, by each standard that the report speaks of.
    prospect : pupils and seats to come; None where the report does not speak of them.
    evidence_lost : how many files of evidence are not as they were recorded.
    notes : remarks for the last chapter, whole sentences.
    """

    period: str
    assessment: str
    plan: Plan
    progress: tuple[Progress, ...]
    county: pl.DataFrame
    areas: pl.DataFrame
    schools: pl.DataFrame
    urban_rural: pl.DataFrame
    ownership: pl.DataFrame
    area_table: pl.DataFrame
    school_table: pl.DataFrame
    measures: Mapping[str, MeasureEntry]
    births: Mapping[int, int] = field(default_factory=dict)
    checks: CheckResults | None = None
    audit: tuple[Finding, ...] | None = None
    following: Following | None = None
    standards: tuple[Assessed, ...] = ()
    prospect: Prospect | None = None
    evidence_lost: int = 0
    notes: tuple[str, ...] = ()
