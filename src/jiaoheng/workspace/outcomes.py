"""What comes of the larger calls of a workspace."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.census import Census, Reading
from jiaoheng.plans import Assessment, Plan, Progress


@dataclass(frozen=True)
class Imported:
    """What came of an import: the reading, and the snapshot that holds it (None if nothing was taken).

    ``advice`` has a line for each thing that should be looked at next, with the command for it.
    """

    reading: Reading
    census: Census | None
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanProgress:
    """A plan held against the census of a year."""

    plan: Plan
    year: int
    assessment: Assessment
    items: tuple[Progress, ...]
