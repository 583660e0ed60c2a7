"""The workbook goes out to a unit and comes back: what was filled in is read, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from follow_building import PLAN, report, step
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaoheng.census.sheets import FileError
from jiaoheng.plans.following import Entry, follow
from jiaoheng.plans.following.recording import STATE_WORDS, STEP_WORDS, Saying
from jiaoheng.plans.following.sheet import sheet
from jiaoheng.plans.following.sheet_read import Filled, Filling, read_sheet

AS_OF = date(2022, 6, 1)
Cells = Mapping[str, object]


def filled(
    path: Path,
    reports: Mapping[str, Cells],
    steps: tuple[Cells, ...] = (),
    *,
    unit: object = "区教育局",
    day: object = date(2022, 5, 31),
    known: tuple[Entry, ...] = (),
) -> Path:
    """A workbook, with these cells filled in as a clerk would: by the number of the row, by the heading."""
    path.write_bytes(sheet(follow(PLAN, known, as_of=AS_OF), unit="区教育局"))
    book = openpyxl.load_workbook(path)
    page = book["进展"]
    page["B3"], page["D3"] = unit, day
    columns = {cell.value: cell.column for cell in page[4]}
    for row in range(5, page.max_row + 1):
        for heading, value in reports.get(str(page.cell(row, 1).value), {}).items():
            page.cell(row, columns[heading]).value = value
    page = book["督办"]
    columns = {cell.value: cell.column for cell in page[3]}
    blank = next(row for row in range(4, page.max_row + 1) if not page.cell(row, 1).value)
    for row, cells in enumerate(steps, start=blank):
        for heading, value in cells.items():
            page.cell(row, columns[heading]).value = value
    book.save(path)
    return path


def read(path: Path) -> tuple[Filled, ...]:
    filling = read_sheet(path)
    assert not told(filling)
    return filling.rows


def told(filling: Filling) -> list[str]:
    """All that is wrong, outside the rows first."""
    return [*filling.faults, *(fault for row in filling.rows for fault in row.faults)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "区教育局.xlsx"


def test_a_workbook_that_nobody_filled_in_says_nothing(path: Path) -> None:
    known = (
        report("2022-03-01", "进行中", words="已立项"),
        step("2022-04-01", "反馈", due="2022-05-01", words="进度慢"),
    )
    assert read(filled(path, {}, unit=None, day=None, known=known)) == ()


def test_a_row_is_read_with_its_place(path: Path) -> None:
    cells = {
        "状态": "进行中",
        "进度%": 60,
        "完成情况": "（一）已招标；\n二标段未定",
        "佐证材料": "a.pdf；b 照片.jpg",
    }
    (row,) = read(filled(path, {"7@2022": cells}))
    assert row.place == "区教育局.xlsx › 进展 › 第 6 行"
    assert (row.item, row.files) == ("7@2022", ("a.pdf", "b 照片.jpg"))
    assert row.saying == Saying(
        "进行中", date(2022, 5, 31), "区教育局", words="（一）已招标；\n二标段未定", percent=60
    )


def test_rows_may_be_sorted_and_taken_out(path: Path) -> None:
    filled(path, {"7@2023": {"状态": "进行中"}})
    book = openpyxl.load_workbook(path)
    book["进展"].delete_rows(5, 2)
    book.save(path)
    assert [row.item for row in read(path)] == ["7@2023"]


def test_a_step_is_read(path: Path) -> None:
    cells = {
        "编号": "7@2022",
        "办理": "反馈",
        "日期": "2022年5月20日",
        "办理单位": "区督导室",
        "对象": "区教育局、各镇（街）",
        "整改期限": date(2022, 7, 1),
        "内容": "没有档案",
    }
    (row,) = read(filled(path, {}, (cells,)))
    assert row.place.endswith("督办 › 第 4 行")
    assert row.saying == Saying(
        "反馈",
        date(2022, 5, 20),
        "区督导室",
        words="没有档案",
        to=("区教育局", "各镇（街）"),
        due=date(2022, 7, 1),
    )


@pytest.mark.parametrize(
    ("cells", "more", "message"),
    [
        ({"状态": "快了"}, {}, "第 6 行「状态」：“快了”不在可选的范围"),
        ({"完成情况": "已招标"}, {}, "第 6 行「状态」：没有填"),
        ({"状态": "滞后"}, {}, "第 6 行「状态」：“滞后”由期限和报告日期算出，不能填写。请从 未开始、"),
        ({"状态": "已完成", "完成日期": "上周"}, {}, "第 6 行「完成日期」：“上周”不是日期"),
        (
            {"状态": "进行中", "进度%": 0.6},
            {},
            "第 6 行「进度%」：“0.6”不对。请填 0 至 100 的数，如 60",
        ),
        ({"状态": "进行中", "进度%": "过半"}, {}, "第 6 行「进度%」：“过半”不对"),
        ({"状态": "进行中"}, {"day": None}, "进展「报告日期」：没有填"),
        ({"状态": "进行中"}, {"day": "五月"}, "进展「报告日期」：“五月”不是日期"),
        ({"状态": "进行中"}, {"unit": None}, "进展「报告单位」：没有填"),
    ],
)
def test_a_cell_that_nobody_can_follow_is_told_with_its_place(
    path: Path, cells: Cells, more: dict[str, object], message: str
) -> None:
    filling = read_sheet(filled(path, {"7@2022": cells}, **more))  # type: ignore[arg-type]
    (fault,) = told(filling)
    assert message in fault
    assert fault.startswith("区教育局.xlsx › 进展")


def test_all_faults_are_told_at_once(path: Path) -> None:
    wrong = {
        "7@2021": {"状态": "滞后", "进度%": 140, "完成日期": "上周"},
        "7@2022": {"状态": "进行中", "进度%": 101},
        "8": {"状态": "进行中"},
    }
    filling = read_sheet(filled(path, wrong, ({"编号": "8", "办理": "约见"},), day=None))
    assert [len(row.faults) for row in filling.rows] == [3, 1, 0, 3]
    (outside,) = filling.faults
    assert "「报告日期」：没有填" in outside


def test_the_workbook_says_which_plan_it_is_of(path: Path) -> None:
    assert read_sheet(filled(path, {})).plan_title == PLAN.title


def test_another_workbook_is_refused(path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(FileError, match="不是规划进展填报表"):
        read(path)


def test_only_what_is_to_be_filled_in_is_open_and_words_are_chosen_from_a_list(path: Path) -> None:
    book = openpyxl.load_workbook(filled(path, {}))
    page = book["进展"]
    assert page.protection.sheet
    headings = {cell.value: page.cell(5, cell.column).protection.locked for cell in page[4]}
    assert [name for name, locked in headings.items() if not locked] == [
        "状态", "进度%", "完成日期", "完成情况", "佐证材料", "调整后期限", "批准单位", "批准文号"
    ]  # fmt: skip
    lists = {rule.formula1.strip('"') for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert lists == {",".join(STATE_WORDS)}
    steps = book["督办"].data_validations.dataValidation
    assert ",".join(STEP_WORDS) in {rule.formula1.strip('"') for rule in steps}


def test_a_row_is_as_high_as_its_longest_cell(path: Path) -> None:
    # Drawn by LibreOffice in Noto Sans CJK at 11 points, a line of Chinese is 16 points high.
    words = "检查心理咨询室的建设情况" * 10
    known = (report("2022-03-01", "进行中", words=words),)
    page = openpyxl.load_workbook(filled(path, {}, known=known))["进展"]
    width = next(
        page.column_dimensions[cell.column_letter].width for cell in page[4] if cell.value == "上次报告"
    )
    assert page.row_dimensions[6].height >= 16 * 2 * len(words) / width
    assert 16 < page.row_dimensions[5].height < 40


def test_words_are_never_a_formula(path: Path) -> None:
    known = (report("2022-03-01", "进行中", words='=HYPERLINK("http://a.b","x")'),)
    book = openpyxl.load_workbook(filled(path, {}, known=known))
    kinds = {cell.data_type for row in book["进展"].iter_rows(min_row=5) for cell in row if cell.value}
    assert kinds == {"s"}


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30).filter(
    lambda text: not text.startswith("=")
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Cells, Saying]:
    """A row as a clerk fills it in, and what it says."""
    word = draw(st.sampled_from(STATE_WORDS))
    words = draw(st.one_of(st.just(""), WORDS))
    percent = draw(
        st.one_of(
            st.none(), st.just(0), st.integers(1, 100), st.integers(10, 1000).map(lambda tenths: tenths / 10)
        )
    )
    finished = draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2022, 5, 31))))
    cells = {"状态": word, "进度%": percent, "完成日期": finished, "完成情况": words or None}
    saying = Saying(word, date(2022, 5, 31), "区教育局", words=words, percent=percent, finished=finished)
    return {name: value for name, value in cells.items() if value is not None}, saying


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(["7@2021", "7@2022", "7@2023", "8", "new_school"]), rows()))
def test_what_is_filled_in_is_what_is_read(path: Path, given: dict[str, tuple[Cells, Saying]]) -> None:
    found = read(filled(path, {item: cells for item, (cells, _) in given.items()}))
    assert {row.item: row.saying for row in found} == {item: saying for item, (_, saying) in given.items()}
