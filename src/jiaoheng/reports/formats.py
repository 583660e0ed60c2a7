"""What a document can be written as, by the extension of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiaoheng.errors import JiaohengError
from jiaoheng.reports import delimited, html, xlsx
from jiaoheng.reports.blocks import Document, Grid
from jiaoheng.reports.paper import Press


class FormatError(JiaohengError):
    """A document cannot be written as what was asked for."""


# Word takes minutes to open longer tables, and nobody reads them on paper.
_MOST_ROWS_ON_PAPER = 5_000


def render(document: Document, path: Path, *, press: Press | None = None) -> bytes:
    """``document`` as the bytes of a file with the extension of ``path``.

    Parameters
    ----------
    press : sets documents on paper; one for several files saves work, and collects the warnings.

    Raises
    ------
    FormatError, PdfError
        No document is written with that extension, it is too long for it, or this machine has no program
        for it.
    """
    renderer = _RENDERERS.get(path.suffix.lower())
    if renderer is None:
        known = "、".join(_RENDERERS)
        raise FormatError(f"{path}：不知道要写成什么格式。请用这些扩展名之一：{known}。")
    return renderer(document, press or Press())


def _as_word(document: Document, press: Press) -> bytes:
    _refuse_long(document)
    return press.word(document)


def _as_pdf(document: Document, press: Press) -> bytes:
    _refuse_long(document)
    return press.pdf(document)


def _refuse_long(document: Document) -> None:
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    rows = sum(len(block.table.rows) for block in blocks if isinstance(block, Grid))
    if rows > _MOST_ROWS_ON_PAPER:
        raise FormatError(
            f"表共有 {rows:,} 行，Word 和 PDF 文档放不下（最多 {_MOST_ROWS_ON_PAPER:,} 行）。"
            "请写成 .xlsx 或 .csv，或只选几个指标。"
        )


_RENDERERS: dict[str, Callable[[Document, Press], bytes]] = {
    ".html": lambda document, _: html.render(document).encode(),
    ".docx": _as_word,
    ".xlsx": lambda document, _: xlsx.render(document),
    ".pdf": _as_pdf,
    ".csv": lambda document, _: delimited.render(document),
}
