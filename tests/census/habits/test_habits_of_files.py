"""In what files tables come: old and new kinds, wrong extensions, encodings. One test for each habit."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt
from small_tables import (
    HEADINGS,
    SCHOOLS,
    TABLE,
    is_whole,
    notes,
    reading_of,
    replace_in,
    school,
    write,
    write_text,
)

from jiaoheng.census import read
from jiaoheng.census.workbook import FileError

HTML_ROWS = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)


def write_xls(path: Path, *, date_1904: bool = False) -> Path:
    book = xlwt.Workbook(encoding="gbk")
    book.dates_1904 = date_1904
    page = book.add_sheet("小学")
    page.write_merge(0, 0, 0, len(HEADINGS) - 1, "四会市小学基本情况")
    for line, row in enumerate(TABLE, 1):
        for column, cell in enumerate(row):
            page.write(line, column, cell)
    book.save(str(path))
    return path


@pytest.mark.parametrize("name", ["小学.xls", "小学.et"])
def test_excel_97_and_wps(tmp_path: Path, name: str) -> None:
    assert is_whole(reading_of(write_xls(tmp_path / name)))


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_of_either_epoch_in_excel_97(tmp_path: Path, date_1904: bool) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = date_1904
    page = book.add_sheet("名册")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, heading in enumerate(["全国学籍号", "学校标识码", "年级", "班级编号", "性别", "出生日期"]):
        page.write(0, column, heading)
    for column, cell in enumerate(["G441284201501010011", "2144000001", "三年级", "01", "男"]):
        page.write(1, column, cell)
    page.write(1, 5, date(2016, 5, 4), day)
    book.save(str(tmp_path / "名册.xls"))
    found = read(tmp_path / "名册.xls", key=bytes(32))
    assert found.tables["pupils"].to_pylist()[0]["birth_date"] == date(2016, 5, 4)


def test_open_document_with_repeated_cells(tmp_path: Path) -> None:
    office, table = ("urn:oasis:names:tc:opendocument:xmlns:" + name for name in ("office:1.0", "table:1.0"))
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, int | float)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16377"/></table:table-row>'
        for row in TABLE
    )
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows += f'<table:table-row table:number-rows-repeated="1048572">{rest}</table:table-row>'
    with zipfile.ZipFile(tmp_path / "小学.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
            f'<office:body><office:spreadsheet><table:table table:name="小学">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert is_whole(reading_of(tmp_path / "小学.ods"))


def test_what_excel_97_hides_is_data_and_said(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("小学", "别的"):
        page = book.add_sheet(name)
        for line, row in enumerate(TABLE if name == "小学" else ()):
            for column, cell in enumerate(row):
                page.write(line, column, cell)
    book.get_sheet(0).row(2).hidden = True
    book.get_sheet(0).col(4).hidden = True
    book.save(str(tmp_path / "小学.xls"))
    found = reading_of(tmp_path / "小学.xls")
    assert is_whole(found)
    assert "小学.xls › 小学：第 3 行隐藏，已照常读入。" in found.notes
    assert "小学.xls › 小学：E 列隐藏，已照常读入。" in found.notes


def test_a_formula_of_excel_97_that_failed_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("小学")
    for line, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            if (line, column) == (1, 3):
                page.row(line).set_cell_error(column, "#DIV/0!")
            else:
                page.write(line, column, cell)
    book.save(str(tmp_path / "小学.xls"))
    (refused,) = reading_of(tmp_path / "小学.xls").rejections
    assert (refused.cell, refused.reason) == ("D2", "公式的结果是 #DIV/0!")


def test_a_workbook_with_macros_is_read_and_no_macro_run(tmp_path: Path) -> None:
    path = write(tmp_path / "小学.xlsm", TABLE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")
    found = reading_of(path)
    assert is_whole(found)
    assert "小学.xlsm：文件带有宏，宏没有运行，只读取了单元格。" in found.notes


def test_strict_office_open_xml(tmp_path: Path) -> None:
    path = write(tmp_path / "小学.xlsx", [*TABLE, ("合计", "", "", 990)])
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        replace_in(
            path,
            part,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        replace_in(
            path,
            part,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    assert is_whole(reading_of(path))


def test_shared_texts_in_several_fonts_and_with_readings(tmp_path: Path) -> None:
    path = write(tmp_path / "小学.xlsx", TABLE)
    rich = '<r><t>城中</t></r><r><rPr><b/></rPr><t>小学</t></r><rPh sb="0" eb="2"><t>ジョウ</t></rPh>'
    replace_in(path, "xl/sharedStrings.xml", "<t>城中小学</t>", rich)
    found = reading_of(path)
    assert is_whole(found)
    assert school(found)["name"] == "城中小学"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert is_whole(reading_of(write_text(tmp_path / "小学.csv", TABLE, encoding=encoding)))


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_with_every_usual_separator(tmp_path: Path, separator: str) -> None:
    assert is_whole(reading_of(write_text(tmp_path / "小学.txt", TABLE, separator=separator)))


def test_unicode_text_as_excel_saves_it(tmp_path: Path) -> None:
    assert is_whole(reading_of(write_text(tmp_path / "小学.txt", TABLE, encoding="utf-16", separator="\t")))


def test_a_quotation_mark_left_open_swallows_no_row(tmp_path: Path) -> None:
    for rows in (
        [HEADINGS, ('"城中小学', *SCHOOLS[0][1:]), *SCHOOLS[1:]],
        [*TABLE[:2], ('"龙甫', *SCHOOLS[1][1:]), ('"贞山', *SCHOOLS[2][1:])],
    ):
        path = write_text(tmp_path / "小学.csv", rows)
        with pytest.raises(FileError, match=r"小学\.csv：第 [23] 行有多余的引号"):
            reading_of(path)


def test_utf_8_that_is_damaged_is_not_taken_for_gb_18030(tmp_path: Path) -> None:
    path = write_text(tmp_path / "小学.csv", TABLE)
    content = path.read_bytes()
    path.write_bytes(content.replace("龙甫".encode(), "龙甫".encode()[:-1]))
    with pytest.raises(FileError, match=r"第 3 行有损坏的字符"):
        reading_of(path)


class TestWrongExtensions:
    """A file is read for what it holds; the note says so."""

    def test_an_xlsx_called_xls(self, tmp_path: Path) -> None:
        write(tmp_path / "小学.xlsx", TABLE).rename(tmp_path / "小学.xls")
        found = reading_of(tmp_path / "小学.xls")
        assert is_whole(found)
        assert "扩展名是 .xls，内容是Excel 工作簿（.xlsx），已按内容读取" in notes(found)

    def test_an_xls_called_xlsx(self, tmp_path: Path) -> None:
        assert is_whole(reading_of(write_xls(tmp_path / "小学.xlsx")))

    def test_a_workbook_called_csv(self, tmp_path: Path) -> None:
        write(tmp_path / "小学.xlsx", TABLE).rename(tmp_path / "小学.csv")
        assert is_whole(reading_of(tmp_path / "小学.csv"))

    @pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
    def test_a_text_called_xls(self, tmp_path: Path, encoding: str) -> None:
        found = reading_of(write_text(tmp_path / "小学.xls", TABLE, encoding=encoding, separator="\t"))
        assert is_whole(found)
        assert "内容是文本" in notes(found)


class TestWebPagesCalledXls:
    @pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk"])
    def test_in_the_encoding_that_they_name(self, tmp_path: Path, encoding: str) -> None:
        page = f'<html><head><meta charset="{encoding}"></head><body><table>{HTML_ROWS}</table></body></html>'
        (tmp_path / "小学.xls").write_bytes(page.encode(encoding))
        found = reading_of(tmp_path / "小学.xls")
        assert is_whole(found)
        assert "内容是网页" in notes(found)

    def test_in_another_encoding_than_they_name(self, tmp_path: Path) -> None:
        (tmp_path / "小学.xls").write_bytes(f'<meta charset="gb2312"><table>{HTML_ROWS}</table>'.encode())
        assert is_whole(reading_of(tmp_path / "小学.xls"))

    def test_with_cells_that_span_rows_and_columns(self, tmp_path: Path) -> None:
        head = "".join(f'<th rowspan="2">{heading}</th>' for heading in HEADINGS[:3])
        head += '<th colspan="2">在校生数</th></tr><tr><th>合计</th><th>其中：女</th>'
        rows = "".join(
            f"<tr>{''.join(f'<td>&nbsp;{cell}<br></td>' for cell in (*each[:4], 40))}</tr>"
            for each in SCHOOLS
        )
        page = f"<table><tr><td colspan='5'>四会市<br>小学</td></tr><tr>{head}</tr>{rows}</table>"
        (tmp_path / "小学.xls").write_text(page, "utf-8")
        found = reading_of(tmp_path / "小学.xls")
        assert is_whole(found)
        assert school(found)["pupils_female"] == 40

    def test_whose_tables_cannot_all_be_read_are_refused(self, tmp_path: Path) -> None:
        deep = "<div>" * 300 + f"<table>{HTML_ROWS}</table>"
        (tmp_path / "小学.xls").write_text(f"<html><table>{HTML_ROWS}</table>{deep}", "utf-8")
        with pytest.raises(FileError, match="已损坏"):
            reading_of(tmp_path / "小学.xls")


class TestXmlOfExcel2003:
    def test_is_read_with_its_merged_and_skipped_cells(self, tmp_path: Path) -> None:
        found = reading_of(self._book(tmp_path))
        assert is_whole(found)
        assert school(found)["pupils_female"] == 40
        assert "第 4 行隐藏，已照常读入" in notes(found)
        assert "去年：工作表是隐藏的" in notes(found)

    def test_has_dates_truths_errors_and_formulas(self, tmp_path: Path) -> None:
        from jiaoheng.census.workbook import open_book

        cells = (
            '<Cell><Data ss:Type="DateTime">2016-05-04T00:00:00.000</Data></Cell>'
            '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>'
            '<Cell ss:Formula="=1+1"/><Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell>'
        )
        (tmp_path / "a.xml").write_text(
            self._xml(f'<Worksheet ss:Name="甲"><Table><Row>{cells}</Row></Table></Worksheet>'), "utf-8"
        )
        (sheet,) = open_book(tmp_path / "a.xml").sheets
        (row,) = sheet.rows
        assert [str(cell) for cell in row] == [
            "2016-05-04 00:00:00",
            "True",
            "#DIV/0!",
            "#未计算的公式",
            "2.0",
        ]

    def test_that_is_cut_short_is_damaged(self, tmp_path: Path) -> None:
        path = self._book(tmp_path)
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(FileError, match="已损坏"):
            reading_of(path)

    def _book(self, folder: Path) -> Path:
        head = "".join(f'<Cell ss:MergeDown="1">{self._data(heading)}</Cell>' for heading in HEADINGS[:3])
        head += f'<Cell ss:MergeAcross="1">{self._data("在校生数")}</Cell>'
        rows = f"<Row>{head}</Row><Row><Cell ss:Index='4'>{self._data('合计')}</Cell>"
        rows += f"<Cell>{self._data('其中：女')}</Cell></Row>"
        for number, each in enumerate(SCHOOLS):
            hidden = ' ss:Hidden="1"' if number == 1 else ""
            cells = "".join(f"<Cell>{self._data(cell)}</Cell>" for cell in (*each[:4], 40))
            rows += f"<Row{hidden}>{cells}</Row>"
        other = (
            f'<Worksheet ss:Name="去年"><Table><Row><Cell>{self._data("旧")}</Cell></Row></Table>'
            '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
            "</WorksheetOptions></Worksheet>"
        )
        path = folder / "小学.xls"
        path.write_text(
            self._xml(f'<Worksheet ss:Name="小学"><Table>{rows}</Table></Worksheet>{other}'), "utf-8"
        )
        return path

    @staticmethod
    def _data(cell: object) -> str:
        kind = "String" if isinstance(cell, str) else "Number"
        return f'<Data ss:Type="{kind}">{cell}</Data>'

    @staticmethod
    def _xml(sheets: str) -> str:
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        opening = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        return f'{opening}<Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'


class TestFilesThatAreNoTables:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"%PDF-1.7\n", "PDF"),
            (b"Rar!\x1a\x07\x01\x00", "解压"),
            (b"\x89PNG\r\n\x1a\n", "图片"),
            (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页"),
            (b"\x09\x08\x08\x00\x00\x05\x10\x00", "5.0"),
        ],
    )
    def test_are_named_for_what_they_are(self, tmp_path: Path, content: bytes, says: str) -> None:
        (tmp_path / "小学.xls").write_bytes(content * 20)
        with pytest.raises(FileError, match=says):
            reading_of(tmp_path / "小学.xls")

    def test_what_office_leaves_beside_a_file_that_is_open(self, tmp_path: Path) -> None:
        (tmp_path / "~$小学.xlsx").write_bytes(b"\x05clerk".ljust(165, b" "))
        with pytest.raises(FileError, match="关闭 Excel"):
            reading_of(tmp_path / "~$小学.xlsx")

    def test_a_word_document_called_xlsx(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "小学.xlsx", "w") as archive:
            archive.writestr("word/document.xml", "<w:document/>")
        with pytest.raises(FileError, match="Word"):
            reading_of(tmp_path / "小学.xlsx")

    def test_a_workbook_with_a_password(self, tmp_path: Path) -> None:
        path = write_xls(tmp_path / "小学.xlsx")
        content = path.read_bytes()
        entry = content.find("Workbook".encode("utf-16-le"))
        name = "EncryptedPackage".encode("utf-16-le")
        patched = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
        path.write_bytes(content[:entry] + patched + content[entry + 66 :])
        with pytest.raises(FileError, match="密码"):
            reading_of(path)

    def test_an_old_workbook_with_a_password(self, tmp_path: Path) -> None:
        path = write_xls(tmp_path / "小学.xls")
        content = bytearray(path.read_bytes())
        first = content.find(b"\x09\x08\x10\x00")
        second = first + 4 + 16
        content[second : second + 2] = b"\x2f\x00"
        path.write_bytes(content)
        with pytest.raises(FileError, match="密码"):
            reading_of(path)
