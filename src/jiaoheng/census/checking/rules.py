"""What the expression language cannot say: small functions that a check names by ``rule``.

Each takes a `View` and gives the rows that it finds: the key of the check's table, of persons also the school
and the stage; and, where there is more to say, ``detail`` (text for the message) and ``column`` (the cell).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

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


RULES: Mapping[str, Rule] = {
    "moved_pupils": moved_pupils,
    "moved_teachers": moved_teachers,
    "pupils_among_staff": pupils_among_staff,
}
"""By the name that packs use."""
