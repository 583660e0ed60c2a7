"""What a report says of a census snapshot, taken from its manifest."""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.census.dictionary import TABLE_NAMES
from jiaoheng.census.manifest import Manifest
from jiaoheng.reports.inputs import SnapshotEntry, SourceEntry


def snapshot_entry(manifest: Manifest, sha256: str) -> SnapshotEntry:
    """The snapshot as the report's chapter on sources lists it.

    Parameters
    ----------
    sha256 : the snapshot's own hash.
    """
    return SnapshotEntry(
        year=manifest.year,
        version=f"v{manifest.version:04d}",
        sha256=sha256,
        sources=tuple(
            SourceEntry(each.source.file, each.source.sheet, each.source.sha256, _tables(each.source.columns))
            for each in manifest.sources
        ),
        rows={TABLE_NAMES[name]: entry.rows for name, entry in manifest.files.items() if name in TABLE_NAMES},
        read=manifest.totals.read,
        accepted=manifest.totals.accepted,
        rejected=manifest.totals.rejected,
        notes=manifest.notes,
    )


def _tables(columns: Mapping[str, Mapping[str, str]]) -> str:
    return "、".join(TABLE_NAMES.get(name, name) for name in columns)
