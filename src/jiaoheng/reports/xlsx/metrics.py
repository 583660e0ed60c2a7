"""How much room text takes in cells, counted in half-width characters, as Excel counts columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LINE = 14.5
"""Points between the lines of a cell."""

_HIGHEST = 409.0
# A cell holds 32,767 UTF-16 units, of which a character takes up to two.
_MOST = 16_000
# Excel has no wider column.
_WIDEST = 255.0


def width(text: str) -> int:
    """The longest line of ``text`` in half-width characters; a Chinese character takes two."""
    return max((_width(line) for line in text.split("\n")), default=0)


def lines(text: str, room: float) -> int:
    """How many lines ``text`` takes in a column that holds ``room`` half-width characters."""
    return sum(max(1, -(-_width(line) // max(1, int(room)))) for line in text.split("\n"))


def height(texts: Iterable[tuple[str, float]], *, least: int = 1) -> float:
    """The height in points of a row that shows each text whole in the room beside it."""
    most = max((lines(text, room) for text, room in texts), default=1)
    return min(_HIGHEST, max(most, least) * LINE + 5)


def column_width(heads: Iterable[str], body: Iterable[str], *, widest: float, head_lines: int = 3) -> float:
    """A width that shows most of the body on one line and the head on few.

    Parameters
    ----------
    widest : cells that need more are broken into lines.
    head_lines : how many lines a head may take.
    """
    needed = max((width(text) for text in body), default=0)
    for head in heads:
        for line in head.split("\n"):
            needed = max(needed, -(-_width(line) // head_lines))
    # Room for the cell's own margins, and for the filter's button.
    return min(_WIDEST, widest, max(6, needed) + 3)


def cut(text: str) -> str:
    """``text`` as far as a cell can hold it; a longer one would not be written at all."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
