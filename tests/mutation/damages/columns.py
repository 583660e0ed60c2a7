"""What happens to whole columns and to their headings."""

from __future__ import annotations

import copy
from random import Random

from ..draft import REFUSED, Draft, Head, Line, Page, Spot
from .registry import strikes

_UNITS = {"元": 1.0, "千元": 1e3, "万元": 1e4, "亿元": 1e8}


@strikes("column")
def column_dropped(draft: Draft, rng: Random) -> bool:
    """A column is gone: nothing may be known of it."""
    page = draft.main(rng)
    column = _plain(page, rng)
    if column is None:
        return False
    for line in page.lines:
        del line.spots[column : column + 1]
    del page.heads[column]
    page.merges = [
        (top, left - (left > column), bottom, right - (right >= column))
        for top, left, bottom, right in page.merges
        if not left == right == column
    ]
    page.hidden_columns = {each - (each > column) for each in page.hidden_columns if each != column}
    return True


@strikes("column")
def column_twice(draft: Draft, rng: Random) -> bool:
    """A column stands twice with the same heading and figures: it is read, or told that it is not."""
    page = draft.main(rng)
    column = _plain(page, rng)
    if column is None or page.heads[column].target == "":
        return False
    for line in page.lines:
        if column < len(line.spots):
            line.spots += [Spot() for _ in range(len(page.heads) - len(line.spots))]
            line.spots.append(copy.deepcopy(line.spots[column]))
    page.heads.append(copy.deepcopy(page.heads[column]))
    page.merges += [
        (top, len(page.heads) - 1, bottom, len(page.heads) - 1)
        for top, left, bottom, right in page.merges
        if left == right == column
    ]
    return True


@strikes("column")
def column_renamed(draft: Draft, rng: Random) -> bool:
    """A heading says something that nobody knows: the column is not read, and this is told."""
    page = draft.main(rng)
    column = rng.choice(page.fed) if page.fed else None
    lowest = None if column is None else _lowest(page, column)
    if lowest is None:
        return False
    lowest.value = rng.choice(("本项", f"{lowest.value}（旧口径）", "x", f"修订{lowest.value}数"))
    return True


@strikes("column")
def heading_blank(draft: Draft, rng: Random) -> bool:
    """A heading was deleted: what stands above it may still say what the column is; else it is not read."""
    page = draft.main(rng)
    column = _plain(page, rng)
    lowest = None if column is None else _lowest(page, column)
    if column is None or lowest is None or not page.heads[column].target:
        return False
    lowest.value = None
    for row in page.data:
        page.lines[row].spots[column].may = (page.lines[row].spots[column].may or frozenset()) | {None}
    return True


@strikes("column", harmless=True)
def columns_swapped(draft: Draft, rng: Random) -> bool:
    """Two columns changed places with all that they hold: headings say which is which."""
    page = draft.main(rng)
    if len(page.head_rows) != 1 or len(page.heads) < 4:
        return False
    # In a form the first columns name the rows.
    movable = page.fed if draft.kind.startswith("form") else range(len(page.heads))
    one, other = sorted(rng.sample(movable, 2))
    if any(left <= one <= right or left <= other <= right for _, left, _, right in _in_table(page)):
        return False
    for line in page.lines:
        if line.role in ("heading", "data", "total", "again"):
            line.spots += [Spot() for _ in range(other + 1 - len(line.spots))]
            line.spots[one], line.spots[other] = line.spots[other], line.spots[one]
    page.heads[one], page.heads[other] = page.heads[other], page.heads[one]
    return True


@strikes("column")
def headings_swapped(draft: Draft, rng: Random) -> bool:
    """Two headings changed places and the figures did not: the file now says that each is the other.

    Names of persons are left where they are: nobody can tell one from the name of a class.
    """
    page = draft.main(rng)
    fed = [column for column in page.fed if _lowest(page, column) is not None]
    if len(page.head_rows) != 1 or len(fed) < 2:
        return False
    one, other = rng.sample(fed, 2)
    first, second = _lowest(page, one), _lowest(page, other)
    assert first is not None
    assert second is not None
    first.value, second.value = second.value, first.value
    page.heads[one], page.heads[other] = page.heads[other], page.heads[one]
    for row in page.data:
        for column in (one, other):
            page.lines[row].spots[column].may = None
    return True


@strikes("column")
def merges_broken(draft: Draft, rng: Random) -> bool:
    """The merged headings were taken apart: what each column holds is read as before, or told not to be."""
    page = draft.main(rng)
    heads = set(page.head_rows)
    kept = [merge for merge in page.merges if merge[0] not in heads or rng.random() < 0.3]
    changed = len(kept) < len(page.merges)
    page.merges = kept
    return changed


