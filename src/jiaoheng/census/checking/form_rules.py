"""Rules between the forms: figures that one form breaks down must add up to what another has as a whole.

The cells of the forms are those of ``form_cells``, under the headings of their row and column. A breakdown
of which one part is missing says nothing: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from jiaoheng import terms
from jiaoheng.census.checking.view import View

SCHEMA = pl.Schema(
    {"school_code": pl.String(), "stage": pl.String(), "column": pl.String(), "detail": pl.String()}
)

_KEYS = ["school_code", "stage"]
_BY_AGE = ("教基3113", "教基3116", "教基3119")


def titles_by_age(view: View) -> pl.DataFrame:
    """教基4153: the teachers of a title over the ages against those of the title."""
    columns = {str(each.label): f"teachers_title_{each.value}" for each in terms.Title}
    return _broken_down(view, "教基4153", columns, ~pl.col("column").str.contains("合计"))


def degrees_by_course(view: View) -> pl.DataFrame:
    """教基4155: the teachers of a degree over the courses against those of the degree."""
    columns = {str(each.label): f"teachers_{each.value}" for each in terms.Qualification}
    # 外语 and 艺术 stand with a total of their own beside their parts.
    whole = ~pl.col("column").str.contains("›") | pl.col("column").str.ends_with("›计")
    return _broken_down(view, "教基4155", columns, whole & ~pl.col("column").str.contains("合计"))


def pupils_by_age(view: View) -> pl.DataFrame:
    """教基3113, 3116, 3119: the pupils over the ages against all pupils, and the girls against all girls."""
    cells = view.table("form_cells").filter(pl.col("form").is_in(_BY_AGE), pl.col("row").str.contains("岁"))
    named = {"在校生数": "pupils", "在校生数›女": "pupils_female"}
    parts = cells.filter(pl.col("column").is_in(list(named)))
    sums = parts.group_by(*_KEYS, "form", "column").agg(_complete_sum())
    return _compared(view, sums.with_columns(pl.col("column").replace(named)), "各年龄之和")


def _broken_down(view: View, form: str, columns: Mapping[str, str], parts: pl.Expr) -> pl.DataFrame:
    """Rows of a form that are named by what a column counts, summed over their parts."""
    cells = view.table("form_cells").filter(pl.col("form") == form).filter(parts)
    cells = cells.with_columns(pl.col("row").str.split("›").list.last().alias("row"))
    cells = cells.filter(pl.col("row").is_in(list(columns)))
    if cells.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    # A row that lacks a part which another row of the same form has is not complete.
    whole = cells.group_by("school_code", "stage").agg(pl.col("column").n_unique().alias("_parts"))
    sums = cells.group_by(*_KEYS, "form", "row").agg(_complete_sum(), pl.len().alias("_here"))
    sums = sums.join(whole, on=_KEYS).filter(pl.col("_here") == pl.col("_parts"))
    return _compared(view, sums.with_columns(pl.col("row").replace(columns).alias("column")), "分项之和")


def _complete_sum() -> pl.Expr:
    value = pl.col("value")
    return pl.when(value.is_not_null().all()).then(value.sum()).otherwise(None).alias("_sum")


def _compared(view: View, sums: pl.DataFrame, what: str) -> pl.DataFrame:
    stages = {
        (row["school_code"], row["stage"]): row for row in view.table("school_stages").iter_rows(named=True)
    }

    def broken() -> Iterator[tuple[str, str, str, str]]:
        ordered = sums.filter(pl.col("_sum").is_not_null()).sort(*_KEYS, "column")
        for school, stage, form, column, total in ordered.select(
            *_KEYS, "form", "column", "_sum"
        ).iter_rows():
            whole = stages.get((school, stage), {}).get(column)
            if whole is not None and whole != total:
                yield school, stage, column, f"{form} 的{what}为 {total:g}，合计为 {whole:g}"

    return pl.DataFrame(list(broken()), schema=SCHEMA, orient="row")
