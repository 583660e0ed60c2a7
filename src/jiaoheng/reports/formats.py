"""What a document can be written as, by the extension of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiaoheng.errors import JiaohengError
from jiaoheng.reports import delimited, docx, html, xlsx
from jiaoheng.reports.blocks import Document, Grid


class FormatError(JiaohengError):
    """A document cannot be written as what was asked for."""


# Word takes minutes to open longer tables, and nobody reads them on paper.
_MOST_ROWS_IN_WORD = 5_000


def render(document: Document, path: Path) -> bytes:
    """``document`` as the bytes of a file with the extension of ``path``.

    Raises
    ------
    FormatError
        No document is written with that extension, or it is too long for it.
    """
    renderer = _RENDERERS.get(path.suffix.lower())
    if renderer is None:
        known = "、".join(_RENDERERS)
        raise FormatError(f"{path}：不知道要写成什么格式。请用这些扩展名之一：{known}。")
    return renderer(document)


def _as_word(document: Document) -> bytes:
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    rows = sum(len(block.table.rows) for block in blocks if isinstance(block, Grid))
    if rows > _MOST_ROWS_IN_WORD:
        raise FormatError(
            f"表共有 {rows:,} 行，Word 文档放不下（最多 {_MOST_ROWS_IN_WORD:,} 行）。"
            "请写成 .xlsx 或 .csv，或只选几个指标。"
        )
    return docx.render(document)


_RENDERERS: dict[str, Callable[[Document], bytes]] = {
    ".xlsx": xlsx.render,
    ".docx": _as_word,
    ".csv": delimited.render,
    ".html": lambda document: html.render(document).encode(),
}
