"""Writes our template: the county's own tables, and what the exports of schools have no place for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa

from jiaoheng.census import dictionary
from jiaoheng.census.example.exports import SYNTHETIC, exported
from jiaoheng.census.example.published import REGION
from jiaoheng.census.schema import conform, schema
from jiaoheng.census.snapshot import Census
from jiaoheng.census.template import write_template


@dataclass(frozen=True)
class _Snapshot:
    """As much of a snapshot as the template's writer asks for."""

    region: str
    year: int
    tables: Mapping[str, pa.Table]

    def table(self, name: str) -> pa.Table:
        return conform(self.tables[name], name)


def write_supplement(path: Path, tables: Mapping[str, pa.Table], *, year: int) -> None:
    """Write the template.

    In ``schools`` and ``school_stages`` it holds what no export of that school has; the rest is left blank,
    but for what every row must have.
    """
    elsewhere: dict[str, frozenset[str]] = {}
    for row in tables["school_stages"].select(["school_code", "stage"]).to_pylist():
        code, stage = row["school_code"], row["stage"]
        elsewhere[code] = elsewhere.get(code, frozenset()) | exported(stage, "schools")
    schools = [
        _blanked("schools", row, elsewhere[row["school_code"]]) for row in tables["schools"].to_pylist()
    ]
    by_stage = [
        _blanked("school_stages", row, exported(row["stage"], "school_stages"))
        for row in tables["school_stages"].to_pylist()
    ]
    filled = dict(tables) | {
        "schools": pa.Table.from_pylist(schools, schema("schools")),
        "school_stages": pa.Table.from_pylist(by_stage, schema("school_stages")),
    }
    snapshot = cast(Census, _Snapshot(REGION, year, filled))
    write_template(
        path,
        year=year,
        census=snapshot,
        tables=[name for name in dictionary.tables() if name in tables],
        note=f"{SYNTHETIC}：本县学校与人员的数据均为合成，不代表真实情况。",
    )


def _blanked(table: str, row: Mapping[str, object], columns: frozenset[str]) -> dict[str, object]:
    required = dictionary.table(table).required
    return {name: None if name in columns and name not in required else value for name, value in row.items()}
