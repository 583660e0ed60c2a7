"""When two wordings count as the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

import opencc

NEAR = 0.6
"""The least share of character pairs (Dice) that two wordings of one subject have in common."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def squeezed(words: str) -> str:
    """`words` in simplified script and half width, without white space."""
    return "".join(_converter().convert(unicodedata.normalize("NFKC", words)).split())


@cache
def bare(words: str) -> str:
    """`squeezed`, and without punctuation."""
    return "".join(sign for sign in squeezed(words) if unicodedata.category(sign)[0] in "LN")


def alike(one: str, other: str) -> bool:
    """Whether two subjects mean the same: one contains the other, or they share most character pairs."""
    one, other = bare(one), bare(other)
    if not one or not other:
        return one == other
    return one in other or other in one or _dice(one, other) >= NEAR


def _dice(one: str, other: str) -> float:
    mine, theirs = Counter(pairwise(one)), Counter(pairwise(other))
    pairs = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / pairs if pairs else 0.0
