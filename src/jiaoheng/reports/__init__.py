"""Reports: what the measures and the plan say, as documents that people read.

A report is composed once, as chapters of blocks (`jiaoheng.reports.blocks`), and then set by a
renderer; HTML is the first. `monitoring` gives the monitoring report (规划实施监测报告) as one HTML file,
`headlines` its ten most important lines; both take `MonitoringInputs`.
"""

from jiaoheng.reports.definitions import measure_entries
from jiaoheng.reports.inputs import (
    CheckResults,
    ExplainedFinding,
    MeasureEntry,
    MonitoringInputs,
    Origin,
    SnapshotEntry,
    SourceEntry,
)
from jiaoheng.reports.monitoring import compose, monitoring
from jiaoheng.reports.snapshots import snapshot_entry
from jiaoheng.reports.summary import headlines

__all__ = [
    "CheckResults",
    "ExplainedFinding",
    "MeasureEntry",
    "MonitoringInputs",
    "Origin",
    "SnapshotEntry",
    "SourceEntry",
    "compose",
    "headlines",
    "measure_entries",
    "monitoring",
    "snapshot_entry",
]
