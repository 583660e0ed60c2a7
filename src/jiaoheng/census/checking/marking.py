"""Gives a user's own workbooks back with the failing cells filled and commented, ready to be sent in again.

Only files that are byte for byte those of the snapshot are marked: in any other a cell may hold another
value.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from jiaoheng.census.checking.cached import keep_cached
from jiaoheng.census.checking.finding import Finding
from jiaoheng.census.manifest import Manifest
from jiaoheng.census.reading import Place
from jiaoheng.errors import JiaohengError
from jiaoheng.packs import KINDS, SEVERITIES

AUTHOR = "教衡校验"
"""Marks our comments, so that a workbook that is marked again loses those of before."""

MARKABLE = (".xlsx", ".xlsm")

_FILLS = {"logic": "FFFFC9C9", "experience": "FFFFF3BF"}
_BEFORE = "\n—— 原有批注 ——\n"
_MOST = 6
"""A comment tells so many findings; more would not fit on a screen."""


class MarkingError(JiaohengError):
    """The marked copies would take the place of the originals, or of copies that somebody has mended."""


@dataclass(frozen=True)
class Marked:
    """What became of the files that were given.

    Attributes
    ----------
    files : the marked copies that were written.
    copies : files of the snapshot without a mark, copied as they are: what was imported together should be
        sent in together, since a column that stands blank in one file may be filled by another.
    cells : how many cells were marked in all.
    notes : which files were left out, and why.
    """

    files: tuple[Path, ...]
    copies: tuple[Path, ...]
    cells: int
    notes: tuple[str, ...]


def mark(
    originals: Sequence[Path],
    findings: Iterable[Finding],
    manifest: Manifest,
    folder: Path,
    *,
    overwrite: bool = False,
) -> Marked:
    """Write copies of the files that a snapshot came from, with the failing cells marked.

    Parameters
    ----------
    originals : the user's files; those that the snapshot did not come from are passed over.
    findings : with places; those that were explained are left out.
    manifest : of the snapshot, which knows the files by their SHA-256.
    folder : where the copies go, under the names of the originals.
    overwrite : whether copies of before, which may have been mended, are replaced.

    Raises
    ------
    MarkingError
        ``folder`` is where the originals are, or has copies of before; nothing is written.
    """
    failing = _cells(finding for finding in findings if finding.open)
    hashes = _hashes(manifest)
    known: dict[str, bytes] = {}
    notes: list[str] = []
    for path in originals:
        content = path.read_bytes()
        name = hashes.get(hashlib.sha256(content).hexdigest())
        if name is not None:
            if (folder / name).resolve() == path.resolve():
                raise MarkingError(f"{folder}：标注的副本会盖过原文件，没有写出。请用 -o 指定另一个文件夹。")
            known[name] = content
        elif path.name in failing:
            notes.append(f"{path.name}：内容与导入时的不同，未标注。请给出导入时的原文件，或先重新导入。")
    before = [folder / name for name in known if (folder / name).exists()]
    if before and not overwrite:
        raise MarkingError(
            f"{before[0]}：已有这个文件，可能已经改过，没有写出。"
            "请用 -o 另指定文件夹，或加 --overwrite 覆盖。"
        )
    files: list[Path] = []
    copies: list[Path] = []
    for name, content in known.items():
        if name in failing and Path(name).suffix.lower() in MARKABLE:
            files.append(_write(folder / name, content, failing[name]))
            continue
        copies.append(_copy(folder / name, content))
        if name in failing:
            notes.append(f"{name}：只有 .xlsx、.xlsm 能标注，请在校验结果表里查看它的发现。")
    missing = sorted(failing.keys() - known.keys() - {path.name for path in originals})
    if missing:
        notes.append(f"还有发现涉及的文件没有给出：{'、'.join(missing)}。")
    cells = sum(len({(each.sheet, each.cell or each.row) for each in failing[path.name]}) for path in files)
    return Marked(tuple(files), tuple(copies), cells, tuple(notes))


def _copy(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _cells(findings: Iterable[Finding]) -> dict[str, dict[Place, list[Finding]]]:
    """The findings by file and place."""
    found: dict[str, dict[Place, list[Finding]]] = {}
    for finding in findings:
        for place in finding.places:
            found.setdefault(place.file, {}).setdefault(place, []).append(finding)
    return found


def _hashes(manifest: Manifest) -> dict[str, str]:
    """The files of the snapshot by their content; of files of one name only the last that came in."""
    last = {imported.source.file: imported.source.sha256 for imported in manifest.sources}
    return {digest: name for name, digest in last.items()}


def _write(path: Path, content: bytes, failing: Mapping[Place, Sequence[Finding]]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=path.suffix.lower() == ".xlsm")
    for sheet in book.worksheets:
        _clear(sheet)
    for place, findings in failing.items():
        if place.sheet in book.sheetnames:
            _mark(book[place.sheet], place, findings)
    saved = io.BytesIO()
    book.save(saved)
    return _copy(path, keep_cached(saved.getvalue(), content))


def _clear(sheet: Any) -> None:
    """Take away what we marked before; a fill that stood under our mark is not known any more."""
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is not None and comment.author == AUTHOR:
                _, split, before = comment.text.partition(_BEFORE)
                cell.comment = Comment(before, "") if split else None
                cell.fill = PatternFill()


def _mark(sheet: Any, place: Place, findings: Sequence[Finding]) -> None:
    cell = sheet[place.cell or f"A{place.row}"]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    kind = "logic" if any(finding.must_be_mended for finding in findings) else "experience"
    cell.fill = PatternFill("solid", start_color=_FILLS[kind])
    text = "\n\n".join(_told(finding) for finding in findings[:_MOST])
    if len(findings) > _MOST:
        text += f"\n\n……另有 {len(findings) - _MOST} 处，见校验结果表。"
    if cell.comment is not None and cell.comment.text:
        text += _BEFORE + cell.comment.text
    cell.comment = Comment(
        text, AUTHOR, width=420, height=min(520, 60 + 18 * (text.count("\n") + len(text) // 30))
    )


def _told(finding: Finding) -> str:
    check = finding.check
    return (
        f"【{KINDS[check.kind]}·{SEVERITIES[check.severity]}】{check.name}\n"
        f"{finding.message}。\n为什么：{check.why}\n怎样改：{check.mend}"
    )
