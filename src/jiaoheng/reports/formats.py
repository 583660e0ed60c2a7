"""What a document can be written as, by the extension of its file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from jiaoheng.errors import JiaohengError
from jiaoheng.reports import delimited, html, xlsx
from jiaoheng.reports.blocks import Document


class FormatError(JiaohengError):
    """A document cannot be written as what was asked for."""


def render(document: Document, path: Path, *, created: date) -> bytes:
    """``document`` as the bytes of a file with the extension of ``path``.

    Parameters
    ----------
    created : the day that the file's properties name.

    Raises
    ------
    FormatError
        No document is written with that extension.
    """
    renderer = _RENDERERS.get(path.suffix.lower())
    if renderer is None:
        known = "、".join(_RENDERERS)
        raise FormatError(f"{path}：不知道要写成什么格式。请用这些扩展名之一：{known}。")
    return renderer(document, created)


_RENDERERS: dict[str, Callable[[Document, date], bytes]] = {
    ".xlsx": lambda document, created: xlsx.render(document, created=created),
    ".csv": lambda document, _: delimited.render(document),
    ".html": lambda document, _: html.render(document).encode(),
}
