"""``python -m benchmarks.standards``: 优质均衡 of 3,000 counties with 200,000 schools, as a ratio to pandas.

Every school's seven values and verdicts, the school rule, every county's coefficients and its rules. Each run
is a process of its own and the runs alternate; the first round's values and verdicts are compared one by one.
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

import polars as pl

from benchmarks.province import KINDS, schools_of
from jiaoheng import engine as engines

TOLERANCE = 1e-9
KEYS = ["unit", "school", "stage", "what"]


def main() -> int:
    """Print the table; 1 where a verdict or a value differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.standards", description=__doc__)
    parser.add_argument("--schools", type=int, default=200_000)
    parser.add_argument("--counties", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    names = ["pandas", "duckdb", "polars"]
    if reason := engines.spark_available():
        print(f"without Spark: {reason}", file=sys.stderr)
    else:
        names.append("spark")
    with tempfile.TemporaryDirectory(prefix="jiaoheng-bench-") as name:
        store, results = Path(name) / "census", Path(name)
        without = [kind for kind, (_, stages) in KINDS.items() if not {"primary", "junior"} & set(stages)]
        census = schools_of(
            store, schools=asked.schools, areas=asked.counties, leaving_out=without, county_digits=True
        )
        rows = census.manifest.files["school_stages"].rows
        runs: dict[str, list[dict[str, float]]] = {engine: [] for engine in names}
        for number in range(asked.rounds):
            for engine in names:
                runs[engine].append(_run(engine, store, results if number == 0 else None))
                print(f"round {number + 1}: {engine} {runs[engine][-1]['seconds']:.2f} s", file=sys.stderr)
        apart = {engine: _differences(results, engine) for engine in names[1:]}
    print(f"{asked.schools:,} schools in {asked.counties:,} counties, {rows:,} rows of school and stage;")
    print(f"{os.cpu_count()} CPUs; median of {asked.rounds} runs")
    print(f"{'':8}{'seconds':>9}{'times faster':>14}{'CPU':>7}{'peak MB':>9}{'values':>10}{'verdicts':>10}")
    base = median(run["seconds"] for run in runs["pandas"])
    for engine in names:
        seconds, cpu, peak = (
            median(run[what] for run in runs[engine]) for what in ("seconds", "cpu", "megabytes")
        )
        worst, wrong = apart.get(engine, (0.0, 0))
        said = f"{worst:>10.1e}{wrong:>10}" if engine in apart else ""
        print(f"{engine:8}{seconds:>9.2f}{base / seconds:>14.1f}{cpu:>7.2f}{peak:>9,.0f}{said}")
    if any(worst > TOLERANCE or wrong for worst, wrong in apart.values()):
        print("results differ", file=sys.stderr)
        return 1
    return 0


def _differences(results: Path, engine: str) -> tuple[float, int]:
    """The largest relative difference of a value, and how many verdicts are not the same."""
    joined = {}
    for part in ("values", "verdicts"):
        own, peer = (pl.read_parquet(results / f"{one}-{part}.parquet") for one in (engine, "pandas"))
        joined[part] = own.join(peer, on=KEYS, how="full", nulls_equal=True, suffix="_other")
        if len(joined[part]) != len(own) or len(own) != len(peer):
            return float("inf"), abs(len(own) - len(peer)) + 1
    values, verdicts = joined["values"], joined["verdicts"]
    if not values["value"].is_null().equals(values["value_other"].is_null()):
        return float("inf"), 0
    largest = pl.max_horizontal(pl.col("value_other").abs(), 1e-9)
    worst = values.select(((pl.col("value") - pl.col("value_other")).abs() / largest).max()).item()
    return worst or 0.0, verdicts.filter(pl.col("verdict").ne_missing(pl.col("verdict_other"))).height


def _run(engine: str, store: Path, results: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.standards_run", engine, str(store)]
    command += [str(results)] if results else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
