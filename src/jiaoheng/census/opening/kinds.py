"""Tells what a file is from its content, whatever its name says."""

from __future__ import annotations

import re
import struct
from enum import Enum

from jiaoheng.census.opening.package import Package, locked
from jiaoheng.census.sheets import FileError


class Kind(Enum):
    """What can be opened."""

    XLSX = "Excel 工作簿（.xlsx）"
    BINARY = "Excel 97-2003 工作簿（.xls）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    ODS = "OpenDocument 表格（.ods）"
    SPREADSHEET_XML = "Excel 2003 的 XML 表格"
    HTML = "网页"
    TEXT = "文本"


_FILE_PASS = 0x002F
_FIRST_RECORDS = 6

_USUAL = {
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".xls": Kind.BINARY,
    ".xlsb": Kind.XLSB,
    ".ods": Kind.ODS,
    ".csv": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".xml": Kind.SPREADSHEET_XML,
}

_OTHERS = (
    (rb"%PDF-", "PDF 文件", "请向发文单位要 Excel 文件，或把表格转为 Excel 后再导入。"),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08", "压缩包", "请先解压，再导入里面的表格。"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0", "图片", "请导入表格本身，或手工录入到教衡模板。"),
    (rb"\x09[\x00\x02\x04\x08]..", "Excel 5.0 以前的工作簿", "请用 Excel 打开并另存为 .xlsx。"),
    (rb"MIME-Version:", "单个文件网页（.mht）", "请用 Excel 打开并另存为 .xlsx。"),
)


def kind_of(file: str, suffix: str, content: bytes) -> Kind:
    """What the content is.

    Raises
    ------
    FileError
        It is something that holds no table, such as a picture or an archive of files.
    """
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(file, content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content or _has_password(content):
            raise locked(file)
        if "WordDocument".encode("utf-16-le") in content:
            raise FileError(f"{file}：这是 Word 文档。请把其中的表格复制到 Excel，另存为 .xlsx 再导入。")
        return Kind.BINARY
    for pattern, name, mend in _OTHERS:
        if re.match(pattern, content, re.DOTALL):
            raise FileError(f"{file}：这是{name}，不是表格。{mend}")
    opening = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").lower()
    if opening.startswith(b"<") and b"schemas-microsoft-com:office:spreadsheet" in opening:
        return Kind.SPREADSHEET_XML
    if opening.startswith(
        (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"<body", b"<div")
    ):
        return Kind.HTML
    if opening.startswith(b"<") and (b"<html" in opening or b"<table" in opening):
        return Kind.HTML
    if _USUAL.get(suffix, Kind.BINARY) is not Kind.TEXT and not re.search(rb"[,;\t]", opening):
        raise FileError(f"{file}：文件已损坏，或扩展名与内容不符。请用 Excel 打开并另存为 .xlsx。")
    return Kind.TEXT


def is_unusual(suffix: str, kind: Kind) -> bool:
    """Whether the extension promises another kind; .et may be any."""
    return suffix in _USUAL and _USUAL[suffix] is not kind


def _has_password(content: bytes) -> bool:
    """Whether the records that open a workbook of Excel 97 encrypt the rest (MS-XLS, 2.4.117 FilePass)."""
    place = content.find(b"\x09\x08\x10\x00\x00\x06")
    for _ in range(_FIRST_RECORDS):
        if place < 0 or place + 4 > len(content):
            return False
        record, length = struct.unpack_from("<HH", content, place)
        if record == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _zipped(file: str, content: bytes) -> Kind:
    package = Package(file, content)
    if "xl/workbook.xml" in package:
        return Kind.XLSX
    if "xl/workbook.bin" in package:
        return Kind.XLSB
    if "content.xml" in package:
        return Kind.ODS
    if "word/document.xml" in package:
        raise FileError(f"{file}：这是 Word 文档。请把其中的表格复制到 Excel，另存为 .xlsx 再导入。")
    raise FileError(
        f"{file}：这是压缩包，或已损坏的工作簿。压缩包请先解压再导入；工作簿请用 Excel 打开并另存为 .xlsx。"
    )
