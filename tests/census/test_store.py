"""Imports give versions that never change, or are refused with every fault named."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import hypothesis.strategies as st
import polars as pl
import pyarrow.parquet as pq
import pytest
from census_samples import KEY, REGION, county, reading, school, stage
from hypothesis import given, settings

from jiaoheng import engine
from jiaoheng.census import dictionary
from jiaoheng.census.laying import ImportRefusedError, NothingToImportError
from jiaoheng.census.locking import StoreBusyError, exclusive
from jiaoheng.census.reading import Reading, Source, join
from jiaoheng.census.schema import schema
from jiaoheng.census.snapshot import Census, SnapshotDamagedError
from jiaoheng.census.store import NoSnapshotError, Store
from jiaoheng.errors import JiaohengError

A, B, C = "2144000000", "2144000001", "2144000002"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "census")


def commit(store: Store, given_rows: Reading, **more: bool) -> Census:
    return store.commit(2025, given_rows, region=REGION, **more)


def test_what_was_imported_can_be_read(store: Store) -> None:
    census = commit(store, county())
    assert (census.region, census.year, census.version) == (REGION, 2025, 1)
    assert census.table("school_stages")["pupils"].to_pylist() == [100, 101, 102]
    assert census.table("schools").schema == schema("schools")
    assert census.has("schools")
    assert not census.has("pupils")
    assert census.table("pupils").num_rows == 0
    assert census.table("pupils").schema == schema("pupils")
    assert store.years() == (2025,)
    assert store.versions(2025) == (1,)
    assert store.snapshot(2025) == census


@pytest.mark.parametrize("name", ["duckdb", "polars"])
def test_an_engine_sees_the_same_tables(store: Store, name: str) -> None:
    census = commit(store, county())
    with engine.open(name) as opened:
        for table in ("schools", "school_stages", "pupils"):
            frame = census.scan(table, opened).collect("pyarrow").to_native()
            assert frame.column_names == schema(table).names
            assert frame.num_rows == census.table(table).num_rows


def test_an_import_makes_a_new_version_and_leaves_the_old_one_alone(store: Store) -> None:
    first = commit(store, county())
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    second = commit(store, reading("school_stages", [stage(A, pupils=200)]))
    assert second.version == 2
    assert store.versions(2025) == (1, 2)
    assert second.table("school_stages")["pupils"].to_pylist() == [200, 101, 102]
    assert second.manifest.previous is not None
    assert (second.manifest.previous.version, second.manifest.previous.hash) == (1, first.hash)
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    assert store.snapshot(2025, 1).table("school_stages")["pupils"].to_pylist() == [100, 101, 102]


def test_files_of_a_snapshot_are_read_only(store: Store) -> None:
    for path in commit(store, county()).folder.iterdir():
        assert stat.S_IMODE(os.stat(path).st_mode) & 0o222 == 0


def test_the_manifest_tells_where_everything_came_from(store: Store) -> None:
    census = commit(store, county())
    data = json.loads((census.folder / "manifest.json").read_text("utf-8"))
    assert data["region"] == REGION
    assert data["dictionary"] == dictionary.version()
    assert data["totals"] == {"read": 6, "accepted": 6, "rejected": 0}
    assert data["sources"][0]["source"]["file"] == "学校.xlsx"
    assert data["sources"][0]["source"]["columns"]["schools"]["name"] == "B"
    assert set(data["files"]) == {"schools", "school_stages", "provenance"}
    assert data["files"]["schools"]["rows"] == 3


def test_an_import_that_changes_nothing_says_so(store: Store) -> None:
    first = commit(store, county())
    second = commit(store, county())
    assert second.manifest.content == first.manifest.content
    assert any("没有改变任何数据" in note for note in second.manifest.notes)
    third = commit(store, reading("school_stages", [stage(A, pupils=1)]))
    assert third.manifest.content != first.manifest.content
    assert not third.manifest.notes


def test_a_year_without_a_snapshot_is_an_error_that_names_the_years(store: Store) -> None:
    commit(store, county())
    with pytest.raises(NoSnapshotError, match="2024 年没有快照（现有年份：2025）"):
        store.snapshot(2024)
    with pytest.raises(NoSnapshotError, match="没有第 7 版"):
        store.snapshot(2025, 7)


def test_a_rejected_row_stops_the_whole_import(store: Store) -> None:
    bad = join([county(), reading("school_stages", [stage(A, boarders="很多")], file="错.xlsx")])
    with pytest.raises(ImportRefusedError, match=r"错\.xlsx › 小学 › 第 3 行「寄宿生数」") as caught:
        commit(store, bad)
    assert len(caught.value.rejections) == 1
    assert store.years() == ()


def test_accepting_part_imports_the_rows_that_are_right(store: Store) -> None:
    rows = [school("2144000011", books=5), school("2144000012", books="很多")]
    census = commit(store, join([county(), reading("schools", rows)]), accept_partial=True)
    assert "2144000011" in census.table("schools")["school_code"].to_pylist()
    assert "2144000012" not in census.table("schools")["school_code"].to_pylist()
    totals = census.manifest.totals
    assert (totals.read, totals.accepted, totals.rejected) == (8, 7, 1)


def test_nothing_to_import_is_an_error(store: Store) -> None:
    empty = Reading(sources=(Source("空表.xlsx", "0" * 64, "小学", {}),))
    with pytest.raises(NothingToImportError, match=r"^空表.xlsx：表头下面没有数据行。"):
        commit(store, empty)


def test_a_long_list_of_faults_is_cut_in_the_message_and_whole_in_the_error(store: Store) -> None:
    bad = reading("school_stages", [stage(f"21440001{number:02d}", pupils="x") for number in range(50)])
    with pytest.raises(ImportRefusedError, match="另有 30 处未列出") as caught:
        commit(store, bad)
    assert len(caught.value.rejections) == 50


def test_a_new_school_must_have_all_that_is_required(store: Store) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        commit(store, reading("schools", [{"school_code": A, "name": "甲", "books": 5}]))
    assert [rejection.message() for rejection in caught.value.rejections] == [
        "学校.xlsx › 小学 › 第 3 行：学校表缺少必填的“镇街代码、办学类型、办学性质”。"
        "请补填，或先导入含有它的表。"
    ]


def test_a_file_with_some_columns_is_enough_for_a_school_that_is_there(store: Store) -> None:
    commit(store, county())
    census = commit(store, reading("schools", [{"school_code": A, "books": 5}]))
    assert census.table("schools")["books"].to_pylist() == [5, None, None]
    assert census.table("schools")["name"].to_pylist()[0] == f"第{A}小学"


def test_two_files_may_complete_each_other(store: Store) -> None:
    whole = school(A)
    parts = [
        reading("schools", [{name: whole[name] for name in ("school_code", "name")}], file="一.xlsx"),
        reading(
            "schools", [{name: value for name, value in whole.items() if name != "name"}], file="二.xlsx"
        ),
    ]
    assert commit(store, join(parts)).table("schools")["name"].to_pylist() == [whole["name"]]


def test_a_required_value_cannot_be_overwritten_with_nothing(store: Store) -> None:
    commit(store, county())
    with pytest.raises(ImportRefusedError, match="「学校名称」"):
        commit(store, reading("schools", [school(A, name="")]))


def test_a_stage_of_a_school_that_is_not_there_is_refused_with_its_place(store: Store) -> None:
    commit(store, county())
    with pytest.raises(
        ImportRefusedError, match=r"第 4 行「学校标识码」：学校表中没有学校标识码“2144000099”"
    ):
        commit(store, reading("school_stages", [stage(A, pupils=1), stage("2144000099", pupils=1)]))


def test_pupils_of_a_school_that_is_not_there_are_refused(store: Store) -> None:
    commit(store, county())
    pupil = {"pupil_id": "G1", "school_code": "2144000099", "stage": "小学", "grade": "一年级"}
    with pytest.raises(
        ImportRefusedError, match=r"第 3 行「学校标识码」：学校表中没有这个学校标识码"
    ) as caught:
        commit(store, reading("pupils", [pupil]))
    assert "2144000099" not in str(caught.value)
    assert caught.value.rejections[0].cell == "B3"


def test_persons_that_stay_behind_are_counted_and_not_named(store: Store) -> None:
    pupils = [
        {"pupil_id": f"G{number}", "school_code": C, "stage": "小学", "grade": "一年级"} for number in (1, 2)
    ]
    commit(store, join([reading("schools", [school(A), school(C)]), reading("pupils", pupils)]))
    with pytest.raises(
        ImportRefusedError, match=r"已入库的学生表.*有 2 行有误：学校表中没有这个学校标识码"
    ) as caught:
        commit(store, reading("schools", [school(A)]), replace=True)
    assert C not in str(caught.value)
    assert "h1:" not in str(caught.value)


@pytest.mark.parametrize("columns", [{}, {"main_school_code": ""}])
def test_a_campus_without_a_main_school_is_refused(store: Store, columns: dict[str, object]) -> None:
    rows = [{**school(A), **columns, "counted": "是"}, {**school(B), **columns, "counted": "否"}]
    with pytest.raises(
        ImportRefusedError, match=r"第 4 行「主校标识码」：“是否计校数”为否.*请填写主校标识码"
    ):
        commit(store, reading("schools", rows))
    assert store.years() == ()


def test_counted_schools_without_stages_are_named_in_the_notes(store: Store) -> None:
    codes = [f"21440000{number:02d}" for number in range(9)]
    first = commit(store, reading("schools", [school(code) for code in codes]))
    (note,) = first.manifest.notes
    assert note.startswith("9 所学校在学校分学段表中没有记录，不计入任何指标：第2144000000小学、")
    assert note.count("小学") == 5
    second = commit(store, reading("school_stages", [stage(code, pupils=1) for code in codes[1:]]))
    (note,) = second.manifest.notes
    assert "1 所学校在学校分学段表中没有记录，不计入任何指标：第2144000000小学。" in note
    assert store.snapshot(2025).manifest.notes == second.manifest.notes
    assert not commit(store, reading("school_stages", [stage(A, pupils=1)])).manifest.notes


def test_a_campus_gives_its_stages_to_its_main_school(store: Store) -> None:
    rows = [
        {**school(A), "counted": "是", "main_school_code": ""},
        {**school(B), "counted": "否", "main_school_code": A},
    ]
    census = commit(store, join([reading("schools", rows), reading("school_stages", [stage(B, pupils=9)])]))
    assert census.manifest.notes == ()


def test_a_campus_must_name_a_main_school_that_is_there(store: Store) -> None:
    rows = [school(A), school(B, counted="否", main_school_code="2144000099")]
    with pytest.raises(ImportRefusedError, match="「主校标识码」"):
        commit(store, reading("schools", [{"main_school_code": "", **row} for row in rows]))


def test_areas_are_checked_once_there_are_areas(store: Store) -> None:
    commit(store, county())
    area = {"area_code": "441284001", "name": "城中街道"}
    commit(store, reading("areas", [area], file="镇街.xlsx"))
    with pytest.raises(ImportRefusedError, match="镇街表中没有镇街代码“441284777”"):
        commit(store, reading("schools", [school("2144000050", area_code="441284777")]))


def test_areas_that_leave_out_a_town_of_a_school_are_refused(store: Store) -> None:
    commit(store, county())
    with pytest.raises(ImportRefusedError, match="已入库的学校表"):
        commit(store, reading("areas", [{"area_code": "441284002", "name": "贞山街道"}]), accept_partial=True)
    assert store.versions(2025) == (1,)


def test_what_hangs_on_a_refused_row_is_refused_too_when_the_rest_is_accepted(store: Store) -> None:
    given_rows = join(
        [
            reading("areas", [{"area_code": "441284001", "name": "城中街道"}], file="镇街.xlsx"),
            reading("schools", [school(A), school(B, area_code="441284777")], file="学校.xlsx"),
            reading("school_stages", [stage(A, pupils=1), stage(B, pupils=2)], file="学段.xlsx"),
        ]
    )
    census = commit(store, given_rows, accept_partial=True)
    assert census.table("schools")["school_code"].to_pylist() == [A]
    assert census.table("school_stages")["school_code"].to_pylist() == [A]
    totals = census.manifest.totals
    assert (totals.read, totals.accepted, totals.rejected) == (5, 3, 2)


def test_replacing_leaves_only_what_the_file_has(store: Store) -> None:
    pupils = [
        {"pupil_id": f"G{number}", "school_code": A, "stage": "小学", "grade": "一年级", "boarder": "是"}
        for number in range(5)
    ]
    commit(store, join([county(), reading("pupils", pupils)]))
    census = commit(store, reading("pupils", pupils[:2], file="新.xlsx"), replace=True)
    assert census.table("pupils").num_rows == 2
    assert census.table("schools").num_rows == 3
    keys = census.table("pupils")["pupil_id"].to_pylist()
    assert {census.provenance("pupils", key, "boarder")[0].file for key in keys} == {"新.xlsx"}


def test_replacing_schools_that_others_hang_on_is_refused(store: Store) -> None:
    commit(store, county())
    with pytest.raises(ImportRefusedError, match="已入库的学校分学段表"):
        commit(store, reading("schools", [school(A)]), replace=True)


def test_another_region_is_refused(store: Store) -> None:
    commit(store, county())
    with pytest.raises(JiaohengError, match="441284"):
        store.commit(2025, county(), region="440101")


def test_years_are_kept_apart(store: Store) -> None:
    commit(store, county())
    store.commit(2024, county(2), region=REGION)
    assert store.years() == (2024, 2025)
    assert store.snapshot(2025).table("schools").num_rows == 3


def test_a_changed_file_is_found_out(store: Store) -> None:
    census = commit(store, county())
    census.verify()
    path = census.folder / "schools.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(content))
    with pytest.raises(SnapshotDamagedError, match=r"schools\.parquet"):
        store.snapshot(2025).verify()
    with pytest.raises(SnapshotDamagedError, match=r"schools\.parquet"):
        store.snapshot(2025).table("schools")
    with engine.open("polars") as opened, pytest.raises(SnapshotDamagedError):
        store.snapshot(2025).scan("schools", opened)
    with pytest.raises(SnapshotDamagedError):
        commit(store, reading("schools", [school(A, books=3)]))


@pytest.mark.parametrize("harm", ["missing", "short", "manifest"])
def test_an_incomplete_version_does_not_count(store: Store, harm: str) -> None:
    commit(store, county())
    second = commit(store, reading("school_stages", [stage(A, pupils=1)]))
    path = second.folder / ("manifest.json" if harm == "manifest" else "schools.parquet")
    path.chmod(0o644)
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-20])
    assert store.versions(2025) == (1,)
    assert store.snapshot(2025).version == 1
    third = commit(store, reading("school_stages", [stage(A, pupils=5)]))
    assert third.version == 3
    assert third.manifest.previous is not None
    assert third.manifest.previous.version == 1


def test_a_snapshot_with_an_older_dictionary_has_todays_columns(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    census = commit(store, county())
    path = census.folder / "schools.parquet"
    older = pq.read_table(path).drop_columns(["books"])
    monkeypatch.setattr(dictionary, "version", lambda: "tomorrow")
    monkeypatch.setattr(pq, "read_table", lambda *_args, **_options: older)
    assert census.table("schools").schema == schema("schools")
    assert census.table("schools")["books"].null_count == 3
    with engine.open("duckdb") as opened:
        assert "books" in census.scan("schools", opened).collect_schema().names()


def test_a_second_import_waits_and_then_gives_up_with_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with (
        exclusive(path),
        pytest.raises(StoreBusyError, match="另一个导入正在进行"),
        exclusive(path, patience=0.1),
    ):
        pytest.fail("two imports hold the store")
    with exclusive(path, patience=0.1):
        pass


def test_imports_at_the_same_time_all_arrive(store: Store) -> None:
    commit(store, county(6))
    codes = [f"21440000{number:02d}" for number in range(6)]
    faults: list[BaseException] = []

    def one(code: str) -> None:
        try:
            commit(store, reading("school_stages", [stage(code, boarders=7)], file=f"{code}.xlsx"))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=one, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert store.versions(2025) == tuple(range(1, 8))
    assert store.snapshot(2025).table("school_stages")["boarders"].to_pylist() == [7] * 6


def test_no_identifier_reaches_the_disk(store: Store) -> None:
    pupil = {
        "pupil_id": "G44128419990101123X",
        "name": "张三丰",
        "school_code": A,
        "stage": "小学",
        "grade": "一年级",
    }
    census = commit(store, join([county(), reading("pupils", [pupil], key=KEY)]))
    for path in census.folder.iterdir():
        content = path.read_bytes()
        assert b"44128419990101" not in content
        assert "张三丰".encode() not in content
        if path.suffix == ".parquet":
            text = pl.read_parquet(path).write_csv()
            assert "44128419990101" not in text
            assert "张三丰" not in text


_CODES = st.sampled_from([A, B, C, ""])
_STAGES = st.fixed_dictionaries(
    {"school_code": _CODES, "stage": st.just("小学"), "pupils": st.sampled_from([1, 2, "", "x"])}
)
_SCHOOLS = st.fixed_dictionaries(
    {
        "school_code": _CODES,
        "name": st.sampled_from(["甲", ""]),
        "area_code": st.just("441284001"),
        "school_type": st.sampled_from(["小学", "大学"]),
        "ownership": st.just("公办"),
    }
)


def _commit_or_refuse(store: Store, given_rows: Reading) -> tuple[Census | None, Reading]:
    try:
        return commit(store, given_rows, accept_partial=True), given_rows
    except ImportRefusedError as error:
        return None, error.reading


@settings(max_examples=40, deadline=None)
@given(st.lists(_SCHOOLS, min_size=1, max_size=4), st.lists(_STAGES, min_size=1, max_size=4))
def test_rows_read_are_accepted_or_rejected_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory,
    schools: list[dict[str, object]],
    stages: list[dict[str, object]],
) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "census")
    given_rows = join(
        [reading("schools", schools, file="学校.xlsx"), reading("school_stages", stages, file="学段.xlsx")]
    )
    census, refused = _commit_or_refuse(store, given_rows)
    if census is None:
        assert refused.rows_accepted == 0
        assert refused.rows_read == refused.rows_rejected > 0
        return
    totals = census.manifest.totals
    assert totals.read == totals.accepted + totals.rejected == len(schools) + len(stages)
    codes = set(census.table("schools")["school_code"].to_pylist())
    assert set(census.table("school_stages")["school_code"].to_pylist()) <= codes
    assert census.table("schools")["name"].null_count == 0
