"""What it costs when seats open later than they are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Delay:
    """What a delay comes to.

    Attributes
    ----------
    short : by year, pupils who have no seat because of it.
    classes : by year, the temporary classes that would seat them.
    cost : yuan for these classes.
    """

    name: str
    years: int
    short: Mapping[int, int]
    classes: Mapping[int, int]
    cost: int

    @property
    def pupil_years(self) -> int:
        """Pupils without a seat, summed over the years."""
        return sum(self.short.values())

    @property
    def sentence(self) -> str:
        """For a report or a screen."""
        if not self.pupil_years:
            return f"{self.name}推迟 {self.years} 年：学位仍够，没有学生因此缺学位。"
        most = max(self.short, key=lambda year: (self.short[year], -year))
        return (
            f"{self.name}推迟 {self.years} 年：多缺学位 {self.pupil_years:,} 人次，{most} 年最多"
            f"（{self.short[most]:,} 个）；开临时班最多 {max(self.classes.values()):,} 个，"
            f"共 {self.cost / 10_000:,.2f} 万元。"
        )


def delay(
    name: str,
    *,
    seats: int,
    due: int,
    years: int,
    demand: Mapping[int, int],
    supply: Mapping[int, int],
    norm: int,
    temporary: int = 0,
) -> Delay:
    """Hold a project that opens ``years`` later against one that opens when it is due.

    Parameters
    ----------
    demand : pupils by year.
    supply : seats by year, those of the project counted from the year in which it is due.
    norm : pupils in a class.
    temporary : yuan a year for a temporary class.
    """
    short = {}
    for year in sorted(set(demand) & set(supply)):
        if due <= year < due + years:
            on_time = max(demand[year] - supply[year], 0)
            short[year] = max(demand[year] - (supply[year] - seats), 0) - on_time
    classes = {year: -(-pupils // norm) for year, pupils in short.items()}
    return Delay(name, years, short, classes, temporary * sum(classes.values()))
