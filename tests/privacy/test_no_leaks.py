"""No name, number or fact of a person is found where it does not belong: all that is said and written."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from marked_county import (
    CLASS,
    FACTS,
    NAMES,
    NUMBERS,
    OTHER_PUPIL_ID,
    PUPIL_HEADINGS,
    PUPIL_ID,
    PUPIL_NAME,
    SCHOOLS,
    TEACHER_HEADINGS,
    TEACHER_ID,
    TEACHER_NAME,
    YEAR,
    book,
    county,
    found_in,
    pupil,
    teacher,
)
from typer.main import get_command

from jiaoheng import workspace
from jiaoheng.cli import main
from jiaoheng.cli.app import application
from jiaoheng.plans import shipped

MARKS = (*NAMES, *NUMBERS, *FACTS)
PERSONS = ("pupils.parquet", "teachers.parquet")

Run = Callable[..., str]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process; all that it printed."""

    def run(*words: str | Path) -> str:
        monkeypatch.setattr(sys, "argv", ["jiaoheng", *map(str, words)])
        with contextlib.suppress(SystemExit):
            main()
        return "".join(capfd.readouterr())

    return run


@pytest.fixture
def ws(tmp_path: Path) -> workspace.Workspace:
    """Two schools, with a pupil and a teacher on the rosters."""
    made = county(tmp_path / "county")
    outside = tmp_path / "sent"
    outside.mkdir()
    files = [
        book(
            outside / f"名册 {PUPIL_ID}.xlsx",
            PUPIL_HEADINGS,
            [pupil(), pupil(学籍号=OTHER_PUPIL_ID)],
            NUMBERS[1],
        ),
        book(outside / "教师.xlsx", TEACHER_HEADINGS, [teacher()]),
    ]
    done = made.import_files(files, year=YEAR)
    assert done.census is not None, [rejection.message() for rejection in done.reading.rejections]
    shutil.copy(shipped()["sihui-2021-2025"], made.folder / "plans")
    return made


