"""Any file that a bureau may send opens, or says in one sentence why not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from jiaoheng.census.workbook import FileError, open_book

TEXT = "学校标识码,学校名称\n2144000001,“城中”小学\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "学校.csv"
    path.write_bytes(TEXT.encode(encoding))
    (sheet,) = open_book(path).sheets
    assert list(sheet.rows) == [["学校标识码", "学校名称"], ["2144000001", "“城中”小学"]]
    assert sheet.name == ""


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_separator_is_found_out(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f'甲{delimiter}"乙,丙;丁,戊"\r\n1{delimiter}2\r\n', "utf-8")
    (sheet,) = open_book(path).sheets
    assert list(sheet.rows) == [["甲", "乙,丙;丁,戊"], ["1", "2"]]


def test_a_workbook_has_sheets_that_start_at_the_first_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("小学")
        sheet.write_string(2, 1, "甲")
        sheet.merge_range(4, 0, 4, 2, "合并")
        book.add_worksheet("隐").hide()
    opened = open_book(path)
    assert [(sheet.name, sheet.hidden) for sheet in opened.sheets] == [("小学", False), ("隐", True)]
    assert [sheet.name for sheet in opened.visible] == ["小学"]
    assert opened.sheets[0].rows[2][1] == "甲"
    assert opened.sheets[0].merges == [((4, 0), (4, 2))]
    assert len(opened.sha256) == 64
    assert opened.file == "a.xlsx"
    assert opened.sheet("没有") is None


def test_a_workbook_of_other_software_opens_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 5
    book.save(tmp_path / "a.xlsx")
    assert open_book(tmp_path / "a.xlsx").sheets[0].rows == [[5]]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"not a workbook", "已损坏"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "已损坏"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
        ("a.xlsx", b"", "空的"),
        ("a.csv", b"", "空的"),
        ("a.csv", bytes(range(256)) * 4, "不是文本文件"),
        ("a.pdf", b"%PDF", "不支持"),
        ("a", b"1", "无扩展名"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=says) as caught:
        open_book(path)
    assert name in str(caught.value)


def test_a_workbook_cut_short_is_an_error_at_any_length(tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    with xlsxwriter.Workbook(str(whole)) as book:
        book.add_worksheet("小学").write_row(0, 0, ["学校标识码", "学校名称"])
    content = whole.read_bytes()
    path = tmp_path / "a.xlsx"
    for length in range(1, len(content) - 1, 97):
        path.write_bytes(content[:length])
        with pytest.raises(FileError):
            [list(sheet.rows) for sheet in open_book(path).sheets]


def test_a_workbook_with_a_damaged_sheet_says_which(tmp_path: Path) -> None:
    import zipfile

    whole, path = tmp_path / "whole.xlsx", tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(whole)) as book:
        book.add_worksheet("小学").write_string(0, 0, "甲")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)
    with pytest.raises(FileError, match=r"a\.xlsx › 小学：工作表已损坏"):
        _ = open_book(path).sheets[0].rows


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="找不到文件"):
        open_book(tmp_path / "没有.xlsx")
