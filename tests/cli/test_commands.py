"""Each command does what its page says, prints one JSON document on request, and exits as it should."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import docx
import openpyxl
import pytest

from jiaoheng import workspace
from jiaoheng.plans import shipped
from jiaoheng.workspace import Workspace


@pytest.fixture
def county(tmp_path: Path, jiaoheng) -> Path:
    """A new workspace of a user's own."""
    folder = tmp_path / "county"
    assert jiaoheng("init", folder, "--region", "441284").code == 0
    return folder


@pytest.fixture
def filled(county: Path, jiaoheng) -> Path:
    """The template of a new workspace with one school filled in."""
    path = county / "out" / "form.xlsx"
    assert jiaoheng("template", county, "--year", "2025", "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    _fill(book, "schools", {"学校标识码": "2144000001", "学校名称": "中心小学", "镇街代码": "441284001",
                            "办学类型": "小学", "办学性质": "公办"})  # fmt: skip
    _fill(book, "school_stages", {"学校标识码": "2144000001", "学段": "小学", "在校生数": 450, "班级数": 10,
                                  "专任教师数": 25})  # fmt: skip
    book.save(path)
    return path


def _fill(book: openpyxl.Workbook, table: str, values: dict[str, object]) -> None:
    from jiaoheng.census import dictionary

    sheet = book[dictionary.table(table).zh]
    headings = {
        str(cell.value).split("（")[0].strip("*"): cell
        for row in sheet.iter_rows(max_row=6)
        for cell in row
        if cell.value is not None
    }
    row = max(headings[name].row for name in values) + 1
    for name, value in values.items():
        sheet.cell(row=row, column=headings[name].column, value=value)


def test_a_new_workspace_is_named_by_its_code_and_made_only_once(county: Path, jiaoheng) -> None:
    assert '"441284"' in (county / "jiaoheng.toml").read_text(encoding="utf-8")
    again = jiaoheng("init", county, "--region", "441284")
    assert again.code == 2
    assert "已经是一个工作区" in again.err


@pytest.mark.parametrize("code", ["44128", "abcdef", "４４１２８４"])
def test_a_region_code_that_is_none_is_refused_and_nothing_is_made(
    tmp_path: Path, jiaoheng, code: str
) -> None:
    refused = jiaoheng("init", tmp_path / "new", "--region", code)
    assert refused.code == 2
    assert "6 位行政区划代码" in refused.err
    assert not (tmp_path / "new").exists()


def test_a_filled_template_is_imported_and_measured(county: Path, filled: Path, jiaoheng) -> None:
    taken = jiaoheng("import", county, filled, "--year", "2025", "--json")
    assert taken.code == 0, taken.err
    document = json.loads(taken.out)
    assert (document["rows_read"], document["rows_accepted"], document["version"]) == (2, 2, 1)
    measured = jiaoheng("measures", county, "小学班额", "--json")
    assert measured.code in (0, 2)
    everything = json.loads(jiaoheng("measures", county, "--json").out)
    assert any(row["stage"] == "primary" and row["status"] == "known" for row in everything)
    assert all(row["value"] is None and row["reason"] for row in everything if row["status"] != "known")


def test_a_wrong_cell_is_named_and_nothing_changes(county: Path, filled: Path, jiaoheng) -> None:
    assert jiaoheng("import", county, filled, "--year", "2025").code == 0
    before = sorted(path for path in county.rglob("*") if path.name != ".lock")
    book = openpyxl.load_workbook(filled)
    _fill(book, "school_stages", {"学校标识码": "2144000001", "学段": "小学", "在校生数": "很多"})
    book.save(filled)
    refused = jiaoheng("import", county, filled, "--year", "2025")
    assert refused.code == 2
    assert "form.xlsx › " in refused.err
    assert "「在校生数" in refused.err
    assert "Traceback" not in refused.err
    assert sorted(path for path in county.rglob("*") if path.name != ".lock") == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["status", "{tmp}/nowhere"], "不是教衡工作区"),
        (["measures", "{county}"], "还没有导入"),
        (["import", "{county}", "{tmp}/none.xlsx", "--year", "2025"], "none.xlsx"),
        (["report", "{county}"], "规划"),
        (["plan", "progress", "{county}", "none.yaml"], "none.yaml"),
    ],
)
def test_bad_input_gets_one_clear_message(
    county: Path, jiaoheng, tmp_path: Path, words: list[str], said: str
) -> None:
    refused = jiaoheng(*(word.format(county=county, tmp=tmp_path) for word in words))
    assert refused.code == 2
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert refused.out == ""


