"""A pack laid out as sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from jiaoheng.packs.models import Entry
from jiaoheng.packs.pack import Pack
from jiaoheng.packs.sheets.codecs import Cell
from jiaoheng.packs.sheets.columns import Column
from jiaoheng.packs.sheets.layout import DOCUMENT, LAYOUT, SheetKind, columns_of, document_columns


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows. The document's has a column for the names of its fields and one for values."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(pack: Pack | None) -> tuple[Filled, ...]:
    """The sheets of a pack; empty ones where there is none.

    Only what the pack itself writes down is filled in: what it leaves to the usual stays blank.
    """
    fields = document_columns()
    said = tuple((one.heading, _cell(pack.document, one) if pack else None) for one in fields)
    sheets = [Filled(DOCUMENT, fields, said)]
    for kind in LAYOUT:
        rows = tuple(_rows(pack, kind)) if pack else ()
        sheets.append(Filled(kind.name, columns_of(kind), rows))
    return tuple(sheets)


def owner_names(entries: Sequence[Entry]) -> list[str]:
    """How other sheets name each entry: by its id, and from the second of one id on by its number too."""
    seen: Counter[str] = Counter()
    names = []
    for entry in entries:
        seen[entry.id] += 1
        names.append(entry.id if seen[entry.id] == 1 else f"{entry.id}#{seen[entry.id]}")
    return names


def _rows(pack: Pack, kind: SheetKind) -> Iterator[tuple[Cell, ...]]:
    entries: Sequence[Entry] = getattr(pack, kind.section)
    own = columns_of(kind)
    if kind.field is None:
        for entry in entries:
            yield tuple(_cell(entry, column) for column in own)
        return
    for owner, entry in zip(owner_names(entries), entries, strict=True):
        held = getattr(entry, kind.field)
        for name, one in held.items() if kind.named else ((None, each) for each in held):
            first = (owner, name) if kind.named else (owner,)
            yield (*first, *(_cell(one, column) for column in own[len(first) :]))


def _cell(entry: BaseModel, column: Column) -> Cell:
    """The cell of a value that the pack writes down; None for one that it leaves to the usual."""
    here: object = entry
    for key in column.way:
        if not isinstance(here, BaseModel) or key not in here.model_fields_set:
            return None
        here = getattr(here, key)
    if here is None or here == () or here == {} or here == "":
        return None
    return column.codec.encode(here)
