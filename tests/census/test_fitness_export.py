"""The fitness system's export: pupils are counted by school, stage and grade, and none of them is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import xlsxwriter
from census_samples import KEY, REGION, reading, school, stage
from hypothesis import given, settings
from test_register import entry

from jiaoheng import census
from jiaoheng.census.changes import Register
from jiaoheng.census.lineage import former
from jiaoheng.census.reading import Reading, join
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store

A, B = "2144000001", "3144000002"
PUPIL = "G441284201501010011"
HEADINGS = [
    "年级编号", "班级编号", "班级名称", "学籍号", "民族代码", "姓名", "性别", "出生日期", "家庭住址",
    "身高", "体重", "体重评分", "体重等级", "肺活量", "肺活量评分", "肺活量等级",
    "50米跑", "50米跑评分", "50米跑等级", "坐位体前屈", "坐位体前屈评分", "坐位体前屈等级",
    "1000米跑", "1000米跑评分", "1000米跑等级", "1000米跑附加分", "标准分", "附加分", "总分", "总分等级",
]  # fmt: skip
ROW: dict[str, object] = {
    "年级编号": 13, "班级编号": "0301", "班级名称": "三年级1班", "学籍号": PUPIL, "民族代码": 1,
    "姓名": "李某某", "性别": 1, "出生日期": "2016-05-04", "家庭住址": "贞山街道某路",
    "身高": 130.5, "体重": 28, "体重评分": 100, "体重等级": "正常", "肺活量": 1500, "肺活量评分": 80,
    "肺活量等级": "良好", "50米跑": 10.2, "1000米跑": "4′05", "总分": 85.2, "总分等级": "良好",
}  # fmt: skip


def write(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    *,
    headings: Sequence[str] = HEADINGS,
    title: str = "",
    sheet: str = "Sheet1",
) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        first = 0
        if title:
            page.merge_range(0, 0, 0, len(headings) - 1, title)
            first = 1
        page.write_row(first, 0, headings)
        for number, row in enumerate(rows, first + 1):
            for column, heading in enumerate(headings):
                if (value := row.get(heading)) is not None:
                    page.write(number, column, value)
    return path


@pytest.fixture
def snapshot(tmp_path: Path) -> Census:
    schools = [school(A, name="四会市城中小学"), school(B, name="贞山中学", school_type="初级中学")]
    return Store(tmp_path / "census").commit(2025, reading("schools", schools), region=REGION)


def counts(reading: Reading) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (row["school_code"], row["stage"]): tuple(
            row[f"fitness_{name}"] for name in ("tested", "excellent", "good", "pass")
        )
        for row in reading.tables["school_stages"].to_pylist()
    }


def pupil(
    number: int, grade: object = "三年级", result: object = "良好", **more: object
) -> dict[str, object]:
    return {
        **ROW,
        "学籍号": f"G44128420150101{number:04d}",
        "年级编号": grade,
        "总分等级": result,
        "总分": None,
        **more,
    }


def test_pupils_of_a_school_are_counted_and_none_is_kept(tmp_path: Path, snapshot: Census) -> None:
    results = ["优秀", "良好", "良好", "及格", "不及格", None]
    path = write(tmp_path / "四会市城中小学体测.xlsx", [pupil(n, 13, each) for n, each in enumerate(results)])
    found = census.read(path, census=snapshot, key=KEY)
    assert not found.rejections
    assert counts(found) == {(A, "primary"): (5, 1, 2, 1)}
    assert set(found.tables) == {"school_stages"}
    assert (found.rows_read, found.rows_accepted) == (6, 6)
    for value in ("李某某", "G441284", "贞山街道某路", "h1:"):
        assert value not in repr(found)
        assert value not in repr(found.tables)
    assert any("有 1 行没有总分和等级" in note for note in found.notes)
    assert [(each.layout, each.rows) for each in found.recognised] == [("fitness-export", 6)]


def test_the_stage_follows_from_the_grade_and_the_school_from_its_column(
    tmp_path: Path, snapshot: Census
) -> None:
    rows = [
        pupil(1, 13, "优秀", 学校名称="四会市城中小学"),
        pupil(2, 21, "良好", 学校名称="贞山中学"),
        pupil(3, "22", "及格", 学校名称="贞山中学"),
    ]
    found = census.read(
        write(tmp_path / "全县.xlsx", rows, headings=["学校名称", *HEADINGS]), census=snapshot
    )
    assert counts(found) == {(A, "primary"): (1, 1, 0, 0), (B, "junior"): (2, 0, 1, 1)}


def test_a_school_in_a_file_a_grade_is_one_count_of_which_every_file_is_a_source(
    tmp_path: Path, snapshot: Census
) -> None:
    files = [
        write(
            tmp_path / f"城中小学{grade}.xlsx",
            [pupil(10 * n, n + 11, "优秀"), pupil(10 * n + 1, n + 11, "及格")],
            title="四会市城中小学体质健康测试成绩",
        )
        for n, grade in enumerate(("一年级", "二年级"))
    ]
    found = census.read(files, census=snapshot)
    assert counts(found) == {(A, "primary"): (4, 2, 0, 2)}
    kept = Store(tmp_path / "census").commit(2025, found, region=REGION)
    places = kept.provenance("school_stages", (A, "primary"), "fitness_excellent")
    assert [(place.file, place.row) for place in places] == [
        ("城中小学一年级.xlsx", 3),
        ("城中小学二年级.xlsx", 3),
    ]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (90, "excellent"),
        (89.9, "good"),
        (80, "good"),
        (79.9, "pass"),
        (60, "pass"),
        (59.9, ""),
        (119.5, "excellent"),
    ],
)
def test_a_score_alone_is_graded_by_the_bounds_of_the_standard(
    tmp_path: Path, snapshot: Census, total: float, expected: str
) -> None:
    path = write(tmp_path / "四会市城中小学.xlsx", [pupil(1, 13, None, 总分=total)])
    (numbers,) = counts(census.read(path, census=snapshot)).values()
    assert numbers == (1, *(int(expected == name) for name in ("excellent", "good", "pass")))


def test_a_grade_that_its_score_belies_is_noted_and_the_grade_counts(
    tmp_path: Path, snapshot: Census
) -> None:
    path = write(tmp_path / "四会市城中小学.xlsx", [pupil(1, 13, "良好", 总分=95)])
    found = census.read(path, census=snapshot)
    assert counts(found) == {(A, "primary"): (1, 0, 1, 0)}
    assert any("有 1 行的等级与总分不符（第 2 行），按等级计" in note for note in found.notes)


def test_a_pupil_on_two_equal_rows_counts_once(tmp_path: Path, snapshot: Census) -> None:
    path = write(tmp_path / "四会市城中小学.xlsx", [pupil(1), pupil(1), pupil(2)])
    found = census.read(path, census=snapshot)
    assert counts(found) == {(A, "primary"): (2, 0, 2, 0)}
    assert any("有 1 行与前面的行是同一人" in note for note in found.notes)
    assert (found.rows_read, found.rows_accepted) == (3, 3)


def test_a_pupil_with_two_results_is_refused_with_both_places_and_no_value(
    tmp_path: Path, snapshot: Census
) -> None:
    path = write(tmp_path / "四会市城中小学.xlsx", [pupil(1), pupil(1, result="优秀"), pupil(2)])
    found = census.read(path, census=snapshot)
    assert [each.message() for each in found.rejections] == [
        "四会市城中小学.xlsx › Sheet1 › 第 2 行「学籍号」：与 四会市城中小学.xlsx › Sheet1 › D3 是同一人，"
        "学校、学段或等级却不同。请核实后删去其中一行。",
        "四会市城中小学.xlsx › Sheet1 › 第 3 行「学籍号」：与 四会市城中小学.xlsx › Sheet1 › D2 是同一人，"
        "学校、学段或等级却不同。请核实后删去其中一行。",
    ]
    assert (found.rows_read, found.rows_accepted, found.rows_rejected) == (3, 1, 2)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"总分等级": "张三丰"}, "第 3 行「总分等级」：内容不是优秀、良好、及格、不及格"),
        ({"总分等级": None, "总分": "张三丰"}, "第 3 行「总分」：不是分数"),
        ({"总分等级": None, "总分": 1850}, "第 3 行「总分」：不是分数"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_without_its_value(
    tmp_path: Path, snapshot: Census, changed: dict[str, object], said: str
) -> None:
    path = write(tmp_path / "四会市城中小学.xlsx", [pupil(1), {**pupil(2), **changed}])
    found = census.read(path, census=snapshot)
    (rejection,) = found.rejections
    assert said in rejection.message()
    assert "张三丰" not in rejection.message()
    assert "1850" not in rejection.message()
    assert (found.rows_read, found.rows_accepted, found.rows_rejected) == (2, 1, 1)


def test_a_file_of_an_unknown_school_is_refused_once_for_all_its_rows(
    tmp_path: Path, snapshot: Census
) -> None:
    found = census.read(write(tmp_path / "成绩.xlsx", [pupil(n) for n in range(5)]), census=snapshot)
    (rejection,) = found.rejections
    assert "看不出是哪所学校（同样的共 5 行）" in rejection.message()
    assert found.rows_rejected == 5


def test_the_blank_form_for_entering_results_is_no_result(tmp_path: Path, snapshot: Census) -> None:
    headings = [each for each in HEADINGS if "总分" not in each]
    found = census.read(
        write(tmp_path / "四会市城中小学.xlsx", [pupil(1)], headings=headings),
        census=snapshot,
        form="fitness-export",
    )
    (rejection,) = found.rejections
    assert "没有「总分」「总分等级」，不是成绩表" in rejection.message()


def test_an_old_code_counts_for_the_school_that_it_is_now(tmp_path: Path, snapshot: Census) -> None:
    past = former(Register((entry("recoded", ["2144000009"], [A]),)), 2025)
    rows = [pupil(1, 学校代码="2144000009"), pupil(2, 学校代码=A)]
    path = write(tmp_path / "成绩.xlsx", rows, headings=["学校代码", *HEADINGS])
    found = census.read(path, census=snapshot, former=past)
    assert counts(found) == {(A, "primary"): (2, 0, 2, 0)}
    assert any("旧标识码 2144000009 按变更台账记为 2144000001（1 行）" in note for note in found.notes)


def test_far_fewer_than_the_school_has_asks_for_the_files_of_other_grades(tmp_path: Path) -> None:
    schools = [school(A, name="四会市城中小学"), school(B, name="贞山中学", school_type="初级中学")]
    pupils = [stage(A, pupils=10), stage(B, stage="初中", pupils=3)]
    base = Store(tmp_path / "census").commit(
        2025, join([reading("schools", schools), reading("school_stages", pupils)]), region=REGION
    )
    rows = [pupil(n, 13, 学校代码=A) for n in range(5)] + [pupil(n, 21, 学校代码=B) for n in range(7, 9)]
    path = write(tmp_path / "三年级.xlsx", rows, headings=["学校代码", *HEADINGS])
    (note,) = [note for note in census.read(path, census=base).notes if "远少于" in note]
    assert "2144000001 小学 5 人（在校生 10 人）。" in note
    assert "3144000002" not in note
    assert "请与这些文件一次导入" in note


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([A, B]),
            st.sampled_from([11, 16, 21, 23]),
            st.sampled_from(["优秀", "良好", "及格", "不及格", None]),
            st.integers(0, 2),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_the_counts_are_those_of_counting_by_hand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, str | None, int]]
) -> None:
    folder = tmp_path_factory.mktemp("fitness")
    base = Store(folder / "census").commit(2025, reading("schools", [school(A), school(B)]), region=REGION)
    files: dict[int, list[dict[str, object]]] = {}
    expected: dict[tuple[str, str], list[int]] = {}
    for number, (code, grade, result, file) in enumerate(rows):
        files.setdefault(file, []).append(pupil(number, grade, result, 学校代码=code))
        tally = expected.setdefault((code, "primary" if grade < 20 else "junior"), [0, 0, 0, 0])
        if result is not None:
            tally[0] += 1
            if result in ("优秀", "良好", "及格"):
                tally[1 + ["优秀", "良好", "及格"].index(result)] += 1
    paths = [
        write(folder / f"{file}.xlsx", some, headings=["学校代码", *HEADINGS]) for file, some in files.items()
    ]
    found: Any = census.read(paths, census=base)
    assert counts(found) == {key: tuple(tally) for key, tally in expected.items()}
    assert found.rows_read == found.rows_accepted == len(rows)