def test_status_tells_what_the_example_holds(sihui: Workspace, jiaoheng) -> None:
    document = json.loads(jiaoheng("status", sihui.folder, "--json").out)
    assert document["synthetic"] is True
    assert [item["year"] for item in document["snapshots"]] == list(range(2016, 2026))
    assert "模拟数据" in jiaoheng("status", sihui.folder).out


def test_explain_leads_from_a_value_to_a_cell(sihui: Workspace, jiaoheng) -> None:
    schools = sihui.census(2025).table("school_stages").to_pylist()
    code = next(row["school_code"] for row in schools if row["stage"] == "primary" and row["pupils"])
    told = jiaoheng("explain", sihui.folder, "l1_teachers_above_qualification", "--school", code)
    assert told.code == 0, told.err
    assert ".xlsx" in told.out
    assert "教督〔2017〕6号" in told.out


def test_progress_exits_with_one_when_the_plan_falls_short(sihui: Workspace, jiaoheng) -> None:
    shown = jiaoheng("plan", "progress", sihui.folder, "--year", "2025", "--assessment", "final", "--json")
    document = json.loads(shown.out)
    assert len(document["indicators"]) == 20
    short = [item for item in document["indicators"] if item["status"] in ("missed", "behind", "unknown")]
    assert (shown.code == 1) == bool(short)
    assert all(item["reason"] for item in short)


def test_the_report_is_one_file_and_says_ten_things(sihui: Workspace, jiaoheng, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    written = jiaoheng("report", sihui.folder, "-o", path, "--json")
    assert written.code == 0, written.err
    assert len(json.loads(written.out)["headlines"]) == 10
    assert "模拟数据" in path.read_text(encoding="utf-8")


def test_the_demo_leaves_a_folder_that_is_not_its_own_alone(tmp_path: Path, jiaoheng) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    refused = jiaoheng("demo", tmp_path)
    assert refused.code == 2
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_the_last_year_fills_the_next_template(sihui: Workspace, jiaoheng, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sihui.folder, copy, ignore=shutil.ignore_patterns("files"))
    path = tmp_path / "2026.xlsx"
    assert jiaoheng("template", copy, "--year", "2026", "-o", path).code == 0
    taken = json.loads(jiaoheng("import", copy, path, "--year", "2026", "--json").out)
    assert taken["rows_rejected"] == 0
    assert taken["rows_accepted"] > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nope", "没有 nope 这个命令。"),
        ("init", "没有给出 DIR。"),
        ("import x y.xlsx", "没有给出 --year。"),
        ("measures x --by moon", "--by 的值不对，可以写：school、area、county、urban_rural、ownership。"),
        ("status x --year y", "--year 的值不对，要写 1949 至 2100 之间的整数。"),
        ("status x --yeer 2025", "没有 --yeer 这个选项。是不是 --year？"),
        ("status x --year", "--year 后面没有值。"),
        ("status x y z", "多出了：y z。含空格的文件名请加引号。"),
    ],
)
def test_a_command_line_that_is_wrong_is_explained_in_chinese(jiaoheng, words: str, said: str) -> None:
    command, *rest = words.split()
    refused = jiaoheng(command, "--json", *rest)
    assert refused.code == 2
    first, hint = json.loads(refused.out)["error"].splitlines()
    assert first == said
    assert hint.startswith("用法见 jiaoheng ")
    assert refused.err.splitlines() == [first, hint]


def test_a_template_that_may_be_filled_in_is_not_overwritten(county: Path, filled: Path, jiaoheng) -> None:
    before = filled.read_bytes()
    refused = jiaoheng("template", county, "--year", "2025", "-o", filled)
    assert refused.code == 2
    assert filled.read_bytes() == before
    assert jiaoheng("template", county, "--year", "2025", "-o", filled, "--overwrite").code == 0


def test_the_plan_of_another_county_is_refused(tmp_path: Path, jiaoheng) -> None:
    folder = tmp_path / "other"
    assert jiaoheng("init", folder, "--region", "441226", "--name", "德庆县").code == 0
    refused = jiaoheng("plan", "progress", folder, shipped()["sihui-2021-2025"], "--json")
    assert refused.code == 2
    assert "四会市（441284）" in refused.err
    assert "四会市（441284）" in json.loads(refused.out)["error"]


def test_a_report_that_cannot_be_written_is_one_message(sihui: Workspace, jiaoheng) -> None:
    refused = jiaoheng("report", sihui.folder, "-o", "/proc/report.html")
    assert refused.code == 2
    assert "请检查路径、权限和磁盘空间" in refused.err
    assert "Traceback" not in refused.err


