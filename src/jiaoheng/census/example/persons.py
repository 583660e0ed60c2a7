"""Records of persons for the latest years: pupils, classes. They add up to the rows of ``school_stages``.

A pupil keeps the identifier from year to year within a school and stage. Identifiers have the right shape and
a valid check digit, and cannot be anybody's: no region has the code 449999.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from random import Random

import pyarrow as pa

from jiaoheng.census.example.chance import pick, stream
from jiaoheng.census.example.directory import GRADES, School
from jiaoheng.census.example.enrolment import Group, Groups, girls_among
from jiaoheng.census.example.land import TOWNS
from jiaoheng.census.schema import schema
from jiaoheng.terms import IdentityCheck

Row = Mapping[str, object]
_Key = tuple[str, str]
_Cohort = tuple[str, str, int]

_NOWHERE = "449999"
_FACTORS = tuple(pow(2, 17 - position, 11) for position in range(17))
_ENTRY_AGES = {"preschool": 3, "primary": 6, "junior": 12, "senior": 15, "vocational": 15, "special": 6}
_EPOCH = date(1970, 1, 1)


def _weighted(text: str, start: int) -> int:
    return sum(int(digit) * _FACTORS[start + position] for position, digit in enumerate(text))


_TAILS = tuple(_weighted(f"{number:03d}", 14) for number in range(1000))


class Identities:
    """Hands out identity numbers: region, date of birth, a number that is odd for men, a check digit.

    The check digit is that of GB 11643 (ISO 7064, MOD 11-2).
    """

    def __init__(self, first: int = 0) -> None:
        self._next: dict[tuple[int, bool], int] = {}
        self._first = first
        self._dates: dict[int, tuple[str, int]] = {}

    def __call__(self, birth: int, female: bool) -> str:
        """A number for somebody born ``birth`` days after 1970-01-01."""
        serial = self._next.get((birth, female), self._first)
        self._next[birth, female] = serial + 1
        number = 2 * serial + (not female)
        if number > 999:
            raise ValueError("too many births on one day")
        if birth not in self._dates:
            text = _NOWHERE + date.fromordinal(_EPOCH.toordinal() + birth).strftime("%Y%m%d")
            self._dates[birth] = text, _weighted(text, 0)
        text, partial = self._dates[birth]
        tail = f"{number:03d}"
        return f"{text}{tail}{'10X98765432'[(partial + _TAILS[number]) % 11]}"


def pupils(
    seed: int, years: Mapping[int, Groups], rows: Mapping[int, Mapping[_Key, Row]]
) -> dict[int, pa.Table]:
    """The table ``pupils`` for each of the years.

    Parameters
    ----------
    years : the groups of the years that have records.
    rows : their rows of ``school_stages``, whose counts the records meet.
    """
    register = _Register(seed, years)
    return {year: _pupils(register, groups, rows[year]) for year, groups in years.items()}


def classes(seed: int, groups: Groups) -> pa.Table:
    """The table ``classes`` for a year."""
    found = []
    for (code, stage), group in groups.items():
        for index, grade in enumerate(GRADES[stage]):
            girls = girls_among(seed, group.school, stage, group.year - index)
            ends = accumulate(group.classes[grade])
            for number, (size, end) in enumerate(zip(group.classes[grade], ends, strict=True), 1):
                female = girls(end) - girls(end - size)
                found.append(
                    {
                        "school_code": code,
                        "stage": stage,
                        "class_code": class_code(grade, number),
                        "grade": grade,
                        "pupils": size,
                        "pupils_female": female,
                        "multigrade": False,
                    }
                )
    return pa.Table.from_pylist(found, schema("classes"))


def class_code(grade: str, number: int) -> str:
    """The code of a class within its school: grade, number."""
    return f"{grade.upper() if grade.startswith('k') else f'{int(grade[1:]):02d}'}{number:02d}"


class _Register:
    """Everybody who is a pupil in any of the years, once."""

    def __init__(self, seed: int, years: Mapping[int, Groups]) -> None:
        most: dict[_Cohort, tuple[School, int]] = {}
        for year, groups in years.items():
            for (code, stage), group in groups.items():
                for index, grade in enumerate(GRADES[stage]):
                    cohort = (code, stage, year - index)
                    count = max(group.grades[grade], most.get(cohort, (group.school, 0))[1])
                    most[cohort] = group.school, count
        self.starts: dict[_Cohort, int] = {}
        self.ids: list[str] = []
        self.births: list[int] = []
        self.female: list[bool] = []
        self.luck: list[tuple[float, float, float]] = []
        number = Identities()
        for cohort, (school, count) in most.items():
            self.starts[cohort] = len(self.ids)
            rng = stream(seed, "pupils", *cohort)
            draw = rng.random
            births = list(_births(rng, cohort, count))
            female = list(_girls(seed, school, cohort, count))
            self.births += births
            self.female += female
            self.ids += ["G" + number(birth, sex) for birth, sex in zip(births, female, strict=True)]
            self.luck += [(draw(), draw(), draw()) for _ in range(count)]


def _births(rng: Random, cohort: _Cohort, count: int) -> Iterator[int]:
    _, stage, entered = cohort
    first = date(entered - _ENTRY_AGES[stage] - 1, 9, 1).toordinal() - _EPOCH.toordinal()
    for _ in range(count):
        # One in forty is a year older than the rest.
        yield first + pick(rng, 365) - (365 if rng.random() < 0.025 else 0)


def _girls(seed: int, school: School, cohort: _Cohort, count: int) -> Iterator[bool]:
    girls = girls_among(seed, school, cohort[1], cohort[2])
    return (girls(number) < girls(number + 1) for number in range(count))


def _pupils(register: _Register, groups: Groups, rows: Mapping[_Key, Row]) -> pa.Table:
    columns: dict[str, list[object]] = {field.name: [] for field in schema("pupils")}
    for key, group in groups.items():
        _add(register, group, rows[key], columns)
    return pa.table(columns, schema=schema("pupils"))


def _add(register: _Register, group: Group, row: Row, columns: dict[str, list[object]]) -> None:
    code, stage, count = group.school.code, group.stage, group.pupils
    members: list[int] = []
    for index, grade in enumerate(GRADES[stage]):
        start = register.starts[code, stage, group.year - index]
        members += range(start, start + group.grades[grade])
        columns["grade"] += [grade] * group.grades[grade]
        columns["new_entrant"] += [index == 0] * group.grades[grade]
        for number, size in enumerate(group.classes[grade], 1):
            columns["class_code"] += [class_code(grade, number)] * size
    columns["pupil_id"] += [register.ids[member] for member in members]
    columns["id_check"] += [IdentityCheck.VALID.value] * count
    columns["school_code"] += [code] * count
    columns["stage"] += [stage] * count
    columns["sex"] += ["female" if register.female[member] else "male" for member in members]
    columns["birth_date"] += [register.births[member] for member in members]
    luck = [register.luck[member] for member in members]
    first, second, third = ([numbers[which] for numbers in luck] for which in range(3))
    columns["migrant"] += _least(first, row.get("migrants"))
    columns["worker_migrant"] += _least(first, row.get("worker_migrants"))
    columns["left_behind"] += _least([1 - number for number in first], row.get("left_behind"))
    columns["minority"] += _least(second, row.get("pupils_minority"))
    columns["disabled"] += _least([1 - number for number in second], row.get("disabled"))
    columns["boarder"] += _least(third, row.get("boarders"))
    home = group.school.area
    columns["home_area"] += [
        home if number < 0.93 else TOWNS[int((number - 0.93) / 0.07 * len(TOWNS)) % len(TOWNS)].code
        for number in second
    ]


def _least(luck: Sequence[float], count: object) -> Iterable[bool | None]:
    """True for the ``count`` smallest numbers; unknown for all where the count is."""
    if not isinstance(count, int):
        return [None] * len(luck)
    flags: list[bool | None] = [False] * len(luck)
    if count:
        for index in sorted(range(len(luck)), key=luck.__getitem__)[:count]:
            flags[index] = True
    return flags