def _commands(ws: workspace.Workspace, out: Path) -> Iterator[list[str | Path]]:
    """Every command with each of its ways to print and to write."""
    folder, school = ws.folder, SCHOOLS[0]
    yield ["init", folder, "--region", "441284"]
    for year in (YEAR, YEAR + 1):
        yield ["template", folder, "--year", str(year), "-o", out / f"{year}.xlsx"]
    yield ["template-word", out / "word.docx"]
    yield ["check", folder, "--json"]
    yield ["check", folder, "--diff", "--workbook", out / "findings.xlsx"]
    for words in (
        ["status", folder],
        ["changes", folder],
        ["privacy", folder],
        ["measures", folder, "--by", "school"],
        ["measures", folder, "--by", "school", "--publish"],
        ["plan", "progress", folder],
    ):
        yield list(words)
        yield [*words, "--json"]
        if words[0] not in ("changes", "privacy"):
            yield [*words, "-o", out / f"{'-'.join(map(str, (words[0], len(words))))}.xlsx"]
            yield [*words, "-o", out / f"{'-'.join(map(str, (words[0], len(words))))}.csv"]
    yield ["explain", folder, "pupil_count", "--school", school]
    yield ["explain", folder, "left_behind_share", "--json"]
    yield ["explain", folder, "teachers_qualified_share", "--school", school, "--json"]
    standard = ["assess", folder, "quality-balance-2017"]
    for more in ([], ["--all"], ["--json"], ["--school", school, "--json"], ["--years", "--json"]):
        yield [*standard, *more]
    for kind in ("xlsx", "csv"):
        yield [*standard, "-o", out / f"assess.{kind}"]
    yield ["assess", folder]
    yield [*standard, "--what-if", _changes(folder.parent / "changes.yaml", school), "--json"]
    costs = folder.parent / "costs.yaml"
    yield ["remedy", folder, "quality-balance-2017", "--costs-template", costs]
    yield ["remedy", folder, "quality-balance-2017", "--costs", costs, "--json"]
    yield ["remedy", folder, "quality-balance-2017", "--costs", costs, "-o", out / "remedy.xlsx"]
    yield ["answers", folder, "jiangmen-appraisal-2022", "-o", out / "answers.xlsx"]
    yield ["answers", folder, "jiangmen-appraisal-2022", "--json"]
    yield ["score", folder, "jiangmen-appraisal-2022", "--json"]
    yield ["score", folder, "jiangmen-appraisal-2022", "-o", out / "score.xlsx"]
    yield ["plan", "record", folder, "1@2022", "进行中", "--by", "市教育局"]
    yield ["plan", "follow", folder, "--json"]
    plan = folder / "plans" / "sihui-2021-2025.yaml"
    yield ["plan", "audit", plan, "--workspace", folder, "--json"]
    yield ["plan", "audit", plan, "-o", out / "audit.csv"]
    yield ["plan", "diff", plan, plan, "--json"]
    yield ["plan", "diff", plan, plan, "-o", out / "diff.csv"]
    counts = _counts(folder.parent / "counts.csv")
    yield ["forecast", folder, "--by", "grade", "--json"]
    yield ["forecast", folder, "--backtest"]
    yield ["seats", folder, "--by", "county", "--json"]
    yield ["seats", folder, "-o", out / "seats.xlsx"]
    yield ["seats", folder, "-o", out / "seats.csv"]
    yield ["forecast", "--series", counts, "--json"]
    yield ["forecast", "--series", counts, "-o", out / "forecast.xlsx"]
    yield ["forecast", "--series", counts, "--backtest", "--leads", "1", "-o", out / "backtest.csv"]
    tested = _measurements(folder.parent / f"体测 {PUPIL_ID}.xlsx")
    yield ["fitness", tested]
    yield ["fitness", tested, "--json"]
    yield ["fitness", tested, "-o", out / "fitness.xlsx"]
    yield ["fitness", tested, "-o", out / "fitness.csv"]
    yield ["pack", "template", out / "pack.xlsx", "--from", "school-quality-example"]
    yield ["pack", "import", folder, out / "pack.xlsx", "--json"]
    yield ["pack", "add", folder, "shenyang-preschool-2021", "--json"]
    yield ["pack", "list", folder, "--json"]
    yield ["report", folder, "-o", out / "report.html", "--json"]
    for kind, extension in (
        ("application", "xlsx"),
        ("self-assessment", "docx"),
        ("gaps", "xlsx"),
        ("data", "xlsx"),
    ):
        yield ["forms", folder, "quality-balance-2017", "--kind", kind, "-o", out / f"{kind}.{extension}"]
    page = out / "school.html"
    yield ["forms", folder, "quality-balance-2017", "--kind", "school", "--school", school, "-o", page]


def _changes(path: Path, school: str) -> Path:
    path.write_text(f"changes: [{{school: '{school}', set: {{built: 2015}}}}]", encoding="utf-8")
    return path


def _counts(path: Path) -> Path:
    rows = [f"a,{year},{grade},{20 + grade}" for year in range(2019, 2025) for grade in (1, 2, 3)]
    path.write_text("\n".join(["area,year,grade,pupils", *rows]), encoding="utf-8")
    return path


def _measurements(path: Path) -> Path:
    """Measurements: one pupil in full, one in two rows that differ, one whose name slipped into a cell."""
    headings = [*PUPIL_HEADINGS, "家庭住址", "身高", "体重", "肺活量", "50米跑", "坐位体前屈", "一分钟跳绳"]
    results = [PUPIL_NAME + "家", 130, 27, 1500, 10.1, 9.5, 110]
    rows = [
        [*pupil(班级="一班"), *results],
        [*pupil(学籍号=OTHER_PUPIL_ID, 班级="一班"), *results],
        [*pupil(学籍号=OTHER_PUPIL_ID, 班级="一班"), *results[:-1], 111],
        [*pupil(学籍号=None, 班级="一班", 性别=PUPIL_NAME, 年级=PUPIL_ID), *results],
        [*pupil(学籍号=None, 班级="一班"), *results[:-2], PUPIL_NAME, PUPIL_ID],
    ]
    return book(path, headings, rows)


def test_what_is_stored_of_a_person_is_a_hash_and_facts_and_nothing_else_holds_either(
    ws: workspace.Workspace,
) -> None:
    assert not found_in(ws.folder, [*NAMES, *NUMBERS])
    assert {Path(where).name for _, where in found_in(ws.folder, FACTS)} == set(PERSONS)


