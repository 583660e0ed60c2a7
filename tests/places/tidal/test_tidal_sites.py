"""Sites from a census, demand from an outlook, and what is said of a plan."""

from __future__ import annotations

import numpy as np
import polars as pl
from tiny_problems import wave

from jiaoheng.forecast import BIRTHS, Outlook, Series
from jiaoheng.places.tidal import Rules, demand_of, frame, plan, problem_of, sentences, sites_of

_RULES = Rules.model_validate(
    {
        "stages": {
            "primary": {"norm": 45, "build": 90},
            "junior": {"norm": 50, "build": 120},
            "senior": {"norm": 50, "build": 150},
        },
        "conversions": [{"from": "primary", "to": "junior", "cost": 1000}],
        "hosts": {"primary_school": ["primary", "junior"]},
        "new_school": 12,
    }
)
_YEARS = (2026, 2027)
_SCHOOLS = pl.DataFrame(
    {
        "school_code": ["1", "2", "3"],
        "name": ["一小", "民办小学", "二中"],
        "area_code": ["01", "01", "02"],
        "school_type": ["primary_school", "primary_school", "junior_school"],
        "ownership": ["public", "private", "public"],
    }
)
_STAGES = pl.DataFrame(
    {
        "school_code": ["1", "2", "3"],
        "stage": ["primary", "primary", "junior"],
        "capacity": [1100, None, None],
        "classes": [20, 12, None],
    }
)
_PROJECTS = pl.DataFrame(
    {
        "project_code": ["A", "B", "C", "D", "E"],
        "name": ["扩建", "新建", "已投用", "不明", "撤并"],
        "kind": ["extend", "new", "new", "new", "close"],
        "stage": ["primary", "junior", "primary", "primary", "primary"],
        "area_code": ["01", "02", "01", "01", "01"],
        "school_code": ["1", None, None, None, "1"],
        "seats": [460, 500, 900, None, None],
        "due_year": [2024, 2027, 2020, 2026, 2026],
        "status": ["under_construction", "planned", "opened", "planned", "planned"],
    }
)
_AREAS = {"01": "东街", "02": "西镇"}


def _outlook() -> Outlook:
    grades = ("g1", "g7", "g10")
    history = Series(
        ("01", "02"),
        (2025,),
        grades,
        np.zeros((2, 1, 3)),
        (BIRTHS, BIRTHS, BIRTHS),
        np.full((2, 0), np.nan),
        2025,
        (-1, -1),
    )
    point = np.array([[[100.2, 50, 30], [110, 60, 30]], [[10, 5, 20], [10, 5, 20]]], dtype=float)
    draws = np.stack([point * factor for factor in np.linspace(0.9, 1.1, 11)]).astype(np.float32)
    return Outlook(history, ("01", "02"), _YEARS, point, draws)


def test_sites_are_whole_classes_of_capacity_and_projects() -> None:
    county = sites_of(_RULES, _YEARS, _SCHOOLS, _STAGES, _PROJECTS, _AREAS)
    sites = {site.code: site for site in county.sites}
    assert sites["1"].classes == {"primary": 24}
    assert sites["1"].hosts == ("primary", "junior")
    # Due in 2024 and not open: it is supposed to open in the first year.
    assert sites["1"].added == {("primary", 2026): 10}
    assert sites["2"].classes == {"primary": 12}
    assert sites["2"].hosts == ()
    assert sites["project:B"].added == {("junior", 2027): 10}
    assert "3" not in sites
    assert sites["new:01"].hosts == ("primary", "junior")
    assert sites["new:"].hosts == ("senior",)
    assert sites["new:"].growth == 24
    said = "".join(county.notes)
    for words in ("1 个学校学段没有核定学位数", "没有学位数或投入使用年份", "已过投入使用年份", "撤并项目"):
        assert words in said


def test_demand_is_the_forecast_or_a_quantile_of_the_futures() -> None:
    outlook = _outlook()
    assert demand_of(outlook, _RULES)["01", "primary", 2026] == 101
    assert demand_of(outlook, _RULES)["", "senior", 2026] == 50
    # The tenth of eleven futures, 1.08 times the forecast, is the 0.9-quantile.
    assert demand_of(outlook, _RULES, quantile=0.9)["01", "junior", 2027] == 65
    assert ("", "primary", 2026) not in demand_of(outlook, _RULES)


def test_what_is_not_known_is_not_taken_for_zero_without_a_word() -> None:
    problem, notes = problem_of(
        _outlook(), _RULES, schools=_SCHOOLS, stages=_STAGES, projects=None, areas=_AREAS
    )
    assert problem.years == _YEARS
    assert any("没有计入教室" in note for note in notes)


def test_the_table_adds_up_to_the_score() -> None:
    found = plan(wave())
    steps = frame(found)
    assert steps["cost"].sum() == found.checked.score.cost
    assert steps.filter(pl.col("action") == "build")["seats"].sum() == found.checked.score.seats
    converted = steps.filter(pl.col("action") == "convert")
    assert (converted["ready"] - converted["year"] == 1).all()
    said = "".join(sentences(found))
    assert "不用新建学位" in said
    assert "没有缺口更小的安排" in said
    assert "2028 年之前新建来不及" in said
