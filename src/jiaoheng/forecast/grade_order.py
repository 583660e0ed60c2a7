"""Reads the names of grades, and puts them in the order in which pupils pass through them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiaoheng.forecast.series import BIRTHS, SeriesError

_NUMBERS = {name: at for at, name in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_BIRTHS = {"b", "birth", "births", "出生", "出生人口", "出生人数", "出生人口数"}
_WORDS = {
    "nursery": -40,
    "托班": -40,
    "pk": -39,
    "prek": -39,
    "pre-k": -39,
    "pk3": -39,
    "pk4": -38,
    "小班": -29,
    "中班": -28,
    "大班": -27,
    "k": -10,
    "kg": -10,
    "kindergarten": -10,
    "r": -10,
    "reception": -10,
    "j4": 9.5,
    "初中四年级": 9.5,
}
_SPELLED = (
    (
        re.compile(
            r"(?:g|grade|y|year|年级)?[ _-]?0*(\d{1,3})(?:\.0+)?(?:st|nd|rd|th)?(?: ?(?:年级|岁|grade))?"
        ),
        0,
    ),
    (re.compile(r"(?:a|age|年龄)[ _-]?0*(\d{1,3})"), 0),
    (re.compile(r"k0*([123])"), -30),
    (re.compile(r"v0*(1[0-2])"), 100),
)
_CHINESE = (
    (re.compile(r"(?:小学)?([一二三四五六七八九十]{1,2})年级"), 0),
    (re.compile(r"初([一二三])"), 6),
    (re.compile(r"高([一二三])"), 9),
    (re.compile(r"中职([一二三])(?:年级)?"), 109),
)
_RANGE = re.compile(r"\D{0,4}(\d+)\s*(?:-|–|~|～|至|到|_)\s*(\d+)\D{0,2}")


@dataclass(frozen=True)
class GradeOrder:
    """The grades of a table.

    Attributes
    ----------
    grades : as they are first spelled, in the order in which pupils pass through them.
    feeders : for each the index of the grade before it, or `BIRTHS`.
    index : for each spelling the index of its grade; those of births are not in it.
    """

    grades: tuple[str, ...]
    feeders: tuple[int, ...]
    index: dict[str, int]


def grade_order(spellings: Iterable[str], *, file: str) -> GradeOrder:
    """Put grades in order: PK before K1 to K3, then K, 1 to 12 or the single ages; v10 follows 9.

    Parameters
    ----------
    spellings : as in the table, without those of births: ``K``, ``g1``, ``一年级``, ``0`` … ``99``.
    file : its name, for messages.

    Raises
    ------
    SeriesError
        A name is no grade, is a group of ages, or a grade between two others is missing, so that nobody can
        say who moves up into the next.
    """
    ranks = {spelling: _rank(spelling, file) for spelling in spellings}
    named: dict[float, str] = {}
    for spelling, rank in ranks.items():
        named.setdefault(rank, spelling)
    order = sorted(named)
    _refuse_jumps(order, named, file)
    grades = tuple(named[rank] for rank in order)
    at = {rank: index for index, rank in enumerate(order)}
    feeders = tuple(_feeder(rank, order, at) for rank in order)
    return GradeOrder(grades, feeders, {spelling: at[rank] for spelling, rank in ranks.items()})


def is_births(spelling: str) -> bool:
    """Whether a row of that grade holds births."""
    return spelling.strip().lower() in _BIRTHS


def _rank(spelling: str, file: str) -> float:
    text = spelling.strip().lower()
    if text in _WORDS:
        return float(_WORDS[text])
    for pattern, base in _SPELLED:
        if found := pattern.fullmatch(text):
            return float(base + int(found[1]))
    for pattern, base in _CHINESE:
        if (found := pattern.fullmatch(text)) and found[1] in _NUMBERS:
            return float(base + _NUMBERS[found[1]])
    if _RANGE.fullmatch(text):
        raise SeriesError(f"{file}：年级“{spelling}”是一个年龄组，无法逐年升级。请先分成单岁，每岁一行。")
    raise SeriesError(
        f"{file}：认不出年级“{spelling}”。可以写 PK、K1–K3 或小班–大班、K、1–12 或一年级–高三、"
        "单岁年龄 0–99，出生人数写 B；合计行和不分年级的行请删去。"
    )


def _refuse_jumps(order: Sequence[float], named: dict[float, str], file: str) -> None:
    whole = [rank for rank in order if 0 <= rank < 100 and rank.is_integer()]
    for before, after in pairwise(whole):
        if after - before > 1:
            raise SeriesError(
                f"{file}：年级“{named[before]}”之后是“{named[after]}”，中间缺 {after - before - 1:.0f} 个，"
                "无法判断谁升入下一个。请补上缺的年级，或把年龄组分成单岁。"
            )


def _feeder(rank: float, order: Sequence[float], at: dict[float, int]) -> int:
    if rank == 110 and 9 in at:
        return at[9.0]
    if rank == 10 and 9 in at:
        return at[9.0]
    place = order.index(rank)
    return place - 1 if place else BIRTHS