def test_the_version_is_told(jiaoheng) -> None:
    assert jiaoheng("--version").out.strip() == version("jiaoheng")


def test_measures_progress_and_status_are_written_as_files(
    sihui: Workspace, tmp_path: Path, jiaoheng
) -> None:
    out = tmp_path / "out"
    written = jiaoheng("measures", sihui.folder, "学生数量", "--by", "area", "-o", out / "m.xlsx", "--json")
    assert written.code == 0, written.err
    assert json.loads(written.out) == {"file": str(out / "m.xlsx")}
    assert "2025年各镇街指标对照" in openpyxl.load_workbook(out / "m.xlsx").sheetnames
    assert jiaoheng("plan", "progress", sihui.folder, "-o", out / "p.csv").code == 1
    assert (out / "p.csv").read_text(encoding="utf-8-sig").startswith("指标,状态")
    assert jiaoheng("status", sihui.folder, "-o", out / "s.xlsx").code == 0
    refused = jiaoheng("measures", sihui.folder, "学生数量", "-o", out / "m.txt")
    assert (refused.code, "请用这些扩展名之一" in refused.err) == (2, True)
    assert not list(out.glob(".*"))


def test_a_word_template_is_written_filled_and_its_tags_are_listed(
    sihui: Workspace, tmp_path: Path, jiaoheng
) -> None:
    template, filled = tmp_path / "模板.docx", tmp_path / "报告.docx"
    assert jiaoheng("template-word", sihui.folder, "-o", template).code == 0
    again = jiaoheng("template-word", sihui.folder, "-o", template)
    assert (again.code, "已有这个文件" in again.err) == (2, True)
    done = jiaoheng("report", sihui.folder, "--template", template, "-o", filled, "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out) == {"file": str(filled)}
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(filled)).paragraphs)
    assert "四会市2025年教育事业发展情况" in text
    assert "{" not in text
    tags = json.loads(jiaoheng("report", sihui.folder, "--tags", "--json").out)
    assert {"标签": "{{ county }}", "按名称写": "{{ 县名 }}", "现在的值": "四会市"} in tags["概况标签"]
    for words in (["template-word"], ["report", "--template", template]):
        other = jiaoheng(words[0], sihui.folder, *words[1:], "-o", tmp_path / "报告.doc")
        assert (other.code, "请用 .docx 作扩展名" in other.err) == (2, True)
    itself = jiaoheng("report", sihui.folder, "--template", template, "-o", template)
    assert (itself.code, "不能写回模板本身" in itself.err) == (2, True)


def test_a_report_in_a_format_that_there_is_not_is_refused_before_any_work(
    sihui, tmp_path: Path, jiaoheng
) -> None:
    refused = jiaoheng("report", sihui.folder, "--format", "doc", "-o", tmp_path / "报告")
    assert refused.code == 2
    assert "可用的格式：html、docx、xlsx、pdf" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_report_in_several_formats_says_where_each_file_is(sihui, tmp_path: Path, jiaoheng) -> None:
    done = jiaoheng("report", sihui.folder, "--format", "html,xlsx", "-o", tmp_path / "报告", "--json")
    assert done.code == 0
    said = json.loads(done.out)
    assert said["files"] == [str(tmp_path / "报告.html"), str(tmp_path / "报告.xlsx")]
    assert said["warnings"] == []
    assert all(Path(file).is_file() for file in said["files"])


def test_a_fault_of_the_programs_own_tells_its_place_and_no_value() -> None:
    code = (
        "from jiaoheng.cli import app, demo\n"
        "def broken(): raise ValueError('张三')\n"
        "demo.broken = broken\n"
        "app.COMMANDS['broken',] = 'demo.broken'\n"
        "app.main()"
    )
    done = subprocess.run([sys.executable, "-c", code, "broken"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("程序内部出错（ValueError，")
    assert "张三" not in done.stderr


def test_a_command_loads_its_own_part_of_the_house_alone(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from jiaoheng.cli.app import application\n"
        "application(['plan', 'read', 'x.docx'])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('jiaoheng.cli.')))\n"
        "print('jiaoheng.reports' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded, reports = done.stdout.splitlines()
    assert "jiaoheng.cli.plan_reading" in loaded
    assert "jiaoheng.cli.results" not in loaded
    assert reports == "False"


def test_every_name_of_the_workspace_room_is_at_home_somewhere() -> None:
    assert set(workspace.__all__) == {"init", "open", *workspace._HOME}
    assert all(callable(getattr(workspace, name)) for name in workspace.__all__ if name != "Choose")
