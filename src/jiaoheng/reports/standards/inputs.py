"""What the documents on a standard are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiaoheng.reports.inputs import Origin
from jiaoheng.standards import Answers, Assessed


@dataclass(frozen=True)
class SchoolRow:
    """What a document says of a school besides its verdicts: all in Chinese words, empty where not known."""

    code: str
    name: str
    school_type: str = ""
    ownership: str = ""
    area: str = ""
    urban_rural: str = ""


@dataclass(frozen=True)
class StandardInputs(Origin):
    """One county, one year, one standard.

    Parameters
    ----------
    assessed : the verdicts of the year.
    past : those of earlier years, by year; empty where nobody asked.
    answers : what was declared of the items that no census has.
    schools : by code.
    facts : what the chapter on the county says of it: name, and figure with its unit.
    by : the year by which what is missing is to be made good; None where nobody has said so.
    """

    assessed: Assessed
    past: Mapping[int, Assessed] = field(default_factory=dict)
    answers: Answers | None = None
    schools: Mapping[str, SchoolRow] = field(default_factory=dict)
    facts: tuple[tuple[str, str], ...] = ()
    by: int | None = None

    @property
    def deadline(self) -> str:
        """By when, in words; blank for somebody to fill in where nobody has said so."""
        return f"{self.by}年底前" if self.by else ""

    @property
    def years(self) -> Mapping[int, Assessed]:
        """Every year there is, the earliest first."""
        return dict(sorted({**self.past, self.year: self.assessed}.items()))
