"""What must be mended, as plain arrays: schools by stage, the items that they are judged by, and the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class Item:
    """A measure that schools are judged by: an amount over pupils, times ``factor``.

    Attributes
    ----------
    id, name : of the measure.
    unit : of its value. ``amount_unit`` : of the amount itself (teachers, m², yuan, rooms).
    """

    id: str
    name: str
    unit: str
    amount_unit: str
    factor: int = 1


@dataclass(frozen=True)
class SchoolStage:
    """One stage of one school, as it is.

    Attributes
    ----------
    share : the part of what the whole school has that counts for this stage (1 where it is the only one).
    alone : whether the school has this stage only, so that its pupils can be re-zoned.
    teachers : full-time teachers of the stage; None where not known.
    amounts : per item, this stage's own part; None where not known.
    credits : per item, what counts towards the threshold besides (by an exemption); none where empty.
    """

    school: str
    name: str
    stage: str
    pupils: int
    amounts: tuple[float | None, ...]
    credits: tuple[float, ...] = ()
    share: float = 1.0
    alone: bool = True
    teachers: int | None = None
    area: str = ""
    area_name: str = ""
    urban_rural: str = ""


@dataclass(frozen=True)
class Rule:
    """How schools and the county pass.

    A stage of a school passes when at least ``needed`` of the items reach their threshold and all others
    their floor; the county when all schools do and no coefficient of variation is above its cap.

    Attributes
    ----------
    thresholds, floors : by stage, per item, exact; values per pupil times the item's factor.
    caps : by stage, per item; None where there is no cap.
    needed : how many items must reach the threshold.
    """

    thresholds: Mapping[str, tuple[Fraction, ...]]
    floors: Mapping[str, tuple[Fraction, ...]]
    caps: Mapping[str, tuple[float | None, ...]]
    needed: int


@dataclass(frozen=True)
class Problem:
    """A county to be mended."""

    items: tuple[Item, ...]
    rows: tuple[SchoolStage, ...]
    rule: Rule

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages that occur, in order of appearance."""
        return tuple(dict.fromkeys(row.stage for row in self.rows))

    @cached_property
    def of_school(self) -> Mapping[str, tuple[int, ...]]:
        """By school, the places of its rows."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(row.school, []).append(place)
        return {school: tuple(places) for school, places in found.items()}

    def of_stage(self, stage: str, item: int) -> tuple[int, ...]:
        """The places of the rows of a stage whose amount of an item is known."""
        return tuple(
            place
            for place, row in enumerate(self.rows)
            if row.stage == stage and row.amounts[item] is not None
        )

    def need(self, place: int, item: int, *, floor: bool = False, pupils: int | None = None) -> Fraction:
        """The amount at which a row reaches the threshold, or the floor, of an item; exact."""
        row = self.rows[place]
        level = (self.rule.floors if floor else self.rule.thresholds)[row.stage][item]
        credit = Fraction(row.credits[item]) if row.credits else Fraction(0)
        return level * (row.pupils if pupils is None else pupils) / self.items[item].factor - credit


@dataclass(frozen=True)
class State:
    """The county after some changes: what each row has, and how many pupils.

    Attributes
    ----------
    amounts : per row, per item; None where not known.
    pupils : per row.
    """

    amounts: tuple[tuple[float | None, ...], ...]
    pupils: tuple[int, ...]


def present(problem: Problem) -> State:
    """The county as it is."""
    return State(tuple(row.amounts for row in problem.rows), tuple(row.pupils for row in problem.rows))


def exact(levels: Sequence[float | str]) -> tuple[Fraction, ...]:
    """Numbers as they are printed in a rule, exactly: 4.2 is 21/5."""
    return tuple(Fraction(str(level)) for level in levels)
