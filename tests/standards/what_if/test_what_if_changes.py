"""What changes do to a census: what they say, no more; and the snapshot below stays as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaoheng import measures
from jiaoheng.census import Census
from jiaoheng.packs.yaml_lines import PackError
from jiaoheng.standards import what_if
from small import area, school, snapshot

A, B, C = "2144000001", "2144000002", "2144000003"
PUPILS = {A: (41, 20, 21), B: (300, 150, 150), C: (90, 45, 45)}


@pytest.fixture
def census(tmp_path: Path) -> Census:
    return county(tmp_path)


def county(folder: Path) -> Census:
    areas = [area("441284001", "城中街道")]
    schools = [
        school(A, name="石桥小学", teaching_area=400.5, multimedia_rooms=3),
        school(B, name="东城小学", teaching_area=2000.0, multimedia_rooms=12),
        school(C, name="西城小学", teaching_area=900.0, multimedia_rooms=5),
    ]
    stages = [
        {
            "school_code": code,
            "stage": "primary",
            "pupils": whole,
            "pupils_g1": first,
            "pupils_g2": second,
            "pupils_female": whole // 2,
            "teachers": whole // 10,
            "teachers_bachelor": whole // 20,
            "teachers_college": whole // 10 - whole // 20,
            "classes": 2 + whole // 50,
            "classes_size_45": 2 + whole // 50,
            "largest_class": 42,
        }
        for code, (whole, first, second) in PUPILS.items()
    ]
    pupils = [
        {
            "pupil_id": f"{code}{n:04}",
            "school_code": code,
            "stage": "primary",
            "class_code": "1",
            "grade": "g1",
        }
        for code in PUPILS
        for n in range(3)
    ]
    return snapshot(folder, {"areas": areas, "schools": schools, "school_stages": stages, "pupils": pupils})


def rows(census: Census, table: str = "school_stages") -> dict[str, dict[str, Any]]:
    return {row["school_code"]: row for row in census.table(table).to_pylist()}


def total(census: Census, column: str, table: str = "school_stages") -> float:
    return sum(row[column] for row in census.table(table).to_pylist())


def write(folder: Path, text: str) -> Path:
    path = folder / "changes.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_set_and_raised_by_english_or_chinese_names_and_with_units(census: Census) -> None:
    change = what_if.Adjust(
        school="石桥小学",
        stage="小学",
        set={"teachers": 9},
        add={"教学及辅助用房面积": "100 平方米", "pupils": -1},
    )
    found = what_if.changed(census, [change])
    assert rows(found)[A]["teachers"] == 9
    assert rows(found)[A]["pupils"] == 40
    assert rows(found, "schools")[A]["teaching_area"] == 500.5
    assert rows(found)[B] == rows(census)[B]


def test_a_change_that_changes_nothing_gives_the_census_itself(census: Census) -> None:
    assert what_if.changed(census, []) is census
    assert what_if.changed(census, [what_if.Adjust(school=A, add={"pupils": 0})]) is census


def test_a_supposed_value_comes_from_no_file_and_the_others_from_theirs(census: Census) -> None:
    found = what_if.changed(census, [what_if.Adjust(school=A, add={"pupils": 5})])
    assert [str(place) for place in found.provenance("school_stages", (A, "primary"), "pupils")] == ["假设"]
    for column, code in (("teachers", A), ("pupils", B)):
        key = (code, "primary")
        assert found.provenance("school_stages", key, column) == census.provenance(
            "school_stages", key, column
        )
    assert found.hash.startswith("假设-")
    assert "假设" in found.manifest.notes[-1]


def test_measures_of_a_changed_census_are_the_same_on_duckdb_and_polars(census: Census) -> None:
    found = what_if.changed(census, [what_if.Adjust(school=A, add={"teaching_area": 55.5})])
    one, other = (
        measures.compute(found, ["l4_teaching_area"], by="school", engine=engine)
        for engine in ("duckdb", "polars")
    )
    assert one.sort("key").equals(other.sort("key"))


def test_pupils_who_move_keep_their_grades_and_leave_class_sizes_unknown(census: Census) -> None:
    moved = what_if.Moved.model_validate({"from": "东城小学", "to": C, "pupils": 31})
    found = rows(what_if.changed(census, [what_if.Move(move=moved)]))
    assert (found[B]["pupils"], found[C]["pupils"]) == (269, 121)
    for code in (B, C):
        assert found[code]["pupils_g1"] + found[code]["pupils_g2"] == found[code]["pupils"]
        assert found[code]["classes_size_45"] is None
        assert found[code]["classes"] == rows(census)[code]["classes"]
    kept = what_if.changed(census, [what_if.Move(move=moved.model_copy(update={"classes": "keep"}))])
    assert rows(kept)[B]["classes_size_45"] == rows(census)[B]["classes_size_45"]


def test_registers_no_longer_speak_of_schools_whose_pupils_moved(census: Census) -> None:
    moved = what_if.Moved.model_validate({"from": B, "to": C, "pupils": 31})
    found = what_if.changed(census, [what_if.Move(move=moved)])
    assert {row["school_code"] for row in found.table("pupils").to_pylist()} == {A}


def test_registers_of_campuses_do_not_pass_for_the_whole_school(tmp_path: Path) -> None:
    schools = [school(A), school(B), school(C, counted=False, main_school_code=A)]
    stages = [
        {"school_code": A, "stage": "primary", "pupils": 300, "classes": 6, "classes_size_50": 6},
        {"school_code": B, "stage": "primary", "pupils": 100, "classes": 3, "classes_size_50": 0},
        {"school_code": C, "stage": "primary", "pupils": 40, "classes": 1, "classes_size_50": 0},
    ]
    classes = [
        {"school_code": code, "stage": "primary", "class_code": str(n), "grade": "g1", "pupils": 40}
        for code in (A, B, C)
        for n in range(2)
    ]
    tables = {"schools": schools, "school_stages": stages, "classes": classes}
    moved = what_if.Moved.model_validate({"from": A, "to": B, "pupils": 50})
    found = what_if.changed(snapshot(tmp_path, tables), [what_if.Move(move=moved)])
    over = measures.compute(found, ["class_size_exceeded"], by="school")
    assert over.filter(pl.col("stage") == "primary")["value"].to_list() == [None, None]


def test_a_merged_school_brings_all_that_it_has(census: Census) -> None:
    found = what_if.changed(census, [what_if.Merge(merge="石桥小学", into="东城小学")])
    assert set(rows(found)) == {B, C}
    for column in ("pupils", "pupils_g1", "teachers", "teachers_bachelor", "classes", "classes_size_45"):
        assert total(found, column) == total(census, column)
    for column in ("teaching_area", "multimedia_rooms"):
        assert total(found, column, "schools") == total(census, column, "schools")
    register = pl.DataFrame(found.table("pupils").to_pylist())
    assert register.filter(pl.col("school_code") == B)["class_code"].unique().sort().to_list() == [
        "1",
        f"{A}-1",
    ]


def test_a_school_that_opens_has_what_is_written_and_nothing_else(census: Census, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "changes:\n"
        "  - open: {school_code: '2144000009', name: 新城小学, area_code: '441284001',\n"
        "           办学类型: 小学, ownership: 公办}\n"
        "    stages: {小学: {pupils: 0, 专任教师数: 30}}\n"
        "  - move: {from: 东城小学, to: 新城小学, pupils: 100}\n",
    )
    found = what_if.changed(census, what_if.read_changes(path))
    own = rows(found)["2144000009"]
    assert (own["pupils"], own["teachers"], own["teachers_bachelor"]) == (100, 30, None)
    assert rows(found, "schools")["2144000009"]["teaching_area"] is None
    assert total(found, "pupils") == total(census, "pupils")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.001, 0.999), along=st.sets(st.sampled_from(["teachers", "resources", "classes"])))
def test_closing_a_school_loses_no_pupil_and_nothing_that_goes_along(
    share: float, along: set[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    census = _one(tmp_path_factory)
    change = what_if.Close(close=A, pupils={B: share, C: 1 - share}, along=tuple(sorted(along)))
    found = what_if.changed(census, [change])
    for column in ("pupils", "pupils_g1", "pupils_g2", "pupils_female"):
        assert total(found, column) == total(census, column)
    for row in found.table("school_stages").to_pylist():
        assert row["pupils_g1"] + row["pupils_g2"] == row["pupils"]
    if "teachers" in along:
        assert total(found, "teachers") == total(census, "teachers")
        for row in found.table("school_stages").to_pylist():
            assert row["teachers_bachelor"] + row["teachers_college"] == row["teachers"]
    else:
        assert total(found, "teachers") == total(census, "teachers") - rows(census)[A]["teachers"]
    if "resources" in along:
        assert total(found, "teaching_area", "schools") == pytest.approx(3300.5, rel=1e-12)
        assert total(found, "multimedia_rooms", "schools") == 20
    if "classes" in along:
        assert total(found, "classes_size_45") == total(census, "classes_size_45")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.permutations([A, B, C]), st.integers(1, 10)), max_size=4))
def test_moving_pupils_keeps_the_county_and_the_snapshot(
    moves: list[tuple[list[str], int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    census = _one(tmp_path_factory)
    before = _prints(census)
    changes = [
        what_if.Move(move=what_if.Moved.model_validate({"from": giver, "to": taker, "pupils": count}))
        for (giver, taker, _), count in moves
    ]
    found = what_if.changed(census, changes)
    for column in ("pupils", "pupils_g1", "pupils_g2", "pupils_female"):
        assert total(found, column) == total(census, column)
        assert all(row[column] >= 0 for row in found.table("school_stages").to_pylist())
    assert _prints(census) == before


def _one(factory: pytest.TempPathFactory, kept: dict[str, Census] = {}) -> Census:  # noqa: B006  built once
    if "census" not in kept:
        kept["census"] = county(factory.mktemp("what_if"))
    return kept["census"]


def _prints(census: Census) -> dict[str, str]:
    files = sorted(census.folder.iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("school: 石乔小学\n    add: {pupils: 1}", "没有学校「石乔小学」。是不是「石桥小学」？"),
        ("school: 石桥小学\n    add: {pupills: 1}", "没有数据项「pupills」。是不是「pupils」？"),
        ("school: 石桥小学\n    add: {pupils: -50}", "减 50 人 后成了负数"),
        ("school: 石桥小学\n    set: {pupils: -5}", "负数"),
        ("school: 石桥小学\n    set: {pupils: 3 平方米}", "平方米"),
        ("school: 石桥小学\n    add: {teachers: 2.4}", "不是整数"),
        ("school: 石桥小学\n    add: {boarders: 2}", "缺失，不能在它上面增减"),
        ("school: 石桥小学\n    set: {school_code: '1'}", "不能改"),
        ("school: 石桥小学\n    stage: 初中\n    add: {pupils: 1}", "没有初中"),
        ("school: 石桥小学", "应写明改什么"),
        ("school: 石桥小学\n    set: {pupils: }", "应写一个值"),
        ("shool: 石桥小学", "每一条应以"),
        ("county: {add: {gdp: 1}}", "没有数据项「gdp」"),
        ("move: {from: 石桥小学, to: 东城小学, pupils: 42}", "只有 41 名学生，分流不出 42 名"),
        ("move: {from: 石桥小学, to: 石桥小学, pupils: 4}", "不能分流给自己"),
        ("close: 石桥小学\n    pupils: {石桥小学: 1}", "不能接收自己的学生"),
        ("close: 石桥小学\n    pupils: {东城小学: 0.5}", "合计为 1"),
        ("close: 石桥小学\n    pupils: {东城小学: 1}\n    along: [teacher]", "teacher"),
        ("merge: 石桥小学\n    into: 石桥小学", "不能并入自己"),
        ("open: {name: 新城小学}\n    stages: {小学: {pupils: 1}}", "缺少「school_code」"),
        ("open: {school_code: '2144000009', name: 新城小学}\n    stages: {小学: {pupils: 1}}", "缺少「"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    census: Census, tmp_path: Path, text: str, words: str
) -> None:
    path = write(
        tmp_path, f"name: 方案\nchanges:\n  - school: 东城小学\n    add: {{teachers: 1}}\n  - {text}\n"
    )
    with pytest.raises((what_if.WhatIfError, PackError)) as refused:
        what_if.changed(census, what_if.read_changes(path))
    message = str(refused.value)
    assert words in message
    line = int(message.removeprefix(f"{path}:").split(":")[0])
    assert line >= 5


def test_a_closed_school_receives_nobody(census: Census) -> None:
    changes = [
        what_if.Close(close=A, pupils={B: 1.0}),
        what_if.Move(move=what_if.Moved.model_validate({"from": B, "to": A, "pupils": 1})),
    ]
    with pytest.raises(what_if.WhatIfError, match="没有学校"):
        what_if.changed(census, changes)


def test_the_countys_own_figures_change_with_their_units(tmp_path: Path) -> None:
    row = {"region_code": "441284", "name": "四会市", "resident_population": 600_000, "wage_teachers": 1.0}
    tables = {"schools": [school(A)], "school_stages": [], "county": [row]}
    base = snapshot(tmp_path, {name: own for name, own in tables.items() if own})
    values = what_if.CountyValues(set={"wage_teachers": "12.5 万元"}, add={"常住人口数": "-1 万人"})
    found = what_if.changed(base, [what_if.AdjustCounty(county=values)]).table("county").to_pylist()[0]
    assert (found["wage_teachers"], found["resident_population"]) == (125_000, 590_000)
