"""The text of a plain file, in whatever encoding a bureau's computer wrote it."""

from __future__ import annotations

import re

from jiaoheng.census.opening.encoding import EncodingError, decoded
from jiaoheng.plans.reading.errors import ReadingError

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_FOREIGN = 0.002
"""More characters than this share that no encoding defines: the bytes are in another encoding."""


def text_of(file: str, content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, GB 18030 or Big5, its line ends as ``\\n``.

    Raises
    ------
    ReadingError
        It is in none of them, or damaged.
    """
    try:
        text = decoded(content)
    except EncodingError as error:
        if error.line:
            raise ReadingError(
                f"{file}：第 {error.line} 行有损坏的字符，文件可能不完整。"
                "请从来源处重新获取，或另存为 UTF-8 文本再试。"
            ) from None
        text = _otherwise(content)
        if not text:
            raise ReadingError(
                f"{file}：不是文本文件，或编码不是 UTF-8、UTF-16、GB 18030 或 Big5。请另存为 UTF-8 文本再试。"
            ) from None
    if len(_PRIVATE.findall(text)) > _FOREIGN * len(text):
        text = _big5(content) or text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _otherwise(content: bytes) -> str:
    """UTF-16 without a mark, or Big5; empty where it is neither."""
    if b"\x00" not in content:
        return _big5(content)
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and len(_HAN.findall(text)) > len(text) / 3:
            return text
    return ""


def _big5(content: bytes) -> str:
    try:
        text = content.decode("big5hkscs")
    except UnicodeDecodeError:
        return ""
    return text if len(_HAN.findall(text)) > len(text) / 3 else ""
