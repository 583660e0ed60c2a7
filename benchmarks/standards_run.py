"""One timed run in a process of its own: see ``python -m benchmarks.standards``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars as pl

from benchmarks.memory import peak_megabytes
from benchmarks.province import YEAR
from benchmarks.standards_peer import ITEMS
from jiaoheng import measures, standards
from jiaoheng.census.store import Store
from jiaoheng.measures.rules import in_force

STANDARD = "quality_balance_2017"
RULES = ("resources_county", "balance")
PARTS = ("values", "verdicts")


def main(engine: str, store: Path, results: Path | None) -> None:
    """Judge every county, and print the time and the memory that it took as JSON."""
    census = Store(store).snapshot(YEAR)
    catalogue = in_force(measures.catalogue(), YEAR)
    if engine == "pandas":
        from benchmarks.standards_peer import assess_counties

        wall, cpu = time.perf_counter(), time.process_time()
        peer = assess_counties(census.folder, catalogue)
    else:
        if engine == "spark":
            from jiaoheng import engine as engines

            engines.open("spark").close()  # the start of Java is no part of the work
        wall, cpu = time.perf_counter(), time.process_time()
        own = standards.assess_many(census, STANDARD, rules=RULES, engine=engine)
    taken = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps(taken | {"megabytes": peak_megabytes()}))
    if results is None:
        return
    values, verdicts = _of_peer(peer) if engine == "pandas" else _of_ours(own)
    values.write_parquet(results / f"{engine}-values.parquet")
    verdicts.write_parquet(results / f"{engine}-verdicts.parquet")


def _of_ours(own: standards.Assessed) -> tuple[pl.DataFrame, pl.DataFrame]:
    keys = {"unit": pl.col("unit"), "school": pl.col("school"), "stage": pl.col("stage")}
    values = own.rows.select(**keys, what="item", value="value")
    verdicts = [
        own.rows.select(**keys, what="item", verdict="verdict"),
        own.rules.select(**keys, what="rule", verdict="verdict"),
    ]
    return values, pl.concat(verdicts)


def _of_peer(peer: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    schools, spread, counties = (
        pl.from_pandas(getattr(peer, name)) for name in ("schools", "spread", "counties")
    )
    spread = spread.rename({name: name.replace("qb_", "qb_cv_") for name in spread.columns})
    spread = spread.with_columns(school=pl.lit(None, pl.String))
    index = ["unit", "school", "stage"]
    values, verdicts = [], []
    for frame in (schools, spread):
        items = [name for name in frame.columns if name.startswith("qb_")]
        values.append(frame.unpivot(items, index=index, variable_name="what"))
        said = frame.rename({f"verdict {item}": f"v {item}" for item in items}).select(
            *index, pl.col([f"v {item}" for item in items]).name.map(lambda name: name[2:])
        )
        verdicts.append(said.unpivot(items, index=index, variable_name="what", value_name="verdict"))
    verdicts.append(schools.select(*index, what=pl.lit("resources_school"), verdict="rule"))
    nothing = pl.lit(None, pl.String)
    verdicts += [
        counties.select(unit="unit", school=nothing, stage=nothing, what=pl.lit(rule), verdict=rule)
        for rule in RULES
    ]
    found = pl.concat([each.select(*index, "what", "value") for each in values])
    assert len(ITEMS) == 7
    return found.with_columns(pl.col("value").fill_nan(None)), pl.concat(
        [each.select(*index, "what", "verdict") for each in verdicts]
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
