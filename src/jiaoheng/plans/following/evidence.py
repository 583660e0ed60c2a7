"""Files of evidence: kept beside the plan under their hash, and held against it when they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jiaoheng.census.files import replace
from jiaoheng.census.personal import without_numbers
from jiaoheng.errors import JiaohengError
from jiaoheng.plans.following.entries import Entry, Evidence

MOST_BYTES = 256 * 2**20
"""The largest file that is kept."""


class EvidenceError(JiaohengError):
    """A file of evidence cannot be kept."""


@dataclass(frozen=True)
class Loss:
    """A file of evidence that is not as it was recorded: ``missing`` or ``changed``."""

    entry: Entry
    evidence: Evidence
    kind: str

    @property
    def words(self) -> str:
        return f"佐证材料 {self.evidence.file} {'不见了' if self.kind == 'missing' else '与登记时不同'}"


def folder_of(progress_path: Path) -> Path:
    """Where the evidence of a progress file lies."""
    return progress_path.with_name(progress_path.name.replace(".progress.yaml", ".evidence"))


def describe(path: Path, note: str | None = None) -> tuple[Evidence, bytes]:
    """What is recorded of a file, and its bytes. The name carries eight digits of the hash: two files that
    are called 照片.jpg stay two.

    Raises
    ------
    EvidenceError
        There is no such file, it is empty, or too large.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if path.is_file() and 0 < size <= MOST_BYTES else b""
    except OSError as error:
        why = error.strerror or "路径无效"
        raise EvidenceError(f"佐证材料 {path}：无法读取（{why}）。请核对文件名和位置。") from None
    if not path.is_file() or size == 0:
        raise EvidenceError(f"佐证材料 {path}：不是文件，或是空的。请换成材料本身。")
    if size > MOST_BYTES:
        raise EvidenceError(f"佐证材料 {path}：超过上限 {MOST_BYTES // 2**20} MB。请压缩后再试。")
    digest = hashlib.sha256(content).hexdigest()
    name = without_numbers(path.name)
    return Evidence(file=f"{digest[:8]}-{name}", sha256=digest, size=len(content), note=note), content


def keep(folder: Path, evidence: Evidence, content: bytes) -> None:
    """Put a file of evidence into its folder, whole; nothing where it is there already."""
    folder.mkdir(exist_ok=True)
    if _kind(folder, evidence) != "kept":
        replace(folder / evidence.file, content)


def losses(folder: Path, entries: Iterable[Entry]) -> tuple[Loss, ...]:
    """The evidence that is missing or has changed since it was recorded."""
    found = []
    for entry in entries:
        for evidence in entry.evidence:
            kind = _kind(folder, evidence)
            if kind != "kept":
                found.append(Loss(entry, evidence, kind))
    return tuple(found)


def _kind(folder: Path, evidence: Evidence) -> str:
    path = folder / evidence.file
    try:
        if not path.is_file():
            return "missing"
        if path.stat().st_size != evidence.size:
            return "changed"
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == evidence.sha256
    except OSError:
        return "missing"
    return "kept" if same else "changed"
