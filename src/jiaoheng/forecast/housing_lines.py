"""The arithmetic of new estates line by line: people, seats by stage, and what of it the forecast adds."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng import terms
from jiaoheng.forecast.housing import Estates, NewHomes
from jiaoheng.forecast.outlook import STAGE_GRADES, Line
from jiaoheng.forecast.scenario import Housing
from jiaoheng.forecast.series import Series

_COMPULSORY = ("primary", "junior")
_TABLE = "住宅小区表"


def seats_needed(found: Estates, *, stated: int | None = None) -> tuple[Line, ...]:
    """The seats that all estates of the list need when they are full.

    Parameters
    ----------
    stated : what a plan says of primary and junior seats together, to stand beside.
    """
    unknown = [estate.name for estate in found.listed if estate.people is None]
    if not found.listed or unknown:
        why = f"{'、'.join(unknown)}的规划人口不详" if unknown else "没有住宅小区"
        return (Line("规划人口", why, None, "人", _TABLE),)
    people = sum(estate.people or 0.0 for estate in found.listed)
    lines = [Line("规划人口", _people(found), people, "人", _TABLE)]
    for stage, seats in found.norms.seats.items():
        formula = f"{people:,.0f} × {seats:g} ÷ 1000"
        label = f"{terms.label('stage', stage)}学位"
        lines.append(Line(label, formula, people * seats / 1000, "个", found.norms.sources[stage]))
    parts = [people * found.norms.seats[stage] / 1000 for stage in _COMPULSORY if stage in found.norms.seats]
    if len(parts) == len(_COMPULSORY):
        formula = " + ".join(f"{part:,.1f}" for part in parts)
        lines.append(Line("小学、初中学位合计", formula, sum(parts), "个", "小学、初中两行"))
        if stated is not None:
            more = sum(parts) - stated
            lines.append(Line("规划所写的学位", "照文件所写", float(stated), "个", "情景中写的规划数"))
            lines.append(Line("测算比规划多", f"{sum(parts):,.1f} − {stated:,}", more, "个", "以上两行"))
    return tuple(lines)


def added(new: NewHomes, series: Series, supposed: Housing, found: Estates) -> tuple[Line, ...]:
    """What of it the forecast adds, and why not the rest."""
    return tuple(_added(new, series, supposed, found))


def _added(new: NewHomes, series: Series, supposed: Housing, found: Estates) -> Iterator[Line]:
    if new.usual is not None and new.usual_years is not None:
        first, last = new.usual_years
        formula = (
            f"{first} 至 {last} 年交付的规划人口 {new.usual * (last - first + 1):,.0f} ÷ {last - first + 1}"
        )
        yield Line("平常一年交付（已含在升级率中）", formula, new.usual, "人", _TABLE)
    for year, (people, share) in new.shares.items():
        over = "不超过平常年份" if not share else f"{people:,.0f} − {new.usual or 0.0:,.0f}"
        yield Line(f"{year} 年交付的，计入", over, people * share, "人", _TABLE)
    if not new.shares:
        return
    last = series.years[-1] + new.pupils.shape[1]
    source = found.norms.sources["moving_in"]
    for stage, seats in found.norms.seats.items():
        grades = [at for at, grade in enumerate(series.grades) if grade in STAGE_GRADES[stage]]
        formula = f"计入人数 × 入住家庭 {supposed.resident:.0%} × 已入住比例 × {seats:g} ÷ 1000"
        value = float(new.pupils[:, -1, grades].sum())
        yield Line(f"{last} 年增加的{terms.label('stage', stage)}学生", formula, value, "人", source)


def _people(found: Estates) -> str:
    homes = [estate.households for estate in found.listed]
    said = f"{len(found.listed)} 个小区规划人口之和"
    whole = sum(home for home in homes if home is not None)
    if None in homes or not whole:
        return said
    each = sum(estate.people or 0.0 for estate in found.listed) / whole
    return f"{said}（{whole:,.0f} 户，户均 {each:.1f} 人）"
