"""`plan audit` and `plan diff`, as a person runs them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from jiaoheng.plans import load, save, shipped
from jiaoheng.plans.model import Plan
from jiaoheng.workspace import Workspace

PLAN = shipped()["sihui-2021-2025"]


def edited(path: Path, **changes: object) -> Path:
    save(load(PLAN).model_copy(update=changes), path)
    return path


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    """Sihui's plan with a share of 120 %: an error."""
    plan = load(PLAN)
    first = plan.indicators[1]
    wrong = first.model_copy(
        update={"targets": (first.target.model_copy(update={"op": ">=", "value": 120.0}),)}
    )
    return edited(tmp_path / "shares.yaml", indicators=(wrong, *plan.indicators[2:]))


def test_a_plan_with_doubts_only_passes_and_says_that_its_text_was_not_looked_at(jiaoheng) -> None:
    done = jiaoheng("plan", "audit", PLAN, "--json")
    assert done.code == 0
    told = json.loads(done.out)
    assert [each["text"] for each in told["plans"]] == [False]
    kinds = [each["kind"] for each in told["findings"]]
    assert kinds.count("target_below_baseline") == 3
    assert "text_not_at_hand" in kinds
    below = next(each for each in told["findings"] if each["kind"] == "target_below_baseline")
    assert below["figures"] == [98, 98.65]
    assert below["sides"][0]["section"].startswith("第二章")


def test_an_error_exits_1_and_the_table_says_what_to_do(shares: Path, jiaoheng) -> None:
    done = jiaoheng("plan", "audit", shares)
    assert done.code == 1
    assert "目标超过 100%" in done.out
    assert "错误 1 处" in done.out


def test_the_text_beside_a_plan_is_looked_at(tmp_path: Path, jiaoheng) -> None:
    document = load(PLAN).document.model_copy(update={"text": "plan.txt"})
    plan = edited(tmp_path / "plan.yaml", document=document)
    (tmp_path / "plan.txt").write_text("第一章 总则", encoding="utf-8")
    told = json.loads(jiaoheng("plan", "audit", plan, "--json").out)
    assert [each["text"] for each in told["plans"]] == [True]
    assert "text_not_at_hand" not in {each["kind"] for each in told["findings"]}


def test_the_findings_are_written_as_workbook_document_and_table(
    shares: Path, tmp_path: Path, jiaoheng
) -> None:
    for name in ("audit.xlsx", "audit.docx", "audit.csv"):
        assert jiaoheng("plan", "audit", shares, "-o", tmp_path / name).code == 1
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "目标超过 100%" in cells
    assert any("120" in cell for cell in cells)
    paper = docx.Document(str(tmp_path / "audit.docx"))
    assert any("120%" in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    with (tmp_path / "audit.csv").open(encoding="utf-8-sig") as lines:
        assert any("目标超过 100%" in row for row in csv.reader(lines))


def test_a_file_that_is_not_there_and_a_plan_with_a_fault_are_told_in_chinese(
    tmp_path: Path, jiaoheng
) -> None:
    missing = jiaoheng("plan", "audit", tmp_path / "none.yaml")
    assert missing.code == 2
    assert "找不到规划文件" in missing.err
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: 规划\n", encoding="utf-8")
    assert jiaoheng("plan", "audit", broken).code == 2


def test_the_pace_of_the_past_comes_from_the_workspace(sihui: Workspace, jiaoheng) -> None:
    done = jiaoheng("plan", "audit", PLAN, "--workspace", sihui.folder, "--json")
    findings = json.loads(done.out)["findings"]
    paces = [each for each in findings if each["kind"] == "pace_above_the_past"]
    assert paces
    assert all(each["figures"][0] > 2 * max(each["figures"][1], 0) for each in paces)


def test_two_plans_side_by_side(tmp_path: Path, shares: Path, jiaoheng) -> None:
    told = json.loads(jiaoheng("plan", "diff", PLAN, shares, "--json").out)
    by_name = {each["name"]: each for each in told["changes"] if each["kind"] == "indicator"}
    assert by_name["学前三年毛入园率"]["outcome"] == "dropped"
    changed = by_name["规范化幼儿园"]
    assert (changed["outcome"], changed["movement"], changed["figure_change"]) == ("changed", "raised", 22)
    assert told["counts"] == {"kept": 38, "changed": 1, "new": 0, "dropped": 1}
    shown = jiaoheng("plan", "diff", PLAN, shares)
    assert shown.code == 0
    assert "增加22个百分点" in shown.out
    for name in ("diff.xlsx", "diff.docx"):
        assert jiaoheng("plan", "diff", PLAN, shares, "-o", tmp_path / name).code == 0
    book = openpyxl.load_workbook(tmp_path / "diff.xlsx")
    assert any(cell.value == 22 for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_plan_beside_itself_keeps_everything(jiaoheng) -> None:
    told = json.loads(jiaoheng("plan", "diff", PLAN, PLAN, "--json").out)
    plan: Plan = load(PLAN)
    items = (*plan.indicators, *plan.commitments, *plan.tasks, *plan.projects)
    assert told["counts"] == {"kept": len(items), "changed": 0, "new": 0, "dropped": 0}


TEXT = """某县教育发展“十四五”规划（2021—2025年）

第一章 发展目标

到2025年，学前三年毛入园率达到{}%。九年义务教育巩固率达到{}%。
"""


def test_documents_are_read_on_the_way(tmp_path: Path, jiaoheng) -> None:
    for name, shares in (("old.txt", (95, 101)), ("new.txt", (99, 101))):
        (tmp_path / name).write_text(TEXT.format(*shares), encoding="utf-8")
    done = jiaoheng("plan", "audit", tmp_path / "old.txt", "--json")
    assert done.code == 1, done.err
    (error,) = [each for each in json.loads(done.out)["findings"] if each["severity"] == "error"]
    assert error["kind"] == "target_over_hundred"
    assert error["sides"][0]["section"] == "第一章 发展目标"
    told = json.loads(jiaoheng("plan", "diff", tmp_path / "old.txt", tmp_path / "new.txt", "--json").out)
    assert [(each["outcome"], each["figure_change"]) for each in told["changes"]] == [
        ("changed", 4),
        ("kept", 0),
    ]
