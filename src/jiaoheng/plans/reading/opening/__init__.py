"""Opens plan documents: the words of a file, and the tables and headings that its format marks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.source import Source


def open_document(path: Path) -> Source:
    """The text file at `path` as a source."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}：打不开。请确认是 UTF-8 的文本文件。") from error
    return Source(text, name=path.name, sha256=hashlib.sha256(content).hexdigest())