@strikes("column", harmless=True)
def columns_hidden(draft: Draft, rng: Random) -> bool:
    """Columns are hidden: they are data all the same."""
    page = draft.main(rng)
    if not page.fed:
        return False
    page.hidden_columns |= set(rng.sample(page.fed, min(3, len(page.fed))))
    return True


@strikes("column", harmless=True)
def column_of_remarks(draft: Draft, rng: Random) -> bool:
    """A column of the county's own stands behind the others: it is not read, and takes nothing away."""
    page = draft.main(rng)
    width = len(page.heads)
    if not page.head_rows or draft.mapping or width > 250:
        return False
    for line in page.lines:
        if line.role in ("heading", "data"):
            line.spots += [Spot() for _ in range(width - len(line.spots))]
            said = "本县自填" if line is page.lines[page.head_rows[0]] else None
            line.spots.append(Spot(said if line.role == "heading" else rng.choice((None, "已核", 5))))
    page.heads.append(Head())
    return True


@strikes("column")
def blank_column_between(draft: Draft, rng: Random) -> bool:
    """An empty column stands between the others: all is read as before, or told not to be."""
    page = draft.main(rng)
    at = rng.randrange(len(page.heads) + 1)
    if any(left < at <= right for _, left, _, right in _in_table(page)):
        return False
    for line in page.lines:
        if len(line.spots) > at and line.role != "other":
            line.spots.insert(at, Spot())
    page.heads.insert(at, Head())
    page.merges = [
        (top, left + (left >= at), bottom, right + (right >= at)) for top, left, bottom, right in page.merges
    ]
    page.hidden_columns = {each + (each >= at) for each in page.hidden_columns}
    return True


@strikes("column", weight=2)
def another_unit(draft: Draft, rng: Random) -> bool:
    """The heading names another unit: the figures now mean that, or are refused."""
    page = draft.main(rng)
    for column in rng.sample(page.fed, len(page.fed)):
        lowest = _lowest(page, column)
        # Where a mapping says the factor, the heading is only a name.
        if lowest is None or page.heads[column].column.unit != "yuan" or draft.mapping:
            continue
        old = next((unit for unit in ("万元", "元") if f"({unit})" in _ascii(lowest.value)), None)
        if old is None:
            continue
        new = rng.choice([unit for unit in _UNITS if unit != old])
        lowest.value = _ascii(lowest.value).replace(f"({old})", f"({new})")
        page.heads[column].factor = _UNITS[new]
        for row in page.data:
            page.lines[row].spots[column].may = None
        return True
    return False


@strikes("column", harmless=True)
def title_above(draft: Draft, rng: Random) -> bool:
    """One more line of title stands above everything."""
    page = draft.main(rng)
    if draft.mapping:
        return False
    page.lines.insert(0, Line([Spot("（内部资料，注意保存）")], role="other"))
    page.merges = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in page.merges]
    page.hidden_rows = {row + 1 for row in page.hidden_rows}
    return True


@strikes("column")
def headings_gone(draft: Draft, rng: Random) -> bool:
    """The headings were cut off: nobody can tell what the figures are, so none may be taken."""
    page = draft.main(rng)
    if not page.head_rows:
        return False
    for row in page.head_rows:
        for spot in page.lines[row].spots:
            spot.value = None
        page.lines[row].role = "blank"
    again = next((row for row, line in enumerate(page.lines) if line.role == "again"), len(page.lines))
    for row in page.data:
        # Below a second row of headings all is as it was.
        for spot in page.lines[row].spots if row < again else ():
            spot.may = frozenset({REFUSED})
    heads = set(page.head_rows)
    page.merges = [merge for merge in page.merges if merge[0] not in heads]
    return True


def _plain(page: Page, rng: Random) -> int | None:
    """A column whose headings stand over it alone."""
    shared = {
        column for _, left, _, right in _in_table(page) if left < right for column in range(left, right + 1)
    }
    columns = [column for column in range(len(page.heads)) if column not in shared]
    return rng.choice(columns) if columns else None


def _in_table(page: Page) -> list[tuple[int, int, int, int]]:
    """The merged cells of the headings and the data, without those of titles."""
    titles = {number for number, line in enumerate(page.lines) if line.role == "other"}
    return [merge for merge in page.merges if merge[0] not in titles]


def _lowest(page: Page, column: int) -> Spot | None:
    """The innermost heading of a column, where it has one of its own."""
    for row in reversed(page.head_rows):
        spots = page.lines[row].spots
        if column < len(spots) and spots[column].value:
            return spots[column]
    return None


def _ascii(value: object) -> str:
    return str(value).replace("（", "(").replace("）", ")")
