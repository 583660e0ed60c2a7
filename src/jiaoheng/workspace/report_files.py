"""The monitoring report as files: which are asked for, where they go, and what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaoheng import reports
from jiaoheng.errors import JiaohengError
from jiaoheng.reports import MonitoringInputs, formats
from jiaoheng.reports.paper import Press
from jiaoheng.workspace.files import put

FORMATS = ("html", "docx", "xlsx", "pdf")
"""What the report can be written as."""


class ReportFormatError(JiaohengError):
    """The report cannot be written as what was asked for."""


@dataclass(frozen=True)
class Report:
    """A report that was written: its files, its ten most important lines, and what to know of the files."""

    paths: tuple[Path, ...]
    headlines: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The first of its files."""
        return self.paths[0]


def targets(path: str | Path | None, wanted: str | Iterable[str] | None, default: Path) -> tuple[Path, ...]:
    """Where each format goes.

    Parameters
    ----------
    path : the file's name; with its extension, where it has that of a format. None: ``default``.
    wanted : formats, also several with commas between; None: by the extension of ``path``, else html.

    Raises
    ------
    ReportFormatError
        A format is not known, or name and format contradict each other.
    """
    chosen = _formats(wanted)
    base, named = _parted(Path(path) if path else default)
    if not chosen:
        chosen = [named or FORMATS[0]]
    elif named and chosen != [named]:
        raise ReportFormatError(
            f"{path}：文件名是 .{named}，要求的格式却是 {'、'.join(chosen)}。"
            "请去掉文件名里的扩展名，或去掉 --format。"
        )
    return tuple(base.with_name(f"{base.name}.{one}") for one in chosen)


def write(inputs: MonitoringInputs, paths: Sequence[Path]) -> Report:
    """Write the report as each of the files, by their extensions; each whole or not at all."""
    document, press = reports.compose(inputs), Press()
    for path in paths:
        put(formats.render(document, path, press=press), path)
    return Report(tuple(paths), reports.headlines(inputs), tuple(press.warnings))


def _formats(wanted: str | Iterable[str] | None) -> list[str]:
    given = [wanted] if isinstance(wanted, str) else list(wanted or ())
    words = [
        word.strip().lower().lstrip(".") for each in given for word in each.replace("，", ",").split(",")
    ]
    chosen = list(dict.fromkeys(word for word in words if word))
    unknown = [word for word in chosen if word not in FORMATS]
    if unknown:
        raise ReportFormatError(
            f"不能写成“{'、'.join(unknown)}”。可用的格式：{'、'.join(FORMATS)}；几种之间用逗号隔开。"
        )
    return chosen


def _parted(path: Path) -> tuple[Path, str]:
    """A name without the extension of a format, and that format."""
    extension = path.suffix.lower().lstrip(".")
    return (path.with_suffix(""), extension) if extension in FORMATS else (path, "")
