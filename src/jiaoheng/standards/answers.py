"""What people declare for an assessment: the items and inputs that no census has, with their evidence.

A YAML file in the workspace, one for each standard or score card and year::

    for: quality_balance_2017
    year: 2025
    answers:
      guarantee_08: {value: true, by: 人事股, on: 2025-10-20, evidence: [工资对照表.pdf], note: 含绩效}
"""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, field_validator

from jiaoheng.census import identity_check
from jiaoheng.census.offices import Unit
from jiaoheng.packs.models import Id, Said, Strict
from jiaoheng.packs.yaml_lines import load


def _impersonal(text: str) -> str:
    if identity_check.is_written_in(unicodedata.normalize("NFKC", text)):
        raise ValueError("说明里有身份证件号。填报不记个人信息，请删去它。")
    return text


class Answer(Strict):
    """One answer: yes or no, or a number; who gave it, when, and what proves it."""

    value: bool | float
    by: Unit | None = None
    on: datetime.date | None = None
    evidence: tuple[Said, ...] = ()
    note: Annotated[Said, AfterValidator(_impersonal)] | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float) and value == value and abs(value) != float("inf"):
            return float(value)
        raise ValueError("「value」应是 true、false 或一个数。未知的请删去这一条，不要留空。")


class Answers(Strict):
    """The answers for one standard or score card, in one year."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    of: Id = Field(alias="for")
    year: int
    answers: dict[str, Answer] = Field(default_factory=dict)

    def yes(self, name: str) -> bool | None:
        """The answer of yes or no; None where there is none."""
        found = self.answers.get(name)
        return found.value if found is not None and isinstance(found.value, bool) else None

    def number(self, name: str) -> float | None:
        """The answer that is a number; None where there is none."""
        found = self.answers.get(name)
        return None if found is None or isinstance(found.value, bool) else found.value


def read_answers(path: Path) -> Answers:
    """Read a file of answers.

    Raises
    ------
    PackError
        It is not as it should be; the message names file and line.
    """
    return load(Answers, path)
