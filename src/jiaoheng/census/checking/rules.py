"""What the expression language cannot say: small functions that a check names by ``rule``.

Each takes a `View` and gives the rows that it finds: the key of the check's table, of persons also the school
and the stage; and, where there is more to say, ``detail`` (text for the message) and ``column`` (the cell).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from jiaoheng.census.checking import form_rules
from jiaoheng.census.checking.view import View

Rule = Callable[[View], pl.DataFrame]


def moved_pupils(view: View) -> pl.DataFrame:
    """Pupils whom the version before had in another school: two schools may both have listed them."""
    return _moved(view, "pupils", "pupil_id")


def moved_teachers(view: View) -> pl.DataFrame:
    """Staff whom the version before had in another school."""
    return _moved(view, "teachers", "teacher_id")


def _moved(view: View, table: str, key: str) -> pl.DataFrame:
    now = view.table(table).select(key, "school_code", "stage")
    if view.before is None:
        return now.clear()
    before = view.before.table(table).select(key, pl.col("school_code").alias("_school"))
    return now.join(before, on=key).filter(pl.col("school_code") != pl.col("_school")).drop("_school")


def pupils_among_staff(view: View) -> pl.DataFrame:
    """Staff whose identifier is also a pupil's."""
    pupils = view.table("pupils").select(pl.col("pupil_id").alias("teacher_id"))
    return (
        view.table("teachers")
        .select("teacher_id", "school_code", "stage")
        .join(pupils, on="teacher_id", how="semi")
    )


def classes_unlisted(view: View) -> pl.DataFrame:
    """Pupils whose class is not among the classes of their school, where it has any listed."""
    classes = view.table("classes")
    pupils = view.table("pupils").filter(pl.col("class_code").is_not_null())
    pupils = pupils.select("pupil_id", "school_code", "stage", "class_code")
    listed = pupils.join(classes, on=["school_code", "stage"], how="semi")
    return listed.join(classes, on=["school_code", "class_code"], how="anti").drop("class_code")


def renamed_schools(view: View) -> pl.DataFrame:
    """Schools with another name than a year ago, of which no change is registered."""
    now = view.table("schools").select("school_code", "name")
    if view.last is None:
        return now.clear()
    before = view.last.table("schools").select("school_code", pl.col("name").alias("_name"))
    both = now.join(before, on="school_code").filter(pl.col("name") != pl.col("_name"))
    both = both.filter(~pl.col("school_code").is_in(list(view.renamed)))
    detail = pl.format("上年叫“{}”，今年叫“{}”", "_name", "name").alias("detail")
    return both.select("school_code", detail, pl.lit("name").alias("column"))


def vanished_schools(view: View) -> pl.DataFrame:
    """Schools that had pupils a year ago and are not among the schools now, under whatever code."""
    gone = pl.DataFrame(schema={"school_code": pl.String, "detail": pl.String})
    if view.last is None:
        return gone
    had = view.last.table("school_stages").filter(pl.col("pupils") > 0)["school_code"].unique().to_list()
    present = set(view.table("schools")["school_code"])
    named = dict(view.last.table("schools").select("school_code", "name").iter_rows())
    missing = [
        code for code in sorted(had) if code not in view.homes and code not in present and code in named
    ]
    return pl.DataFrame({"school_code": missing, "detail": [named[code] for code in missing]}, gone.schema)


def vanished_stages(view: View) -> pl.DataFrame:
    """Stages that had pupils a year ago and have no row now, of schools that are still there."""
    stages = view.table("school_stages").select("school_code", "stage")
    if view.last is None:
        return stages.clear()
    before = view.last.table("school_stages").filter(pl.col("pupils") > 0)
    before = before.filter(~pl.col("school_code").is_in(list(view.homes)))
    kept = before.join(view.table("schools"), on="school_code", how="semi")
    gone = kept.join(stages, on=["school_code", "stage"], how="anti")
    return gone.select("school_code", "stage", pl.col("pupils").cast(pl.String).alias("detail"))


RULES: Mapping[str, Rule] = {
    "moved_pupils": moved_pupils,
    "moved_teachers": moved_teachers,
    "pupils_among_staff": pupils_among_staff,
    "classes_unlisted": classes_unlisted,
    "vanished_schools": vanished_schools,
    "vanished_stages": vanished_stages,
    "renamed_schools": renamed_schools,
    "titles_by_age": form_rules.titles_by_age,
    "degrees_by_course": form_rules.degrees_by_course,
    "pupils_by_age": form_rules.pupils_by_age,
}
"""By the name that packs use."""
