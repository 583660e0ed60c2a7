"""Writes the example county as the Excel files that its bureau would have: ``<folder>/<year>/*.xlsx``."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from jiaoheng.census.example.exports import SYNTHETIC, write_export
from jiaoheng.census.example.forms import TITLES
from jiaoheng.census.example.rosters import write_classes, write_pupils, write_teachers
from jiaoheng.census.example.supplement import write_supplement

SUPPLEMENT = f"县级与补充数据（{SYNTHETIC}）"
_PROCESSES = 2

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class _Task:
    """A file to write. ``weight`` is about how many rows it has."""

    year: int
    path: Path
    weight: int
    write: Callable[[], None]


def write_files(
    folder: Path | str, tables_by_year: Mapping[int, Tables], years: Iterable[int] | None = None
) -> dict[int, list[Path]]:
    """Write the files of the years, two at a time.

    For each year: an export for every stage; our template with what the exports have no place for and the
    county's own tables; rosters of pupils, staff and classes where there are records. Each file says that its
    data is synthetic.

    Parameters
    ----------
    folder : where to; a folder for every year is made in it.
    tables_by_year : what `build` gives.
    years : the years to write; all that are given where left out.

    Returns
    -------
    dict
        The files of each year.
    """
    tasks: list[_Task] = []
    for year in tables_by_year if years is None else years:
        home = Path(folder) / str(year)
        home.mkdir(parents=True, exist_ok=True)
        tasks += _tasks(home, tables_by_year[year], year)
    # The largest first, so that at the end no process is left alone with it.
    largest_first = sorted(tasks, key=lambda task: -task.weight)
    # A fork would carry over the locks of Polars' threads, and hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=context) as pool:
        for done in [pool.submit(task.write) for task in largest_first]:
            done.result()
    written: dict[int, list[Path]] = {}
    for task in tasks:
        written.setdefault(task.year, []).append(task.path)
    return written


def _tasks(home: Path, tables: Tables, year: int) -> Iterator[_Task]:
    def task(
        name: str, weight: int, write: Callable[..., None], *which: object, needs: Iterable[str]
    ) -> _Task:
        path = home / f"{name}.xlsx"
        # Each process gets the tables that it needs and no more.
        return _Task(
            year,
            path,
            weight,
            partial(write, path, {each: tables[each] for each in needs}, *which, year=year),
        )

    county = [name for name in tables if name not in ("classes", "pupils", "teachers")]
    yield task(SUPPLEMENT, 5000, write_supplement, needs=county)
    for stage, title in TITLES.items():
        yield task(f"{year} {title}", 300, write_export, stage, needs=("areas", "schools", "school_stages"))
    if "pupils" in tables:
        counts = {
            row["values"]: row["counts"] for row in tables["pupils"]["stage"].value_counts().to_pylist()
        }
        for stage, title in TITLES.items():
            yield task(
                f"{year} 学生名册 {title}", counts[stage], write_pupils, stage, needs=("areas", "pupils")
            )
        yield task(
            f"{year} 教职工名册", tables["teachers"].num_rows, write_teachers, needs=("areas", "teachers")
        )
        yield task(f"{year} 班级名册", tables["classes"].num_rows, write_classes, needs=("areas", "classes"))
