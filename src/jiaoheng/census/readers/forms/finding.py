"""Tells which official form each part of a sheet is: by its number, its title, or its shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiaoheng.census import values
from jiaoheng.census.readers.forms.cross_table import NUMBER, CrossTable, cross_tables, flat
from jiaoheng.census.readers.forms.fields import Field, field_named, fields_of
from jiaoheng.census.readers.forms.matching import FormMatch, match_cells, openers
from jiaoheng.census.readers.heading import cell_text
from jiaoheng.census.workbook import Row, Sheet
from jiaoheng.packs.form_layouts import FormLayout

_ZERO = re.compile(r"0+(?:\.0*)?")

_MOST_ROWS = 80
"""A sheet of labels and values (教基1001) is no longer than this."""


@dataclass(frozen=True)
class Form:
    """A form that was found in a sheet: its layout, its table (None where it is labels and values), what its
    cells mean, and the labels and values above it."""

    layout: FormLayout
    table: CrossTable | None
    match: FormMatch
    fields: tuple[Field, ...]

    @property
    def rows(self) -> int:
        """How many rows of the sheet it has."""
        return len(self.table.lines) if self.table else 1

    def stages(self, rows: Sequence[Row]) -> frozenset[str]:
        """The stages of which it says more than blanks and zeros: forms list stages that a school lacks."""
        cells = [*self.match.rest, *(cell for hit in self.match.hits for cell in hit.cells)]
        return frozenset(
            cell.stage
            for cell in cells
            if cell.stage
            and cell.column < len(rows[cell.position])
            and _says(rows[cell.position][cell.column])
        )


@dataclass(frozen=True)
class FoundForms:
    """The forms of a sheet. ``equal``: layouts of which nobody can tell which one a table is; ``strange``:
    numbers of forms that no layout knows; ``unread``: the rows (from 0) of tables beside the forms that are
    like none."""

    forms: tuple[Form, ...] = ()
    equal: tuple[FormLayout, ...] = ()
    strange: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


def find_forms(
    sheet: Sheet,
    layouts: Sequence[FormLayout],
    *,
    wanted: FormLayout | None = None,
    year: int | None = None,
) -> FoundForms:
    """The forms of a sheet.

    Parameters
    ----------
    layouts : all forms that are known.
    wanted : the form that a person says it is; then nothing is guessed.
    year : the year of the files; a form without number is one of those of its time.
    """
    current = [layout for layout in layouts if layout.serves(year)]
    tables = cross_tables(sheet)
    named = _numbers([sheet.name])
    if not tables or _is_of_labels(sheet, named, layouts, wanted):
        return _labels(sheet, layouts, named, wanted)
    forms: list[Form] = []
    strange: list[str] = []
    unread: list[int] = []
    for index, table in enumerate(tables):
        numbers = _numbers(reversed(table.title)) or (named if len(tables) == 1 or not forms else ())
        layout = wanted
        if layout is None and not numbers and forms and _same_head(forms[-1].table, table):
            layout = forms[-1].layout
        if layout is None and numbers:
            layout = _of_number(numbers, layouts)
            if layout is None:
                strange.append(numbers[0])
                continue
        if layout is None:
            layout = _of_title(table.title, current)
        if layout is None:
            best = _of_shape(sheet, tables, index, current)
            if len(best) != 1:
                if best:
                    return FoundForms(equal=best)
                unread += sorted((*(line.position for line in table.lines), *table.strays))
                continue
            (layout,) = best
        form = _form(sheet, tables, index, layout)
        if form is None:
            unread += sorted((*(line.position for line in table.lines), *table.strays))
        else:
            forms.append(form)
    return FoundForms(tuple(forms), strange=tuple(strange), unread=tuple(unread))


def _form(sheet: Sheet, tables: Sequence[CrossTable], index: int, layout: FormLayout) -> Form | None:
    """The table read by the layout's own rows; None where the layout finds nothing in it."""
    inner, opening = layout.layout.inner, openers(layout)
    if inner or opening:
        tables = cross_tables(sheet, inner=inner, openers=opening)
    table = tables[index]
    match = match_cells(table, layout)
    if layout.cells and not match.hits and not match.doubts:
        return None
    return Form(layout, table, match, fields_of(sheet.rows, table.first, table.head))


def _is_of_labels(
    sheet: Sheet, named: tuple[str, ...], layouts: Sequence[FormLayout], wanted: FormLayout | None
) -> bool:
    """Whether the sheet's form is one of labels and values alone: its row 代码 heads no table."""
    top = _numbers(cell_text(cell) for row in sheet.rows[:6] for cell in row)
    layout = wanted or _of_number(named or top, layouts)
    return layout is not None and not layout.cells and bool(layout.fields)


def _labels(
    sheet: Sheet, layouts: Sequence[FormLayout], named: tuple[str, ...], wanted: FormLayout | None
) -> FoundForms:
    """A sheet of labels and values."""
    if len(sheet.rows) > _MOST_ROWS:
        return FoundForms()
    with_fields = [layout for layout in layouts if layout.fields]
    numbers = named or _numbers(cell_text(cell) for row in sheet.rows[:6] for cell in row)
    layout = wanted or (_of_number(numbers, with_fields) if numbers else None)
    fields = fields_of(sheet.rows, 0, len(sheet.rows))
    if layout is None and not numbers:
        score = {
            each.id: sum(field_named(fields, entry.labels) is not None for entry in each.fields)
            for each in with_fields
        }
        best = [
            each
            for each in with_fields
            if score[each.id] >= each.layout.least and score[each.id] == max(score.values())
        ]
        if len(best) > 1:
            return FoundForms(equal=tuple(best))
        layout = best[0] if best else None
    if layout is None or not layout.fields or not fields:
        return FoundForms(strange=numbers[:1])
    return FoundForms((Form(layout, None, FormMatch((), (), ()), fields),))


def _numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """The numbers of forms in texts, in their order."""
    return tuple(found for text in texts for found in NUMBER.findall(flat(text)))


def _of_number(numbers: Sequence[str], layouts: Sequence[FormLayout]) -> FormLayout | None:
    for number in numbers:
        for layout in layouts:
            if number in layout.codes:
                return layout
    return None


def _of_title(title: Sequence[str], layouts: Sequence[FormLayout]) -> FormLayout | None:
    """The form whose title stands above the table; the longest title that does."""
    texts = [flat(text) for text in title]
    found = [
        (len(flat(name)), layout)
        for layout in layouts
        for name in (layout.layout.name, *layout.layout.titles)
        if any(flat(name) in text for text in texts)
    ]
    longest = max((length for length, _ in found), default=0)
    best = {layout.id: layout for length, layout in found if length == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _of_shape(
    sheet: Sheet, tables: Sequence[CrossTable], index: int, layouts: Sequence[FormLayout]
) -> tuple[FormLayout, ...]:
    """The forms that know most cells of a table; several where they know as many."""
    score: dict[str, int] = {}
    for layout in layouts:
        if layout.cells:
            form = _form(sheet, tables, index, layout)
            if form is not None and len(form.match.hits) >= layout.layout.least:
                score[layout.id] = len(form.match.hits)
    most = max(score.values(), default=0)
    return tuple(layout for layout in layouts if score.get(layout.id) == most) if most else ()


def _says(cell: object) -> bool:
    text = values.clean(cell)
    return text not in values.BLANKS and _ZERO.fullmatch(text) is None


def _same_head(one: CrossTable | None, other: CrossTable) -> bool:
    return one is not None and [path.levels for path in one.columns] == [
        path.levels for path in other.columns
    ]


__all__ = ["Form", "FoundForms", "find_forms"]
