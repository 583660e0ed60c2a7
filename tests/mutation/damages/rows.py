"""What happens to the rows of a sheet."""

from __future__ import annotations

import copy
from random import Random

from ..county import PERSONS, secret_name
from ..draft import REFUSED, Draft, Line, Page, Spot
from .registry import strikes


@strikes("row", harmless=True)
def blank_rows(draft: Draft, rng: Random) -> bool:
    """Rows without anything stand between the others: nothing is lost by them."""
    page = draft.main(rng)
    for _ in range(rng.choice((1, 2, 30))):
        _insert(page, _below(page, rng), Line([Spot() for _ in range(rng.choice((0, 3)))], role="blank"))
    return True


@strikes("row", harmless=True)
def rows_of_spaces(draft: Draft, rng: Random) -> bool:
    """Rows that look empty and hold spaces are no data."""
    page = draft.main(rng)
    spots = [Spot(rng.choice((" ", "\u3000", "", "\u00a0"))) for _ in range(4)]
    _insert(page, _below(page, rng), Line(spots, role="blank"))
    return True


@strikes("row", harmless=True)
def subtotal(draft: Draft, rng: Random) -> bool:
    """A row of sums among the rows of a form: no school is called 小计."""
    page = draft.main(rng)
    label = _label(page)
    if not page.data or label is None or draft.mapping or draft.kind == "template":
        return False
    width = len(page.heads)
    spots = [Spot() for _ in range(width)]
    spots[label].value = rng.choice(("小计", "合计", "总计", "小 计", "合　计"))
    for column in page.fed:
        if page.heads[column].column.unit == "人":
            spots[column].value = sum(_figure(page.lines[row], column) for row in page.data)
    _insert(page, _below(page, rng), Line(spots, role="total"))
    return True


@strikes("row")
def subtotal_in_a_template(draft: Draft, rng: Random) -> bool:
    """A row of sums in a template, which has no place for one: it is told, and stored as nothing."""
    page = draft.main(rng)
    if draft.kind != "template" or not page.data:
        return False
    spots = [Spot() for _ in page.heads]
    spots[rng.randrange(min(2, len(spots)))].value = rng.choice(("小计", "合计"))
    for column in page.fed:
        if page.heads[column].column.unit == "人":
            spots[column].value = sum(_figure(page.lines[row], column) for row in page.data)
    # Only the first cell of a row with a key is told from a code.
    _insert(page, len(page.lines), Line(spots, role="foreign"))
    return True


@strikes("row", weight=2)
def repeated_headings(draft: Draft, rng: Random) -> bool:
    """The headings stand once more in mid-sheet, as on a new printed page: they are no data."""
    page = draft.main(rng)
    if not page.head_rows or not page.data:
        return False
    at = _below(page, rng)
    for row in reversed([copy.deepcopy(page.lines[row]) for row in page.head_rows]):
        row.role = "again"
        _insert(page, at, row)
    return True


@strikes("row", harmless=True)
def shuffled(draft: Draft, rng: Random) -> bool:
    """The rows of data stand in another order; each says what it said."""
    page = draft.main(rng)
    data = page.data
    if any(top in data and top < bottom for top, _, bottom, _ in page.merges):
        return False
    # In a form a row stands under those above it.
    if draft.kind.startswith("form"):
        return False
    order = rng.sample(data, len(data))
    lines = [page.lines[row] for row in order]
    for row, line in zip(data, lines, strict=True):
        page.lines[row] = line
    return len(data) > 1


@strikes("row")
def row_twice(draft: Draft, rng: Random) -> bool:
    """A row stands twice, word for word: once is meant."""
    page = draft.main(rng)
    if not page.data or draft.kind.startswith("form"):
        return False
    row = rng.choice(page.data)
    twin = copy.deepcopy(page.lines[row])
    twin.tag += " 重"
    _insert(page, _below(page, rng), twin)
    return True


@strikes("row", weight=2)
def row_contradicted(draft: Draft, rng: Random) -> bool:
    """A row stands twice, with another figure: nobody knows which is right, so not both may be taken."""
    page = draft.main(rng)
    if not page.data or draft.kind.startswith("form"):
        return False
    line = page.lines[rng.choice(page.data)]
    columns = [
        column
        for column in page.fed
        if page.heads[column].column.type in ("integer", "number")
        and not page.heads[column].column.key
        and isinstance(line.spots[column].value, int | float)
        and line.spots[column].may
        and REFUSED not in (line.spots[column].may or ())
        # A column that is a group's total less its parts may come out alike.
        and page.heads[column].column.name not in ("teachers_art",)
    ]
    if not columns:
        return False
    column = rng.choice(columns)
    twin = copy.deepcopy(line)
    twin.tag += " 反"
    twin.spots[column].value = float(str(line.spots[column].value)) + 1
    line.spots[column].may = (line.spots[column].may or frozenset()) | {REFUSED}
    twin.spots[column].may = None
    draft.rivals.append((line.tag, twin.tag, twin.spots[column]))
    _insert(page, _below(page, rng), twin)
    return True


