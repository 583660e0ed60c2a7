"""How wide words are on paper, near enough to set columns and keys by."""

from __future__ import annotations

import unicodedata

# A little more than a digit takes in Times, for machines that set another letter in its place.
_LATIN = 0.6


def ems(text: str) -> float:
    """The width of ``text`` on one line, in times its own height."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else _LATIN for letter in text)
