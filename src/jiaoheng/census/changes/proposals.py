"""Proposes what may have become of a school. Nobody but a person decides: a proposal only says why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiaoheng import terms
from jiaoheng.census import values
from jiaoheng.census.changes.names import likeness, normal
from jiaoheng.census.changes.notation import NONE
from jiaoheng.census.changes.schools import School
from jiaoheng.terms import ChangeKind, SchoolType

LEAST = 0.6
"""Below this score two schools are not proposed to be the same."""

_MOST = 3
_SAME_GROUND = 0.65
_ALONE = 0.8
"""The score of what is left where no school is alike."""

_NAME, _TOWN, _TYPE, _SITE, _SIZE = 0.65, 0.15, 0.10, 0.20, 0.05
"""What each sign weighs; only those that both years have count."""

_STEEPNESS = 1.5
"""Half a name in common is worth less than half."""

_HOPELESS = 0.3
"""Names less alike than that make no pair, whatever else agrees, unless both stand on the same ground."""

_NEAR, _FAR = 200.0, 3000.0
"""Metres: a school that far from another stands on the same ground, or on another."""

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Proposal:
    """What may have happened: ``word`` in the notation of the register, a score from 0 to 1, the reasons."""

    word: str
    kind: ChangeKind
    score: float
    reasons: tuple[str, ...]


def successors(
    old: School, new: Iterable[School], staying: Mapping[str, School], *, not_these: Iterable[str]
) -> tuple[Proposal, ...]:
    """What may have become of a school whose code is gone, the likeliest first.

    Parameters
    ----------
    old : the school in the year before.
    new : schools whose code was not there the year before.
    staying : schools that have their code still, by code.
    not_these : codes that a person said are not this school.
    """
    barred = set(not_these)
    found = [
        Proposal(f"{old.code}={each.code}", ChangeKind.RECODED, score, reasons)
        for each in new
        if each.code not in barred
        for score, reasons in [likeness_of_schools(old, each)]
        if score >= LEAST
    ]
    found += [each for each in _mergers(old, staying) if _last(each.word) not in barred]
    return _ranked(found, Proposal(f"{old.code}={NONE}", ChangeKind.CLOSED, _ALONE, ("没有找到相像的学校",)))


def origins(new: School, staying: Mapping[str, School], recoded: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Where a school whose code is new may have come from, the likeliest first.

    ``recoded`` are the proposals that old schools became this one.
    """
    found = list(recoded)
    main = staying.get(new.main_code)
    if main is not None:
        reason = f"主校是“{main.name}”"
        found.append(Proposal(f"{main.code}={main.code}+{new.code}", ChangeKind.SPLIT, 0.5, (reason,)))
    return _ranked(found, Proposal(f"{NONE}={new.code}", ChangeKind.OPENED, _ALONE, ("没有找到相像的学校",)))


def likeness_of_schools(old: School, new: School) -> tuple[float, tuple[str, ...]]:
    """How surely two schools of two years are one, from 0 to 1, and what speaks for and against it."""
    if not _of_one_sort(old, new):
        return 0.0, ()
    town = old.town if old.area_code and old.area_code == new.area_code else ""
    alike = likeness(old.name, new.name, town=town)
    site = _site_sign(old, new)
    if alike < _HOPELESS and not (site and site[1]):
        return 0.0, ()
    signs = [(_NAME, alike**_STEEPNESS, _name_words(old, new, alike))]
    if old.area_code and new.area_code:
        same = old.area_code == new.area_code
        signs.append((_TOWN, float(same), f"同在{new.town}" if same else f"由{old.town}到{new.town}"))
    if old.school_type and new.school_type:
        signs.append(_type_sign(old, new))
    if site is not None:
        signs.append(site)
    if old.pupils and new.pupils:
        close = min(old.pupils, new.pupils) / max(old.pupils, new.pupils) >= 0.7
        signs.append((_SIZE, float(close), f"学生 {old.pupils} 人变为 {new.pupils} 人"))
    score = sum(weight * value for weight, value, _ in signs) / sum(weight for weight, _, _ in signs)
    if site is not None and site[1]:
        # On the same ground a school may have been given any name.
        score = max(score, _SAME_GROUND)
    return round(score, 3), tuple(words for _, _, words in signs if words)


def _of_one_sort(old: School, new: School) -> bool:
    """A kindergarten does not become a school, nor a school a kindergarten."""
    return (old.school_type == SchoolType.KINDERGARTEN) == (new.school_type == SchoolType.KINDERGARTEN)


def _name_words(old: School, new: School, alike: float) -> str:
    if old.name == new.name:
        return "名称相同"
    return "名称只是写法不同" if alike == 1 else f"名称相近（{alike:.2f}）" if alike >= 0.5 else "名称不同"


def _type_sign(old: School, new: School) -> tuple[float, float, str]:
    if old.school_type == new.school_type:
        return _TYPE, 1.0, f"都是{terms.label('school_type', new.school_type)}"
    labels = [terms.label("school_type", each.school_type) for each in (old, new)]
    # A school that changes its category is given a new code: that both changed speaks for one school.
    return _TYPE, 0.8, f"由{labels[0]}变为{labels[1]}，换类别会换标识码"


def _site_sign(old: School, new: School) -> tuple[float, float, str] | None:
    if old.address and _plain(old.address) == _plain(new.address):
        return _SITE, 1.0, "地址相同"
    if old.place is None or new.place is None:
        return None
    metres = _distance(old.place, new.place)
    if metres <= _NEAR:
        return _SITE, 1.0, f"位置相距 {metres:.0f} 米"
    return (_SITE, 0.0, f"位置相距 {metres / 1000:.1f} 千米") if metres >= _FAR else None


def _plain(address: str) -> str:
    return "".join(values.clean(address).split())


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places of one county, where the earth is flat enough."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * _METRES_PER_DEGREE


def _mergers(old: School, staying: Mapping[str, School]) -> list[Proposal]:
    """The schools that may have taken a school in."""
    found = []
    for each in staying.values():
        reasons, score = [], 0.0
        if old.main_code == each.code:
            score, reasons = 0.85, [f"上年的主校是“{each.name}”"]
        elif len(opening := normal(each.name)) >= 4 and normal(old.name).startswith(opening):
            score, reasons = 0.7, [f"名称以“{each.name}”开头"]
        elif (site := _site_sign(old, each)) is not None and site[1] and _of_one_sort(old, each):
            score, reasons = _SAME_GROUND, [f"与“{each.name}”{site[2]}"]
        if score:
            word = f"{old.code}+{each.code}={each.code}"
            found.append(Proposal(word, ChangeKind.MERGED, score, tuple(reasons)))
    return found


def _ranked(found: list[Proposal], otherwise: Proposal) -> tuple[Proposal, ...]:
    """The likeliest proposals, and the one that is left where none of them is true."""
    best = sorted(found, key=lambda each: (-each.score, each.word))[:_MOST]
    if not best:
        return (otherwise,)
    reasons = ("以上都不对时",)
    return (*best, Proposal(otherwise.word, otherwise.kind, round(1 - best[0].score, 3), reasons))


def _last(word: str) -> str:
    return word.rpartition("=")[2]


__all__ = ["LEAST", "Proposal", "likeness_of_schools", "origins", "successors"]
