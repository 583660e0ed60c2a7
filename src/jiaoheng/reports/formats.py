"""What a document can be written as, by the extension of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiaoheng.errors import JiaohengError
from jiaoheng.reports import delimited, html, paper, xlsx
from jiaoheng.reports.blocks import Document, Grid
from jiaoheng.reports.paper import Tell
from jiaoheng.reports.pictures import Painter


class FormatError(JiaohengError):
    """A document cannot be written as what was asked for."""


# Word takes minutes to open longer tables, and nobody reads them on paper.
_MOST_ROWS_ON_PAPER = 5_000


def render(
    document: Document, path: Path, *, painter: Painter | None = None, tell: Tell = lambda said: None
) -> bytes:
    """``document`` as the bytes of a file with the extension of ``path``.

    Parameters
    ----------
    painter : draws the charts of documents on paper; one for several documents draws each chart once.
    tell : is told what a reader of the file must know (pictures or page numbers that are not there).

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
    return renderer(document, painter or Painter(), tell)


def _as_word(document: Document, painter: Painter, tell: Tell) -> bytes:
    _refuse_long(document)
    return paper.word(document, painter=painter, tell=tell)


def _as_pdf(document: Document, painter: Painter, tell: Tell) -> bytes:
    _refuse_long(document)
    return paper.printed(document, painter=painter, tell=tell)


def _refuse_long(document: Document) -> None:
    blocks = [block for chapter in document.chapters for block in chapter.blocks]
    rows = sum(len(block.table.rows) for block in blocks if isinstance(block, Grid))
    if rows > _MOST_ROWS_ON_PAPER:
        raise FormatError(
            f"表共有 {rows:,} 行，Word 和 PDF 文档放不下（最多 {_MOST_ROWS_ON_PAPER:,} 行）。"
            "请写成 .xlsx 或 .csv，或只选几个指标。"
        )


_RENDERERS: dict[str, Callable[[Document, Painter, Tell], bytes]] = {
    ".html": lambda document, *_: html.render(document).encode(),
    ".docx": _as_word,
    ".xlsx": lambda document, *_: xlsx.render(document),
    ".pdf": _as_pdf,
    ".csv": lambda document, *_: delimited.render(document),
}
