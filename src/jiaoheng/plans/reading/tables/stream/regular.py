"""Tables without years that lost their grid: a name and as many figures in each row (an allocation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.plans.reading.tables.captions import is_caption, is_title
from jiaoheng.plans.reading.tables.stream.tokens import Token

_FEWEST_ROWS, _FEWEST_FIGURES = 3, 2


@dataclass(frozen=True)
class Regular:
    """Such a table: its heads (the first may be missing), its rows, all of one length.

    `start` is the place of its first character in the source, `end` the number of the token after it.
    """

    start: int
    end: int
    heads: tuple[str, ...]
    rows: tuple[tuple[Token, ...], ...]

    @property
    def sure(self) -> float:
        """Less where the heads are not as many as the columns (a head in two rows lost its shape)."""
        return 1.0 if all(self.heads[1:]) else 0.5


def find(run: Sequence[Token]) -> list[Regular]:
    """The regular tables of `run`, in order."""
    found: list[Regular] = []
    place = 0
    while place < len(run):
        width = _width(run, place)
        rows = []
        stop = place
        while width > _FEWEST_FIGURES and stop < len(run) and _width(run, stop) == width:
            rows.append(tuple(run[stop : stop + width]))
            stop += width
        if len(rows) < _FEWEST_ROWS:
            place += 1
            continue
        start, heads = _heads(run, found[-1].end if found else 0, place, width)
        found.append(Regular(run[start].start, stop, heads, tuple(rows)))
        place = stop
    return found


def _width(run: Sequence[Token], place: int) -> int:
    """How many tokens a row takes that starts here with a name; 0 where none does."""
    if not run[place].words:
        return 0
    stop = place + 1
    while stop < len(run) and (run[stop].figure or run[stop].empty):
        stop += 1
    return stop - place


def _heads(run: Sequence[Token], floor: int, place: int, width: int) -> tuple[int, tuple[str, ...]]:
    """Where the heads of the rows from `place` on start, and what they are; empty where they do not fit."""
    start = place
    while start > floor and run[start - 1].words and place - start < 2 * width:
        token = run[start - 1]
        if is_caption(token.text) or (place - start >= width - 1 and is_title(token.text) and _long(token)):
            break
        start -= 1
    said = [token.text for token in run[start:place]]
    if len(said) == width - 1:
        said = ["", *said]
    return start, tuple(said) if len(said) == width else tuple("" for _ in range(width))


def _long(token: Token) -> bool:
    return len(token.text) > 8
