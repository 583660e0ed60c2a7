"""Refuses a PDF of which pages are pictures: what stands on them would be missing without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening.portable.page import Page

_PICTURE = 0.5
"""The share of a page from which a picture is the page."""
_FEW = 20
"""A page of a picture with no more letters has no text layer: a scanner's stamp, a page number."""
_GIBBERISH = 0.2
_FOREIGN = re.compile("[\ue000-\uf8ff\ufffd\x00-\x1f]")
_SHOWN = 10


def refuse_pictures(file: str, pages: Sequence[Page]) -> None:
    """Do nothing where all pages can be read.

    Raises
    ------
    ReadingError
        Pages, which the message names, are pictures; or the letters of the text layer mean nothing.
    """
    pictures = [
        number
        for number, page in enumerate(pages, 1)
        if page.pictured > _PICTURE and len(page.letters) <= _FEW
    ]
    mend = "教衡不做文字识别。请先用识别软件（OCR）加上文字层，或转成 .docx 再试。"
    if not any(page.letters for page in pages) or len(pictures) == len(pages):
        raise ReadingError(f"{file}：PDF 没有文字层，是扫描件或图片。{mend}")
    if pictures:
        listed = "、".join(map(str, pictures[:_SHOWN])) + (" 等" if len(pictures) > _SHOWN else "")
        raise ReadingError(
            f"{file}：PDF 第 {listed} 页（共 {len(pictures)} 页）是图片，没有文字层，读出来会缺内容，未读取。"
            f"{mend}若这些页不是正文（如封面），请删去后再试。"
        )
    signs = "".join(letter.sign for page in pages for letter in page.letters)
    if len(_FOREIGN.findall(signs)) > _GIBBERISH * len(signs):
        raise ReadingError(
            f"{file}：PDF 的文字层是乱码（字体没有编码表），无法读取。"
            "请向发文单位要 .docx，或先用识别软件（OCR）转换再试。"
        )
