"""What a command prints: a JSON document or a table; notes and progress go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

notes = Console(stderr=True, highlight=False, soft_wrap=True)
# A file or a pipe has no width of its own; the 80 columns that are assumed for it would break every name.
_page = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)

Step = Callable[[str], None]


def show_json(document: Any) -> None:
    """Print the one JSON document of a command."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def show_text(text: str) -> None:
    """Print text for a person, as it is."""
    _page.print(text, markup=False)


def show_written(path: Path, *, as_json: bool) -> None:
    """Say where a file is that was written."""
    if as_json:
        show_json({"file": str(path)})
    else:
        show_text(f"已写出 {path}。")


def show_table(
    title: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, str]], *, caption: str | None = None
) -> None:
    """Print a table; ``columns`` maps keys of the rows to headings (a trailing ``>``: to the right)."""
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for heading in columns.values():
        right = heading.endswith(">")
        table.add_column(heading.rstrip(">"), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(row.get(key, "") for key in columns))
    _page.print(table, markup=False)


@contextmanager
def steps(title: str, *, total: int | None = None) -> Iterator[Step]:
    """A progress bar on standard error; call what it yields with the name of each step as it begins."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=notes,
        transient=True,
        disable=not notes.is_terminal,
    )
    with bar:
        task = bar.add_task(title, total=total)
        begun = False

        def step(name: str) -> None:
            nonlocal begun
            bar.update(task, description=name, advance=1 if begun else 0)
            begun = True

        yield step
