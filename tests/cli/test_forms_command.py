"""`jiaoheng forms`, as a person runs it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from jiaoheng.workspace import Workspace

STANDARD = "quality-balance-2017"


def test_the_application_is_a_workbook_of_the_county(sihui: Workspace, jiaoheng, tmp_path: Path) -> None:
    path = tmp_path / "申报表.xlsx"
    done = jiaoheng("forms", sihui.folder, STANDARD, "--year", "2025", "-o", path, "--json")
    assert (done.code, json.loads(done.out)["files"]) == (0, [str(path)])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["填报说明", "表Ⅰ", "表Ⅱ-1", "表Ⅱ-2", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ"]
    schools = {(row[1].value, row[2].value) for row in book["表Ⅱ-2"].iter_rows(min_row=5) if row[1].value}
    nine_year = {name for name, stage in schools if stage == "小学"} & {
        name for name, stage in schools if stage == "初中"
    }
    assert nine_year


def test_every_kind_has_a_usual_place_and_format(sihui: Workspace, jiaoheng) -> None:
    for kind, ending in (("gaps", "问题清单.xlsx"), ("self-assessment", "自评报告.docx")):
        done = jiaoheng("forms", sihui.folder, STANDARD, "--kind", kind, "--by", "2027")
        assert done.code == 0, done.err
        (path,) = (sihui.folder / "out").glob(f"*{ending}")
        assert zipfile.is_zipfile(path)
        path.unlink()


def test_a_page_of_a_school_follows_its_figures_to_their_cells(
    sihui: Workspace, jiaoheng, tmp_path: Path
) -> None:
    path = tmp_path / "学校.html"
    done = jiaoheng(
        "forms", sihui.folder, STANDARD, "--kind", "school", "--school", "四会市玉城学校", "-o", path
    )
    assert done.code == 0, done.err
    page = path.read_text("utf-8")
    for words in ("四会市玉城学校", "历年变化", "数据出处", "2025 小学.xlsx", "模拟数据"):
        assert words in page, words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["quality-balance-2018"], "没有名为“quality-balance-2018”的标准"),
        (["preschool-universal-2020"], "没有成套的申报表"),
        ([STANDARD, "--kind", "school", "--school", "四会中学初中部外"], "没有学校"),
        ([STANDARD, "--kind", "school", "-o", "all.html"], "请写一个文件夹的名字"),
        ([STANDARD, "--kind", "data", "-o", "data.docx"], "只写成 .xlsx"),
        ([STANDARD, "--kind", "gaps", "-o", "gaps.odt"], "不知道要写成什么格式"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_message(
    sihui: Workspace, jiaoheng, words: list[str], said: str
) -> None:
    done = jiaoheng("forms", sihui.folder, *words)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
