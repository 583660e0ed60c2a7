"""``python -m benchmarks.simulation``: futures of many counties, beside plain NumPy and pandas.

The same model in all three: of each cell's error one part that all counties share, one of the county and
one of the cohort, each a random walk, spread as the cell's interval says; then five quantiles of every cell.
Plain NumPy takes a county at a time, grade by grade; pandas takes a county at a time as a long table. Both
run on a few of the counties, and their time is scaled up, as is said. Each run is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np

from benchmarks.memory import peak_megabytes
from jiaoheng.forecast.futures import Doubt, model, summaries
from jiaoheng.forecast.series import BIRTHS, Array
from jiaoheng.forecast.spread import expected

GRADES, YEARS, DRAWS = 15, 15, 1000
CHANCES = (0.025, 0.1, 0.5, 0.9, 0.975)
SCORES = np.linspace(-3.25, 3.25, 27)
APART = 0.05
"""How far the three may lie apart: the width of an 80 % interval, from 1,000 draws, over a county's cells."""


def main() -> int:
    """Print the table; 1 where the results differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description=__doc__)
    parser.add_argument("--counties", type=int, default=3000)
    parser.add_argument("--engine", choices=sorted(ENGINES), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.engine:
        print(json.dumps(_measured(asked.engine, asked.counties)))
        return 0
    every = asked.counties
    counts = {"jiaoheng": every, "numpy": max(1, every // 50), "pandas": max(1, every // 750)}
    found = {engine: _run(engine, count) for engine, count in counts.items()}
    print(f"{DRAWS:,} futures of {every:,} counties × {GRADES} grades × {YEARS} years; {os.cpu_count()} CPUs")
    heads = f"{'counties':>10}{'seconds':>10}{'CPU s':>8}{'CPU s for all':>15}{'ratio':>8}{'peak MB':>10}"
    print(f"{'':10}{heads}{'80 % width':>12}")
    ours = found["jiaoheng"]["cpu"]
    for engine, count in counts.items():
        each = found[engine]
        scaled = each["cpu"] * every / count
        times = f"{each['seconds']:>10.2f}{each['cpu']:>8.2f}{scaled:>15.1f}{scaled / ours:>8.1f}"
        print(f"{engine:10}{count:>10,}{times}{each['megabytes']:>10,.0f}{each['width']:>12.4f}")
    print("“for all” is scaled up from the counties that were run; the width is that of the first county")
    widths = [each["width"] for each in found.values()]
    return int(max(widths) / min(widths) - 1 > APART)


def _run(engine: str, counties: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.simulation", "--engine", engine, "--counties", str(counties)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measured(engine: str, counties: int) -> dict[str, float]:
    point, doubt = _county(counties)
    started, busy = time.perf_counter(), time.process_time()
    found = ENGINES[engine](point, doubt)
    seconds, cpu = time.perf_counter() - started, time.process_time() - busy
    width = float(np.mean((found[3, 0] - found[1, 0]) / point[0]))
    return {"seconds": seconds, "cpu": cpu, "megabytes": peak_megabytes(), "width": width}


def _county(counties: int) -> tuple[Array, Doubt]:
    """Counties of every size, the same ones first whatever their number; errors as expected beforehand."""
    sizes = np.random.default_rng(1).lognormal(7.0, 1.0, 10_000)[:counties]
    spread = expected(YEARS)
    doubt = Doubt(None, spread, (spread,) * GRADES, (BIRTHS, *range(GRADES - 1)))
    return np.broadcast_to(sizes[:, None, None], (counties, YEARS, GRADES)).copy(), doubt


def _ours(point: Array, doubt: Doubt) -> Array:
    return summaries(point, doubt, CHANCES, draws=DRAWS, seed=1)[0]


def _numpy(point: Array, doubt: Doubt) -> Array:
    """As one would write it: a county at a time, every year and grade a vector of draws."""
    tables, parts = model(point, doubt)
    chance = np.random.default_rng(1)
    shared = _walks(chance)
    found = np.empty((len(CHANCES), *point.shape))
    for area in range(len(point)):
        alone, cohort = _walks(chance), np.zeros((DRAWS, GRADES))
        drawn = np.empty((DRAWS, YEARS, GRADES))
        for year in range(YEARS):
            before = np.concatenate([cohort[:, :1], cohort[:, :-1]], axis=1)
            news = chance.standard_normal((DRAWS, GRADES))
            cohort = (np.sqrt(year) * before + news) / np.sqrt(year + 1)
            all_, own, each = np.sqrt(parts[:, year, area])
            score = (all_ * shared[:, year] + own * alone[:, year])[:, None] + each * cohort
            for grade in range(GRADES):
                error = np.interp(score[:, grade], SCORES, tables[:, year, area, grade])
                drawn[:, year, grade] = np.maximum(point[area, year, grade] * (1 + error), 0.0)
        found[:, area] = np.quantile(drawn, CHANCES, axis=0)
    return found


def _pandas(point: Array, doubt: Doubt) -> Array:
    """A county at a time as a long table of draws and grades, joined to the grade below a year before."""
    import pandas as pd  # only here: the two others' memory is not to include it

    tables, parts = model(point, doubt)
    chance = np.random.default_rng(1)
    shared = _walks(chance)
    found = np.empty((len(CHANCES), *point.shape))
    draw, grade = (each.ravel() for each in np.meshgrid(np.arange(DRAWS), np.arange(GRADES), indexing="ij"))
    for area in range(len(point)):
        alone = _walks(chance)
        last = pd.DataFrame({"draw": draw, "grade": grade, "cohort": 0.0})
        for year in range(YEARS):
            up = last.assign(grade=last["grade"] + 1)
            before = pd.concat([last[last["grade"] == 0], up[up["grade"] < GRADES]])[
                ["draw", "grade", "cohort"]
            ]
            now = pd.DataFrame({"draw": draw, "grade": grade}).merge(before, on=["draw", "grade"])
            news = chance.standard_normal(len(now))
            now["cohort"] = (np.sqrt(year) * now["cohort"] + news) / np.sqrt(year + 1)
            all_, own, each = np.sqrt(parts[:, year, area])
            common = pd.DataFrame({"common": all_ * shared[:, year] + own * alone[:, year]})
            now = now.merge(common, left_on="draw", right_index=True)
            now["score"] = now["common"] + each * now["cohort"]
            for at, group in now.groupby("grade"):
                error = np.interp(group["score"], SCORES, tables[:, year, area, at])
                now.loc[group.index, "pupils"] = np.maximum(point[area, year, at] * (1 + error), 0.0)
            quantiles = now.groupby("grade")["pupils"].quantile(list(CHANCES)).unstack()
            found[:, area, year] = quantiles.to_numpy().T
            last = now[["draw", "grade", "cohort"]]
    return found


def _walks(chance: np.random.Generator) -> Array:
    walked: Array = np.cumsum(chance.standard_normal((DRAWS, YEARS)), axis=1) / np.sqrt(
        np.arange(1, YEARS + 1)
    )
    return walked


ENGINES = {"jiaoheng": _ours, "numpy": _numpy, "pandas": _pandas}

if __name__ == "__main__":
    sys.exit(main())
