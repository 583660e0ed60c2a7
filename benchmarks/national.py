"""``python -m benchmarks.national``: the whole nation, 500,000 schools and 290 million pupil records.

A snapshot is made once (schools, stages and areas as an import stores them; pupils row group by row group,
since nobody could hold them), then facts are counted from the records and measures worked out on DuckDB and
on Spark, each in a process of its own, at three sizes, so that it shows how time and memory grow. The
engines must agree on every value.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.compare import worst
from benchmarks.nation import nation

ENGINES = ("duckdb", "spark")
BY = ("county", "area", "urban_rural")
TOLERANCE = 1e-9
PUPILS_PER_SCHOOL = 580


def main() -> int:
    """Print a row per size and engine; 1 where the engines differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national", description=__doc__)
    parser.add_argument("--schools", type=int, nargs="+", default=[5_000, 50_000, 500_000])
    parser.add_argument("--pupils-per-school", type=int, default=PUPILS_PER_SCHOOL)
    parser.add_argument(
        "--folder", type=Path, help="where to put the snapshots (many GB); else a temporary one"
    )
    asked = parser.parse_args()
    apart = 0.0
    heads = f"{'seconds':>9}{'CPU':>8}{'peak GB':>9}{'difference':>12}"
    print(f"{'schools':>9}{'pupils':>13}{'GB':>7}  {'':15}{heads}")
    for schools in asked.schools:
        with tempfile.TemporaryDirectory(prefix="jiaoheng-nation-", dir=asked.folder) as name:
            folder = Path(name)
            started = time.perf_counter()
            made = nation(folder / "census", schools=schools, pupils=schools * asked.pupils_per_school)
            size = f"{schools:>9,}{made.pupils:>13,}{made.bytes / 1e9:>7.2f}  "
            print(f"{size}{'written':15}{time.perf_counter() - started:>9.1f}", flush=True)
            for engine in ENGINES:
                run = _run(engine, folder)
                found = worst(folder, engine, ENGINES[0], BY) if engine != ENGINES[0] else 0.0
                apart = max(apart, found)
                for step in ("verify", "count", "measures"):
                    line = f"{run[step]:>9.1f}"
                    if step == "measures":
                        line += f"{run['cpu']:>8.1f}{run['gigabytes']:>9.2f}{found:>12.1e}"
                    print(f"{size}{engine + ' ' + step:15}{line}", flush=True)
    if apart > TOLERANCE:
        print(f"results differ by more than {TOLERANCE:g}", file=sys.stderr)
        return 1
    return 0


def _run(engine: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.national_run", engine, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
