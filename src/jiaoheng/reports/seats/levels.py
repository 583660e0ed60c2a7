"""How a level of warning looks: a colour, a mark's shape, and a word, each of which says it alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """``word`` stands on maps and in tables; ``mark`` is a shape of the page; ``fill`` shades a map."""

    word: str
    label: str
    mark: str
    fill: str


LOOKS = {
    # Dark to light from the gravest on: the order survives a grey copier.
    "red": Look("红", "红色预警", "missed", "#b3242f"),
    "orange": Look("橙", "橙色预警", "behind", "#e2823a"),
    "yellow": Look("黄", "黄色预警", "behind", "#f3cf63"),
    "blue": Look("蓝", "蓝色预警", "on_track", "#bcd8ee"),
    "none": Look("", "不预警", "met", "#f3f7f2"),
    "unknown": Look("", "无法判断", "unknown", "#f1f1ef"),
}

BEYOND = Look("", "不在预警年限内", "not_applicable", "#ffffff")
"""Of a year that the rule does not look at."""


def look(level: str | None) -> Look:
    """The look of a level; of one that nobody knows, that of the unknown."""
    return BEYOND if level is None else LOOKS.get(level, LOOKS["unknown"])
