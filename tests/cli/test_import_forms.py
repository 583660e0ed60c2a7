"""`jiaoheng import` says what it takes each sheet for, and asks at a terminal where two layouts fit."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

CODE = "2144000001"


@pytest.fixture
def county(tmp_path: Path, jiaoheng) -> Path:
    folder = tmp_path / "county"
    assert jiaoheng("init", folder, "--region", "441284").code == 0
    with xlsxwriter.Workbook(str(tmp_path / "学校.xlsx")) as book:
        page = book.add_worksheet("教基1001_小学")
        page.write_row(0, 0, ["学校（机构）名称", "东城小学", "学校（机构）标识码", CODE])
        page.write_row(1, 0, ["学校（机构）办学类型", "小学", "学校（机构）举办者", "县级教育部门"])
        page.write_row(2, 0, ["所属镇街", "东城街道"])
    assert jiaoheng("import", folder, tmp_path / "学校.xlsx", "--year", "2025").code == 0
    return folder


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """班额 of three grades, without number or title: a primary school's form or a junior school's."""
    path = tmp_path / "班额.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Sheet1")
        page.write_string(0, 0, f"学校（机构）标识码：{CODE}")
        page.write_row(1, 0, ["指标名称", "代码", "合计", "一年级", "二年级", "三年级"])
        page.write_row(2, 0, ["合计", "01", 9, 3, 3, 3])
        page.write_row(3, 0, ["25人及以下", "02", 9, 3, 3, 3])
    return path


def test_an_import_says_in_one_line_what_it_took_each_sheet_for(
    county: Path, tmp_path: Path, jiaoheng
) -> None:
    done = jiaoheng("import", county, tmp_path / "学校.xlsx", "--year", "2025")
    assert "学校.xlsx › 教基1001_小学：教基1001 学校(机构)基本情况，东城小学，3 行。" in done.err
    done = jiaoheng("import", county, tmp_path / "学校.xlsx", "--year", "2025", "--json")
    (seen,) = json.loads(done.out)["recognised"]
    assert (seen["layout"], seen["school"], seen["rows"]) == ("jiaoji-1001", "东城小学", 3)


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_two_layouts_that_fit_equally_are_named_where_nobody_can_be_asked(
    county: Path, doubtful: Path, more: list[str], jiaoheng
) -> None:
    done = jiaoheng("import", county, doubtful, "--year", "2025", *more)
    assert done.code == 2
    said = json.loads(done.out)["error"] if more else done.err
    assert "教基2106 小学班数、班额情况（jiaoji-2106）、教基2107 初中班数、班额情况（jiaoji-2107）" in said
    assert "--form" in said
    assert "Traceback" not in done.err


def test_the_layout_may_be_named_by_its_id_or_its_number(county: Path, doubtful: Path, jiaoheng) -> None:
    for form in ("jiaoji-2106", "教基2106"):
        done = jiaoheng("import", county, doubtful, "--year", "2025", "--form", form, "--json")
        assert done.code == 0, done.err
        assert [seen["stage"] for seen in json.loads(done.out)["recognised"]] == ["小学"]


def test_at_a_terminal_a_numbered_question_settles_it(county: Path, doubtful: Path) -> None:
    command = [sys.executable, "-c", "from jiaoheng.cli import main; main()"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command, "import", str(county), str(doubtful), "--year", "2025"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, b"7\n1\n")
        out, err = process.communicate(timeout=120)
    os.close(ours)
    assert process.returncode == 0, err
    assert "1. 教基2106 小学班数、班额情况（jiaoji-2106）" in err
    assert "请输入 1 到 2 之间的数。" in err
    assert "已存为 2025 年第 2 版" in out
