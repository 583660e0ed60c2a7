"""``python -m benchmarks.fitness``: pupils scored by the fitness standard, and the rates of their schools.

Beside DuckDB and Polars stands a careful pandas script (`benchmarks.fitness_peer`). Each run is a process of
its own; the runs alternate. Every rate of every school, and every pupil's total, is compared.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.memory import peak_megabytes

ENGINES = ("pandas", "duckdb", "polars")


def main() -> int:
    """Print the table; 1 where the results differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fitness", description=__doc__)
    parser.add_argument("--pupils", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--totals", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(_timed(asked.run, asked.folder, totals=asked.totals)))
        return 0
    from benchmarks.fitness_pupils import write_pupils

    with tempfile.TemporaryDirectory(prefix="jiaoheng-bench-") as name:
        folder = Path(name)
        write_pupils(folder / "pupils.parquet", asked.pupils)
        runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
        for number in range(asked.rounds):
            for engine in ENGINES:
                runs[engine].append(_run(engine, folder))
                print(f"round {number + 1}: {engine} {runs[engine][-1]['seconds']:.2f} s", file=sys.stderr)
        for engine in ENGINES:
            _run(engine, folder, "--totals")
        same = {engine: _same(folder, engine) for engine in ENGINES[1:]}
    print(f"{asked.pupils:,} pupils; {os.cpu_count()} CPUs; median of {asked.rounds} runs")
    print(f"{'':8}{'seconds':>10}{'times faster':>14}{'CPU seconds':>13}{'peak MB':>10}  same as pandas")
    base = median(run["seconds"] for run in runs["pandas"])
    for engine, each in runs.items():
        seconds, cpu, peak = (median(run[what] for run in each) for what in ("seconds", "cpu", "megabytes"))
        said = str(same.get(engine, ""))
        print(f"{engine:8}{seconds:>10.2f}{base / seconds:>14.1f}{cpu:>13.2f}{peak:>10,.0f}  {said}")
    return 0 if all(same.values()) else 1


def _run(engine: str, folder: Path, *more: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.fitness", "--run", engine, "--folder", str(folder), *more]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _timed(engine: str, folder: Path, *, totals: bool) -> dict[str, float]:
    work = _pandas if engine == "pandas" else _ours
    return work(engine, folder, totals=totals)


def _pandas(engine: str, folder: Path, *, totals: bool) -> dict[str, float]:
    from benchmarks.fitness_peer import rates, scored

    wall, cpu = time.perf_counter(), time.process_time()
    pupils = scored(folder / "pupils.parquet")
    schools = rates(pupils)
    taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    schools.reset_index().to_parquet(folder / f"{engine}-schools.parquet")
    if totals:
        pupils["total"].to_frame().to_parquet(folder / f"{engine}-totals.parquet")
    return taken | {"megabytes": peak_megabytes()}


def _ours(name: str, folder: Path, *, totals: bool) -> dict[str, float]:
    from jiaoheng import engine as engines
    from jiaoheng.standards.fitness import rates, score_frame

    with engines.open(name) as engine:
        wall, cpu = time.perf_counter(), time.process_time()
        pupils = score_frame(engine.scan(folder / "pupils.parquet"), engine)
        schools = rates(pupils, ["school"]).collect("polars").to_native()
        taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        schools.write_parquet(folder / f"{name}-schools.parquet")
        if totals:
            pupils.select("row", "total").sink_parquet(folder / f"{name}-totals.parquet")
    return taken | {"megabytes": peak_megabytes()}


def _same(folder: Path, engine: str) -> bool:
    """Whether every rate and every total is that of the script: to the bit."""
    import polars as pl

    theirs = pl.read_parquet(folder / "pandas-schools.parquet").sort("school")
    ours = pl.read_parquet(folder / f"{engine}-schools.parquet").sort("school")
    totals = pl.read_parquet(folder / "pandas-totals.parquet")["total"].fill_nan(None)
    own = pl.read_parquet(folder / f"{engine}-totals.parquet").sort("row")["total"]
    return (
        theirs["school"].equals(ours["school"].cast(theirs["school"].dtype))
        and theirs["rate"].fill_nan(None).equals(ours["good_or_better"])
        and totals.equals(own)
    )


if __name__ == "__main__":
    sys.exit(main())
