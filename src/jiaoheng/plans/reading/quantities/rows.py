"""Figures in a row, which one set of words serves: 分别达到93%和98%; 由82%提高到88%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from jiaoheng.plans.reading.quantities.quantity import Quantity

_JOINT = re.compile(r"、|和|与|及|以及")
_FROM = re.compile(r"(?:由|从)(?:(?:19|20)\d\d年)?[^，。；\d]{0,8}$")
_RISES = re.compile(
    r"[^，。；\d]{0,12}(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|降|缩小|压缩)[至到为](?:(?:19|20)\d\d年)?[^，。；\d]{0,6}"
)


@dataclass(frozen=True)
class Row:
    """The place of a figure in its row.

    Attributes
    ----------
    first : the first figure of the row.
    index, length : which one this is, from 0, and how many there are.
    """

    first: Quantity
    index: int
    length: int


def rows(text: str, found: tuple[Quantity, ...]) -> dict[int, Row]:
    """The row of each figure that stands in one, by where its number starts."""
    grouped: list[list[Quantity]] = []
    for one in found:
        if grouped and _JOINT.fullmatch(text[grouped[-1][-1].end : one.numeral]):
            grouped[-1].append(one)
        else:
            grouped.append([one])
    return {
        one.numeral: Row(group[0], index, len(group))
        for group in grouped
        if len(group) > 1
        for index, one in enumerate(group)
    }


def origins(text: str, found: tuple[Quantity, ...]) -> dict[int, Quantity]:
    """For each figure that something rises or falls to, the one that it comes from (由A提高到B)."""
    return {
        later.numeral: earlier
        for earlier, later in pairwise(found)
        if earlier.unit in (later.unit, "")
        and _FROM.search(text[max(0, earlier.start - 16) : earlier.start])
        and _RISES.fullmatch(text[earlier.tail : later.numeral])
    }
