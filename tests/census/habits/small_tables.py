"""A small export of primary schools, to be written as bureaus' files are and read by the public door."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from jiaoheng.census import read
from jiaoheng.census.reading import Reading

HEADINGS = (
    "学校名称",
    "学校标识码",
    "办学类型",
    "在校生数",
    "专任教师数",
    "占地面积（平方米）",
    "固定资产总值",
)
CITY = ("城中小学", "2144000001", "小学", 600, 32, 12000.5, 120)
VALLEY = ("龙甫小学", "2144000002", "小学", 300, 18, 8000, 60.5)
HILL = ("贞山小学", "2144000003", "小学", 90, 9, 4000, 12)
SCHOOLS = (CITY, VALLEY, HILL)
TABLE = (HEADINGS, *SCHOOLS)

Cells = Sequence[Sequence[object]]


def write(
    path: Path, rows: Cells, *, sheet: str = "小学", options: Mapping[str, object] | None = None
) -> Path:
    """An .xlsx of one sheet."""
    with xlsxwriter.Workbook(str(path), dict(options or {})) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    return path


def write_text(path: Path, rows: Cells, *, encoding: str = "utf-8", separator: str = ",") -> Path:
    """A text table."""
    lines = [separator.join(str(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def replace_in(path: Path, part: str, old: str, new: str) -> None:
    """Change a part of an .xlsx."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_cell(column: str, value: object) -> Cells:
    """The table, with another value in the first school's column of that heading."""
    place = HEADINGS.index(column)
    return (HEADINGS, (*CITY[:place], value, *CITY[place + 1 :]), VALLEY, HILL)


def reading_of(path: Path, **options: object) -> Reading:
    """What reading the file gives; no row is lost, whatever it is."""
    found = read(path, **({"stage": "primary"} | options))  # type: ignore[arg-type]
    assert found.rows_read == found.rows_accepted + found.rows_rejected
    return found


def school(found: Reading, code: str = "2144000001") -> dict[str, object]:
    """All that a reading says of a school: its row of ``schools`` and that of its stage."""
    rows = [
        row
        for table in ("schools", "school_stages")
        for row in found.tables[table].to_pylist()
        if row["school_code"] == code
    ]
    assert rows, f"{code}: {[each.message() for each in found.rejections]}"
    return {name: value for row in rows for name, value in row.items()}


def is_whole(found: Reading) -> bool:
    """Whether all three schools were read with all their figures."""
    pupils = {row["school_code"]: row["pupils"] for row in found.tables["school_stages"].to_pylist()}
    return found.rejections == () and pupils == {each[1]: each[3] for each in SCHOOLS}


def notes(found: Reading) -> str:
    """All notes as one text."""
    return "\n".join(found.notes)
