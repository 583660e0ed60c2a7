"""One timed run in a process of its own, so that its peak memory is its own: see ``python -m benchmarks``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.memory import peak_megabytes
from benchmarks.province import YEAR
from jiaoheng import measures
from jiaoheng.census.store import Store
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Catalogue, Measure

GROUPINGS = ("county", "area", "school", "urban_rural", "ownership")

Frames = dict[str, Any]


def main(engine: str, store: Path, results: Path | None) -> None:
    """Work every measure out by every grouping, and print the time and the memory that it took as JSON."""
    catalogue = in_force(measures.catalogue(), YEAR)
    asked = of_schools(catalogue)
    work = ours(engine, store, asked) if engine != "pandas" else peer(store, catalogue, asked)
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    peak = peak_megabytes()
    print(json.dumps(taken | {"megabytes": peak, "measures": len(asked)}))
    if results is not None:
        for by, frame in found.items():
            data = frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame.astype({"key": str}))
            data.write_parquet(results / f"{engine}-{by}.parquet")


def of_schools(catalogue: Catalogue) -> list[Measure]:
    """The measures that are worked out from schools alone; the others are a few sums over a few rows."""
    grains = {
        measure.id: {
            catalogue.grain(text) for text in (measure.numerator, measure.plus, measure.denominator) if text
        }
        for measure in catalogue.measures.values()
    }
    return [
        m for m in catalogue.measures.values() if m.of or m.mean_of or grains[m.id] - {None} <= {"school"}
    ]


def ours(engine: str, store: Path, asked: list[Measure]) -> Callable[[], Frames]:
    census = Store(store).snapshot(YEAR)
    ids = [measure.id for measure in asked]
    return lambda: measures.tables(census, ids, by=GROUPINGS, engine=engine)


def peer(store: Path, catalogue: Catalogue, asked: list[Measure]) -> Callable[[], Frames]:
    from benchmarks.pandas_peer import all_tables

    folder = Store(store).snapshot(YEAR).folder
    return lambda: all_tables(folder, catalogue, asked)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
