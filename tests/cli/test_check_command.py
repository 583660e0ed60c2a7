"""jiaoheng check: what it prints, writes and returns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from jiaoheng.workspace import Workspace


@pytest.fixture
def wrong(tmp_path: Path, jiaoheng) -> Path:
    """A workspace whose one school has more girls than pupils."""
    folder = tmp_path / "county"
    assert jiaoheng("init", folder, "--region", "441284").code == 0
    path = tmp_path / "四会市小学.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["学校标识码", "学校名称", "所属镇街", "办学类型", "办学性质", "在校生数", "", "专任教师"])
    sheet.append(["", "", "", "", "", "合计", "#女", "合计"])
    sheet.append(["2144000001", "城中小学", "城中街道", "小学", "公办", 100, 300, 10])
    book.save(path)
    taken = jiaoheng("import", folder, path, "--year", "2025")
    assert taken.code == 0, taken.err
    assert "逻辑校验 1 处须改正" in taken.out
    assert "jiaoheng check" in taken.out
    return folder


def test_what_must_be_mended_is_shown_and_returns_1(wrong: Path, jiaoheng) -> None:
    run = jiaoheng("check", wrong, "--year", "2025")
    assert run.code == 1
    assert "女生数不应多于在校生数" in run.out
    assert "「在校生数中女生数」为 300 人，应不大于「在校生数」 100 人" in run.out
    assert "四会市小学.xlsx" in run.out
    assert "G3" in run.out


def test_json_is_one_document_with_every_place(wrong: Path, jiaoheng) -> None:
    run = jiaoheng("check", wrong, "--json")
    assert run.code == 1
    document = json.loads(run.out)
    assert document["logic"] == 1
    finding = document["findings"][0]
    assert finding["check"] == "girls_within_pupils"
    assert {place["cell"] for place in finding["places"]} == {"F3", "G3"}
    assert finding["explanation"] is None


def test_workbook_mark_and_diff_in_one_run(wrong: Path, tmp_path: Path, jiaoheng) -> None:
    run = jiaoheng(
        "check",
        wrong,
        "--workbook",
        tmp_path / "结果.xlsx",
        "--mark",
        tmp_path,
        "-o",
        tmp_path / "标注",
        "--diff",
    )
    assert run.code == 1, run.err
    assert (tmp_path / "结果.xlsx").exists()
    assert (tmp_path / "标注" / "四会市小学.xlsx").exists()
    assert "只有一个版本" in run.out
    again = jiaoheng("import", wrong, tmp_path / "标注" / "四会市小学.xlsx", "--year", "2025")
    assert again.code == 0, again.err
    assert "仍在" in jiaoheng("check", wrong, "--diff").out
    told = jiaoheng("check", wrong, "--workbook", tmp_path / "又一份.xlsx", "--json").out
    assert json.loads(told)["files"] == [str(tmp_path / "又一份.xlsx")]


def test_findings_of_experience_alone_return_0(sihui: Workspace, jiaoheng) -> None:
    run = jiaoheng("check", sihui.folder, "--year", "2025")
    assert run.code == 0, run.err
    assert "逻辑校验 0 处" in run.out


def test_a_workbook_that_is_none_of_ours_is_refused_with_2(wrong: Path, tmp_path: Path, jiaoheng) -> None:
    run = jiaoheng("check", wrong, "--explain", tmp_path / "四会市小学.xlsx")
    assert run.code == 2
    assert "不是校验结果表" in run.err


def test_a_county_s_own_parameter_changes_what_is_found(sihui: Workspace, tmp_path: Path, jiaoheng) -> None:
    folder = shutil.copytree(sihui.folder, tmp_path / "own", ignore=shutil.ignore_patterns("files", "out"))
    before = json.loads(jiaoheng("check", folder, "--json").out)["experience"]
    (folder / "packs").mkdir(exist_ok=True)
    (folder / "packs" / "own.yaml").write_text(
        "document: {id: own-checks, title: 本县核查参数, issuer: 教育局, date: null,"
        " effective_from: 2016-01-01, source: 本县约定}\n"
        "parameters:\n"
        "  - {id: over_capacity, name: 上限, unit: 倍, clause: 本县约定, value: 9, overrides: true}\n",
        encoding="utf-8",
    )
    assert json.loads(jiaoheng("check", folder, "--json").out)["experience"] < before
