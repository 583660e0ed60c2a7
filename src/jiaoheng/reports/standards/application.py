"""The forms of an application as a document, for Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from jiaoheng.packs.application import Application
from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Notice
from jiaoheng.reports.inputs import Origin
from jiaoheng.reports.numbers import half_up
from jiaoheng.reports.results import facts
from jiaoheng.reports.tables import Cell, Column, Table, table
from jiaoheng.standards.application import FilledCell, FilledForm
from jiaoheng.standards.verdict import Verdict

Fill = Literal["", "light", "dark"]
SHORT: dict[Verdict | None, tuple[str, Fill]] = {
    Verdict.FAILED: ("missed", "dark"),
    Verdict.WITHIN: ("behind", "light"),
}
"""The marks and fills of values that do not reach what is asked."""


def application_document(application: Application, forms: Sequence[FilledForm], origin: Origin) -> Document:
    """A chapter for each form; a value that falls short bears a mark."""
    chapters = [
        Chapter(filled.form.id, f"{filled.form.label}　{filled.form.title}", tuple(_blocks(filled, origin)))
        for filled in forms
    ]
    return Document(
        title=f"{origin.region_name}{application.application.name}",
        subtitle=f"{origin.year}年",
        facts=facts(origin),
        warning=origin.warning,
        chapters=tuple(chapters),
        issuer=origin.region_name,
        created=origin.generated_on,
    )


def shown(cell: FilledCell) -> str:
    """What a cell shows: rounded half up, without separators; empty where nothing is known."""
    if isinstance(cell.value, float):
        return f"{half_up(cell.value, cell.digits):.{cell.digits}f}"
    return cell.value or ""


def headings(head: str) -> tuple[str, ...]:
    """The levels of a heading, from the outer to the inner."""
    return tuple(head.split("›"))


def _blocks(filled: FilledForm, origin: Origin) -> list[Block]:
    notes: list[Block] = [Notice(note) for note in filled.form.notes]
    return [Grid(_table(filled, origin)), *notes]


def _table(filled: FilledForm, origin: Origin) -> Table:
    numeric = [
        any(isinstance(row[place].value, float) for row in filled.rows)
        for place in range(len(filled.form.columns))
    ]
    return table(
        f"table-{filled.form.id}",
        f"{filled.form.label}　{filled.form.title}",
        [
            Column("·".join(headings(column.head)), kind="numeric" if is_number else "words")
            for column, is_number in zip(filled.form.columns, numeric, strict=True)
        ],
        ([_cell(cell) for cell in row] for row in filled.rows),
        source=origin.source,
        compact=True,
    )


def _cell(cell: FilledCell) -> Cell:
    nothing: tuple[str, Fill] = ("", "")
    mark, fill = nothing if cell.value is None else SHORT.get(cell.verdict, nothing)
    if isinstance(cell.value, float):
        return Cell(shown(cell), cell.value, status=mark, digits=None if mark else cell.digits, fill=fill)
    return Cell(shown(cell), cell.value, status=mark, fill=fill)
