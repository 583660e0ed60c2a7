"""Reads the binary kinds and .ods apart from this process, with a look at the records of an .xls."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jiaoheng.census.opening import binary_apart
from jiaoheng.census.opening.apart import UnreadableError, run_apart
from jiaoheng.census.opening.biff import survey_xls
from jiaoheng.census.opening.content import Content, content_of, sheet_of
from jiaoheng.census.opening.package import damaged
from jiaoheng.census.opening.survey import Survey
from jiaoheng.census.sheets import FileError, Range, Sheet

_SCRIPT = Path(binary_apart.__file__)


def binary_sheets(file: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xls, .et, .xlsb or .ods.

    Raises
    ------
    FileError
        The file is damaged or too large.
    """
    try:
        found = run_apart(_SCRIPT, content)
    except UnreadableError:
        raise FileError(
            f"{file}：文件已损坏或过大，或扩展名与内容不符。请用 Excel 打开并另存为 .xlsx。"
        ) from None
    surveys = survey_xls(content)
    if len(surveys) != len(found):
        surveys = []
    return tuple(
        sheet_of(name, hidden, _loader(file, name, rows, merges, survey or Survey()))
        for (name, hidden, rows, merges), survey in zip_longest(found, surveys)
    )


def _loader(
    file: str, name: str, rows: list[list[Any]] | None, merges: list[Range], survey: Survey
) -> Callable[[], Content]:
    def load() -> Content:
        if rows is None:
            raise damaged(file, name)
        return content_of(rows, merges, survey)

    return load
