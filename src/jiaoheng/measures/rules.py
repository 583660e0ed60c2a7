"""The rules that measures are worked out by: every pack that comes with Jiaoheng, and a county's own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jiaoheng import packs
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import Catalogue


def catalogue(extra: Path | None = None) -> Catalogue:
    """Every fact and measure, proved against the data dictionary; read once while the files stay as they are.

    Parameters
    ----------
    extra : a folder with a county's own packs (``*.yaml``); it need not exist.

    Raises
    ------
    PackError
        A pack is wrong; the message names file and line.
    """
    own = sorted(extra.glob("*.yaml")) if extra is not None else []
    files = (*packs.builtin_paths(), *own)
    return _loaded(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=8)
def _loaded(files: tuple[tuple[Path, int, int], ...]) -> Catalogue:
    return packs.load([path for path, _, _ in files], columns=all_columns())
