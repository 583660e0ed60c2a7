"""The example county scored from its workspace: points, files to be sent, comparison, exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from example_county import sihui
from jiaoheng import workspace
from jiaoheng.cli.app import application
from jiaoheng.standards.scoring import ScoreError

__all__ = ["sihui"]

CARD = "jiangmen-appraisal-2022"


def test_the_example_county_is_scored_whole_and_by_hand_the_same(
    sihui: workspace.Workspace, engine_name: str
) -> None:
    scored = sihui.score(CARD, year=2025, engine=engine_name)
    assert scored.known
    applying = [one for one in scored.items if one.basis != "shared_out"]
    assert {one.item.id for one in scored.items} - {one.item.id for one in applying} == {
        "jm_boarding",
        "jm_seats_senior",
    }
    rate = sum(one.low for one in applying) / sum(one.item.points for one in applying)
    assert scored.low == pytest.approx(100 * rate)
    share = scored.item("jm_public_share").given[0].value
    assert scored.item("jm_public_share").low == pytest.approx(4 * float(share or 0) / 95)
    assert "2024 年" in scored.item("jm_contract_share").why


def test_a_former_year_that_is_not_there_is_said_and_leaves_the_points_open(
    sihui: workspace.Workspace,
) -> None:
    first = min(sihui.years)
    found = sihui.score(CARD, year=first).item("jm_contract_share")
    before = next(one for one in found.given if one.name == "before")
    assert before.value is None
    assert f"没有 {first - 1} 年的数据" in before.reason


def test_the_sheet_has_the_layout_of_the_annex(sihui: workspace.Workspace, tmp_path: Path) -> None:
    scored = [sihui.score(CARD, year=2025)]
    path = workspace.write_score([sihui], scored, tmp_path / "score.xlsx")
    book = openpyxl.load_workbook(path)
    heads = {
        page.title: [row for row in page.iter_rows(values_only=True) if row[0] == "二级指标"] for page in book
    }
    (name,) = (name for name, found in heads.items() if found)
    page, (head,) = book[name], heads[name]
    rows = list(page.iter_rows(values_only=True))
    assert [str(cell).split("\n")[0] for cell in head] == [
        "二级指标",
        "三级指标",
        "评价内容及标准",
        "满分",
        "自评得分",
        "说明",
        "佐证材料",
    ]
    assert {str(area).split(":")[0][0] for area in page.merged_cells.ranges} == {"A", "B"}
    assert any("模拟" in str(cell) for row in rows for cell in row if cell)
    text = workspace.write_score([sihui], scored, tmp_path / "score.docx")
    tables = Document(str(text)).tables
    sheet = next(one for one in tables if one.cell(0, 0).text == "二级指标")
    assert sheet.cell(1, 0)._tc is sheet.cell(2, 0)._tc
    for name in ("score.html", "score.csv"):
        written = workspace.write_score([sihui], scored, tmp_path / name).read_text("utf-8-sig")
        assert "高一级学历比例" in written


def test_two_counties_are_compared_and_one_county_twice_is_refused(
    sihui: workspace.Workspace, tmp_path: Path
) -> None:
    scored = sihui.score(CARD, year=2025)
    path = workspace.write_score([sihui], [scored, scored], tmp_path / "both.html")
    assert "未分组" in path.read_text("utf-8")
    with pytest.raises(workspace.WorkspaceError, match="同一个县"):
        workspace.score_all([sihui, sihui], CARD)


def test_a_card_that_nobody_wrote_is_named_with_the_nearest(sihui: workspace.Workspace) -> None:
    with pytest.raises(ScoreError, match="jiangmen-appraisal-2022"):
        sihui.score("jiangmen-apraisal-2022")


def test_the_command_returns_one_while_points_are_open(sihui: workspace.Workspace, tmp_path: Path) -> None:
    shutil.copytree(sihui.folder, tmp_path / "sihui")

    def run() -> tuple[int, dict[str, object]]:
        words = ["score", str(tmp_path / "sihui"), CARD, "--year", "2025", "--json"]
        done = CliRunner().invoke(application(words), words)
        return done.exit_code, json.loads(done.stdout)

    code, document = run()
    assert (code, document["settled"]) == (0, True)
    (tmp_path / "sihui" / "assessments" / f"{CARD}-2025.yaml").unlink()
    code, document = run()
    assert (code, document["settled"]) == (1, False)
