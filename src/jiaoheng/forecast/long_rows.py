"""Reads the rows of a long table of counts: every cell is understood, or refused with its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl

from jiaoheng.census.opening.text import read_text
from jiaoheng.census.sheets import FileError, Row
from jiaoheng.census.workbook import open_book
from jiaoheng.forecast.grade_order import is_births
from jiaoheng.forecast.series import SeriesError

COLUMNS = {
    "area": ("area", "地区", "区域", "镇街", "单位"),
    "year": ("year", "年份", "年度", "学年"),
    "grade": ("grade", "年级", "年龄", "age"),
    "pupils": ("pupils", "人数", "学生数", "在校生数", "count"),
    "parent": ("parent", "上级", "上级地区"),
}
"""The columns of a long table, and what they may be called."""

_NOT_KNOWN = ["", "na", "n/a", "nan", "null", "none", "-", "–", "—", "…", "...", "*"]
_PLAUSIBLE = (1800, 2200)


def read_rows(path: Path) -> pl.DataFrame:
    """The rows of a file.

    Parameters
    ----------
    path : a .csv, .csv.gz (comma, tab or semicolon; UTF-8, UTF-16 or GB 18030) or .xlsx, first sheet.

    Returns
    -------
    pl.DataFrame
        line, area, year, grade, births (whether the row holds births), pupils (null where not known), parent
        (null where the area is part of nothing). No area, year and grade comes twice.

    Raises
    ------
    SeriesError
        A column is missing, or a cell is not what its column holds; the message names file, line and column.
    FileError
        The file cannot be opened.
    """
    header, *rows = _content(path)
    where = _columns(path.name, [str(cell or "") for cell in header])
    table = _as_text(rows, where)
    table = table.filter(pl.any_horizontal(pl.col(name) != "" for name in where))
    if table.is_empty():
        raise SeriesError(f"{path.name}：表头之下没有数据。请每个地区、年份、年级写一行。")
    for name in ("area", "year", "grade"):
        _refuse(path.name, table, pl.col(name) == "", name, "是空的。请补上，或删去这一行。", show=False)
    table = _with_year(path.name, table)
    table = _with_pupils(path.name, table)
    births = [name for name in table["grade"].unique() if is_births(name)]
    table = table.with_columns(
        pl.col("grade").is_in(births).alias("births"),
        pl.when(pl.col("parent") == "").then(None).otherwise(pl.col("parent")).alias("parent"),
    )
    _refuse_repeats(path.name, table)
    return table


def _content(path: Path) -> list[Row]:
    if path.name.lower().endswith(".gz"):
        try:
            content = gzip.decompress(path.read_bytes())
        except (gzip.BadGzipFile, EOFError):
            raise FileError(f"{path.name}：不是完整的 gzip 压缩文件。请重新压缩或导出。") from None
        rows = read_text(path.name, content)
    elif path.suffix.lower() == ".csv":
        rows = read_text(path.name, path.read_bytes())
    else:
        rows = list(open_book(path).sheets[0].rows)
    if not rows:
        raise SeriesError(f"{path.name}：文件是空的。第一行应是列名：area, year, grade, pupils。")
    return rows


def _columns(file: str, header: list[str]) -> dict[str, int]:
    names = [name.strip().strip("\ufeff").lower() for name in header]
    found: dict[str, int] = {}
    for column, aliases in COLUMNS.items():
        places = [at for at, name in enumerate(names) if name in aliases]
        if len(places) > 1:
            both = "”和“".join(header[at] for at in places)
            raise SeriesError(f"{file} › 第 1 行：列“{both}”是同一个意思。请只留一列。")
        if places:
            found[column] = places[0]
    for column in ("area", "year", "grade", "pupils"):
        if column not in found:
            raise SeriesError(
                f"{file} › 第 1 行：没有“{column}”列（也可写作{'、'.join(COLUMNS[column][1:])}）。"
                "长表要有 area, year, grade, pupils 四列，每个地区、年份、年级一行。"
            )
    return found


def _as_text(rows: list[Row], where: dict[str, int]) -> pl.DataFrame:
    columns: dict[str, list[object]] = {"line": list(range(2, len(rows) + 2))}
    for name in COLUMNS:
        at = where.get(name)
        columns[name] = (
            [""] * len(rows)
            if at is None
            else ["" if len(row) <= at or row[at] is None else str(row[at]) for row in rows]
        )
    schema = {"line": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)}
    text = pl.col(list(COLUMNS)).str.strip_chars()
    whole = pl.col("area", "parent").str.replace(r"^(\d+)\.0+$", "$1")
    return pl.DataFrame(columns, schema=schema).with_columns(text).with_columns(whole)


def _with_year(file: str, table: pl.DataFrame) -> pl.DataFrame:
    single = pl.col("year").str.extract(r"^(\d{4})(?:\.0+)?\s*(?:年|学年)?$")
    double = pl.col("year").str.extract(r"^(\d{4})\s*[-/–—]\s*(?:\d{2}|\d{4})\s*(?:学年)?$")
    table = table.with_columns(pl.coalesce(single, double).cast(pl.Int64).alias("number"))
    wrong = pl.col("number").is_null() | ~pl.col("number").is_between(*_PLAUSIBLE)
    _refuse(file, table, wrong, "year", "不是年份。请写四位数字，如 2025。")
    return table.with_columns(pl.col("number").alias("year")).drop("number")


def _with_pupils(file: str, table: pl.DataFrame) -> pl.DataFrame:
    known = ~pl.col("pupils").str.to_lowercase().is_in(_NOT_KNOWN)
    thousands = pl.col("pupils").str.contains(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
    plain = pl.when(thousands).then(pl.col("pupils").str.replace_all(",", "")).otherwise(pl.col("pupils"))
    number = plain.cast(pl.Float64, strict=False)
    table = table.with_columns(pl.when(known).then(number).alias("number"), known.alias("known"))
    wrong = pl.col("known") & (pl.col("number").is_null() | ~pl.col("number").is_finite())
    _refuse(file, table, wrong, "pupils", "不是数。请改为阿拉伯数字；不知道的留空。")
    _refuse(file, table, pl.col("number") < 0, "pupils", "小于 0，人数不能为负。请查对；不知道的留空。")
    return table.with_columns(pl.col("number").alias("pupils")).drop("number", "known")


def _refuse(
    file: str, table: pl.DataFrame, wrong: pl.Expr, column: str, message: str, *, show: bool = True
) -> None:
    faults = table.filter(wrong)
    if faults.is_empty():
        return
    first = faults.row(0, named=True)
    value = f"“{first[column]}”" if show else ""
    rest = f"（共 {faults.height} 行如此）" if faults.height > 1 else ""
    label = f"{column}（{COLUMNS[column][1]}）"
    raise SeriesError(f"{file} › 第 {first['line']} 行「{label}」：{value}{message}{rest}")


def _refuse_repeats(file: str, table: pl.DataFrame) -> None:
    key = ["area", "year", "grade"]
    again = table.filter(pl.struct(key).is_duplicated())
    if again.is_empty():
        return
    first = again.row(0, named=True)
    same = again.filter(pl.all_horizontal(pl.col(name) == first[name] for name in key))
    lines = "、".join(str(line) for line in same["line"].head(5))
    parents = same["parent"].drop_nulls().unique().sort().to_list()
    hint = (
        f"它们的上级不同（{'、'.join(parents)}）：同名的地区请改成不同的名称，如“上级-名称”。"
        if len(parents) > 1
        else "请删去重复的，或改正地区、年份、年级。"
    )
    raise SeriesError(
        f"{file} › 第 {lines} 行：地区“{first['area']}”{first['year']} 年“{first['grade']}”"
        f"写了 {same.height} 次。{hint}"
    )
