"""A county's yearly censuses as one series: the county and its towns, from kindergarten to grade twelve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiaoheng import terms
from jiaoheng.census.snapshot import Census
from jiaoheng.forecast.outlook import STAGE_GRADES, ForecastError
from jiaoheng.forecast.series import BIRTHS, Array, Series, SeriesError

_BASIC = (*STAGE_GRADES["preschool"], *STAGE_GRADES["primary"], "g7", "g8", "g9")
_UPPER = (*STAGE_GRADES["senior"], *STAGE_GRADES["vocational"])


@dataclass(frozen=True)
class Counted:
    """What the censuses hold, and a sentence for each thing that they do not."""

    series: Series
    notes: tuple[str, ...]


def from_censuses(censuses: Sequence[Census]) -> Counted:
    """Pupils by town and grade in every year that there is.

    Pupils count where their school stands. Mixed kindergarten classes are spread over the three years in
    proportion to the others; day nurseries are left out, and so are special schools, whose pupils have no
    grades in the census.

    Raises
    ------
    ForecastError
        There is no census, or none that counts pupils by grade.
    SeriesError
        A town is named in a year's counts that no list of towns has.
    """
    if not censuses:
        raise ForecastError("还没有导入任何年份，不能预测。请先导入事业统计数据。")
    ordered = sorted(censuses, key=lambda census: census.year)
    towns = _towns(ordered)
    areas = (ordered[-1].region, *towns)
    years = tuple(range(ordered[0].year, ordered[-1].year + 1))
    grades, feeders = _grades(ordered)
    pupils = np.full((len(areas), len(years), len(grades)), np.nan)
    notes: list[str] = []
    for census in ordered:
        pupils[1:, census.year - years[0]] = _counts(census, tuple(towns), grades, notes)
    missing = [str(year) for year in years if year not in {census.year for census in ordered}]
    if missing:
        notes.append(f"没有{'、'.join(missing)}年的数据：这些年份不参加推算。")
    if not np.isfinite(pupils[1:]).any():
        raise ForecastError("各年的学校数据都没有分年级学生数，不能按年级推算。请导入含分年级学生数的基表。")
    pupils[0] = pupils[1:].sum(axis=0)
    births, births_from = _births(ordered[-1], tuple(towns), notes)
    labels = (_county_name(ordered[-1]), *towns.values())
    parents = (-1, *([0] * len(towns)))
    series = Series(areas, years, grades, pupils, feeders, births, births_from, parents, labels)
    return Counted(series, tuple(dict.fromkeys(notes)))


def _towns(censuses: Sequence[Census]) -> dict[str, str]:
    """Code and name of every town of the latest list; a town that it lacks is refused."""
    listed: dict[str, str] = {}
    for row in censuses[-1].table("areas").to_pylist():
        listed[str(row["area_code"])] = str(row["name"])
    for census in censuses:
        used = {str(code) for code in census.table("schools").column("area_code").to_pylist() if code}
        if listed and (unknown := sorted(used - set(listed))):
            raise SeriesError(
                f"{census.year} 年：学校的镇街代码“{unknown[0]}”不在 {censuses[-1].year} 年的镇街名录中。"
                "撤并过的镇街请在学校变更登记中写明并入哪里，或补入名录。"
            )
        if not listed:
            listed |= {code: code for code in sorted(used)}
    return listed


def _grades(censuses: Sequence[Census]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Grades in order, and where each comes from: vocational schools take theirs from junior schools, too."""
    four_years = any(_has(census, "pupils_j4") for census in censuses)
    basic = (*_BASIC, "j4") if four_years else _BASIC
    grades = (*basic, *_UPPER)
    feeders = [BIRTHS, *range(len(basic) - 1)]
    for grade in _UPPER:
        first = grade in ("g10", "v10")
        feeders.append(len(basic) - 1 if first else grades.index(grade) - 1)
    return grades, tuple(feeders)


def _has(census: Census, column: str) -> bool:
    table = pl.DataFrame(census.table("school_stages"))
    return bool((table[column].fill_null(0) > 0).any())


def _counts(census: Census, towns: tuple[str, ...], grades: tuple[str, ...], notes: list[str]) -> Array:
    """(towns, grades) of a year; NaN where a school of the town has pupils of a stage but not by grade."""
    stages = pl.DataFrame(census.table("school_stages"))
    place = pl.DataFrame(census.table("schools").select(["school_code", "area_code"]))
    rows = stages.join(place, on="school_code", how="left")
    found = np.zeros((len(towns), len(grades)))
    index = {town: at for at, town in enumerate(towns)}
    for stage, named in STAGE_GRADES.items():
        own = rows.filter(pl.col("stage") == stage)
        columns = [grade for grade in named if grade in grades]
        for row in own.iter_rows(named=True):
            counted = [row[f"pupils_{grade.replace('v', 'g')}"] for grade in columns]
            at = index[str(row["area_code"])]
            where = [grades.index(grade) for grade in columns]
            if all(count is None for count in counted):
                if row["pupils"]:
                    found[at, where] = np.nan
                    notes.append(
                        f"{census.year} 年：有学校的{terms.label('stage', stage)}只有总数，没有分年级学生数，"
                        "所在镇街这一年的这个学段不参加推算。"
                    )
                continue
            spread = np.array([count or 0 for count in counted], dtype=np.float64)
            mixed = float(row.get("pupils_k_mixed") or 0) if stage == "preschool" else 0.0
            if mixed:
                notes.append("混合班幼儿按各年龄班幼儿的比例分到小班、中班、大班。")
                spread += mixed * (spread / spread.sum() if spread.sum() else np.full(len(columns), 1 / 3))
            found[at, where] += spread
    return found


def _births(census: Census, towns: tuple[str, ...], notes: list[str]) -> tuple[Array, int]:
    """(county and towns, birth years) of the latest census, and the first of those years."""
    table = pl.DataFrame(census.table("births")).drop_nulls("birth_year")
    if table.height and table["births"].null_count() == table.height:
        table = table.with_columns(births=pl.col("registered_births"))
        notes.append("没有常住出生人口，用户籍出生人口代替。")
    table = table.drop_nulls("births")
    if table.is_empty():
        notes.append("没有出生人口数：幼儿园入园人数只能按近几年入园人数推算，三年以后的学前教育不宜采信。")
        return np.zeros((len(towns) + 1, 0)), census.year
    negative = table.filter(pl.col("births") < 0)
    if negative.height:
        row = negative.row(0, named=True)
        raise SeriesError(
            f"{census.year} 年 › 出生 › {row['area_code']} {row['birth_year']} 年：出生人口数是负数"
            f"（{row['births']}）。请改正。"
        )
    first, last = int(table["birth_year"].min()), int(table["birth_year"].max())  # type: ignore[arg-type]
    births = np.full((len(towns) + 1, last - first + 1), np.nan)
    for row in table.iter_rows(named=True):
        code, column = str(row["area_code"]), int(row["birth_year"]) - first
        if code in towns:
            births[1 + towns.index(code), column] = row["births"]
        elif code == census.region:
            births[0, column] = row["births"]
        else:
            raise SeriesError(
                f"{census.year} 年 › 出生：镇街代码“{code}”不在镇街名录中。请补入名录，或改正代码。"
            )
    whole = births[1:].sum(axis=0)
    births[0] = np.where(np.isfinite(whole), whole, births[0])
    return births, first


def _county_name(census: Census) -> str:
    names = census.table("county").column("name").to_pylist()
    return str(names[0]) if names and names[0] else census.region
