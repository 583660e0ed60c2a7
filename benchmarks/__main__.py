"""``python -m benchmarks``: every measure of a province on DuckDB and on Polars, as a ratio to pandas.

Each run is a process of its own; the runs alternate, so that whatever else the machine does falls on all
alike. The first round's results are compared cell by cell.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.compare import worst
from benchmarks.province import province
from benchmarks.run import GROUPINGS

ENGINES = ("pandas", "duckdb", "polars")
TOLERANCE = 1e-9


def main() -> int:
    """Print the table; 1 where the results differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--schools", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiaoheng-bench-") as name:
        store, results = Path(name) / "census", Path(name)
        census = province(store, schools=asked.schools)
        rows = census.manifest.files["school_stages"].rows
        runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
        for number in range(asked.rounds):
            for engine in ENGINES:
                runs[engine].append(_run(engine, store, results if number == 0 else None))
                print(f"round {number + 1}: {engine} {runs[engine][-1]['seconds']:.2f} s", file=sys.stderr)
        apart = {engine: worst(results, engine, ENGINES[0], GROUPINGS) for engine in ENGINES[1:]}
    measures = runs["pandas"][0]["measures"]
    print(f"{asked.schools:,} schools, {rows:,} rows of school and stage, {measures} measures,")
    print(f"by {', '.join(GROUPINGS)}; {os.cpu_count()} CPUs; median of {asked.rounds} runs")
    print(f"{'':8}{'seconds':>10}{'times faster':>14}{'CPU seconds':>13}{'peak MB':>10}{'difference':>12}")
    base = _median(runs["pandas"], "seconds")
    for engine in ENGINES:
        seconds, cpu, peak = (_median(runs[engine], what) for what in ("seconds", "cpu", "megabytes"))
        said = f"{apart[engine]:.1e}" if engine in apart else ""
        print(f"{engine:8}{seconds:>10.2f}{base / seconds:>14.1f}{cpu:>13.2f}{peak:>10,.0f}{said:>12}")
    if max(apart.values()) > TOLERANCE:
        print(f"results differ by more than {TOLERANCE:g}", file=sys.stderr)
        return 1
    return 0


def _run(engine: str, store: Path, results: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.run", engine, str(store)]
    command += [str(results)] if results else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _median(runs: list[dict[str, float]], what: str) -> float:
    return median(run[what] for run in runs)


if __name__ == "__main__":
    sys.exit(main())
