"""Bad input ends in one clear message, in bounded time and memory; nothing is run, fetched or written."""

from __future__ import annotations

import io
import os
import resource
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from raw_docx import cell, document, paragraph, root, table, write_docx
from raw_pdf import picture, words, write_pdf

from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening import open_document

LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY e0 "哈哈">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
FLAT = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
MACROS = "document.macroEnabled.main+xml"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<{'33' * 16}> <{'33' * 16}>]"
)
SAID = [words(90, 300, "到2025年，毛入园率达到98%。")]


def holding(part: str | Iterable[str]) -> Callable[[Path], object]:
    """A document whose main part is that."""
    return lambda path: write_docx(path, None, {"word/document.xml": part})


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return path


def old_workbook(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("小学").write(0, 0, "学校")
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "学校")
    return path


def written(content: bytes | str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def sparse(size: int, opening: bytes = b"") -> Callable[[Path], object]:
    def write(path: Path) -> None:
        path.write_bytes(opening)
        os.truncate(path, size)

    return write


def compound(stream: str) -> Callable[[Path], object]:
    return written(COMPOUND + stream.encode("utf-16-le") + bytes(2000))


def bomb(path: Path) -> Path:
    blanks = (b" " * 2**20 for _ in range(2000))
    packer = zlib.compressobj(1)
    whole = b"".join(packer.compress(piece) for piece in blanks) + packer.flush()
    content = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    content += b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    content += b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>> endobj\n"
    content += b"4 0 obj <</Filter/FlateDecode/Length %d>> stream\n" % len(whole) + whole
    content += b"\nendstream endobj\ntrailer <</Root 1 0 R/Size 5>>\n%%EOF\n"
    path.write_bytes(content)
    return path


BAD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "an empty file": ("a.txt", written(b""), "文件是空的"),
    "white space": ("a.txt", written("\ufeff \u3000\n\t\n"), "没有文字"),
    "a page without words": ("a.html", written("<html><body><p>&nbsp;</p></body></html>"), "没有文字"),
    "a document without words": ("a.docx", lambda path: write_docx(path, "<w:p/>"), "没有文字"),
    "bytes that are no text": ("a.txt", written(bytes(range(256)) * 40), "不是文本文件"),
    "a damaged line": ("a.md", written("第一章总则\n".encode() * 3 + b"\xff\n"), "第 4 行有损坏"),
    "a text of 200 MB": ("a.txt", sparse(200 * 2**20, "规划".encode()), "超过上限 10 MB"),
    "a text of 12 MB": ("a.txt", written("规" * 4 * 2**20), "超过上限 10 MB"),
    "an archive of 300 MB": ("a.docx", sparse(300 * 2**20, b"PK\x03\x04"), "超过上限 200 MB"),
    "a workbook": ("a.docx", workbook, "Excel 工作簿，不是可读的规划文档。工作簿请用 jiaoheng import"),
    "an old workbook": ("规划.doc", old_workbook, "jiaoheng import"),
    "an old document": ("规划.doc", compound("WordDocument"), "另存为 .docx"),
    "a document of WPS": ("规划.wps", compound("WordDocument"), "另存为 .docx"),
    "old slides": ("a.ppt", compound("PowerPoint Document"), "演示文稿"),
    "another old file": ("a.doc", compound("Contents"), "旧版 Office"),
    "a document with a password": ("a.docx", compound("EncryptedPackage"), "密码"),
    "slides": ("a.docx", lambda path: zipped(path, "ppt/presentation.xml"), "演示文稿"),
    "an OFD file": ("a.ofd", lambda path: zipped(path, "OFD.xml"), "OFD 版式文件"),
    "an OpenDocument text": ("a.odt", lambda path: zipped(path, "content.xml"), "OpenDocument"),
    "an archive": ("a.zip", lambda path: zipped(path, "规划.docx"), "压缩包"),
    "another archive": ("a.rar", written(b"Rar!\x1a\x07\x00" + bytes(99)), "压缩包"),
    "a picture": ("规划.pdf", written(b"\x89PNG\r\n\x1a\n" + bytes(99)), "图片"),
    "a scan": ("规划.tif", written(b"II*\0" + bytes(99)), "图片"),
    "an RTF document": ("a.doc", written(b"{\\rtf1\\ansi}"), "RTF"),
    "a page in one file": ("a.mht", written(b"MIME-Version: 1.0\r\n"), "mht"),
    "a program": ("a.txt", written(b"MZ" + bytes(99)), "程序"),
    "a document in the XML of Word 2003": ("a.xml", written(FLAT), "XML 文档"),
    "a page with entities": ("a.html", written(f"{LAUGHS}<html>&e9;</html>"), "实体"),
    "a document with macros by its type": (
        "a.docm", lambda path: write_docx(path, paragraph("甲"), types=MACROS), "宏",
    ),
    "a document with macros by its parts": (
        "a.docx", lambda path: write_docx(path, paragraph("甲"), {"word/vbaProject.bin": "x"}), "宏",
    ),
    "entities that grow tenfold nine times": (
        "a.docx",
        holding(document(paragraph("&e9;"), before=LAUGHS)),
        "请",
    ),
    "a document type that is declared and not used": (
        "a.docx",
        holding(document(paragraph("甲"), before="<!DOCTYPE x []>")),
        "DTD",
    ),
    "entities in another part": (
        "a.docx",
        lambda path: write_docx(
            path, paragraph("甲"), {"word/styles.xml": root("styles", "").replace("?>", f"?>{LAUGHS}", 1)}
        ),
        "DTD",
    ),
    "a part that inflates without end": (
        "a.docx",
        holding("<w:p>" + " " * 2**20 for _ in range(300)),
        "解压后超过 24 MB",
    ),
    "more parts than a document has": (
        "a.docx", lambda path: zipped(path, *(f"word/{n}.xml" for n in range(10_001))), "部件",
    ),
    "elements nested without end": (
        "a.docx",
        lambda path: write_docx(path, "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000),
        "已损坏",
    ),
    "no XML at all": ("a.docx", holding("规划"), "已损坏"),
    "a PDF with a password": ("a.pdf", lambda path: write_pdf(path, [SAID], trailer=LOCKED), "PDF 有密码"),
    "a scanned PDF": ("a.pdf", lambda path: write_pdf(path, [[picture()]] * 3), "没有文字层"),
    "a PDF of empty pages": ("a.pdf", lambda path: write_pdf(path, [[]] * 3), "没有文字层"),
    "a PDF of which two pages are scanned": (
        "a.pdf",
        lambda path: write_pdf(path, [SAID, [picture(), words(280, 800, "2")], SAID, [picture()]]),
        "第 2、4 页（共 2 页）是图片",
    ),
    "a PDF whose letters mean nothing": (
        "a.pdf", lambda path: write_pdf(path, [[words(90, 100, "\ue001\ue002\ue003\ue004")]]), "乱码",
    ),
    "a PDF of 5,000 pages": ("a.pdf", lambda path: write_pdf(path, [SAID] * 5000), "5000 页，超过上限"),
    "a PDF that is none": ("a.pdf", written(b"%PDF-1.7\n" + b"x" * 5000 + b"%%EOF"), "PDF 已损坏"),
    "a PDF that inflates without end": ("a.pdf", bomb, "请"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_is_refused_with_one_message(tmp_path: Path, what: str) -> None:
    name, write, says = BAD[what]
    path = tmp_path / name
    write(path)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(ReadingError) as caught:
        open_document(path)
    message = str(caught.value)
    assert says in message
    assert name in message
    assert "请" in message
    assert "\n" not in message
    assert time.monotonic() - started < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_folder_and_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="这是文件夹"):
        open_document(tmp_path)
    with pytest.raises(ReadingError, match=r"没有这个文件。请检查路径"):
        open_document(tmp_path / "规划.docx")
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(ReadingError, match="不是普通文件"):
        open_document(tmp_path / "管道")


@pytest.mark.parametrize(
    ("error", "says"), [(PermissionError(13, "no"), "没有读取权限"), (OSError(5, "I/O"), "读不出（I/O）")]
)
def test_what_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    path = tmp_path / "规划.txt"
    path.write_text("规划", "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadingError, match=says):
        open_document(path)


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    part = document(paragraph("&e;"), before=entity)
    with pytest.raises(ReadingError, match="DTD") as caught:
        open_document(write_docx(tmp_path / "a.docx", None, {"word/document.xml": part}))
    assert "机密" not in str(caught.value)
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><p>{'甲' * 9000}&e;</p></body></html>{entity}", "utf-8")
    assert "机密" not in open_document(page).text


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("docx"):
        write_docx(path, paragraph("到2025年。") * 50)
    else:
        write_pdf(path, [SAID] * 5)
    whole = path.read_bytes()
    assert "2025" in open_document(path).text
    for length in range(64, len(whole) - 8, max(len(whole) // 12, 1)):
        path.write_bytes(whole[:length])
        with pytest.raises(ReadingError, match=r"损坏|不完整"):
            open_document(path)


def test_a_table_that_claims_to_be_endless_is_text(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    rows = "<tr><td colspan=1000 rowspan=9999>规划" * 20_000
    page.write_text(f"<html><body><table>{rows}</table></body></html>", "utf-8")
    wide = table(cell("规划", '<w:gridSpan w:val="99999999"/>') * 600, cell("甲") + cell("乙"))
    for source in (open_document(page), open_document(write_docx(tmp_path / "a.docx", wide))):
        assert not source.tables
        assert "规划" in source.text


def test_the_content_says_what_a_file_is_whatever_its_name(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.doc", "c"):
        assert open_document(write_docx(tmp_path / name, paragraph("甲"))).format == "docx"
        assert open_document(write_pdf(tmp_path / name, [SAID])).format == "pdf"
        (tmp_path / name).write_text("<html><body><p>甲</p></body></html>", "utf-8")
        assert open_document(tmp_path / name).format == "html"
        (tmp_path / name).write_text("第一章 总则", "utf-8")
        assert open_document(tmp_path / name).format == "txt"
