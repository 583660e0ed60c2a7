"""``jiaoheng fitness``: scores on the screen, as JSON, as a workbook, and beside the rows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from jiaoheng import workspace
from jiaoheng.cli import main
from jiaoheng.workspace import Workspace

sys.path.append(str(Path(__file__).parents[1] / "standards" / "fitness"))
from measured_books import girl, write

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["jiaoheng", "fitness", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capfd.readouterr()
        return code, said.out if "--json" in words else said.out + said.err

    return run


ROWS = [girl(1), girl(2, 立定跳远=120), girl(3, 班级名称="八年级2班")]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "贞山中学.xlsx", ROWS)


def test_pupils_that_all_have_a_total_are_done(book: Path, run: Run) -> None:
    code, said = run(book)
    assert code == 0
    assert "66.7%" in said


def test_a_missing_item_is_told_by_row_and_the_status_is_1(tmp_path: Path, run: Run) -> None:
    code, said = run(write(tmp_path / "校.xlsx", [girl(1), girl(2, 肺活量=None)]))
    assert code == 1
    assert "校.xlsx › Sheet1 › 第 3 行：肺活量缺测" in said


def test_as_json_pupils_are_rows_and_not_names(book: Path, run: Run) -> None:
    code, said = run(book, "--json")
    found = json.loads(said)
    assert code == 0
    first = found["pupils"][0]
    assert (first["row"], first["total"], first["level"]) == (2, 84.2, "良好")
    assert first["items"]["run_800m"] == {"points": 80, "level": "良好", "bonus": 0}
    assert "pull_ups" not in first["items"]
    assert found["rates"]["all"]["good_or_better"] == pytest.approx(200 / 3)
    assert "甄隐名" not in said
    assert "G441284" not in said


def test_a_workbook_has_rates_and_rows_and_no_name(book: Path, tmp_path: Path, run: Run) -> None:
    code, said = run(book, "-o", tmp_path / "out.xlsx")
    assert code == 0
    assert "已写出" in said
    written = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in written for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert 84.2 in cells
    assert "八年级2班" in cells
    assert not [cell for cell in cells if "甄隐名" in str(cell) or "G441284" in str(cell)]


def test_scores_beside_the_rows_leave_the_rows_as_they_are(book: Path, tmp_path: Path, run: Run) -> None:
    code, _ = run(book, "--beside", tmp_path / "scored")
    assert code == 0
    before = openpyxl.load_workbook(book)["Sheet1"]
    after = openpyxl.load_workbook(tmp_path / "scored" / book.name)["Sheet1"]
    width = before.max_column
    for row, same in zip(before.iter_rows(values_only=True), after.iter_rows(values_only=True), strict=True):
        assert same[:width] == row
    heads = [cell.value for cell in after[1]]
    line = {head: cell.value for head, cell in zip(heads, after[2], strict=True)}
    assert (line["800米跑得分"], line["标准分"], line["总分"], line["总分等级"]) == (80, 84.2, 84.2, "良好")


def test_a_copy_never_takes_the_place_of_a_file(book: Path, tmp_path: Path, run: Run) -> None:
    assert run(book, "--beside", tmp_path)[0] == 2
    assert run(book, "--beside", tmp_path / "scored")[0] == 0
    code, said = run(book, "--beside", tmp_path / "scored")
    assert code == 2
    assert "--overwrite" in said
    assert run(book, "--beside", tmp_path / "scored", "--overwrite")[0] == 0
    code, said = run(tmp_path / "scored" / book.name, "--beside", tmp_path / "again")
    assert code == 2
    assert "已有「" in said


def test_a_file_without_measurements_is_bad_input(tmp_path: Path, run: Run) -> None:
    code, said = run(write(tmp_path / "名单.xlsx", [girl(1)], headings=["姓名", "性别"]))
    assert code == 2
    assert "没有找到体测成绩的表头" in said


def test_a_county_scores_by_its_own_rules(book: Path, tmp_path: Path, run: Run) -> None:
    from shutil import copytree

    from jiaoheng.packs.fitness import FITNESS_2014

    own = Path(copytree(FITNESS_2014, tmp_path / "rules"))
    rules = own / "rules.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("name: 良好, least: 80", "name: 良好, least: 85"), "utf-8"
    )
    assert "0.0%" in run(book, "--rules", own)[1]
    rules.write_text(rules.read_text("utf-8").replace("most: 120", "most: 90"), "utf-8")
    code, said = run(book, "--rules", own)
    assert code == 2
    assert "rules.yaml:" in said


def fresh(folder: Path, codes: Sequence[str]) -> Workspace:
    """A workspace of schools of both stages, nothing else."""
    made = workspace.init(folder, region="441284", name="四会市")
    path = made.template(folder / "schools.xlsx", year=2025)
    sheets = openpyxl.load_workbook(path)
    from jiaoheng.census import dictionary

    for table in ("schools", "school_stages"):
        sheet = sheets[dictionary.table(table).zh]
        places = {str(cell.value).split("（")[0]: cell.column for cell in sheet[2] if cell.value}
        for line, code in enumerate(codes, start=3):
            row: dict[str, object] = {"学校标识码": code, "学校名称": f"第{code[-1]}中学", "学段": "初中"}
            row |= {"镇街代码": "441284001", "办学类型": "初级中学", "办学性质": "公办"}
            row |= {"城乡分类代码": "镇中心区", "在校生数": 450, "班级数": 10}
            for name, value in row.items():
                if name in places:
                    sheet.cell(line, places[name], value)
    sheets.save(path)
    assert made.import_files([path], year=2025).census is not None
    return made


def test_the_scored_copies_import_to_the_same_rates(tmp_path: Path, run: Run) -> None:
    """From raw measurements by two ways to one rate: our rates, and the measure of the imported counts."""
    ws = fresh(tmp_path / "county", ["3144000001", "3144000002"])
    books = [
        write(tmp_path / "第1中学.xlsx", [*ROWS, girl(4, 肺活量=None), girl(5, 坐位体前屈=15)]),
        write(tmp_path / "第2中学.xlsx", [girl(6), girl(7, 立定跳远=120, 肺活量=1000)]),
    ]
    code, said = run(*books, "--beside", tmp_path / "scored", "--json")
    assert code == 1
    rates = json.loads(said)["rates"]
    done = ws.import_files(sorted((tmp_path / "scored").iterdir()), year=2025)
    assert done.census is not None, [each.message() for each in done.reading.rejections]
    for measure, rate in (("fitness_good_or_better", "good_or_better"), ("fitness_passed", "passed")):
        schools = {row["key"]: row["value"] for row in ws.measures([measure], by="school").to_dicts()}
        assert schools == {
            "3144000001": pytest.approx(rates["schools"][0][rate]),
            "3144000002": pytest.approx(rates["schools"][1][rate]),
        }
        county = ws.measures([measure], by="county").to_dicts()
        # A stage that the county has no school of has no value.
        known = [row["value"] for row in county if row["value"] is not None]
        assert known == [pytest.approx(rates["all"][rate])]
    assert 0 < rates["all"]["good_or_better"] < 100
