"""Writes one document in every format that is read, with real headings and real tables."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.table import Table as DocxTable

from jiaoheng.plans.reading.outline import outline
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import Table, find


@dataclass(frozen=True)
class Words:
    """A paragraph, or a heading of that level."""

    said: str
    level: int = 0


@dataclass(frozen=True)
class Merged:
    """A cell of a table and the places that it covers."""

    row: int
    column: int
    said: str
    down: int
    across: int


@dataclass(frozen=True)
class Cells:
    """A table; places that no cell covers are empty."""

    height: int
    width: int
    cells: tuple[Merged, ...]


Piece = Words | Cells


def pieces(source: Source) -> list[Piece]:
    """The headings, paragraphs and tables of a plain text as it is understood, in order.

    Without its footnotes, whose marks are not part of them.
    """
    tables = find(source)
    understood = outline(source, tables)
    found: list[tuple[int, Piece]] = []
    covered: set[int] = set()
    for paragraph in understood.paragraphs:
        offsets = paragraph.flow.offsets
        covered.update(offsets)
        if paragraph.kind != "footnote":
            found.append((offsets[0], Words("".join(source.text[at] for at in offsets))))
    for heading in understood.sections:
        if heading.span.start not in covered:
            found.append((heading.span.start, Words(heading.title, min(heading.level, 9))))
    for table in tables:
        if table.title_span:
            found.append((table.span.start, Words(f"表 {table.title}")))
        if table.unit:
            found.append((table.span.start + 1, Words(f"单位：{table.unit}")))
        found.append((table.span.start + 2, Cells(*_laid_out(table))))
    return [piece for _, piece in sorted(found, key=lambda each: each[0])]


def _laid_out(table: Table) -> tuple[int, int, tuple[Merged, ...]]:
    """The head with its merged cells, and the body in which a repeated cell is one."""
    levels = [name.split(" › ") for name in table.columns]
    deep = max(map(len, levels))
    cells: list[Merged] = []
    for depth in range(deep):
        above = [level[: depth + 1] for level in levels]
        for column, across in _alike(above):
            last = depth + 1 == len(levels[column])
            for each in range(column, column + across) if last else (column,):
                if depth < len(levels[each]):
                    down = deep - depth if last else 1
                    cells.append(Merged(depth, each, levels[each][depth], down, 1 if last else across))
    for column in range(len(levels)):
        held = [row[column] for row in table.rows]
        for row, down in _alike([cell.pieces or place for place, cell in enumerate(held)]):
            cells.append(Merged(deep + row, column, held[row].text, down, 1))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return deep + len(table.rows), len(levels), tuple(cells)


def _alike(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Where each run of equal values begins, and how long it is."""
    start = 0
    for _, run in groupby(values):
        length = len(list(run))
        yield start, length
        start += length


def write_docx(path: Path, document: Sequence[Piece]) -> None:
    made = docx.Document()
    for piece in document:
        match piece:
            case Words(said, 0):
                made.add_paragraph(said)
            case Words(said, level):
                made.add_heading(said, level)
            case Cells(height, width, cells):
                table: DocxTable = made.add_table(height, width, "Table Grid")
                grid = [list(row.cells) for row in table.rows]
                for cell in cells:
                    last = grid[cell.row + cell.down - 1][cell.column + cell.across - 1]
                    first = grid[cell.row][cell.column]
                    (first if last is first else first.merge(last)).text = cell.said
    made.save(str(path))


def write_html(path: Path, document: Sequence[Piece]) -> None:
    made = ['<!DOCTYPE html><html><head><meta charset="utf-8"><title>规划</title></head><body>']
    for piece in document:
        match piece:
            case Words(said, 0):
                made.append(f"<p>　　{html.escape(said)}</p>")
            case Words(said, level):
                made.append(f"<h{min(level, 6)}>{html.escape(said)}</h{min(level, 6)}>")
            case Cells(height, _, cells):
                rows = [
                    "".join(
                        f"<td rowspan={cell.down} colspan={cell.across}>{html.escape(cell.said)}</td>"
                        for cell in cells
                        if cell.row == row
                    )
                    for row in range(height)
                ]
                made.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    path.write_text("\n".join([*made, "</body></html>"]), "utf-8")


def write_md(path: Path, document: Sequence[Piece]) -> None:
    """Markdown merges no cells: a merged one is repeated."""
    made: list[str] = []
    for piece in document:
        match piece:
            case Words(said, level):
                made.append(f"{'#' * min(level, 6)} {said}".strip())
            case Cells(height, width, cells):
                grid = [[""] * width for _ in range(height)]
                for cell in cells:
                    for row in range(cell.row, cell.row + cell.down):
                        for column in range(cell.column, cell.column + cell.across):
                            grid[row][column] = cell.said.replace("|", "\\|")
                lines = ["| " + " | ".join(row) + " |" for row in grid]
                made.append("\n".join([lines[0], "|" + "---|" * width, *lines[1:]]))
    path.write_text("\n\n".join(made) + "\n", "utf-8")


def write_pdf(path: Path, document: Sequence[Piece]) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("此机没有 LibreOffice，跳过 PDF")
    word = path.with_suffix(".docx")
    write_docx(word, document)
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(word)],
        check=True,
        capture_output=True,
        timeout=120,
    )


WRITERS: dict[str, Callable[[Path, Sequence[Piece]], None]] = {
    "docx": write_docx,
    "html": write_html,
    "md": write_md,
    "pdf": write_pdf,
}
