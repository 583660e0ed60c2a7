"""`jiaoheng plan follow` and `plan record`: from a published plan to what is late."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jiaoheng import plans, workspace
from jiaoheng.plans import shipped

NAME = "sihui-2021-2025"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    made = workspace.init(tmp_path / "county", region="441284")
    shutil.copy(shipped()[NAME], made.folder / "plans")
    return made.folder


def test_what_was_reported_is_followed(county: Path, jiaoheng: Callable[..., object]) -> None:
    note = county / "验收单.txt"
    note.write_text("合格", encoding="utf-8")
    words = ("1@2022", "已完成", "--by", "市教育局", "--on", "2023-01-10", "--evidence", note)
    assert jiaoheng("plan", "record", county, *words).code == 0
    again = jiaoheng("plan", "record", county, *words)
    assert (again.code, again.out) == (0, "台账中已有同样的内容，没有变化。\n")
    done = jiaoheng("plan", "follow", county, "--as-of", "2022-12-31", "--json")
    found = json.loads(done.out)
    assert done.code == 1
    assert [part["state"] for part in found["tasks"][0]["parts"]] == ["not_started"]
    found = json.loads(jiaoheng("plan", "follow", county, "--as-of", "2023-06-30", "--json").out)
    (part,) = found["tasks"][0]["parts"]
    assert (part["state"], part["finished"], part["days_late"]) == ("done", "2023-01-10", 10)
    assert part["answering"] == ["市教育局"]
    assert found["evidence_lost"] == []


def test_nothing_late_is_a_zero(county: Path, jiaoheng: Callable[..., object]) -> None:
    assert jiaoheng("plan", "follow", county, "--as-of", "2022-06-30").code == 0


def test_evidence_that_was_changed_is_told(county: Path, jiaoheng: Callable[..., object]) -> None:
    note = county / "验收单.txt"
    note.write_text("合格", encoding="utf-8")
    words = ("1@2022", "进行中", "--by", "市教育局", "--on", "2022-01-10", "--evidence", note)
    jiaoheng("plan", "record", county, *words)
    (kept,) = (county / "plans" / f"{NAME}.evidence").iterdir()
    kept.write_text("优秀", encoding="utf-8")
    done = jiaoheng("plan", "follow", county, "--as-of", "2022-02-01")
    assert done.code == 1
    assert f"佐证材料 {kept.name} 与登记时不同" in done.out


def test_a_workbook_goes_out_and_comes_back_with_its_evidence(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    path = tmp_path / "填报表.xlsx"
    jiaoheng("plan", "follow", county, "--workbook", path)
    assert "没有填写" in jiaoheng("plan", "record", county, "--workbook", path).out
    (tmp_path / "照片.jpg").write_bytes(b"photo")
    book = openpyxl.load_workbook(path)
    page = book["进展"]
    page["B3"], page["D3"] = "市教育局", "2022-08-01"
    columns = {cell.value: cell.column for cell in page[4]}
    for heading, value in {"状态": "进行中", "进度%": 40, "佐证材料": "照片.jpg"}.items():
        page.cell(5, columns[heading]).value = value
    book.save(path)
    done = jiaoheng("plan", "record", county, "--workbook", path, "--json")
    assert (done.code, json.loads(done.out)) == (0, {"new": 1})
    ledger = county / "plans" / f"{NAME}.progress.yaml"
    before = ledger.read_bytes()
    assert json.loads(jiaoheng("plan", "record", county, "--workbook", path, "--json").out) == {"new": 0}
    assert ledger.read_bytes() == before
    # One file of evidence is missing: nothing of the workbook is recorded, and the row is told.
    page.cell(6, columns["状态"]).value = "进行中"
    page.cell(6, columns["佐证材料"]).value = "没有.jpg"
    page["D3"] = "2022-08-02"
    book.save(path)
    done = jiaoheng("plan", "record", county, "--workbook", path)
    assert done.code == 2
    assert "填报表.xlsx › 进展 › 第 6 行" in done.err
    assert "没有.jpg" in done.err
    assert ledger.read_bytes() == before
    assert jiaoheng("plan", "follow", county, "--workbook", path).code == 2


def _fill(path: Path, rows: dict[int, dict[str, object]]) -> None:
    """Fill in a workbook as a clerk would: by the row, by the heading."""
    book = openpyxl.load_workbook(path)
    page = book["进展"]
    page["B3"], page["D3"] = "市教育局", "2022-08-01"
    columns = {cell.value: cell.column for cell in page[4]}
    for row, cells in rows.items():
        for heading, value in cells.items():
            page.cell(row, columns[heading]).value = value
    book.save(path)


def test_all_that_is_wrong_in_a_workbook_is_told_at_once(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    path = tmp_path / "填报表.xlsx"
    jiaoheng("plan", "follow", county, "--workbook", path)
    late = {"状态": "滞后", "佐证材料": "没有.pdf"}
    missing = {"状态": "进行中", "佐证材料": "没有.jpg；也没有.jpg"}
    twice = {"状态": "已完成", "进度%": 50, "完成日期": "2022-09-01"}
    _fill(path, {5: late, 6: {"状态": "进行中", "进度%": 140}, 7: missing, 8: twice})
    done = jiaoheng("plan", "record", county, "--workbook", path)
    assert done.code == 2
    told = done.err.splitlines()
    parts = (
        ("第 5 行「状态」", "“滞后”由期限和报告日期算出"),
        ("第 5 行", "没有.pdf"),
        ("第 6 行「进度%」", "“140”不对"),
        ("第 7 行", "/没有.jpg"),
        ("第 7 行", "/也没有.jpg"),
        ("第 8 行", "完成日期 2022-09-01 晚于报告日期"),
        ("什么都没有登记。",),
    )
    assert len(told) == len(parts)
    assert all(all(word in line for word in words) for line, words in zip(told, parts, strict=True))
    assert "进度却是 50%" in told[5]


def test_a_workbook_is_recorded_for_the_plan_that_it_names(
    county: Path, tmp_path: Path, jiaoheng: Callable[..., object]
) -> None:
    path = tmp_path / "填报表.xlsx"
    jiaoheng("plan", "follow", county, "--workbook", path)
    _fill(path, {5: {"状态": "进行中"}})
    first = county / "plans" / f"{NAME}.yaml"
    ours = plans.load(first)
    draft = ours.model_copy(update={"title": "下一个规划", "period": plans.Period(start=2021, end=2026)})
    plans.save(draft, county / "plans" / "draft.yaml")
    done = jiaoheng("plan", "record", county, "--workbook", path, "--plan", "draft")
    assert done.code == 2
    assert f"这是《{ours.title}》的填报表，而要登记的是《下一个规划》" in done.err
    done = jiaoheng("plan", "record", county, "--workbook", path, "--json")
    assert (done.code, json.loads(done.out)) == (0, {"new": 1})
    assert [each.name for each in (county / "plans").glob("*.progress.yaml")] == [f"{NAME}.progress.yaml"]
    first.unlink()
    done = jiaoheng("plan", "record", county, "--workbook", path)
    assert f"这是《{ours.title}》的填报表" in done.err


def test_a_unit_gets_its_own(county: Path, tmp_path: Path, jiaoheng: Callable[..., object]) -> None:
    for item, unit in (("1", "市教育局"), ("zhongtai_primary", "市住建局")):
        jiaoheng("plan", "record", county, item, "进行中", "--by", unit, "--on", "2022-05-01")
    path = tmp_path / "市住建局.xlsx"
    jiaoheng("plan", "follow", county, "--unit", "市住建局", "--workbook", path)
    page = openpyxl.load_workbook(path)["进展"]
    assert [row[0].value for row in page.iter_rows(min_row=5)] == ["zhongtai_primary"]
    assert page["B3"].value == "市住建局"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("record", "DIR", "3@2022", "滞后", "--by", "市教育局"), "“滞后”由期限和报告日期算出，不能填写"),
        (("record", "DIR", "3", "进行中", "--by", "市教育局"), "“3”有 4 项"),
        (("record", "DIR", "99", "进行中", "--by", "市教育局"), "没有编号为“99”的任务或项目"),
        (("record", "DIR", "1", "差不多", "--by", "市教育局"), "不明白“差不多”"),
        (("record", "DIR", "1", "进行中"), "单位不能为空"),
        (("record", "DIR", "1", "进行中", "--by", "王小明"), "像是个人的姓名"),
        (("record", "DIR", "1", "进行中", "--by", "市教育局", "--on", "2999-01-01"), "在今天"),
        (("record", "DIR", "1", "进行中", "--by", "市教育局", "--due", "2023-01-01"), "“进行中”不写期限"),
        (("record", "DIR", "1", "已调整", "--by", "市教育局", "--due", "2023-01-01"), "须写明批准单位"),
        (("record", "DIR", "1", "反馈", "--by", "督导室"), "须写明整改期限"),
        (("record", "DIR", "1", "反馈", "--by", "督导室", "--due", "2099-01-01"), "请写明对象单位"),
        (("record", "DIR", "1", "整改", "--by", "市教育局"), "没有未了结的反馈"),
        (("record", "DIR", "1"), "没有写明是哪一项"),
        (("follow", "DIR", "--as-of", "昨天"), "--as-of 的值“昨天”不是日期"),
        (("follow", "DIR", "--unit", "市教育局"), "没有由“市教育局”负责的任务或项目"),
    ],
)
def test_a_mistake_is_one_clear_message(
    county: Path, jiaoheng: Callable[..., object], words: tuple[str, ...], message: str
) -> None:
    done = jiaoheng("plan", *(county if word == "DIR" else word for word in words))
    assert done.code == 2
    assert message in done.err
    assert not (county / "plans" / f"{NAME}.progress.yaml").exists()
