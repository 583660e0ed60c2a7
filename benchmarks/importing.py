"""``python -m benchmarks.importing``: a roster of 100,000 rows, imported with every check.

Beside it, in the same run, what others need only to read the same sheet: fastexcel into Polars, and pandas
with openpyxl. Each run is a process of its own and is timed inside it, without the start of Python and the
loading of libraries; the runs alternate.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.memory import peak_megabytes

YEAR = 2025
SHEET = "学生名册"
HEAD_ROW = 1


def main() -> int:
    """Print each one's seconds, the ratio to fastexcel, and the peak memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(_timed(RUNS[asked.run](asked.folder))))
        return 0
    with tempfile.TemporaryDirectory(prefix="jiaoheng-bench-") as name:
        folder = Path(name)
        _prepare(folder, asked.rows)
        runs: dict[str, list[dict[str, float]]] = {who: [] for who in RUNS}
        for number in range(asked.rounds):
            for who in RUNS:
                if who != "pandas with openpyxl" or number == 0:
                    runs[who].append(_run(who, folder))
    base = median(run["seconds"] for run in runs["fastexcel"])
    print(f"{asked.rows:,} rows; median of {asked.rounds} runs (pandas: one)")
    print(f"{'':24}{'seconds':>9}{'of fastexcel':>14}{'CPU':>7}{'peak MB':>9}")
    for who, each in runs.items():
        seconds, cpu, peak = (median(run[what] for run in each) for what in ("seconds", "cpu", "megabytes"))
        print(f"{who:24}{seconds:>9.2f}{seconds / base:>14.1f}{cpu:>7.2f}{peak:>9,.0f}")
    return 0


def _run(who: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.importing", "--run", who, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _timed(work: Callable[[], int]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    rows = work()
    taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "rows": rows}
    return taken | {"megabytes": peak_megabytes()}


# --- what is timed; each gets ready first, and gives back what remains to be done


def _fastexcel(folder: Path) -> Callable[[], int]:
    import fastexcel

    def read() -> int:
        sheet = fastexcel.read_excel(folder / "roster.xlsx").load_sheet(SHEET, header_row=HEAD_ROW)
        return int(sheet.to_polars().height)

    return read


def _pandas(folder: Path) -> Callable[[], int]:
    import openpyxl  # noqa: F401  loaded before the clock runs
    import pandas as pd

    return lambda: len(pd.read_excel(folder / "roster.xlsx", sheet_name=SHEET, header=HEAD_ROW, dtype=str))


def _ours(folder: Path) -> Callable[[], int]:
    from jiaoheng import workspace

    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder / "county", copy)
    county = workspace.open(copy)

    def bring_in() -> int:
        done = county.import_files([folder / "roster.xlsx"], year=YEAR)
        assert done.census is not None, done.reading.rejections[:3]
        county.check(year=YEAR)
        return done.reading.rows_accepted

    return bring_in


RUNS: dict[str, Callable[[Path], Callable[[], int]]] = {
    "fastexcel": _fastexcel,
    "jiaoheng": _ours,
    "pandas with openpyxl": _pandas,
}


def _prepare(folder: Path, rows: int) -> None:
    """A workspace of the example county with two years and no pupils in the last, and a roster of them."""
    from jiaoheng import workspace
    from jiaoheng.census import example
    from jiaoheng.census.example.rosters import PUPILS, write_roster

    county = workspace.init(folder / "county", region=example.REGION, name=example.NAME)
    tables = example.build()
    this = {name: each for name, each in tables[YEAR].items() if name != "pupils"}
    years = {YEAR - 1: tables[YEAR - 1], YEAR: this}
    for year, files in example.write_files(folder / "files", years).items():
        assert county.import_files(files, year=year).census is not None
    pupils = tables[YEAR]["pupils"].slice(0, rows)
    assert pupils.num_rows == rows, f"the county has {pupils.num_rows:,} pupils"
    named = {**tables[YEAR], "pupils": pupils}
    write_roster(folder / "roster.xlsx", "pupils", pupils, PUPILS, SHEET, named, 0, YEAR)


if __name__ == "__main__":
    sys.exit(main())
