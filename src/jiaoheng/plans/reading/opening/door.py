"""The door to all documents: what a file is, and that it is within limits."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jiaoheng.census.sheets import FileError
from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening.kinds import Kind, is_packed, kind_of
from jiaoheng.plans.reading.opening.plain_text import read_text
from jiaoheng.plans.reading.opening.portable import read_pdf
from jiaoheng.plans.reading.opening.web_page import read_page
from jiaoheng.plans.reading.opening.word import read_word
from jiaoheng.plans.reading.source import Source

MOST_BYTES: dict[Kind, int] = {
    "text": 10 * 2**20,
    "html": 10 * 2**20,
    "docx": 200 * 2**20,
    "pdf": 200 * 2**20,
}
"""The largest file of each kind. The longest plans have about a megabyte of text; the rest are pictures."""
MOST_CHARACTERS = 5_000_000

_READERS: dict[Kind, Callable[[str, bytes], Source]] = {
    "text": read_text,
    "html": read_page,
    "docx": read_word,
    "pdf": read_pdf,
}


def open_document(path: str | Path) -> Source:
    """The document in the file at `path`: .txt, .md, .html, .docx or .pdf, told by its content.

    Raises
    ------
    ReadingError
        There is no such file, it is no document that can be read, it holds no text, or it is too large.
    """
    path = Path(path)
    content = _content(path)
    try:
        kind = kind_of(path.name, content)
        if len(content) > MOST_BYTES[kind]:
            raise _too_large(path.name, len(content), MOST_BYTES[kind])
        source = _READERS[kind](path.name, content)
    except FileError as error:
        raise ReadingError(str(error)) from None
    if not source.text.strip():
        raise ReadingError(f"{path.name}：文件中没有文字。请检查文件是否完整。")
    if len(source.text) > MOST_CHARACTERS:
        raise ReadingError(
            f"{path.name}：共 {len(source.text)} 字，超过上限 {MOST_CHARACTERS // 10_000} 万字。"
            "请只留规划本身再试。"
        )
    return replace(source, name=path.name, sha256=hashlib.sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    """The bytes of the file; of what is too large no more than its beginning is looked at."""
    if path.is_dir():
        raise ReadingError(f"{path}：这是文件夹。请给出其中的规划文档。")
    if path.exists() and not path.is_file():
        raise ReadingError(f"{path}：这不是普通文件。请给出规划文档。")
    try:
        with path.open("rb") as file:
            opening, size = file.read(2**16), os.fstat(file.fileno()).st_size
            most = max(MOST_BYTES.values()) if is_packed(opening) else MOST_BYTES["html"]
            if size > most:
                raise _too_large(path.name, size, most)
            content = opening + file.read(most)
    except FileNotFoundError:
        raise ReadingError(f"{path}：没有这个文件。请检查路径。") from None
    except PermissionError:
        raise ReadingError(f"{path}：没有读取权限。请在文件属性中允许读取，或换一个位置。") from None
    except OSError as error:
        raise ReadingError(f"{path}：读不出（{error.strerror}）。请检查磁盘，或复制到本机再试。") from None
    if not content:
        raise ReadingError(f"{path.name}：文件是空的。请重新下载或另存后再试。")
    return content


def _too_large(file: str, size: int, most: int) -> ReadingError:
    return ReadingError(
        f"{file}：文件有 {size / 2**20:.0f} MB，超过上限 {most // 2**20} MB。"
        "请去掉图片和附件，只留规划的文字再试。"
    )
