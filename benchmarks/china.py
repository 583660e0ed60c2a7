"""China's counties, ages 0 to 4 in 2010 to 10 to 14 in 2020: ``python -m benchmarks.china FOLDER``.

The forecast sees the census of 2010 only. Where its four parameters come from (`data/cohort_china.yaml`):

- moves of the last decade among all moves, and how often children move: published from the 2010 census;
- the line of registration gap on urban share: the counties of 2010;
- children missed: the censuses of 2000 and 2010, the nation's totals;
- counties where nobody is missed: a convention (the lowest tenth), not fitted.

Nothing is fitted on 2020. But the rule was chosen with 2020 in sight: of more than twenty variants that were
tried, most were no better than the plain cohort (decision 0033). Counties that changed borders are kept in.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from jiaoheng.forecast.population.children import Counted, children_ten_years_on, of_china
from jiaoheng.forecast.series import Array

_FILE = "china_county_census_{}_age.csv"


def main(folder: Path) -> int:
    """Print the table; 1 if ours is not below the plain cohort."""
    counted, older, came = read(folder)
    known = of_china()
    ours = children_ten_years_on(counted, known)
    rows = {
        "10 to 14 as in 2010": older,
        "plain cohort": counted.children,
        "cohort × missed": counted.children * (1 + known.missed),
        "missed only": children_ten_years_on(counted, replace(known, children_move=0.0)),
        "moves only": children_ten_years_on(counted, replace(known, missed=0.0)),
        "ours": ours,
    }
    print(
        f"\nChina, ages 0-4 in 2010 to 10-14 in 2020, {came.size} counties with one code in both: error in %"
    )
    print(f"{'':22s}{'mean abs':>10s}{'median abs':>12s}{'median':>9s}{'weighted':>10s}")
    for name, said in rows.items():
        print(f"{name:22s}" + "{:10.2f}{:12.2f}{:9.2f}{:10.2f}".format(*errors(said, came)))
    return int(errors(ours, came)[0] >= errors(counted.children, came)[0])


def errors(said: Array, came: Array) -> tuple[float, float, float, float]:
    """In %: mean and median absolute error, median error, sum of absolute errors over that of counts."""
    off = 100 * (said / came - 1)
    weighted = 100 * np.abs(said - came).sum() / came.sum()
    return float(np.abs(off).mean()), float(np.median(np.abs(off))), float(np.median(off)), float(weighted)


def read(folder: Path) -> tuple[Counted, Array, Array]:
    """What 2010 counted, those aged 10 to 14 then, and those aged 10 to 14 in 2020; counties by code.

    Codes that end in 00 are provinces and prefectures, rows without a code sums of districts.
    """
    before, after = (
        pl.read_csv(folder / _FILE.format(year), infer_schema_length=None).filter(pl.col("code") % 100 != 0)
        for year in (2010, 2020)
    )
    both = before.join(after.select("code", came="a10_14"), on="code")
    both = both.with_columns(children=pl.col("a0") + pl.col("a1_4")).drop_nulls(
        ["children", "pop", "户籍人口", "城镇人口", "a10_14", "came"]
    )
    children, residents, registered, urban, older, came = (
        both[name].cast(pl.Float64).to_numpy()
        for name in ("children", "pop", "户籍人口", "城镇人口", "a10_14", "came")
    )
    areas = tuple(str(code) for code in both["code"])
    return Counted(areas, children, residents, registered, urban), older, came


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
