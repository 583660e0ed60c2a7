"""What differs from last year's schools is found, proposed with reasons, and settled by a person alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from census_samples import KEY, REGION, reading, school, stage
from test_register import entry

from jiaoheng import census
from jiaoheng.census import changes
from jiaoheng.census.changes import NotationError, Register, from_word, to_word
from jiaoheng.census.changes.names import likeness, normal
from jiaoheng.census.changes.sheet import read_sheet, write_sheet
from jiaoheng.census.lineage import former
from jiaoheng.census.reading import join
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import Store
from jiaoheng.census.workbook import FileError

A, B, C, D = "2144000001", "2144000002", "3144000003", "3144000004"
TOWNS = [{"area_code": "441284001", "name": "城中街道"}, {"area_code": "441284102", "name": "龙甫镇"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广东省肇庆市四会市城中小学", "城中小学"),
        ("四會市東城中心小學", "四会市东城中心小学"),
        ("城中小学（东校区）", "城中小学 东校区"),
        ("四会市第一小学", "四会市第１小学"),
        ("龙甫镇中心小学", "龙甫镇中心完全小学"),
        ("龙甫镇中心校", "龙甫镇中心小学"),
        ("贞山初级中学", "贞山中学"),
    ],
)
def test_a_name_is_one_name_however_it_is_written(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert likeness(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("城中小学", "城中学校", 0.9, 0.9),
        ("第一小学", "第二小学", 0.0, 0.4),
        ("地豆镇中心小学", "下茆镇中心小学", 0.0, 0.5),
        ("城中小学", "东城小学", 0.0, 0.6),
        ("城中小学", "", 0.0, 0.0),
    ],
)
def test_other_names_are_as_alike_as_they_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


def test_the_town_that_both_names_open_with_makes_them_no_more_alike() -> None:
    names = "江谷镇清平小学", "江谷镇太和小学"
    assert likeness(*names, town="江谷镇") < likeness(*names)


def snapshot(
    folder: Path, year: int, schools: Sequence[dict[str, object]], pupils: dict[str, int] | None = None
) -> Census:
    names = list(dict.fromkeys(name for row in schools for name in row))
    parts = [reading("areas", TOWNS), reading("schools", [dict.fromkeys(names) | row for row in schools])]
    if pupils:
        parts.append(reading("school_stages", [stage(code, pupils=n) for code, n in pupils.items()]))
    return Store(folder / "census").commit(year, join(parts), region=REGION)


def compared(
    folder: Path, old: list[dict[str, object]], new: list[dict[str, object]], *entries: changes.Change
):
    before, after = snapshot(folder, 2024, old), snapshot(folder, 2025, new)
    return changes.compare(before, after, Register(entries, lines=tuple(range(2, 2 + len(entries)))))


def test_schools_that_stayed_as_they_were_are_no_difference(tmp_path: Path) -> None:
    old = [school(A, name="四会市城中小学"), school(B)]
    assert compared(tmp_path, old, [school(A, name="城中小学"), school(B)]).unsettled == ()


def test_a_school_that_changed_its_category_is_matched_by_name_town_and_type(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [school(A, name="城中小学"), school(B, name="沙头小学")],
        [school(C, name="四会市城中学校", school_type="九年一贯制学校"), school(B, name="沙头小学")],
    )
    (item,) = found.unsettled
    assert (item.what, item.old and item.old.code, item.new and item.new.code) == ("gone", A, C)
    best, last = item.proposals[0], item.proposals[-1]
    assert best.word == f"{A}={C}"
    assert best.score > 0.85
    assert "同在城中街道" in best.reasons
    assert "由小学变为九年一贯制学校，换类别会换标识码" in best.reasons
    assert last.word == f"{A}=无"
    assert last.score < 0.2


def test_the_likelier_match_comes_first(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [school(A, name="城中小学")],
        [school(C, name="城东小学"), school(D, name="城中学校")],
    )
    item = next(each for each in found.unsettled if each.what == "gone")
    assert item.proposals[0].word == f"{A}={D}"


def test_a_kindergarten_is_never_taken_for_a_school(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [school(A, name="城中小学")],
        [school("1144000009", name="城中幼儿园", school_type="幼儿园")],
    )
    assert [item.what for item in found.unsettled] == ["gone", "new"]
    assert [each.word for each in found.unsettled[0].proposals] == [f"{A}=无"]


def test_a_teaching_point_that_is_gone_is_proposed_to_have_gone_into_its_main_school(tmp_path: Path) -> None:
    point = school(B, name="龙甫镇营脚教学点", school_type="教学点", counted="否", main_school_code=A)
    found = compared(tmp_path, [school(A, name="龙甫镇中心小学"), point], [school(A, name="龙甫镇中心小学")])
    (item,) = found.unsettled
    assert item.proposals[0].word == f"{B}+{A}={A}"
    assert item.proposals[0].reasons == ("上年的主校是“龙甫镇中心小学”",)


def test_a_new_campus_is_proposed_to_have_split_off(tmp_path: Path) -> None:
    campus = school(C, name="东校区", counted="否", main_school_code=A)
    found = compared(tmp_path, [school(A)], [school(A), campus])
    (item,) = found.unsettled
    assert [each.word for each in item.proposals] == [f"{A}={A}+{C}", f"无={C}"]


def test_a_school_on_the_same_ground_is_found_though_its_name_is_not_very_like(tmp_path: Path) -> None:
    old = school(A, name="沙尾河小学", longitude=112.7, latitude=23.3)
    far, near = (
        school(code, name="沙头小学", longitude=112.7, latitude=latitude)
        for code, latitude in ((C, 23.4), (D, 23.3001))
    )
    (item,) = [each for each in compared(tmp_path, [old], [far, near]).unsettled if each.what == "gone"]
    assert [each.word for each in item.proposals] == [f"{A}={D}", f"{A}=无"]
    assert "位置相距 11 米" in item.proposals[0].reasons


def test_a_new_name_under_an_old_code_is_a_difference_until_it_is_confirmed(tmp_path: Path) -> None:
    old, new = [school(A, name="城中小学")], [school(A, name="四会市实验小学")]
    (item,) = compared(tmp_path, old, new).unsettled
    assert (item.what, item.proposals[0].word) == ("renamed", f"{A}=四会市实验小学")
    renamed = from_word(item.proposals[0].word, year=2025, by="张敏", on=date(2025, 10, 8), names=({}, {}))
    assert compared(tmp_path, old, new, renamed).unsettled == ()


def test_what_the_register_says_is_settled(tmp_path: Path) -> None:
    old, new = [school(A), school(B)], [school(C)]
    assert compared(tmp_path, old, new, entry("merged", [A, B], [C])).unsettled == ()


def test_a_rejected_pair_is_not_proposed_again(tmp_path: Path) -> None:
    old, new = [school(A, name="城中小学")], [school(C, name="城中学校")]
    found = compared(tmp_path, old, new, entry("distinct", [A], [C]))
    assert [each.word for item in found.unsettled for each in item.proposals] == [f"{A}=无", f"无={C}"]


def test_an_entry_that_the_snapshot_belies_is_told_with_its_line(tmp_path: Path) -> None:
    found = compared(tmp_path, [school(A), school(B)], [school(A), school(B)], entry("closed", [A], []))
    (item,) = found.unsettled
    assert item.what == "contradicted"
    assert "changes.yaml:2 记 2025 年撤销" in item.said
    assert f"而今年仍有 {A}" in item.said


@pytest.mark.parametrize(
    "word",
    [
        f"{A}={C}",
        f"{A}+{B}={B}",
        f"{A}={A}:0.7+{C}:0.3",
        f"{A}={A}+{C}",
        f"{A}=无",
        f"无={C}",
        f"{A}=实验小学",
    ],
)
def test_a_change_reads_as_it_is_written(word: str) -> None:
    change = from_word(word, year=2025, by="张", on=date(2025, 10, 8), names=({}, {}))
    assert to_word(change) == word


def test_a_change_may_be_written_full_width_and_in_per_cent() -> None:
    change = from_word(
        "２１４４０００００１＝2144000001:70%＋3144000003:30%",
        year=2025,
        by="张",
        on=date(2025, 1, 1),
        names=({}, {}),
    )
    assert [(each.code, each.share) for each in change.after] == [(A, 0.7), (C, 0.3)]


@pytest.mark.parametrize(
    "word",
    ["", A, f"{A}+{B}={C}+{D}", f"{A}={A}", "无=无", f"{A}={A}:0.5+{C}:0.2", f"{A}=={C}", f"无={C}:2+{D}"],
)
def test_what_is_no_change_is_refused_with_how_to_write_one(word: str) -> None:
    with pytest.raises(NotationError) as caught:
        from_word(word, year=2025, by="张", on=date(2025, 10, 8), names=({}, {}))
    assert "请" in str(caught.value) or "没有变更" in str(caught.value)


def test_the_workbook_comes_back_with_what_a_person_decided(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [school(A, name="城中小学"), school(B, name="沙头小学")],
        [school(C, name="城中学校"), school(D, name="沙头学校")],
    )
    path = tmp_path / "核对表.xlsx"
    write_sheet(path, found, region="四会市")
    assert read_sheet(path, year=2025) == ()
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    headings = {cell.value: cell.column for cell in page[3]}
    rows = {page.cell(row, headings["建议"]).value: row for row in range(4, page.max_row + 1)}
    page.cell(rows[f"{A}={C}"], headings["结论"], "对")
    page.cell(rows[f"{A}={C}"], headings["依据"], "四教〔2025〕12号")
    page.cell(rows[f"{B}={D}"], headings["结论"], "不对")
    page.cell(rows[f"{B}=无"], headings["更正"], f"{B}+{A}={C}")
    book.save(path)
    answers = read_sheet(path, year=2025)
    assert [(each.word, each.distinct, each.evidence) for each in answers] == [
        (f"{A}={C}", False, "四教〔2025〕12号"),
        (f"{B}={D}", True, ""),
        (f"{B}+{A}={C}", False, ""),
    ]
    with pytest.raises(FileError, match="2025 年的核对表"):
        read_sheet(path, year=2024)
    page.cell(4, headings["结论"], "也许")
    book.save(path)
    with pytest.raises(FileError, match=r"核对表\.xlsx › 第 4 行「结论」：“也许”看不懂"):
        read_sheet(path, year=2025)


def write_book(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return path


def test_a_roster_that_names_a_school_as_it_was_called_is_read_for_the_school_it_is(tmp_path: Path) -> None:
    base = snapshot(tmp_path, 2024, [school(A, name="城中小学")])
    moved = from_word(
        f"{A}={C}", year=2025, by="张", on=date(2025, 10, 8), names=({A: "城中小学"}, {C: "城中学校"})
    )
    past = former(Register((moved,)), 2025)
    headings, person = ["学籍号", "姓名", "学校名称", "年级", "性别"], ["甲", "三年级", "男"]
    rows = [[f"G{n}", person[0], name, *person[1:]] for n, name in enumerate(("城中小学", "城中学校"))]
    path = write_book(tmp_path / "学生.xlsx", headings, rows)
    found = census.read(path, census=base, key=KEY, former=past)
    assert not found.rejections
    assert found.tables["pupils"]["school_code"].to_pylist() == [C, C]
    before = census.read(path, census=base, key=KEY, former=former(Register((moved,)), 2024))
    assert before.rows_rejected == 1


def test_a_name_that_another_school_bears_now_is_that_school_and_not_the_one_that_bore_it(
    tmp_path: Path,
) -> None:
    base = snapshot(tmp_path, 2025, [school(A, name="实验小学"), school(B, name="城中小学")])
    renamed = from_word(f"{A}=实验小学", year=2025, by="张", on=date(2025, 1, 1), names=({A: "城中小学"}, {}))
    headings = ["学籍号", "姓名", "学校名称", "年级", "性别"]
    path = write_book(tmp_path / "学生.xlsx", headings, [["G1", "甲", "城中小学", "三年级", "男"]])
    found = census.read(path, census=base, key=KEY, former=former(Register((renamed,)), 2025))
    assert found.tables["pupils"]["school_code"].to_pylist() == [B]


def test_a_file_without_codes_is_read_once_its_new_name_is_confirmed(tmp_path: Path) -> None:
    base = snapshot(tmp_path, 2024, [school(A, name="城中小学")])
    headings = ["学校名称", "镇街", "办学类型", "办学性质", "在校生数"]
    path = write_book(tmp_path / "小学.xlsx", headings, [["城中实验小学", "城中街道", "小学", "公办", 800]])
    (rejection,) = census.read(path, census=base).rejections
    word = f"{A}=城中实验小学"
    assert f"最像的是“城中小学”（{A}）" in rejection.message()
    assert f"jiaoheng changes 工作区 confirm {word} --year 年份 --by 姓名" in rejection.message()
    renamed = from_word(word, year=2025, by="张", on=date(2025, 10, 8), names=({A: "城中小学"}, {}))
    found = census.read(path, census=base, former=former(Register((renamed,)), 2025))
    assert found.tables["schools"].select(["school_code", "name"]).to_pylist() == [
        {"school_code": A, "name": "城中实验小学"}
    ]


def test_a_county_all_of_whose_codes_are_new_is_compared_in_a_moment(tmp_path: Path) -> None:
    syllables = "清平太和沙头贞山威整石狗"
    names = [f"{one}{two}小学" for one in syllables for two in syllables]
    old = [school(f"21440{n:05d}", name=name) for n, name in enumerate(names)]
    new = [school(f"31440{n:05d}", name=name.replace("小学", "学校")) for n, name in enumerate(names)]
    began = time.process_time()
    found = compared(tmp_path, old, new)
    assert time.process_time() - began < 5
    assert all(
        item.proposals[0].word == f"21440{n:05d}=31440{n:05d}" for n, item in enumerate(found.unsettled)
    )
    assert len(found.unsettled) == len(names)


def test_a_row_of_an_old_code_is_told_once_and_followed_in_every_table(tmp_path: Path) -> None:
    past = former(Register((entry("recoded", [A], [C]),)), 2025)
    headings = ["学校名称", "学校标识码", "镇街", "办学类型", "办学性质", "校数", "主校标识码", "在校生数"]
    rows = [
        ["城中学校", A, "城中街道", "九年一贯制学校", "公办", 1, "", 800],
        ["东校区", B, "城中街道", "小学", "公办", 0, A, 90],
    ]
    found = census.read(write_book(tmp_path / "小学.xlsx", headings, rows), former=past)
    assert not found.rejections
    assert f"文件中的旧标识码 {A} 按变更台账记为 {C}（2 行）。" in found.notes
    schools = {row["school_code"]: row for row in found.tables["schools"].to_pylist()}
    assert schools[B]["main_school_code"] == C
    assert set(found.tables["school_stages"]["school_code"].to_pylist()) == {B, C}
