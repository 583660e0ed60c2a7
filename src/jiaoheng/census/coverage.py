"""Says which schools a snapshot knows and yet cannot count: they would be missing from every measure."""

from __future__ import annotations

import polars as pl

_SHOWN = 5


def notes(schools: pl.DataFrame, stages: pl.DataFrame) -> tuple[str, ...]:
    """One sentence about counted schools without a row in `school_stages`; nothing where each has one.

    That is no reason to refuse an import: the tables of a year may come in one after another.

    Parameters
    ----------
    schools, stages : the tables ``schools`` and ``school_stages`` as they stand after the import.
    """
    mains = dict(schools.filter(~pl.col("counted")).select("school_code", "main_school_code").iter_rows())
    present: set[str] = set()
    for code in stages["school_code"].unique():
        # The stages of a campus are those of its main school, and a campus may be named as another's main.
        while code is not None and code not in present:
            present.add(code)
            code = mains.get(code)
    absent = schools.filter(pl.col("counted").fill_null(True) & ~pl.col("school_code").is_in(list(present)))
    if absent.is_empty():
        return ()
    names = "、".join(absent.sort("school_code")["name"].head(_SHOWN))
    more = "等" if absent.height > _SHOWN else ""
    return (
        f"{absent.height} 所学校在学校分学段表中没有记录，不计入任何指标：{names}{more}。"
        "请导入它们的学校分学段表。",
    )
