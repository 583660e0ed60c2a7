"""Hostile and broken files end in one clear message, in bounded memory; harmless odd ones are read."""

from __future__ import annotations

import codecs
import io
import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from raw_books import MAIN, WORKBOOK, cell, sheet, strings, write_raw

from jiaoheng.census.workbook import FileError, open_book

FIRST = f'<row r="1">{cell("A1")}</row>'
LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY e0 "haha">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def rows_of(path: Path) -> list[list[object]]:
    return [list(row) for each in open_book(path).sheets for row in each.rows]


def message_of(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        rows_of(path)
    message = str(caught.value)
    assert path.name in message
    assert "请" in message
    assert "\n" not in message
    return message


def padded(text: str, count: int) -> list[str]:
    return [text * 1000] * (count // 1000)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "one cell in the last corner": (
        lambda path: write_raw(path, sheet(FIRST + f'<row r="1048576">{cell("XFD1048576")}</row>')),
        "小学：内容到了第 1048576 行、XFD 列",
    ),
    "a row beyond all rows": (
        lambda path: write_raw(path, sheet(f'<row r="4294967290">{cell("A4294967290")}</row>')),
        "小学：工作表已损坏",
    ),
    "a column of twelve letters": (
        lambda path: write_raw(path, sheet(f"<row>{cell('AAAAAAAAAAAA1')}</row>")),
        "小学：工作表已损坏",
    ),
    "a far address that hides behind another attribute": (
        lambda path: write_raw(path, sheet(FIRST + '<row><c a="/>" r="XFD1048576"><v>1</v></c></row>')),
        "超过上限",
    ),
    "a far address in small letters and another prefix": (
        lambda path: write_raw(
            path, sheet(FIRST + f'<x:row xmlns:x="{MAIN}"><x:c r="xfd1048576"><x:v>1</x:v></x:c></x:row>')
        ),
        "超过上限",
    ),
    "cells without addresses that make a square": (
        lambda path: write_raw(
            path, sheet(f"<row>{'<c><v>1</v></c>' * 9000}</row>{'<row><c><v>1</v></c></row>' * 9000}")
        ),
        "超过上限",
    ),
    "shared strings that are declared by the billion": (
        lambda path: write_raw(path, sheet(FIRST), shared=f'<sst xmlns="{MAIN}" uniqueCount="4294967295"/>'),
        "不合理",
    ),
    "shared strings that inflate without end": (
        lambda path: write_raw(
            path,
            sheet(FIRST),
            shared=[f'<sst xmlns="{MAIN}">', *padded(f"<si><t>{'a' * 300}</t></si>", 900_000)],
        ),
        "解压后超过",
    ),
    "one long text in every cell": (
        lambda path: write_raw(
            path,
            sheet("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_000))),
            shared=strings(f"<t>{'长' * 30_000}</t>"),
        ),
        "文字合计超过",
    ),
    "one cell of a hundred million letters": (
        lambda path: write_raw(
            path, ['<worksheet><sheetData><row><c t="inlineStr"><is><t>', *padded("a" * 100, 1_000_000)]
        ),
        "文字过长",
    ),
    "one cell of endless small pieces": (
        lambda path: write_raw(
            path,
            ['<worksheet><sheetData><row><c t="inlineStr"><is>', *padded("<r><t>abc</t></r>", 1_000_000)],
        ),
        "文字过长",
    ),
    "entities that grow tenfold nine times": (
        lambda path: write_raw(
            path,
            sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>', before=LAUGHS),
        ),
        "小学：工作表已损坏",
    ),
    "the same in the name of a sheet": (
        lambda path: write_raw(
            path,
            sheet(FIRST),
            workbook=WORKBOOK.replace("<workbook", f"{LAUGHS}<workbook").replace("小学", "&e9;"),
        ),
        "已损坏",
    ),
    "a sheet in UTF-16, of which the library would read nothing": (
        lambda path: write_raw(path, codecs.BOM_UTF16_LE + sheet(FIRST).encode("utf-16-le")),
        "小学：工作表已损坏",
    ),
    "an archive in an archive": (
        lambda path: zipfile.ZipFile(path, "w").writestr("a.xlsx", b"PK\x03\x04"),
        "压缩包",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused_with_one_message(tmp_path: Path, what: str) -> None:
    write, says = HOSTILE[what]
    path = tmp_path / "坏.xlsx"
    write(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert says in message_of(path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 400 * 1024, f"{grown // 1024} MB"


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert "机密" not in message_of(write_raw(tmp_path / "a.xlsx", sheet(row, before=entity)))
    xml = tmp_path / "b.xls"
    xml.write_text(
        f'<?xml version="1.0"?>{entity}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet><Table><Row><Cell><Data>&e;</Data></Cell></Row></Table></Worksheet></Workbook>",
        "utf-8",
    )
    assert "DTD" in message_of(xml)


@pytest.mark.parametrize("declared", [10, 10**9])
def test_a_part_that_is_not_as_long_as_declared_is_damaged(tmp_path: Path, declared: int) -> None:
    path = write_raw(tmp_path / "a.xlsx", sheet(FIRST))
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
    while b"sheet1.xml" not in content[entry + 46 : entry + 80]:
        entry = content.find(b"PK\x01\x02", entry + 1)
    content[entry + 24 : entry + 28] = struct.pack("<L", declared)
    path.write_bytes(content)
    assert "已损坏" in message_of(path)


def test_two_parts_of_one_name_are_damage(tmp_path: Path) -> None:
    path = write_raw(tmp_path / "a.xlsx", sheet(FIRST), more={"XL/worksheets/SHEET1.xml": b"<worksheet/>"})
    assert "已损坏" in message_of(path)


def test_an_archive_with_a_broken_directory_is_damaged(tmp_path: Path) -> None:
    path = write_raw(tmp_path / "a.xlsx", sheet(FIRST))
    content = path.read_bytes()
    path.write_bytes(content[: content.find(b"PK\x01\x02") + 20] + b"\xff" * 30 + content[-22:])
    assert "已损坏" in message_of(path)


def test_a_part_that_is_locked_asks_for_the_password_to_be_taken_off(tmp_path: Path) -> None:
    path = write_raw(tmp_path / "a.xlsx", sheet(FIRST))
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        entry = content.find(mark)
        while entry >= 0:
            content[entry + place] |= 1
            entry = content.find(mark, entry + 1)
    path.write_bytes(content)
    assert "密码" in message_of(path)


class TestWhatIsOddAndHarmless:
    def test_a_sheet_that_calls_itself_as_large_as_can_be(self, tmp_path: Path) -> None:
        path = write_raw(tmp_path / "a.xlsx", sheet(FIRST, extent="A1:XFD1048576"))
        assert rows_of(path) == [[1]]

    def test_two_hundred_thousand_blank_rows_below_the_data(self, tmp_path: Path) -> None:
        blank = "".join(f'<row r="{n}" ht="14.25"><c r="A{n}" s="1"/></row>' for n in range(2, 200_000))
        assert rows_of(write_raw(tmp_path / "a.xlsx", sheet(FIRST + blank))) == [[1]]

    def test_formats_that_reach_to_the_last_column_and_row(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="XFC1048576" s="1"></c><c r="XFD1048576" s="1"/></row>'
        assert rows_of(write_raw(tmp_path / "a.xlsx", sheet(FIRST + far))) == [[1]]

    def test_all_columns_of_a_row(self, tmp_path: Path) -> None:
        row = f'<row r="1">{cell("A1")}{cell("XFD1", 2)}</row>'
        (line,) = rows_of(write_raw(tmp_path / "a.xlsx", sheet(row)))
        assert (len(line), line[0], line[-1]) == (16384, 1, 2)

    def test_tags_with_a_prefix_and_cells_without_addresses(self, tmp_path: Path) -> None:
        xml = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
            "<x:row><x:c><x:v>2</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        )
        assert rows_of(write_raw(tmp_path / "a.xlsx", xml)) == [[1, ""], [2, 3]]

    def test_rows_out_of_order(self, tmp_path: Path) -> None:
        rows = f'<row r="3">{cell("B3", 3)}</row><row r="1">{cell("A1", 1)}</row>'
        assert rows_of(write_raw(tmp_path / "a.xlsx", sheet(rows)))[2][1] == 3


class TestFilesThatAreNoFiles:
    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "表.xlsx").mkdir()
        assert "文件夹" in message_of(tmp_path / "表.xlsx")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
    def test_a_pipe_that_nobody_fills(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "表.csv")
        assert "设备" in message_of(tmp_path / "表.csv")

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such thing here")
    def test_a_device_without_end(self, tmp_path: Path) -> None:
        (tmp_path / "表.csv").symlink_to("/dev/zero")
        assert "设备" in message_of(tmp_path / "表.csv")

    def test_a_link_to_a_file_is_that_file(self, tmp_path: Path) -> None:
        (tmp_path / "真.csv").write_text("甲,乙\n", "utf-8")
        (tmp_path / "表.csv").symlink_to(tmp_path / "真.csv")
        assert rows_of(tmp_path / "表.csv") == [["甲", "乙"]]

    def test_a_link_that_leads_nowhere_or_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").symlink_to(tmp_path / "没有.csv")
        (tmp_path / "b.csv").symlink_to(tmp_path / "b.csv")
        assert "找不到" in message_of(tmp_path / "a.csv")
        assert "无法读取" in message_of(tmp_path / "b.csv")

    def test_a_file_larger_than_the_limit_is_not_even_read(self, tmp_path: Path) -> None:
        with (tmp_path / "大.csv").open("wb") as file:
            file.truncate(2**33)
        assert "超过上限" in message_of(tmp_path / "大.csv")

    def test_a_file_that_grows_while_it_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.csv"
        path.write_text("甲,乙\n", "utf-8")
        stat = os.fstat
        seen: list[int] = []

        def grow(descriptor: int) -> os.stat_result:
            if not seen:
                seen.append(descriptor)
                found = stat(descriptor)
                with path.open("a", encoding="utf-8") as file:
                    file.write("1,2\n")
                return found
            return stat(descriptor)

        monkeypatch.setattr(os, "fstat", grow)
        assert "正在被改动" in message_of(path)


class TestBinaryWorkbooks:
    def test_that_claim_absurd_dimensions_do_not_end_this_process(self, tmp_path: Path) -> None:
        path = _xls(tmp_path / "a.xls")
        content = bytearray(path.read_bytes())
        place = content.find(struct.pack("<HH", 0x0200, 14))
        content[place + 4 : place + 18] = struct.pack("<LLHHH", 0, 0xFFFFFFF0, 0, 0xFFFF, 0)
        path.write_bytes(content)
        assert "已损坏" in message_of(path)

    def test_that_are_cut_short_are_damaged(self, tmp_path: Path) -> None:
        content = _xls(tmp_path / "whole.xls").read_bytes()
        for length in range(512, len(content), 1500):
            (tmp_path / "a.xls").write_bytes(content[:length])
            assert "已损坏" in message_of(tmp_path / "a.xls")

    def test_need_nothing_of_jiaoheng_to_be_read(self) -> None:
        from jiaoheng.census.opening import apart, binary_apart

        done = subprocess.run(
            [sys.executable, "-P", apart.__file__, binary_apart.__file__],
            input=b"",
            capture_output=True,
            check=False,
        )
        assert done.returncode not in (0, 1)
        assert done.stdout == b""


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("小学")
    for row, cells in enumerate([["学校名称", "在校生数"], ["中心小学", 320]]):
        for column, value in enumerate(cells):
            page.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def test_a_workbook_whose_formats_are_gone_is_damaged_for_its_dates_would_be_numbers(tmp_path: Path) -> None:
    whole, path = tmp_path / "whole.xlsx", tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(whole)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("小学").write_datetime(0, 0, datetime(2024, 9, 1), day)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if not name.endswith("styles.xml"):
                target.writestr(name, source.read(name))
    with pytest.raises(FileError, match=r"表\.xlsx：文件已损坏"):
        open_book(path)
