"""Which rows of a table are its head, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.tables.cells import is_figure
from jiaoheng.plans.reading.tables.head_words import is_property, is_value_head, named
from jiaoheng.plans.reading.tables.table import Cell

Row = Sequence[Cell]

_QUALIFIER = re.compile(
    r"[(（]?(?:实际|目标|预测|预期|现状|基期|规划|完成|实绩|预计|单位|目标值|基期值)[)）]?|[(（].{1,8}[)）]"
)
_MOST_HEAD_ROWS = 4


def depth(rows: Sequence[Row]) -> int:
    """How many of the first rows are the head; 0 where the table begins with its body.

    A second row belongs to the head where all its words stand under cells that were merged across
    columns, or where it only qualifies the row above (实际, 目标).
    """
    if not rows or not _may_be_head(rows[0]):
        return 0
    count = 1
    while count < min(len(rows) - 1, _MOST_HEAD_ROWS) and _under(rows[count - 1], rows[count]):
        count += 1
    return count


def names(rows: Sequence[Row]) -> tuple[str, ...]:
    """What each column is called: the words above it from the outermost in, joined by `` › ``."""
    spread = _spread(rows)
    result = []
    for place in range(len(rows[0])):
        parts: list[str] = []
        for row in spread:
            words = row[place]
            if words and (not parts or parts[-1] != words):
                parts.append(words)
        result.append(" › ".join(parts))
    return tuple(result)


def same(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether two heads say the same, white space apart."""
    return [[cell.text for cell in row] for row in left] == [[cell.text for cell in row] for row in right]


def _may_be_head(row: Row) -> bool:
    """Whether a row can be a head: words in at least two columns, and no figure that is not a year."""
    texts = [cell.text for cell in row if cell.text]
    if len(texts) < 2 or any(is_property(text) for text in texts):
        return False
    return all(len(text) <= 40 and (is_value_head(text) or not is_figure(text)) for text in texts)


def _under(above: Row, row: Row) -> bool:
    places = [place for place, cell in enumerate(row) if _own(row, above, place)]
    if not places or not all(len(row[place].text) <= 30 for place in places):
        return False
    texts = [row[place].text for place in places]
    if any(is_figure(text) and not is_value_head(text) for text in texts):
        return False
    if all(_QUALIFIER.fullmatch(text) or is_value_head(text) for text in texts):
        return True
    merged = _merged(above)
    return (
        len(places) > 1
        and all(place in merged for place in places)
        and all(_fits(above, row, place) for place in places)
    )


def _own(row: Row, above: Row, place: int) -> bool:
    """Whether a cell has words of its own: not those of the merged cell above or at its left.

    Markdown merges no cells: the words of one that was merged are printed in every place.
    """
    words = row[place].text
    return bool(words) and words != above[place].text and (place == 0 or words != row[place - 1].text)


def _merged(row: Row) -> set[int]:
    """The places of `row` that lie under a cell merged across columns: it, and the empty ones after it."""
    places: set[int] = set()
    for place in range(1, len(row)):
        if row[place - 1].text and row[place].text in ("", row[place - 1].text):
            places |= {place - 1, place}
        elif place - 1 in places and not row[place].text:
            places.add(place)
    return places


def _fits(above: Row, row: Row, place: int) -> bool:
    """Under 指标 only heads (类别, 名称) are a head: anything else is the first row of the body."""
    outer = next((above[left].text for left in range(place, -1, -1) if above[left].text), "")
    return named(outer) not in ("name", "group") or named(row[place].text) is not None


def _spread(rows: Sequence[Row]) -> list[list[str]]:
    """The words of the head, those of a cell merged across columns repeated in each of them."""
    result: list[list[str]] = []
    for depth_, row in enumerate(rows):
        words = [cell.text for cell in row]
        for place in range(1, len(words)):
            lower = rows[depth_ + 1 :]
            inner = any(other[place].text for other in lower)
            alone = not any(other[place].text for other in rows)
            if not words[place] and words[place - 1] and (alone or inner) and _open(result, place):
                words[place] = words[place - 1]
        result.append(words)
    return result


def _open(above: list[list[str]], place: int) -> bool:
    """Whether the cells above `place` and at its left are one merged cell, or there are none above."""
    return not above or above[-1][place] == above[-1][place - 1]
