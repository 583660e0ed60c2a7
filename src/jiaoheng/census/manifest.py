"""What a snapshot says of itself: ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from jiaoheng.census.reading import Source

FILE = "manifest.json"


@dataclass(frozen=True)
class FileEntry:
    """A file of the snapshot: SHA-256 in hex, size in bytes, number of rows."""

    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class Previous:
    """The version that this one was laid over, and its hash."""

    version: int
    hash: str


@dataclass(frozen=True)
class Totals:
    """Rows of the files of this import. ``read == accepted + rejected``."""

    read: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class ImportedSource:
    """A sheet that the snapshot's values came from, and the version with which it came in."""

    version: int
    source: Source


@dataclass(frozen=True)
class Manifest:
    """All that must be known to trust a snapshot.

    ``dictionary`` is the fingerprint of the dictionary that it was written with; ``content`` that of the
    tables, equal for two versions that hold the same values.
    """

    region: str
    year: int
    version: int
    created: str
    dictionary: str
    content: str
    files: Mapping[str, FileEntry]
    sources: tuple[ImportedSource, ...]
    totals: Totals
    previous: Previous | None = None
    notes: tuple[str, ...] = field(default=())

    def to_json(self) -> bytes:
        """The file's bytes."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> Manifest:
    """The manifest in these bytes.

    Raises
    ------
    ValueError, KeyError, TypeError
        They do not hold one.
    """
    data: dict[str, Any] = json.loads(content)
    previous = data.pop("previous")
    return Manifest(
        files={name: FileEntry(**entry) for name, entry in data.pop("files").items()},
        sources=tuple(
            ImportedSource(entry["version"], Source(**entry["source"])) for entry in data.pop("sources")
        ),
        totals=Totals(**data.pop("totals")),
        previous=None if previous is None else Previous(**previous),
        notes=tuple(data.pop("notes")),
        **data,
    )


def content_hash(files: Mapping[str, FileEntry]) -> str:
    """The fingerprint of the tables, whatever the order they are listed in."""
    lines = "".join(f"{name} {files[name].sha256}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()