@strikes("row")
def row_shifted_right(draft: Draft, rng: Random) -> bool:
    """Somebody inserted a cell: everything in the row stands under the next heading."""
    page = draft.main(rng)
    if not page.data:
        return False
    line = page.lines[rng.choice(page.data)]
    at = rng.randrange(min(4, len(line.spots)))
    line.spots.insert(at, Spot())
    for spot in line.spots:
        spot.may = None
    return True


@strikes("row")
def row_shifted_left(draft: Draft, rng: Random) -> bool:
    """Somebody deleted a cell: everything in the row stands under the heading before."""
    page = draft.main(rng)
    if not page.data:
        return False
    line = page.lines[rng.choice(page.data)]
    del line.spots[rng.randrange(min(4, len(line.spots)))]
    line.spots.append(Spot())
    for spot in line.spots:
        spot.may = None
    return True


@strikes("row", harmless=True)
def note_below(draft: Draft, rng: Random) -> bool:
    """Remarks and a signature stand below the table: no data, and the signer's name is nobody's business."""
    if draft.kind == "template" or draft.mapping:
        return False
    page = draft.main(rng)
    for text in (
        f"注：数据截至 9 月 1 日，由{secret_name(1)}汇总。",
        f"填表人：{secret_name(2)}　审核人：{secret_name(3)}",
    ):
        page.lines.append(Line([Spot(text)], role="note"))
    return True


@strikes("row")
def note_in_the_middle(draft: Draft, rng: Random) -> bool:
    """A remark stands among the rows of data: it is told, and stored as nothing."""
    page = draft.main(rng)
    if not page.data:
        return False
    column = rng.randrange(min(4, len(page.heads)))
    spots = [Spot() for _ in range(column)] + [Spot("备注：以下各校数据待核实，如有疑问请致电。")]
    _insert(page, _below(page, rng), Line(spots, role="note" if column == 0 else "foreign"))
    return True


@strikes("row")
def merged_downwards(draft: Draft, rng: Random) -> bool:
    """A town's name stands once for several schools below one another: the others read it, or a blank."""
    page = draft.main(rng)
    data = page.data
    if len(data) < 3 or draft.form != "xlsx":
        return False
    column = rng.randrange(min(6, len(page.heads)))
    first = rng.randrange(len(data) - 2)
    span = data[first : first + 3]
    if span != list(range(span[0], span[0] + 3)):
        return False
    lead = page.lines[span[0]].spots[column]
    for row in span[1:]:
        spot = page.lines[row].spots[column]
        spot.value = None
        known = None if spot.may is None or lead.may is None else spot.may | lead.may
        spot.may = None if known is None else known | {None, REFUSED}
    page.merges.append((span[0], column, span[-1], column))
    return True


@strikes("row", weight=0.5)
def second_table_below(draft: Draft, rng: Random) -> bool:
    """Another table stands below: none of its rows may pass for one of ours."""
    page = draft.main(rng)
    _insert(page, len(page.lines), Line([], role="blank"))
    # In a table of persons a driver's name is as secret as theirs; elsewhere messages repeat cells.
    drivers = [secret_name(4), secret_name(5)] if draft.kind in PERSONS else ["张师傅", "李师傅"]
    rows = [["附表：校车情况"], ["车牌", "座位", "司机"], *(["粤H12345", 30, name] for name in drivers)]
    for cells in rows:
        page.lines.append(Line([Spot(cell) for cell in cells], role="foreign"))
    return True


@strikes("row", harmless=True)
def rows_hidden(draft: Draft, rng: Random) -> bool:
    """Rows are hidden, by hand or by a filter: they are data all the same."""
    page = draft.main(rng)
    if not page.data:
        return False
    page.hidden_rows |= set(rng.sample(page.data, rng.randrange(1, len(page.data) + 1)))
    return True


def _insert(page: Page, at: int, line: Line) -> None:
    """Put a line in; merged cells below move down with theirs."""
    page.lines.insert(at, line)
    page.merges = [
        (top + (top >= at), left, bottom + (bottom >= at), right) for top, left, bottom, right in page.merges
    ]
    page.hidden_rows = {row + (row >= at) for row in page.hidden_rows}


def _below(page: Page, rng: Random) -> int:
    """A place among the rows of data, below the headings and not inside cells that are merged downwards."""
    data = page.data
    if not data:
        return len(page.lines)
    at = rng.choice([*data, data[-1] + 1])
    inside = any(top < at <= bottom for top, _, bottom, _ in page.merges)
    return data[-1] + 1 if inside else at


def _label(page: Page) -> int | None:
    """The column that names a row."""
    for column in page.fed:
        if page.heads[column].target.endswith((".name", ".pupil_id", ".teacher_id", ".class_code")):
            return column
    return None


def _figure(line: Line, column: int) -> float:
    value = line.spots[column].value if column < len(line.spots) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
