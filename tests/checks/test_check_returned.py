"""Findings go out as workbooks and come back: explained, marked in the user's own files, mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from small_county import FIRST, GOOD, county, school, take, write

from jiaoheng import workspace
from jiaoheng.census.checking import ExplanationError
from jiaoheng.census.checking.explanations import path_of
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import PackError
from jiaoheng.workspace import Workspace

ONE, TWO = "2144000001", "2144000002"
TODAY = date(2026, 1, 5)


def ids(ws: Workspace, year: int = 2025) -> set[str]:
    return {finding.check.id for finding in ws.check(year).findings}


def answer(path: Path, check: str, reason: str, *, who: str = "王老师") -> None:
    """What a clerk does: write a reason beside each finding of a check."""
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, at["校验编号"]).value == check:
            sheet.cell(row, at["说明（请填写）"]).value = reason
            sheet.cell(row, at["填写人"]).value = who
    book.save(path)


@pytest.fixture
def jumped(tmp_path: Path) -> Workspace:
    """A school whose pupils fell from 500 to 255: to be explained."""
    before = [
        school(ONE, "城中小学", grades=[80, 82, 84, 84, 85, 85], girls=240, classes=12, staff=30, teachers=28)
    ]
    ws, _ = county(tmp_path, {2024: before, 2025: [school(ONE, "城中小学")]})
    return ws


class TestExplaining:
    def test_a_reason_that_is_sent_back_is_stored_with_who_and_when(
        self, jumped: Workspace, tmp_path: Path
    ) -> None:
        path = workspace.write_findings(jumped, jumped.check(2025), tmp_path / "校验.xlsx")
        answer(path, "pupils_jump", "西校区分出")
        assert workspace.explain_findings(jumped, path, year=2025, today=TODAY) == 1
        checked = jumped.check(2025)
        (told,) = checked.explained
        assert told.check.id == "pupils_jump"
        assert told.explanation is not None
        assert (told.explanation.reason, told.explanation.who, told.explanation.when) == (
            "西校区分出",
            "王老师",
            TODAY,
        )
        assert "pupils_jump" not in {finding.check.id for finding in checked.to_explain}

    def test_a_workbook_that_may_hold_reasons_is_not_written_over(
        self, jumped: Workspace, tmp_path: Path
    ) -> None:
        path = workspace.write_findings(jumped, jumped.check(2025), tmp_path / "校验.xlsx")
        answer(path, "pupils_jump", "西校区分出")
        filled = path.read_bytes()
        with pytest.raises(JiaohengError, match="可能已经填过，没有改动"):
            workspace.write_findings(jumped, jumped.check(2025), path)
        assert path.read_bytes() == filled
        workspace.write_findings(jumped, jumped.check(2025), path, overwrite=True)
        assert path.read_bytes() != filled

    def test_other_values_ask_again(self, jumped: Workspace, tmp_path: Path) -> None:
        path = workspace.write_findings(jumped, jumped.check(2025), tmp_path / "校验.xlsx")
        answer(path, "pupils_jump", "西校区分出")
        workspace.explain_findings(jumped, path, year=2025)
        fewer = [school(ONE, "城中小学", grades=[30, 30, 30, 30, 30, 30], girls=90)]
        take(jumped, write(tmp_path / "改后.xlsx", fewer), 2025)
        assert jumped.check(2025).explained == ()
        with pytest.raises(ExplanationError, match="数已经变了"):
            workspace.explain_findings(jumped, path, year=2025)

    def test_what_must_be_mended_cannot_be_explained_and_nothing_is_stored(self, tmp_path: Path) -> None:
        ws, _ = county(tmp_path, {2025: [school(ONE, "城中小学", girls=300)]})
        path = workspace.write_findings(ws, ws.check(2025), tmp_path / "校验.xlsx")
        answer(path, "girls_within_pupils", "就是这样")
        with pytest.raises(ExplanationError, match="逻辑校验，须改正数据"):
            workspace.explain_findings(ws, path, year=2025)
        assert not path_of(ws.folder, 2025).exists()

    def test_an_unfilled_workbook_stores_nothing(self, jumped: Workspace, tmp_path: Path) -> None:
        path = workspace.write_findings(jumped, jumped.check(2025), tmp_path / "校验.xlsx")
        assert workspace.explain_findings(jumped, path, year=2025) == 0
        assert not path_of(jumped.folder, 2025).exists()

    def test_the_workbook_of_another_year_is_refused(self, jumped: Workspace, tmp_path: Path) -> None:
        path = workspace.write_findings(jumped, jumped.check(2025), tmp_path / "校验.xlsx")
        answer(path, "pupils_jump", "西校区分出")
        with pytest.raises(ExplanationError, match="这是 2025 年的校验结果表"):
            workspace.explain_findings(jumped, path, year=2024)

    def test_another_workbook_is_refused(self, jumped: Workspace, tmp_path: Path) -> None:
        with pytest.raises(ExplanationError, match="不是校验结果表"):
            workspace.explain_findings(jumped, tmp_path / "2025 小学.xlsx", year=2025)

    def test_a_file_that_was_broken_by_hand_says_its_line(self, jumped: Workspace) -> None:
        path = path_of(jumped.folder, 2025)
        path.parent.mkdir()
        path.write_text("explanations:\n  - {check: pupils_jump, why: 改校区}\n", encoding="utf-8")
        with pytest.raises(PackError, match=r"2025\.yaml:2"):
            jumped.check(2025)

    def test_the_workbook_can_be_filtered_and_its_heads_stay_in_sight(
        self, jumped: Workspace, tmp_path: Path
    ) -> None:
        checked = jumped.check(2025)
        sheet = openpyxl.load_workbook(workspace.write_findings(jumped, checked, tmp_path / "x.xlsx"))[
            "校验结果"
        ]
        assert sheet.freeze_panes == "D2"
        assert sheet.auto_filter.ref is not None
        assert sheet.max_row == 1 + len(checked.findings)


class TestDifference:
    def test_new_gone_and_kept_findings_are_told_apart(self, tmp_path: Path) -> None:
        rows = [school(ONE, "城中小学", girls=300), school(TWO, "城西小学", pupils=200)]
        ws, _ = county(tmp_path, {2025: rows})
        assert workspace.check_difference(ws, ws.check(2025)) is None
        rows = [school(ONE, "城中小学", classes=0), school(TWO, "城西小学", pupils=200)]
        take(ws, write(tmp_path / "改后.xlsx", rows), 2025)
        found = workspace.check_difference(ws, ws.check(2025))
        assert found is not None
        assert found.before == 1
        new, gone, kept = (
            {(each.check.id, each.key[0]) for each in group} for group in (found.new, found.gone, found.kept)
        )
        assert ("pupils_have_classes", ONE) in new
        assert ("girls_within_pupils", ONE) in gone
        assert ("grades_sum_primary", TWO) in kept


class TestMarking:
    @pytest.fixture
    def wrong(self, tmp_path: Path) -> tuple[Workspace, Path]:
        rows = [school(ONE, "城中小学", girls=300), school(TWO, "城西小学", pupils=200)]
        ws, files = county(tmp_path, {2025: rows})
        return ws, files[2025]

    def test_failing_cells_are_filled_and_say_what_why_and_how(self, wrong: tuple[Workspace, Path]) -> None:
        ws, original = wrong
        done = workspace.mark_findings(ws, ws.check(2025), [original])
        (path,) = done.files
        assert path.name == original.name
        sheet = openpyxl.load_workbook(path)["小学"]
        girls = sheet.cell(FIRST, 7)
        assert girls.fill.start_color.rgb == "FFFFC9C9"
        assert "「在校生数中女生数」为 300 人，应不大于「在校生数」 255 人" in girls.comment.text
        assert "为什么：" in girls.comment.text
        assert "怎样改：" in girls.comment.text
        assert sheet.cell(FIRST + 1, 6).comment is not None
        assert sheet.cell(FIRST + 1, 7).comment is None

    def test_the_user_s_own_format_comments_and_values_stay(self, wrong: tuple[Workspace, Path]) -> None:
        ws, original = wrong
        (path,) = workspace.mark_findings(ws, ws.check(2025), [original]).files
        before, after = (openpyxl.load_workbook(each)["小学"] for each in (original, path))
        assert [[c.value for c in row] for row in after] == [[c.value for c in row] for row in before]
        assert after["A1"].font.bold
        assert after["B4"].fill.start_color.rgb == "FFCCE5FF"
        assert after["B4"].comment.text == "校长亲自核过"
        assert after.column_dimensions["B"].width == 33
        assert {str(area) for area in after.merged_cells.ranges} == {"F2:M2"}

    def test_a_marked_workbook_imports_as_before(self, wrong: tuple[Workspace, Path]) -> None:
        ws, original = wrong
        before = ws.census(2025)
        (path,) = workspace.mark_findings(ws, ws.check(2025), [original]).files
        take(ws, path, 2025)
        assert ws.census(2025).manifest.content == before.manifest.content

    def test_a_mended_cell_clears_its_finding_and_its_mark(
        self, wrong: tuple[Workspace, Path], tmp_path: Path
    ) -> None:
        ws, original = wrong
        assert "girls_within_pupils" in ids(ws)
        (path,) = workspace.mark_findings(ws, ws.check(2025), [original]).files
        book = openpyxl.load_workbook(path)
        book["小学"].cell(FIRST, 7).value = 120
        book.save(path)
        take(ws, path, 2025)
        assert "girls_within_pupils" not in ids(ws)
        (again,) = workspace.mark_findings(ws, ws.check(2025), [path], tmp_path / "again").files
        sheet = openpyxl.load_workbook(again)["小学"]
        assert sheet.cell(FIRST, 7).comment is None
        assert sheet.cell(FIRST, 7).fill.fill_type is None
        assert sheet.cell(FIRST + 1, 6).comment is not None

    def test_the_results_of_formulas_stay(self, tmp_path: Path) -> None:
        # As Excel saves it: each formula with its result.
        path = write(tmp_path / "公式.xlsx", [school(ONE, "城中小学", girls=300)])
        formulas_with_results(path, "F4", "SUM(H4:M4)", sum(GOOD))
        ws = workspace.init(tmp_path / "county", region="441284")
        take(ws, path, 2025)
        before = ws.census(2025)
        (marked,) = workspace.mark_findings(ws, ws.check(2025), [path]).files
        assert openpyxl.load_workbook(marked)["小学"]["F4"].value == "=SUM(H4:M4)"
        take(ws, marked, 2025)
        assert ws.census(2025).manifest.content == before.manifest.content

    def test_files_without_a_finding_are_given_back_too_so_that_all_go_in_together(
        self, tmp_path: Path
    ) -> None:
        rows = {"有误.xlsx": [school(ONE, "城中小学", girls=300)], "无误.xlsx": [school(TWO, "城西小学")]}
        files = [write(tmp_path / name, some) for name, some in rows.items()]
        ws = workspace.init(tmp_path / "county", region="441284")
        assert ws.import_files(files, year=2025).census is not None
        before = ws.census(2025)
        done = workspace.mark_findings(ws, ws.check(2025), files, tmp_path / "标注")
        assert [path.name for path in done.files] == ["有误.xlsx"]
        assert [path.name for path in done.copies] == ["无误.xlsx"]
        assert done.copies[0].read_bytes() == files[1].read_bytes()
        assert ws.import_files(sorted((tmp_path / "标注").iterdir()), year=2025).census is not None
        assert ws.census(2025).manifest.content == before.manifest.content

    def test_copies_that_may_have_been_mended_are_not_written_over(
        self, wrong: tuple[Workspace, Path]
    ) -> None:
        ws, original = wrong
        (path,) = workspace.mark_findings(ws, ws.check(2025), [original]).files
        path.write_bytes(b"mended")
        with pytest.raises(JiaohengError, match="可能已经改过，没有写出"):
            workspace.mark_findings(ws, ws.check(2025), [original])
        assert path.read_bytes() == b"mended"
        assert workspace.mark_findings(ws, ws.check(2025), [original], overwrite=True).files == (path,)
        assert path.read_bytes() != b"mended"

    def test_the_originals_are_never_written_over(self, wrong: tuple[Workspace, Path]) -> None:
        ws, original = wrong
        before = original.read_bytes()
        with pytest.raises(JiaohengError, match="盖过原文件"):
            workspace.mark_findings(ws, ws.check(2025), [original], original.parent)
        assert original.read_bytes() == before

    def test_a_file_that_was_changed_since_is_left_alone(self, wrong: tuple[Workspace, Path]) -> None:
        ws, original = wrong
        write(original, [school(ONE, "城中小学", girls=301)])
        done = workspace.mark_findings(ws, ws.check(2025), [original])
        assert done.files == ()
        assert "内容与导入时的不同" in done.notes[0]

    def test_a_folder_of_files_is_searched_and_a_missing_file_named(
        self, wrong: tuple[Workspace, Path]
    ) -> None:
        ws, original = wrong
        (original.parent / "别的.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        assert len(workspace.mark_findings(ws, ws.check(2025), [original.parent]).files) == 1
        original.unlink()
        other = original.parent / "别的.csv"
        assert "没有给出" in workspace.mark_findings(ws, ws.check(2025), [other]).notes[0]


def formulas_with_results(path: Path, cell: str, formula: str, result: int) -> None:
    """Put a formula and its result into a saved workbook, as Excel writes them; openpyxl cannot."""
    import zipfile

    with zipfile.ZipFile(path) as book:
        parts = {entry.filename: book.read(entry) for entry in book.infolist()}
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode()
    old = f'<c r="{cell}" t="n"><v>{result}</v></c>'
    assert old in text
    parts[name] = text.replace(old, f'<c r="{cell}"><f>{formula}</f><v>{result}</v></c>').encode()
    with zipfile.ZipFile(path, "w") as book:
        for part, content in parts.items():
            book.writestr(part, content)
