"""What if: the census as it would be after changes, while the snapshot stays as it is.

``changed`` gives a census on which everything else works; ``read_changes`` reads the file that people write.
"""

from jiaoheng.standards.what_if.changed import changed
from jiaoheng.standards.what_if.changes import (
    Adjust,
    AdjustCounty,
    Change,
    Changes,
    Close,
    CountyValues,
    Merge,
    Move,
    Moved,
    Open,
    WhatIfError,
    read_changes,
)

__all__ = [
    "Adjust",
    "AdjustCounty",
    "Change",
    "Changes",
    "Close",
    "CountyValues",
    "Merge",
    "Move",
    "Moved",
    "Open",
    "WhatIfError",
    "changed",
    "read_changes",
]
