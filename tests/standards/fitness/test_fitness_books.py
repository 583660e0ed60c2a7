"""Workbooks of raw measurements: scored row by row, rated, and nobody in them is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured_books import HEADINGS, girl, write

from jiaoheng.standards.fitness import FitnessError, FitnessResults, score_files


def test_a_workbook_is_scored_and_no_name_or_number_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "贞山中学.xlsx", [girl(1), girl(2, 肺活量=None)], title="2025年体测")
    found = score_files([path])
    rows = found.pupils.to_dicts()
    assert [(row["row"], row["total"], row["level"], row["reason"]) for row in rows] == [
        (3, 84.2, "良好", ""),
        (4, None, None, "肺活量缺测"),
    ]
    assert {row["school"] for row in rows} == {"贞山中学"}
    assert found.falls_short
    for mark in ("甄隐名", "G441284", "贞山街道", "2012-05-04"):
        assert mark not in repr(found.pupils.to_dicts())


def test_rates_count_who_has_a_total_and_nothing_else(tmp_path: Path) -> None:
    best = {
        "肺活量": 4000,
        "50米跑": 7.9,
        "坐位体前屈": 23,
        "立定跳远": 204,
        "一分钟仰卧起坐": 51,
        "800米跑": "3'20",
    }
    rows = [
        girl(1),
        girl(2, **best),
        girl(3, 肺活量=1000, 立定跳远=120),
        girl(4, 肺活量=None),
        girl(5, 班级名称="八年级2班", 免测="是", 肺活量=None),
        girl(6, 班级名称="八年级2班", 免测="否"),
    ]
    found = score_files([write(tmp_path / "校.xlsx", rows, headings=[*HEADINGS, "免测"])])
    whole = found.rates().to_dicts()[0]
    counts = {
        name: whole[name] for name in ("pupils", "exempt", "tested", "excellent", "good", "pass", "fail")
    }
    assert counts == {
        "pupils": 6, "exempt": 1, "tested": 4, "excellent": 1, "good": 2, "pass": 1, "fail": 0,
    }  # fmt: skip
    assert whole["good_or_better"] == 75
    assert whole["passed"] == 100
    classes = found.rates("school", "class_name").to_dicts()
    assert [(row["class_name"], row["tested"], row["good_or_better"]) for row in classes] == [
        ("八年级1班", 3, pytest.approx(200 / 3)),
        ("八年级2班", 1, 100),
    ]


def test_where_nobody_was_tested_there_is_no_rate_and_no_zero(tmp_path: Path) -> None:
    found = score_files([write(tmp_path / "校.xlsx", [girl(1, 肺活量=None)])])
    assert found.rates().to_dicts()[0]["good_or_better"] is None


def one(tmp_path: Path, **changes: object) -> FitnessResults:
    return score_files([write(tmp_path / "校.xlsx", [girl(1, **changes)])])


@pytest.mark.parametrize("grade", [22, "22", "八年级", "初二", "初中二年级", "8年级"])
@pytest.mark.parametrize("sex", [2, "女", "2"])
def test_grades_and_sexes_in_words_and_codes(tmp_path: Path, grade: object, sex: object) -> None:
    assert one(tmp_path, 年级编号=grade, 性别=sex).pupils["total"].to_list() == [84.2]


@pytest.mark.parametrize("name", ["八年级1班", "初二(1)班", "8年级1班"])
def test_without_a_grade_the_class_tells_it_but_never_a_bare_number(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, 年级编号=None, 班级名称=name).pupils["grade"].to_list() == ["g8"]
    assert one(tmp_path, 年级编号=None, 班级名称="11").pupils["reason"].to_list() == ["年级不明"]


def test_cells_that_cannot_be_read_are_told_with_row_and_heading(tmp_path: Path) -> None:
    found = one(tmp_path, **{"50米跑": "甄隐名", "800米跑": 3.4})
    assert [each.message() for each in found.refused] == [
        "校.xlsx › Sheet1 › 第 2 行「50米跑」：不是数。请写以秒为单位的数。"
    ]
    assert found.pupils["reason"].to_list() == ["50米跑缺测"]
    assert any("3.4 即 3 分 40 秒" in note for note in found.notes)


def test_a_number_of_a_person_in_the_column_of_classes_is_hidden(tmp_path: Path) -> None:
    found = one(tmp_path, 班级名称="G441284201201010011")
    assert found.pupils["class_name"].to_list() == ["〔号码隐去〕"]


def test_a_pupil_in_two_rows_counts_once_or_not_at_all(tmp_path: Path) -> None:
    rows = [girl(1), girl(1), girl(2), girl(2, 肺活量=2000), girl(3)]
    found = score_files([write(tmp_path / "校.xlsx", rows)])
    assert found.pupils["row"].to_list() == [2, 6]
    assert [each.row for each in found.refused] == [4, 5]
    assert any("有 1 行与前面的行是同一人" in note for note in found.notes)


def test_two_files_are_one_count(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.xlsx", [girl(number)]) for number, name in enumerate("甲乙")]
    found = score_files(paths)
    assert found.pupils["source"].to_list() == [0, 1]
    assert found.rates("school")["school"].to_list() == ["甲", "乙"]


def test_headings_of_two_rows_and_of_both_sexes(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "校.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        tops = ["年级", "性别", "身高(cm)", "体重(kg)", "肺活量(ml)", "肺活量(ml)", "50米跑", "坐位体前屈"]
        tops += ["立定跳远", "引体向上/仰卧起坐", "1000米/800米"]
        unders = ["", "", "", "", "成绩", "得分", "", "", "", "", ""]
        for column, (top, under) in enumerate(zip(tops, unders, strict=True)):
            page.write(0, column, top)
            if under:
                page.write(1, column, under)
            else:
                page.merge_range(0, column, 1, column, top)
        page.merge_range(0, 4, 0, 5, "肺活量(ml)")
        page.write_row(2, 0, ["八年级", "女", 160, 50.7, 2900, 60, 8.9, 9, 175, 40, "3'55"])
        page.write_row(3, 0, ["八年级", "男", 160, 50.7, 2900, 60, 8.9, 9, 175, 8, "3'55"])
    rows = score_files([path]).pupils.to_dicts()
    assert (rows[0]["total"], rows[0]["sit_ups_points"], rows[0]["pull_ups_points"]) == (84.2, 78, None)
    assert (rows[1]["pull_ups_points"], rows[1]["run_1000m_points"], rows[1]["sit_ups_points"]) == (
        72,
        95,
        None,
    )


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["姓名", "性别", "年级"], "没有找到体测成绩的表头"),
        ([each for each in HEADINGS if each != "性别"], "没有「性别」一列"),
        ([each for each in HEADINGS if each not in ("年级编号", "班级名称", "班级编号")], "没有「年级编号」"),
        ([*HEADINGS, "肺活量"], "「肺活量」（L 列）和「肺活量」（V 列）是同一项"),
    ],
)
def test_a_sheet_that_cannot_be_scored_is_refused(tmp_path: Path, headings: list[str], said: str) -> None:
    with pytest.raises(FitnessError, match=r"校\.xlsx") as error:
        score_files([write(tmp_path / "校.xlsx", [girl(1)], headings=headings)])
    assert said in str(error.value)


def test_sums_below_the_pupils_are_no_pupils(tmp_path: Path) -> None:
    path = write(tmp_path / "校.xlsx", [girl(1), {"年级编号": "合计", "肺活量": 2900}])
    found = score_files([path])
    assert found.pupils.height == 1
    assert any("合计行（第 3 行）" in note for note in found.notes)
