"""jiaoheng pack: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jiaoheng import workspace


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return workspace.init(tmp_path / "county", region="441284").folder


def test_an_example_goes_from_a_workbook_into_the_county(county: Path, tmp_path: Path, jiaoheng) -> None:
    book = tmp_path / "办学质量.xlsx"
    assert jiaoheng("pack", "template", book, "--from", "school-quality-example").code == 0
    taken = jiaoheng("pack", "import", county, book)
    assert taken.code == 0
    assert "标准「办学质量评价（示例）」：school-quality-example" in taken.out
    again = jiaoheng("pack", "import", county, book)
    assert (again.code, "--overwrite" in again.err) == (2, True)
    known = json.loads(jiaoheng("pack", "list", county, "--json").out)
    assert [one["document"] for one in known if one["origin"] == "local"] == ["school-quality-example"]


def test_faults_end_in_one_message_each_and_nothing_is_written(
    county: Path, tmp_path: Path, jiaoheng
) -> None:
    path = tmp_path / "规则.xlsx"
    jiaoheng("pack", "template", path, "--from", "shenyang-preschool-2021")
    book = openpyxl.load_workbook(path)
    book["等次"]["A2"] = "shenyang"
    book["标准"]["A2"] = "沈阳"
    book.save(path)
    refused = jiaoheng("pack", "import", county, path)
    assert refused.code == 2
    lines = refused.err.strip().splitlines()
    assert all(line.startswith("规则.xlsx › 等次 › 第 ") for line in lines)
    assert len(lines) == 3
    assert not list((county / "packs").glob("*.yaml"))


def test_an_optional_pack_is_added_by_its_name(county: Path, jiaoheng) -> None:
    added = jiaoheng("pack", "add", county, "shenyang-preschool-2021", "--json")
    assert json.loads(added.out)["standards"] == ["shenyang_preschool_2021"]
    wrong = jiaoheng("pack", "add", county, "shenyang-preschool-2020")
    assert (wrong.code, "是不是「shenyang-preschool-2021」？" in wrong.err) == (2, True)