def test_no_command_prints_or_writes_anything_of_a_person(ws: workspace.Workspace, run: Run) -> None:
    out = ws.folder / "out"
    asked = list(_commands(ws, out))
    used = {words[0] for words in asked} | {"import", "demo"}
    assert used == set(get_command(application()).commands)  # type: ignore[attr-defined]
    for words in asked:
        said = run(*words)
        assert not [mark for mark in MARKS if mark in said], words
    assert len(list(out.iterdir())) >= 8
    assert not [found for found in found_in(ws.folder, MARKS) if Path(found[1]).name not in PERSONS]


_ID, _NAME, _CODE, _GRADE = "学籍号", "姓名", "学校标识码", "年级"
DAMAGED = {
    "values in the wrong columns": [pupil(**{_GRADE: PUPIL_NAME, "性别": PUPIL_ID, "出生日期": CLASS})],
    "a school that is a name": [pupil(**{_CODE: PUPIL_NAME})],
    "a school that is a number": [pupil(**{_CODE: PUPIL_ID})],
    "no number": [pupil(**{_ID: None})],
    "two rows that disagree": [pupil(), pupil(**{_GRADE: "四年级", "班级": CLASS + "乙"})],
    "all shifted by one": [["", *pupil()]],
    "dates that are none": [pupil(出生日期=f"{PUPIL_NAME}2015-07-19")],
    "flags that are none": [pupil(是否残疾=PUPIL_ID, 是否少数民族=PUPIL_NAME)],
}


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("more", [[], ["--json"], ["--accept-partial"], ["--form", "roster-pupils"]])
def test_no_refusal_repeats_what_a_roster_says(
    tmp_path: Path, run: Run, damage: str, more: list[str]
) -> None:
    made = county(tmp_path / "county")
    path = book(tmp_path / "学生.xlsx", PUPIL_HEADINGS, DAMAGED[damage])
    said = run("import", made.folder, path, "--year", str(YEAR), *more)
    assert "学生.xlsx" in said or "已存为" in said
    assert not [mark for mark in MARKS if mark in said], said
    assert not [found for found in found_in(made.folder, MARKS) if Path(found[1]).name not in PERSONS]


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (pupil(), [pupil(), pupil()]),
        ([PUPIL_NAME, *PUPIL_HEADINGS[1:]], [pupil()]),
        ([*PUPIL_HEADINGS, PUPIL_NAME, PUPIL_ID], [[*pupil(), "x", "y"]]),
        (teacher(), [teacher(), teacher()]),
        ([*TEACHER_HEADINGS, TEACHER_NAME, TEACHER_ID], [[*teacher(), "x", "y"]]),
        ([TEACHER_NAME, "学校名称", "在校生数"], [[TEACHER_ID, TEACHER_NAME, TEACHER_NAME]]),
    ],
)
def test_headings_that_are_a_person_are_not_repeated(
    tmp_path: Path, run: Run, headings: list[object], rows: list[list[object]]
) -> None:
    made = county(tmp_path / "county")
    path = book(tmp_path / "名册.xlsx", [str(heading) for heading in headings], rows)
    said = run("import", made.folder, path, "--year", str(YEAR), "--json")
    assert not [mark for mark in MARKS if mark in said], said


def test_a_number_in_the_name_of_a_file_or_sheet_is_hidden_and_the_place_still_found(
    ws: workspace.Workspace, run: Run
) -> None:
    said = run("explain", ws.folder, "teachers_qualified_share", "--school", SCHOOLS[0], "--json")
    assert "教师.xlsx" in said
    sources = json.loads((ws.census().folder / "manifest.json").read_text("utf-8"))["sources"]
    assert {"名册 〔号码隐去〕.xlsx"} <= {entry["source"]["file"] for entry in sources}


def test_a_missing_file_whose_name_is_a_number_is_told_without_it(tmp_path: Path, run: Run) -> None:
    made = county(tmp_path / "county")
    said = run("import", made.folder, tmp_path / f"{PUPIL_ID}.xlsx", "--year", str(YEAR))
    assert "〔号码隐去〕.xlsx" in said
    assert PUPIL_ID not in said
