"""What a check found: one row that does not keep it, where it stands, and what was said to explain it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiaoheng.census.reading import Cell, Place
from jiaoheng.packs.census_check import KINDS, SEVERITIES, Check

_SEVERITY_ORDER = list(SEVERITIES)
_KIND_ORDER = list(KINDS)


@dataclass(frozen=True)
class Explanation:
    """Why a finding of experience is right as it stands: the reason, who gave it, and when."""

    reason: str
    who: str
    when: date


@dataclass(frozen=True)
class Finding:
    """A row that does not keep a check; of tables of persons, all such rows of one school and stage.

    Attributes
    ----------
    check : the rule, with its kind, severity, reason and remedy.
    item : which condition of the check, where it has one for each of several columns.
    table : the census table whose row it is.
    key : the row's key as in the snapshot; of persons the school's code and the stage.
    unit : the school, area or county by name and code.
    stage : the row's stage; None where it has none.
    values : the columns that the broken condition reads, with their values; never values of persons.
    message : what is wrong, in Chinese.
    expected : what should stand there, such as 应等于 612; empty where that cannot be said.
    rows : how many rows of the table it speaks of.
    cells : the cells of the snapshot that it speaks of.
    places : where these came from: file, sheet, cell.
    explanation : None while nobody explained it.
    """

    check: Check
    item: str
    table: str
    key: tuple[str, ...]
    unit: str
    stage: str | None
    values: Mapping[str, Any]
    message: str
    expected: str
    rows: int
    cells: tuple[Cell, ...]
    places: tuple[Place, ...] = ()
    explanation: Explanation | None = None

    @property
    def must_be_mended(self) -> bool:
        """Whether no explanation will do."""
        return self.check.kind == "logic"

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.explanation is None

    @property
    def identity(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes it the same finding in two versions of a census: the check, the condition, the row."""
        return self.check.id, self.item, self.key

    @property
    def fingerprint(self) -> str:
        """12 hex digits that change with the values found, so that an explanation lapses with them."""
        what = [dict(self.values), self.rows, self.message if self.check.rule else ""]
        said = json.dumps(what, ensure_ascii=False, default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def order(self) -> tuple[int, int, str, str, tuple[str, ...]]:
        """For sorting: the worst first, the findings of one check together."""
        kind, severity = _KIND_ORDER.index(self.check.kind), _SEVERITY_ORDER.index(self.check.severity)
        return kind, severity, self.check.id, self.item, self.key
