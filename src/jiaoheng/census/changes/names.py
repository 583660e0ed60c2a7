"""How alike two school names are: what they share once the ways of writing a name are taken away."""

from __future__ import annotations

import re
from functools import lru_cache

from jiaoheng.census import values
from jiaoheng.census.script import simplified

_REGION = re.compile(r"^(?:.{2,10}?(?:省|自治区|自治州|自治县)|[^市县区]{2,4}?(?:市|县|区))(?=.{4})")
_TOWN = re.compile(r"(?:街道|镇|乡)$")
_MARKS = re.compile(r"[^\w]+|_")
_WHOLE = (
    ("中心完全小学", "中心小学"),
    ("中心校", "中心小学"),
    ("完全小学", "小学"),
    ("初级中学", "中学"),
    ("初中", "中学"),
    ("附属幼儿园", "幼儿园"),
)
"""Kinds of school that are written in several ways: the longer word first."""
_KIND = re.compile(r"(?:中心小学|小学|中学|学校|幼儿园|教学点|九年一贯制|九年制|实验|中心|高级|完全)+$")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_NUMBER = re.compile(r"第?(\d+|[一二三四五六七八九十]+)(?=小学|中学|初中|高中|幼儿园|学校|小$|中$)")
_NUMBERS = re.compile(r"\d+")
_SAME_STEM = 0.9


def normal(name: str) -> str:
    """A name without what may be written one way or another: width, script, spaces, brackets, region, 第.

    Two names that are equal so are one name, written differently.
    """
    return _normal(name)


def likeness(one: str, other: str, *, town: str = "") -> float:
    """How alike two names are, from 0 to 1; 1 where they are one name written differently.

    Names that differ in the kind of school alone (城中小学, 城中学校) count 0.9. Names with different numbers
    (第一小学, 第二小学) count half.

    Parameters
    ----------
    one, other : the names.
    town : the town of both: that both names open with it makes them no more alike.
    """
    first, second = normal(one), normal(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    first, second = _without_town(first, second, normal(town))
    if not set(first) & set(second):
        return 0.0
    if not set(first) & set(second):
        return 0.0
    stem, other_stem = _stem(first), _stem(second)
    if len(stem) >= 2 and stem == other_stem:
        return _SAME_STEM
    ratio = _ratio(stem, other_stem) if stem and other_stem else _ratio(first, second)
    ratio = min(ratio, _SAME_STEM)
    return ratio / 2 if _NUMBERS.findall(first) != _NUMBERS.findall(second) else ratio


@lru_cache(maxsize=8192)
def _normal(name: str) -> str:
    text = _MARKS.sub("", simplified("".join(values.clean(name).split())))
    while (shorter := _REGION.sub("", text)) != text:
        text = shorter
    for written, meant in _WHOLE:
        if text.endswith(written):
            text = text.removesuffix(written) + meant
            break
    text = re.sub(r"^[市县](?=第|[一二三四五六七八九十\d]+[中小])", "", text)
    return _NUMBER.sub(lambda found: found[1].translate(_DIGITS), text)


def _without_town(first: str, second: str, town: str) -> tuple[str, str]:
    for word in (town, _TOWN.sub("", town)):
        rests = [name.removeprefix(word) for name in (first, second)]
        # A school that is called as its town (城中小学 in 城中街道) would have no name left.
        if word and all(
            _stem(rest) and rest != name for rest, name in zip(rests, (first, second), strict=True)
        ):
            return rests[0], rests[1]
    return first, second


@lru_cache(maxsize=8192)
def _stem(name: str) -> str:
    return _KIND.sub("", name)


def _ratio(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of neighbouring characters, the ends among them."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    ended = f"^{text}$"
    return frozenset(ended[at : at + 2] for at in range(len(ended) - 1))


__all__ = ["likeness", "normal"]
