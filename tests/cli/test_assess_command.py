"""jiaoheng assess: what it prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jiaoheng import workspace
from small import school, snapshot

A, B = "2144000001", "2144000002"
SIZES = {f"classes_size_{size}": 0 for size in (25, 30, 35, 40, 50, 55, 60, 65, 66)}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two primary schools over two years; in the later one a school has classes that are too large."""
    ws = workspace.init(tmp_path_factory.mktemp("assess") / "county", region="441284", name="某县")
    schools = [school(A, name="东城小学"), school(B, name="西城小学")]
    for year, over in ((2024, 0), (2025, 4)):
        stages = [
            {"school_code": code, "stage": "primary", "pupils": 500, "classes": 12, **SIZES}
            | {"classes_size_45": 12 - count, "classes_size_50": count}
            for code, count in ((A, over), (B, 0))
        ]
        tables = {"schools": schools, "school_stages": stages}
        snapshot(ws.folder / "census", tables, year=year)
    return ws.folder


def test_the_standards_of_the_year_are_listed(county: Path, jiaoheng) -> None:
    run = jiaoheng("assess", county, "--list")
    assert run.code == 0
    assert "quality-balance-2017" in run.out
    assert jiaoheng("assess", county).out == run.out
    known = json.loads(jiaoheng("assess", county, "--json").out)
    assert "size_and_class" in {one["id"] for one in known}


def test_a_county_that_falls_short_returns_1_and_shows_by_how_much(county: Path, jiaoheng) -> None:
    run = jiaoheng("assess", county, "size-and-class", "--year", "2025")
    assert run.code == 1
    assert "某县 2025 年按《" in run.out
    assert "东城小学（小学）" in run.out
    assert "超出 4 个班" in run.out
    assert "小学不超过 45 人、初中不超过 50 人" in run.out


def test_one_school_or_one_item_decides_the_exit_status(county: Path, jiaoheng) -> None:
    item = ("--item", "size_class_compulsory")
    passing = jiaoheng("assess", county, "size-and-class", *item, "--school", "西城小学")
    assert passing.code == 0
    assert "没有差距，也没有未知。" in passing.out
    assert jiaoheng("assess", county, "size-and-class", *item, "--school", "东城小学").code == 1
    assert jiaoheng("assess", county, "size-and-class", *item, "--year", "2024").code == 0


def test_json_has_every_verdict_unrounded_with_its_clause(county: Path, jiaoheng) -> None:
    found = json.loads(jiaoheng("assess", county, "size-and-class", "--json").out)
    row = next(row for row in found["rows"] if (row["item"], row["school"]) == ("size_class_compulsory", A))
    assert (row["verdict"], row["value"], row["amount"], row["gap"]) == ("failed", 4.0, -4.0, "超出 4 个班")
    assert row["clause"]
    assert found["verdict"] in ("failed", "unknown")


def test_the_workbook_has_every_row(county: Path, jiaoheng, tmp_path: Path) -> None:
    path = tmp_path / "评估.xlsx"
    jiaoheng("assess", county, "quality-balance-2017", "-o", path)
    book = openpyxl.load_workbook(path)
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"东城小学", "西城小学"} <= cells
    assert any("超出 4 个" in cell for cell in cells)


def test_the_years_name_what_was_newly_failed(county: Path, jiaoheng) -> None:
    found = json.loads(jiaoheng("assess", county, "size-and-class", "--years", "--json").out)
    assert [one["year"] for one in found["years"]] == [2024, 2025]
    changed = [(one["item"], one["school"], one["kind"]) for one in found["changes"]]
    assert ("size_class_compulsory", A, "newly_failed") in changed
    shown = jiaoheng("assess", county, "size-and-class", "--years")
    assert "新不达标" in shown.out


def test_a_supposition_shows_what_changes_and_leaves_the_snapshot(
    county: Path, jiaoheng, tmp_path: Path
) -> None:
    path = tmp_path / "changes.yaml"
    path.write_text(
        "name: 拆班\nchanges:\n  - school: 东城小学\n    set: {classes_size_50: 0, classes_size_45: 12}\n",
        encoding="utf-8",
    )
    before = {file: file.read_bytes() for file in (county / "census").rglob("*") if file.is_file()}
    run = jiaoheng("assess", county, "size-and-class", "--what-if", path)
    assert "新达标" in run.out
    assert "快照没有改动" in run.out
    found = json.loads(jiaoheng("assess", county, "size-and-class", "--what-if", path, "--json").out)
    kinds = {(one["item"], one["school"]): one["kind"] for one in found["differences"]}
    assert kinds["size_class_compulsory", A] == "newly_met"
    assert {file: file.read_bytes() for file in (county / "census").rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("quality-balanse-2017",), "是不是「quality-balance-2017」？"),
        (("size-and-class", "--school", "南城小学"), "没有学校“南城小学”"),
        (("size-and-class", "--item", "size_class"), "没有项目“size_class”"),
        (("size-and-class", "--years", "--what-if", "x.yaml"), "不能同用"),
        (("size-and-class", "--what-if", "x.yaml"), "x.yaml"),
        (("size-and-class", "--year", "2001"), "2001"),
    ],
)
def test_bad_input_is_one_clear_message(county: Path, jiaoheng, words: tuple[str, ...], message: str) -> None:
    run = jiaoheng("assess", county, *words)
    assert run.code == 2
    assert message in run.err
    assert "程序内部出错" not in run.err


def test_a_wrong_change_is_named_with_its_line(county: Path, jiaoheng, tmp_path: Path) -> None:
    path = tmp_path / "changes.yaml"
    path.write_text("changes:\n  - school: 南城小学\n    add: {pupils: 1}\n", encoding="utf-8")
    run = jiaoheng("assess", county, "size-and-class", "--what-if", path)
    assert run.code == 2
    assert f"{path}:2: " in run.err


def test_an_item_and_a_rule_can_be_explained(county: Path, jiaoheng) -> None:
    item = jiaoheng("explain", county, "size_class_compulsory", "--school", "东城小学")
    assert item.code == 0
    assert "超出 4 个班" in item.out
    tree = json.loads(jiaoheng("explain", county, "qb_l2", "--school", "东城小学", "--json").out)
    assert tree["kind"] == "verdict"
    rule = jiaoheng("explain", county, "resources_school", "--school", "东城小学")
    assert "7 项中至少 6 项" in rule.out
    assert jiaoheng("explain", county, "resources_school", "--area", "城中街道").code == 2


def test_a_school_is_told_what_it_comes_to_by_each_rule(county: Path, jiaoheng) -> None:
    out = jiaoheng("assess", county, "quality-balance-2017", "--school", "东城小学").out
    assert "东城小学（小学） 资源配置综合达标（学校）：未知（未知 7 项）。" in out
