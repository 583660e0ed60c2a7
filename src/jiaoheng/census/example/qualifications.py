"""What teachers have studied: the county's shares, and how schools differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jiaoheng.census.example import published
from jiaoheng.census.example.chance import apportion, leaning, rounded
from jiaoheng.census.example.enrolment import Group, Groups

Row = dict[str, int | None]
_Key = tuple[str, str]


def qualify(
    seed: int, groups: Groups, there: Sequence[_Key], stage: str, year: int, rows: dict[_Key, Row]
) -> None:
    """Add the columns of qualifications to the rows of one stage, whose teachers are known.

    The county's shares are those of `published`; a school with more schooled teachers has them in every year.
    """
    teachers = [rows[key]["teachers"] or 0 for key in there]
    everyone = sum(teachers)
    shares = {name: rounded(share * everyone) for name, share in _shares(stage, year).items()}

    def reach(name: str, caps: Sequence[int], pull: Callable[[Group], float]) -> list[int]:
        weights = [
            number * pull(groups[key]) * leaning(seed, key, name, 0.06)
            for key, number in zip(there, teachers, strict=True)
        ]
        return apportion(min(shares[name], sum(caps)), weights, caps)

    secondary = reach("secondary", teachers, lambda group: 1.0)
    college = reach("college", secondary, lambda group: 1.0)
    bachelor = reach("bachelor", college, _schooled)
    master = reach("master", bachelor, _learned)
    doctor = reach("doctor", master, _learned)
    for index, key in enumerate(there):
        rows[key] |= {
            "teachers_doctor": doctor[index],
            "teachers_master": master[index] - doctor[index],
            "teachers_bachelor": bachelor[index] - master[index],
            "teachers_college": college[index] - bachelor[index],
            "teachers_secondary": secondary[index] - college[index],
            "teachers_below_secondary": teachers[index] - secondary[index],
        }


def _shares(stage: str, year: int) -> dict[str, float]:
    """The share of a stage's teachers that has at least each qualification."""
    rates = {name: published.at(path, year) for name, path in published.RATES.items()}
    since = year - published.YEARS[0]
    return {
        "preschool": {
            "secondary": 0.997,
            "college": rates["preschool_college"],
            "bachelor": rates["preschool_bachelor"],
            "master": 0.0,
            "doctor": 0.0,
        },
        "primary": {
            "secondary": 1.0,
            "college": rates["primary_college"],
            "bachelor": rates["primary_bachelor"],
            "master": 0.004 + 0.002 * since,
            "doctor": 0.0,
        },
        "junior": {
            "secondary": 1.0,
            "college": 0.998,
            "bachelor": rates["junior_bachelor"],
            "master": 0.018 + 0.004 * since,
            "doctor": 0.0,
        },
        "senior": {
            "secondary": 1.0,
            "college": 1.0,
            "bachelor": 0.978 + 0.002 * since,
            "master": rates["senior_master"],
            "doctor": 0.0012,
        },
        "vocational": {
            "secondary": 1.0,
            "college": 1.0,
            "bachelor": 0.935 + 0.005 * since,
            "master": rates["vocational_master"],
            "doctor": 0.0,
        },
        "special": {
            "secondary": 1.0,
            "college": 0.99,
            "bachelor": 0.70 + 0.02 * since,
            "master": 0.03,
            "doctor": 0.0,
        },
    }[stage]


def _schooled(group: Group) -> float:
    return 1.08 if group.school.urban else 0.84 if group.school.rural else 0.95


def _learned(group: Group) -> float:
    return 1.6 if "elite" in group.school.tags else 1.0 if group.school.urban else 0.4
