"""The form of answers goes out and comes back: all of it or nothing, and every fault with its place."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from example_county import sihui
from jiaoheng import workspace
from jiaoheng.errors import JiaohengError

__all__ = ["sihui"]

CARD = "jiangmen-appraisal-2022"
YEAR = 2025


@pytest.fixture
def ws(sihui: workspace.Workspace, tmp_path: Path) -> workspace.Workspace:
    """The example county, as it would be without answers."""
    shutil.copytree(sihui.folder, tmp_path / "sihui")
    shutil.rmtree(tmp_path / "sihui" / "assessments", ignore_errors=True)
    return workspace.open(tmp_path / "sihui")


def filled(
    ws: workspace.Workspace,
    path: Path,
    values: Mapping[str, Any],
    *,
    name: str = CARD,
    unit: str = "市教育局",
    more: Mapping[str, Mapping[str, str]] | None = None,
) -> Path:
    """The form of a card with answers in it."""
    workspace.write_answer_form(ws, workspace.asking(ws, name, year=YEAR), path, overwrite=True)
    book = openpyxl.load_workbook(path)
    page = book["填报"]
    page["B3"], page["D3"] = unit, datetime.datetime(2025, 10, 20)
    heads = {cell.value: cell.column for cell in page[5]}
    for row in range(6, page.max_row + 1):
        key = page.cell(row, heads["编号"]).value
        if key in values:
            page.cell(row, heads["填报"]).value = values[key]
        for head, text in (more or {}).get(key, {}).items():
            page.cell(row, heads[head]).value = text
    book.save(path)
    return path


def test_what_is_filled_in_is_kept_with_who_and_when(ws: workspace.Workspace, tmp_path: Path) -> None:
    (tmp_path / "政策.pdf").write_bytes(b"policy")
    form = filled(
        ws,
        tmp_path / "form.xlsx",
        {"jm_policy": 4.5, "jm_researchers__by_stage": "否", "jm_structure_done": 45},
        more={"jm_policy": {"佐证文件": "政策.pdf", "说明": "两份文件"}},
    )
    changed, found = workspace.read_answer_form(ws, CARD, form, year=YEAR)
    assert changed == 3
    policy = found.answer("jm_policy")
    assert policy is not None
    assert (policy.value, policy.by, str(policy.on), policy.note) == (
        4.5,
        "市教育局",
        "2025-10-20",
        "两份文件",
    )
    (file,) = policy.evidence
    assert (found.path.with_suffix(".evidence") / file).read_bytes() == b"policy"
    by_stage = found.answer("jm_researchers__by_stage")
    assert by_stage is not None
    assert by_stage.value is False
    scored = ws.score(CARD, year=YEAR)
    assert scored.item("jm_policy").low == 4.5
    assert scored.item("jm_policy").proof == (file,)


def test_a_form_that_is_read_twice_changes_nothing_and_blank_rows_leave_what_is_known(
    ws: workspace.Workspace, tmp_path: Path
) -> None:
    form = filled(ws, tmp_path / "one.xlsx", {"jm_policy": 4})
    workspace.read_answer_form(ws, CARD, form, year=YEAR)
    content = workspace.asking(ws, CARD, year=YEAR).path.read_bytes()
    assert workspace.read_answer_form(ws, CARD, form, year=YEAR)[0] == 0
    other = filled(ws, tmp_path / "two.xlsx", {"jm_seat_plan": 3}, unit="市自然资源局")
    _, found = workspace.read_answer_form(ws, CARD, other, year=YEAR)
    assert found.answer("jm_policy") is not None
    assert found.path.read_bytes() != content


def test_a_form_in_which_nothing_was_filled_in_changes_nothing(
    ws: workspace.Workspace, tmp_path: Path
) -> None:
    changed, found = workspace.read_answer_form(ws, CARD, filled(ws, tmp_path / "form.xlsx", {}, unit=""))
    assert changed == 0
    assert not found.path.exists()


def test_the_word_unknown_takes_an_answer_back(ws: workspace.Workspace, tmp_path: Path) -> None:
    workspace.read_answer_form(ws, CARD, filled(ws, tmp_path / "one.xlsx", {"jm_policy": 4}), year=YEAR)
    back = filled(ws, tmp_path / "two.xlsx", {"jm_policy": "未知"})
    _, found = workspace.read_answer_form(ws, CARD, back, year=YEAR)
    assert found.answer("jm_policy") is None
    assert ws.score(CARD, year=YEAR).item("jm_policy").high == 5


@pytest.mark.parametrize(
    ("values", "more", "says"),
    [
        ({"jm_policy": 6}, {}, "第 6 行「填报」：“出台教师队伍建设政策”填了 6 分，应在 0 到 5 分之间"),
        ({"jm_policy": "很好"}, {}, "第 6 行「填报」：“很好”不对。请填一个数"),
        ({"jm_researchers__by_stage": "基本"}, {}, "第 8 行「填报」：“基本”不对。请填是或否"),
        ({"jm_researchers__by_stage": 1}, {}, "第 8 行「填报」：“1”不对。请填是或否"),
        ({"jm_structure_done": -1}, {}, "不能小于 0"),
        ({}, {"jm_policy": {"说明": "见文件"}}, "第 6 行「填报」：没有填"),
        ({"jm_policy": 4}, {"jm_policy": {"佐证文件": "没有的.pdf"}}, "没有的.pdf：无法读取"),
        ({"jm_policy": 4}, {"jm_policy": {"说明": "经办 11010519491231002X"}}, "身份证件号"),
    ],
)
def test_one_wrong_row_keeps_the_whole_form_out(
    ws: workspace.Workspace,
    tmp_path: Path,
    values: dict[str, Any],
    more: dict[str, dict[str, str]],
    says: str,
) -> None:
    form = filled(ws, tmp_path / "form.xlsx", {"jm_seat_plan": 4, **values}, more=more)
    with pytest.raises(JiaohengError, match=r"什么都没有登记") as told:
        workspace.read_answer_form(ws, CARD, form, year=YEAR)
    assert says in str(told.value)
    assert not workspace.asking(ws, CARD, year=YEAR).path.exists()


def test_the_name_of_a_person_is_no_unit(ws: workspace.Workspace, tmp_path: Path) -> None:
    form = filled(ws, tmp_path / "form.xlsx", {"jm_policy": 4}, unit="王小明")
    with pytest.raises(JiaohengError, match="只记单位"):
        workspace.read_answer_form(ws, CARD, form, year=YEAR)


def test_the_form_of_another_card_is_refused(ws: workspace.Workspace, tmp_path: Path) -> None:
    form = filled(ws, tmp_path / "form.xlsx", {}, name="quality-balance-2017")
    with pytest.raises(JiaohengError, match="quality-balance-2017"):
        workspace.read_answer_form(ws, CARD, form, year=YEAR)


def test_an_answer_to_no_question_is_refused_by_name(ws: workspace.Workspace) -> None:
    path = workspace.asking(ws, CARD, year=YEAR).path
    path.parent.mkdir(exist_ok=True)
    path.write_text("for: jiangmen_appraisal_2022\nyear: 2025\nanswers:\n  jm_polcy: {value: 3}\n", "utf-8")
    with pytest.raises(JiaohengError, match="jm_policy"):
        ws.score(CARD, year=YEAR)


def test_a_standard_has_a_form_too(ws: workspace.Workspace, tmp_path: Path) -> None:
    asked = workspace.asking(ws, "quality-balance-2017", year=YEAR)
    key = next(key for key, one in asked.questions.items() if one.kind == "yes_no")
    form = filled(ws, tmp_path / "form.xlsx", {key: "是"}, name="quality-balance-2017")
    changed, found = workspace.read_answer_form(ws, "quality-balance-2017", form, year=YEAR)
    assert changed == 1
    answer = found.answer(key)
    assert answer is not None
    assert answer.value is True
