"""Tells what a document is from its content, whatever its name says, and says what to do with the others."""

from __future__ import annotations

import re
from typing import Literal

from jiaoheng.census.opening.package import WORD, Package, locked
from jiaoheng.plans.reading.errors import ReadingError

Kind = Literal["text", "html", "docx", "pdf"]

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "请用 Word 或 WPS 打开并另存为 .docx 再试。"
_IMPORT = "工作簿请用 jiaoheng import 导入；规划文档请给出 .docx、.pdf、.html、.txt 或 .md。"
_UNPACK = "请先解压，再给出里面的文档。"

_OTHERS = (
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh|\xfd7zXZ", "压缩包", _UNPACK),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP",
        "图片",
        "教衡不做文字识别。请先用识别软件（OCR）转成 .docx 或文本再试。",
    ),
    (rb"\{\\rtf", "RTF 文档", _AS_DOCX),
    (rb"MIME-Version:|From:.{0,200}MIME-Version:", "单个文件网页（.mht）", _AS_DOCX),
    (rb"Founder CEB", "方正 CEB 版式文件", "请在方正 Apabi Reader 中打印为 PDF，或向发文单位要 .docx 再试。"),
    (rb"\x09[\x00\x02\x04\x08]..", "Excel 工作簿", _IMPORT),
    (rb"\x7fELF|MZ.{30}", "程序文件", "请给出 .docx、.pdf、.html、.txt 或 .md。"),
)

_COMPOUND_KINDS = (
    ("EncryptedPackage", "", ""),
    ("WordDocument", "旧版 Word 或 WPS 文档（.doc、.wps）", _AS_DOCX),
    ("Workbook", "Excel 工作簿", _IMPORT),
    ("PowerPoint Document", "演示文稿", "请把文字复制到 Word，另存为 .docx 再试。"),
)

_ZIPPED_KINDS = (
    ("xl/workbook.xml", "Excel 工作簿", _IMPORT),
    ("xl/workbook.bin", "Excel 工作簿", _IMPORT),
    ("ppt/presentation.xml", "演示文稿", "请把文字复制到 Word，另存为 .docx 再试。"),
    ("ofd.xml", "OFD 版式文件", "请在 OFD 阅读器中转存为 PDF 或 .docx 再试。"),
    (
        "content.xml",
        "OpenDocument 文件（.odt、.ods）",
        "请用 WPS 或 LibreOffice 打开，文档另存为 .docx 再试。",
    ),
)

_TYPES = "[Content_Types].xml"
_PAGE = re.compile(rb"<(?:html|!doctype html|head|body|table|meta|div|style|p|h[1-6])\b")


def is_packed(opening: bytes) -> bool:
    """Whether a file begins like an archive, a compound file or a PDF, which may hold pictures."""
    return opening.startswith((*_ARCHIVE, _COMPOUND)) or b"%PDF-" in opening[:1024]


def kind_of(file: str, content: bytes) -> Kind:
    """What the content is.

    Raises
    ------
    ReadingError
        It is something else than a document, or a document in a kind that is not read.
    """
    if content.startswith(_ARCHIVE):
        return _zipped(file, content)
    if content.startswith(_COMPOUND):
        raise _compound(file, content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    for pattern, name, mend in _OTHERS:
        if re.match(pattern, content, re.DOTALL):
            raise ReadingError(f"{file}：这是{name}，不是可读的规划文档。{mend}")
    opening = content[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").lower()
    if opening.startswith(b"<") and b"word.document" in opening[:2048] and b"<html" not in opening:
        raise ReadingError(f"{file}：这是 Word 的 XML 文档，不是可读的规划文档。{_AS_DOCX}")
    if b"<!entity" in opening:
        raise ReadingError(f"{file}：文件声明了 XML 实体，可能有害，未读取。{_AS_DOCX}")
    return "html" if _is_page(file, opening) else "text"


def _is_page(file: str, opening: bytes) -> bool:
    """Whether it opens like a page; Markdown may open with a table in HTML, and says so by its name."""
    if file.lower().endswith((".md", ".markdown", ".txt")):
        return opening.startswith((b"<html", b"<!doctype html")) or b"<body" in opening
    return opening.startswith(b"<") and _PAGE.search(opening) is not None


def _zipped(file: str, content: bytes) -> Kind:
    package = Package(file, content, WORD)
    if "word/document.xml" in package or b"wordprocessingml.document.main" in package.part(_TYPES):
        return "docx"
    for part, name, mend in _ZIPPED_KINDS:
        if part in package:
            raise ReadingError(f"{file}：这是{name}，不是可读的规划文档。{mend}")
    raise ReadingError(f"{file}：这是压缩包，或已损坏的文档。压缩包{_UNPACK}文档{_AS_DOCX}")


def _compound(file: str, content: bytes) -> Exception:
    for stream, name, mend in _COMPOUND_KINDS:
        if stream.encode("utf-16-le") in content:
            if not name:
                return locked(file, office=WORD)
            return ReadingError(f"{file}：这是{name}，不是可读的规划文档。{mend}")
    return ReadingError(f"{file}：这是旧版 Office 文件，或已损坏。{_AS_DOCX}")
