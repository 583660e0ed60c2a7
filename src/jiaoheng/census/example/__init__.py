"""The example county: 四会 (441284), ten yearly snapshots 2016 to 2025, all of it synthetic.

`build` makes the tables from a seed; `write_files` writes them as the Excel files that a bureau would have.
The published figures that the county is calibrated to are in `published`, its schools in ``schools.csv``, its
building projects in ``projects.csv``.
"""

from __future__ import annotations

from jiaoheng.census.example.build import RECORD_YEARS, SEED, build
from jiaoheng.census.example.files import write_files
from jiaoheng.census.example.published import NAME, REGION, YEARS

__all__ = ["NAME", "RECORD_YEARS", "REGION", "SEED", "YEARS", "build", "write_files"]
