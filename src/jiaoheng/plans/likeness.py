"""How alike two names are: of indicators, tasks, projects in two plans."""

from __future__ import annotations

import re

from jiaoheng.packs.catalogue import plain_name

_NOT_LETTERS = re.compile(r"[\W_]+")


def bare(name: str) -> str:
    """`name` without white space, punctuation, quotation marks and a unit at its end."""
    return _NOT_LETTERS.sub("", plain_name(name))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: Dice's coefficient of the pairs of neighbouring characters of two names.

    Source: L. R. Dice, Measures of the Amount of Ecologic Association Between Species (1945).
    """
    first, second = bare(one), bare(other)
    if first == second:
        return 1.0
    pairs, others = _pairs(first), _pairs(second)
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
