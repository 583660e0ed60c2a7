"""Pupils against seats in the example county: sums agree, chances are counted, nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from altered_census import Altered

from jiaoheng.forecast import Outlook
from jiaoheng.forecast.enrolment import enrolment
from jiaoheng.packs import SeatWarning
from jiaoheng.packs.yaml_lines import PackError
from jiaoheng.places import SeatsError, Supply, gap_of, read_supposed, supply, warned
from jiaoheng.places.decompose import decompose
from jiaoheng.places.lateness import lateness
from jiaoheng.places.supposed import Supposed
from jiaoheng.workspace import Workspace

SCHOOL = "城中街道中心小学"


@pytest.fixture(scope="module")
def outlook(sihui: Workspace) -> Outlook:
    return enrolment(sihui, until=2035, draws=400)


@pytest.fixture(scope="module")
def seats(sihui: Workspace) -> Supply:
    return supply(sihui.census())


@pytest.fixture(scope="module")
def a_school(sihui: Workspace) -> dict[str, object]:
    return (
        pl.DataFrame(sihui.census().table("school_stages"))
        .filter(pl.col("stage") == "primary", pl.col("pupils") > 100)
        .join(pl.DataFrame(sihui.census().table("schools")), on="school_code")
        .row(0, named=True)
    )


def test_towns_add_up_to_the_county_and_capacity_is_that_of_the_census(
    sihui: Workspace, outlook: Outlook, seats: Supply
) -> None:
    frame = gap_of(outlook, seats).frame
    whole = frame.filter(pl.col("area").is_null(), pl.col("year") == 2026).sort("stage")
    towns = frame.filter(pl.col("area").is_not_null(), pl.col("year") == 2026)
    summed = towns.group_by("stage").agg(pl.col("supply", "demand", "gap").sum()).sort("stage")
    for column in ("supply", "demand", "gap"):
        np.testing.assert_allclose(whole[column], summed[column])
    rated = pl.DataFrame(sihui.census().table("school_stages")).filter(pl.col("stage") == "primary")
    standing = sum(school.seats or 0 for school in seats.schools if school.stage == "primary")
    assert standing == rated["capacity"].sum()


def test_a_project_that_is_open_is_not_counted_twice(sihui: Workspace, seats: Supply) -> None:
    projects = pl.DataFrame(sihui.census().table("projects"))
    opened = set(projects.filter(pl.col("opened_year").is_not_null())["project_code"])
    assert opened
    assert not opened & {project.code for project in seats.coming}
    assert all(project.due > 2025 for project in seats.coming)


def test_the_chance_of_a_shortage_is_counted_from_futures_of_pupils_and_of_projects(
    outlook: Outlook, seats: Supply
) -> None:
    frame = gap_of(outlook, seats).frame
    row = frame.filter(pl.col("stage") == "junior", pl.col("year") == 2026, pl.col("area").is_null()).row(
        0, named=True
    )
    pupils = outlook.futures("junior")[:, 0]
    late = seats.futures(outlook.areas, "junior", (2026,), draws=len(pupils), seed=20160101)[:, 0]
    assert row["shortage_chance"] == pytest.approx(np.mean(pupils - late > 0))
    assert late.min() < late.max()
    assert row["supply"] == late.max()
    assert row["gap"] == pytest.approx(row["demand"] - row["supply"])
    assert row["shortage"] - row["empty"] == pytest.approx(np.mean(pupils - late), rel=1e-3)


def test_an_unknown_capacity_makes_its_town_unknown_never_green(
    sihui: Workspace, outlook: Outlook, a_school: dict[str, object]
) -> None:
    match = {"school_code": a_school["school_code"], "stage": "primary"}
    census = Altered(sihui.census(), "school_stages", match, {"capacity": None, "classes": None})
    gap = gap_of(outlook, supply(census))  # type: ignore[arg-type]
    rule = sihui.catalogue.seat_warnings["four_colour_seat_warning"]
    rows = warned(gap, rule).filter(
        pl.col("stage") == "primary", pl.col("area") == a_school["area_code"], pl.col("year") == 2027
    )
    assert rows["gap"].to_list() == [None]
    assert rows["level"].to_list() == ["unknown"]
    assert any("学位数不明" in note for note in gap.notes)


def test_without_a_rated_capacity_classes_times_the_norm_stand_in_and_it_is_said(
    sihui: Workspace, a_school: dict[str, object]
) -> None:
    match = {"school_code": a_school["school_code"], "stage": "primary"}
    found = supply(Altered(sihui.census(), "school_stages", match, {"capacity": None}))  # type: ignore[arg-type]
    school = next(
        each for each in found.schools if (each.code, each.stage) == (a_school["school_code"], "primary")
    )
    assert school.seats == int(str(a_school["classes"])) * 45
    assert any("班额 45 人" in note for note in found.notes)


@pytest.mark.parametrize("capacity", [0, -45])
def test_no_seats_for_pupils_who_are_there_are_refused_with_the_school(
    sihui: Workspace, a_school: dict[str, object], capacity: int
) -> None:
    match = {"school_code": a_school["school_code"], "stage": "primary"}
    census = Altered(sihui.census(), "school_stages", match, {"capacity": capacity})
    with pytest.raises(SeatsError, match=rf"2025 年 › {a_school['name']} › 小学：核定学位数是 {capacity}"):
        supply(census)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "problem"),
    [({"seats": -90}, "新增学位数是负数"), ({"start_year": 2027, "due_year": 2026}, "早于开工的 2027 年")],
)
def test_a_project_that_cannot_be_is_refused_with_its_name(
    sihui: Workspace, seats: Supply, values: dict[str, object], problem: str
) -> None:
    project = seats.coming[0]
    census = Altered(sihui.census(), "projects", {"project_code": project.code}, values)
    with pytest.raises(SeatsError, match=rf"项目 › {project.name}：.*{problem}"):
        supply(census)  # type: ignore[arg-type]


def test_closings_temporary_seats_and_zones_are_read_with_their_lines(
    sihui: Workspace, outlook: Outlook, a_school: dict[str, object], tmp_path: Path
) -> None:
    name, town = a_school["name"], a_school["area_code"]
    (tmp_path / "seats.yaml").write_text(
        f"closings:\n  - {{school: {name}, stage: 小学, year: 2028}}\n"
        f"temporary:\n  - {{school: {name}, stage: 小学, seats: 90, from: 2026, until: 2027}}\n"
        f"zones:\n  本镇: ['{town}']\n",
        "utf-8",
    )
    supposed = read_supposed(tmp_path)
    with_it, without = supply(sihui.census(), supposed=supposed), supply(sihui.census())
    change = with_it.seats((str(town),), "primary", (2026, 2027, 2028)) - without.seats(
        (str(town),), "primary", (2026, 2027, 2028)
    )
    assert change.tolist() == [90, 90, -int(str(a_school["capacity"]))]
    names = dict(zip(outlook.history.areas, outlook.history.labels, strict=True))
    zones = supposed.zones_of(names)
    frame = gap_of(outlook, with_it, zones=zones).frame.filter(pl.col("stage") == "primary")
    zone, own = frame.filter(pl.col("zone") == "本镇"), frame.filter(pl.col("area") == town)
    np.testing.assert_allclose(zone["gap"], own["gap"])
    (tmp_path / "seats.yaml").write_text("zones: {甲: [乌有镇]}\n", "utf-8")
    wrong = read_supposed(tmp_path)
    with pytest.raises(SeatsError, match=r"seats\.yaml: 片区“甲”：没有镇街“乌有镇”"):
        wrong.zones_of(names)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("closings:\n  - {school: 没有的学校, year: 2028}\n", 2),
        ("closings:\n  - {school: 没有的学校, year: 2028}\nzones: {甲: []}\n", 3),
        ("temporary:\n  - {school: 甲, stage: 小学, seats: 0, from: 2026, until: 2027}\n", 2),
        ("temporary:\n  - {school: 甲, stage: 小学, seats: 45, from: 2028, until: 2027}\n", 2),
    ],
)
def test_what_cannot_be_in_the_file_is_refused_with_its_line(
    sihui: Workspace, tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "seats.yaml").write_text(text, "utf-8")
    with pytest.raises((PackError, SeatsError), match=rf"seats\.yaml:{line}: "):
        supply(sihui.census(), supposed=read_supposed(tmp_path))


def test_parts_of_the_change_make_the_whole_change(outlook: Outlook, seats: Supply) -> None:
    gap = gap_of(outlook, seats)
    for stage in ("preschool", "primary", "junior", "senior"):
        for year in (2026, 2029, 2035):
            changes = decompose(gap, stage, year)
            assert changes is not None
            row = gap.frame.filter(
                pl.col("stage") == stage, pl.col("year") == year, pl.col("area").is_null()
            ).row(0, named=True)
            assert changes.end == pytest.approx(row["gap"])
            assert changes.start + sum(part.value for part in changes.parts) == pytest.approx(row["gap"])


def test_lateness_comes_from_the_countys_own_projects() -> None:
    schema = {"due_year": pl.Int64, "opened_year": pl.Int64, "status": pl.String}
    rows = [(2018, 2018, "opened")] * 30 + [(2018, 2021, "opened")] * 10
    rows += [(2020, None, "under_construction"), (2020, None, "cancelled"), (2027, None, "planned")]
    found = lateness(pl.DataFrame(rows, schema=schema, orient="row"), 2025)
    assert found.seen == 41
    assert sum(found.chances) == pytest.approx(1.0)
    assert found.on_time == pytest.approx((30 + 5 * 0.6) / 46)
    assert found.chances[3] == pytest.approx(10 / 46)
    assert found.chances[5] == pytest.approx(1 / 46)
    none = lateness(pl.DataFrame(schema=schema), 2025)
    assert none.chances == pytest.approx((0.6, 0.3, 0.1))
    assert "一般假设" in none.says()


def test_only_public_seats_and_the_pupils_who_have_them(sihui: Workspace, outlook: Outlook) -> None:
    found = supply(sihui.census(), supposed=Supposed())
    both, public = gap_of(outlook, found).frame, gap_of(outlook, found, public=True).frame
    pick = (pl.col("stage") == "primary") & (pl.col("year") == 2026) & pl.col("area").is_null()
    assert public.filter(pick)["supply"][0] < both.filter(pick)["supply"][0]
    assert public.filter(pick)["demand"][0] < both.filter(pick)["demand"][0]
    moved = gap_of(outlook, found, public=True, moving_to_public={"primary": {2026: 0.05}}).frame
    assert moved.filter(pick)["demand"][0] > public.filter(pick)["demand"][0]


@pytest.mark.parametrize(
    ("share", "level"), [(89.9, "none"), (90.0, "yellow"), (99.99, "yellow"), (100.0, "red"), (140.0, "red")]
)
def test_the_bounds_of_hangzhous_rule_are_exact(sihui: Workspace, share: float, level: str) -> None:
    """Published rule: red from 100 %, yellow from 90 % to below 100 % of the intake plan."""
    rule = sihui.catalogue.seat_warnings["hangzhou_seat_warning"]
    case = next((each for each in rule.cases if share >= each.value), None)
    assert (case.colour if case else "none") == level
    assert all(each.op == ">=" for each in rule.cases)


def test_hangzhous_rule_compares_entrants_with_the_intake_plan(
    sihui: Workspace, outlook: Outlook, seats: Supply
) -> None:
    gap = gap_of(outlook, seats)
    rule = sihui.catalogue.seat_warnings["hangzhou_seat_warning"]
    found = warned(gap, rule).filter(pl.col("stage") == "primary", pl.col("area").is_null())
    plan = sum(school.intake or 0 for school in seats.schools if school.stage == "primary")
    for at, row in enumerate(found.iter_rows(named=True)):
        if at < rule.years:
            assert row["value"] == pytest.approx(100 * outlook.pupils("primary", grade="g1")[at] / plan)
        else:
            assert row["level"] is None


def test_a_rule_whose_levels_are_out_of_order_is_refused() -> None:
    rule = {"id": "a", "name": "甲", "clause": "", "of": "chance", "stages": ["primary"], "years": 3}
    cases = [{"colour": "yellow", "op": ">=", "value": 50}, {"colour": "red", "op": ">=", "value": 90}]
    with pytest.raises(ValueError, match="从重到轻"):
        SeatWarning.model_validate({**rule, "cases": cases})
    with pytest.raises(ValueError, match="从大到小"):
        SeatWarning.model_validate({**rule, "cases": [cases[1] | {"value": 10}, cases[0]]})


def test_a_norm_for_one_stage_leaves_the_rated_seats_of_the_others(sihui: Workspace) -> None:
    census = sihui.census()
    rated, by_norm = supply(census), supply(census, basis="classes", norms={"primary": 45})
    classes = {
        row["school_code"]: row["classes"]
        for row in census.table("school_stages").to_pylist()
        if row["stage"] == "primary"
    }
    for before, after in zip(rated.schools, by_norm.schools, strict=True):
        wanted = 45 * classes[after.code] if after.stage == "primary" else before.seats
        assert after.seats == wanted


@pytest.mark.parametrize(
    ("nursery", "seats"), [(0, 2 * 25 + 3 * 30 + 1 * 35 + 1 * 30), (1, 8 * 30)], ids=["by kind", "not all"]
)
def test_classes_of_a_kindergarten_count_by_their_kind_where_all_are_known(
    sihui: Workspace, nursery: int, seats: int
) -> None:
    """25, 30, 35 and 30 children: 《幼儿园工作规程》第十一条."""
    table = pl.DataFrame(sihui.census().table("school_stages"))
    code = table.filter(pl.col("stage") == "preschool")["school_code"][0]
    kinds = {"classes_k1": 2, "classes_k2": 3, "classes_k3": 1, "classes_k_mixed": 1}
    values: dict[str, object] = {**kinds, "classes": 7 + nursery, "capacity": None}
    match: dict[str, object] = {"school_code": code, "stage": "preschool"}
    found = supply(Altered(sihui.census(), "school_stages", match, values))  # type: ignore[arg-type]
    school = next(each for each in found.schools if (each.code, each.stage) == (code, "preschool"))
    assert school.seats == seats
